"""Streaming avatars of v1: sessions begin, speak, fall silent and end, and cost by the minute."""

import asyncio
import logging

import pytest

from heygen_async import HeyGen
from heygen_async.errors import (
    APIError,
    BadRequestError,
    ConflictError,
    EndpointRetiredError,
    InvalidRequestError,
    NotFoundError,
)
from heygen_async.models.v2 import (
    IceCandidate,
    NewStreamingSession,
    SdpAnswer,
    StreamingSession,
    StreamingVoice,
)
from heygen_async.sandbox import Fault, Sandbox

ROOM = NewStreamingSession(version="v2", quality="high")
SECOND = IceCandidate(
    candidate="candidate:1 1 udp 1 127.0.0.1 9 typ host", sdpMid="0", sdpMLineIndex=0
)


async def connected(heygen: HeyGen, sandbox: Sandbox, request: NewStreamingSession = ROOM) -> str:
    session = await heygen.v2.streaming.new_session(request)
    await heygen.v2.streaming.start(session.session_id)
    sandbox.clock.advance(3)
    return session.session_id


async def test_a_session_with_an_offer(heygen: HeyGen, sandbox: Sandbox) -> None:
    streaming = heygen.v2.streaming
    avatars = await streaming.list_avatars()
    assert {each.status for each in avatars} == {"ACTIVE"}
    voice = next(each for each in await heygen.v2.voices.list() if each.support_interactive_avatar)
    session = await streaming.new_session(
        NewStreamingSession(
            avatar_id=avatars[1].avatar_id,
            voice=StreamingVoice(voice_id=voice.voice_id, rate=1.1, emotion="Friendly"),
            video_encoding="VP8",
        )
    )
    assert session.sdp is not None
    assert session.sdp.type == "offer"
    assert session.ice_servers2 is not None
    assert [each.credentialType for each in session.ice_servers2] == [None, "password"]
    assert session.access_token is None
    started = await streaming.start(session.session_id, sdp=SdpAnswer(sdp="v=0"))
    assert started.status == "success"
    await streaming.ice(session.session_id, candidate=SECOND)
    (listed,) = await streaming.list_sessions()
    assert (listed.session_id, listed.status) == (session.session_id, "connecting")
    sandbox.clock.advance(3)
    (listed,) = await streaming.list_sessions()
    assert listed.status == "connected"
    said = await streaming.task(session.session_id, text="Hello there.", task_type="repeat")
    assert said.task_id
    assert said.duration_ms
    await streaming.interrupt(session.session_id)
    await streaming.stop(session.session_id)
    assert await streaming.list_sessions() == []


async def test_a_session_with_a_room_costs_by_the_minute(heygen: HeyGen, sandbox: Sandbox) -> None:
    session_id = await connected(heygen, sandbox)
    for _ in range(4):
        sandbox.clock.advance(100)
        await heygen.v2.streaming.keep_alive(session_id)
    await heygen.v2.streaming.stop(session_id)
    (charge,) = sandbox.charges
    assert (charge.kind, charge.id) == ("streaming", session_id)
    assert charge.credits == pytest.approx(0.2 * 401 / 60, rel=0.01)


async def test_a_silent_session_ends(heygen: HeyGen, sandbox: Sandbox) -> None:
    session_id = await connected(heygen, sandbox)
    patient = await connected(
        heygen, sandbox, NewStreamingSession(version="v2", disable_idle_timeout=True)
    )
    sandbox.clock.advance(121)
    with pytest.raises(ConflictError, match="clos") as caught:
        await heygen.v2.streaming.task(session_id, text="Hello?")
    assert caught.value.hint is not None
    assert "make a new one" in caught.value.hint
    assert [each.session_id for each in await heygen.v2.streaming.list_sessions()] == [patient]
    assert [charge.id for charge in sandbox.charges] == [session_id]
    sandbox.clock.advance(1200)
    assert await heygen.v2.streaming.list_sessions() == []


