"""Files: what is uploaded, and how other requests refer to it."""

from typing import Annotated, TypeAlias

from msgspec import Meta

from heygen_async.errors import HeyGenError
from heygen_async.models.base import KeepsSecrets, OpenEnum, Record, Reply, Request

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
    QUEUED = "queued"
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


class AssetUpload(KeepsSecrets):
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


class CreateAssetUploadBatch(Request):
    """Asks for many presigned upload slots.

    Attributes:
        files: 1 to 100 files, each with its name, type and exact size.
        title: Name to show.
        callback_url: Reserved by HeyGen: nothing is told when assets are ready.
    """

    files: Annotated[list[CreateAssetUpload], Meta(min_length=1, max_length=100)]
    title: str | None = None
    callback_url: str | None = None


class AssetUploadBatch(Reply):
    """Many presigned upload slots.

    Attributes:
        batch_id: To complete them together.
        items: One slot per file, in the order they were asked for.
    """

    batch_id: str
    items: list[AssetUpload] = []


class CompleteAssetUploadBatch(Request):
    """Ends the uploads of a batch.

    Attributes:
        batch_id: Of the slots.
    """

    batch_id: Filled


class AssetDetail(Reply):
    """What HeyGen keeps of an uploaded file.

    Attributes:
        id: The asset's id, which other replies call ``asset_id``.
        name: The file's name.
        type: ``image``, ``video``, ``audio``, ``font`` ...
        owner: User name of whoever uploaded it.
        space_id: The workspace.
        folder_id: Its folder; None at the root.
        uploaded_at: Unix time in seconds.
        url: Public address, if there can be one.
    """

    id: str
    name: str = ""
    type: str = ""
    owner: str = ""
    space_id: str = ""
    folder_id: str | None = None
    uploaded_at: float | None = None
    url: str | None = None


class FoundAssetType(OpenEnum):
    """What a search found."""

    IMAGE = "image"
    ICON = "icon"


class FoundAsset(Reply):
    """A picture or an icon that a search found.

    Attributes:
        id: Id of the result; not that of an asset.
        url: Its address, which lasts: give it where a request takes a file.
        width: Pixels, if known.
        height: Pixels, if known.
        orientation: ``landscape``, ``portrait`` or ``square``, if known.
        is_transparent: Whether one can see through it somewhere, if known.
        type: Picture or icon.
    """

    id: str
    url: str = ""
    width: int | None = None
    height: int | None = None
    orientation: str | None = None
    is_transparent: bool | None = None
    type: FoundAssetType | None = None


class FileUpload(Record):
    """What became of one of many files.

    Attributes:
        name: The file's name.
        asset: What was made of it; None when it failed. Its ``url`` is empty.
        error: Why it failed; None when it did not.
    """

    name: str
    asset: Asset | None = None
    error: HeyGenError | None = None
