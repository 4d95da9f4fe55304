"""Realtime sessions from end to end: started, fed, listened to, cancelled."""

import asyncio
import gc
from collections.abc import Callable
from pathlib import Path

import aiohttp
import av
import pytest

from heygen_async import HeyGen, World
from heygen_async.errors import (
    BadRequestError,
    ConcurrencyLimitedError,
    ConflictError,
    InvalidRequestError,
    JobFailedError,
    NotFoundError,
    OutcomeUnknownError,
    ServerError,
    TransportError,
)
from heygen_async.models import AvatarLook, PhotoAvatar
from heygen_async.models.preview import (
    EndReason,
    RealtimeAudio,
    RealtimeSpeech,
    RealtimeStatus,
    RealtimeTextStream,
    SpokenWord,
)
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.clock import SandboxClock
from heygen_async.testing import SkippingClock
from tests.sandbox.kit import STOCK, until, wav

SESSIONS = "/v3/avatar-realtime"
TEXT = "Hello there, friend. How are you?"
WORDS = ["Hello", "there", ",", "friend", ".", "How", "are", "you", "?"]


@pytest.fixture
async def voice(heygen: HeyGen) -> str:
    return (await heygen.voices.list(limit=1)).items[0].voice_id


@pytest.fixture
def speech(look: AvatarLook, voice: str) -> RealtimeSpeech:
    return RealtimeSpeech(avatar_id=look.id, text=TEXT, voice_id=voice)


@pytest.fixture
def longer(look: AvatarLook, voice: str) -> RealtimeSpeech:
    """Long enough to be seen by a poller."""
    return RealtimeSpeech(avatar_id=look.id, text=" ".join([TEXT] * 5), voice_id=voice)


@pytest.fixture
def open_end(look: AvatarLook, voice: str) -> RealtimeTextStream:
    return RealtimeTextStream(avatar_id=look.id, text=TEXT, voice_id=voice)


async def words_of(heygen: HeyGen, stream_id: str) -> tuple[list[SpokenWord], str | None]:
    stream = heygen.preview.avatar_realtime.stream_words(stream_id)
    return [word async for word in stream], stream.end_reason


async def test_a_session_can_be_watched_until_it_is_over(
    heygen: HeyGen, sandbox: Sandbox, clock: SkippingClock, longer: RealtimeSpeech
) -> None:
    realtime = heygen.preview.avatar_realtime
    before = sandbox.total_charged
    job = await realtime.create_session(longer)
    assert (await job.read()).status is RealtimeStatus.PENDING
    session = await job.wait()
    assert session.status is RealtimeStatus.STREAMING
    assert session.hls_url is not None
    async with aiohttp.ClientSession() as http:
        async with http.get(session.hls_url) as reply:
            playlist = await reply.text()
        assert playlist.startswith("#EXTM3U\n")
        (piece,) = [line for line in playlist.splitlines() if line and line[0] != "#"]
        async with http.get(session.hls_url.replace("index.m3u8", piece)) as reply:
            assert reply.content_type == "audio/mpeg"
            assert len(await reply.read()) > 1000
    clock.advance(60)
    over = await realtime.get_session(job.id)
    assert over.status is RealtimeStatus.COMPLETED
    assert over.hls_url is over.end_reason is None
    seconds = (sandbox.total_charged - before) / 0.05
    assert 10 < seconds < 30
    assert await realtime.job(job.id).wait() == over


async def test_a_recording_is_uploaded_and_spoken(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, tmp_path: Path
) -> None:
    file = tmp_path / "says.wav"
    file.write_bytes(wav(4))
    before = sandbox.total_charged
    job = await heygen.preview.avatar_realtime.create_session(
        RealtimeAudio(avatar_id=look.id, audio=file)
    )
    assert (await job.wait()).hls_url
    assert sandbox.total_charged - before == pytest.approx(0.2)


async def test_late_listeners_get_every_word(
    heygen: HeyGen, clock: SkippingClock, speech: RealtimeSpeech
) -> None:
    job = await heygen.preview.avatar_realtime.create_session(speech)
    clock.advance(60)
    words, reason = await words_of(heygen, job.id)
    assert [each.word for each in words] == WORDS
    assert words[0].start == 0
    assert all(each.start < each.end for each in words)
    assert [each.start for each in words] == sorted(each.start for each in words)
    assert reason == EndReason.COMPLETED
    assert await words_of(heygen, job.id) == (words, reason)


