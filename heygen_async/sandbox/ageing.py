"""How far a job is: computed from the time whenever somebody asks. Pure."""

from collections.abc import Iterable
from typing import Final

from heygen_async.sandbox.dubs import Dubbed, Proofread
from heygen_async.sandbox.people import Clone, Generation, Group, Training
from heygen_async.sandbox.works import Work
from heygen_async.sandbox.world import Asset, Look, Video

PENDING_SHARE: Final = 0.15
"""Share of its time that a job waits before it is worked on."""

LINK_DELAY: Final = 2.0
"""Virtual seconds for which a completed video of v3 has no ``video_url`` yet."""

RENDER_BASE: Final = 20.0
RENDER_PER_SECOND: Final = 4.0
RENDER_JITTER: Final = (0.75, 1.25)
"""A render takes a base time and so many seconds per second of speech, give or take a quarter."""

PHOTO_AVATAR: Final = (30.0, 90.0)
PROMPT_AVATAR: Final = (60.0, 180.0)
DIGITAL_TWIN: Final = (180.0, 600.0)
PHOTO_GENERATION: Final = (20.0, 40.0)
LEGACY_LOOK: Final = (3.0, 8.0)
TRAINING: Final = (180.0, 300.0)
MOTION: Final = (60.0, 120.0)
UPSCALE: Final = (20.0, 60.0)
ASSET: Final = (0.5, 2.0)
BRAND_KIT: Final = (20.0, 90.0)
PROOFREAD: Final = (20.0, 60.0)
CONSENT_REVIEW: Final = (60.0, 300.0)
VOICE_CLONE: Final = (20.0, 60.0)
CLIPPING: Final = (60.0, 180.0)
BACKGROUND_REMOVAL: Final = (30.0, 90.0)
FILLER_WORDS: Final = (30.0, 90.0)
HYPERFRAMES: Final = (20.0, 60.0)
WORKFLOW: Final = (60.0, 180.0)
AGENT_THOUGHT: Final = (20.0, 40.0)
"""Virtual seconds, from and to, that these take."""


def _stage(start: float, done: float, now: float, words: tuple[str, str, str]) -> str:
    if now >= done:
        return words[2]
    return words[now >= start + PENDING_SHARE * (done - start)]


def video_status(video: Video, now: float) -> str:
    """``pending``, ``processing``, and then ``completed`` or ``failed``."""
    end = "failed" if video.failure else "completed"
    return _stage(video.created, video.done, now, ("pending", "processing", end))


def has_links(video: Video, now: float) -> bool:
    """Whether a video can be downloaded."""
    delay = 0.0 if video.legacy else LINK_DELAY
    return video.failure is None and now >= video.done + delay


def dub_status(dub: Dubbed, now: float) -> str:
    """``pending``, ``running``, and then ``completed`` or ``failed``."""
    end = "failed" if dub.failure else "completed"
    return _stage(dub.start, dub.done, now, ("pending", "running", end))


def dub_linked(dub: Dubbed) -> float:
    """Virtual time from which a translation or a lipsync can be downloaded, if it does not fail."""
    return dub.done + (0.0 if dub.legacy else LINK_DELAY)


def dub_has_links(dub: Dubbed, now: float) -> bool:
    """Whether a translation or a lipsync can be downloaded."""
    return dub.failure is None and now >= dub_linked(dub)


def proofread_status(proofread: Proofread, now: float) -> str:
    """``processing``, and then ``completed`` or ``failed``."""
    if now < proofread.done:
        return "processing"
    return "failed" if proofread.failure else "completed"


def look_status(look: Look, now: float) -> str:
    """``processing``, and then ``completed``, ``failed`` or ``pending_consent``."""
    if now < look.ready:
        return "processing"
    if look.failure:
        return "failed"
    return "completed" if has_consent(look, now) else "pending_consent"


def has_consent(look: Look, now: float) -> bool:
    """Whether nobody has to agree to a look any more."""
    return not look.needs_consent or (look.consented is not None and now >= look.consented)


def consent_status(looks: Iterable[Look], now: float) -> str | None:
    """``pending`` until somebody agreed to all looks of a group, then ``approved``."""
    asked = [look for look in looks if look.needs_consent]
    if not asked:
        return None
    return "approved" if all(has_consent(look, now) for look in asked) else "pending"


def clone_status(clone: Clone, now: float) -> str:
    """``processing``, and then ``complete`` or ``failed``."""
    if now < clone.ready:
        return "processing"
    return "failed" if clone.failure else "complete"


def legacy_look_status(look: Look, now: float) -> str:
    """``pending``, and then ``completed`` or ``failed``."""
    if now < look.ready:
        return "pending"
    return "failed" if look.failure else "completed"


def twin_status(look: Look, now: float) -> str:
    """``in_progress``, and then ``completed`` or ``failed``: v2's words for a digital twin."""
    if now < look.ready:
        return "in_progress"
    return "failed" if look.failure else "completed"


def generation_status(generation: Generation, now: float) -> str:
    """``pending``, ``processing``, and then ``success`` or ``failed``."""
    end = "failed" if generation.failure else "success"
    return _stage(generation.start, generation.done, now, ("pending", "processing", end))


def training_status(training: Training | None, now: float) -> str:
    """``empty`` when never asked for, ``pending``, ``training``, then ``ready`` or ``failed``."""
    if training is None:
        return "empty"
    end = "failed" if training.failure else "ready"
    return _stage(training.start, training.done, now, ("pending", "training", end))


def is_trained(group: Group, now: float) -> bool:
    """Whether a group's training has ended."""
    return training_status(group.training, now) == "ready"


def work_status(job: Work, now: float, words: tuple[str, str, str]) -> str:
    """A job's word for waiting, for being worked on, and for its good end; else ``failed``."""
    return _stage(job.created, job.done, now, (*words[:2], "failed" if job.failure else words[2]))


def work_progress(job: Work, now: float) -> int:
    """0 to 100, and 100 only when it has ended well."""
    part = int(100 * (now - job.created) / (job.done - job.created))
    return min(part, 99) if now < job.done or job.failure else 100


def asset_status(asset: Asset, now: float) -> str:
    """``queued`` until its upload is completed, ``processing``, ``completed`` or ``failed``."""
    if now < asset.done:
        return "processing"
    if asset.failure:
        return "failed"
    return "completed" if asset.usable else "queued"
