"""A canary for a key: it may be in one header of the API session, and nowhere else."""

import asyncio
import copy
import io
import logging
import pickle
import traceback
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from heygen_async import HeyGen, HeyGenError, RetryPolicy
from heygen_async.errors import OutcomeUnknownError, TransportError
from heygen_async.models import AvatarVideo
from heygen_async.models.v2 import GenerateVideo, Scene, Silence
from tests.transport.kit import KEY, RecordingClock, Wire, client

HELLO = AvatarVideo(avatar_id="a", script="Hello.")
SCENE = GenerateVideo(video_inputs=[Scene(voice=Silence(duration=1))])
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
SIGNED = "https://s3.example/put?X-Amz-Signature=presigned-canary"
CANARIES = (KEY, "presigned-canary")


def shown(problem: BaseException) -> str:
    """Everything that a log, a note or a crash report may show of an exception."""
    parts = []
    seen: set[int] = set()
    queue: list[BaseException | None] = [problem]
    while queue:
        error = queue.pop()
        if error is None or id(error) in seen:
            continue
        seen.add(id(error))
        queue += [error.__cause__, error.__context__]
        parts += [str(error), repr(error), repr(error.args), repr(getattr(error, "__notes__", ""))]
        if isinstance(error, HeyGenError):
            parts += [repr(vars(error)), repr(pickle.dumps(error))]
    text = io.StringIO()
    traceback.print_exception(problem, file=text)
    return "\n".join([*parts, text.getvalue()])


async def failures(heygen: HeyGen, wire: Wire) -> list[BaseException]:
    """Every way to fail that there is."""
    broken = aiohttp.ClientResponseError(_info(), (), status=400, message="bad", headers=None)
    for problem in (
        {"status": 500},
        {"exception": aiohttp.ServerDisconnectedError()},
        {"exception": broken},
        {"exception": TimeoutError()},
        {"status": 429, "headers": {"Retry-After": "1"}},
    ):
        wire.answer("POST", "/v3/videos", **problem)  # type: ignore[arg-type]
    wire.answer("POST", "/v3/videos", {"error": {"code": "x", "message": "m"}}, status=400)
    wire.answer("POST", "/v2/video/generate", status=500)
    wire.answer("GET", "/v3/users/me", body=b"<html>")
    wire.answer("GET", "/v3/voices", {"error": {"code": "unauthorized"}}, status=401)
    slot = {"asset_id": "a", "upload_url": SIGNED, "upload_headers": {"x-amz-acl": "private"}}
    for _ in range(2):
        wire.ok("POST", "/v3/assets/direct-uploads", slot)
        wire.answer("PUT", SIGNED, status=403)
    wire.ok("POST", "/v3/assets/direct-uploads", slot)
    wire.answer("PUT", SIGNED, exception=aiohttp.ServerDisconnectedError(), repeat=True)

    uses: list[Any] = [
        heygen.videos.create(HELLO),
        heygen.v2.videos.generate(SCENE),
        heygen.users.get_current(),
        heygen.voices.list(),
        heygen.assets.upload(PNG, method="direct"),
        heygen.assets.upload(PNG, method="direct"),
        heygen.videos.get(""),
    ]
    found: list[BaseException] = []
    for use in uses:
        try:
            await use
        except HeyGenError as problem:
            found.append(problem)
    assert len(found) == len(uses)
    return found


def _info() -> aiohttp.RequestInfo:
    url = URL("https://api.heygen.com/v3/videos")
    return aiohttp.RequestInfo(url, "POST", CIMultiDictProxy(CIMultiDict({"X-Api-Key": KEY})), url)


