"""``/files``: records of files, and the storage that takes and gives their bytes."""

from collections.abc import AsyncIterator
from typing import Annotated, Any, Final, Literal

from aiohttp import hdrs
from msgspec import Meta

from heygen_async.models.base import Request
from heygen_async.sandbox.context import Call, Context, FileReply, Handler, RawReply, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.inference import cloud, shown
from heygen_async.sandbox.inference.lists import Listing, listed
from heygen_async.sandbox.inference.records import CloudFile
from heygen_async.sandbox.media.probe import image_size
from heygen_async.sandbox.refusal import Refusal, missing
from heygen_async.sandbox.validation import decode
from heygen_async.wire.media_types import HEAD_BYTES, sniff

_UNKNOWN: Final = "application/octet-stream"


class _File(Request):
    """A file to come. ``public`` is sent by some clients, and means nothing."""

    uri: Annotated[str, Meta(max_length=0)]
    filename: str | None = None
    content_type: str | None = None
    size: Annotated[int, Meta(ge=0)] | None = None
    path: str | None = None
    public: bool | None = None


class _Files(Request):
    """The body of an upload."""

    files: Annotated[list[_File], Meta(min_length=1)]
    category: Literal["uploads", "inputs", "outputs", "repos"] = "uploads"


async def create_files(ctx: Context, call: Call) -> Reply:
    """Makes records, each with an address that takes the bytes for a while."""
    body: _Files = decode(call.body, _Files)
    return Reply([_created(ctx, call, each, body.category) for each in body.files])


def _created(ctx: Context, call: Call, given: _File, category: str) -> dict[str, Any]:
    file = cloud.new_file(ctx, category, given.filename)
    file.content_type, file.size, file.path = given.content_type, given.size, given.path
    expires = ctx.clock.now() + ctx.settings.slot_seconds
    url = ctx.links.signed(call.base, cloud.path_of(file), expires=expires, method="PUT")
    return _shown(call, file) | {"upload_url": url}


def _shown(call: Call, file: CloudFile, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "id": file.id,
        "created_at": shown.moment(file.created),
        "uri": call.base + cloud.path_of(file),
        "filename": file.filename,
        "content_type": file.content_type,
        "size": file.size,
        "path": file.path,
        "remote_path": f"{file.category}/{file.id}/{file.filename or 'file'}",
        "category": file.category,
        "rating": 0,
        "metadata": metadata,
    }


async def _probed(ctx: Context, file: CloudFile) -> dict[str, Any] | None:
    """What is known of the bytes: of pictures, how large they are."""
    asset = ctx.world.assets.get(file.id)
    if asset is None or asset.copy_of is not None:
        return None
    known: dict[str, Any] = {"type": asset.mime.partition("/")[0]}
    size = image_size(await ctx.files.head(file.id)) if known["type"] == "image" else None
    return known if size is None else known | {"width": size[0], "height": size[1]}


def _found(ctx: Context, call: Call) -> CloudFile:
    file = ctx.world.inference.files.get(call.params["file_id"])
    if file is None:
        raise missing("not_found", f"File {call.params['file_id']} not found.")
    return file


async def get_file(ctx: Context, call: Call) -> Reply:
    """Reads a record."""
    file = _found(ctx, call)
    return Reply(_shown(call, file, await _probed(ctx, file)))


async def delete_file(ctx: Context, call: Call) -> Reply:
    """Deletes a file: nothing is at its address any more."""
    cloud.forget(ctx, _found(ctx, call).id)
    return Reply(None)


async def list_files(ctx: Context, call: Call) -> Reply:
    """Lists files, the newest first."""
    asked: Listing = decode(call.body or b"{}", Listing)
    return listed(asked, (_shown(call, each) for each in ctx.world.inference.files.values()))


async def put_bytes(ctx: Context, call: Call) -> RawReply:
    """Takes the bytes of a file, at the address that its record was given for that."""
    ctx.links.check("PUT", call.request.rel_url.raw_path, call.query, ctx.clock.now())
    file = ctx.world.inference.files.get(call.params["file_id"])
    if file is None:
        raise _no_key()
    _check_headers(call, file)
    received = await ctx.files.receive(file.id, _body(call))
    file.size = received.size
    mime = sniff(received.head[:HEAD_BYTES]) or file.content_type or _UNKNOWN
    asset = cloud.asset_of(file.id, file.filename or "file", mime, created=file.created)
    asset.size = received.size
    ctx.world.assets[file.id] = asset
    return RawReply(content_type="", headers={"ETag": f'"{file.id}"'})


async def _body(call: Call) -> AsyncIterator[bytes]:
    async for chunk in call.request.content.iter_any():
        yield chunk


def _check_headers(call: Call, file: CloudFile) -> None:
    headers = call.request.headers
    if hdrs.TRANSFER_ENCODING in headers:
        raise Refusal(
            501, "NotImplemented", "A header you provided implies functionality not implemented."
        )
    if hdrs.CONTENT_LENGTH not in headers:
        raise Refusal(411, "MissingContentLength", "You must provide the Content-Length header.")
    if file.content_type is not None and headers.get(hdrs.CONTENT_TYPE) != file.content_type:
        words = f"The signed header Content-Type does not match: {file.content_type}."
        raise Refusal(403, "SignatureDoesNotMatch", words)


async def get_bytes(ctx: Context, call: Call) -> FileReply:
    """The bytes of a file; its address is public."""
    asset = ctx.world.assets.get(call.params["file_id"])
    known = ctx.world.inference.files.get(call.params["file_id"])
    if asset is None or known is None:
        raise _no_key()
    return await cloud.content(ctx, asset)


def _no_key() -> Refusal:
    return Refusal(404, "NoSuchKey", "The specified key does not exist.")


_ONE: Final = "/files/{file_id}"
_TABLE: Final[tuple[tuple[str, str, Handler], ...]] = (
    ("POST", "/files", create_files),
    ("POST", "/files/list", list_files),
    ("GET", _ONE, get_file),
    ("DELETE", _ONE, delete_file),
)

ROUTES: Final = (
    *(
        Route(method=method, path=path, handler=handler, family=Family.INFERENCE)
        for method, path, handler in _TABLE
    ),
    *(
        Route(method=method, path=cloud.BYTES, handler=handler, family=Family.STORAGE, streams=True)
        for method, handler in (("PUT", put_bytes), ("GET", get_bytes), ("HEAD", get_bytes))
    ),
)
