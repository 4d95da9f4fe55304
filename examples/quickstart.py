"""A photo in, a talking video out.

With HEYGEN_API_KEY it is made by HeyGen (and billed); without, by a sandbox inside this process:

    python examples/quickstart.py hello.mp4
"""

import asyncio
import os
import sys
from contextlib import AsyncExitStack
from pathlib import Path

from heygen_async import HeyGen, World
from heygen_async.models import AssetId, AvatarVideo, PhotoAvatar
from heygen_async.sandbox import Sandbox
from heygen_async.testing.clock import ScaledClock

PHOTO = Path(__file__).parent / "media" / "chelsea.jpg"
SPEED = 40.0  # the sandbox's and the client's clock agree, so waiting is short here too


async def client(stack: AsyncExitStack) -> HeyGen:
    """A client of HeyGen, or of a sandbox when there is no key."""
    if os.environ.get("HEYGEN_API_KEY"):
        return await stack.enter_async_context(HeyGen())
    sandbox = await stack.enter_async_context(Sandbox(speed=SPEED))
    world = World(clock=ScaledClock(SPEED))
    return await stack.enter_async_context(HeyGen(api_key="any", base_url=sandbox.url, world=world))


async def main(target: Path) -> None:
    """Uploads the photo, makes an avatar of it, and lets it speak."""
    async with AsyncExitStack() as stack:
        heygen = await client(stack)
        photo = await heygen.assets.upload(PHOTO)
        avatar = await heygen.avatars.create(
            PhotoAvatar(name="Chelsea", file=AssetId(asset_id=photo.asset_id))
        )
        look = await avatar.wait()
        video = await heygen.videos.create(
            AvatarVideo(avatar_id=look.id, script="Hello. I was a photo a moment ago.")
        )
        print(await video.download(target, overwrite=True))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1] if len(sys.argv) > 1 else "hello.mp4")))
