"""``/v2/video/generate`` and ``/v1/video_status.get``: videos of scenes."""

from typing import Any, Final

from heygen_async.models.v2 import (
    AudioVoice,
    ColorBackground,
    GenerateVideo,
    ImageBackground,
    Scene,
    Silence,
    TalkingPhoto,
    TextVoice,
    VideoBackground,
)
from heygen_async.sandbox import ageing, jobs, notices
from heygen_async.sandbox.assets import by_id, by_url
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.legacy.groups import finished_look
from heygen_async.sandbox.refusal import Refusal, invalid, missing, refuse
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.voices import usable_voice
from heygen_async.sandbox.world import Asset, Look, Shot, Video
from heygen_async.wire import rates

DEFAULT_SIZE: Final = (1280, 720)
"""Width and height when a request names none."""

_FAILURE_NUMBER: Final = 400105
_BAD_QUERY: Final = 40012
_BAD_VIDEO_ID: Final = 40031


async def generate_video(ctx: Context, call: Call) -> Reply:
    """Accepts a video. Its scenes are shown as one: the first one's person and background."""
    body: GenerateVideo = decode(call.body, GenerateVideo)
    if body.callback_id is not None and body.callback_url is None:
        refuse("callback_id", "callback_id: needs callback_url")
    shot = _shot_of(ctx, call, body)
    duration = await jobs.seconds_of(ctx, shot)
    # From here on nothing is awaited: two requests cannot share the last slot or the last credit.
    jobs.take_slot(ctx)
    price = 0.0 if body.test else rates.video_credits(duration, rates.minute_rate(body))
    ctx.afford(price)
    mode = body.caption_mode or ("file_only" if body.caption else None)
    video = Video(
        id=ctx.new_id("video"),
        created=ctx.clock.now(),
        done=0.0,
        shot=shot,
        duration=duration,
        title=body.title,
        captioned=mode == "burn_in",
        folder_id=body.folder_id,
        callback_id=body.callback_id,
        callback_url=body.callback_url,
        failure=jobs.failure_of(shot.script),
        legacy=True,
        subtitles=mode is not None,
    )
    jobs.start(ctx, video)
    notices.video(ctx, call, video)
    ctx.charge(call, "video", video.id, price)
    return Reply({"video_id": video.id})


def _shot_of(ctx: Context, call: Call, body: GenerateVideo) -> Shot:
    size = DEFAULT_SIZE
    if body.dimension is not None:
        size = (body.dimension.width, body.dimension.height)
    shot = Shot(width=size[0], height=size[1], portrait="")
    scripts: list[str] = []
    silence = 0.0
    for index, scene in enumerate(body.video_inputs):
        at = f"video_inputs[{index}]"
        look, backdrop = _seen(ctx, scene, at), _behind(ctx, call, scene, at)
        if index == 0:
            _show(shot, scene, look, backdrop)
        match scene.voice:
            case TextVoice() as voice:
                scripts.append(_text(ctx, voice, shot))
            case AudioVoice() as voice:
                shot.audio = shot.audio or _audio(ctx, call, voice, at).id
            case Silence(duration=seconds):
                silence += seconds
    shot.script = "\n".join(scripts)
    if shot.script:
        # One clip cannot both read and play; what is read says more about the request.
        shot.audio = None
        shot.script += f'<break time="{silence:g}s"/>' if silence else ""
    elif shot.audio is None:
        shot.duration = silence
    elif ctx.world.assets[shot.audio].drawn is not None:
        shot.duration = jobs.REMOTE_AUDIO_SECONDS
    return shot


def _text(ctx: Context, voice: TextVoice, shot: Shot) -> str:
    usable_voice(ctx, voice.voice_id)
    jobs.check_script(voice.input_text)
    if not shot.voice_id:
        shot.voice_id, shot.speed = voice.voice_id, voice.speed or 1.0
    return voice.input_text


