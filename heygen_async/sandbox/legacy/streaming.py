"""``/v1/streaming``: sessions in which somebody speaks at once; nothing of it is seen here."""

from typing import Any, Final

from heygen_async.models.v2 import (
    NewStreamingSession,
    OfferCandidate,
    StartStream,
    StreamRef,
    StreamTask,
)
from heygen_async.sandbox import streams
from heygen_async.sandbox.catalogue import find_voice
from heygen_async.sandbox.context import Call, Context, Handler, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.ids import stable_id
from heygen_async.sandbox.older import Stream
from heygen_async.sandbox.people import Spoken
from heygen_async.sandbox.refusal import Refusal, invalid, refuse
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.voices import speaks_live, usable_voice
from heygen_async.sandbox.world import Look
from heygen_async.wire import rates

_NUMBERS: Final = {
    "new": 10001,
    "connecting": 10002,
    "connected": 10003,
    "closing": 10004,
    "closed": 10005,
}
"""What is answered to what cannot be done in a state."""

_NOT_FOUND: Final = 10006
_TOO_MANY: Final = 10007
_NO_AVATAR: Final = 10012
_OPEN: Final = ("new", "connecting", "connected")
_TASKS: Final = (None, "chat", "repeat", "talk")
_MODES: Final = (None, "sync", "async")


async def create_token(ctx: Context, call: Call) -> Reply:
    """Makes a token; only for those who have the key."""
    if "X-Api-Key" not in call.request.headers:
        raise _unauthorized()
    decode(call.body, dict[str, Any])
    token = stable_id("session token", ctx.new_id("session token"))
    ctx.world.older.tokens.append(token)
    return Reply({"token": token})


def _unauthorized() -> Refusal:
    return Refusal(401, "unauthorized", "Unauthorized", number=400112)


def _enter(ctx: Context, call: Call) -> None:
    """Lets in whoever has a key or a token, and takes the money for what has ended meanwhile.

    Raises:
        Refusal: 401, for a token that was not given out here.
    """
    headers = call.request.headers
    token = headers.get("Authorization", "").partition(" ")[2].strip()
    if "X-Api-Key" not in headers and token not in ctx.world.older.tokens:
        raise _unauthorized()
    now = ctx.clock.now()
    for stream in ctx.world.older.streams.values():
        if not stream.billed and now >= streams.ends_at(stream):
            stream.billed = True
            price = round(rates.STREAMING * streams.seconds(stream) / 60, 4)
            ctx.charge(call, "streaming", stream.id, price)


async def new_session(ctx: Context, call: Call) -> Reply:
    """Makes a session, if fewer than three are there."""
    _enter(ctx, call)
    body: NewStreamingSession = decode(call.body, NewStreamingSession)
    if body.voice is not None and body.voice_id is not None:
        refuse("voice_id", "voice_id: must not be given beside voice")
    look = _look(ctx, body.avatar_id)
    voice_id = body.voice_id or (body.voice and body.voice.voice_id) or look.voice_id
    if not speaks_live(usable_voice(ctx, voice_id)):
        refuse("voice_id", f"voice_id: {voice_id} cannot be used with a streaming avatar")
    ctx.afford(rates.STREAMING)
    now = ctx.clock.now()
    known = ctx.world.older.streams
    if sum(streams.status(each, now) in _OPEN for each in known.values()) >= streams.MOST:
        words = f"Concurrent limit reached: {streams.MOST} sessions."
        raise Refusal(400, "concurrent_limit", words, number=_TOO_MANY)
    stream = Stream(
        id=ctx.new_id("stream"),
        look_id=look.id,
        voice_id=voice_id,
        created=now,
        touched=now,
        patient=bool(body.disable_idle_timeout),
    )
    known[stream.id] = stream
    return Reply(_room(stream) if body.version == "v2" else _offer(stream))


def _looks(ctx: Context) -> list[Look]:
    """Who can be seen: the stock."""
    return [look for look in ctx.world.looks.values() if look.public]


def _look(ctx: Context, avatar_id: str | None) -> Look:
    for look in _looks(ctx):
        if avatar_id in {None, look.id}:
            return look
    raise Refusal(200, "avatar_not_found", "avatar not found", number=_NO_AVATAR)


def _offer(stream: Stream) -> dict[str, Any]:
    sdp = f"v=0\r\no=- {int(stream.created)} 0 IN IP4 127.0.0.1\r\ns={stream.id}\r\nt=0 0\r\n"
    turn = {
        "urls": ["turn:turn.example.com:3478"],
        "username": stream.id,
        "credential": stable_id("credential", stream.id),
        "credentialType": "password",
    }
    return {
        "session_id": stream.id,
        "sdp": {"type": "offer", "sdp": sdp},
        "ice_servers": [],
        "ice_servers2": [{"urls": ["stun:stun.example.com:3478"]}, turn],
    }


