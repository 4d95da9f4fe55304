"""Files as other requests name them: by id, by address, or inside the request."""

import base64
import binascii
import ipaddress
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from heygen_async.models import AssetBase64, AssetId, AssetUrl
from heygen_async.models.files import FileInput
from heygen_async.sandbox.context import Call, Context
from heygen_async.sandbox.library import PIECES
from heygen_async.sandbox.links import ROOT
from heygen_async.sandbox.refusal import Refusal, invalid, missing
from heygen_async.sandbox.world import Asset
from heygen_async.wire.media_types import EXTENSIONS, HEAD_BYTES, sniff

ACCEPTED: Final = frozenset(
    {
        "image/png",
        "image/jpeg",
        "video/mp4",
        "video/webm",
        "audio/mpeg",
        "audio/wav",
        "application/pdf",
        "application/x-subrip",
    }
)
"""Content types that an upload through the API may have."""

DIRECT: Final = ACCEPTED | {"application/zip"}
"""Content types that a direct upload may have; HyperFrames projects are zip files."""

_BY_EXTENSION: Final = {suffix: mime for mime, suffix in EXTENSIONS.items()} | {
    ".jpeg": "image/jpeg"
}
_LAG_SECONDS: Final = 1.0
_HTTP_PORT: Final = 80
_STAND_INS: Final = {
    "image": "image/jpeg",
    "video": "video/mp4",
    "audio": "audio/mpeg",
    "application": "application/x-subrip",
}


def detected(head: bytes, accepted: frozenset[str] = ACCEPTED) -> str:
    """The content type of an upload by its first bytes.

    Raises:
        Refusal: 400, when HeyGen does not take such files.
    """
    mime = sniff(head[:HEAD_BYTES])
    if mime not in accepted:
        raise invalid(
            "file",
            f"file: unsupported file type {mime or 'unknown'}; expected png, jpeg, mp4, "
            "webm, mp3, wav, pdf or srt",
        )
    return mime


def public_url(call: Call, asset: Asset) -> str:
    """The address of an asset; it does not run out."""
    return f"{call.base}{ROOT}/assets/{asset.id}/original{EXTENSIONS.get(asset.mime, '')}"


def resolve(ctx: Context, call: Call, given: FileInput, *, kind: str, param: str) -> Asset:
    """The asset that a request means.

    Args:
        ctx: The sandbox.
        call: The request.
        given: What the request says.
        kind: ``image``, ``video`` or ``audio``.
        param: Path of the field.

    Raises:
        Refusal: 404 for an unknown id, 400 for another kind of file or an unusable address.
    """
    if isinstance(given, AssetId):
        return by_id(ctx, given.asset_id, kind=kind, param=f"{param}.asset_id")
    if isinstance(given, AssetBase64):
        return _from_base64(ctx, given, kind=kind, param=param)
    if isinstance(given, AssetUrl):
        return by_url(ctx, call, given.url, kind=kind, param=f"{param}.url")
    raise invalid(param, f"{param}: not an asset")


def by_id(ctx: Context, asset_id: str, *, kind: str, param: str) -> Asset:
    """The asset with an id, of a kind.

    Raises:
        Refusal: 404 when it is unknown or its upload not completed, 400 for another kind.
    """
    asset = ctx.world.assets.get(asset_id)
    if asset is None:
        raise missing("asset_not_found", f"Asset {asset_id} not found.")
    if not asset.usable:
        raise missing("asset_not_found", f"Asset {asset_id} is not usable: complete its upload.")
    return _of_kind(asset, kind, param)


def check_lag(ctx: Context, asset: Asset | None) -> None:
    """Refuses a file that is too new to be known everywhere, if the sandbox shall lag.

    Raises:
        Refusal: 404, which passes.
    """
    if not ctx.settings.lag or asset is None:
        return
    if ctx.clock.now() < asset.created + _LAG_SECONDS:
        raise missing("asset_not_found", f"Asset {asset.id} not found.")


