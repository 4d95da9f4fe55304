"""Starts tasks, and sees them through."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, Final

from heygen_async.errors import DecodeError, InvalidRequestError, OutcomeUnknownError
from heygen_async.inference_sh import routes
from heygen_async.inference_sh.apps.known import known_schema, schema_of
from heygen_async.inference_sh.files import Files, look_at
from heygen_async.inference_sh.follow import Follower
from heygen_async.inference_sh.inputs import FoundFile, find_files, holds_files, placed
from heygen_async.inference_sh.models import Task
from heygen_async.inference_sh.orders import Order
from heygen_async.inference_sh.resource import read_task, with_output
from heygen_async.inference_sh.schemas import Schema
from heygen_async.inference_sh.store import Apps
from heygen_async.inference_sh.story import Story
from heygen_async.transport.clock import Deadline
from heygen_async.transport.events import logger
from heygen_async.transport.sender import Sender
from heygen_async.wire.calls import Call

_STAND_IN: Final = "https://cloud.inference.sh/not-uploaded-yet"
_LOOK: Final = "It may run, and be billed: inference.tasks.list() shows whether it does."
_UNBOUNDED: Final = 30 * 24 * 3600.0


class Runs:
    """One task per order: it is never sent again once it may have arrived."""

    def __init__(self, sender: Sender, apps: Apps, files: Files, follower: Follower) -> None:
        self._sender = sender
        self._apps = apps
        self._files = files
        self._follower = follower

    async def start(self, order: Order) -> Task[Any]:
        """The task as the answer tells it, with its output if that is there already.

        Raises:
            InvalidRequestError: Something is wrong; nothing was sent, not even a file.
            OutcomeUnknownError: It was sent, and no answer came that can be read: it may run, and
                be billed.
            HeyGenError: As every call.
        """
        task = await self._started(order)
        return with_output(task, None if task.output is None else order.output)

    async def _started(self, order: Order) -> Task[Any]:
        call = Call(routes.RUN, dict[str, Any], body=await self._body(order))
        try:
            task = read_task(await self._answer(call, order))
        except DecodeError as problem:
            raise OutcomeUnknownError(
                f"apps.run was answered, and nobody can read what: {problem}", hint=_LOOK
            ) from problem
        logger.info("task started", extra={"task": task.id, "app": order.app.app})
        return task

    async def _answer(self, call: Call[dict[str, Any]], order: Order) -> dict[str, Any]:
        if not order.options.get("hold"):
            return await self._sender.send(call)
        seconds = order.options.get("timeout")
        # Without a time of the caller's own, refusals alone are not waited out for ever.
        deadline = (
            self._sender.patience()
            if seconds is None
            else Deadline(self._sender.retrier.world.clock, seconds)
        )
        held = self._sender.with_options(timeout=_UNBOUNDED, max_retries=None)
        return await held.send(call, deadline=deadline)

    async def finish(self, order: Order) -> Task[Any]:
        """The task when it has ended well.

        Raises:
            JobFailedError: It failed, or was cancelled or rejected.
            JobTimeoutError: It still runs, and is still billed.
            HeyGenError: As ``start``.
        """
        task = await self._started(order)
        task = await self._follower.end(Story(task.raw), timeout=order.options.get("timeout"))
        return with_output(task, order.output)

    async def updates(self, order: Order) -> AsyncGenerator[Task[Any]]:
        """The task, then whatever is new, and its end last.

        Raises:
            JobTimeoutError: It still runs, and is still billed.
            HeyGenError: As ``start``.
        """
        if order.options.get("hold"):
            raise InvalidRequestError("hold", value=True, limit="has no updates")
        task = await self._started(order)
        updates = self._follower.updates(Story(task.raw), timeout=order.options.get("timeout"))
        async with aclosing(updates):
            async for each in updates:
                yield with_output(each, order.output)

    async def _body(self, order: Order) -> bytes:
        found = await self._found(order)
        # What is wrong is refused before anything is uploaded.
        order.body(placed(order.input, dict.fromkeys((each.place for each in found), _STAND_IN)))
        for each in found:
            await look_at(each.file)
        addresses: dict[Any, str] = {}
        for place, file in found:
            stored = await self._files.upload(
                file.source, filename=file.filename, content_type=file.content_type
            )
            addresses[place] = stored.uri
        return order.body(placed(order.input, addresses))

    async def _found(self, order: Order) -> list[FoundFile]:
        """The files within the input; what an app takes is asked for only when it matters."""
        if order.kind is not None:
            return find_files(order.input, Schema(schema_of(order.kind)))
        known = known_schema(order.app.app, order.function)
        if known is not None:
            return find_files(order.input, Schema(known))
        if not holds_files(order.input):
            return []
        schema = await self._apps.input_schema(order.app.app, order.function)
        return find_files(order.input, schema)
