"""``/v2/video/generate``: one scene becomes a video of an avatar, several become a studio video."""

from typing import Any, Final

from heygen_async.migration.backdrops import (
    behind_avatar,
    behind_scene,
    clip,
    picture,
    playback,
)
from heygen_async.migration.characters import avatar, matting, seen
from heygen_async.migration.ledger import Fields
from heygen_async.migration.results import Options
from heygen_async.migration.sizes import size_of
from heygen_async.migration.voices import is_silent, sound
from heygen_async.models import (
    AvatarScene,
    AvatarVideo,
    Caption,
    ImageScene,
    SceneAvatar,
    StudioScene,
    StudioVideo,
    VideoScene,
)

_LONGEST_STILL: Final = 300.0
_FPS: Final = 25
_ONE_STYLE: Final = "v3 has one style of captions."
_BOTH: Final = (
    "No page says whether v2 burned them in for this: there are both; leave out style for the file."
)
_RENAMED: Final = (
    "The file is SRT, as subtitle_url; the video with captions burned in is captioned_video_url."
)


def generate_video(fields: Fields, options: Options) -> AvatarVideo | StudioVideo:
    """One avatar that speaks in one scene is a video of that avatar; all else has scenes."""
    shared = _shared(fields)
    scenes = fields.each("video_inputs")
    for scene in scenes:
        scene.drop(
            "text", reason="v3 writes nothing on the picture.", instead="Burn it in afterwards."
        )
    character = seen(scenes[0])
    if len(scenes) == 1 and character is not None and not is_silent(scenes[0]):
        return AvatarVideo(
            **avatar(character, options),
            **matting(character),
            **sound(scenes[0]),
            **behind_avatar(scenes[0]),
            **shared,
        )
    return StudioVideo(scenes=[_scene(scene, options) for scene in scenes], **shared)


def _shared(fields: Fields) -> dict[str, Any]:
    drop_test(fields)
    fields.drop("fps", usual=_FPS, reason="Videos of v3 have 25 pictures a second.")
    fields.drop(
        "enable_watermark",
        usual=False,
        reason="v3 has watermarks of your own only, for some enterprise customers.",
        instead="Give watermark a picture.",
    )
    return (
        size_of(fields)
        | caption_of(fields)
        | fields.carry("title", "folder_id", "callback_url", "callback_id")
    )


def drop_test(fields: Fields) -> None:
    """A test costs nothing in v2, and is a video like any other in v3."""
    fields.drop(
        "test",
        usual=False,
        reason="v3 has no free test videos: this one is paid for.",
        instead="Rehearse with the sandbox of heygen_async.",
    )


def caption_of(fields: Fields) -> dict[str, Any]:
    """``caption`` for what ``caption``, ``caption_mode`` and ``subtitles`` say."""
    mode, styled = fields.take("caption_mode"), fields.take("subtitles") is not None
    plain = isinstance(fields.source.caption, bool | None)
    asked, name = (fields, "caption") if plain else (fields.open("caption"), "enabled")
    if not plain:
        asked.drop("style", reason=_ONE_STYLE)
        asked.drop("language", reason="Captions of v3 are in the language of the voice.")
    if styled:
        fields.note("approximated", "subtitles", _ONE_STYLE)
    if mode is not None:
        fields.note("changed", "caption_mode", _RENAMED)
    elif asked.take(name):
        asked.note("changed", name, _RENAMED, _BOTH)
        return {"caption": Caption(file_format="srt", style="default")}
    asked.imply(name)  # it was off, or the mode decided
    if mode is None and not styled:
        return {}
    burned = styled or mode == "burn_in"
    return {"caption": Caption(file_format="srt", style="default" if burned else None)}


def _scene(scene: Fields, options: Options) -> StudioScene:
    character = seen(scene)
    if character is not None and not is_silent(scene):
        found = avatar(character, options)
        character.drop("matting", usual=False, reason="v3 cuts avatars out of single scenes only.")
        speaker = SceneAvatar(**found, **sound(scene), **behind_scene(scene))
        return AvatarScene(input=speaker)
    _nobody(scene)
    if is_silent(scene):
        return _pause(scene)
    source = clip(scene)
    if source is not None:
        return VideoScene(source=source, playback=playback(scene, narrated=True), **sound(scene))
    return ImageScene(source=picture(scene), **sound(scene))


def _nobody(scene: Fields) -> None:
    """Notes what becomes of a character that is not to be seen, or has nothing to say."""
    if scene.source.character is None:
        return
    if seen(scene) is None:
        scene.note("changed", "character", "Nobody was seen: v3 says it over the background.")
        return
    scene.drop(
        "character",
        reason="Avatars of v3 only speak: in this scene the background is seen alone.",
        instead="To keep the avatar, give it a silent recording as audio_asset_id.",
    )


def _pause(scene: Fields) -> StudioScene:
    voice = scene.open("voice")
    seconds = voice.take("duration")
    source = clip(scene)
    if source is not None:
        voice.note("approximated", "duration", "v3 shows a clip as long as it is.")
        return VideoScene(source=source, playback=playback(scene, narrated=False))
    if seconds > _LONGEST_STILL:
        voice.note(
            "approximated",
            "duration",
            f"A picture of v3 stays {_LONGEST_STILL:g} seconds at most.",
            "Repeat the scene.",
        )
    return ImageScene(source=picture(scene), duration=min(seconds, _LONGEST_STILL))
