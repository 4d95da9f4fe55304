"""HeyGen's side of the wire, and a clock that notes who wanted to sleep."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from types import SimpleNamespace
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aioresponses import aioresponses
from multidict import CIMultiDict
from yarl import URL

from heygen_async import HeyGen, RetryPolicy, World

KEY = "hg-canary-5f1d9c"
API = "https://api.heygen.com"
UPLOAD = "https://upload.heygen.com"
EPOCH = 1_800_000_000.0
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class RecordingClock:
    """Sleeps are noted and over at once."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def time(self) -> float:
        return EPOCH + self.now

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


class Sink(AbstractStreamWriter):
    """Takes what a body writes."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.pieces: list[int] = []

    async def write(self, chunk: Any) -> None:
        self.data += chunk
        self.pieces.append(len(chunk))

    async def write_eof(self, chunk: bytes = b"") -> None:
        self.data += chunk

    async def drain(self) -> None:
        pass

    def enable_compression(self, *_: Any, **__: Any) -> None:
        raise AssertionError

    def enable_chunking(self) -> None:
        raise AssertionError

    async def write_headers(self, *_: Any, **__: Any) -> None:
        raise AssertionError


class MockedResponse(aiohttp.ClientResponse):
    """aioresponses 0.7.9 does not know the argument that aiohttp 3.14 asks for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("stream_writer", SimpleNamespace(output_size=0))
        super().__init__(*args, **kwargs)


class Mocked(aioresponses):
    """Counts requests without a deep copy of them, which would copy open files too."""

    async def _request_mock(
        self, orig_self: aiohttp.ClientSession, method: str, url: Any, *args: Any, **kwargs: Any
    ) -> aiohttp.ClientResponse:
        # What leaves has the headers of its session, too.
        kwargs["headers"] = orig_self._prepare_headers(kwargs.get("headers"))
        return await super()._request_mock(orig_self, method, url, *args, **kwargs)

    def _build_request_call(self, method: str = "GET", *_: Any, **__: Any) -> Any:
        return method


@dataclass(frozen=True)
class Sent:
    """One request as it left."""

    method: str
    url: str
    headers: CIMultiDict[str]
    body: bytes | None
    length: int | None
    options: dict[str, Any] = field(repr=False)

    @property
    def json(self) -> Any:
        assert self.body is not None
        return json.loads(self.body)

    @property
    def key(self) -> str | None:
        return self.headers.get("Idempotency-Key")


class Wire:
    """Answers in the order in which they were prepared, and every request that came."""

    def __init__(self, mocked: Mocked) -> None:
        self._mocked = mocked
        self.sent: list[Sent] = []

    def answer(
        self,
        method: str,
        url: str,
        payload: Any = None,
        *,
        status: int = 200,
        body: bytes | str = b"",
        headers: Mapping[str, str] | None = None,
        exception: BaseException | None = None,
        repeat: bool = False,
    ) -> None:
        async def note(at: URL, **options: Any) -> None:
            data = options.get("data")
            length = getattr(data, "size", None)
            if isinstance(data, aiohttp.payload.Payload):
                sink = Sink()
                await data.write_with_length(sink, None)
                data = bytes(sink.data)
            given = CIMultiDict(options.pop("headers", None) or {})
            self.sent.append(Sent(method, str(at), given, data, length, options))

        self._mocked.add(
            url if url.startswith("http") else f"{API}{url}",
            method=method,
            status=status,
            payload=payload,
            body=body,
            headers=dict(headers or {}),
            exception=exception,  # type: ignore[arg-type]
            response_class=MockedResponse,
            repeat=repeat,
            callback=note,
        )

    def ok(self, method: str, url: str, data: Any, **more: Any) -> None:
        """A good v3 answer."""
        self.answer(method, url, {"data": data}, **more)

    @property
    def asked(self) -> int:
        """Requests, the unexpected ones too."""
        return sum(len(calls) for calls in self._mocked.requests.values())


def world(clock: RecordingClock) -> World:
    ids = count(1)
    return World(clock=clock, uniform=lambda: 0.5, new_id=lambda: f"id{next(ids)}")


def client(clock: RecordingClock, **more: Any) -> HeyGen:
    return HeyGen(**{"api_key": KEY, "world": world(clock)} | more)


@asynccontextmanager
async def serving(answer: Answer, **options: Any) -> AsyncIterator[HeyGen]:
    """A client, and a server on a real socket that answers everything like this."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    options.setdefault("retry", RetryPolicy(max_retries=0))
    try:
        async with HeyGen(api_key=KEY, base_url=f"http://127.0.0.1:{port}", **options) as heygen:
            yield heygen
    finally:
        await runner.cleanup()
