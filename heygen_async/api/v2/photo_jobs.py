"""How the jobs of photo avatars are waited for."""

from collections.abc import Awaitable, Callable

from heygen_async.api.job import JobKind, JobState
from heygen_async.models.v2 import Generation, PhotoLook, Training
from heygen_async.wire.statuses import Verdict, verdict


def generations(read: Callable[[str], Awaitable[Generation]]) -> JobKind[Generation]:
    """Photos or looks that are drawn.

    Args:
        read: Reads one.
    """
    return JobKind(
        "photo generation", read=read, state=_generation_state, expected=30.0, timeout=1800.0
    )


def trainings(read: Callable[[str], Awaitable[Training]], *, sent: bool) -> JobKind[Training]:
    """Groups that are trained.

    Args:
        read: Reads one.
        sent: Whether we know that the training was asked for.
    """
    state = _sent_training_state if sent else _training_state
    return JobKind("training", read=read, state=state, expected=240.0, timeout=2 * 3600.0)


def looks(read: Callable[[str], Awaitable[PhotoLook]]) -> JobKind[PhotoLook]:
    """Looks that are made, moved or made larger.

    Args:
        read: Reads one.
    """
    return JobKind(
        "photo look",
        read=read,
        state=_look_state,
        expected=20.0,
        timeout=1800.0,
        file="image_url",
        suffix=".jpg",
    )


def _generation_state(generation: Generation) -> JobState:
    return JobState(
        status=generation.status,
        verdict=verdict("photo generation", generation.status),
        failure_message=generation.msg,
    )


def _training_state(training: Training) -> JobState:
    word = verdict("training", training.status)
    if training.error_msg and word is Verdict.RUNNING:
        word = Verdict.FAILED
    never = "the group was never sent to training" if training.status == "empty" else None
    return JobState(
        status=training.status, verdict=word, failure_message=training.error_msg or never
    )


def _sent_training_state(training: Training) -> JobState:
    """`empty` is what HeyGen may say for a moment yet: it does not know of the training."""
    if training.status == "empty":
        return JobState(status="not_found", verdict=Verdict.UNKNOWN_ID)
    return _training_state(training)


def _look_state(look: PhotoLook) -> JobState:
    word = verdict("photo look", look.status)
    if word is Verdict.DONE and look.is_motion and not look.motion_preview_url:
        word = Verdict.RUNNING
    return JobState(status=look.status, verdict=word, failure_message=look.moderation_msg)
