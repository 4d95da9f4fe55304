"""Files within requests: whatever is not an asset yet is uploaded on the way."""

from collections.abc import AsyncIterable, Awaitable, Callable, Iterable
from functools import lru_cache
from os import PathLike
from typing import Any, TypeAlias, TypeVar, cast, get_args

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.models import Asset, AssetBase64, AssetId, AssetInput, AssetUrl, Request
from heygen_async.models.files import SeekableFile, UploadSource

R = TypeVar("R", bound=Request)
Upload: TypeAlias = Callable[[UploadSource], Awaitable[Asset]]


async def resolve(request: R, upload: Upload) -> R:
    """The request with an asset in the place of every file.

    Nothing is uploaded before all of the request has been looked at.

    Args:
        request: As the user wrote it.
        upload: Uploads one file.

    Raises:
        InvalidRequestError: A text that is neither an asset id nor an address.
        HeyGenError: As an upload.
    """
    changes: dict[str, Any] = {}
    for name, wanted in _fields(type(request)):
        value = getattr(request, name)
        changed = await _changed(value, name, upload, wanted=wanted)
        if changed is not value:
            changes[name] = changed
    return msgspec.structs.replace(request, **changes) if changes else request


async def _changed(value: Any, name: str, upload: Upload, *, wanted: bool) -> Any:
    match value:
        case None | AssetUrl() | AssetId() | AssetBase64():
            return value
        case list():
            return [
                await _changed(item, name, upload, wanted=wanted)
                for item in cast("Iterable[Any]", value)
            ]
        case dict():
            given = cast("dict[str, Any]", value)
            return {
                key: await _changed(item, name, upload, wanted=wanted)
                for key, item in given.items()
            }
        case Request():
            return await resolve(value, upload)
        case _:
            return await as_asset(value, name, upload) if wanted else value


async def as_asset(value: Any, name: str, upload: Upload) -> AssetInput:
    """One file as an asset.

    Args:
        value: An asset, an asset id, an address, or something to upload.
        name: The field, for the error.
        upload: Uploads one file.

    Raises:
        InvalidRequestError: A text that is neither an asset id nor an address.
        HeyGenError: As an upload.
    """
    match value:
        case AssetUrl() | AssetId() | AssetBase64():
            return value
        case str() if value.startswith(("http://", "https://")):
            return AssetUrl(url=value)
        case str():
            if not value or any(ch in "/\\." or ch.isspace() for ch in value):
                raise InvalidRequestError(
                    name,
                    value,
                    "must be an asset id or an address",
                    hint="A file on disk is given as a Path.",
                )
            return AssetId(asset_id=value)
        case bytes() | bytearray() | memoryview() | PathLike() | SeekableFile() | AsyncIterable():
            source = cast("UploadSource", value)
            return AssetId(asset_id=(await upload(source)).asset_id)
        case _:
            raise InvalidRequestError(
                name, value, "must be an asset, an asset id, an address, a Path, bytes or a stream"
            )


@lru_cache(maxsize=512)
def _fields(kind: type[Any]) -> tuple[tuple[str, bool], ...]:
    """The fields of a request that may hold a file, or one with a file; whether the file itself."""
    if not issubclass(kind, Request):
        return ()
    found = [(each.name, _types_in(each.type)) for each in msgspec.structs.fields(kind)]
    return tuple(
        (name, AssetId in types)
        for name, types in found
        if AssetId in types or any(map(_fields, types))
    )


def _types_in(annotation: Any) -> set[Any]:
    """Every type that an annotation mentions."""
    found = {annotation}
    for part in get_args(annotation):
        if not isinstance(part, str):
            found |= _types_in(part) if get_args(part) else {part}
    return {each for each in found if isinstance(each, type)}
