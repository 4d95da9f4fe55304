"""Hear of finished videos instead of asking: signed deliveries in an aiohttp.web app.

python examples/webhooks.py            on a sandbox of its own, no key needed

With HeyGen, ``PUBLIC_URL`` is the https address under which this app can be reached, and
``HEYGEN_WEBHOOK_SECRET`` the secret that HeyGen gave at the first start.
"""

import asyncio
import os

from aiohttp import web

from heygen_async import HeyGen
from heygen_async.contrib.aiohttp_web import webhook_routes
from heygen_async.models import AvatarVideo
from heygen_async.sandbox import Sandbox
from heygen_async.webhooks import Delivery, Inbox, VideoDelivery

PORT = int(os.environ.get("PORT", "8081"))


def handlers(inbox: Inbox, heard: asyncio.Event) -> None:
    """What the app does with what it hears; HeyGen was answered before."""

    @inbox.on("avatar_video.*")
    async def told(delivery: Delivery) -> None:
        if isinstance(delivery, VideoDelivery):
            print(f"{delivery.event_type} {delivery.video_id} signed={delivery.signed}")
            heard.set()


async def main() -> None:
    """Registers, orders a video, and waits to be told."""
    async with (
        Sandbox(speed=60, media=False) as sandbox,
        HeyGen(api_key="sandbox", base_url=sandbox.url) as heygen,
    ):
        app, heard = web.Application(), asyncio.Event()
        runner = web.AppRunner(app)
        url = os.environ.get("PUBLIC_URL", f"http://127.0.0.1:{PORT}/heygen")
        known = os.environ.get("HEYGEN_WEBHOOK_SECRET")
        endpoint = await heygen.webhooks.ensure(url, secret=known)
        async with heygen.inbox(endpoint.secret) as inbox:
            handlers(inbox, heard)
            app.add_routes(webhook_routes(inbox, "/heygen"))
            await runner.setup()
            try:
                await web.TCPSite(runner, "127.0.0.1", PORT).start()
                looks = await heygen.avatars.list_looks(limit=1)
                wanted = AvatarVideo(avatar_id=looks.items[0].id, script="Hello.")
                job = await heygen.videos.create(wanted)
                await heard.wait()
                video = await job.wait()
                print(f"{video.id} is {video.status}, after {heygen.status_calls} status calls")
            finally:
                # The server first: the inbox then handles what it has acknowledged.
                await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
