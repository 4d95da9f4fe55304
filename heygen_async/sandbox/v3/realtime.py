"""``/v3/avatar-realtime``: avatars that speak at once, a preview."""

import asyncio
import itertools
import math
import re
from collections.abc import AsyncGenerator, Iterable
from typing import Any, Final

import msgspec

from heygen_async.models.preview import (
    AppendText,
    CreateRealtimeSession,
    RealtimeAudio,
    RealtimeTextStream,
)
from heygen_async.sandbox import prices, realtime
from heygen_async.sandbox.assets import resolve
from heygen_async.sandbox.context import (
    Call,
    Context,
    FileReply,
    RawReply,
    Reply,
    Route,
    StreamReply,
)
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.jobs import FAIL_TOKEN, REMOTE_AUDIO_SECONDS, frame
from heygen_async.sandbox.links import storage_path
from heygen_async.sandbox.people import Spoken
from heygen_async.sandbox.previews import Piece, Session
from heygen_async.sandbox.refusal import Refusal, invalid, missing
from heygen_async.sandbox.v3.video_plans import usable_look
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.voices import usable_voice
from heygen_async.sandbox.world import Shot

_BATCH_WORDS: Final = 10
_BATCH_SECONDS: Final = 1.0
_LOOK_SECONDS: Final = 0.01
_HEARTBEAT: Final = 500
_TOKEN: Final = re.compile(r"\w+(?:['\u2019-]\w+)*|[^\w\s]")
_TYPES: Final = frozenset({"photo_avatar", "digital_twin"})


async def create_avatar_realtime_session(ctx: Context, call: Call) -> Reply:
    """Starts a session, if fewer than three run."""
    body: CreateRealtimeSession = decode(call.body, CreateRealtimeSession)
    try:
        look = usable_look(ctx, body.avatar_id)
        if look.avatar_type not in _TYPES:
            raise invalid("avatar_id", "avatar_id: must be a photo avatar or motion avatar")
    except Refusal as refusal:
        raise _as_bad_field(refusal, "avatar_id") from None
    now = ctx.clock.now()
    stream_id = ctx.new_id("realtime")
    session = Session(
        id=stream_id,
        kind=_kind(body),
        look_id=look.id,
        voice_id="" if isinstance(body, RealtimeAudio) else body.voice_id,
        created=now,
        live=now + ctx.span(realtime.STARTUP, stream_id),
        heard=now,
    )
    if isinstance(body, RealtimeAudio):
        piece = await _recording(ctx, call, body, session)
    else:
        piece = await _spoken(ctx, session, body.text)
        session.size = len(body.text.encode())
        if FAIL_TOKEN in body.text:
            session.failure = "The session could not be started."
    # From here on nothing is awaited: two requests cannot share the last place.
    _check_room(ctx)
    _charge(ctx, call, session, piece)
    session.pieces.append(piece)
    ctx.world.sessions[stream_id] = session
    return Reply({"stream_id": stream_id}, status=201)


def _kind(body: CreateRealtimeSession) -> str:
    if isinstance(body, RealtimeAudio):
        return "audio"
    return "text_stream" if isinstance(body, RealtimeTextStream) else "tts"


def _as_bad_field(refusal: Refusal, param: str) -> Refusal:
    """This endpoint knows no 404 and no 409: a field that cannot be used is a bad field."""
    return invalid(param, f"{param}: {refusal.message}") if refusal.param is None else refusal


async def _recording(ctx: Context, call: Call, body: RealtimeAudio, session: Session) -> Piece:
    try:
        asset = resolve(ctx, call, body.audio, kind="audio", param="audio")
    except Refusal as refusal:
        raise _as_bad_field(refusal, "audio") from None
    session.audio = asset.id
    shot = Shot(width=16, height=16, portrait="", audio=asset.id)
    if asset.drawn:
        shot.duration = REMOTE_AUDIO_SECONDS
    seconds = await ctx.studio.seconds(ctx.world, shot)
    return Piece(spoken=None, start=session.live, end=session.live + seconds)


async def _spoken(ctx: Context, session: Session, text: str) -> Piece:
    """A text with the moment at which it will be said: after all that came before it."""
    try:
        voice = usable_voice(ctx, session.voice_id)
    except Refusal as refusal:
        raise _as_bad_field(refusal, "voice_id") from None
    spoken = Spoken(
        id=f"{session.id}-{len(session.pieces)}",
        text=text,
        voice_id=voice.voice_id,
        gender=voice.gender.lower(),
        language=voice.language,
        speed=1.0,
    )
    seconds = (await ctx.studio.words(spoken)).duration
    before = session.pieces[-1].end if session.pieces else session.live
    start = max(before, session.live, ctx.clock.now())
    return Piece(spoken=spoken, start=start, end=start + seconds)


