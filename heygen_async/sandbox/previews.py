"""What is remembered of model voices, their speech and realtime sessions. Plain data."""

import msgspec

from heygen_async.sandbox.people import Spoken


class ModelVoice(msgspec.Struct, kw_only=True):
    """A voice of HeyGen's own speech model.

    Attributes:
        id: Its id.
        mode: ``professional`` or ``instant``.
        name: Name to show.
        language: Its code, as it was given.
        gender: As guessed.
        created: Virtual Unix time.
        ready: Virtual Unix time at which its making ends, well or not.
        failure: Why its making fails, as a word.
        deleted: Whether it was deleted: it is kept to answer another delete.
    """

    id: str
    mode: str
    name: str
    language: str
    gender: str
    created: float
    ready: float
    failure: str | None = None
    deleted: bool = False


class Piece(msgspec.Struct, kw_only=True):
    """Something that a realtime session says at one go.

    Attributes:
        spoken: What it says; None when it speaks with a recording.
        start: Virtual Unix time at which it begins.
        end: Virtual Unix time at which it ends.
    """

    spoken: Spoken | None
    start: float
    end: float


class Session(msgspec.Struct, kw_only=True):
    """A realtime session.

    Attributes:
        id: Its id.
        kind: ``tts``, ``audio`` or ``text_stream``.
        look_id: Who is seen.
        voice_id: Who is heard.
        created: Virtual Unix time.
        live: Virtual Unix time at which it can be watched.
        pieces: What is said, in order.
        heard: Virtual Unix time at which text came last.
        size: Bytes of text so far.
        audio: Asset that it speaks with.
        final: Virtual Unix time at which the last text was announced.
        cancelled: Virtual Unix time at which it was cancelled.
        failure: Why it fails.
    """

    id: str
    kind: str
    look_id: str
    voice_id: str
    created: float
    live: float
    heard: float
    pieces: list[Piece] = []
    size: int = 0
    audio: str | None = None
    final: float | None = None
    cancelled: float | None = None
    failure: str | None = None
