"""How far a task is: computed from the time whenever somebody asks. Pure."""

from enum import IntEnum
from typing import Final, NamedTuple

from heygen_async.sandbox.inference.records import Task


class Status(IntEnum):
    """How inference.sh numbers the states of a task."""

    UNKNOWN = 0
    RECEIVED = 1
    QUEUED = 2
    DISPATCHED = 3
    PREPARING = 4
    SERVING = 5
    SETTING_UP = 6
    RUNNING = 7
    CANCELLING = 8
    UPLOADING = 9
    COMPLETED = 10
    FAILED = 11
    CANCELLED = 12
    REJECTED = 13


TERMINAL: Final = frozenset(
    {Status.COMPLETED, Status.FAILED, Status.CANCELLED, Status.REJECTED},
)
"""States that a task does not leave."""

FORMER: Final = {Status.COMPLETED: 9, Status.FAILED: 10, Status.CANCELLED: 11}
"""How the ends were numbered before January 2026, and still are on the pages of the apps."""

STEP: Final = 0.5
"""Virtual seconds for which a task is in a state that only leads to the next one."""

UPLOAD: Final = 1.5
"""Virtual seconds that storing the results takes."""

CANCEL: Final = 1.0
"""Virtual seconds that a cancellation takes."""

_ON_THE_WAY: Final = (
    Status.DISPATCHED,
    Status.PREPARING,
    Status.SERVING,
    Status.SETTING_UP,
    Status.RUNNING,
)


class Step(NamedTuple):
    """A state, and the virtual Unix time at which it begins."""

    status: Status
    at: float


def course(task: Task) -> list[Step]:
    """The states of a task, past and to come, as far as they are known."""
    if task.rejected == task.created:
        return [Step(Status.REJECTED, task.created)]
    steps = [Step(Status.RECEIVED, task.created), Step(Status.QUEUED, task.created + STEP)]
    if task.rejected is not None:
        steps.append(Step(Status.REJECTED, max(task.rejected, steps[-1].at)))
    elif task.done is not None:
        steps += _worked(task, task.done)
    if task.cancelled is None:
        return steps
    steps = [step for step in steps if step.at <= task.cancelled]
    return [
        *steps,
        Step(Status.CANCELLING, task.cancelled),
        Step(Status.CANCELLED, task.cancelled + CANCEL),
    ]


def _worked(task: Task, done: float) -> list[Step]:
    begin = max(task.created + STEP, task.start)
    steps = [Step(status, begin + STEP * i) for i, status in enumerate(_ON_THE_WAY, 1)]
    end = max(done, steps[-1].at + STEP)
    if task.error is not None:
        return [*steps, Step(Status.FAILED, end)]
    return [*steps, Step(Status.UPLOADING, end), Step(Status.COMPLETED, end + UPLOAD)]


def history(task: Task, now: float) -> list[Step]:
    """The states of a task so far, the present one last."""
    steps = course(task)
    return [step for step in steps if step.at <= now] or steps[:1]


def present(task: Task, now: float) -> Step:
    """The state that a task is in, and since when."""
    return history(task, now)[-1]


def word(task: Task, now: float) -> str:
    """The name of the state that a task is in, such as ``setting_up``."""
    return present(task, now).status.name.lower()


def is_over(task: Task, now: float) -> bool:
    """Whether a task has ended, well or not."""
    return present(task, now).status in TERMINAL


def end_of(task: Task) -> Step | None:
    """How and when a task ends, as far as is known now."""
    last = course(task)[-1]
    return last if last.status in TERMINAL else None
