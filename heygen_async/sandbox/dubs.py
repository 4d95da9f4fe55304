"""What is remembered of dubbed videos, translated or with another recording. Plain data."""

import msgspec


class Dub(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What is seen and heard of a dubbed video.

    Attributes:
        source: Asset whose pictures it has.
        seconds: How long it is: as long as its source.
        script: What is said.
        language: Of the script.
        speed: How fast it is said.
        audio: Asset that is heard in the place of the script.
        span: Seconds from and to which it is dubbed; all of it when None.
        srt: Asset with its captions; those of the script when None.
    """

    source: str
    seconds: float
    script: str
    language: str = "English"
    speed: float = 1.0
    audio: str | None = None
    span: tuple[float, float] | None = None
    srt: str | None = None


class Dubbed(msgspec.Struct, kw_only=True):
    """A translation into one language, or a lipsync.

    Attributes:
        id: Its id.
        kind: ``video_translation`` or ``lipsync``.
        created: Virtual Unix time.
        start: Virtual Unix time at which it gets a slot.
        done: Virtual Unix time at which it ends, well or not.
        dub: What is seen and heard.
        title: Name to show.
        language: That it is translated to.
        input_language: Of the source.
        audio_only: Whether the lips are left as they are.
        folder_id: As given.
        callback_id: As given.
        callback_url: As given.
        failure: Why it fails.
        legacy: Whether it came from v2.
    """

    id: str
    kind: str
    created: float
    start: float
    done: float
    dub: Dub
    title: str | None = None
    language: str | None = None
    input_language: str | None = None
    audio_only: bool = False
    folder_id: str | None = None
    callback_id: str | None = None
    callback_url: str | None = None
    failure: str | None = None
    legacy: bool = False


class Proofread(msgspec.Struct, kw_only=True):
    """The subtitles of a translation into one language.

    Attributes:
        id: Its id.
        created: Virtual Unix time.
        done: Virtual Unix time at which it ends, well or not.
        dub: What will be seen and heard; its captions are what is corrected.
        language: That it is translated to.
        title: Name to show.
        mode: ``speed`` or ``precision``.
        original: Asset with the subtitles it was made with.
        failure: Why it fails.
    """

    id: str
    created: float
    done: float
    dub: Dub
    language: str
    title: str
    mode: str
    original: str | None = None
    failure: str | None = None