def by_url(ctx: Context, call: Call, url: str, *, kind: str, param: str) -> Asset:
    """The asset at an address. What lies outside the sandbox is stood in for by a drawing.

    Raises:
        Refusal: 400 ``download_failed`` for an address that HeyGen could not fetch.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _unreachable(url, "it is not an address", param) from None
    if parts.path.startswith(f"{ROOT}/") and _is_here(call, parts):
        return _of_kind(_own(ctx, parts.path, url, param), kind, param)
    if parts.scheme != "https" or not _is_public(parts.hostname or ""):
        raise _unreachable(url, "the address must be public and begin with https://", param)
    path = PurePosixPath(parts.path)
    mime = _BY_EXTENSION.get(path.suffix.lower(), _STAND_INS[kind])
    if not mime.startswith(f"{kind}/"):
        raise _unreachable(url, f"expected a file of type {kind}, got {mime}", param)
    return _drawn(ctx, name=path.name or "download", mime=mime, seed=url)


def _drawn(ctx: Context, *, name: str, mime: str, seed: str) -> Asset:
    """A file that we know of but do not have."""
    asset = Asset(
        id=ctx.new_id("asset"), name=name, mime=mime, size=0, created=ctx.clock.now(), drawn=seed
    )
    ctx.world.assets[asset.id] = asset
    return asset


def _own(ctx: Context, path: str, url: str, param: str) -> Asset:
    """The asset behind an address of ours."""
    area, _, rest = path.removeprefix(f"{ROOT}/").partition("/")
    name = unquote(rest.partition("/")[0])
    piece = PIECES.get(name) if area == "library" else None
    if piece is not None:
        return _drawn(ctx, name=piece.name, mime="image/jpeg", seed=piece.id)
    if area in {"assets", "photos", "cloud"}:
        asset = ctx.world.assets.get(name)
        if asset is not None and asset.usable:
            return asset
    if (area == "videos" and name in ctx.world.videos) or (
        area == "dubs" and name in ctx.world.dubs
    ):
        copy = _drawn(ctx, name="video.mp4", mime="video/mp4", seed=name)
        copy.copy_of = name
        return copy
    look = ctx.world.looks.get(name) if area == "looks" else None
    if look is not None:
        photo = ctx.world.assets.get(look.photo or "")
        return photo or _drawn(ctx, name="preview.jpg", mime="image/jpeg", seed=look.drawn)
    raise _unreachable(url, "there is nothing at this address", param)


def _is_here(call: Call, parts: SplitResult) -> bool:
    """Whether an address leads back to us, by whatever name the host goes."""
    try:
        here, there = (each.port or _HTTP_PORT for each in (urlsplit(call.base), parts))
    except ValueError:
        return False
    return parts.scheme == "http" and here == there


def _unreachable(url: str, why: str, param: str) -> Refusal:
    words = f"Could not download {url}: {why}."
    return Refusal(400, "download_failed", words, param=param, number=400175)


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal"))


def _of_kind(asset: Asset, kind: str, param: str) -> Asset:
    if not asset.mime.startswith(f"{kind}/"):
        raise invalid(param, f"{param}: expected a file of type {kind}, got {asset.mime}")
    return asset


def _from_base64(ctx: Context, given: AssetBase64, *, kind: str, param: str) -> Asset:
    try:
        content = base64.b64decode(given.data, validate=True)
    except (binascii.Error, ValueError):
        raise invalid(f"{param}.data", f"{param}.data: not valid base64") from None
    mime = detected(content, DIRECT)
    if mime != given.media_type:
        name = f"{param}.media_type"
        raise invalid(name, f"{name}: the content is {mime}, not {given.media_type}")
    asset = Asset(
        id=ctx.new_id("asset"),
        name=f"inline{EXTENSIONS[mime]}",
        mime=mime,
        size=len(content),
        created=ctx.clock.now(),
    )
    _of_kind(asset, kind, param)
    ctx.files.path(asset.id).write_bytes(content)
    ctx.world.assets[asset.id] = asset
    return asset