async def test_words_come_while_they_are_spoken(
    heygen: HeyGen, clock: SkippingClock, open_end: RealtimeTextStream
) -> None:
    realtime = heygen.preview.avatar_realtime
    job = await realtime.create_session(open_end)
    heard: list[str] = []
    stream = realtime.stream_words(job.id)

    async def listen() -> None:
        async for word in stream:
            heard.append(word.word)  # noqa: PERF401  it is looked at meanwhile

    task = asyncio.create_task(listen())
    await until(lambda: stream.request_id)
    assert heard == []
    clock.advance(5)
    await until(lambda: heard)
    assert heard == WORDS[: len(heard)]
    clock.advance(10)
    await until(lambda: len(heard) == len(WORDS))
    first = await realtime.append_text(job.id, delta=" And more.")
    assert first.buffered_bytes == len(TEXT + " And more.")
    clock.advance(5)
    await until(lambda: len(heard) == len(WORDS) + 3)
    await realtime.append_text(job.id, final=True)
    clock.advance(1)
    await task
    assert heard == [*WORDS, "And", "more", "."]
    assert stream.end_reason == EndReason.FINAL_MARKER
    assert (await realtime.get_session(job.id)).end_reason is EndReason.FINAL_MARKER


async def test_the_input_is_closed_once_and_for_all(
    heygen: HeyGen, open_end: RealtimeTextStream
) -> None:
    realtime = heygen.preview.avatar_realtime
    job = await realtime.create_session(open_end)
    await realtime.append_text(job.id, delta="The end.", final=True)
    with pytest.raises(ConflictError) as closed:
        await realtime.append_text(job.id, delta="One more.")
    assert closed.value.status == 410


async def test_silence_closes_the_input(
    heygen: HeyGen, clock: SkippingClock, open_end: RealtimeTextStream
) -> None:
    realtime = heygen.preview.avatar_realtime
    job = await realtime.create_session(open_end)
    clock.advance(29)
    await realtime.append_text(job.id, delta="Still here.")
    clock.advance(31)
    with pytest.raises(ConflictError):
        await realtime.append_text(job.id, delta="Too late.")
    assert (await words_of(heygen, job.id))[1] == EndReason.IDLE_TIMEOUT


async def test_only_a_text_stream_takes_text(heygen: HeyGen, speech: RealtimeSpeech) -> None:
    realtime = heygen.preview.avatar_realtime
    job = await realtime.create_session(speech)
    with pytest.raises(BadRequestError, match="text_stream"):
        await realtime.append_text(job.id, delta="More.")
    with pytest.raises(InvalidRequestError, match="unless it is the last"):
        await realtime.append_text(job.id)


async def test_a_text_is_never_sent_twice(
    heygen: HeyGen,
    sandbox: Sandbox,
    open_end: RealtimeTextStream,
    calls: Callable[[str, str], int],
) -> None:
    realtime = heygen.preview.avatar_realtime
    job = await realtime.create_session(open_end)
    sandbox.fault(Fault(method="POST", path=f"{SESSIONS}/*/text", commit_then_drop=True))
    with pytest.raises(OutcomeUnknownError):
        await realtime.append_text(job.id, delta="Once.")
    assert calls("POST", f"{SESSIONS}/{job.id}/text") == 1
    sandbox.fault(Fault(method="POST", path=SESSIONS, commit_then_drop=True))
    with pytest.raises(OutcomeUnknownError):
        await realtime.create_session(open_end)


async def test_a_session_is_cancelled_once(
    heygen: HeyGen, clock: SkippingClock, longer: RealtimeSpeech
) -> None:
    realtime = heygen.preview.avatar_realtime
    job = await realtime.create_session(longer)
    await job.wait()
    assert (await realtime.cancel_session(job.id)).cancelled is True
    assert (await realtime.cancel_session(job.id)).cancelled is False
    assert (await realtime.get_session(job.id)).status is RealtimeStatus.COMPLETED
    words, reason = await words_of(heygen, job.id)
    assert [each.word for each in words] == (WORDS * 5)[: len(words)]
    assert 0 < len(words) < len(WORDS * 5)
    assert reason == EndReason.COMPLETED


async def test_three_sessions_run_at_once(
    heygen: HeyGen, clock: SkippingClock, speech: RealtimeSpeech
) -> None:
    realtime = heygen.preview.avatar_realtime
    jobs = [await realtime.create_session(speech) for _ in range(3)]
    with pytest.raises(ConcurrencyLimitedError) as full:
        await heygen.with_options(max_retries=0).preview.avatar_realtime.create_session(speech)
    assert full.value.retry_after is not None
    started = clock.monotonic()
    await realtime.create_session(speech)  # waits for one of them to end
    assert clock.monotonic() > started
    assert RealtimeStatus.COMPLETED in {(await job.read()).status for job in jobs}


async def test_a_session_that_fails_says_why(
    heygen: HeyGen, look: AvatarLook, voice: str, clock: SkippingClock
) -> None:
    job = await heygen.preview.avatar_realtime.create_session(
        RealtimeSpeech(avatar_id=look.id, text="[[fail]]", voice_id=voice)
    )
    with pytest.raises(JobFailedError, match="could not be started"):
        await job.wait()
    with pytest.raises(ServerError, match="the session failed"):
        await words_of(heygen, job.id)