def _check_room(ctx: Context) -> None:
    now = ctx.clock.now()
    ends = sorted(
        done for each in ctx.world.sessions.values() if (done := realtime.done_at(each)) > now
    )
    if len(ends) >= realtime.MOST:
        wait = ctx.clock.real(ends[len(ends) - realtime.MOST] - now)
        raise Refusal(
            429,
            "rate_limit_exceeded",
            f"Concurrency limit reached: {realtime.MOST} realtime sessions are running.",
            retry_after=max(1, math.ceil(wait)),
        )


def _charge(ctx: Context, call: Call, session: Session, piece: Piece) -> None:
    """Takes money for what is going to be said: by then its length is known."""
    price = round(prices.REALTIME * (piece.end - piece.start), 4)
    ctx.afford(price)
    ctx.charge(call, "avatar_realtime", session.id, price)


async def get_avatar_realtime_session(ctx: Context, call: Call) -> Reply:
    """Reads a session."""
    session = _found(ctx, call)
    status = realtime.status(session, ctx.clock.now())
    playlist = call.base + storage_path("realtime", session.id, "index.m3u8")
    return Reply(
        {
            "stream_id": session.id,
            "status": status,
            "hls_url": playlist if status == "streaming" else None,
            "error_message": session.failure if status == "error" else None,
            "end_reason": realtime.end_reason(session) if status == "completed" else None,
        }
    )


async def append_avatar_realtime_text(ctx: Context, call: Call) -> Reply:
    """Takes more text, while the input is open."""
    session = _found(ctx, call)
    body: AppendText = decode(call.body, AppendText)
    if session.kind != "text_stream":
        raise invalid("stream_id", "stream_id: only a text_stream session takes text")
    if not body.delta and not body.final:
        raise invalid("delta", "delta: must not be empty unless final is true")
    _check_open(ctx, session)
    if any(map(str.isalnum, body.delta)):
        piece = await _spoken(ctx, session, body.delta)
        _check_open(ctx, session)
        _charge(ctx, call, session, piece)
        session.pieces.append(piece)
    now = ctx.clock.now()
    session.heard = now
    session.size += len(body.delta.encode())
    if body.final:
        session.final = now
    return Reply({"ok": True, "buffered_bytes": session.size}, status=202)


def _check_open(ctx: Context, session: Session) -> None:
    now = ctx.clock.now()
    ended = realtime.status(session, now) in {"completed", "error"}
    if session.final is not None or ended or now >= realtime.closed_at(session):
        raise Refusal(410, "gone", f"The input of session {session.id} is closed.")


async def cancel_avatar_realtime_session(ctx: Context, call: Call) -> Reply:
    """Ends a session; what has ended stays as it is."""
    session = _found(ctx, call)
    now = ctx.clock.now()
    running = now < realtime.done_at(session)
    if running:
        session.cancelled = now
    return Reply({"stream_id": session.id, "cancelled": running}, status=202)


async def stream_avatar_realtime_words(ctx: Context, call: Call) -> StreamReply:
    """Tells the words as they are spoken; all so far at once."""
    return StreamReply(_word_events(ctx, _found(ctx, call)), "text/event-stream")


async def _word_events(ctx: Context, session: Session) -> AsyncGenerator[bytes]:
    yield b": words\n\n"
    batches: list[list[dict[str, Any]]] = []
    taken = told = 0
    for tick in itertools.count(1):
        while taken < len(session.pieces):
            batches += await _batches(ctx, session, session.pieces[taken])
            taken += 1
        now, end = ctx.clock.now(), realtime.done_at(session)
        # A batch is told when its first word is heard.
        while told < len(batches) and session.live + batches[told][0]["start"] <= min(now, end):
            yield b"data: " + msgspec.json.encode({"words": batches[told]}) + b"\n\n"
            told += 1
        if now >= end:
            break
        # Somebody may advance the clock, append or cancel at any time: one look at a time.
        await asyncio.sleep(_LOOK_SECONDS)
        yield b": heartbeat\n\n" if tick % _HEARTBEAT == 0 else b""
    failed = realtime.status(session, ctx.clock.now()) == "error"
    reason = "error" if failed else realtime.end_reason(session) or "completed"
    yield b'event: end\ndata: {"reason":"%s"}\n\n' % reason.encode()


