"""``/v3/videos/{video_id}/scenes``: what a video is made of."""

from collections.abc import Iterator
from typing import Any, Final

from heygen_async.sandbox.assets import public_url
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.ids import stable_id
from heygen_async.sandbox.notes import SceneNote
from heygen_async.sandbox.v3.videos import find
from heygen_async.sandbox.world import Shot, Video


async def get_video_scenes(ctx: Context, call: Call) -> Reply:
    """Reads all scenes of a video."""
    video = find(ctx, call)
    notes = video.scenes or [_guessed(each) for each in video.shot.scenes or [video.shot]]
    return Reply(
        {
            "video_id": video.id,
            "video": {
                "title": video.title,
                "aspect_ratio": video.aspect_ratio,
                "resolution": video.resolution,
                "caption": {"enabled": video.captioned},
                "brand_glossary_id": video.brand_glossary_id,
            },
            "scenes": [_scene(ctx, call, video, note, at) for at, note in enumerate(notes)],
        }
    )


def _guessed(shot: Shot) -> SceneNote:
    """A scene by what it shows, where nobody noted what it was made of."""
    note = SceneNote(text=shot.script or None, voice_id=shot.voice_id or None, color=shot.color)
    note.audio, note.silence = shot.audio, shot.duration
    if shot.photo is None:
        note.avatar_id = shot.portrait
    else:
        note.image = shot.photo
    return note


def _scene(ctx: Context, call: Call, video: Video, note: SceneNote, at: int) -> dict[str, Any]:
    def name(part: str) -> str:
        return stable_id(video.id, at, part)

    return {
        "id": name("scene"),
        "background": _background(ctx, call, note, name("background")),
        "elements": list(_elements(ctx, call, note, name("element"))),
        "script": list(_script(ctx, call, note, name("script"))),
    }


def _background(ctx: Context, call: Call, note: SceneNote, name: str) -> dict[str, Any] | None:
    if note.clip is not None:
        return {
            "type": "video",
            "id": name,
            "url": _address(ctx, call, note.clip),
            "playback": note.playback,
            "trim": {"start_offset": 0.0, "end_offset": 0.0},
            "volume": note.volume,
            "speed_multiplier": 1.0,
        }
    if note.picture is not None:
        return {"type": "image", "id": name, "url": _address(ctx, call, note.picture)}
    return {"type": "color", "color": note.color} if note.color else None


def _elements(ctx: Context, call: Call, note: SceneNote, name: str) -> Iterator[dict[str, Any]]:
    if note.avatar_id is not None:
        told = {
            "engine": note.engine,
            "expressiveness": note.expressiveness,
            "motion_prompt": note.motion_prompt,
        }
        given = {key: value for key, value in told.items() if value is not None}
        yield {"id": name, "type": "avatar", "avatar_id": note.avatar_id} | given
    if note.image is not None:
        yield {"id": name, "type": "image", "url": _address(ctx, call, note.image)}


def _script(ctx: Context, call: Call, note: SceneNote, name: str) -> Iterator[dict[str, Any]]:
    if note.text is not None:
        yield {
            "id": name,
            "type": "text",
            "text": note.text,
            "voice_id": note.voice_id,
            "voice_settings": note.voice_settings,
            "trim_to_speech": True,
        }
    elif note.audio is not None:
        yield {"id": name, "type": "audio", "audio_url": _address(ctx, call, note.audio)}
    elif note.silence is not None or note.clip is not None:
        yield {"id": name, "type": "silence", "duration": note.silence}


def _address(ctx: Context, call: Call, asset_id: str) -> str | None:
    asset = ctx.world.assets.get(asset_id)
    return public_url(call, asset) if asset is not None else None


ROUTES: Final = (
    Route(method="GET", path="/v3/videos/{video_id}/scenes", handler=get_video_scenes),
)
