"""``heygen/video-translate``, ``heygen/lipsync`` and ``heygen/text-to-speech``."""

from typing import Annotated, ClassVar, Literal, TypeAlias

from msgspec import Meta

from heygen_async.errors import InvalidRequestError
from heygen_async.inference_sh.apps.base import AppInput
from heygen_async.inference_sh.apps.videos import MadeVideo
from heygen_async.inference_sh.local import FileInput
from heygen_async.inference_sh.models import OutputFile
from heygen_async.models.base import Reply

_Filled: TypeAlias = Annotated[str, Meta(min_length=1)]
_Mode: TypeAlias = Literal["speed", "precision"]
_Seconds: TypeAlias = Annotated[float, Meta(ge=0)]


class VideoTranslate(AppInput[MadeVideo]):
    """A video in another language; $0.033 a second, ``precision`` $0.067.

    Attributes:
        video: The video.
        output_language: A name such as ``Spanish (Spain)``.
        title: Name to show.
        input_language: What is spoken in it; found when left out.
        mode: ``speed`` when left out.
        translate_audio_only: Whether the lips stay as they are.
        speaker_num: How many people speak.
        enable_caption: Whether captions are added.
        enable_dynamic_duration: Whether it may become longer or shorter; true when left out.
        disable_music_track: Whether its music is taken out.
        start_time: Seconds from the beginning at which to start.
        end_time: Seconds from the beginning at which to stop.
    """

    app: ClassVar[str] = "heygen/video-translate"

    video: FileInput
    output_language: _Filled
    title: str | None = None
    input_language: _Filled | None = None
    mode: _Mode | None = None
    translate_audio_only: bool | None = None
    speaker_num: Annotated[int, Meta(ge=1)] | None = None
    enable_caption: bool | None = None
    enable_dynamic_duration: bool | None = None
    disable_music_track: bool | None = None
    start_time: _Seconds | None = None
    end_time: _Seconds | None = None

    def check(self) -> None:
        """Refuses a part that ends before it begins."""
        _in_order(self.start_time, self.end_time)


class Lipsync(AppInput[MadeVideo]):
    """A video whose lips follow another recording; $0.033 a second, ``precision`` $0.067.

    Attributes:
        video: The video.
        audio: The recording.
        title: Name to show.
        mode: ``speed`` when left out.
        enable_caption: Whether captions are added.
        enable_dynamic_duration: Whether it may become longer or shorter; true when left out.
        disable_music_track: Whether its music is taken out.
        start_time: Seconds from the beginning at which to start.
        end_time: Seconds from the beginning at which to stop.
    """

    app: ClassVar[str] = "heygen/lipsync"

    video: FileInput
    audio: FileInput
    title: str | None = None
    mode: _Mode | None = None
    enable_caption: bool | None = None
    enable_dynamic_duration: bool | None = None
    disable_music_track: bool | None = None
    start_time: _Seconds | None = None
    end_time: _Seconds | None = None

    def check(self) -> None:
        """Refuses a part that ends before it begins."""
        _in_order(self.start_time, self.end_time)


class MadeSpeech(Reply):
    """A recording.

    Attributes:
        audio: Its address; an MP3.
    """

    audio: OutputFile


class TextToSpeech(AppInput[MadeSpeech]):
    """A text that is spoken; about $0.0007 a second.

    Attributes:
        text: What is said, 1 to 5,000 characters.
        voice_id: Who says it; a voice of the Starfish engine.
        input_type: Plain text, or SSML; plain when left out.
        speed: 0.5 to 2.0; 1.0 when left out.
        language: Of the text; found when left out.
        locale: Such as ``en-GB``.
    """

    app: ClassVar[str] = "heygen/text-to-speech"

    text: Annotated[str, Meta(min_length=1, max_length=5000)]
    voice_id: _Filled
    input_type: Literal["text", "ssml"] | None = None
    speed: Annotated[float, Meta(ge=0.5, le=2.0)] | None = None
    language: str | None = None
    locale: str | None = None


def _in_order(start: float | None, end: float | None) -> None:
    if end is not None and end <= (start or 0.0):
        raise InvalidRequestError("end_time", end, f"must be after start_time, {start or 0.0:g}")
