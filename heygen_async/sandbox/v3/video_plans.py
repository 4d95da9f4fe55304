"""What a request for a video of an avatar or an image comes to, before anything is paid for."""

from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec

from heygen_async.models import (
    AvatarVideo,
    Caption,
    ImageScene,
    ImageVideo,
    SceneAvatar,
    VideoScene,
    VoiceSettings,
    Watermark,
)
from heygen_async.sandbox import ageing, jobs, notices, prices
from heygen_async.sandbox.assets import by_id, by_url, check_lag, resolve
from heygen_async.sandbox.context import Call, Context
from heygen_async.sandbox.notes import SceneNote
from heygen_async.sandbox.refusal import Refusal, invalid, missing
from heygen_async.sandbox.v3 import video_rules
from heygen_async.sandbox.v3.avatars import inspected
from heygen_async.sandbox.voices import usable_voice
from heygen_async.sandbox.world import Asset, Look, Shot, Video

Spoken: TypeAlias = AvatarVideo | ImageVideo


@dataclass(kw_only=True, slots=True)
class Plan:
    """A video that can be made.

    Attributes:
        shot: What it shows.
        duration: Seconds.
        price: What it costs.
        words: All that it says or is made from.
        scenes: What it is made of.
        more: What else is remembered of it, by the names of ``Video``.
        output_format: ``mp4`` or ``webm``.
    """

    shot: Shot
    duration: float
    price: float
    words: str
    scenes: list[SceneNote]
    more: dict[str, Any] = field(default_factory=dict[str, Any])
    output_format: str = "mp4"


def enter(ctx: Context, call: Call, plan: Plan, *, start: float | None = None) -> Video:
    """Takes the money for a plan and has it made. Nothing is awaited here.

    Args:
        ctx: The sandbox.
        call: The request.
        plan: What to make; ``afford`` and the slots must have been asked.
        start: Virtual Unix time at which it is begun; now, when left out.
    """
    video = Video(
        id=ctx.new_id("video"),
        created=ctx.clock.now() if start is None else start,
        done=0.0,
        shot=plan.shot,
        duration=plan.duration,
        failure=jobs.failure_of(plan.words),
        scenes=plan.scenes,
        **plan.more,
    )
    jobs.start(ctx, video)
    notices.video(ctx, call, video)
    ctx.charge(call, "video", video.id, plan.price)
    return video


async def plan_spoken(ctx: Context, call: Call, body: Spoken) -> Plan:
    """A video of an avatar or an image.

    Raises:
        Refusal: It cannot be made.
    """
    video_rules.check(body)
    if isinstance(body, AvatarVideo):
        look = look_for(ctx, body)
        avatar_type, size = look.avatar_type, (look.width, look.height)
        shot = _shot(body, size, look.drawn, look.photo, look.voice_id)
        note = SceneNote()
        tell_avatar(note, body)
    else:
        image = await picture(ctx, call, body.image, "image")
        avatar_type, size = "photo_avatar", image.size
        shot = _shot(body, size, image.asset.id, image.asset.id, "")
        note = SceneNote(image=image.asset.id)
    add_sound(ctx, call, body, shot, note)
    _add_background(ctx, call, body, shot, note)
    add_watermark(ctx, call, body.watermark)
    for asset_id in (shot.audio, shot.backdrop, shot.photo):
        check_lag(ctx, ctx.world.assets.get(asset_id or ""))
    duration = await jobs.seconds_of(ctx, shot)
    return Plan(
        shot=shot,
        duration=duration,
        price=prices.video_price(
            avatar_type, video_rules.engine_of(body), duration, resolution=body.resolution
        ),
        words=body.script or "",
        scenes=[note],
        output_format=body.output_format or "mp4",
        more={
            "title": body.title,
            "captioned": is_captioned(body.caption),
            "folder_id": body.folder_id or None,
            "callback_id": body.callback_id,
            "callback_url": body.callback_url,
            "aspect_ratio": body.aspect_ratio or "16:9",
            "resolution": body.resolution or "1080p",
            "brand_glossary_id": body.brand_glossary_id,
        },
    )


def is_captioned(caption: Caption | None) -> bool:
    """Whether captions are burned in."""
    return caption is not None and caption.style is not None


def look_for(ctx: Context, body: AvatarVideo | SceneAvatar) -> Look:
    """The look that a request means, if it can do what is asked of it.

    Raises:
        Refusal: 404 for an unknown look or voice, 400 for what the look cannot do.
    """
    if body.voice_id is not None:
        usable_voice(ctx, body.voice_id)
    look = usable_look(ctx, body.avatar_id)
    video_rules.check_motion(body, look.avatar_type)
    engine = video_rules.engine_of(body)
    if engine not in look.engines:
        known = ", ".join(look.engines)
        raise invalid("engine.type", f"engine.type: this look supports {known}, not {engine}")
    reference = getattr(body.engine, "reference_look_id", None)
    if reference is None:
        return look
    twin = ctx.world.looks.get(reference)
    if twin is None or twin.avatar_type != "digital_twin" or twin.group_id != look.group_id:
        name = "engine.reference_look_id"
        raise invalid(name, f"{name}: must be a digital twin look of the same group")
    return look


