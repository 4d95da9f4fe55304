"""``/v1/asset``: files, each sent as the raw body of a request."""

from collections.abc import AsyncIterator
from typing import Any, Final

from heygen_async.sandbox.assets import public_url
from heygen_async.sandbox.context import Call, Context, Handler, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.pages import page_inside
from heygen_async.sandbox.refusal import Refusal
from heygen_async.sandbox.v3.asset_library import discard, is_upload
from heygen_async.sandbox.validation import whole_number
from heygen_async.sandbox.world import Asset
from heygen_async.wire.media_types import EXTENSIONS, HEAD_BYTES, sniff

LIMIT: Final = 100 * 1024 * 1024
"""Most bytes of a file; HeyGen's own pages name anything from 10 to 500 MB."""

_PHOTOS: Final = frozenset({"image/jpeg", "image/png"})
_ACCEPTED: Final = _PHOTOS | {"video/mp4", "video/webm", "audio/mpeg", "audio/wav"}
_SPELLINGS: Final = {"audio/x-wav": "audio/wav", "audio/wave": "audio/wav"}
_KINDS: Final = ("audio", "video", "image")


async def upload_asset(ctx: Context, call: Call) -> Reply:
    """Takes a file; ``Content-Type`` must say what it is, and be right."""
    asset = await _received(ctx, call, _ACCEPTED)
    ctx.world.assets[asset.id] = asset
    if asset.image_key is not None:
        ctx.world.image_keys[asset.image_key] = asset.id
    return Reply(_shown(call, asset) | {"image_key": asset.image_key, "meta": None})


async def receive_photo(ctx: Context, call: Call) -> Asset:
    """A photo that is the body of a request.

    Raises:
        Refusal: 400 for what is none, 413 for what is too large.
    """
    asset = await _received(ctx, call, _PHOTOS)
    ctx.world.assets[asset.id] = asset
    return asset


async def _received(ctx: Context, call: Call, accepted: frozenset[str]) -> Asset:
    declared = call.request.content_type
    mime = _SPELLINGS.get(declared, declared)
    if mime not in accepted:
        raise _refused(f"Content type {declared} is not supported.")
    asset_id = ctx.new_id("asset")
    received = await ctx.files.receive(asset_id, _body(call), limit=LIMIT)
    found = sniff(received.head[:HEAD_BYTES])
    if found != mime:
        ctx.files.path(asset_id).unlink(missing_ok=True)
        raise _refused(f"Content type {declared} does not fit the file, which is {found}.")
    return Asset(
        id=asset_id,
        name=f"{asset_id}{EXTENSIONS[mime]}",
        mime=mime,
        size=received.size,
        created=ctx.clock.now(),
        image_key=image_key(asset_id) if mime in _PHOTOS else None,
    )


def image_key(asset_id: str) -> str:
    """v1's name for a picture, which is not its asset id."""
    return f"image/{asset_id}/original.jpg"


def _refused(message: str) -> Refusal:
    return Refusal(400, "invalid_parameter", message, number=400175)


async def _body(call: Call) -> AsyncIterator[bytes]:
    async for chunk in call.request.content.iter_any():
        yield chunk


def _shown(call: Call, asset: Asset) -> dict[str, Any]:
    return {
        "id": asset.id,
        "name": asset.name,
        "file_type": asset.mime.partition("/")[0],
        "url": public_url(call, asset),
        "folder_id": "",
        "created_ts": int(asset.created),
    }


async def list_assets(ctx: Context, call: Call) -> Reply:
    """Lists uploads by kind, the newest first. Nothing lies in a folder here."""
    kind = call.query.get("file_type")
    if kind is not None and kind not in _KINDS:
        raise _refused(f"file_type: {kind!r} is none of {', '.join(_KINDS)}")
    limit = whole_number(call.query.get("limit"), "limit", default=100, low=0, high=100)
    found = [
        _shown(call, each)
        for each in reversed(ctx.world.assets.values())
        if is_upload(each) and each.mime.startswith(kind or _KINDS)
    ]
    items = [] if call.query.get("folder_id") else found
    return page_inside("assets", items, limit=limit, token=call.query.get("token"))


async def get_asset(ctx: Context, call: Call) -> Reply:
    """Reads what is kept of a file."""
    return Reply(_shown(call, _found(ctx, call)))


async def delete_asset(ctx: Context, call: Call) -> Reply:
    """Deletes a file."""
    discard(_found(ctx, call))
    return Reply(None)


def _found(ctx: Context, call: Call) -> Asset:
    """The asset of a path; an unknown one is an error inside a 200."""
    asset = ctx.world.assets.get(call.params["asset_id"])
    if asset is None or not is_upload(asset):
        words = f"Asset {call.params['asset_id']} not found."
        raise Refusal(200, "asset_not_found", words, number=400175)
    return asset


def _route(method: str, path: str, handler: Handler, *, streams: bool = False) -> Route:
    return Route(
        method=method,
        path=f"/v1/asset{path}",
        handler=handler,
        family=Family.CODE,
        streams=streams,
    )


ROUTES: Final = (
    _route("POST", "", upload_asset, streams=True),
    _route("GET", "/list", list_assets),
    _route("GET", "/{asset_id}", get_asset),
    _route("POST", "/{asset_id}/delete", delete_asset),
)
