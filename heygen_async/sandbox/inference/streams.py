"""A task as it goes: JSON lines, or server-sent events for whoever does not ask for lines."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, Final

import msgspec

from heygen_async.sandbox.context import Call, Context, StreamReply
from heygen_async.sandbox.inference import shown, work
from heygen_async.sandbox.inference.course import TERMINAL, history
from heygen_async.sandbox.inference.records import Task

HEARTBEAT: Final = 10.0
"""Virtual seconds of silence after which there is a sign of life."""

_LOOK_SECONDS: Final = 0.01
_LINES: Final = ("application/x-ndjson", "application/jsonl")
_encode = msgspec.json.Encoder().encode


def opened(ctx: Context, call: Call, task: Task) -> StreamReply:
    """The stream of a task, in the format that was asked for."""
    accepted = call.request.headers.get("Accept", "")
    kind = next((each for each in _LINES if each in accepted), None)
    updates = _updates(ctx, call, task)
    if kind is not None:
        return StreamReply(_lines(updates), kind)
    return StreamReply(_events(updates), "text/event-stream")


async def _updates(ctx: Context, call: Call, task: Task) -> AsyncGenerator[dict[str, Any] | None]:
    """The whole task, then what changes until its end; None for a look that found nothing."""
    await work.catch_up(ctx)
    now = ctx.clock.now()
    seen = len(history(task, now))
    yield shown.whole(task, now, call.base)
    heard = now
    while history(task, now)[-1].status not in TERMINAL:
        # Somebody may advance the clock or cancel at any time: one look at a time.
        await asyncio.sleep(_LOOK_SECONDS)
        await work.catch_up(ctx)
        if ctx.world.inference.tasks.get(task.id) is not task:
            return  # it was deleted, or everything was forgotten
        now = ctx.clock.now()
        steps = history(task, now)
        for step in steps[seen:]:
            yield shown.part(task, step, call.base)
            heard = now
        seen = len(steps)
        if now - heard >= HEARTBEAT:
            heard = now
            yield {"type": "heartbeat"}
        yield None


async def _lines(updates: AsyncGenerator[dict[str, Any] | None]) -> AsyncGenerator[bytes]:
    async with aclosing(updates):
        async for update in updates:
            yield b"" if update is None else _encode(update) + b"\n"


async def _events(updates: AsyncGenerator[dict[str, Any] | None]) -> AsyncGenerator[bytes]:
    async with aclosing(updates):
        async for update in updates:
            if update is None:
                yield b""
            elif update.get("type") == "heartbeat":
                yield b": heartbeat\n\n"
            else:
                yield b"event: update\ndata: " + _encode(update) + b"\n\n"
    yield b"event: done\ndata: {}\n\n"
