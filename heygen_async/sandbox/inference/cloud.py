"""The files of inference.sh: how they are named, kept and read."""

import base64
import re
from typing import Final

from heygen_async.sandbox import dubbing
from heygen_async.sandbox.context import Context, FileReply
from heygen_async.sandbox.inference.records import CloudFile, Task
from heygen_async.sandbox.links import storage_path
from heygen_async.sandbox.refusal import Refusal
from heygen_async.sandbox.world import Asset

_AREA: Final = "cloud"
_PATH: Final = re.compile(rf"https?://[^/]+{storage_path(_AREA)}/(\w+)/")

BYTES: Final = f"{storage_path(_AREA)}/{{file_id}}/{{name}}"
"""The path of the bytes of a file, for the table of endpoints."""


def new_id(ctx: Context, kind: str) -> str:
    """An unused id as inference.sh makes them: 26 small letters and digits."""
    return base64.b32encode(bytes.fromhex(ctx.new_id(f"inference_{kind}"))).decode()[:26].lower()


def new_file(ctx: Context, category: str, name: str | None) -> CloudFile:
    """A record without bytes."""
    file_id, now = new_id(ctx, "file"), ctx.clock.now()
    file = CloudFile(id=file_id, created=now, category=category, filename=name)
    ctx.world.inference.files[file_id] = file
    return file


def path_of(file: CloudFile) -> str:
    """Where the bytes of a file are put and got."""
    return storage_path(_AREA, file.id, file.filename or "file")


def result(ctx: Context, task: Task, name: str, *, size: int | None = None) -> CloudFile:
    """The record of a file that a task makes."""
    file = new_file(ctx, "outputs", name)
    file.size = size
    task.outputs.append(file.id)
    return file


def asset_of(file_id: str, name: str, mime: str, *, created: float) -> Asset:
    """The bytes of a file; HeyGen's own lists do not show them."""
    return Asset(id=file_id, name=name, mime=mime, size=0, created=created, deleted=True)


def find_by_uri(ctx: Context, uri: object) -> CloudFile | None:
    """The file of ours at an address, by whatever name the host goes."""
    path = _PATH.match(uri) if isinstance(uri, str) else None
    return None if path is None else ctx.world.inference.files.get(path[1])


def forget(ctx: Context, file_id: str) -> None:
    """Deletes a file. What was made of it stays."""
    ctx.world.inference.files.pop(file_id, None)
    asset = ctx.world.assets.get(file_id)
    if asset is not None:
        asset.usable = False


async def content(ctx: Context, asset: Asset) -> FileReply:
    """The bytes of a file, rendered when they are first asked for.

    Raises:
        Refusal: 404, when HeyGen has deleted what they were.
    """
    world = ctx.world
    if asset.copy_of is None:
        return FileReply(ctx.files.path(asset.id), asset.mime)
    video, dubbed = world.videos.get(asset.copy_of), world.dubs.get(asset.copy_of)
    if video is not None:
        path = await ctx.studio.video(world, video.shot, captions=False)
    elif dubbed is not None:
        path = await dubbing.video(ctx, dubbed.dub)
    else:
        raise Refusal(404, "NoSuchKey", "The specified key does not exist.")
    return FileReply(path, asset.mime)
