"""``POST /apps/run``: an app is run."""

import asyncio
import hashlib
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal

import msgspec
from aiohttp import web
from msgspec import Meta

from heygen_async.models.base import Request
from heygen_async.sandbox.context import Answer, Call, Context, Reply, Route
from heygen_async.sandbox.deliveries import is_target
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.inference import apps, cloud, sessions, shown, streams, work
from heygen_async.sandbox.inference.apps import App
from heygen_async.sandbox.inference.course import Status, is_over, present
from heygen_async.sandbox.inference.records import Task
from heygen_async.sandbox.refusal import invalid, missing, refuse
from heygen_async.sandbox.validation import decode

_LOOK_SECONDS: Final = 0.01
_SHOWN: Final = ("setup", "infra", "workers", "run_at", "session_timeout", "metadata")


class _Run(Request):
    """The body of a run."""

    input: msgspec.Raw
    app: str | None = None
    app_id: str | None = None
    version_id: str | None = None
    function: str | None = None
    setup: dict[str, Any] | None = None
    infra: Literal["cloud", "private", "private_first"] | None = None
    workers: list[str] | None = None
    webhook: str | None = None
    wait: bool = False
    stream: bool = False
    session: str | None = None
    session_timeout: Annotated[int, Meta(ge=1, le=3600)] | None = None
    run_at: str | None = None
    metadata: dict[str, Any] | None = None


async def run_app(ctx: Context, call: Call) -> Answer:
    """Accepts a run: with ``wait`` it is answered at its end, with ``stream`` as it goes."""
    body: _Run = decode(call.body, _Run)
    _check(body)
    app, function = _named(body)
    app.functions[function].read(body.input)
    await work.catch_up(ctx)  # who came first is served first
    start = _start(ctx, body)
    lease = sessions.taken(ctx, body.session, app, body.session_timeout)
    task = _task(ctx, call, body, app, function)
    task.start = start
    with sessions.leased(ctx, lease, task):
        await work.accept(ctx, task)
    if body.stream:
        return streams.opened(ctx, call, task)
    if body.wait:
        return await _awaited(ctx, call, task)
    return Reply(shown.slim(task, task.created, call.base))


def _check(body: _Run) -> None:
    if body.wait and body.stream:
        refuse("stream", "stream: not allowed with wait")
    if body.session_timeout is not None and body.session != sessions.NEW:
        refuse("session_timeout", f"session_timeout: only allowed with session {sessions.NEW!r}")
    if body.workers and body.infra not in {"private", "private_first"}:
        refuse("workers", "workers: only allowed with private infra")
    if body.webhook is not None and not is_target(body.webhook):
        refuse("webhook", "webhook: must be a public address that begins with https://")


def _named(body: _Run) -> tuple[App, str]:
    if body.app is not None:
        return apps.named(body.app, body.function)
    if body.app_id is not None:
        return apps.by_id(body.app_id, body.version_id, body.function)
    raise invalid("app", "app: Field required")


def _start(ctx: Context, body: _Run) -> float:
    """When a worker may take the task: what lies in the past means now."""
    now = ctx.clock.now()
    if body.run_at is None:
        return now
    try:
        at = datetime.fromisoformat(body.run_at)
    except ValueError:
        refuse("run_at", f"run_at: {body.run_at!r} is not a time of ISO 8601")
    return max(now, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())


def _task(ctx: Context, call: Call, body: _Run, app: App, function: str) -> Task:
    now = ctx.clock.now()
    given: dict[str, Any] = msgspec.json.decode(body.input)
    files = [cloud.find_by_uri(ctx, value) for value in given.values()]
    asked = {name: getattr(body, name) for name in _SHOWN}
    return Task(
        id=cloud.new_id(ctx, "task"),
        app=app.name,
        function=function,
        input=given,
        created=now,
        start=now,
        base=call.base,
        digest=hashlib.sha256(call.body).hexdigest(),
        inputs=[file.id for file in files if file is not None],
        webhook=body.webhook,
        request={name: value for name, value in asked.items() if value is not None},
    )


async def _awaited(ctx: Context, call: Call, task: Task) -> Reply:
    """The task at its end; one that ended badly is no good answer.

    Raises:
        ConnectionResetError: The caller has gone.
        Refusal: 404, when the task was forgotten meanwhile.
    """
    while not is_over(task, ctx.clock.now()):
        # Somebody may advance the clock or cancel at any time: one look at a time.
        await asyncio.sleep(_LOOK_SECONDS)
        _check_caller(call.request)
        await work.catch_up(ctx)
        if ctx.world.inference.tasks.get(task.id) is not task:
            raise missing("not_found", f"Task {task.id} not found.")
    now = ctx.clock.now()
    good = present(task, now).status is Status.COMPLETED
    return Reply(shown.slim(task, now, call.base), status=200 if good else 422)


def _check_caller(request: web.Request) -> None:
    if request.transport is None or request.transport.is_closing():
        raise ConnectionResetError


ROUTES: Final = tuple(
    Route(method="POST", path=path, handler=run_app, family=Family.INFERENCE)
    for path in ("/apps/run", "/run")
)
