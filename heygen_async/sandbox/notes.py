"""What is remembered of the scenes of a video, for those who ask for them. Plain data."""

from typing import Any

import msgspec


class SceneNote(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One scene, as it was asked for.

    Attributes:
        avatar_id: The look in it.
        engine: The look's engine.
        expressiveness: As given.
        motion_prompt: As given.
        image: Asset with the picture that speaks.
        picture: Asset with the picture that fills the frame.
        clip: Asset with the clip that fills the frame.
        playback: How the clip is played.
        volume: Of the clip.
        color: Behind everything.
        text: What is said.
        voice_id: Who says it.
        voice_settings: How it is said.
        audio: Asset with what is heard instead.
        silence: Seconds in which nothing is heard.
    """

    avatar_id: str | None = None
    engine: str | None = None
    expressiveness: str | None = None
    motion_prompt: str | None = None
    image: str | None = None
    picture: str | None = None
    clip: str | None = None
    playback: str | None = None
    volume: float | None = None
    color: str | None = None
    text: str | None = None
    voice_id: str | None = None
    voice_settings: dict[str, Any] | None = None
    audio: str | None = None
    silence: float | None = None
