"""``/_sandbox``: the control plane. It needs no key."""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Protocol

import msgspec
from msgspec import Meta

from heygen_async.sandbox.clock import SandboxClock
from heygen_async.sandbox.context import Answer, Call, Context, Handler, RawReply, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.faults import Fault
from heygen_async.sandbox.page import render
from heygen_async.sandbox.records import Charge, Exchange
from heygen_async.sandbox.validation import decode

_LONGEST_SKIP: Final = 1e9
"""Virtual seconds, some thirty years: beyond it calendars end."""


class Controls(Protocol):
    """What the control plane turns: the sandbox, as its own tests turn it."""

    @property
    def clock(self) -> SandboxClock:
        """The clock."""
        ...

    @property
    def charges(self) -> Sequence[Charge]:
        """What was billed."""
        ...

    @property
    def requests(self) -> Sequence[Exchange]:
        """What was asked."""
        ...

    def describe(self) -> dict[str, Any]:
        """The state."""
        ...

    def fault(self, fault: Fault) -> None:
        """Adds a fault."""
        ...

    def reset(self) -> None:
        """Starts anew."""
        ...

    def retire(self, *, legacy: bool) -> None:
        """Removes v1 and v2, or brings them back."""
        ...


class _Advance(msgspec.Struct, forbid_unknown_fields=True):
    advance: Annotated[float, Meta(ge=0, le=_LONGEST_SKIP)]


class _Retire(msgspec.Struct, forbid_unknown_fields=True):
    legacy: bool


def routes(sandbox: Controls) -> tuple[Route, ...]:
    """The routes that turn one sandbox."""

    async def charges(_ctx: Context, _call: Call) -> Answer:
        return Reply(list(sandbox.charges))

    async def state(_ctx: Context, _call: Call) -> Answer:
        return Reply(sandbox.describe())

    async def requests(_ctx: Context, _call: Call) -> Answer:
        return Reply(list(sandbox.requests))

    async def faults(_ctx: Context, call: Call) -> Answer:
        added: list[Fault] = decode(call.body, list[Fault])
        for fault in added:
            sandbox.fault(fault)
        return Reply({"added": len(added)})

    async def clock(_ctx: Context, call: Call) -> Answer:
        asked: _Advance = decode(call.body, _Advance)
        return Reply({"now": sandbox.clock.advance(asked.advance)})

    async def reset(_ctx: Context, _call: Call) -> Answer:
        sandbox.reset()
        return Reply({"reset": True})

    async def retire(_ctx: Context, call: Call) -> Answer:
        asked: _Retire = decode(call.body, _Retire)
        sandbox.retire(legacy=asked.legacy)
        return Reply({"retired": asked.legacy})

    async def page(ctx: Context, call: Call) -> Answer:
        return RawReply(render(ctx, call).encode(), "text/html; charset=utf-8")

    table: tuple[tuple[str, str, Handler], ...] = (
        ("GET", "", page),
        ("GET", "/", page),
        ("GET", "/charges", charges),
        ("GET", "/state", state),
        ("GET", "/requests", requests),
        ("POST", "/faults", faults),
        ("POST", "/clock", clock),
        ("POST", "/reset", reset),
        ("POST", "/retire", retire),
    )
    return tuple(
        Route(method=method, path=f"/_sandbox{path}", handler=handler, family=Family.CONTROL)
        for method, path, handler in table
    )
