"""Waits for jobs on a board alone, without a client."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias, TypeVar, cast

from heygen_async import Job
from heygen_async.api.job import JobKind, JobState
from heygen_async.jobs import StatusBoard
from heygen_async.models import StatusEntry
from heygen_async.transport.downloads import Downloads
from heygen_async.wire.statuses import Verdict

T = TypeVar("T")
Read: TypeAlias = Callable[[str], Awaitable[str]]
Bulk: TypeAlias = Callable[[Sequence[str]], Awaitable[list[StatusEntry]]]

_VERDICTS = {"completed": Verdict.DONE, "failed": Verdict.FAILED}


def job_on(board: StatusBoard, kind: JobKind[T], job_id: str, *, fresh: bool = False) -> Job[T]:
    """A handle that downloads nothing; a fresh one is made now."""
    downloads: Any = None
    return Job(job_id, kind=kind, waiter=board, downloads=cast("Downloads", downloads), fresh=fresh)


def state(word: str) -> JobState:
    """What a word says that is all there is to a job."""
    return JobState(status=word, verdict=_VERDICTS.get(word, Verdict.RUNNING))


def kind(read: Read, bulk: Bulk | None = None) -> JobKind[str]:
    """A kind of job of which a read shows a word."""
    return JobKind("video", read=read, state=state, bulk=bulk, expected=10.0, timeout=3600.0)


async def wait(board: StatusBoard, of: JobKind[str], job_id: str, timeout: float) -> str:
    """Waits for a job of unknown age."""
    return await job_on(board, of, job_id).wait(timeout=timeout)


async def done(_: str) -> str:
    """A read of a job that has ended."""
    return "completed"


async def running(_: str) -> str:
    """A read of one that goes on."""
    return "processing"


async def stuck(_: object) -> str:
    """A read that never ends."""
    await asyncio.Event().wait()
    raise AssertionError
