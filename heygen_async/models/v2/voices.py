"""Voices as v1 and v2 describe them."""

from typing import Any, Literal

from heygen_async.models.assets import Filled
from heygen_async.models.base import Reply, Request
from heygen_async.models.voices import Speech


class LegacyVoice(Reply):
    """A voice as v2 describes it.

    Attributes:
        voice_id: What a video takes.
        name: Name to show.
        language: Such as ``English``.
        gender: ``male``, ``female`` or ``unknown``; upper and lower case are mixed.
        preview_audio: Short sample; empty for some.
        support_pause: Whether ``<break time="1s"/>`` works.
        emotion_support: Whether it takes an ``emotion``.
        support_interactive_avatar: Whether a streaming avatar can speak with it.
        support_locale: Whether it has accents to choose from; see ``list_locales``.
        type: Whose voice it is, such as ``public``; rarely sent.
    """

    voice_id: str
    name: str = ""
    language: str | None = None
    gender: str | None = None
    preview_audio: str | None = None
    support_pause: bool = False
    emotion_support: bool = False
    support_interactive_avatar: bool = False
    support_locale: bool = False
    type: str | None = None


class VoiceSample(Reply):
    """Where a voice of v1 can be heard.

    Attributes:
        movio: Address of a short sample.
    """

    movio: str | None = None


class VoiceV1(Reply):
    """A voice as v1 describes it.

    Attributes:
        voice_id: What a video takes.
        display_name: Name to show.
        language: Such as ``English``.
        locale: Such as ``en-US``.
        gender: ``Female`` or ``Male``.
        labels: What it is good for.
        tags: The same, separated by commas.
        flag: Address of its country's flag.
        sort: Its place in the list.
        preview: Where it can be heard.
        settings: How it speaks by default: ``style`` and ``elevenlabs_settings``.
        ssml: Which SSML it knows: ``break``, ``prosody``, ``emphasis`` and others.
        is_customer: Whether it is your own.
        is_favorite: Whether you marked it.
        is_paid: Whether the plan has to include it.
        support_realtime: Whether a streaming avatar can speak with it.
    """

    voice_id: str
    display_name: str = ""
    language: str | None = None
    locale: str | None = None
    gender: str | None = None
    labels: list[str] | None = None
    tags: str | None = None
    flag: str | None = None
    sort: int | None = None
    preview: VoiceSample | None = None
    settings: dict[str, Any] | None = None
    ssml: dict[str, Any] | None = None
    is_customer: bool = False
    is_favorite: bool = False
    is_paid: bool = False
    support_realtime: bool = False


class VoiceLocale(Reply):
    """An accent.

    Attributes:
        locale: What a ``TextVoice`` takes, such as ``pt-BR``.
        label: Name to show.
        language: Such as ``Portuguese``.
    """

    locale: str
    label: str = ""
    language: str = ""


class PreviewVoice(Request):
    """A text to try a voice with.

    Attributes:
        voice_id: The voice.
        text: A few words.
        text_type: ``plain`` (when left out) or ``ssml``.
        settings: Of the voice, as its maker knows them.
        with_timestamps: Whether the answer tells when each word is spoken.
        generation_type: ``preview``, the only kind there is.
    """

    voice_id: Filled
    text: Filled
    text_type: Literal["plain", "ssml"] | None = None
    settings: dict[str, Any] | None = None
    with_timestamps: bool | None = None
    generation_type: Literal["preview"] | None = None


class VoicePreview(Speech):
    """A few words as sound.

    Attributes:
        status: How it went, in HeyGen's word.
    """

    status: str | None = None
