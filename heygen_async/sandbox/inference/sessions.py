"""``/sessions``: workers that are kept for one caller."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Final

from heygen_async.sandbox.context import Call, Context, Handler, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.ids import stable_id
from heygen_async.sandbox.inference import apps, cloud, shown, work
from heygen_async.sandbox.inference.apps import App
from heygen_async.sandbox.inference.course import end_of, is_over
from heygen_async.sandbox.inference.records import Lease, Task
from heygen_async.sandbox.refusal import Refusal, missing

NEW: Final = "new"
"""The word that asks for a session."""

_IDLE: Final = 60
"""Seconds that a session may idle when its caller does not say."""


def taken(ctx: Context, asked: str | None, app: App, timeout: int | None) -> Lease | None:
    """The session in which a run is to run.

    Args:
        ctx: The sandbox.
        asked: ``new``, an id, or nothing.
        app: What runs.
        timeout: Seconds that a new one may idle.

    Raises:
        Refusal: 404 for an unknown one, 410 for one that is over, 409 for one of another app or
            one that is at work.
    """
    if asked is None:
        return None
    now = ctx.clock.now()
    if asked == NEW:
        return Lease(
            id=cloud.new_id(ctx, "session"),
            app=app.name,
            created=now,
            idle_timeout=timeout or _IDLE,
            touched=now,
        )
    lease = _active(ctx, asked)
    if lease.app != app.name:
        raise Refusal(409, "APP_MISMATCH", f"Session {lease.id} runs {lease.app}.")
    if _works(ctx, lease):
        raise Refusal(409, "WORKER_LEASED", f"Session {lease.id} is at work.")
    return lease


@contextmanager
def leased(ctx: Context, lease: Lease | None, task: Task) -> Generator[None]:
    """Enters a run into its session, and takes it out again if it is not accepted."""
    if lease is None:
        yield
        return
    kept = ctx.world.inference.sessions
    task.session_id = lease.id
    lease.tasks.append(task.id)
    kept[lease.id] = lease
    try:
        yield
    except BaseException:
        lease.tasks.remove(task.id)
        if not lease.tasks:
            kept.pop(lease.id, None)
        raise


def _tasks(ctx: Context, lease: Lease) -> list[Task]:
    kept = ctx.world.inference.tasks
    return [kept[task_id] for task_id in lease.tasks if task_id in kept]


def _expires(ctx: Context, lease: Lease) -> float:
    """When a session has idled for too long; what it works on keeps it alive."""
    last = ctx.clock.now() if _works(ctx, lease) else lease.touched
    ends = [end.at for task in _tasks(ctx, lease) if (end := end_of(task)) is not None]
    return max([last, *ends]) + lease.idle_timeout


def _works(ctx: Context, lease: Lease) -> bool:
    now = ctx.clock.now()
    return any(not is_over(task, now) for task in _tasks(ctx, lease))


def _status(ctx: Context, lease: Lease) -> str:
    if lease.ended is not None:
        return "ended"
    return "expired" if ctx.clock.now() > _expires(ctx, lease) else "active"


def _found(ctx: Context, session_id: str) -> Lease:
    lease = ctx.world.inference.sessions.get(session_id)
    if lease is None:
        raise missing("SESSION_NOT_FOUND", f"Session {session_id} not found.")
    return lease


def _active(ctx: Context, session_id: str) -> Lease:
    lease = _found(ctx, session_id)
    status = _status(ctx, lease)
    if status != "active":
        raise Refusal(410, f"SESSION_{status.upper()}", f"Session {session_id} has {status}.")
    return lease


def _shown(ctx: Context, lease: Lease) -> dict[str, Any]:
    app, called = apps.find(lease.app), _tasks(ctx, lease)
    return {
        "id": lease.id,
        "created_at": shown.moment(lease.created),
        "app_id": app.id,
        "app_version_id": app.version_id,
        "worker_id": stable_id("inference_worker", lease.id),
        "status": _status(ctx, lease),
        "expires_at": shown.moment(_expires(ctx, lease)),
        "ended_at": None if lease.ended is None else shown.moment(lease.ended),
        "task_id": lease.tasks[-1] if lease.tasks else None,
        "call_count": len(lease.tasks),
        "last_call_at": shown.moment(called[-1].created) if called else None,
        "idle_timeout": lease.idle_timeout,
    }


async def list_sessions(ctx: Context, _call: Call) -> Reply:
    """Lists sessions, the newest first."""
    await work.catch_up(ctx)
    kept = ctx.world.inference.sessions
    return Reply([_shown(ctx, lease) for lease in reversed(kept.values())])


async def get_session(ctx: Context, call: Call) -> Reply:
    """Reads a session."""
    await work.catch_up(ctx)
    return Reply(_shown(ctx, _found(ctx, call.params["session_id"])))


async def keep_session(ctx: Context, call: Call) -> Reply:
    """Lets a session idle anew."""
    await work.catch_up(ctx)
    lease = _active(ctx, call.params["session_id"])
    lease.touched = ctx.clock.now()
    return Reply(_shown(ctx, lease))


async def end_session(ctx: Context, call: Call) -> Reply:
    """Ends a session."""
    await work.catch_up(ctx)
    _active(ctx, call.params["session_id"]).ended = ctx.clock.now()
    return Reply(None)


_ONE: Final = "/sessions/{session_id}"
_TABLE: Final[tuple[tuple[str, str, Handler], ...]] = (
    ("GET", "/sessions", list_sessions),
    ("GET", _ONE, get_session),
    ("POST", f"{_ONE}/keepalive", keep_session),
    ("DELETE", _ONE, end_session),
)

ROUTES: Final = tuple(
    Route(method=method, path=path, handler=handler, family=Family.INFERENCE)
    for method, path, handler in _TABLE
)
