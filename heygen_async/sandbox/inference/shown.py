"""Tasks as inference.sh shows them: slim, whole, and in parts."""

import base64
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from heygen_async.sandbox.ids import stable_id
from heygen_async.sandbox.inference import apps
from heygen_async.sandbox.inference.course import TERMINAL, Status, Step, history, present
from heygen_async.sandbox.inference.records import Task

OWNER: Final = {
    "user_id": stable_id("inference_user"),
    "team_id": stable_id("inference_team"),
    "visibility": "private",
}
"""Whose everything is."""

_SETUP_LOG: Final = 3
_TASK_LOG: Final = 4


def moment(at: float) -> str:
    """A time as RFC 3339 has it, in UTC."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def slim(task: Task, now: float, base: str) -> dict[str, Any]:
    """A task as the run that made it is answered.

    Args:
        task: The task.
        now: Virtual Unix time.
        base: Address under which the caller reached us.
    """
    step = present(task, now)
    # The vendor's clients reckon with a task that has no word for having just been received.
    word = "" if step.status is Status.RECEIVED else step.status.name.lower()
    shown = _identity(task, step) | {"status": step.status, "status_text": word}
    shown |= _result(task, step, base)
    shown |= {"session_id": task.session_id} if task.session_id else {}
    run_at = task.request.get("run_at")
    return shown | ({"run_at": run_at} if run_at else {})


def whole(task: Task, now: float, base: str) -> dict[str, Any]:
    """A task with all that belongs to it.

    Args:
        task: The task.
        now: Virtual Unix time.
        base: Address under which the caller reached us.
    """
    step, app = present(task, now), apps.find(task.app)
    namespace, _, name = app.name.partition("/")
    shown = _identity(task, step) | OWNER | {"status": step.status} | _result(task, step, base)
    return (
        shown
        | {
            "deleted_at": None,
            "rating": 0,
            "is_featured": False,
            "app_id": app.id,
            "app": {"id": app.id, "namespace": namespace, "name": name, "version": None},
            "app_version_id": app.version_id,
            "function": task.function,
            "infra": "cloud",
            "workers": [],
            "worker_id": stable_id("inference_worker", task.id) if task.done else None,
            "input": task.input,
            "session_id": task.session_id,
            "webhook": task.webhook,
            "events": events(task, now),
            "logs": logs(task, now),
            "usage_events": [],
        }
        | task.request
    )


def status(task: Task, now: float) -> dict[str, Any]:
    """What the cheapest read of a task says."""
    step = present(task, now)
    return {"id": task.id, "status": step.status, "updated_at": moment(step.at)}


def part(task: Task, step: Step, base: str) -> dict[str, Any]:
    """What has changed when a task comes into a state, and the names of that."""
    data = {"status": step.status, "updated_at": moment(step.at)}
    if step.status in TERMINAL:
        data |= _result(task, step, base)
    return {"data": {"id": task.id} | data, "fields": list(data)}


def webhook(task: Task, end: Step) -> dict[str, Any]:
    """What is sent when a task has ended: flat, and its state as a bare number."""
    said = {"status": int(end.status), "error": "", "session_id": task.session_id}
    return _identity(task, end, short=False) | said | _result(task, end, task.base)


def events(task: Task, now: float) -> list[dict[str, Any]]:
    """The states of a task so far."""
    return [
        {
            "id": stable_id("inference_event", task.id, step.status),
            "created_at": moment(step.at),
            "event_time": moment(step.at),
            "task_id": task.id,
            "status": step.status,
        }
        for step in history(task, now)
    ]


def logs(task: Task, now: float) -> list[dict[str, Any]]:
    """What the worker and the app have written so far, in base64."""
    return [
        {
            "id": stable_id("inference_log", task.id, number),
            "created_at": moment(at),
            "updated_at": moment(at),
            "task_id": task.id,
            "log_type": kind,
            "content": base64.b64encode(text.encode()).decode(),
        }
        for number, (kind, text, at) in enumerate(_lines(task, now))
    ]


def _lines(task: Task, now: float) -> Iterable[tuple[int, str, float]]:
    for step in history(task, now):
        match step.status:
            case Status.SETTING_UP:
                yield _SETUP_LOG, f"setting up {task.app}\n", step.at
            case Status.RUNNING:
                yield _TASK_LOG, f"running {task.function}\n", step.at
            case Status.FAILED:
                yield _TASK_LOG, f"{task.error}\n", step.at
            case _:
                pass


def timings(task: Task, now: float) -> dict[str, Any]:
    """How long a task was in each of its states."""
    steps = history(task, now)
    ends = [step.at for step in steps[1:]] + [now]
    over = steps[-1].status in TERMINAL
    total = (steps[-1].at if over else now) - steps[0].at
    return {
        "task_id": task.id,
        "status": steps[-1].status,
        "total_duration_ms": round(total * 1000),
        "groups": [
            {"name": step.status.name.lower(), "duration_ms": round((end - step.at) * 1000)}
            for step, end in zip(steps, ends, strict=True)
            if step.status not in TERMINAL
        ],
        "events": events(task, now),
    }


def _identity(task: Task, step: Step, *, short: bool = True) -> dict[str, Any]:
    shown = {"id": task.id, "short_id": task.id[:8]} if short else {"id": task.id}
    return shown | {"created_at": moment(task.created), "updated_at": moment(step.at)}


def _result(task: Task, step: Step, base: str) -> dict[str, Any]:
    """The output, and the error of a task that has one."""
    good = step.status is Status.COMPLETED
    shown: dict[str, Any] = {"output": _rebased(task.output, task.base, base) if good else None}
    if step.status in {Status.FAILED, Status.REJECTED}:
        shown["error"] = task.error
    return shown


def _rebased(value: Any, former: str, base: str) -> Any:
    """An output whose addresses lead back the way its reader came: we may have moved meanwhile."""
    if former == base:
        return value
    told = msgspec.json.encode(value)
    return msgspec.json.decode(told.replace(f'"{former}/'.encode(), f'"{base}/'.encode()))
