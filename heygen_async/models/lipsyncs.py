"""Lipsyncs: a video with another recording, and lips that go with it."""

from typing import Annotated

from msgspec import Meta

from heygen_async.models.base import Reply, Request
from heygen_async.models.files import LinkedFile
from heygen_async.models.translations import TranslationMode, VideoTranslationStatus


class CreateLipsync(Request):
    """A video whose sound is replaced, and whose lips follow it.

    Attributes:
        video: The source, MP4 or WebM.
        audio: The recording to speak with.
        title: Name in the dashboard.
        mode: ``speed`` when left out; ``precision`` makes better lips at twice the rate.
        callback_url: Gets a POST when the lipsync is ready or failed.
        callback_id: Comes back in that POST; needs ``callback_url``.
        enable_caption: Ignored by HeyGen: captions are always made.
        keep_the_same_format: Keeps the resolution and bitrate of the source.
        enable_dynamic_duration: Lets the length change with the recording; on when left out.
        disable_music_track: Leaves background music out; off when left out.
        enable_speech_enhancement: Cleans the speech; off when left out.
        enable_watermark: Puts a watermark on; off when left out.
        start_time: Seconds into the source at which the changed part begins.
        end_time: Seconds into the source at which it ends; after ``start_time``.
        fps_mode: Frame rate: ``vfr``, ``cfr`` or ``passthrough``.
        folder_id: Folder; the workspace's root when left out.
    """

    video: LinkedFile
    audio: LinkedFile
    title: str | None = None
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
    fps_mode: str | None = None
    folder_id: str | None = None


class CreateLipsyncBatch(Request):
    """Many lipsyncs under one id.

    Attributes:
        lipsyncs: 1 to 100.
        title: Name of the batch.
        callback_url: Gets one POST when every item has ended.
    """

    lipsyncs: Annotated[list[CreateLipsync], Meta(min_length=1, max_length=100)]
    title: str | None = None
    callback_url: str | None = None


class UpdateLipsync(Request):
    """What can be changed of a lipsync.

    Attributes:
        title: Name in the dashboard.
    """

    title: str


class CreatedLipsync(Reply):
    """What HeyGen answers to a new lipsync.

    Attributes:
        lipsync_id: The lipsync's id.
    """

    lipsync_id: str


class Lipsync(Reply):
    """A video with another recording.

    Attributes:
        id: The lipsync's id.
        status: How far it is.
        title: Name in the dashboard.
        duration: Seconds.
        video_url: Presigned and short-lived: read the lipsync again rather than keep it.
        caption_url: Presigned; captions as SRT.
        callback_id: As given.
        created_at: Unix time in seconds.
        failure_message: Only when failed.
    """

    id: str
    status: VideoTranslationStatus
    title: str | None = None
    duration: float | None = None
    video_url: str | None = None
    caption_url: str | None = None
    callback_id: str | None = None
    created_at: float | None = None
    failure_message: str | None = None


class DeletedLipsync(Reply):
    """What HeyGen answers to a deletion.

    Attributes:
        id: The lipsync that was deleted.
    """

    id: str
