"""Files of v1 (``POST upload.heygen.com/v1/asset``)."""

from heygen_async.models.base import Reply


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
