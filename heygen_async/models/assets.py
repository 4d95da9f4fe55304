"""Files: what is uploaded, and how other requests refer to it."""

from typing import Annotated, TypeAlias

from msgspec import Meta

from heygen_async.models.base import OpenEnum, Reply, Request

Filled: TypeAlias = Annotated[str, Meta(min_length=1)]


class AssetUrl(Request, tag_field="type", tag="url"):
    """A file at a public https address; HeyGen fetches it.

    Attributes:
        url: The address. Its extension has to fit the content.
    """

    url: Filled


class AssetId(Request, tag_field="type", tag="asset_id"):
    """A file that was uploaded before.

    Attributes:
        asset_id: The id that the upload gave.
    """

    asset_id: Filled


class AssetBase64(Request, tag_field="type", tag="base64"):
    """A small file inside the request itself.

    Attributes:
        media_type: MIME type, such as ``image/png``.
        data: The bytes in base64.
    """

    media_type: str
    data: str


AssetInput: TypeAlias = AssetUrl | AssetId | AssetBase64


class AssetStatus(OpenEnum):
    """How far an upload is."""

    PENDING_UPLOAD = "pending_upload"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"


class Asset(Reply):
    """An uploaded file.

    Attributes:
        asset_id: What other requests take.
        url: Public address of the file; may be empty.
        mime_type: As HeyGen detected it from the bytes.
        size_bytes: Size of the stored file.
        status: Only after a direct upload.
    """

    asset_id: str
    url: str = ""
    mime_type: str = ""
    size_bytes: int = 0
    status: AssetStatus | None = None


class CreateAssetUpload(Request):
    """Asks for a presigned upload slot.

    Attributes:
        filename: Name to show; the stored extension comes from the content type.
        content_type: MIME type; checked against the stored bytes on completion.
        size_bytes: Exact size. It is signed into the upload address.
        checksum_sha256: SHA-256 in hex; the storage then refuses other bytes.
    """

    filename: Annotated[str, Meta(min_length=1)]
    content_type: Annotated[str, Meta(min_length=1)]
    size_bytes: Annotated[int, Meta(ge=1)]
    checksum_sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")] | None = None


class AssetUpload(Reply):
    """A presigned upload slot.

    Attributes:
        asset_id: Usable once the upload is completed.
        upload_url: Where the bytes go by PUT.
        upload_headers: Headers of that PUT, to be sent as they are.
        expires_in_seconds: Seconds until the address stops working.
        max_bytes: Largest size the slot takes.
        status: Always ``pending_upload``.
    """

    asset_id: str
    upload_url: str
    upload_headers: dict[str, str] = {}
    expires_in_seconds: int = 0
    max_bytes: int = 0
    status: AssetStatus = AssetStatus.PENDING_UPLOAD


class CompleteAssetUpload(Request):
    """Ends a direct upload.

    Attributes:
        checksum_sha256: SHA-256 in hex, to be compared with the stored bytes.
    """

    checksum_sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")] | None = None
