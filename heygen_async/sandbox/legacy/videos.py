"""What starts a video in v1 and v2: of scenes, of a picture, on nothing, or nearly as in v3."""

from typing import Any, Final

from heygen_async.models import AssetId, AssetUrl, AvatarVideo, ImageVideo
from heygen_async.models.v2 import (
    CreateAvatarVideo,
    GenerateAvatarIV,
    GenerateVideo,
    GenerateWebm,
)
from heygen_async.models.videos import AspectRatio
from heygen_async.sandbox import jobs
from heygen_async.sandbox.assets import by_id, by_url
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.legacy.groups import by_image_key
from heygen_async.sandbox.legacy.scenes import DEFAULT_SIZE, hear, plan_scenes, usable_avatar
from heygen_async.sandbox.notes import SceneNote
from heygen_async.sandbox.refusal import refuse
from heygen_async.sandbox.v3.video_plans import Plan, enter, plan_spoken
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.voices import usable_voice
from heygen_async.sandbox.world import Shot, Video
from heygen_async.wire import rates

_RATIOS: Final[dict[str, AspectRatio]] = {"portrait": "9:16", "landscape": "16:9", "square": "1:1"}


def accept(
    ctx: Context, call: Call, made: Plan, *, rate: float | None = None, free: bool = False
) -> Video:
    """Takes a slot and the credits for a plan, and has it made. Nothing is awaited here.

    Args:
        ctx: The sandbox.
        call: The request.
        made: What to make.
        rate: Credits a minute; by who is seen, when left out.
        free: Whether it is a test.

    Raises:
        Refusal: There is no slot, or no money.
    """
    jobs.take_slot(ctx)
    made.price = 0.0 if free else rates.video_credits(made.duration, rate or _rate(ctx, made))
    made.more["legacy"] = True
    ctx.afford(made.price)
    return enter(ctx, call, made)


def _rate(ctx: Context, made: Plan) -> float:
    looks = [ctx.world.looks.get(note.avatar_id or "") for note in made.scenes]
    filmed = any(look is not None and look.avatar_type != "photo_avatar" for look in looks)
    return rates.AVATAR_VIDEO if filmed else rates.PHOTO_VIDEO


async def generate_video(ctx: Context, call: Call) -> Reply:
    """Accepts a video of scenes."""
    body: GenerateVideo = decode(call.body, GenerateVideo)
    if body.callback_id is not None and body.callback_url is None:
        refuse("callback_id", "callback_id: needs callback_url")
    made = await plan_scenes(ctx, call, body)
    rate, free = rates.minute_rate(body), bool(body.test)
    return Reply({"video_id": accept(ctx, call, made, rate=rate, free=free).id})


async def generate_av4_video(ctx: Context, call: Call) -> Reply:
    """Accepts a video of a picture that speaks."""
    body: GenerateAvatarIV = decode(call.body, GenerateAvatarIV)
    picture = by_image_key(ctx, body.image_key)
    recorded = body.audio_url is not None or body.audio_asset_id is not None
    video = ImageVideo(
        image=AssetId(asset_id=picture.id),
        title=body.video_title,
        resolution="720p",
        aspect_ratio=_RATIOS[body.video_orientation or "landscape"],
        fit=body.fit,
        # A recording is heard in the place of the script.
        script=None if recorded else body.script,
        voice_id=body.voice_id,
        audio_url=body.audio_url,
        audio_asset_id=body.audio_asset_id,
        motion_prompt=body.custom_motion_prompt,
    )
    made = await plan_spoken(ctx, call, video)
    made.more["subtitles"] = False
    return Reply({"video_id": accept(ctx, call, made, rate=rates.AV4_VIDEO).id})


async def generate_webm(ctx: Context, call: Call) -> Reply:
    """Accepts a video of a studio avatar on nothing."""
    body: GenerateWebm = decode(call.body, GenerateWebm)
    spoken = (body.input_text is not None, body.voice_id is not None)
    if spoken != (body.input_audio is None,) * 2:
        words = "Exactly one of input_text with voice_id, and input_audio, must be given"
        refuse("input_text", f"input_text: {words}")
    look = usable_avatar(ctx, body.avatar_pose_id, "avatar_pose_id")
    if look.avatar_type != "studio_avatar":
        refuse("avatar_pose_id", "avatar_pose_id: only studio avatars are supported")
    width, height = DEFAULT_SIZE
    if body.dimension is not None:
        width, height = body.dimension.width, body.dimension.height
    shot = Shot(width=width, height=height, portrait=look.drawn, photo=look.photo, alpha=True)
    note = SceneNote(avatar_id=look.id)
    _let_speak(ctx, call, body, shot, note)
    made = Plan(
        shot=shot,
        duration=await jobs.seconds_of(ctx, shot),
        price=0.0,
        words=shot.script,
        scenes=[note],
        more={"subtitles": False},
        output_format="webm",
    )
    return Reply({"video_id": accept(ctx, call, made).id})


def _let_speak(ctx: Context, call: Call, body: GenerateWebm, shot: Shot, note: SceneNote) -> None:
    if body.input_audio is not None:
        # HeyGen's pages disagree on which of the two it is.
        given, name = body.input_audio, "input_audio"
        if "://" in given:
            hear(shot, note, by_url(ctx, call, given, kind="audio", param=name))
        else:
            hear(shot, note, by_id(ctx, given, kind="audio", param=name))
        return
    shot.voice_id = note.voice_id = usable_voice(ctx, body.voice_id or "").voice_id
    shot.script = note.text = body.input_text or ""
    jobs.check_script(shot.script)


async def create_video(ctx: Context, call: Call) -> Reply:
    """Accepts a video that v3 would take in nearly the same form."""
    body: CreateAvatarVideo = decode(call.body, CreateAvatarVideo)
    made = await plan_spoken(ctx, call, _as_v3(body))
    video = accept(ctx, call, made)
    return Reply({"video_id": video.id, "status": "waiting", "output_format": made.output_format})


def _as_v3(body: CreateAvatarVideo) -> AvatarVideo | ImageVideo:
    seen = ("avatar_id", "image_url", "image_asset_id")
    given = [name for name in seen if getattr(body, name) is not None]
    if len(given) != 1:
        refuse(
            given[1] if given else "avatar_id", f"Exactly one of {', '.join(seen)} must be given"
        )
    same: dict[str, Any] = {
        name: getattr(body, name) for name in body.__struct_fields__ if name not in seen
    }
    if body.avatar_id is not None:
        return AvatarVideo(avatar_id=body.avatar_id, **same)
    if body.image_asset_id is not None:
        return ImageVideo(image=AssetId(asset_id=body.image_asset_id), **same)
    return ImageVideo(image=AssetUrl(url=body.image_url or ""), **same)


ROUTES: Final = (
    Route(method="POST", path="/v2/video/generate", handler=generate_video, family=Family.ERROR),
    Route(
        method="POST",
        path="/v2/video/av4/generate",
        handler=generate_av4_video,
        family=Family.ERROR,
    ),
    Route(method="POST", path="/v1/video.webm", handler=generate_webm, family=Family.CODE),
    Route(method="POST", path="/v2/videos", handler=create_video, family=Family.ERROR),
)
