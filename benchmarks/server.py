"""The sandbox as the other side: ``python -m benchmarks.server``. Renders nothing."""

import asyncio
import signal
from typing import Final

from benchmarks.process import SERVER_CORE, pin
from heygen_async.sandbox import Sandbox

_SLOTS: Final = 1000


async def _serve() -> None:
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with Sandbox(media=False, slots=_SLOTS) as sandbox:
        print(f"ready: {sandbox.url}", flush=True)
        await stopped.wait()


if __name__ == "__main__":
    pin(SERVER_CORE)
    asyncio.run(_serve())
