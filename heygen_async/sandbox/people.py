"""What is remembered of consents, cloned voices and spoken texts. Plain data."""

import msgspec


class Consent(msgspec.Struct, kw_only=True):
    """A page on which somebody may agree to a digital twin.

    Attributes:
        id: In its address.
        group_id: The group of the twin.
        expires: Virtual Unix time.
        text: What the page says; its own words when None.
        reroute_url: Where it leads afterwards.
        given: Whether somebody agreed on it.
    """

    id: str
    group_id: str
    expires: float
    text: str | None = None
    reroute_url: str | None = None
    given: bool = False


class Clone(msgspec.Struct, kw_only=True):
    """A voice made from a recording.

    Attributes:
        id: Its id.
        name: Name to show.
        language: English name of its language.
        gender: As guessed.
        created: Virtual Unix time.
        ready: Virtual Unix time at which its making ends, well or not.
        failure: Why its making fails.
    """

    id: str
    name: str
    language: str
    gender: str
    created: float
    ready: float
    failure: str | None = None


class Spoken(msgspec.Struct, kw_only=True):
    """A text that was spoken.

    Attributes:
        id: Its id.
        text: With ``<break>`` tags, and no others.
        voice_id: Who speaks.
        gender: Of the voice.
        language: English name or tag.
        speed: How fast.
    """

    id: str
    text: str
    voice_id: str
    gender: str
    language: str
    speed: float
