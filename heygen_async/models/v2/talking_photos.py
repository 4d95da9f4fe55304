"""Talking photos of v1 and v2."""

from heygen_async.models.base import Reply
from heygen_async.models.v2.spellings import same


class TalkingPhotoItem(Reply):
    """A photo that can talk. Two lists show it under two sets of names; here it has both.

    Attributes:
        talking_photo_id: What ``TalkingPhoto`` takes; the same as ``id``.
        id: The same as ``talking_photo_id``.
        talking_photo_name: Name to show; empty where the list has none.
        preview_image_url: Picture; the same as ``image_url``.
        image_url: The same as ``preview_image_url``.
        circle_image: The face in a circle; may be empty.
    """

    talking_photo_id: str = ""
    id: str = ""
    talking_photo_name: str = ""
    preview_image_url: str | None = None
    image_url: str | None = None
    circle_image: str | None = None

    def __post_init__(self) -> None:
        same(self, "talking_photo_id", "id")
        same(self, "preview_image_url", "image_url")


class UploadedTalkingPhoto(Reply):
    """An uploaded photo that can talk.

    Attributes:
        talking_photo_id: What ``TalkingPhoto`` takes.
        talking_photo_url: The photo.
    """

    talking_photo_id: str
    talking_photo_url: str | None = None
