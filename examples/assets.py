"""Every way to hand HeyGen a file: a path, bytes, an open file, a stream, an address.

With HEYGEN_API_KEY they go to HeyGen (the avatar of the last one is billed); without, to a sandbox
inside this process:

    python examples/assets.py photo.jpg
"""

import asyncio
import sys
import warnings
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import aiofiles
from quickstart import PHOTO, client

from heygen_async import HeyGen, HeyGenDeprecationWarning
from heygen_async.models import AssetUrl, PhotoAvatar
from heygen_async.models.files import UploadSource


async def stream(path: Path) -> AsyncIterator[bytes]:
    """Bytes that come piece by piece, such as the body of a request to a server of yours."""
    async with aiofiles.open(path, "rb") as file:
        while piece := await file.read(65536):
            yield piece


async def sources(heygen: HeyGen, photo: Path) -> list[str]:
    """A path, bytes, an open file, a stream: each way takes each of them. Returns the asset ids."""
    with photo.open("rb") as file:
        forms: dict[str, UploadSource] = {
            "path": photo,
            "bytes": photo.read_bytes(),  # noqa: ASYNC240  an example may
            "open file": file,
            "stream": stream(photo),
        }
        ids: list[str] = []
        for name, form in forms.items():
            # A stream and bytes have no name of their own.
            asset = await heygen.assets.upload(form, filename=photo.name)
            print(f"{name}: {asset.asset_id}")
            ids.append(asset.asset_id)
    return ids


async def ways(heygen: HeyGen, photo: Path) -> str:
    """The ways to HeyGen; ``upload`` chooses one of the first two. Returns an address."""

    def sent(done: int, size: int) -> None:
        print(f"  {done:,} of {size:,} bytes")

    form = await heygen.assets.upload(photo, method="multipart", progress=sent)
    print(f"v3, within the call, up to 32 MiB: {form.asset_id}")
    direct = await heygen.assets.upload(photo, method="direct")
    print(f"v3, straight to the storage: {direct.asset_id}")
    raw = await heygen.v2.assets.upload(photo)
    print(f"v1, raw: {raw.id}, with the key {raw.image_key} for photo avatars")
    return raw.url or ""


async def many(heygen: HeyGen, photos: list[Path]) -> int:
    """Any number at once, in batches of 100. Returns how many failed."""
    results = await heygen.assets.upload_many(photos)
    for photo, result in zip(photos, results, strict=True):
        print(f"{photo.name}: {result.asset.asset_id if result.asset else result.error}")
    return sum(result.asset is None for result in results)


async def by_address(heygen: HeyGen, url: str, photo: Path) -> None:
    """Nothing is uploaded: HeyGen fetches it. And a file within a request is uploaded by itself."""
    for file in (AssetUrl(url=url), photo):
        avatar = await heygen.avatars.create(PhotoAvatar(name="Chelsea", file=file))
        print(f"avatar {avatar.id}")


async def main(photo: Path) -> None:
    """Does it with the key of the environment, or in a sandbox."""
    async with AsyncExitStack() as stack:
        heygen = await client(stack)
        await sources(heygen, photo)
        url = await ways(heygen, photo)
        await many(heygen, [photo, photo.with_name("nobody.jpg")])
        await by_address(heygen, url, photo)


if __name__ == "__main__":
    warnings.simplefilter("ignore", HeyGenDeprecationWarning)
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else PHOTO))
