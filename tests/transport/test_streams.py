"""Answers that are read as they come: key, retries, stalls, redirects, and how they are closed."""

import asyncio
import gc
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from heygen_async import Call, HeyGen, Kind, RetryPolicy, Route, Timeouts
from heygen_async.errors import (
    BadRequestError,
    ClientLoopError,
    ConcurrencyLimitedError,
    ConnectError,
    DecodeError,
    ReadTimeoutError,
    ServerError,
    TransportError,
    UnauthorizedError,
)
from heygen_async.models.preview import SpeechAudio, SpeechEvent, StreamSpeech
from heygen_async.transport.session import USER_AGENT
from heygen_async.wire.streams import ServerEvent
from tests.transport.kit import KEY, Answer, serving

EVENTS = Route("tests.events", "GET", "/v3/events", Kind.READ)


def call(route: Route = EVENTS, **more: Any) -> Call[object]:
    return Call(route, object, **more)


def telling(*chunks: bytes, kind: str = "text/event-stream") -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": kind, "X-Request-Id": "r1"})
        await response.prepare(request)
        for chunk in chunks:
            await response.write(chunk)
        return response

    return answer


def refusing(status: int, code: str, message: str = "No.", **headers: str) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        error = {"error": {"code": code, "message": message}}
        return web.json_response(error, status=status, headers=headers)

    return answer


async def test_events_come_with_the_key_and_the_name() -> None:
    seen: list[web.Request] = []
    plain = telling(b": hi\n\nevent: a\nid: 1\ndata: x\n\n", b"data: y\n\n")

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append(request)
        return await plain(request)

    async with serving(answer) as heygen:
        stream = heygen.stream(call(query={"q": 1}))
        assert [event async for event in stream] == [
            ServerEvent(data=b"x", event="a", id="1"),
            ServerEvent(data=b"y", id="1"),
        ]
        assert stream.request_id == "r1"
    (request,) = seen
    assert request.headers["X-Api-Key"] == KEY
    assert request.headers["User-Agent"] == USER_AGENT
    assert request.path_qs == "/v3/events?q=1"


async def test_a_keyed_stream_carries_one_key_over_all_attempts() -> None:
    keys: list[str] = []
    plain = telling(b"data: x\n\n")

    async def answer(request: web.Request) -> web.StreamResponse:
        keys.append(request.headers["Idempotency-Key"])
        assert await request.json() == {"a": 1}
        assert request.content_type == "application/json"
        if len(keys) == 1:
            return web.Response(status=503)
        return await plain(request)

    route = Route("tests.post", "POST", "/v3/post", Kind.KEYED)
    policy = RetryPolicy(base=0.001)
    async with serving(answer, retry=policy) as heygen:
        assert [event.text async for event in heygen.stream(call(route, body=b'{"a":1}'))] == ["x"]
    assert len(keys) == 2
    assert len(set(keys)) == 1


async def test_json_lines_are_events_too() -> None:
    answer = telling(b'{"a":1}\n{"b"', b":2}", kind="application/x-ndjson; charset=utf-8")
    async with serving(answer) as heygen:
        found = [event.data async for event in heygen.stream(call())]
    assert found == [b'{"a":1}', b'{"b":2}']


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusing(401, "unauthorized"), UnauthorizedError),
        (refusing(400, "invalid_parameter"), BadRequestError),
        (
            refusing(429, "rate_limit_exceeded", "Concurrency limit.", **{"Retry-After": "9"}),
            ConcurrencyLimitedError,
        ),
        (refusing(200, "unauthorized"), UnauthorizedError),
        (telling(b"<html>", kind="text/html"), DecodeError),
        (telling(b'{"data":{}}', kind="application/json"), DecodeError),
    ],
)
async def test_what_is_no_stream_is_raised_as_ever(answer: Answer, kind: type[Exception]) -> None:
    async with serving(answer) as heygen:
        with heygen.with_raw_response() as raw, pytest.raises(kind):
            async with heygen.stream(call()):
                pass
        assert raw.last.body


async def test_a_redirect_is_not_followed() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        assert request.path == "/v3/events"
        raise web.HTTPFound("/elsewhere")

    async with serving(answer) as heygen:
        with pytest.raises(BadRequestError, match="302"):
            await anext(aiter(heygen.stream(call())))


async def test_a_stream_that_stalls_ends() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b"data: x\n\n")
        await asyncio.sleep(30)
        return response

    brief = Timeouts(write=0.05, stall=0.05)
    async with serving(answer, timeouts=brief) as heygen:
        found = []
        with pytest.raises(ReadTimeoutError):
            async for event in heygen.stream(call()):
                found.append(event.text)  # noqa: PERF401  what came before counts
        assert found == ["x"]
    async with serving(answer) as heygen:
        with pytest.raises(ReadTimeoutError):
            async for _ in heygen.with_options(timeout=0.05).preview.model_speech._stream(
                EVENTS, read=lambda _: (), last=lambda _: None
            ):
                pass


