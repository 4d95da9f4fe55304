"""What is remembered of people: their groups, consents, voices and words. Plain data."""

import msgspec


class Training(msgspec.Struct, kw_only=True):
    """The training of a group of v2.

    Attributes:
        start: Virtual Unix time.
        done: Virtual Unix time at which it ends, well or not.
        failure: Why it fails.
    """

    start: float
    done: float
    failure: str | None = None


class Group(msgspec.Struct, kw_only=True):
    """A person or character.

    Attributes:
        id: Its id.
        name: Name to show.
        created: Virtual Unix time.
        looks: Ids of its looks, the first one first.
        training: Its last training (v2).
        voice_id: Its default voice, if one was chosen.
    """

    id: str
    name: str
    created: float
    looks: list[str]
    training: Training | None = None
    voice_id: str | None = None


class Generation(msgspec.Struct, kw_only=True):
    """Photos or looks being drawn (v2).

    Attributes:
        id: Its id.
        start: Virtual Unix time.
        done: Virtual Unix time at which it ends, well or not.
        photos: Ids of the assets it draws.
        failure: Why it fails.
    """

    id: str
    start: float
    done: float
    photos: list[str]
    failure: str | None = None


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
