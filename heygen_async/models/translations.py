"""Video translations: what is asked for, the proofreads before them, and what comes back."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.files import LinkedFile

TranslationMode: TypeAlias = Literal["speed", "precision"]
OutputLanguages: TypeAlias = Annotated[list[str], Meta(min_length=1)]


class StockVoices(Request):
    """Stock voices in the place of the speaker's own. Some enterprise customers only.

    Attributes:
        use_stock_voice: A stock voice rather than a clone of the speaker's; off when left out.
        preferred_stock_voice_ids: Voices to choose from; the language's own when left out.
    """

    use_stock_voice: bool | None = None
    preferred_stock_voice_ids: list[str] | None = None


class TranslationOptions(Request):
    """What can be said about a translation besides its source and its languages.

    Attributes:
        title: Name in the dashboard.
        audio: Recording to dub with, in the place of a translated voice.
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
        brand_voice_id: Former name of ``brand_glossary_id``; not together with it.
        brand_glossary_id: Glossary for your own terms.
        stock_voice_config: Stock voices in the place of the speaker's own.
        srt: Subtitles to go by, SRT.
        srt_role: Whether they are those of the source or of the translation; needs ``srt``.
        fps_mode: Frame rate: variable, constant or the source's; with ``audio`` only.
        folder_id: Folder; the workspace's root when left out.
    """

    title: str | None = None
    audio: LinkedFile | None = None
    input_language: str | None = None
    translate_audio_only: bool | None = None
    speaker_num: int | None = None
    mode: TranslationMode | None = None
    callback_url: str | None = None
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
    srt: LinkedFile | None = None
    srt_role: Literal["input", "output"] | None = None
    fps_mode: Literal["vfr", "cfr", "passthrough"] | None = None
    folder_id: str | None = None


class CreateVideoTranslation(TranslationOptions, kw_only=True):
    """A video in other languages: one translation, and one charge, for each of them.

    Attributes:
        video: The source, MP4 or WebM.
        output_languages: Names as ``heygen.translations.list_languages`` gives them, such as
            ``Spanish (Spain)``.
    """

    video: LinkedFile
    output_languages: OutputLanguages


class CreateVideoTranslationBatch(Request):
    """Many translations under one id.

    Attributes:
        video_translations: 1 to 100; an entry with several languages counts as many, and the
            whole may not exceed 100.
        title: Name of the batch.
        callback_url: Gets one POST when every item has ended.
    """

    video_translations: Annotated[list[CreateVideoTranslation], Meta(min_length=1, max_length=100)]
    title: str | None = None
    callback_url: str | None = None


class UpdateVideoTranslation(Request):
    """What can be changed of a translation.

    Attributes:
        title: Name in the dashboard.
    """

    title: str


class VideoTranslationStatus(OpenEnum):
    """How far a translation or a lipsync is. Only ``completed`` and ``failed`` are final."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"


class CreatedVideoTranslations(Reply):
    """What HeyGen answers to a new translation.

    Attributes:
        video_translation_ids: One id per language, in the order asked for.
    """

    video_translation_ids: list[str]


class VideoTranslation(Reply):
    """A video in another language.

    Attributes:
        id: The translation's id.
        status: How far it is.
        title: Name in the dashboard.
        output_language: The language it is translated to.
        input_language: Of the source, as given or detected.
        duration: Seconds.
        translate_audio_only: Whether the picture was left as it is.
        video_url: Presigned and short-lived: read the translation again rather than keep it.
        audio_url: Presigned; what is heard, alone.
        srt_caption_url: Presigned; captions as SRT.
        vtt_caption_url: Presigned; captions as WebVTT.
        callback_id: As given.
        created_at: Unix time in seconds.
        failure_message: Only when failed.
    """

    id: str
    status: VideoTranslationStatus
    title: str | None = None
    output_language: str | None = None
    input_language: str | None = None
    duration: float | None = None
    translate_audio_only: bool | None = None
    video_url: str | None = None
    audio_url: str | None = None
    srt_caption_url: str | None = None
    vtt_caption_url: str | None = None
    callback_id: str | None = None
    created_at: float | None = None
    failure_message: str | None = None


