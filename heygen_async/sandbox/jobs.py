"""What videos of every family share: slots, durations, sizes and scripts."""

import math
import re
from typing import Final

from heygen_async.sandbox import ageing
from heygen_async.sandbox.context import Context
from heygen_async.sandbox.refusal import Refusal
from heygen_async.sandbox.world import Failure, Shot, Video
from heygen_async.wire import frames

FAIL_TOKEN: Final = "[[fail]]"  # noqa: S105 - a word for scripts, no secret
"""A script that contains it is accepted and charged, and fails: for tests of failures."""

REMOTE_AUDIO_SECONDS: Final = 10.0
"""Length of a recording that lies outside the sandbox, where nobody can fetch it: silence."""

_TAG: Final = re.compile(r"<[^>]*>")


def check_script(script: str) -> None:
    """Refuses a script in which nothing can be spoken.

    Raises:
        Refusal: 400 ``script_too_short``.
    """
    if not any(map(str.isalnum, _TAG.sub(" ", script))):
        raise Refusal(
            400,
            "script_too_short",
            "The script contains nothing that can be spoken.",
            param="script",
            number=40039,
        )


def failure_of(script: str) -> Failure | None:
    """How a script fails, if it is one of those that do."""
    if FAIL_TOKEN not in script:
        return None
    return Failure("MODERATION_POLICY_VIOLATED", "The script violates the moderation policy.")


def take_slot(ctx: Context) -> None:
    """Refuses one more render than the account may have in flight.

    Raises:
        Refusal: 429 with the real seconds until the next slot is free.
    """
    free = next_start(ctx)
    now = ctx.clock.now()
    if free <= now:
        return
    wait = ctx.clock.real(free - now)
    raise Refusal(
        429,
        "rate_limit_exceeded",
        f"Concurrency limit reached: {ctx.settings.slots} videos are being rendered.",
        retry_after=max(1, math.ceil(wait)),
        number=400123,
    )


def next_start(ctx: Context) -> float:
    """The virtual time at which one more render can begin: now, or when a slot becomes free.

    What waits for a slot counts like what has one, so that everybody is served in turn.
    """
    now = ctx.clock.now()
    world = ctx.world
    world.flying = {each: done for each, done in world.flying.items() if done > now}
    ends = sorted(world.flying.values())
    slots = ctx.settings.slots
    return now if len(ends) < slots else ends[len(ends) - slots]


def render_seconds(ctx: Context, video_id: str, duration: float) -> float:
    """How many virtual seconds a render takes."""
    base = ageing.RENDER_BASE + ageing.RENDER_PER_SECOND * duration
    return base * ctx.span(ageing.RENDER_JITTER, video_id)


def frame(resolution: str, aspect_ratio: str, source: tuple[int, int]) -> tuple[int, int]:
    """Width and height of a video in even pixels.

    Args:
        resolution: ``720p``, ``1080p`` or ``4k``.
        aspect_ratio: One of HeyGen's, or ``auto`` for that of the source.
        source: Width and height of the source.
    """
    width, height = source
    ratio = frames.RATIOS.get(aspect_ratio) or (width / height if width and height else 16 / 9)
    return frames.frame(resolution, ratio)


async def seconds_of(ctx: Context, shot: Shot) -> float:
    """How long a shot will be, once its recording was listened to."""
    return await ctx.studio.seconds(ctx.world, shot)


def start(ctx: Context, video: Video) -> None:
    """Enters an accepted video, whose render begins at ``created``; its ``done`` is set here."""
    video.done = video.created + render_seconds(ctx, video.id, video.duration)
    ctx.world.videos[video.id] = video
    ctx.world.flying[video.id] = video.done
