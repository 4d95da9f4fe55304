"""What is remembered of videos that are worked on, renders of HTML, and agents. Plain data."""

import msgspec


class Piece(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A file that a job makes: cut out of a source, or rendered.

    Attributes:
        id: Its id.
        ready: Virtual Unix time from which it can be fetched.
        width: Pixels.
        height: Pixels.
        seconds: How long it is.
        portrait: Seeds the person who is drawn.
        script: What is said, where nothing is cut.
        source: Asset that it is cut out of.
        cuts: Seconds from and to which the source is kept.
        mask: Only where the person is, in white on black.
        alpha: Transparent WebM.
        owner: The job that it belongs to.
    """

    id: str
    ready: float
    width: int
    height: int
    seconds: float
    portrait: str
    script: str = ""
    source: str | None = None
    cuts: list[tuple[float, float]] = []
    mask: bool = False
    alpha: bool = False
    owner: str = ""


class Work(msgspec.Struct, kw_only=True):
    """What jobs of every kind here have in common.

    Attributes:
        id: Its id.
        created: Virtual Unix time.
        done: Virtual Unix time at which it ends, well or not.
        title: Name to show.
        callback_id: As given.
        failure: Why it fails.
        deleted: Whether nobody shall see it any more.
    """

    id: str
    created: float
    done: float
    title: str | None = None
    callback_id: str | None = None
    failure: str | None = None
    deleted: bool = False


class Clipping(Work, kw_only=True):
    """Clips that are cut out of a video.

    Attributes:
        language: Code of what is spoken.
        seconds: Of the source.
        shape: ``landscape``, ``portrait`` or ``square``.
        pieces: Ids of the clips, which are ready one after the other.
    """

    language: str
    seconds: float
    shape: str
    pieces: list[str]


class Removal(Work, kw_only=True):
    """A video taken apart.

    Attributes:
        seconds: Of the source.
        layers: Ids of the pieces, by the layer's name.
    """

    seconds: float
    layers: dict[str, str]


class Tightening(Work, kw_only=True):
    """A video without its filler words.

    Attributes:
        seconds: Of the source.
        piece: Id of the shorter copy.
        fillers: How many words were cut.
        price: What is paid back when nothing changed; 0 otherwise, and afterwards.
    """

    seconds: float
    piece: str
    fillers: int
    price: float = 0.0


class Render(Work, kw_only=True):
    """A render of HTML.

    Attributes:
        piece: Id of its video.
        fps: Pictures per second, as told.
        quality: As told.
        format: ``mp4``, ``webm`` or ``mov``.
        resolution: ``1080p`` or ``4k``.
        aspect_ratio: As told.
        composition: As given.
    """

    piece: str
    fps: int
    quality: str
    format: str
    resolution: str
    aspect_ratio: str
    composition: str | None = None


class Made(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What one workflow makes.

    Attributes:
        piece: Piece that it is.
        video: Video that it is.
        asset: Asset that holds the video.
    """

    piece: str | None = None
    video: str | None = None
    asset: str | None = None


class Execution(Work, kw_only=True):
    """A workflow, or a graph of them.

    Attributes:
        made: What each workflow makes, by its id in the graph.
        graph: Whether it is a graph; a single workflow has an id that nobody sees.
    """

    made: dict[str, Made]
    graph: bool


class Said(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A message of an agent's session.

    Attributes:
        role: ``user`` or ``model``.
        content: The text.
        type: ``text``, ``resource`` or ``error``.
        at: Virtual Unix time.
        resource_ids: What it refers to.
    """

    role: str
    content: str
    at: float
    type: str = "text"
    resource_ids: list[str] = []


class Resource(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Something that belongs to an agent's session.

    Attributes:
        id: Its id.
        kind: ``image``, ``video``, ``draft`` and so on.
        source: ``generated`` or ``user_uploaded``.
        at: Virtual Unix time.
        asset: Asset that it is.
        piece: Piece that it is.
        video: Video that it is.
    """

    id: str
    kind: str
    source: str
    at: float
    asset: str | None = None
    piece: str | None = None
    video: str | None = None


class Run(msgspec.Struct, kw_only=True):
    """An agent's work on one message.

    Attributes:
        id: Its id.
        start: Virtual Unix time.
        thought: Virtual Unix time at which the thinking ends.
        ends: What it ends in: ``asks``, ``shows`` a draft, ``makes`` a video, or ``fails``.
        video_id: The video that it makes.
        price: What was paid for that.
        settled: Whether its end was entered into the session.
    """

    id: str
    start: float
    thought: float
    ends: str
    video_id: str | None = None
    price: float = 0.0
    settled: bool = False


class Session(msgspec.Struct, kw_only=True):
    """An agent's session.

    Attributes:
        id: Its id.
        created: Virtual Unix time.
        chat: Whether it may ask.
        title: Found by the agent.
        script: What the video says.
        look_id: Whom it shows.
        voice_id: Who speaks.
        shape: ``landscape`` or ``portrait``.
        run: What it works on, or worked on last.
        status: Its word once the run has thought; that of the video when it makes one.
        messages: The oldest first.
        resources: By id.
        videos: Ids of the videos that are known, the oldest first.
        callback_id: As given.
        callback_url: As given.
        seconds: About how long the video shall be, for an agent of v1.
    """

    id: str
    created: float
    chat: bool
    title: str
    script: str
    look_id: str
    voice_id: str
    shape: str
    run: Run
    status: str = "thinking"
    messages: list[Said] = []
    resources: dict[str, Resource] = {}
    videos: list[str] = []
    callback_id: str | None = None
    callback_url: str | None = None
    seconds: float | None = None
