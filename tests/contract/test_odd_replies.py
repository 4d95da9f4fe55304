"""Odd replies of v1 and v2, one file each: a real server sends them, the real method reads them.

A file says what comes ("status", "headers", "body" as JSON or "text" as it is; "before" holds the
bodies that come first), which method is called ("method", "arguments", "wait" for its job, "asked"
how often the server then is), and what comes of it: "gives" holds values by their path in the
result, "raises" an error's class and fields. "from" names the rows of the notes on v1 and v2 that
show the reply; those of section 7 that speak of requests or of webhooks are not among them.
"""

import inspect
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, cast, get_type_hints

import msgspec
import pytest
from aiohttp import web

from heygen_async import HeyGen, HeyGenError, World, errors
from heygen_async.api.job import Job
from heygen_async.api.pages import Pager
from heygen_async.testing import SkippingClock
from tests.sandbox.kit import png

HERE: Final = Path(__file__).parent / "odd"
FILES: Final = sorted(HERE.glob("*.json"))
PNG: Final = "<png>"

ENVELOPES: Final = {f"1.4 #{number}" for number in range(1, 15)}
FAILURES: Final = {
    f"1.4 failure: {job}"
    for job in ("video v1", "video v2", "photos", "training", "look", "translation", "workflow")
}
CONTRADICTIONS: Final = {
    f"7 #{number}" for number in (1, 6, *range(9, 19), 37, 38, 40, *range(42, 47), 48, 54)
}


class Odd(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One recorded reply."""

    about: str
    sources: list[str] = msgspec.field(name="from")
    method: str
    arguments: dict[str, Any] = {}
    wait: bool = False
    before: list[Any] = []
    status: int = 200
    headers: dict[str, str] = {}
    body: Any = msgspec.UNSET
    text: str | None = None
    asked: int | None = None
    gives: dict[str, Any] | None = None
    raises: dict[str, Any] | None = None

    @property
    def content(self) -> bytes:
        return self.text.encode() if self.text is not None else json.dumps(self.body).encode()


def load(path: Path) -> Odd:
    return msgspec.json.decode(path.read_bytes(), type=Odd)


@asynccontextmanager
async def served(odd: Odd) -> AsyncIterator[tuple[str, list[str]]]:
    """A server that sends a reply to whatever is asked, and what it was asked."""
    before = [json.dumps(body).encode() for body in odd.before]
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        await request.read()
        asked.append(f"{request.method} {request.path}")
        if before:
            return web.Response(body=before.pop(0), content_type="application/json")
        kind = {"Content-Type": "text/html" if odd.text is not None else "application/json"}
        return web.Response(status=odd.status, body=odd.content, headers=kind | odd.headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", asked
    finally:
        await runner.cleanup()


def found(heygen: HeyGen, name: str) -> Callable[..., Any]:
    value: Any = heygen
    for part in name.split(".")[1:]:
        value = getattr(value, part)
    return cast("Callable[..., Any]", value)


def arguments(method: Callable[..., Any], given: dict[str, Any]) -> dict[str, Any]:
    """What is given, with requests made of objects, and a picture where one is asked for."""
    hints = get_type_hints(method)
    return {
        name: png(16, 16)
        if value == PNG
        else msgspec.convert(value, hints[name])
        if isinstance(value, dict)
        else value
        for name, value in given.items()
    }


async def outcome(heygen: HeyGen, odd: Odd) -> Any:
    method = found(heygen, odd.method)
    answer = method(**arguments(method, odd.arguments))
    result = await cast("Awaitable[Any]", answer) if inspect.isawaitable(answer) else answer
    if odd.wait:
        return await cast("Job[Any]", result).wait()
    return await result if isinstance(result, Pager) else result


def at(result: Any, path: str) -> Any:
    """What lies at a path such as ``items.0.name``, as plain JSON has it."""
    value = result
    for part in path.split(".") if path else ():
        if isinstance(value, list | tuple):
            value = len(value) if part == "length" else value[int(part)]
        else:
            value = value[part] if isinstance(value, dict) else getattr(value, part)
    return str(value) if isinstance(value, str) else msgspec.to_builtins(value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_an_odd_reply_gives_or_raises_what_its_file_says(path: Path) -> None:
    odd = load(path)
    clock = SkippingClock()
    async with (
        served(odd) as (url, asked),
        HeyGen(api_key="k", base_url=url, world=World(clock=clock)) as heygen,
    ):
        clock.watch(lambda: heygen.in_flight)
        if odd.raises is None:
            result = await outcome(heygen, odd)
            assert {name: at(result, name) for name in odd.gives or {}} == odd.gives
        else:
            with pytest.raises(HeyGenError) as caught:
                await outcome(heygen, odd)
            expected = {"class": getattr(errors, odd.raises["class"])} | {
                name: value for name, value in odd.raises.items() if name != "class"
            }
            problem = caught.value
            assert expected == {
                name: type(problem) if name == "class" else getattr(problem, name)
                for name in expected
            }
    assert asked
    assert odd.asked is None or len(asked) == odd.asked


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_says_what_it_is_about(path: Path) -> None:
    odd = load(path)
    assert odd.about.endswith(".")
    assert odd.sources
    assert set(odd.sources) <= ENVELOPES | FAILURES | CONTRADICTIONS
    assert (odd.gives is None) != (odd.raises is None)
    assert (odd.body is msgspec.UNSET) != (odd.text is None)


@pytest.mark.parametrize("row", sorted(ENVELOPES | FAILURES | CONTRADICTIONS))
def test_every_row_of_the_notes_is_recorded(row: str) -> None:
    assert row in {source for path in FILES for source in load(path).sources}
