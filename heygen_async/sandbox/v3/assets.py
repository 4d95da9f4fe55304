"""``/v3/assets``: files by multipart, and by presigned upload."""

import base64
from collections.abc import AsyncIterator
from pathlib import PurePosixPath
from typing import Any, Final

from aiohttp import BodyPartReader

from heygen_async.models import CompleteAssetUpload, CreateAssetUpload
from heygen_async.sandbox import ageing
from heygen_async.sandbox.assets import DIRECT, detected, public_url
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.files import PIECE
from heygen_async.sandbox.links import storage_path
from heygen_async.sandbox.refusal import Refusal, invalid, missing
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.world import Asset, Slot
from heygen_async.wire.media_types import EXTENSIONS

MULTIPART_LIMIT: Final = 32 * 1024 * 1024
"""Most bytes of a file in a multipart upload."""

SLOT_LIMIT: Final = 2 * 1024**3
"""Most bytes of a direct upload."""

_OVERHEAD: Final = 1 << 16
_ALIASES: Final = {
    "image/jpg": "image/jpeg",
    "audio/mp3": "audio/mpeg",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "text/srt": "application/x-subrip",
}


async def upload_asset(ctx: Context, call: Call) -> Reply:
    """Takes one file as the field ``file`` of a multipart body."""
    if not call.request.content_type.startswith("multipart/"):
        raise invalid("file", "file: the body must be multipart/form-data")
    if (call.request.content_length or 0) > MULTIPART_LIMIT + _OVERHEAD:
        raise _too_large(MULTIPART_LIMIT)
    try:
        reader = await call.request.multipart()
        async for part in reader:
            if isinstance(part, BodyPartReader) and part.name == "file":
                return await _store(ctx, call, part)
    except (ValueError, AssertionError) as error:
        raise invalid("file", f"file: malformed multipart body: {error}") from None
    raise invalid("file", "file: Field required")


async def _store(ctx: Context, call: Call, part: BodyPartReader) -> Reply:
    asset_id = ctx.new_id("asset")
    received = await ctx.files.receive(asset_id, _chunks(part), limit=MULTIPART_LIMIT)
    try:
        if not received.size:
            raise invalid("file", "file: the file is empty")
        mime = detected(received.head)
    except Refusal:
        ctx.files.path(asset_id).unlink(missing_ok=True)
        raise
    name = PurePosixPath(part.filename or f"file{EXTENSIONS[mime]}").name
    asset = Asset(id=asset_id, name=name, mime=mime, size=received.size, created=ctx.clock.now())
    ctx.world.assets[asset_id] = asset
    return Reply(_shown(call, asset))


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk(PIECE):
        yield chunk


def _shown(call: Call, asset: Asset) -> dict[str, Any]:
    return {
        "asset_id": asset.id,
        "url": public_url(call, asset),
        "mime_type": asset.mime,
        "size_bytes": asset.size,
    }


def _too_large(limit: int) -> Refusal:
    return Refusal(
        413, "payload_too_large", f"The file is larger than {limit} bytes.", param="file"
    )


async def create_asset_upload(ctx: Context, call: Call) -> Reply:
    """Gives a presigned upload slot."""
    body: CreateAssetUpload = decode(call.body, CreateAssetUpload)
    check_slot(body)
    return Reply(new_slot(ctx, call, body))


def check_slot(body: CreateAssetUpload, where: str = "") -> None:
    """Refuses a slot for a file that HeyGen does not take.

    Args:
        body: The file.
        where: Path before its fields, such as ``files[0].``.

    Raises:
        Refusal: 400.
    """
    if _ALIASES.get(body.content_type, body.content_type) not in DIRECT:
        name = f"{where}content_type"
        raise invalid(name, f"{name}: {body.content_type} is not accepted")
    if body.size_bytes > SLOT_LIMIT:
        name = f"{where}size_bytes"
        raise invalid(name, f"{name}: {body.size_bytes} is above {SLOT_LIMIT}")


def new_slot(ctx: Context, call: Call, body: CreateAssetUpload) -> dict[str, Any]:
    """A new asset that waits for its bytes, and where they go."""
    now = ctx.clock.now()
    asset_id = ctx.new_id("asset")
    expires = now + ctx.settings.slot_seconds
    ctx.world.assets[asset_id] = Asset(
        id=asset_id,
        name=body.filename,
        mime=_ALIASES.get(body.content_type, body.content_type),
        size=body.size_bytes,
        created=now,
        stored=False,
        usable=False,
        slot=Slot(
            content_type=body.content_type,
            size=body.size_bytes,
            checksum=body.checksum_sha256,
            expires=expires,
        ),
    )
    path = storage_path("uploads", asset_id)
    return {
        "asset_id": asset_id,
        "upload_url": ctx.links.signed(call.base, path, expires=expires, method="PUT"),
        "upload_headers": slot_headers(body.content_type, body.checksum_sha256),
        "expires_in_seconds": int(ctx.settings.slot_seconds),
        "max_bytes": SLOT_LIMIT,
        "status": "pending_upload",
    }


def slot_headers(content_type: str, checksum: str | None) -> dict[str, str]:
    """The headers that a slot's upload must carry."""
    headers = {"Content-Type": content_type}
    if checksum is not None:
        headers["x-amz-checksum-sha256"] = base64.b64encode(bytes.fromhex(checksum)).decode()
    return headers


async def complete_asset_upload(ctx: Context, call: Call) -> Reply:
    """Makes a direct upload usable; again and again, if asked."""
    body: CompleteAssetUpload = decode(call.body or b"{}", CompleteAssetUpload)
    asset = ctx.world.assets.get(call.params["asset_id"])
    if asset is None or asset.slot is None or asset.deleted:
        raise missing("asset_not_found", f"Upload {call.params['asset_id']} not found.")
    if not asset.stored:
        raise Refusal(409, "conflict", f"The object of upload {asset.id} was not found yet.")
    known = asset.slot.checksum
    if body.checksum_sha256 and known and body.checksum_sha256 != known:
        raise invalid("checksum_sha256", "checksum_sha256: not the one the slot was made for")
    if not asset.usable:
        mime = detected(await ctx.files.head(asset.id), DIRECT)
        if mime != asset.mime:
            raise invalid(
                "content_type",
                f"content_type: the bytes are {mime}, not {asset.slot.content_type}",
            )
        asset.usable, asset.failure = True, None
        asset.done = ctx.clock.now() + ctx.span(ageing.ASSET, asset.id)
    return Reply(_shown(call, asset) | {"status": ageing.asset_status(asset, ctx.clock.now())})


ROUTES: Final = (
    Route(method="POST", path="/v3/assets", handler=upload_asset, keyed=True, streams=True),
    Route(method="POST", path="/v3/assets/direct-uploads", handler=create_asset_upload, keyed=True),
    Route(method="POST", path="/v3/assets/{asset_id}/complete", handler=complete_asset_upload),
)
