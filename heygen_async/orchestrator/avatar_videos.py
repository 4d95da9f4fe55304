"""One video of an avatar of v2, from its voice to the file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from heygen_async.api.job import Job
from heygen_async.api.resources import Resources
from heygen_async.models.v2 import AvatarCharacter, LegacyVideo, TalkingPhoto
from heygen_async.models.v2.scenes import Character
from heygen_async.orchestrator.bounds import Bounds
from heygen_async.orchestrator.estimates import check_quota, estimate
from heygen_async.orchestrator.plans import VideoPlan, VideoResult
from heygen_async.orchestrator.steps import Steps
from heygen_async.wire.choice import fitting_voice

_PHOTOS: Final = frozenset({"talking_photo", "photo_avatar"})
"""Words for an avatar that is a photo."""


async def first_voice(heygen: Resources, plan: VideoPlan, *, gender: str | None = None) -> str:
    """The first voice that speaks the plan's language and has its gender.

    Args:
        heygen: Lists the voices.
        plan: What is looked for.
        gender: Of who is seen, when the plan names none.

    Raises:
        InvalidRequestError: There is none.
        HeyGenError: As every call.
    """
    voices = await heygen.v2.voices.list()
    chosen = fitting_voice(voices, language=plan.language, gender=plan.gender or gender)
    return chosen.voice_id


async def film(
    heygen: Resources,
    plan: VideoPlan,
    *,
    character: Character,
    voice_id: str,
    keep: Callable[[str], object],
    bounds: Bounds,
    steps: Steps,
) -> VideoResult:
    """Has a video made, waits for it, and downloads it.

    Args:
        heygen: Makes the calls.
        plan: What is said, and where it goes.
        character: Who is seen.
        voice_id: Who speaks.
        keep: Takes the video's id, as soon as there is one.
        bounds: A slot is held until the video has ended, and then a place among the downloads.
        steps: Told of both steps.
    """
    request = plan.request(character, voice_id)
    async with steps.step("video"), bounds.slots:
        call = partial(heygen.v2.videos.generate, request)
        job = await steps.make(call, keep, "video", estimate(request).credits)
        bounds.slots.accepted()
        video = await job.wait()
    return await fetch(job, video, plan, voice_id=voice_id, bounds=bounds, steps=steps)


async def fetch(
    job: Job[LegacyVideo],
    video: LegacyVideo,
    plan: VideoPlan,
    *,
    voice_id: str | None,
    bounds: Bounds,
    steps: Steps,
) -> VideoResult:
    """Downloads a finished video, if it is to be."""
    path: Path | None = None
    if plan.target is not None:
        async with steps.step("download"), bounds.downloads:
            path = await job.download(plan.target, overwrite=plan.overwrite)
    return VideoResult(id=job.id, voice_id=voice_id, video=video, path=path)


async def avatar_video(
    heygen: Resources,
    avatar_id: str,
    plan: VideoPlan,
    *,
    keep: Callable[[str], object],
    preflight: bool,
    bounds: Bounds,
    steps: Steps,
) -> VideoResult:
    """A video of an avatar that is there; see ``Orchestrator.avatar_video``."""
    async with steps.step("avatar"):
        avatar = await heygen.v2.avatars.get(avatar_id)
    character: Character = AvatarCharacter(avatar_id=avatar_id)
    if avatar.type in _PHOTOS:
        character = TalkingPhoto(talking_photo_id=avatar_id)
    async with steps.step("voice"):
        voice_id = plan.voice_id or avatar.default_voice_id
        if voice_id is None:
            voice_id = await first_voice(heygen, plan, gender=avatar.gender)
    if preflight:
        cost = estimate(plan.request(character, voice_id))
        await check_quota(heygen, f"video of avatar {avatar_id!r}", cost)
    return await film(
        heygen,
        plan,
        character=character,
        voice_id=voice_id,
        keep=keep,
        bounds=bounds,
        steps=steps,
    )