def _room(stream: Stream) -> dict[str, Any]:
    key = stable_id("room", stream.id)
    return {
        "session_id": stream.id,
        "access_token": key,
        "url": "wss://room.example.com",
        "is_paid": True,
        "session_duration_limit": int(streams.LONGEST),
        "realtime_endpoint": f"wss://room.example.com/{stream.id}?token={key}",
    }


def _found(ctx: Context, call: Call, session_id: str, *allowed: str) -> Stream:
    """A session in one of the states in which something can be done; it is touched.

    Raises:
        Refusal: It is unknown, inside a 200, or in another state.
    """
    _enter(ctx, call)
    stream = ctx.world.older.streams.get(session_id)
    if stream is None:
        raise Refusal(200, "session_not_found", "session not found", number=_NOT_FOUND)
    now = ctx.clock.now()
    state = streams.status(stream, now)
    if state not in allowed:
        words = f"session state wrong: {state}"
        raise Refusal(400, "session_state_wrong", words, number=_NUMBERS[state])
    stream.touched = now
    return stream


async def start(ctx: Context, call: Call) -> Reply:
    """Begins a new session; the answer is not looked into."""
    body: StartStream = decode(call.body, StartStream)
    stream = _found(ctx, call, body.session_id, "new")
    stream.live = stream.touched + ctx.span(streams.STARTUP, stream.id)
    return Reply({"status": "success"})


async def ice(ctx: Context, call: Call) -> Reply:
    """Takes a candidate."""
    body: OfferCandidate = decode(call.body, OfferCandidate)
    _found(ctx, call, body.session_id, *_OPEN)
    return Reply({"status": "success"})


async def task(ctx: Context, call: Call) -> Reply:
    """Says a text after all that came before it; an answer to it is its echo."""
    body: StreamTask = decode(call.body, StreamTask)
    for name, value, known in (
        ("task_type", body.task_type, _TASKS),
        ("task_mode", body.task_mode, _MODES),
    ):
        if value not in known:
            raise invalid(name, f"{name}: {value!r} is none of {', '.join(filter(None, known))}")
    stream = _found(ctx, call, body.session_id, "connected")
    task_id = ctx.new_id("stream task")
    voice = find_voice(ctx.world, stream.voice_id)
    spoken = Spoken(
        id=task_id,
        text=body.text,
        voice_id=stream.voice_id,
        gender=voice.gender.lower() if voice else "female",
        language=voice.language if voice else "English",
        speed=1.0,
    )
    said = (await ctx.studio.words(spoken)).duration
    stream.silent = max(stream.silent, ctx.clock.now()) + said
    return Reply({"duration_ms": round(said * 1000, 1), "task_id": task_id})


async def interrupt(ctx: Context, call: Call) -> Reply:
    """Forgets what was still to be said."""
    body: StreamRef = decode(call.body, StreamRef)
    stream = _found(ctx, call, body.session_id, "connected")
    stream.silent = stream.touched
    return Reply(None)


async def keep_alive(ctx: Context, call: Call) -> Reply:
    """Puts off the end."""
    body: StreamRef = decode(call.body, StreamRef)
    _found(ctx, call, body.session_id, *_OPEN)
    return Reply(None, note="success")


async def stop(ctx: Context, call: Call) -> Reply:
    """Ends a session, and takes the money for it."""
    body: StreamRef = decode(call.body, StreamRef)
    stream = _found(ctx, call, body.session_id, *_OPEN)
    stream.stopped = stream.touched
    _enter(ctx, call)
    return Reply({"status": "success"})


async def list_sessions(ctx: Context, call: Call) -> Reply:
    """Lists the sessions that have not ended."""
    _enter(ctx, call)
    now = ctx.clock.now()
    states = [(each, streams.status(each, now)) for each in ctx.world.older.streams.values()]
    shown = [
        {"session_id": stream.id, "status": state, "created_at": int(stream.created)}
        for stream, state in states
        if state in _OPEN
    ]
    return Reply({"sessions": shown})


async def list_avatars(ctx: Context, call: Call) -> Reply:
    """Lists the stock, as a bare array."""
    _enter(ctx, call)
    shown = [
        {"avatar_id": look.id, "created_at": 0, "is_public": True, "status": "ACTIVE"}
        for look in _looks(ctx)
    ]
    return Reply(shown)


def _route(method: str, path: str, handler: Handler) -> Route:
    return Route(method=method, path=f"/v1/{path}", handler=handler, family=Family.CODE)


ROUTES: Final = (
    _route("POST", "streaming.create_token", create_token),
    _route("POST", "streaming.new", new_session),
    _route("POST", "streaming.start", start),
    _route("POST", "streaming.ice", ice),
    _route("POST", "streaming.task", task),
    _route("POST", "streaming.interrupt", interrupt),
    _route("POST", "streaming.keep_alive", keep_alive),
    _route("POST", "streaming.stop", stop),
    _route("GET", "streaming.list", list_sessions),
    _route("GET", "streaming/avatar.list", list_avatars),
)
