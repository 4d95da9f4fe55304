"""Waits for jobs on a board alone, without a client."""

from typing import Any, TypeVar, cast

from heygen_async import Job
from heygen_async.api.job import JobKind, JobState
from heygen_async.jobs import StatusBoard
from heygen_async.transport.downloads import Downloads
from heygen_async.wire.statuses import Verdict

T = TypeVar("T")

_VERDICTS = {"completed": Verdict.DONE, "failed": Verdict.FAILED}


def job_on(board: StatusBoard, kind: JobKind[T], job_id: str, *, fresh: bool = False) -> Job[T]:
    """A handle that downloads nothing; a fresh one is made now."""
    downloads: Any = None
    return Job(job_id, kind=kind, waiter=board, downloads=cast("Downloads", downloads), fresh=fresh)


def state(word: str) -> JobState:
    """What a word says that is all there is to a job."""
    return JobState(status=word, verdict=_VERDICTS.get(word, Verdict.RUNNING))