def _audio(ctx: Context, call: Call, voice: AudioVoice, at: str) -> Asset:
    name = f"{at}.voice"
    if (voice.audio_url is None) == (voice.audio_asset_id is None):
        refuse(name, f"{name}: exactly one of audio_url, audio_asset_id must be given")
    if voice.audio_asset_id is not None:
        return by_id(ctx, voice.audio_asset_id, kind="audio", param=f"{name}.audio_asset_id")
    url = voice.audio_url or ""
    return by_url(ctx, call, url, kind="audio", param=f"{name}.audio_url")


def _seen(ctx: Context, scene: Scene, at: str) -> Look | None:
    character = scene.character
    if character is None:
        return None
    if isinstance(character, TalkingPhoto):
        return finished_look(ctx, character.talking_photo_id)
    look = ctx.world.looks.get(character.avatar_id)
    if look is None or look.avatar_type == "photo_avatar":
        raise missing("avatar_not_found", f"Avatar {character.avatar_id} not found.")
    if ageing.look_status(look, ctx.clock.now()) != "completed":
        raise invalid(f"{at}.character.avatar_id", f"Avatar {look.id} is not ready.")
    return look


def _behind(ctx: Context, call: Call, scene: Scene, at: str) -> Asset | None:
    behind, name = scene.background, f"{at}.background"
    match behind:
        case ImageBackground():
            kind, asset_id = "image", behind.image_asset_id
        case VideoBackground():
            kind, asset_id = "video", behind.video_asset_id
        case _:
            return None
    if (behind.url is None) == (asset_id is None):
        refuse(name, f"{name}: exactly one of url, {kind}_asset_id must be given")
    if asset_id is not None:
        return by_id(ctx, asset_id, kind=kind, param=f"{name}.{kind}_asset_id")
    return by_url(ctx, call, behind.url or "", kind=kind, param=f"{name}.url")


def _show(shot: Shot, scene: Scene, look: Look | None, backdrop: Asset | None) -> None:
    if look is not None:
        shot.portrait, shot.photo, shot.motion = look.drawn, look.photo, look.motion
    if isinstance(scene.character, TalkingPhoto):
        shot.circle = scene.character.talking_photo_style == "circle"
    elif scene.character is not None:
        shot.circle = scene.character.avatar_style == "circle"
    if isinstance(scene.background, ColorBackground):
        shot.color = scene.background.value
    shot.backdrop = backdrop.id if backdrop is not None else None


async def get_video_status(ctx: Context, call: Call) -> Reply:
    """Reads a video. An unknown one is an error inside a 200, as v1 has it."""
    video_id = call.query.get("video_id")
    if not video_id:
        words = "video_id: Field required"
        raise Refusal(400, "invalid_parameter", words, number=_BAD_QUERY)
    video = ctx.world.videos.get(video_id)
    if video is None:
        words = f"Video {video_id} not found."
        raise Refusal(200, "video_not_found", words, number=_BAD_VIDEO_ID)
    return Reply(_shown(ctx, call, video), note="Success")


def _shown(ctx: Context, call: Call, video: Video) -> dict[str, Any]:
    now = ctx.clock.now()
    status = ageing.video_status(video, now)
    linked = ageing.has_links(video, now)

    def link(name: str, *, there: bool = True) -> str | None:
        return ctx.link(call, "videos", video.id, name) if linked and there else None

    return {
        "id": video.id,
        "status": status,
        "callback_id": video.callback_id,
        "caption_url": link("captions.ass", there=video.subtitles),
        "created_at": int(video.created),
        "duration": video.duration if status == "completed" else None,
        "error": _error(video) if status == "failed" else None,
        "gif_url": link("preview.gif"),
        "thumbnail_url": link("thumbnail.jpg"),
        "video_url": link("video.mp4", there=not video.shot.alpha)
        or link("video.webm", there=video.shot.alpha),
        "video_url_caption": link("captioned.mp4", there=video.captioned),
    }


def _error(video: Video) -> dict[str, Any] | None:
    if video.failure is None:
        return None
    return {
        "code": _FAILURE_NUMBER,
        "message": video.failure.message,
        "detail": video.failure.code,
    }


ROUTES: Final = (
    Route(method="POST", path="/v2/video/generate", handler=generate_video, family=Family.ERROR),
    Route(method="GET", path="/v1/video_status.get", handler=get_video_status, family=Family.CODE),
)