async def _batches(ctx: Context, session: Session, piece: Piece) -> list[list[dict[str, Any]]]:
    """The words of a piece, about a second of them at a time."""
    if piece.spoken is None:
        return []  # nobody writes down what a recording says here
    offset = piece.start - session.live
    batches: list[list[dict[str, Any]]] = []
    for word in (await ctx.studio.words(piece.spoken)).words:
        for token in _tokens(word.word, word.start + offset, word.end + offset):
            batch = batches[-1] if batches else []
            late = bool(batch) and token["end"] - batch[0]["start"] > _BATCH_SECONDS
            if not batch or late or len(batch) == _BATCH_WORDS:
                batches.append([])
            batches[-1].append(token)
    return batches


def _tokens(text: str, start: float, end: float) -> Iterable[dict[str, Any]]:
    """A word as written, with its punctuation as words of their own."""
    parts = _TOKEN.findall(text) or [text]
    letters = sum(map(len, parts))
    at = start
    for part in parts:
        until = at + (end - start) * len(part) / letters
        yield {"word": part, "start": round(at, 3), "end": round(until, 3)}
        at = until


def _found(ctx: Context, call: Call) -> Session:
    session = ctx.world.sessions.get(call.params["stream_id"])
    if session is None:
        raise missing("not_found", f"Session {call.params['stream_id']} not found.")
    return session


async def get_file(ctx: Context, call: Call) -> RawReply | FileReply:
    """The playlist of a session, or one of its pieces: a video, or its sound without real media."""
    session = ctx.world.sessions.get(call.params["stream_id"])
    name = call.params["name"]
    now = ctx.clock.now()
    if session is None or now < session.live or session.failure is not None:
        raise _no_key()
    begun = [each for each in session.pieces if each.start <= min(now, realtime.done_at(session))]
    suffix = ".ts" if ctx.studio.renderer.real else ".mp3"
    if name == "index.m3u8":
        ended = now >= realtime.done_at(session)
        return RawReply(_playlist(begun, suffix, ended=ended), "application/vnd.apple.mpegurl")
    index = name.removeprefix("piece-").removesuffix(suffix)
    if not index.isdecimal() or name != f"piece-{index}{suffix}" or int(index) >= len(begun):
        raise _no_key()
    return await _piece(ctx, session, int(index))


def _no_key() -> Refusal:
    return Refusal(404, "NoSuchKey", "The specified key does not exist.")


async def _piece(ctx: Context, session: Session, index: int) -> FileReply:
    piece, look = session.pieces[index], ctx.world.looks[session.look_id]
    width, height = frame("720p", "auto", (look.width, look.height))
    shot = Shot(width=width, height=height, portrait=look.drawn, photo=look.photo)
    shot.duration = piece.end - piece.start
    if piece.spoken is None:
        shot.audio = session.audio
    else:
        shot.script, shot.voice_id = piece.spoken.text, piece.spoken.voice_id
    if not ctx.studio.renderer.real:
        spec = await ctx.studio.spec(ctx.world, shot)
        return FileReply(await ctx.studio.renderer.audio(spec, format="mp3"), "audio/mpeg")
    from heygen_async.sandbox.media.segment import pack  # noqa: PLC0415

    target = ctx.files.path(f"{session.id}-{index}.ts")
    if not target.exists():
        clip = await ctx.studio.video(ctx.world, shot, captions=False)
        await asyncio.to_thread(pack, clip, target, begin=piece.start - session.live)
    return FileReply(target, "video/mp2t")


def _playlist(pieces: list[Piece], suffix: str, *, ended: bool) -> bytes:
    longest = math.ceil(max((each.end - each.start for each in pieces), default=1.0))
    lines = ["#EXTM3U", "#EXT-X-VERSION:3", f"#EXT-X-TARGETDURATION:{longest}"]
    lines += ["#EXT-X-MEDIA-SEQUENCE:0", "#EXT-X-PLAYLIST-TYPE:EVENT"]
    for index, piece in enumerate(pieces):
        if index:
            lines.append("#EXT-X-DISCONTINUITY")
        lines += [f"#EXTINF:{piece.end - piece.start:.3f},", f"piece-{index}{suffix}"]
    if ended:
        lines.append("#EXT-X-ENDLIST")
    return "\n".join([*lines, ""]).encode()


_PATH: Final = "/v3/avatar-realtime"
_ONE: Final = f"{_PATH}/{{stream_id}}"
ROUTES: Final = (
    Route(method="POST", path=_PATH, handler=create_avatar_realtime_session),
    Route(method="GET", path=_ONE, handler=get_avatar_realtime_session),
    Route(method="GET", path=f"{_ONE}/words", handler=stream_avatar_realtime_words),
    Route(method="POST", path=f"{_ONE}/text", handler=append_avatar_realtime_text),
    Route(method="POST", path=f"{_ONE}/cancel", handler=cancel_avatar_realtime_session),
    Route(
        method="GET",
        path="/_storage/realtime/{stream_id}/{name}",
        handler=get_file,
        family=Family.STORAGE,
    ),
)
