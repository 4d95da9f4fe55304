"""HeyGen as an app uses it: with the platform's own key, and sold on by the platform."""

from dataclasses import dataclass, fields
from typing import Any, Final, NoReturn, cast

import msgspec
from aiohttp import web

from heygen_async.sandbox.clock import SandboxClock
from heygen_async.sandbox.context import Call, Context, Handler, Reply
from heygen_async.sandbox.inference.records import Task
from heygen_async.sandbox.records import Charge
from heygen_async.sandbox.refusal import Refusal

_BUSY: Final = 429
# Whoever made the run may have gone long ago; nothing that HeyGen is asked here reads a request.
_NO_REQUEST: Final = cast("web.Request", None)


class AppError(Exception):
    """An app gives up; the text is what its task shows."""


class BusyError(Exception):
    """HeyGen has no slot free: the task waits in the queue."""


class UnaffordableError(Exception):
    """The account cannot pay.

    Attributes:
        price: What was to be paid, in dollars.
    """

    def __init__(self, price: float) -> None:
        super().__init__(price)
        self.price = price


@dataclass(kw_only=True, slots=True)
class House(Context):
    """The context of the handlers that an app calls.

    Attributes:
        task: The task that they work for.
        factor: What inference.sh takes for a dollar of HeyGen's.
    """

    task: Task
    factor: float = 1.0

    @classmethod
    def of(cls, ctx: Context, task: Task, *, moment: float, factor: float = 1.0) -> "House":
        """The sandbox at a moment, which it does not leave.

        Args:
            ctx: The sandbox.
            task: Who asks.
            moment: Virtual Unix time.
            factor: What inference.sh takes for a dollar of HeyGen's.
        """
        shared = {each.name: getattr(ctx, each.name) for each in fields(Context)}
        shared["clock"] = SandboxClock(speed=ctx.clock.speed, source=lambda: 0.0, epoch=moment)
        return cls(**shared, task=task, factor=factor)

    def later(self, moment: float) -> "House":
        """The same at another moment."""
        return House.of(self, self.task, moment=moment, factor=self.factor)

    def call(self, body: dict[str, Any], **params: str) -> Call:
        """A request to HeyGen; what is None is left out of its body."""
        told = {name: value for name, value in body.items() if value is not None}
        return Call(
            request=_NO_REQUEST,
            base=self.task.base,
            params=params,
            query={},
            body=msgspec.json.encode(told),
        )

    async def ask(self, handler: Handler, body: dict[str, Any], **params: str) -> Any:
        """What HeyGen answers.

        Args:
            handler: That of its endpoint.
            body: The request's; what is None is left out.
            params: Of the path.

        Raises:
            AppError: HeyGen refuses.
            BusyError: HeyGen has no slot free.
            UnaffordableError: The account cannot pay.
        """
        try:
            reply = await handler(self, self.call(body, **params))
        except Refusal as refusal:
            if refusal.status == _BUSY:
                raise BusyError from None
            words = f"HeyGen API error ({refusal.status}): {refusal.message}"
            raise AppError(words) from None
        return reply.data if isinstance(reply, Reply) else _no_data(reply)

    def afford(self, credits_: float) -> None:
        """Refuses what the account cannot pay.

        Raises:
            UnaffordableError: The balance does not cover it.
        """
        price = round(credits_ * self.factor, 6)
        if price > self.world.balance + 1e-9:
            raise UnaffordableError(price)

    def charge(self, call: Call, kind: str, thing: str, credits_: float) -> None:  # noqa: ARG002
        """Takes inference.sh's price for the task, whatever HeyGen made for it."""
        self.bill(
            Charge(
                id=self.task.id,
                kind=f"inference.{self.task.app.rpartition('/')[2]}",
                credits=round(credits_ * self.factor, 6),
                idempotency_key=None,
                request_digest=self.task.digest,
                time=self.clock.now(),
            )
        )


def _no_data(reply: object) -> NoReturn:
    raise TypeError(f"HeyGen was to answer with data, not {type(reply).__name__}")