async def test_what_cannot_be_used_is_a_bad_field(
    heygen: HeyGen, look: AvatarLook, voice: str
) -> None:
    create = heygen.preview.avatar_realtime.create_session
    for avatar, speaker, param in (
        (STOCK, voice, "avatar_id"),
        ("nobody", voice, "avatar_id"),
        (look.id, "nobody", "voice_id"),
    ):
        with pytest.raises(BadRequestError) as refused:
            await create(RealtimeSpeech(avatar_id=avatar, text=TEXT, voice_id=speaker))
        assert refused.value.param == param
    with pytest.raises(BadRequestError) as refused:
        await create(RealtimeAudio(avatar_id=look.id, audio="nothing"))
    assert refused.value.param == "audio"


async def test_an_unknown_session_is_not_found(heygen: HeyGen) -> None:
    realtime = heygen.preview.avatar_realtime
    with pytest.raises(NotFoundError):
        await realtime.get_session("nobody")
    with pytest.raises(NotFoundError):
        await realtime.cancel_session("nobody")
    with pytest.raises(NotFoundError):
        await realtime.append_text("nobody", delta="Hi.")
    with pytest.raises(NotFoundError):
        await words_of(heygen, "nobody")
    with pytest.raises(InvalidRequestError):
        realtime.stream_words("no/body")


async def test_leaving_the_words_early_closes_the_connection(
    heygen: HeyGen, clock: SkippingClock, sandbox: Sandbox, open_end: RealtimeTextStream
) -> None:
    job = await heygen.preview.avatar_realtime.create_session(open_end)
    clock.advance(8)
    connections = heygen._sessions._api_session().connector._acquired  # type: ignore[union-attr]
    async with heygen.preview.avatar_realtime.stream_words(job.id) as stream:
        async for word in stream:
            assert word.word == "Hello"
            break
        assert len(connections) == 1
    assert len(connections) == 0
    gc.collect()
    await until(lambda: sandbox.requests[-1].path.endswith("/words"))
    assert sandbox.requests[-1].status == 0


async def test_a_wait_goes_on_beside_an_open_stream(
    heygen: HeyGen, clock: SkippingClock, open_end: RealtimeTextStream
) -> None:
    """An idle stream is no request in flight: time may jump, or both would wait forever."""
    realtime = heygen.preview.avatar_realtime
    job = await realtime.create_session(open_end)
    async with realtime.stream_words(job.id) as stream:
        await job.wait()
        assert (await anext(aiter(stream))).word == "Hello"


async def test_words_that_break_off_are_no_whole_ones(
    heygen: HeyGen, clock: SkippingClock, sandbox: Sandbox, speech: RealtimeSpeech
) -> None:
    job = await heygen.preview.avatar_realtime.create_session(speech)
    clock.advance(60)
    for cut in (60, 200):
        sandbox.fault(Fault(path=f"{SESSIONS}/*/words", truncate_response_at=cut))
        with pytest.raises(TransportError):
            await words_of(heygen, job.id)


async def test_a_stream_ends_with_the_sandbox(heygen: HeyGen, open_end: RealtimeTextStream) -> None:
    async with Sandbox(media=False) as other, HeyGen(api_key="k", base_url=other.url) as client:
        other._ctx.world.sessions.update({"s": _endless()})
        stream = client.preview.avatar_realtime.stream_words("s")
        async with stream:
            await other.stop()
            with pytest.raises(TransportError):
                await anext(aiter(stream))


def _endless() -> object:
    from heygen_async.sandbox.previews import Session  # noqa: PLC0415

    far = 4e9
    return Session(
        id="s", kind="text_stream", look_id="l", voice_id="v", created=0.0, live=far, heard=far
    )


def watched(url: str) -> tuple[int, int]:
    with av.open(url, timeout=20) as playlist:
        pictures = sum(1 for _ in playlist.decode(video=0))
        (track,) = playlist.streams.video
        return pictures, min(track.width, track.height)


async def test_a_session_is_a_real_video(clock: SkippingClock, world: World, photo: Path) -> None:
    shared = SandboxClock(source=clock.monotonic, epoch=clock.time())
    async with (
        Sandbox(media=True, clock=shared) as sandbox,
        HeyGen(api_key="k", base_url=sandbox.url, world=world) as heygen,
    ):
        clock.watch(lambda: heygen.in_flight)
        look = await (await heygen.avatars.create(PhotoAvatar(name="C", file=photo))).wait()
        voice = (await heygen.voices.list(limit=1)).items[0].voice_id
        job = await heygen.preview.avatar_realtime.create_session(
            RealtimeTextStream(avatar_id=look.id, text=TEXT, voice_id=voice)
        )
        session = await job.wait()
        await heygen.preview.avatar_realtime.append_text(job.id, delta="Bye.", final=True)
        clock.advance(20)
        assert session.hls_url is not None
        # In a thread to its end: the server that it reads from runs in this one.
        pictures, side = await asyncio.to_thread(watched, session.hls_url)
        assert side == 720
        words, _ = await words_of(heygen, job.id)
    assert [each.word for each in words][-2:] == ["Bye", "."]
    paid = sum(each.credits for each in sandbox.charges if each.kind == "avatar_realtime")
    assert pictures / 25 == pytest.approx(paid / 0.05, abs=0.1)
