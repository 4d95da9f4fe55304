"""What a request for a video of scenes, or from a prompt, comes to."""

from typing import Final

from heygen_async.models import (
    AvatarScene,
    AvatarVideo,
    CinematicVideo,
    CreateVideo,
    ImageScene,
    ImageVideo,
    StudioScene,
    StudioVideo,
    VideoScene,
)
from heygen_async.models.files import FileInput
from heygen_async.sandbox import jobs, prices
from heygen_async.sandbox.assets import check_lag, resolve
from heygen_async.sandbox.context import Call, Context
from heygen_async.sandbox.notes import SceneNote
from heygen_async.sandbox.refusal import Refusal, invalid, refuse, within
from heygen_async.sandbox.v3 import video_rules
from heygen_async.sandbox.v3.video_plans import (
    Plan,
    add_sound,
    add_watermark,
    is_captioned,
    look_for,
    picture,
    plan_spoken,
    tell_avatar,
    usable_look,
)
from heygen_async.sandbox.world import Asset, Shot

_CHOSEN_SECONDS: Final = 8.0
"""What HeyGen chooses when it may."""

_USUAL_SECONDS: Final = 10.0
_MOST_IMAGES: Final = 9
_MOST_VIDEOS: Final = 3
_KINDS: Final = ("image", "video", "audio")


async def plan(ctx: Context, call: Call, body: CreateVideo) -> Plan:
    """A video of any kind.

    Raises:
        Refusal: It cannot be made.
    """
    match body:
        case AvatarVideo() | ImageVideo():
            return await plan_spoken(ctx, call, body)
        case CinematicVideo():
            return await _cinematic(ctx, call, body)
        case StudioVideo():
            return await _studio(ctx, call, body)


def check(body: CreateVideo) -> None:
    """Holds a request of any kind against the rules between its fields.

    Raises:
        Refusal: 400, naming the field.
    """
    match body:
        case AvatarVideo() | ImageVideo():
            video_rules.check(body)
        case CinematicVideo():
            if body.auto_duration and body.duration is not None:
                refuse("duration", "duration: not allowed with auto_duration")
        case StudioVideo():
            if body.callback_id is not None and body.callback_url is None:
                refuse("callback_id", "callback_id: needs callback_url")
            for index, scene in enumerate(body.scenes):
                with within(f"scenes[{index}]."):
                    _check_scene(scene)


def _check_scene(scene: StudioScene) -> None:
    match scene:
        case AvatarScene(input=avatar):
            with within("input."):
                video_rules.check_speech(avatar)
                video_rules.check_engine(avatar)
        case ImageScene():
            if scene.duration is not None and video_rules.sources_of(scene):
                refuse("duration", "duration: not allowed with something to hear")
            video_rules.check_speech(scene, needed=scene.duration is None)
        case VideoScene():
            video_rules.check_speech(scene, needed=False)
            mode = scene.playback.mode if scene.playback else None
            if mode is not None and not video_rules.sources_of(scene):
                refuse("playback.mode", "playback.mode: needs something said over the clip")


async def _cinematic(ctx: Context, call: Call, body: CinematicVideo) -> Plan:
    check(body)
    looks = [usable_look(ctx, look_id) for look_id in body.avatar_id]
    given = [
        _reference(ctx, call, each, f"references[{index}]")
        for index, each in enumerate(body.references or ())
    ]
    kinds = [asset.mime.partition("/")[0] for asset in given]
    images, videos = len(looks) + kinds.count("image"), kinds.count("video")
    if images > _MOST_IMAGES or videos > _MOST_VIDEOS:
        words = f"at most {_MOST_IMAGES} images, looks included, and {_MOST_VIDEOS} videos"
        refuse("references", f"references: {words}")
    for asset in given:
        check_lag(ctx, asset)
    seconds = _CHOSEN_SECONDS if body.auto_duration else float(body.duration or _USUAL_SECONDS)
    first = looks[0]
    aspect_ratio, resolution = body.aspect_ratio or "16:9", body.resolution or "720p"
    width, height = jobs.frame(resolution, aspect_ratio, (first.width, first.height))
    shot = Shot(
        width=width,
        height=height,
        portrait=first.drawn,
        photo=first.photo,
        duration=seconds,
        motion=True,
    )
    return Plan(
        shot=shot,
        duration=await jobs.seconds_of(ctx, shot),
        price=prices.CINEMATIC,
        words=body.prompt,
        scenes=[SceneNote(avatar_id=first.id, motion_prompt=body.prompt, silence=seconds)],
        more={
            "title": body.title,
            "folder_id": body.folder_id or None,
            "aspect_ratio": aspect_ratio,
            "resolution": resolution,
        },
    )


