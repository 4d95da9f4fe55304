"""What HeyGen tells a webhook, and what a ``callback_url`` is told."""

from typing import Any

from heygen_async.models.base import Record


class Delivery(Record):
    """Something that HeyGen told. Believe it after a read: it may be late, replayed or forged.

    ``callback_url`` deliveries are never signed. HeyGen documents the fields of the video events
    only, so the others have theirs in ``data`` alone.

    Attributes:
        event_type: Such as ``avatar_video.success``; a kind that is newer than this library is
            kept as it is.
        event_id: The same at every delivery of the event; made from what was told where HeyGen
            gave none, or where it is not signed.
        signed: Whether its signature was verified.
        data: All that was told, untouched; as ``event_data`` in it, if it is no object.
    """

    event_type: str
    event_id: str
    signed: bool
    data: dict[str, Any]

    @property
    def succeeded(self) -> bool | None:
        """Whether it tells of success or of failure; None where it tells of neither."""
        word = self.event_type.rpartition(".")[2]
        return {"success": True, "fail": False, "failed": False}.get(word)


class VideoDelivery(Delivery):
    """A video, its GIF, its captions or an agent's video is ready or failed.

    Attributes:
        video_id: The video's id.
        url: Presigned address of the video; it may be old by now.
        message: Why it failed.
        callback_id: As it was given with ``callback_url``.
        gif_url: Presigned address of the animated preview.
        share_url: Page that shows the video.
        thumbnail_url: Picture.
        folder_id: Folder.
    """

    video_id: str
    url: str | None = None
    message: str | None = None
    callback_id: str | None = None
    gif_url: str | None = None
    share_url: str | None = None
    thumbnail_url: str | None = None
    folder_id: str | None = None


class TranslationDelivery(Delivery):
    """A translation is ready or failed.

    Attributes:
        video_translate_id: The translation's id.
        url: Presigned address of the video; it may be old by now.
        message: Why it failed.
        callback_id: As it was given with ``callback_url``.
        output_language: Into which language.
    """

    video_translate_id: str
    url: str | None = None
    message: str | None = None
    callback_id: str | None = None
    output_language: str | None = None