async def test_no_error_no_log_and_no_event_shows_a_secret(
    heygen: HeyGen, wire: Wire, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    seen: list[object] = []
    heygen.observe(seen.append)
    found = await failures(heygen, wire)
    texts = [shown(problem) for problem in found]
    texts += [repr(event) for event in seen]
    texts += [caplog.text]
    texts += [repr(vars(record)) for record in caplog.records]
    texts += [logging.Formatter("%(message)s").format(record) for record in caplog.records]
    texts += list(capfd.readouterr())
    assert len(seen) > 10
    assert caplog.records
    for text in texts:
        for canary in CANARIES:
            assert canary not in text
    assert any(isinstance(problem, OutcomeUnknownError) for problem in found)


async def test_nothing_that_a_user_holds_shows_the_key(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("POST", "/v3/videos", {"video_id": "v1", "status": "waiting"})
    job = await heygen.videos.create(HELLO)
    held = [heygen, heygen.config, heygen.videos, heygen.v2, job, job.created, heygen._sessions,
            heygen._sender, heygen.config.api_key, heygen._board]  # fmt: skip
    for thing in held:
        assert KEY not in f"{thing}{thing!r}"


async def test_a_client_does_not_leave_the_process(heygen: HeyGen) -> None:
    for leave in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError) as caught:
            leave(heygen)
        assert KEY not in str(caught.value)


async def test_the_key_goes_to_the_api_and_to_nobody_else(heygen: HeyGen, wire: Wire) -> None:
    await failures(heygen, wire)
    with_key = {sent.url.split("/")[2] for sent in wire.sent if KEY in str(sent.headers)}
    without = {sent.url.split("/")[2] for sent in wire.sent if KEY not in str(sent.headers)}
    assert with_key == {"api.heygen.com"}
    assert without == {"s3.example"}
    for sent in wire.sent:
        assert KEY not in sent.url
        assert KEY not in repr(sent.body)
        assert "Authorization" not in sent.headers
        assert "Cookie" not in sent.headers


async def test_a_download_carries_no_key_and_its_errors_no_signature(
    heygen: HeyGen, wire: Wire, tmp_path: Path
) -> None:
    link = "https://files.example/a.mp4?X-Amz-Signature=presigned-canary"
    video = {"id": "v1", "status": "completed", "video_url": link}
    wire.ok("GET", "/v3/videos/v1", video, repeat=True)
    wire.answer("GET", link, status=403, repeat=True)
    with pytest.raises(HeyGenError) as caught:
        await heygen.videos.job("v1").download(tmp_path / "a.mp4")
    assert "presigned-canary" not in shown(caught.value)
    fetched = [sent for sent in wire.sent if sent.url.startswith("https://files.example")]
    assert len(fetched) == 2
    assert all("X-Api-Key" not in sent.headers for sent in fetched)


async def test_the_frames_of_an_error_do_not_hold_the_key() -> None:
    # Over a real socket: what mocks leave out is aiohttp's own frames, with the headers in them.
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    retry = RetryPolicy(max_retries=0)
    base = f"http://127.0.0.1:{port}"
    async with server, HeyGen(api_key=KEY, base_url=base, retry=retry) as heygen:
        for use in (heygen.videos.create(HELLO), heygen.assets.upload(PNG)):
            with pytest.raises(TransportError) as caught:
                await use
            assert caught.value.__cause__ is not None
            told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
            assert KEY not in "".join(told.format())


async def test_a_broken_answer_of_a_media_host_shows_no_signature(
    wire: Wire, clock: RecordingClock, tmp_path: Path
) -> None:
    url = URL(SIGNED)
    info = aiohttp.RequestInfo(url, "GET", CIMultiDictProxy(CIMultiDict[str]()), url)
    for problem in (
        aiohttp.ClientResponseError(info, (), status=400, message="bad"),
        aiohttp.TooManyRedirects(info, ()),
        aiohttp.InvalidUrlRedirectClientError(SIGNED),
        aiohttp.NonHttpUrlRedirectClientError(SIGNED),
    ):
        wire.answer("GET", SIGNED, exception=problem)

    async def link() -> str:
        return SIGNED

    async with client(clock, retry=RetryPolicy(max_retries=0)) as heygen:
        for number in range(4):
            with pytest.raises(HeyGenError) as caught:
                await heygen._tools.downloads.fetch(link, tmp_path / f"{number}", identity="v")
            assert "presigned-canary" not in shown(caught.value)
