"""The same reply, typed twice: as people write it with msgspec, and with pydantic."""

import msgspec
import pydantic


class Video(msgspec.Struct):
    """``data`` of GET /v3/videos/{id}."""

    id: str
    status: str
    title: str | None = None
    created_at: float | None = None
    completed_at: float | None = None
    video_url: str | None = None
    thumbnail_url: str | None = None
    gif_url: str | None = None
    captioned_video_url: str | None = None
    subtitle_url: str | None = None
    duration: float | None = None
    folder_id: str | None = None
    output_language: str | None = None
    failure_code: str | None = None
    failure_message: str | None = None
    video_page_url: str | None = None


class Answer(msgspec.Struct):
    """The envelope."""

    data: Video


class PydanticVideo(pydantic.BaseModel):
    """The same."""

    id: str
    status: str
    title: str | None = None
    created_at: float | None = None
    completed_at: float | None = None
    video_url: str | None = None
    thumbnail_url: str | None = None
    gif_url: str | None = None
    captioned_video_url: str | None = None
    subtitle_url: str | None = None
    duration: float | None = None
    folder_id: str | None = None
    output_language: str | None = None
    failure_code: str | None = None
    failure_message: str | None = None
    video_page_url: str | None = None


class PydanticAnswer(pydantic.BaseModel):
    """The same."""

    data: PydanticVideo
