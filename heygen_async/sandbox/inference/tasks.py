"""``/tasks``: what became of runs."""

from typing import Any, Final

from heygen_async.sandbox.context import Call, Context, Handler, Reply, Route, StreamReply
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.inference import cloud, shown, streams, work
from heygen_async.sandbox.inference.course import is_over, present, word
from heygen_async.sandbox.inference.lists import Listing, listed
from heygen_async.sandbox.inference.records import CloudFile, Task
from heygen_async.sandbox.refusal import Refusal, missing, refuse
from heygen_async.sandbox.validation import decode

_ROLES: Final = ("input", "output")


async def _found(ctx: Context, call: Call) -> Task:
    """The task of a path, as far as it is by now.

    Raises:
        Refusal: 404.
    """
    await work.catch_up(ctx)
    task = ctx.world.inference.tasks.get(call.params["task_id"])
    if task is None:
        raise missing("not_found", f"Task {call.params['task_id']} not found.")
    return task


async def get_task(ctx: Context, call: Call) -> Reply:
    """Reads a task."""
    return Reply(shown.whole(await _found(ctx, call), ctx.clock.now(), call.base))


async def get_task_status(ctx: Context, call: Call) -> Reply:
    """Reads how far a task is, and no more."""
    return Reply(shown.status(await _found(ctx, call), ctx.clock.now()))


async def stream_task(ctx: Context, call: Call) -> StreamReply:
    """Follows a task until it ends."""
    return streams.opened(ctx, call, await _found(ctx, call))


async def cancel_task(ctx: Context, call: Call) -> Reply:
    """Cancels a task that has not ended; doing so twice changes nothing."""
    task = await _found(ctx, call)
    now = ctx.clock.now()
    if is_over(task, now):
        raise _too_late(task, now, "cancelled")
    if task.cancelled is None:
        work.cancel(ctx, task)
    return Reply(None)


def _too_late(task: Task, now: float, what: str) -> Refusal:
    words = f"Task {task.id} is {word(task, now)}: it cannot be {what}."
    return Refusal(409, "invalid_transition", words)


async def delete_task(ctx: Context, call: Call) -> Reply:
    """Forgets a task that has ended, and its files if that is asked for."""
    task = await _found(ctx, call)
    now = ctx.clock.now()
    if not is_over(task, now):
        raise _too_late(task, now, "deleted")
    if call.query.get("files") == "true":
        for file_id in (*task.inputs, *task.outputs):
            cloud.forget(ctx, file_id)
    del ctx.world.inference.tasks[task.id]
    return Reply(None)


async def list_tasks(ctx: Context, call: Call) -> Reply:
    """Lists tasks, the newest first."""
    await work.catch_up(ctx)
    asked: Listing = decode(call.body or b"{}", Listing)
    now = ctx.clock.now()
    kept = ctx.world.inference.tasks.values()
    return listed(asked, (shown.whole(each, now, call.base) for each in kept))


def _files(ctx: Context, call: Call, task: Task) -> list[tuple[str, CloudFile]]:
    """The files of a task with their roles; its results once it has ended."""
    role = call.query.get("role")
    if role is not None and role not in _ROLES:
        refuse("role", f"role: {role!r} is neither 'input' nor 'output'")
    outputs = task.outputs if is_over(task, ctx.clock.now()) else []
    kept = ctx.world.inference.files
    return [
        (name, kept[file_id])
        for name, ids in zip(_ROLES, (task.inputs, outputs), strict=True)
        for file_id in ids
        if role in {None, name} and file_id in kept
    ]


async def list_task_files(ctx: Context, call: Call) -> Reply:
    """Lists what a task was given and what it made."""
    task = await _found(ctx, call)
    found = _files(ctx, call, task)
    return Reply([await _file_shown(ctx, call, role, file) for role, file in found])


async def _file_shown(ctx: Context, call: Call, role: str, file: CloudFile) -> dict[str, Any]:
    asset = ctx.world.assets.get(file.id)
    if file.size is None and asset is not None:
        # What the app made counts its bytes when they are first wanted.
        file.size = (await cloud.content(ctx, asset)).path.stat().st_size
    return {
        "id": file.id,
        "created_at": shown.moment(file.created),
        "role": role,
        "uri": call.base + cloud.path_of(file),
        "filename": file.filename,
        "content_type": file.content_type or (asset.mime if asset is not None else None),
        "size": file.size,
    }


async def delete_task_files(ctx: Context, call: Call) -> Reply:
    """Deletes the files of a task, but for what it still needs."""
    task = await _found(ctx, call)
    found = [file.id for _, file in _files(ctx, call, task)]
    if not is_over(task, ctx.clock.now()):
        skipped = [{"id": file_id, "reason": "task_not_finished"} for file_id in found]
        return Reply({"deleted": [], "skipped": skipped})
    for file_id in found:
        cloud.forget(ctx, file_id)
    return Reply({"deleted": found, "skipped": []})


async def get_task_logs(ctx: Context, call: Call) -> Reply:
    """Reads what was written in a task."""
    task, now = await _found(ctx, call), ctx.clock.now()
    return Reply(
        {
            "task_id": task.id,
            "status": present(task, now).status,
            "events": shown.events(task, now),
            "logs": shown.logs(task, now),
        }
    )


async def get_task_timings(ctx: Context, call: Call) -> Reply:
    """Reads how long a task was in each state."""
    return Reply(shown.timings(await _found(ctx, call), ctx.clock.now()))


_ONE: Final = "/tasks/{task_id}"
_TABLE: Final[tuple[tuple[str, str, Handler], ...]] = (
    ("POST", "/tasks/list", list_tasks),
    ("GET", _ONE, get_task),
    ("DELETE", _ONE, delete_task),
    ("GET", f"{_ONE}/status", get_task_status),
    ("GET", f"{_ONE}/stream", stream_task),
    ("POST", f"{_ONE}/cancel", cancel_task),
    ("GET", f"{_ONE}/files", list_task_files),
    ("DELETE", f"{_ONE}/files", delete_task_files),
    ("GET", f"{_ONE}/logs", get_task_logs),
    ("GET", f"{_ONE}/timings", get_task_timings),
)

ROUTES: Final = tuple(
    Route(method=method, path=path, handler=handler, family=Family.INFERENCE)
    for method, path, handler in _TABLE
)
