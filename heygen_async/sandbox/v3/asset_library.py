"""``/v3/assets``: what is there, what can be found, and getting rid of it."""

from typing import Any, Final

from heygen_async.sandbox.assets import public_url
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.ids import stable_id
from heygen_async.sandbox.library import PIECES, Piece, ranked
from heygen_async.sandbox.links import storage_path
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.refusal import invalid, missing
from heygen_async.sandbox.v3.audio import searched
from heygen_async.sandbox.v3.users import USERNAME
from heygen_async.sandbox.validation import whole_number
from heygen_async.sandbox.world import Asset

_QUERY_MAX: Final = 1000
_SPACE: Final = stable_id("space", "sandbox")


async def list_assets(ctx: Context, call: Call) -> Reply:
    """Lists the uploads of a member, the newest first."""
    username = call.query.get("username")
    if not username:
        raise invalid("username", "username: Field required")
    limit = whole_number(call.query.get("limit"), "limit", default=20, low=1, high=100)
    # Nothing lies in a folder here.
    own = username == USERNAME and not call.query.get("folder_id")
    found = [each for each in reversed(ctx.world.assets.values()) if is_upload(each)]
    items = [_detail(call, each) for each in found] if own else []
    return page(items, limit=limit, token=call.query.get("token"))


def is_upload(asset: Asset) -> bool:
    """Whether somebody uploaded it, and it is there: what stands in for an address is not."""
    return asset.usable and not asset.deleted and asset.drawn is None and asset.copy_of is None


def _detail(call: Call, asset: Asset) -> dict[str, Any]:
    return {
        "id": asset.id,
        "name": asset.name,
        "type": _type(asset.mime),
        "owner": USERNAME,
        "space_id": _SPACE,
        "folder_id": None,
        "uploaded_at": int(asset.created),
        "url": public_url(call, asset),
    }


def _type(mime: str) -> str:
    family, _, kind = mime.partition("/")
    return kind.removeprefix("x-") if family == "application" else family


def _found(ctx: Context, call: Call) -> Asset:
    asset = ctx.world.assets.get(call.params["asset_id"])
    if asset is None or not asset.usable or asset.deleted:
        raise missing("asset_not_found", f"Asset {call.params['asset_id']} not found.")
    return asset


async def get_asset(ctx: Context, call: Call) -> Reply:
    """Reads what is kept of a file."""
    return Reply(_detail(call, _found(ctx, call)))


async def delete_asset(ctx: Context, call: Call) -> Reply:
    """Deletes a file. Its bytes stay for what was made of it."""
    asset = _found(ctx, call)
    discard(asset)
    return Reply({"id": asset.id})


def discard(asset: Asset) -> None:
    """Lets nobody see a file any more, nor use it."""
    asset.deleted, asset.usable = True, False


async def search_assets(ctx: Context, call: Call) -> Reply:
    """Finds pictures or icons by words, the nearest first."""
    words = searched(call, _QUERY_MAX)
    kind = call.query.get("type")
    if kind not in {"image", "icon"}:
        raise invalid("type", f"type: {kind!r} is neither 'image' nor 'icon'")
    scope = call.query.get("scope", "public")
    if scope not in {"public", "personal"}:
        raise invalid("scope", f"scope: {scope!r} is neither 'public' nor 'personal'")
    limit = whole_number(call.query.get("limit"), "limit", default=20, low=1, high=50)
    things = _public(call, kind) if scope == "public" else _personal(ctx, call, kind)
    found = [shown for _, shown in ranked(words, things)]
    return page(found, limit=limit, token=call.query.get("token"))


def _public(call: Call, kind: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{piece.name} {piece.words}", _shown(call, piece))
        for piece in PIECES.values()
        if piece.type == kind
    ]


def _shown(call: Call, piece: Piece) -> dict[str, Any]:
    icon = piece.type == "icon"
    name = "icon.png" if icon else "image.jpg"
    shape = "square" if piece.width == piece.height else "landscape"
    return {
        "id": piece.id,
        "url": call.base + storage_path("library", piece.id, name),
        "width": piece.width,
        "height": piece.height,
        "orientation": "portrait" if piece.width < piece.height else shape,
        "is_transparent": icon,
        "type": piece.type,
    }


def _personal(ctx: Context, call: Call, kind: str) -> list[tuple[str, dict[str, Any]]]:
    """The pictures that were uploaded; nobody knows yet how large they are."""
    if kind == "icon":
        return []
    return [
        (
            asset.name.replace("_", " ").replace("-", " "),
            {
                "id": asset.id,
                "url": public_url(call, asset),
                "width": None,
                "height": None,
                "orientation": None,
                "is_transparent": None,
                "type": "image",
            },
        )
        for asset in ctx.world.assets.values()
        if is_upload(asset) and asset.mime.startswith("image/")
    ]


_ASSET: Final = "/v3/assets/{asset_id}"

ROUTES: Final = (
    Route(method="GET", path="/v3/assets", handler=list_assets),
    Route(method="GET", path="/v3/assets/search", handler=search_assets),
    Route(method="GET", path=_ASSET, handler=get_asset),
    Route(method="DELETE", path=_ASSET, handler=delete_asset),
)