async def test_what_a_state_does_not_allow(heygen: HeyGen, sandbox: Sandbox) -> None:
    streaming = heygen.v2.streaming
    session_id = (await streaming.new_session(ROOM)).session_id
    for code, action in (
        ("10001", lambda: streaming.task(session_id, text="Too early.")),
        ("10001", lambda: streaming.interrupt(session_id)),
        (None, lambda: streaming.start(session_id)),
        ("10002", lambda: streaming.task(session_id, text="Too early.")),
        (None, lambda: asyncio.sleep(0, sandbox.clock.advance(3))),
        ("10003", lambda: streaming.start(session_id)),
        (None, lambda: streaming.stop(session_id)),
        ("10004", lambda: streaming.keep_alive(session_id)),
        (None, lambda: asyncio.sleep(0, sandbox.clock.advance(3))),
        ("10005", lambda: streaming.stop(session_id)),
    ):
        if code is None:
            await action()
            continue
        with pytest.raises(ConflictError) as caught:
            await action()
        assert caught.value.code == code
        assert caught.value.hint


async def test_who_is_unknown(heygen: HeyGen, sandbox: Sandbox) -> None:
    streaming = heygen.v2.streaming
    with pytest.raises(NotFoundError) as caught:
        await streaming.stop("nobody")
    assert (caught.value.status, caught.value.code) == (200, "10006")
    with pytest.raises(NotFoundError, match="avatar"):
        await streaming.new_session(NewStreamingSession(avatar_id="nobody"))
    silent = next(
        each for each in await heygen.v2.voices.list() if not each.support_interactive_avatar
    )
    with pytest.raises(BadRequestError, match="streaming"):
        await streaming.new_session(NewStreamingSession(voice_id=silent.voice_id))
    assert not sandbox.charges


async def test_one_session_too_many_waits_for_its_turn(heygen: HeyGen, sandbox: Sandbox) -> None:
    first = [(await heygen.v2.streaming.new_session(ROOM)).session_id for _ in range(3)]
    fourth = await heygen.v2.streaming.new_session(ROOM)
    assert fourth.session_id not in first
    refused = [each for each in sandbox.requests if each.status == 400]
    assert refused
    assert {each.path for each in refused} == {"/v1/streaming.new"}


@pytest.mark.parametrize("code", [10013, 10014])
async def test_other_refusals_keep_their_code(heygen: HeyGen, sandbox: Sandbox, code: int) -> None:
    body = f'{{"code": {code}, "message": "no"}}'
    sandbox.fault(Fault(path="/v1/streaming.new", status=400, body=body))
    with pytest.raises(APIError) as caught:
        await heygen.v2.streaming.new_session(ROOM)
    assert caught.value.code == str(code)
    assert caught.value.hint


async def test_nothing_wrong_is_sent(heygen: HeyGen, sandbox: Sandbox) -> None:
    streaming = heygen.v2.streaming
    both = NewStreamingSession(voice_id="v", voice=StreamingVoice(voice_id="v"))
    with pytest.raises(InvalidRequestError, match="beside voice"):
        await streaming.new_session(both)
    with pytest.raises(InvalidRequestError, match="quality"):
        await streaming.new_session(NewStreamingSession(quality="best"))  # type: ignore[arg-type]
    with pytest.raises(InvalidRequestError, match="text"):
        await streaming.task("s", text="")
    with pytest.raises(InvalidRequestError, match="session_id"):
        await streaming.stop("")
    with pytest.raises(InvalidRequestError, match="sdpMLineIndex"):
        wrong = IceCandidate(candidate="", sdpMLineIndex="0")  # type: ignore[arg-type]
        await streaming.ice("s", candidate=wrong)
    assert not sandbox.requests


async def test_what_is_gone_says_so(heygen: HeyGen, sandbox: Sandbox) -> None:
    sandbox.retire(legacy=True)
    with pytest.raises(EndpointRetiredError, match="v3 has no equal"):
        await heygen.v2.streaming.new_session(ROOM)


async def test_nobody_shows_a_token(heygen: HeyGen, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = await heygen.v2.streaming.create_token()
    room = await heygen.v2.streaming.new_session(ROOM)
    offer = await heygen.v2.streaming.new_session(NewStreamingSession())
    assert room.realtime_endpoint is not None
    assert offer.ice_servers2 is not None
    secrets = [token.token, room.access_token, offer.ice_servers2[1].credential]
    shown = f"{token!r} {room!r} {offer!r} {[token, room, offer]} {caplog.text}"
    assert all(secret and secret not in shown for secret in secrets)
    assert room.realtime_endpoint not in shown
    assert isinstance(room, StreamingSession)
