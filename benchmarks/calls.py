"""A small call, GET /v3/videos/{id}, by three clients, and by two of them on uvloop."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from importlib.util import find_spec
from typing import Any, Final

import aiohttp
import httpx
import msgspec

from benchmarks.models import Answer, PydanticAnswer
from benchmarks.plan import Plan, Section, interleaved, say
from benchmarks.process import server, work
from benchmarks.rows import Row, at_most_ratio, rows
from heygen_async import HeyGen
from heygen_async.models import AvatarVideo

KEY: Final = "benchmark-key"
OURS: Final = "heygen_async"
AIOHTTP: Final = "bare aiohttp + msgspec"
HTTPX: Final = "httpx + pydantic"
VARIANTS: Final = (OURS, AIOHTTP, HTTPX)
UVLOOP: Final = (OURS, AIOHTTP) if find_spec("uvloop") else ()
VIDEOS: Final = 200
"""Different ids, because whoever reads one video does not read it all day: no client may answer
from a cache of parsed addresses what it would not have there in real life."""

GOALS: Final = {1: at_most_ratio(1.1), 16: at_most_ratio(1.0)}
"""By how many calls are made at a time."""

_HTTPX_SHARE: Final = 5
_UNIT: Final = "us CPU/call"
_METHOD: Final = f"""\
- **GET a video**: CPU of the client process, user and system, per call (`time.process_time`), over
  keep-alive connections and {VIDEOS} different ids, after a warm-up. "Bare" is a plain
  `ClientSession`, `session.get(url)`, `await response.read()` and a msgspec decoder, without
  retries, errors, deadlines or limits. The ratio is to that. On uvloop, where it is installed, it
  is to the same on uvloop. Counted by callgrind, a call of ours takes as many instructions as a
  bare one at 16 at a time (374,000 to 380,000 each, 2 % more at one at a time): what a session
  without cookie jar, a timer per call and an address to parse saves, pays for some 35 functions of
  retry loop, deadline, limits and decoding. In time they are a few parts in a hundred dearer: it is
  more code and more data to bring into the processor's caches for every answer.
"""

_LOOK: Final = "Ada_public_office_front"
_AGES: Final = 100_000.0
Get = Callable[[str], Awaitable[Any]]


@asynccontextmanager
async def _ours(url: str) -> AsyncIterator[Get]:
    async with HeyGen(api_key=KEY, base_url=url) as heygen:
        yield heygen.videos.get


@asynccontextmanager
async def _aiohttp(url: str) -> AsyncIterator[Get]:
    """As people write it: nothing tuned, no error looked for."""
    decoder = msgspec.json.Decoder(Answer)
    async with aiohttp.ClientSession(headers={"X-Api-Key": KEY}) as session:

        async def get(video_id: str) -> Any:
            async with session.get(f"{url}/v3/videos/{video_id}") as response:
                return decoder.decode(await response.read()).data

        yield get


@asynccontextmanager
async def _httpx(url: str) -> AsyncIterator[Get]:
    async with httpx.AsyncClient(headers={"X-Api-Key": KEY}) as session:

        async def get(video_id: str) -> Any:
            response = await session.get(f"{url}/v3/videos/{video_id}")
            return PydanticAnswer.model_validate_json(response.content).data

        yield get


_CLIENTS: Final = {OURS: _ours, AIOHTTP: _aiohttp, HTTPX: _httpx}


async def measure(
    *, variant: str, url: str, ids: list[str], count: int, levels: list[int]
) -> dict[str, float]:
    """Microseconds of CPU per call at each level of concurrency, over keep-alive connections.

    CPU of the process, user and system, and not the clock: the sandbox is the slower side. Each
    level is warmed up first by a fifth of the calls.
    """
    found: dict[str, float] = {}
    async with _CLIENTS[variant](url) as get:
        for level in levels:
            await _run(get, ids, max(level, count // 5), level)
            before = time.process_time()
            await _run(get, ids, count, level)
            found[str(level)] = (time.process_time() - before) / count * 1e6
    return found


async def _run(get: Get, ids: list[str], count: int, level: int) -> None:
    """So many calls, so many of them at a time."""
    numbers = iter(range(count))

    async def caller() -> None:
        for number in numbers:
            wanted = ids[number % len(ids)]
            assert (await get(wanted)).id == wanted

    await asyncio.gather(*(caller() for _ in range(level)))


async def prepare(url: str) -> list[str]:
    """Makes finished videos to be read, and gives their ids."""
    async with HeyGen(api_key=KEY, base_url=url) as heygen:
        voices = await heygen.voices.list()
        request = AvatarVideo(
            avatar_id=_LOOK, voice_id=voices.items[0].voice_id, script="Hello.", title="Benchmark"
        )
        ids = [(await heygen.videos.create(request)).id for _ in range(VIDEOS)]
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/_sandbox/clock", json={"advance": _AGES}) as response,
    ):
        response.raise_for_status()
    return ids


def _run_all(plan: Plan) -> Iterator[Row]:
    with server("benchmarks.server") as url:
        ids = asyncio.run(prepare(url))

        def one(variant: str, *, uvloop: bool = False) -> dict[str, Any]:
            share = _HTTPX_SHARE if variant == HTTPX else 1  # it takes that much longer
            count = max(1, plan.calls // share)
            return work(
                "calls:measure",
                uvloop=uvloop,
                variant=variant,
                url=url,
                ids=ids,
                count=count,
                levels=list(GOALS),
            )

        say(f"{plan.calls} small calls, {plan.call_rounds} rounds")
        found = interleaved(VARIANTS, plan.call_rounds, one)
        on_uvloop = interleaved(UVLOOP, plan.call_rounds, partial(one, uvloop=True))
    for level, goal in GOALS.items():
        name = f"GET a video, {level} at a time"
        figures = found[str(level)]
        yield from rows(name, _UNIT, figures, yardstick=AIOHTTP, ours=OURS, goal=goal)
        if on_uvloop:
            figures = on_uvloop[str(level)]
            yield from rows(f"{name}, uvloop", _UNIT, figures, yardstick=AIOHTTP, ours=OURS)


SECTION: Final = Section("calls", _METHOD, _run_all)
