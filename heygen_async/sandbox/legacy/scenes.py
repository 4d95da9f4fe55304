"""What a request of ``/v2/video/generate`` comes to: scenes of somebody, something or nobody.

Texts on the screen, frame rates and HeyGen's own watermark are taken, and not drawn.
"""

from typing import Final

from heygen_async.models.v2 import (
    AudioVoice,
    CaptionOptions,
    ColorBackground,
    GenerateVideo,
    ImageBackground,
    Scene,
    Silence,
    TalkingPhoto,
    TextVoice,
    VideoBackground,
)
from heygen_async.sandbox import ageing, jobs
from heygen_async.sandbox.assets import by_id, by_url
from heygen_async.sandbox.context import Call, Context
from heygen_async.sandbox.legacy.groups import finished_look
from heygen_async.sandbox.notes import SceneNote
from heygen_async.sandbox.refusal import invalid, missing, refuse, within
from heygen_async.sandbox.v3.video_plans import Plan
from heygen_async.sandbox.voices import usable_voice
from heygen_async.sandbox.world import Asset, Look, Shot

DEFAULT_SIZE: Final = (1280, 720)
"""Width and height when a request names none."""

_RESOLUTION: Final = "720p"


async def plan_scenes(ctx: Context, call: Call, body: GenerateVideo) -> Plan:
    """A video of scenes, shown one after the other.

    Raises:
        Refusal: It cannot be made.
    """
    size = _size(body)
    shots: list[Shot] = []
    notes: list[SceneNote] = []
    seconds = 0.0
    for index, scene in enumerate(body.video_inputs):
        note = SceneNote()
        with within(f"video_inputs[{index}]."):
            shot = _shot(ctx, call, scene, size, note)
            seconds += await jobs.seconds_of(ctx, shot)
        shots.append(shot)
        notes.append(note)
    whole = Shot(width=size[0], height=size[1], portrait="", scenes=shots)
    mode = _caption_mode(body)
    return Plan(
        shot=shots[0] if len(shots) == 1 else whole,
        duration=round(seconds, 3),
        price=0.0,
        words=" ".join(note.text for note in notes if note.text),
        scenes=notes,
        more={
            "title": body.title,
            "captioned": mode == "burn_in",
            "subtitles": mode is not None,
            "folder_id": body.folder_id,
            "callback_id": body.callback_id,
            "callback_url": body.callback_url,
            "aspect_ratio": body.aspect_ratio,
        },
    )


def _size(body: GenerateVideo) -> tuple[int, int]:
    if body.dimension is not None:
        return body.dimension.width, body.dimension.height
    if body.aspect_ratio is None:
        return DEFAULT_SIZE
    across, down = map(int, body.aspect_ratio.split(":"))
    return jobs.frame(_RESOLUTION, body.aspect_ratio, (across, down))


def _caption_mode(body: GenerateVideo) -> str | None:
    if body.caption_mode is not None:
        return body.caption_mode
    styled = isinstance(body.caption, CaptionOptions)
    wanted = body.caption.enabled if isinstance(body.caption, CaptionOptions) else body.caption
    if body.subtitles is not None or (styled and wanted):
        return "burn_in"
    return "file_only" if wanted else None


def _shot(ctx: Context, call: Call, scene: Scene, size: tuple[int, int], note: SceneNote) -> Shot:
    shot = Shot(width=size[0], height=size[1], portrait="")
    _show(ctx, scene, shot, note)
    _put_behind(ctx, call, scene, shot, note)
    match scene.voice:
        case TextVoice() as voice:
            usable_voice(ctx, voice.voice_id)
            jobs.check_script(voice.input_text)
            shot.script = note.text = voice.input_text
            shot.voice_id = note.voice_id = voice.voice_id
            shot.speed = voice.speed or 1.0
        case AudioVoice() as voice:
            hear(shot, note, _audio(ctx, call, voice))
        case Silence(duration=seconds):
            shot.duration = note.silence = seconds
    return shot


def hear(shot: Shot, note: SceneNote, audio: Asset) -> None:
    """Has a recording heard in a shot."""
    shot.audio = note.audio = audio.id
    shot.duration = jobs.REMOTE_AUDIO_SECONDS if audio.drawn is not None else None


def _audio(ctx: Context, call: Call, voice: AudioVoice) -> Asset:
    if (voice.audio_url is None) == (voice.audio_asset_id is None):
        refuse("voice", "voice: exactly one of audio_url, audio_asset_id must be given")
    if voice.audio_asset_id is not None:
        return by_id(ctx, voice.audio_asset_id, kind="audio", param="voice.audio_asset_id")
    return by_url(ctx, call, voice.audio_url or "", kind="audio", param="voice.audio_url")


def _show(ctx: Context, scene: Scene, shot: Shot, note: SceneNote) -> None:
    character = scene.character
    if character is None:
        return
    if isinstance(character, TalkingPhoto):
        look = finished_look(ctx, character.talking_photo_id)
        shot.circle = character.talking_photo_style == "circle"
    else:
        look = usable_avatar(ctx, character.avatar_id, "character.avatar_id")
        shot.circle = character.avatar_style == "circle"
    shot.portrait, shot.photo, shot.motion = look.drawn, look.photo, look.motion
    note.avatar_id, note.motion_prompt = look.id, character.prompt


def usable_avatar(ctx: Context, avatar_id: str, param: str) -> Look:
    """The avatar with an id, which is no look of a photo avatar.

    Raises:
        Refusal: 404 for an unknown one, 400 for one that is not ready.
    """
    look = ctx.world.looks.get(avatar_id)
    if look is None or look.avatar_type == "photo_avatar":
        raise missing("avatar_not_found", f"Avatar {avatar_id} not found.")
    if ageing.look_status(look, ctx.clock.now()) != "completed":
        raise invalid(param, f"{param}: avatar {look.id} is not ready.")
    return look


def _put_behind(ctx: Context, call: Call, scene: Scene, shot: Shot, note: SceneNote) -> None:
    behind = scene.background
    match behind:
        case None:
            return
        case ColorBackground():
            shot.color = note.color = behind.value
            return
        case ImageBackground():
            kind, asset_id = "image", behind.image_asset_id
        case VideoBackground():
            kind, asset_id = "video", behind.video_asset_id
    if (behind.url is None) == (asset_id is None):
        words = f"background: exactly one of url, {kind}_asset_id must be given"
        refuse("background", words)
    if asset_id is not None:
        asset = by_id(ctx, asset_id, kind=kind, param=f"background.{kind}_asset_id")
    else:
        asset = by_url(ctx, call, behind.url or "", kind=kind, param="background.url")
    shot.backdrop = asset.id
    if kind == "image":
        note.picture = asset.id
    else:
        note.clip, note.playback, note.volume = asset.id, "loop", 0.0