def _reference(ctx: Context, call: Call, given: FileInput, param: str) -> Asset:
    """An asset of any of the three kinds."""
    for kind in _KINDS:
        try:
            return resolve(ctx, call, given, kind=kind, param=param)
        except Refusal as refusal:
            other = refusal.code == "download_failed" or "expected a file" in refusal.message
            if not other or kind == _KINDS[-1]:
                raise
    raise invalid(param, f"{param}: not an asset")


async def _studio(ctx: Context, call: Call, body: StudioVideo) -> Plan:
    check(body)
    add_watermark(ctx, call, body.watermark)
    shots: list[Shot] = []
    notes: list[SceneNote] = []
    price = total = 0.0
    for index, scene in enumerate(body.scenes):
        with within(f"scenes[{index}]."):
            note = SceneNote()
            shot, rate = await _scene(ctx, call, scene, note)
            for asset_id in (shot.audio, shot.photo):
                check_lag(ctx, ctx.world.assets.get(asset_id or ""))
            seconds = await jobs.seconds_of(ctx, shot)
        shots.append(shot)
        notes.append(note)
        # No rate of studio videos was published: by the engine of each scene, others for nothing.
        price += prices.video_price(*rate, seconds) if rate else 0.0
        total += seconds
    source = (shots[0].width, shots[0].height)
    size = jobs.frame(body.resolution or "1080p", body.aspect_ratio or "16:9", source)
    for shot in shots:
        shot.width, shot.height = size
    return Plan(
        shot=Shot(width=size[0], height=size[1], portrait="", scenes=shots),
        duration=round(total, 3),
        price=round(price, 4),
        words=" ".join(note.text for note in notes if note.text),
        scenes=notes,
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


async def _scene(
    ctx: Context, call: Call, scene: StudioScene, note: SceneNote
) -> tuple[Shot, tuple[str, str] | None]:
    """A scene in the size of what it shows, with the kind and engine that it is paid by."""
    match scene:
        case AvatarScene(input=avatar):
            with within("input."):
                look = look_for(ctx, avatar)
                tell_avatar(note, avatar)
                shot = Shot(
                    width=look.width,
                    height=look.height,
                    portrait=look.drawn,
                    photo=look.photo,
                    voice_id=look.voice_id,
                    motion=avatar.motion_prompt is not None,
                )
                shot.color = note.color = avatar.background.color if avatar.background else None
                add_sound(ctx, call, avatar, shot, note)
            return shot, (look.avatar_type, video_rules.engine_of(avatar))
        case ImageScene():
            image = await picture(ctx, call, scene.source, "source")
            note.picture, note.silence = image.asset.id, scene.duration
            shot = _whole(image.asset, image.size)
            shot.duration = scene.duration
            add_sound(ctx, call, scene, shot, note)
            return shot, None
        case VideoScene():
            return await _clip(ctx, call, scene, note), None


async def _clip(ctx: Context, call: Call, scene: VideoScene, note: SceneNote) -> Shot:
    clip = resolve(ctx, call, scene.source, kind="video", param="source")
    shot = _whole(clip, (0, 0))
    narrated = bool(video_rules.sources_of(scene))
    playback = scene.playback
    note.clip = clip.id
    note.playback = ((playback and playback.mode) or "freeze") if narrated else "full_video"
    note.volume = 1.0 if playback is None or playback.volume is None else playback.volume
    if playback is not None and playback.mute:
        note.volume = 0.0
    if narrated:
        add_sound(ctx, call, scene, shot, note)
    else:
        shot.duration = await _length(ctx, clip)
    return shot


async def _length(ctx: Context, clip: Asset) -> float:
    if clip.drawn is not None:
        return jobs.REMOTE_AUDIO_SECONDS
    from heygen_async.sandbox.media import RenderError  # noqa: PLC0415

    try:
        return await ctx.studio.renderer.length(ctx.files.path(clip.id))
    except RenderError as error:
        raise invalid("source", f"source: {error}") from None


def _whole(asset: Asset, size: tuple[int, int]) -> Shot:
    """A shot that an asset fills."""
    return Shot(width=size[0], height=size[1], portrait=asset.id, photo=asset.id, fit="cover")
