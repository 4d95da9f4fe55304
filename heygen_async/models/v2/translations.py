"""Translations of v2: a video at an address, in other languages."""

from typing import Annotated, Literal

from msgspec import Meta

from heygen_async.models.assets import Filled
from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.translations import StockVoices, TranslationMode
from heygen_async.models.v2.scenes import Address
from heygen_async.models.v2.spellings import same


class TranslateVideo(Request):
    """A video in other languages: one translation, and one charge, for each of them.

    Attributes:
        video_url: Public address of the source.
        output_language: One language, as ``list_languages`` names it or as a tag such as
            ``es-ES``; this or ``output_languages``.
        output_languages: Several of them.
        title: Name in the dashboard.
        audio_url: Recording to dub with, in the place of a translated voice.
        input_language: Of the source; detected when left out.
        translate_audio_only: Leaves the picture, and so the lips, as they are; off when left out.
        speaker_num: How many people speak; detected when left out.
        mode: ``speed`` when left out; ``precision`` makes better lips at twice the rate.
        callback_url: Gets a POST when a translation is ready or failed.
        callback_id: Comes back in that POST; needs ``callback_url``.
        enable_caption: Ignored by HeyGen: captions are always made.
        keep_the_same_format: Keeps the resolution and bitrate of the source.
        enable_dynamic_duration: Lets the length change with the language; on when left out.
        disable_music_track: Leaves background music out; off when left out.
        enable_speech_enhancement: Cleans the speech; off when left out.
        enable_watermark: Puts a watermark on; off when left out.
        start_time: Seconds into the source at which the translated part begins.
        end_time: Seconds into the source at which it ends; after ``start_time``.
        brand_voice_id: Former name of ``brand_glossary_id``; not another one beside it.
        brand_glossary_id: Glossary for your own terms.
        stock_voice_config: Stock voices in the place of the speaker's own.
        srt_url: Address of subtitles to go by, SRT.
        srt_role: Whether they are those of the source or of the translation; needs ``srt_url``.
        fps_mode: Frame rate: variable, constant or the source's; needs ``audio_url``.
        folder_id: Folder; the workspace's root when left out.
    """

    video_url: Address
    output_language: Filled | None = None
    output_languages: Annotated[list[Filled], Meta(min_length=1)] | None = None
    title: str | None = None
    audio_url: Address | None = None
    input_language: str | None = None
    translate_audio_only: bool | None = None
    speaker_num: Annotated[int, Meta(ge=0)] | None = None
    mode: TranslationMode | None = None
    callback_url: Address | None = None
    callback_id: str | None = None
    enable_caption: bool | None = None
    keep_the_same_format: bool | None = None
    enable_dynamic_duration: bool | None = None
    disable_music_track: bool | None = None
    enable_speech_enhancement: bool | None = None
    enable_watermark: bool | None = None
    start_time: float | None = None
    end_time: float | None = None
    brand_voice_id: str | None = None
    brand_glossary_id: str | None = None
    stock_voice_config: StockVoices | None = None
    srt_url: Address | None = None
    srt_role: Literal["input", "output"] | None = None
    fps_mode: Literal["vfr", "cfr", "passthrough"] | None = None
    folder_id: str | None = None

    @property
    def languages(self) -> list[str]:
        """All languages asked for."""
        one = [self.output_language] if self.output_language is not None else []
        return one + (self.output_languages or [])


class StartedTranslations(Reply):
    """What HeyGen answers to a new translation: one id or several.

    Attributes:
        video_translate_id: The id, for one language.
        video_translate_ids: The ids, for several languages, in the order asked for.
    """

    video_translate_id: str | None = None
    video_translate_ids: list[str] | None = None

    @property
    def ids(self) -> list[str]:
        """The ids, wherever they were."""
        if self.video_translate_ids:
            return self.video_translate_ids
        return [self.video_translate_id] if self.video_translate_id else []


class LegacyTranslationStatus(OpenEnum):
    """How far a translation is. Two sets of words have been seen; both are understood."""

    PENDING = "pending"
    PROCESSING = "processing"
    RUNNING = "running"
    COMPLETED = "completed"
    SUCCESS = "success"
    FAILED = "failed"


class LegacyTranslation(Reply):
    """A video in another language, as v2 describes it.

    HeyGen has two names for the id and for the address: whichever comes, both are filled.

    Attributes:
        video_translate_id: The translation's id.
        id: The same.
        status: How far it is.
        title: Name in the dashboard.
        url: The video, presigned and newly signed by every read.
        video_url: The same.
        message: Why it failed.
        output_language: The language it is translated to.
        callback_id: As given.
    """

    video_translate_id: str = ""
    id: str = ""
    status: LegacyTranslationStatus = LegacyTranslationStatus.PENDING
    title: str | None = None
    url: str | None = None
    video_url: str | None = None
    message: str | None = None
    output_language: str | None = None
    callback_id: str | None = None

    def __post_init__(self) -> None:
        same(self, "video_translate_id", "id")
        same(self, "url", "video_url")


class TargetLanguages(Reply):
    """What a video can be translated to.

    Attributes:
        languages: Names, as a request takes them.
    """

    languages: list[str]


class TranslationCaption(Reply):
    """The captions of a translation.

    Attributes:
        caption_url: Their file, presigned.
    """

    caption_url: str