def usable_look(ctx: Context, look_id: str) -> Look:
    """The look with an id, if a video can be made of it.

    Raises:
        Refusal: 404 when it is unknown, a group or still in training; 400 when it failed or
            waits for consent.
    """
    look = ctx.world.looks.get(look_id)
    if look is None:
        if look_id in ctx.world.groups:
            words = f"{look_id} is an avatar group; give the id of one of its looks."
            raise missing("avatar_not_found", words)
        raise missing("avatar_not_found", f"Avatar look {look_id} not found.")
    status = ageing.look_status(look, ctx.clock.now())
    if status == "processing":
        raise missing("avatar_not_found", f"Avatar look {look_id} is still in training.")
    if status == "pending_consent":
        raise Refusal(400, "avatar_consent_required", f"Avatar look {look_id} needs consent.")
    if status == "failed":
        raise Refusal(400, "avatar_not_usable", f"Avatar look {look_id} failed.")
    return look


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that can be shown: its asset, and its size in pixels."""

    asset: Asset
    size: tuple[int, int]


async def picture(ctx: Context, call: Call, given: Any, param: str) -> Picture:
    """A picture of a request.

    Raises:
        Refusal: 404 for an unknown asset, 400 for one that is no usable picture.
    """
    asset = resolve(ctx, call, given, kind="image", param=param)
    size, failure = await inspected(ctx, asset)
    if failure is not None:
        raise invalid(param, f"{param}: {failure.message}")
    return Picture(asset, size)


def tell_avatar(note: SceneNote, body: AvatarVideo | SceneAvatar) -> None:
    """Notes who is in a scene."""
    note.avatar_id = body.avatar_id
    note.engine = video_rules.engine_of(body)
    note.expressiveness = body.expressiveness
    note.motion_prompt = body.motion_prompt


def add_sound(
    ctx: Context, call: Call, body: video_rules.Sounding, shot: Shot, note: SceneNote
) -> None:
    """Puts what is heard into a shot, and notes it.

    Raises:
        Refusal: 404 for an unknown voice or asset, 400 for one that is no recording.
    """
    if body.voice_id is not None:
        usable_voice(ctx, body.voice_id)
    shot.script = body.script or ""
    shot.voice_id = body.voice_id or shot.voice_id
    shot.speed = (body.voice_settings.speed if body.voice_settings else None) or 1.0
    audio = recording(ctx, call, body)
    if audio is not None:
        shot.audio = note.audio = audio.id
        shot.duration = jobs.REMOTE_AUDIO_SECONDS if audio.drawn else None
    if body.script is not None:
        note.text, note.voice_id = body.script, shot.voice_id
        note.voice_settings = _plain(body.voice_settings)


def recording(
    ctx: Context, call: Call, body: Spoken | SceneAvatar | ImageScene | VideoScene
) -> Asset | None:
    """The recording of a request, if it has one.

    Raises:
        Refusal: 404 for an unknown asset, 400 for one that is no recording.
    """
    if body.audio_asset_id is not None:
        return by_id(ctx, body.audio_asset_id, kind="audio", param="audio_asset_id")
    if body.audio_url is not None:
        return by_url(ctx, call, body.audio_url, kind="audio", param="audio_url")
    return None


def _plain(settings: VoiceSettings | None) -> dict[str, Any] | None:
    return None if settings is None else dict(msgspec.to_builtins(settings))


def add_watermark(ctx: Context, call: Call, watermark: Watermark | None) -> None:
    """Looks for the picture of a watermark.

    Raises:
        Refusal: 404 for an unknown asset, 400 for one that is no picture.
    """
    if watermark is not None:
        resolve(ctx, call, watermark.image, kind="image", param="watermark.image")


def _shot(
    body: Spoken, source: tuple[int, int], portrait: str, photo: str | None, voice_id: str
) -> Shot:
    width, height = jobs.frame(body.resolution or "1080p", body.aspect_ratio or "16:9", source)
    return Shot(
        width=width,
        height=height,
        portrait=portrait,
        voice_id=voice_id,
        photo=photo,
        fit=body.fit,
        motion=body.motion_prompt is not None,
        alpha=body.output_format == "webm",
    )


def _add_background(ctx: Context, call: Call, body: Spoken, shot: Shot, note: SceneNote) -> None:
    background = body.background
    if background is None:
        return
    shot.color = note.color = background.value
    if background.asset_id is not None:
        name = "background.asset_id"
        shot.backdrop = by_id(ctx, background.asset_id, kind="image", param=name).id
    elif background.url is not None:
        shot.backdrop = by_url(ctx, call, background.url, kind="image", param="background.url").id
    note.picture = shot.backdrop
