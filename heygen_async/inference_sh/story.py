"""What is known of a task while it is followed: pieces are merged as they come. Pure."""

from datetime import datetime
from typing import Any

import msgspec

from heygen_async.inference_sh.decoding import task_of
from heygen_async.inference_sh.models import Task
from heygen_async.inference_sh.statuses import TaskStatus, read_status


class Story:
    """One task, with everything that was told of it so far.

    Attributes:
        task: As it is known now.
    """

    def __init__(self, raw: dict[str, Any]) -> None:
        """Begins with what the run answered, or with an id alone.

        Raises:
            msgspec.ValidationError: There is no id.
        """
        self.task: Task[Any] = task_of(raw)
        self._output_told: bool = self.task.ended and "output" in raw

    @property
    def begun(self) -> bool:
        """Whether more is known than an id."""
        return self.task.raw.keys() != {"id"}

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.task.ended

    @property
    def lacks_its_end(self) -> bool:
        """Whether it has ended, and what it ended with was not told yet."""
        match self.task.status:
            case TaskStatus.COMPLETED:
                # Before the end, and in a read that lags behind it, there may be a part of it.
                return not self._output_told or self.task.output in (None, {})
            case TaskStatus.FAILED:
                return not self.task.error
            case _:
                return False

    def add(self, fields: dict[str, Any]) -> Task[Any] | None:
        """The task with a piece merged into it; None where the piece says nothing new.

        Fields that a piece does not have stay as they were. Whether the task has ended is for the
        piece itself to say: what was known before has not ended.

        Args:
            fields: All of a task, or what changed.
        """
        known = self.task.raw
        if fields.get("id", self.task.id) != self.task.id or self._is_older(fields):
            return None
        merged = {**known, **fields}
        if has_ended(fields) and "output" in fields:
            self._output_told = True
        if merged.get("status") != known.get("status") and "status_text" not in fields:
            merged.pop("status_text", None)  # the word of an earlier number
        if merged == known:
            return None
        try:
            task = task_of(merged)
        except msgspec.ValidationError:
            return None
        before, self.task = self.task, task
        told_again = "updated_at" in fields and task.updated_at == before.updated_at
        return None if told_again and task.status is before.status else task

    def _is_older(self, fields: dict[str, Any]) -> bool:
        """Whether a piece is of before what is known, as a read that was overtaken may be."""
        ended = has_ended(fields)
        if self.ended or ended:
            return not ended  # the end is the end, whatever the clocks say
        before, after = _moment(self.task.updated_at), _moment(fields.get("updated_at"))
        return before is not None and after is not None and after < before


def has_ended(fields: dict[str, Any]) -> bool:
    """Whether a piece of a task tells its end."""
    return read_status(fields.get("status"), fields.get("status_text")).ended


def _moment(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
