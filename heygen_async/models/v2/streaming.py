"""Streaming avatars of v1: sessions in which somebody speaks at once."""

from typing import Annotated, Literal

from msgspec import Meta

from heygen_async.models.assets import Filled
from heygen_async.models.base import KeepsSecrets, OpenEnum, Reply, Request


class StreamingVoice(Request):
    """Who is heard.

    Attributes:
        voice_id: A voice with ``support_interactive_avatar``; the avatar's own when left out.
        rate: How fast; 1 when left out.
        emotion: Mood, in HeyGen's word.
    """

    voice_id: Filled | None = None
    rate: Annotated[float, Meta(gt=0)] | None = None
    emotion: str | None = None


class NewStreamingSession(Request):
    """A session to begin.

    Attributes:
        quality: ``low`` (480p, about 500 kbit/s), ``medium`` (720p, about 1 Mbit/s; when left out)
            or ``high`` (1080p, about 2 Mbit/s).
        avatar_id: Who is seen, from ``list_avatars``; HeyGen's choice when left out.
        voice: Who is heard.
        voice_id: The same as older pages have it; not beside ``voice``.
        video_encoding: ``H264`` or ``VP8``.
        knowledge_base: What the avatar knows when it is asked with ``chat``.
        knowledge_base_id: The same, kept at HeyGen.
        language: Such as ``en``.
        version: ``v2`` for a room to join; a WebRTC offer when left out.
        disable_idle_timeout: Whether the session goes on when nobody speaks for a while.
    """

    quality: Literal["low", "medium", "high"] | None = None
    avatar_id: Filled | None = None
    voice: StreamingVoice | None = None
    voice_id: Filled | None = None
    video_encoding: Literal["H264", "VP8"] | None = None
    knowledge_base: str | None = None
    knowledge_base_id: str | None = None
    language: str | None = None
    version: Literal["v2"] | None = None
    disable_idle_timeout: bool | None = None


class SdpAnswer(Request, tag_field="type", tag="answer"):
    """Your side of a WebRTC connection.

    Attributes:
        sdp: The description, as your WebRTC library made it.
    """

    sdp: Filled


class IceCandidate(Request):
    """A way to reach you, as your WebRTC library or a browser found it, and in its names.

    Attributes:
        candidate: The candidate; empty for the last one.
        sdpMid: Which stream it is for.
        sdpMLineIndex: The same as a number, from 0.
        usernameFragment: Whose it is, when connections are made anew.
    """

    candidate: str
    sdpMid: str | None = None  # noqa: N815
    sdpMLineIndex: int | None = None  # noqa: N815
    usernameFragment: str | None = None  # noqa: N815


class StartStream(Request):
    """The second half of a beginning.

    Attributes:
        session_id: The session.
        sdp: Your answer to its offer; left out for a session with a room.
    """

    session_id: Filled
    sdp: SdpAnswer | None = None


class OfferCandidate(Request):
    """A way to reach you.

    Attributes:
        session_id: The session.
        candidate: The candidate.
    """

    session_id: Filled
    candidate: IceCandidate


class StreamTask(Request):
    """Something for the avatar to say.

    Attributes:
        session_id: The session.
        text: What it is told.
        task_type: ``repeat`` to say it, ``chat`` (in older pages ``talk``) to answer it.
        task_mode: ``sync`` to answer when it is said, ``async`` to answer at once.
    """

    session_id: Filled
    text: Filled
    task_type: str | None = None
    task_mode: str | None = None


class StreamRef(Request):
    """Names a session.

    Attributes:
        session_id: The session.
    """

    session_id: Filled


class StreamingToken(KeepsSecrets):
    """A key to one session, for those who shall not have yours. It is not part of the ``repr``.

    Attributes:
        token: What the endpoints of streaming take as ``Authorization: Bearer <token>``.
    """

    token: str


class SessionDescription(KeepsSecrets):
    """HeyGen's side of a WebRTC connection; its ``sdp`` holds passwords, and is not shown.

    Attributes:
        type: ``offer``.
        sdp: The description, for your WebRTC library.
    """

    type: str = "offer"
    sdp: str = ""


class IceServer(KeepsSecrets):
    """A server that helps to connect. Its credential is not part of the ``repr``.

    Attributes:
        urls: Where it is.
        username: Your name there.
        credential: Your password there.
        credentialType: What the password is.
    """

    urls: list[str] | str = []
    username: str | None = None
    credential: str | None = None
    credentialType: str | None = None  # noqa: N815


class StreamingSession(KeepsSecrets):
    """A new session: with an offer, or with a room. Its token is not part of the ``repr``.

    Attributes:
        session_id: The session's id.
        sdp: Only with an offer: HeyGen's side.
        ice_servers2: Only with an offer: servers that help to connect.
        url: Only with a room: where it is.
        access_token: Only with a room: the key to it.
        realtime_endpoint: Only with a room: where it can be talked to, with a key of its own; not
            part of the ``repr`` either.
        is_paid: Whether it is billed.
        session_duration_limit: Seconds after which it ends.
    """

    session_id: str
    sdp: SessionDescription | None = None
    ice_servers2: list[IceServer] | None = None
    url: str | None = None
    access_token: str | None = None
    realtime_endpoint: str | None = None
    is_paid: bool | None = None
    session_duration_limit: float | None = None


class StartedStream(Reply):
    """What HeyGen answers to a beginning: one of the two, or neither.

    Attributes:
        status: How it went.
        sdp: HeyGen's side once more.
    """

    status: str | None = None
    sdp: SessionDescription | None = None


class StartedTask(Reply):
    """What HeyGen answers to a task.

    Attributes:
        task_id: Its id, which the events in the room name.
        duration_ms: How long it takes to say, in milliseconds.
    """

    task_id: str | None = None
    duration_ms: float | None = None


class StreamingStatus(OpenEnum):
    """How far a session is."""

    NEW = "new"
    CONNECTING = "connecting"
    CONNECTED = "connected"


class ActiveSession(Reply):
    """A session that has not ended.

    Attributes:
        session_id: The session's id.
        status: How far it is.
        created_at: When it was made, as HeyGen writes it.
    """

    session_id: str
    status: StreamingStatus = StreamingStatus.NEW
    created_at: float | str | None = None


class StreamingAvatar(Reply):
    """Somebody who can be seen in a session.

    Attributes:
        avatar_id: What a new session takes.
        status: ``ACTIVE`` or ``INACTIVE``.
        is_public: Whether it is one of HeyGen's own.
        created_at: When it was made, as HeyGen writes it.
    """

    avatar_id: str
    status: str | None = None
    is_public: bool = False
    created_at: float | str | None = None
