"""Voices."""

from heygen_async.models.base import OpenEnum, Reply


class VoiceType(OpenEnum):
    """Whose voice it is."""

    PUBLIC = "public"
    PRIVATE = "private"


class Voice(Reply):
    """A voice that can speak a script.

    Attributes:
        voice_id: What a video takes.
        name: Name to show.
        language: Main language, such as ``English``.
        gender: As HeyGen calls it; upper and lower case are mixed.
        preview_audio_url: Short sample.
        support_pause: Whether ``<break time="1s"/>`` works.
        support_locale: Whether it has accents to choose from.
        type: Shared library, or your own clone.
    """

    voice_id: str
    name: str = ""
    language: str = ""
    gender: str = ""
    preview_audio_url: str | None = None
    support_pause: bool = False
    support_locale: bool = False
    type: VoiceType = VoiceType.PUBLIC