async def test_a_stream_has_no_total_time() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for _ in range(10):
            await asyncio.sleep(0.02)
            await response.write(b"data: x\n\n")
        return response

    async with serving(answer, timeouts=Timeouts(read=0.1, write=0.15, stall=0.15)) as heygen:
        assert len([event async for event in heygen.stream(call())]) == 10


async def test_a_connection_that_breaks_is_told() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b"data: x\n\n")
        assert request.transport is not None
        request.transport.close()
        return response

    async with serving(answer) as heygen:
        with pytest.raises(TransportError, match="broke"):
            async for _ in heygen.stream(call()):
                pass


async def test_a_host_that_is_not_there() -> None:
    async with serving(telling()) as heygen:
        pass
    with pytest.raises(ClientLoopError):
        await anext(aiter(heygen.stream(call())))
    async with HeyGen(
        api_key=KEY, base_url="http://127.0.0.1:1", retry=RetryPolicy(max_retries=0)
    ) as nowhere:
        with pytest.raises(ConnectError):
            await anext(aiter(nowhere.stream(call())))


async def test_a_borrowed_session_stays_open() -> None:
    async with aiohttp.ClientSession() as session:
        async with serving(telling(b"data: x\n\n" * 10_000), session=session) as heygen:
            async with heygen.stream(call()) as stream:
                async for _ in stream:
                    break
            assert heygen.in_flight == 0
        assert not session.closed
        gc.collect()


async def test_an_error_of_the_reader_closes_the_stream() -> None:
    async with serving(telling(b"data: x\n\n" * 10_000)) as heygen:
        with pytest.raises(TimeoutError, match="mine"):
            async with heygen.stream(call()) as stream:
                async for _ in stream:
                    raise TimeoutError("mine")
        connector: Any = heygen._sessions._api_session().connector
        assert not connector._acquired
        gc.collect()


async def test_a_stream_that_is_opened_and_not_read_is_closed() -> None:
    async with serving(telling(b"data: x\n\n" * 10_000)) as heygen:
        stream = heygen.stream(call())
        async with stream:
            assert stream.request_id == "r1"
        await stream.close()
        connector: Any = heygen._sessions._api_session().connector
        assert not connector._acquired
        gc.collect()


AUDIO = b'data: {"type":"audio","part_index":0,"audio":"aGk="}\n\n'
SPEECH = StreamSpeech(voice_id="v", text="Hi.", language="en")


async def spoken(*chunks: bytes) -> list[SpeechEvent]:
    async with serving(telling(*chunks)) as heygen:
        return [event async for event in heygen.preview.model_speech.stream(SPEECH)]


async def test_a_stream_that_ends_without_saying_so_was_cut() -> None:
    for chunks in ((AUDIO,), (AUDIO, b"data: [DONE]"), (AUDIO, b"data: [DO"), ()):
        with pytest.raises(TransportError, match="broke off before its end"):
            await spoken(*chunks)


async def test_what_comes_after_the_end_is_not_read() -> None:
    assert await spoken(AUDIO, b"data: [DONE]\n\n", b"data: nonsense\n\n") == [
        SpeechAudio(part_index=0, audio=b"hi")
    ]


async def test_kinds_of_tomorrow_are_left_out_and_broken_ones_told() -> None:
    new = b'data: {"type":"viseme","x":1}\n\n'
    assert len(await spoken(new, AUDIO, b"data: [DONE]\n\n")) == 1
    for broken in (b'data: {"type":"audio"}\n\n', b"data: <html>\n\n", b"data: [1]\n\n"):
        with pytest.raises(DecodeError) as problem:
            await spoken(broken, b"data: [DONE]\n\n")
        assert problem.value.request_id == "r1"
        assert problem.value.raw in broken


async def test_an_error_within_the_stream_is_raised() -> None:
    with pytest.raises(ServerError, match="the model broke") as failed:
        await spoken(AUDIO, b'data: {"type":"error","detail":"the model broke"}\n\n')
    assert failed.value.request_id == "r1"


async def test_words_of_tomorrow_and_an_end_that_says_nothing() -> None:
    words = b'data: {"words":[{"word":"Hi","start":0,"end":0.5}]}\n\n'
    for end, reason in ((b'{"reason":"new"}', "new"), (b"{}", "completed"), (b"x", "completed")):
        answer = telling(b"event: new\ndata: x\n\n", words, b"event: end\ndata: " + end + b"\n\n")
        async with serving(answer) as heygen:
            stream = heygen.preview.avatar_realtime.stream_words("s")
            assert [word.word async for word in stream] == ["Hi"]
            assert stream.end_reason == reason
