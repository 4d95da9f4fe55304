"""How videos of v1 and v2 are waited for: by the status of v1, or by the details of v2."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from heygen_async.api.job import JobKind, JobState
from heygen_async.models.v2 import LegacyVideo, LegacyVideoDetail, VideoFailure
from heygen_async.wire.statuses import Verdict, verdict

T = TypeVar("T")


def by_status(read: Callable[[str], Awaitable[LegacyVideo]], suffix: str) -> JobKind[LegacyVideo]:
    """Videos that are waited for by the status of v1.

    Args:
        read: Reads one.
        suffix: Of its file.
    """
    return _kind(read, _state, suffix)


def by_details(
    read: Callable[[str], Awaitable[LegacyVideoDetail]], suffix: str
) -> JobKind[LegacyVideoDetail]:
    """Videos that are waited for by the details of v2.

    Args:
        read: Reads one.
        suffix: Of its file.
    """
    return _kind(read, _detail_state, suffix)


def _kind(
    read: Callable[[str], Awaitable[T]], state: Callable[[T], JobState], suffix: str
) -> JobKind[T]:
    return JobKind(
        "video",
        read=read,
        state=state,
        expected=60.0,
        timeout=2 * 3600.0,
        file="video_url",
        suffix=suffix,
    )


def _state(video: LegacyVideo) -> JobState:
    word = verdict("video", video.status)
    if word is Verdict.DONE and not video.video_url:
        word = Verdict.RUNNING
    code: str | None = None
    message: str | None = None
    match video.error:
        case VideoFailure() as failure:
            code = None if failure.code is None else str(failure.code)
            message = failure.message or failure.detail
        case str():
            message = video.error
        case None:
            pass
    return JobState(status=video.status, verdict=word, failure_code=code, failure_message=message)


def _detail_state(video: LegacyVideoDetail) -> JobState:
    word = verdict("video", video.status)
    if word is Verdict.DONE and not video.video_url:
        word = Verdict.RUNNING
    return JobState(
        status=video.status,
        verdict=word,
        failure_code=video.failure_code,
        failure_message=video.failure_message,
    )
