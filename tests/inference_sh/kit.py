"""An inference.sh that says what it is told to, over real sockets, on a clock that jumps."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, NamedTuple

from aiohttp import web
from multidict import CIMultiDict

from heygen_async.testing import SkippingClock

KEY = "inf-canary-77c0ffee"
TASK = "2khe7rkth0000000000000task"
T0 = "2026-11-20T10:00:00.000000Z"

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
DROP = object()
HOLD = object()


def slim(status: Any = 1, **more: Any) -> dict[str, Any]:
    """What a run answers."""
    return {
        "id": TASK,
        "short_id": TASK[:8],
        "status": status,
        "status_text": "",
        "output": None,
        "created_at": T0,
        "updated_at": T0,
        **more,
    }


def at(seconds: int) -> str:
    return f"2026-11-20T10:{seconds // 60:02}:{seconds % 60:02}.5Z"


def wrapped(value: Any) -> dict[str, Any]:
    return {"data": value, "messages": []}


class Seen(NamedTuple):
    method: str
    path: str
    query: dict[str, str]
    headers: CIMultiDict[str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Cloud:
    """The server. Each route gives its answers in their order, and the last one for ever."""

    def __init__(self, clock: SkippingClock) -> None:
        self.clock = clock
        self.seen: list[Seen] = []
        self.busy = 0
        self.url = ""
        self._answers: dict[tuple[str, str], list[Answer]] = defaultdict(list)

    def on(self, method: str, path: str, *answers: Answer) -> None:
        self._answers[method, path] = list(answers)

    def run(self, task: dict[str, Any] | None = None) -> None:
        self.on("POST", "/apps/run", says(wrapped(task or slim())))

    def task(self, *tasks: dict[str, Any]) -> None:
        """What reads of the task show, the cheap ones too."""
        self.on("GET", f"/tasks/{TASK}", *(says(wrapped(each)) for each in tasks))
        self.on("GET", f"/tasks/{TASK}/status", *(says(wrapped(each)) for each in tasks))

    def stream(self, *connections: Answer) -> None:
        self.on("GET", f"/tasks/{TASK}/stream", *connections)

    def count(self, method: str, path: str) -> int:
        return sum((each.method, each.path) == (method, path) for each in self.seen)

    @property
    def connects(self) -> int:
        return self.count("GET", f"/tasks/{TASK}/stream")

    async def handle(self, request: web.Request) -> web.StreamResponse:
        with self.at_work():
            self.seen.append(
                Seen(
                    request.method,
                    request.path,
                    dict(request.query),
                    CIMultiDict(request.headers),
                    await request.read(),
                )
            )
            waiting = self._answers[request.method, request.path]
            if not waiting:
                return web.json_response(problem("not_found", 404), status=404)
            answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            return await answer(request)

    @contextmanager
    def at_work(self, step: int = 1) -> Iterator[None]:
        self.busy += step
        try:
            yield
        finally:
            self.busy -= step

    def lines(self, *pieces: Any, kind: str = "application/x-ndjson") -> Answer:
        """A stream: bytes as they are, objects as lines, numbers as seconds to wait."""

        async def answer(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(headers={"Content-Type": kind})
            await response.prepare(request)
            for piece in pieces:
                if piece is DROP:
                    assert request.transport is not None
                    request.transport.abort()
                    return response
                if piece is HOLD:
                    with self.at_work(-1):
                        await asyncio.Event().wait()
                if isinstance(piece, int | float):
                    with self.at_work(-1):
                        await self.clock.sleep(piece)
                    continue
                data = piece if isinstance(piece, bytes) else json.dumps(piece).encode() + b"\n"
                await response.write(data)
                for _ in range(20):  # until it has arrived
                    await asyncio.sleep(0)
            return response

        return answer


def says(body: Any, status: int = 200, **headers: str) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        kind = "application/problem+json" if status >= 400 else "application/json"
        text = body if isinstance(body, str) else json.dumps(body)
        return web.Response(text=text, status=status, headers=headers, content_type=kind)

    return answer


def problem(code: str, status: int, detail: str = "It does not work.", **more: Any) -> Any:
    return {
        "type": f"https://api.inference.sh/errors/{code}",
        "title": code.replace("_", " ").title(),
        "status": status,
        "detail": detail,
        **more,
    }


def refuses(code: str, status: int, **headers: str) -> Answer:
    return says(problem(code, status), status, **headers)


@asynccontextmanager
async def serving(clock: SkippingClock) -> AsyncIterator[Cloud]:
    cloud = Cloud(clock)
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", cloud.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    cloud.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    clock.watch(lambda: cloud.busy)
    try:
        yield cloud
    finally:
        await runner.cleanup()


HEARTBEAT = {"type": "heartbeat"}
AVATAR = {
    "avatar": {"id": "look1", "name": "Chelsea", "avatar_type": "photo", "group_id": "group1"},
    "group": {"id": "group1", "name": "Chelsea", "consent_status": None},
}
VIDEO = {"video": "https://cloud.inference.sh/app/files/t/team/video.mp4"}
