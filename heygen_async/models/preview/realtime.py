"""Avatars that speak at once: https://developers.heygen.com/reference/create-avatar-realtime-session."""

from typing import TypeAlias

from heygen_async.models.assets import Filled
from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.files import FileInput


class RealtimeSpeech(Request, tag_field="type", tag="tts"):
    """An avatar that speaks a text which is known from the start.

    Attributes:
        avatar_id: Look of a photo avatar or motion avatar.
        text: What it says; not empty.
        voice_id: Who says it.
    """

    avatar_id: str
    text: Filled
    voice_id: str


class RealtimeAudio(Request, tag_field="type", tag="audio"):
    """An avatar that speaks with a recording.

    Attributes:
        avatar_id: Look of a photo avatar or motion avatar.
        audio: The recording.
    """

    avatar_id: str
    audio: FileInput


class RealtimeTextStream(Request, tag_field="type", tag="text_stream"):
    """An avatar that speaks a text which is still being written.

    Attributes:
        avatar_id: Look of a photo avatar or motion avatar.
        voice_id: Who says it.
        text: How it begins; not empty. The rest follows with ``append_text``, within 30 seconds
            each time, or HeyGen closes the input.
    """

    avatar_id: str
    voice_id: str
    text: Filled


CreateRealtimeSession: TypeAlias = RealtimeSpeech | RealtimeAudio | RealtimeTextStream
"""What ``heygen.preview.avatar_realtime.create_session`` takes."""


class AppendText(Request):
    """More text for a session that takes it.

    Attributes:
        delta: What is said next; may be empty only when it is the last one.
        final: Whether it is the last one; False when left out.
    """

    delta: str
    final: bool = False


class RealtimeStatus(OpenEnum):
    """How far a session is."""

    PENDING = "pending"
    STREAMING = "streaming"
    COMPLETED = "completed"
    ERROR = "error"


class EndReason(OpenEnum):
    """Why a session, or the stream of its words, ended."""

    FINAL_MARKER = "final_marker"
    IDLE_TIMEOUT = "idle_timeout"
    COMPLETED = "completed"
    ERROR = "error"


class CreatedRealtimeSession(Reply):
    """What a create call answers.

    Attributes:
        stream_id: The session.
    """

    stream_id: str


class RealtimeSession(Reply):
    """A session.

    Attributes:
        stream_id: Its id.
        status: How far it is.
        hls_url: Where it can be watched; only while it is ``streaming``.
        error_message: Only when it failed.
        end_reason: Only for a text stream that ended: the last text came, or none for too long.
    """

    stream_id: str
    status: RealtimeStatus = RealtimeStatus.PENDING
    hls_url: str | None = None
    error_message: str | None = None
    end_reason: EndReason | None = None


class AppendedText(Reply):
    """What an append answers.

    Attributes:
        ok: Always true.
        buffered_bytes: Bytes of text that the session has got so far.
    """

    ok: bool = True
    buffered_bytes: int = 0


class CancelledSession(Reply):
    """What a cancel answers.

    Attributes:
        stream_id: The session.
        cancelled: Whether this call ended it; False when it had ended before.
    """

    stream_id: str
    cancelled: bool = False


class SpokenWord(Reply):
    """A word as it is spoken. Punctuation comes as a word of its own.

    Attributes:
        word: A word, a part of one, or a punctuation mark.
        start: Seconds from the beginning of the sound.
        end: Seconds from the beginning of the sound.
    """

    word: str
    start: float
    end: float


class WordBatch(Reply):
    """Words of about one second, as they come over the wire.

    Attributes:
        words: In the order of their times.
    """

    words: list[SpokenWord]


class WordsEnd(Reply):
    """The last frame of a stream of words.

    Attributes:
        reason: Why it ended.
    """

    reason: EndReason
