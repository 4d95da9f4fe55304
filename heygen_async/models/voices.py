"""Voices, and what they say."""

from typing import Annotated, Final

from msgspec import Meta

from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.files import FileInput

_SENTINELS: Final = frozenset({"<start>", "<end>"})


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


class VoiceStatus(OpenEnum):
    """How far a clone is; the shared voices have no status."""

    PROCESSING = "processing"
    COMPLETE = "complete"
    FAILED = "failed"


class VoiceDetail(Reply):
    """One voice, with the state of its cloning.

    Attributes:
        voice_id: What a video and a speech take.
        name: Name to show.
        language: Main language, such as ``English``.
        gender: As HeyGen calls it; upper and lower case are mixed.
        preview_audio_url: Short sample, once there is a voice.
        status: Only of clones; None means ready.
        failure_message: Only when the status is ``failed``.
        support_pause: Whether ``<break time="1s"/>`` works.
        support_interactive_avatar: Whether a live avatar can speak with it.
        created_at: Unix time in seconds.
    """

    voice_id: str
    name: str | None = None
    language: str | None = None
    gender: str | None = None
    preview_audio_url: str | None = None
    status: VoiceStatus | None = None
    failure_message: str | None = None
    support_pause: bool = False
    support_interactive_avatar: bool = False
    created_at: float | None = None


class DesignVoice(Request):
    """A search for voices by a description.

    Attributes:
        prompt: What the voice is like, 1 to 1,000 characters.
        gender: Only ``male`` or ``female`` ones.
        locale: Only ones for this tag, such as ``en-US``.
        seed: Which batch: 0 (when left out) holds the best matches, 1 the next ones, and so on.
            The same prompt and seed give the same voices.
    """

    prompt: Annotated[str, Meta(min_length=1, max_length=1000)]
    gender: str | None = None
    locale: str | None = None
    seed: Annotated[int, Meta(ge=0)] | None = None


class DesignedVoices(Reply):
    """What a search found.

    Attributes:
        voices: At most three, the best match first.
        seed: The batch they are from; the next number gives others.
    """

    voices: list[Voice] = []
    seed: int = 0


class CloneVoice(Request):
    """A new voice from a recording.

    Attributes:
        audio: The recording.
        voice_name: Name to show, 1 to 100 characters.
        language: Hint such as ``en``; heard from the recording when left out.
        remove_background_noise: Whether the recording is cleaned first; it is when left out.
    """

    audio: FileInput
    voice_name: Annotated[str, Meta(min_length=1, max_length=100)]
    language: str | None = None
    remove_background_noise: bool | None = None


class ClonedVoice(Reply):
    """What HeyGen answers to a new clone.

    Attributes:
        voice_clone_id: The voice's id.
    """

    voice_clone_id: str


class DeletedVoice(Reply):
    """What is gone.

    Attributes:
        voice_id: The voice's id.
    """

    voice_id: str


class CreateSpeech(Request):
    """A text to be spoken.

    Attributes:
        text: 1 to 5,000 characters. Pauses are given in seconds, as ``<break time="0.35s"/>``.
        voice_id: A voice that the engine ``starfish`` knows.
        input_type: ``text`` (when left out) or ``ssml``.
        speed: 0.5 to 2.0; 1.0 when left out.
        language: Such as ``en``; found from the text when left out.
        locale: Such as ``en-US``; tells the language too.
    """

    text: Annotated[str, Meta(min_length=1, max_length=5000)]
    voice_id: Annotated[str, Meta(min_length=1)]
    input_type: str | None = None
    speed: Annotated[float, Meta(ge=0.5, le=2.0)] | None = None
    language: str | None = None
    locale: str | None = None


class WordTimestamp(Reply):
    """When a word is spoken.

    Attributes:
        word: The word.
        start: Seconds from the beginning.
        end: Seconds from the beginning.
    """

    word: str
    start: float = 0.0
    end: float = 0.0

    @property
    def is_spoken(self) -> bool:
        """Whether somebody says it: not where it only marks the beginning or the end."""
        return self.word not in _SENTINELS


class Speech(Reply):
    """A text as sound.

    Attributes:
        audio_url: The recording; the link does not last.
        duration: Seconds.
        request_id: Names this recording.
        word_timestamps: When each word is spoken. It may be framed by the words ``<start>`` and
            ``<end>``, which nobody says; ``words`` leaves them out.
    """

    audio_url: str
    duration: float = 0.0
    request_id: str | None = None
    word_timestamps: list[WordTimestamp] | None = None

    @property
    def words(self) -> list[WordTimestamp]:
        """When each word is spoken, without what only marks the beginning and the end."""
        return [each for each in self.word_timestamps or () if each.is_spoken]