class TranslationLanguages(Reply):
    """What videos can be translated to.

    Attributes:
        languages: Names, as ``output_languages`` takes them.
    """

    languages: list[str]


class DeletedVideoTranslation(Reply):
    """What HeyGen answers to a deletion.

    Attributes:
        id: The translation that was deleted.
    """

    id: str


class CreateProofread(Request):
    """Subtitles of a translation, to be corrected before it is rendered.

    Attributes:
        video: The source, MP4 or WebM.
        output_languages: Names as ``heygen.translations.list_languages`` gives them.
        title: Name in the dashboard.
        brand_voice_id: Former name of ``brand_glossary_id``; not together with it.
        brand_glossary_id: Glossary for your own terms.
        speaker_num: How many people speak; detected when left out.
        folder_id: Folder; the workspace's root when left out.
        enable_video_stretching: Lets the length change with the language; off when left out.
        disable_music_track: Leaves background music out; off when left out.
        enable_speech_enhancement: Cleans the speech; off when left out.
        srt: Subtitles to begin with, SRT.
        mode: ``speed`` when left out; ``precision`` makes better lips at twice the rate.
        keep_the_same_format: Keeps the resolution and bitrate of the source; off when left out.
    """

    video: LinkedFile
    output_languages: OutputLanguages
    title: str
    brand_voice_id: str | None = None
    brand_glossary_id: str | None = None
    speaker_num: int | None = None
    folder_id: str | None = None
    enable_video_stretching: bool | None = None
    disable_music_track: bool | None = None
    enable_speech_enhancement: bool | None = None
    srt: LinkedFile | None = None
    mode: TranslationMode | None = None
    keep_the_same_format: bool | None = None


class ProofreadStatus(OpenEnum):
    """How far a proofread is. Only ``completed`` and ``failed`` are final."""

    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"


class CreatedProofreads(Reply):
    """What HeyGen answers to a new proofread.

    Attributes:
        proofread_ids: One id per language, in the order asked for.
        status: Always ``processing``.
    """

    proofread_ids: list[str]
    status: ProofreadStatus = ProofreadStatus.PROCESSING


class Proofread(Reply):
    """The subtitles of one language, open for correction once it is completed.

    Attributes:
        id: The proofread's id.
        status: How far it is.
        title: Name in the dashboard.
        output_language: The language of the subtitles.
        input_language: Of the source, as detected.
        submitted_for_review: Whether somebody was asked to look at it.
        created_at: Unix time in seconds.
        failure_message: Only when failed.
    """

    id: str
    status: ProofreadStatus
    title: str | None = None
    output_language: str | None = None
    input_language: str | None = None
    submitted_for_review: bool | None = None
    created_at: float | None = None
    failure_message: str | None = None


class ProofreadSrt(Reply):
    """Where the subtitles of a proofread are.

    Attributes:
        srt_url: Presigned; as they are now.
        original_srt_url: Presigned; those that the proofread was made with, if any.
    """

    srt_url: str
    original_srt_url: str | None = None


class UpdateProofreadSrt(Request):
    """Subtitles in the place of those of a proofread.

    Attributes:
        srt: SRT.
    """

    srt: LinkedFile


class GenerateFromProofread(Request):
    """The translation that a proofread was made for.

    Attributes:
        captions: Ignored by HeyGen: captions are always made.
        translate_audio_only: Leaves the picture, and so the lips, as they are; off when left out.
        callback_id: Comes back in the POST to ``callback_url``; needs it.
        callback_url: Gets a POST when the translation is ready or failed.
    """

    captions: bool | None = None
    translate_audio_only: bool | None = None
    callback_id: str | None = None
    callback_url: str | None = None


class GeneratedFromProofread(Reply):
    """What HeyGen answers to it.

    Attributes:
        video_translation_id: The translation's id.
        status: Always ``processing``.
    """

    video_translation_id: str
    status: ProofreadStatus = ProofreadStatus.PROCESSING
