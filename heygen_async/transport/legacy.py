"""LegacySender: calls of v1 and v2, whose end is announced."""

import inspect
import warnings
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Final, TypeVar

from heygen_async.errors import APIError
from heygen_async.transport.body import Body
from heygen_async.transport.clock import Deadline
from heygen_async.transport.events import DeprecationNoticed, logger
from heygen_async.transport.sender import Sender
from heygen_async.wire import soft_limits, sunset
from heygen_async.wire.calls import Call, Route
from heygen_async.wire.envelope import Envelope, HttpReply

T = TypeVar("T")

_OURS: Final = "heygen_async."
_POLLER: Final = "heygen_async.jobs."
_LOOPS: Final = ("anyio.", "asyncio.", "uvloop.")


class LegacySender(Sender):
    """Sends calls of v1 and v2: warns once, and names what v3 has instead of what is gone."""

    @classmethod
    def of(cls, sender: Sender) -> "LegacySender":
        """One with the sessions, pauses, keys and patience of another sender."""
        return cls(
            sender.config,
            sender.sessions,
            sender.retrier,
            keys=sender.keys,
            timeout=sender.timeout,
            told=sender.told,
        )

    async def fetch(
        self,
        call: Call[T],
        *,
        body: Callable[[], Body] | None = None,
        fingerprint: str = "",
        deadline: Deadline | None = None,
    ) -> Envelope[T]:
        """As every sender.

        Raises:
            HeyGenDeprecationWarning: Where warnings are made errors. Nothing was sent.
            HeyGenLimitWarning: Likewise.
            HeyGenError: As every call.
        """
        if call.route.name not in self.told:
            self._warn(call.route)
        warn_of(soft_limits.excesses(call))
        return await super().fetch(call, body=body, fingerprint=fingerprint, deadline=deadline)

    def read(self, call: Call[T], answer: HttpReply) -> Envelope[T]:
        """As every sender; what HeyGen says about the end of the endpoint is passed on, once.

        Raises:
            EndpointRetiredError: The endpoint is gone; it names the method of v3.
            HeyGenError: As every answer.
        """
        self._note(call.route, answer)
        try:
            return super().read(call, answer)
        except APIError as problem:
            gone = sunset.retired(call, problem)
            if gone is None:
                raise
            raise gone from None

    def _warn(self, route: Route) -> None:
        if _warn_caller(sunset.warning(route), sunset.HeyGenDeprecationWarning):
            self.told.add(route.name)

    def _note(self, route: Route, answer: HttpReply) -> None:
        logged, emitted = f"{route.name} logged", f"{route.name} emitted"
        events = self.retrier.events
        wanted = events.observed and emitted not in self.told
        if logged in self.told and not wanted:
            return
        found = sunset.notice(answer)
        if found is None:
            return
        if logged not in self.told:
            self.told.add(logged)
            logger.warning(
                "HeyGen announces the end of an endpoint",
                extra={"call": route.name, "sunset": found.sunset, "successor": route.successor},
            )
        if wanted:
            self.told.add(emitted)
            events.emit(
                DeprecationNoticed(
                    at=self.retrier.world.clock.monotonic(),
                    call=route.name,
                    deprecation=found.deprecation,
                    sunset=found.sunset,
                    warning=found.warning,
                    successor=route.successor or None,
                )
            )


def warn_of(excesses: Iterable[soft_limits.Excess]) -> None:
    """Tells the caller of values that HeyGen may refuse.

    Raises:
        HeyGenLimitWarning: Where warnings are made errors.
    """
    for each in excesses:
        _warn_caller(str(each), soft_limits.HeyGenLimitWarning)


def _warn_caller(words: str, category: type[Warning]) -> bool:
    """Warns at the line that called us; False where nobody did."""
    frame = _caller()
    if frame is None:
        return False
    warnings.warn_explicit(
        words,
        category,
        filename=frame.f_code.co_filename,
        lineno=frame.f_lineno,
        module=frame.f_globals.get("__name__", "<unknown>"),
        registry=frame.f_globals.setdefault("__warningregistry__", {}),
    )
    return True


def _caller() -> FrameType | None:
    """The line that called us: the first one outside, else the first of ours that a task ran.

    None for a look at a job, which nobody called: whoever made the job was told.
    """
    frame = inspect.currentframe()
    last: FrameType | None = None
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith(_POLLER):
            return None
        if name.startswith(_LOOPS):
            break
        last = frame
        if not name.startswith(_OURS):
            break
        frame = frame.f_back
    return last
