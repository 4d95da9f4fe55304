"""Files of v1."""

from heygen_async.models.base import Reply
from heygen_async.models.v2.spellings import same


class UploadedAsset(Reply):
    """An uploaded file.

    Attributes:
        id: Takes the place of an asset id elsewhere.
        name: As HeyGen stored it.
        file_type: ``image``, ``video`` or ``audio``.
        url: For backgrounds and voices.
        image_key: For photo avatars; images only.
        folder_id: Empty at the root.
        created_ts: Unix time in seconds.
    """

    id: str
    name: str = ""
    file_type: str = ""
    url: str = ""
    image_key: str | None = None
    folder_id: str = ""
    created_ts: float | None = None


class LegacyAsset(Reply):
    """A file in the list of v1. Two readings of that list name its fields differently.

    Attributes:
        id: Its id; the same as ``asset_id``.
        asset_id: The same as ``id``.
        name: As HeyGen stored it; the same as ``file_name``.
        file_name: The same as ``name``.
        file_type: ``image``, ``video`` or ``audio``.
        folder_id: Empty at the root.
        url: Where it can be fetched.
        asset_key: HeyGen's key for it; rarely sent.
        created_ts: Unix time in seconds; the same as ``created_at``.
        created_at: The same as ``created_ts``.
        size: Bytes; rarely sent.
        width: Pixels; rarely sent.
        height: Pixels; rarely sent.
        duration: Seconds; rarely sent.
    """

    id: str = ""
    asset_id: str = ""
    name: str = ""
    file_name: str = ""
    file_type: str = ""
    folder_id: str | None = None
    url: str | None = None
    asset_key: str | None = None
    created_ts: float | None = None
    created_at: float | None = None
    size: int | None = None
    width: int | None = None
    height: int | None = None
    duration: float | None = None

    def __post_init__(self) -> None:
        same(self, "id", "asset_id")
        same(self, "name", "file_name")
        same(self, "created_ts", "created_at")
