"""``POST /v1/asset``: a file as the raw body."""

from collections.abc import AsyncIterator
from typing import Final

from heygen_async.sandbox.assets import public_url
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.refusal import Refusal
from heygen_async.sandbox.world import Asset
from heygen_async.wire.media_types import EXTENSIONS, HEAD_BYTES, sniff

LIMIT: Final = 100 * 1024 * 1024
"""Most bytes of a file; HeyGen's own pages name anything from 10 to 500 MB."""

_ACCEPTED: Final = frozenset(
    {
        "image/jpeg",
        "image/png",
        "video/mp4",
        "video/webm",
        "audio/mpeg",
        "audio/wav",
    }
)
_SPELLINGS: Final = {"audio/x-wav": "audio/wav", "audio/wave": "audio/wav"}


async def upload_asset(ctx: Context, call: Call) -> Reply:
    """Takes a file; ``Content-Type`` must say what it is, and be right."""
    declared = call.request.content_type
    mime = _SPELLINGS.get(declared, declared)
    if mime not in _ACCEPTED:
        raise _refused(f"Content type {declared} is not supported.")
    asset_id = ctx.new_id("asset")
    received = await ctx.files.receive(asset_id, _body(call), limit=LIMIT)
    found = sniff(received.head[:HEAD_BYTES])
    if found != mime:
        ctx.files.path(asset_id).unlink(missing_ok=True)
        raise _refused(f"Content type {declared} does not fit the file, which is {found}.")
    now = ctx.clock.now()
    kind = mime.partition("/")[0]
    key = image_key(asset_id) if kind == "image" else None
    asset = Asset(
        id=asset_id,
        name=f"{asset_id}{EXTENSIONS[mime]}",
        mime=mime,
        size=received.size,
        created=now,
        image_key=key,
    )
    ctx.world.assets[asset_id] = asset
    if key is not None:
        ctx.world.image_keys[key] = asset_id
    return Reply(
        {
            "id": asset_id,
            "name": asset.name,
            "file_type": kind,
            "url": public_url(call, asset),
            "image_key": key,
            "folder_id": "",
            "meta": None,
            "created_ts": int(now),
        }
    )


def image_key(asset_id: str) -> str:
    """v1's name for a picture, which is not its asset id."""
    return f"image/{asset_id}/original.jpg"


def _refused(message: str) -> Refusal:
    return Refusal(400, "invalid_parameter", message, number=400175)


async def _body(call: Call) -> AsyncIterator[bytes]:
    async for chunk in call.request.content.iter_any():
        yield chunk


ROUTES: Final = (
    Route(
        method="POST",
        path="/v1/asset",
        handler=upload_asset,
        family=Family.CODE,
        streams=True,
    ),
)
