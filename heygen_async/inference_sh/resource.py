"""What the parts of the client share: a sender, and how lists and tasks are read."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

import msgspec

from heygen_async.errors import (
    DecodeError,
    EndpointRetiredError,
    InvalidRequestError,
    NotFoundError,
)
from heygen_async.inference_sh.decoding import converted, task_of
from heygen_async.inference_sh.models import Task
from heygen_async.inference_sh.plain import fields_of, items_of
from heygen_async.models.base import Reply, Request
from heygen_async.transport.pages import Pager
from heygen_async.transport.sender import Sender
from heygen_async.wire.calls import Call, Query, Route
from heygen_async.wire.encode import encode
from heygen_async.wire.envelope import Envelope
from heygen_async.wire.limits import check_id

T = TypeVar("T")
D = TypeVar("D")

_LIMIT_MAX: Final = 100


class ListQuery(Request):
    """What part of a list to read.

    Attributes:
        cursor: Where the list goes on.
        limit: Items per page.
        search: Words to look for.
    """

    cursor: str | None = None
    limit: int | None = None
    search: str | None = None


class Resource:
    """The root of ``inference.tasks``, ``inference.files`` and so on."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def _send(
        self,
        route: Route,
        reply: type[T],
        *,
        ids: dict[str, str] | None = None,
        query: Query | None = None,
        body: Request | None = None,
    ) -> T:
        for name, value in (ids or {}).items():
            check_id(name, value)
        encoded = None if body is None else encode(body)
        return await self._sender.send(Call(route, reply, ids=ids, query=query, body=encoded))

    async def _remove(
        self, route: Route, reply: type[T], *, done: T, ids: dict[str, str], query: Query | None
    ) -> T:
        """Deletes. ``done`` is the answer when a repeat finds nothing: the first one had worked."""
        try:
            return await self._send(route, reply, ids=ids, query=query)
        except EndpointRetiredError:
            raise  # nothing was deleted, however often it was tried
        except NotFoundError as problem:
            if problem.attempts == 1:
                raise
            return done

    def _list(
        self,
        route: Route,
        item: Callable[[Any], D],
        *,
        limit: int | None,
        search: str | None,
        max_items: int | None,
    ) -> Pager[D]:
        if limit is not None and not 1 <= limit <= _LIMIT_MAX:
            raise InvalidRequestError("limit", limit, f"must be 1 to {_LIMIT_MAX}")
        if max_items is not None and max_items < 0:
            raise InvalidRequestError("max_items", max_items, "must be 0 or more")

        async def fetch(cursor: str | None) -> Envelope[list[D]]:
            query = ListQuery(cursor=cursor, limit=limit, search=search)
            page = await self._send(route, dict[str, Any], body=query)
            return Envelope(
                data=[item(each) for each in items_of(page.get("items"))],
                has_more=bool(page.get("has_next")),
                next_token=page.get("next_cursor"),
            )

        return Pager(fetch, max_items=max_items)


def read_task(raw: object) -> Task[Any]:
    """A task of what came.

    Raises:
        DecodeError: There is no id.
    """
    return _understood(lambda: task_of(fields_of(raw)), "Task", raw)


def read_item(kind: type[T]) -> Callable[[Any], T]:
    """What reads one item of a list."""
    return lambda raw: _understood(lambda: converted(raw, kind), kind.__name__, raw)


def _understood(read: Callable[[], T], model: str, raw: object) -> T:
    try:
        return read()
    except msgspec.ValidationError as problem:
        message, _, path = str(problem).partition(" - at ")
        raise DecodeError(
            message, path=path.strip("`") or "$", model=model, raw=msgspec.json.encode(raw)
        ) from problem


def with_output(task: Task[Any], kind: type[Reply] | None) -> Task[Any]:
    """The task with its output as a type of ours; without one before it has completed.

    Args:
        task: As it came.
        kind: The type; None leaves the output as it is.

    Raises:
        DecodeError: The output does not fit.
    """
    if kind is None:
        return task
    if not task.completed:
        return msgspec.structs.replace(task, output=None)
    try:
        output = read_item(kind)(task.output)
    except DecodeError as problem:
        problem.add_note(f"task {task.id} has completed; its output can be read by its id")
        raise
    return msgspec.structs.replace(task, output=output)
