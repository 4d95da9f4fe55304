"""What it takes to start: to import, to make a client, and to make one call, by whole programs."""

from collections.abc import Iterator
from typing import Final

from benchmarks.plan import Plan, Section, interleaved, say
from benchmarks.process import script, server
from benchmarks.rows import Row, at_most_ratio, rows

OURS: Final = "heygen_async"
LIBRARIES: Final = "its four libraries"
AIOHTTP: Final = "bare aiohttp + msgspec"
HTTPX: Final = "httpx + pydantic"
_MORE: Final = 3
"""Rounds of it for each of the calls: a start is short, and much else happens meanwhile."""

_METHOD: Final = """\
- **Start**: whole programs in fresh processes, from the start of the interpreter to its end, with
  compiled modules: user and system CPU (`getrusage`), and time. "Its four libraries" imports
  aiohttp, aiofiles, msgspec and anyio. `import heygen_async` loads next to nothing, because what is
  used is imported when it is used; so the lines below it say what that costs then: with a client,
  with the request and the resources of a render, and with a call to a server that knows no videos,
  as a program makes it that makes no other.
"""

_IMPORTS: Final = {
    OURS: "import heygen_async",
    LIBRARIES: "import aiohttp, aiofiles, msgspec, anyio",
    HTTPX: "import httpx, pydantic",
}
_CLIENT: Final = "from heygen_async import HeyGen\nheygen = HeyGen(api_key='k')"
_RENDER: Final = f"""{_CLIENT}
from heygen_async.models import AvatarVideo, PhotoAvatar
heygen.avatars, heygen.videos, heygen.v2
AvatarVideo(avatar_id="a", script="Hello.")
"""
_CLIENTS: Final = {OURS: _CLIENT, LIBRARIES: _IMPORTS[LIBRARIES]}
_RENDERS: Final = {OURS: _RENDER, LIBRARIES: _IMPORTS[LIBRARIES]}


def _calls(url: str) -> dict[str, str]:
    """The same one call, as people write it."""
    return {
        OURS: f"""
import asyncio
from heygen_async import HeyGen
async def main():
    async with HeyGen(api_key="k", base_url="{url}") as heygen:
        assert (await heygen.videos.list()).items == []
asyncio.run(main())
""",
        AIOHTTP: f"""
import asyncio, aiohttp, msgspec
class Video(msgspec.Struct):
    id: str
class Answer(msgspec.Struct):
    data: list[Video]
async def main():
    async with aiohttp.ClientSession(headers={{"X-Api-Key": "k"}}) as session:
        async with session.get("{url}/v3/videos") as response:
            assert msgspec.json.decode(await response.read(), type=Answer).data == []
asyncio.run(main())
""",
        HTTPX: f"""
import asyncio, httpx, pydantic
class Video(pydantic.BaseModel):
    id: str
class Answer(pydantic.BaseModel):
    data: list[Video]
async def main():
    async with httpx.AsyncClient(headers={{"X-Api-Key": "k"}}) as session:
        response = await session.get("{url}/v3/videos")
        assert Answer.model_validate_json(response.content).data == []
asyncio.run(main())
""",
    }


def _run_all(plan: Plan) -> Iterator[Row]:
    rounds = plan.call_rounds * _MORE
    say(f"starts, {rounds} rounds")
    with server("benchmarks.server") as url:
        for name, programs, yardstick in (
            ("import", _IMPORTS, LIBRARIES),
            ("import, and a client", _CLIENTS, LIBRARIES),
            ("import, a client, resources and models", _RENDERS, LIBRARIES),
            ("one call", _calls(url), AIOHTTP),
        ):
            for program in programs.values():
                script(program)  # so that every module is compiled
            found = interleaved(
                list(programs), rounds, lambda variant, of=programs: script(of[variant])
            )
            for unit, figures in found.items():
                goal = at_most_ratio(1.2) if unit == "ms CPU" else None
                yield from rows(name, unit, figures, yardstick=yardstick, ours=OURS, goal=goal)


SECTION: Final = Section("importing", _METHOD, _run_all)
