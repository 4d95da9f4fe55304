"""What is remembered for v1 alone: contacts, and streaming sessions. Plain data."""

import msgspec


class Audience(msgspec.Struct, kw_only=True):
    """Contacts that were added by one request.

    Attributes:
        id: Its id.
        video_id: The first contact's video.
    """

    id: str
    video_id: str


class Stream(msgspec.Struct, kw_only=True):
    """A streaming session.

    Attributes:
        id: Its id.
        look_id: Who is seen.
        voice_id: Who is heard.
        created: Virtual Unix time.
        touched: Virtual Unix time of the last request about it.
        patient: Whether it does not end for want of requests.
        live: Virtual Unix time from which somebody is seen; None until it is started.
        silent: Virtual Unix time at which all is said.
        stopped: Virtual Unix time at which it was stopped.
        billed: Whether its money was taken.
    """

    id: str
    look_id: str
    voice_id: str
    created: float
    touched: float
    patient: bool = False
    live: float | None = None
    silent: float = 0.0
    stopped: float | None = None
    billed: bool = False


class Older(msgspec.Struct, kw_only=True):
    """All of it.

    Attributes:
        audiences: By id.
        streams: By id.
        tokens: Session tokens that were given out.
    """

    audiences: dict[str, Audience] = {}
    streams: dict[str, Stream] = {}
    tokens: list[str] = []
