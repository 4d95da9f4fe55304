"""Rules of ``POST /v3/videos`` that HeyGen states in prose. Pure."""

from typing import Final, TypeAlias

from heygen_async.models import (
    AvatarIII,
    AvatarV,
    AvatarVideo,
    Background,
    ElevenLabsSettings,
    ImageScene,
    ImageVideo,
    SceneAvatar,
    VideoScene,
)
from heygen_async.sandbox.jobs import check_script
from heygen_async.sandbox.refusal import invalid, refuse

_SOURCES: Final = ("script", "audio_url", "audio_asset_id")
_STEADY: Final = frozenset({0.0, 0.5, 1.0})


Speaking: TypeAlias = AvatarVideo | ImageVideo | SceneAvatar
"""What speaks with an engine."""

Sounding: TypeAlias = Speaking | ImageScene | VideoScene
"""What may be heard."""


def engine_of(body: Speaking) -> str:
    """The word for the engine that a request asks for; Avatar IV when it names none."""
    engine = None if isinstance(body, ImageVideo) else body.engine
    if isinstance(engine, AvatarV):
        return "avatar_v"
    return "avatar_iii" if isinstance(engine, AvatarIII) else "avatar_iv"


def check(body: AvatarVideo | ImageVideo) -> None:
    """Holds a request against the rules between its fields.

    Raises:
        Refusal: 400, naming the field.
    """
    check_speech(body)
    check_engine(body)
    if body.background is not None:
        if body.output_format == "webm":
            refuse("background", "background: not allowed with output_format webm")
        _check_background(body.background)
    if body.callback_id is not None and body.callback_url is None:
        refuse("callback_id", "callback_id: needs callback_url")


def sources_of(body: Sounding) -> list[str]:
    """Which of the fields that say what is heard are given."""
    return [name for name in _SOURCES if getattr(body, name) is not None]


def check_speech(body: Sounding, *, needed: bool = True) -> None:
    """One thing is heard at most, and the settings of a voice go with a script.

    Args:
        body: The request, or a scene of it.
        needed: Whether anything must be heard.

    Raises:
        Refusal: 400, naming the field.
    """
    given = sources_of(body)
    if len(given) > 1 or (needed and not given):
        names = ", ".join(_SOURCES)
        raise invalid(given[1] if given else "script", f"Exactly one of {names} must be given")
    if body.script is None:
        if body.voice_settings is not None:
            refuse("voice_settings", "voice_settings: only allowed with script")
        return
    if not isinstance(body, AvatarVideo | SceneAvatar) and not body.voice_id:
        refuse("voice_id", "voice_id: Field required with a script, where there is no avatar")
    check_script(body.script)
    settings = body.voice_settings.engine_settings if body.voice_settings else None
    if (
        isinstance(settings, ElevenLabsSettings)
        and settings.model == "eleven_v3"
        and settings.stability is not None
        and settings.stability not in _STEADY
    ):
        name = "voice_settings.engine_settings.stability"
        refuse(name, f"{name}: must be 0, 0.5 or 1 with eleven_v3")


def check_engine(body: Speaking) -> None:
    """Not every engine takes every field.

    Raises:
        Refusal: 400, naming the field.
    """
    engine = engine_of(body)
    if body.expressiveness is not None and engine != "avatar_iv":
        refuse("expressiveness", f"expressiveness: not supported by {engine}")
    if body.motion_prompt is not None and engine == "avatar_iii":
        refuse("motion_prompt", "motion_prompt: not supported by avatar_iii")


def check_motion(body: Speaking, avatar_type: str) -> None:
    """Avatars made from footage follow a motion prompt on Avatar V only.

    Raises:
        Refusal: 400.
    """
    if body.motion_prompt is None or avatar_type == "photo_avatar":
        return
    if engine_of(body) != "avatar_v":
        refuse("motion_prompt", f"motion_prompt: a {avatar_type} needs engine avatar_v for it")


def _check_background(background: Background) -> None:
    places = [name for name in ("url", "asset_id") if getattr(background, name) is not None]
    if background.type == "color":
        if background.value is None:
            refuse("background.value", "background.value: Field required for type color")
        if places:
            name = f"background.{places[0]}"
            refuse(name, f"{name}: not allowed with type color")
        return
    if background.value is not None:
        refuse("background.value", "background.value: not allowed with type image")
    if len(places) != 1:
        name = "background.asset_id" if places else "background.url"
        refuse(name, "background: exactly one of url, asset_id must be given for type image")
