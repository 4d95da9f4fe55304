"""Speech of HeyGen's own model: https://developers.heygen.com/reference/generate-model-speech."""

from typing import Annotated, TypeAlias

from msgspec import Meta

from heygen_async.models.assets import Filled
from heygen_async.models.base import Reply, Request

SpokenText: TypeAlias = Annotated[str, Meta(min_length=1, max_length=5000)]
Seed: TypeAlias = Annotated[int, Meta(ge=0, le=4_294_967_295)]


class GenerateSpeech(Request):
    """Text to be spoken into one file.

    Attributes:
        voice_id: An ``ACTIVE`` voice of ``heygen.preview.model_voices``.
        text: 1 to 5,000 characters of plain text; SSML and break tags are not understood.
        language: Language code, such as ``en``.
        seed: 0 to 4,294,967,295; the same one sounds much the same again.
    """

    voice_id: Filled
    text: SpokenText
    language: Filled
    seed: Seed | None = None


class StreamSpeech(Request):
    """Text to be spoken piece by piece.

    Attributes:
        voice_id: An ``ACTIVE`` voice of ``heygen.preview.model_voices``.
        text: 1 to 5,000 characters of plain text; SSML and break tags are not understood.
        language: Language code, such as ``en``.
        seed: 0 to 4,294,967,295; the same one sounds much the same again.
        with_timestamps: Whether the times of the words come along; False when left out.
    """

    voice_id: Filled
    text: SpokenText
    language: Filled
    seed: Seed | None = None
    with_timestamps: bool = False


class ModelSpeech(Reply):
    """A finished recording.

    Attributes:
        audio_url: A mono WAV with 16 bits and 44,100 samples a second.
        duration: Seconds.
    """

    audio_url: str
    duration: float


class WordAlignment(Reply):
    """When a word is spoken.

    Attributes:
        text: The word.
        start_time: Seconds from the beginning of the speech.
        end_time: Seconds from the beginning of the speech.
        confidence: 0 to 1.
    """

    text: str
    start_time: float
    end_time: float
    confidence: float


class SpeechAudio(Reply, tag_field="type", tag="audio"):
    """The next piece of a speech.

    Attributes:
        part_index: Which piece it is, from 0.
        audio: A whole WAV file of its own, decoded from the base64 of the wire.
    """

    part_index: int
    audio: bytes


class SpeechAlignment(Reply, tag_field="type", tag="alignment"):
    """The times of some words.

    Attributes:
        word_alignments: At least one word, in order.
    """

    word_alignments: list[WordAlignment]


class SpeechFailure(Reply, tag_field="type", tag="error"):
    """The end of a speech that failed after it had begun.

    A stream raises it as a ``ServerError`` rather than to hand it out.

    Attributes:
        detail: What went wrong.
    """

    detail: str


SpeechEvent: TypeAlias = SpeechAudio | SpeechAlignment
"""What a stream of speech hands out."""
