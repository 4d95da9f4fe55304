"""Everything the sandbox remembers. Plain data: saved and loaded as one snapshot."""

import msgspec

from heygen_async.sandbox.brands import BrandKit, Glossary
from heygen_async.sandbox.dubs import Dubbed, Proofread
from heygen_async.sandbox.folders import Folder
from heygen_async.sandbox.inference.records import Inference
from heygen_async.sandbox.mail import Delivery, Endpoint, Event
from heygen_async.sandbox.notes import SceneNote
from heygen_async.sandbox.older import Older
from heygen_async.sandbox.people import Clone, Consent, Generation, Group, Spoken
from heygen_async.sandbox.previews import ModelVoice, Session
from heygen_async.sandbox.records import Charge
from heygen_async.sandbox.works import (
    Clipping,
    Execution,
    Piece,
    Removal,
    Render,
    Session as Agent,
    Tightening,
)


class Slot(msgspec.Struct, kw_only=True):
    """A presigned upload slot.

    Attributes:
        content_type: What the bytes are said to be.
        size: Exact number of bytes.
        checksum: SHA-256 in hex, if it was given.
        expires: Virtual Unix time.
    """

    content_type: str
    size: int
    checksum: str | None
    expires: float


class Asset(msgspec.Struct, kw_only=True):
    """A file. Its bytes lie in the file store under its id.

    Attributes:
        id: Its id.
        name: File name to show.
        mime: Content type by its bytes.
        size: Bytes.
        created: Virtual Unix time.
        stored: Whether the bytes are there.
        usable: Whether the upload is completed.
        slot: Of a direct upload.
        drawn: Seeds the picture that stands in for bytes we do not have.
        base: Asset with the photo that the picture shows in new surroundings.
        copy_of: Video, translation or lipsync of ours whose bytes it has.
        image_key: v1's name for it, pictures only.
        generation_id: The generation that drew it.
        done: Virtual Unix time until which a direct upload is looked at.
        failure: Why it is not usable after that.
        deleted: Whether nobody shall see it any more; what was made of it stays.
    """

    id: str
    name: str
    mime: str
    size: int
    created: float
    stored: bool = True
    usable: bool = True
    slot: Slot | None = None
    drawn: str | None = None
    base: str | None = None
    copy_of: str | None = None
    image_key: str | None = None
    generation_id: str | None = None
    done: float = 0.0
    failure: "Failure | None" = None
    deleted: bool = False


class Failure(msgspec.Struct, frozen=True):
    """Why a job fails at its end."""

    code: str
    message: str


class Look(msgspec.Struct, kw_only=True):
    """One look of an avatar.

    Attributes:
        id: Its id.
        group_id: Its group.
        name: Name to show.
        avatar_type: ``studio_avatar``, ``digital_twin`` or ``photo_avatar``.
        created: Virtual Unix time.
        ready: Virtual Unix time at which its making ends, well or not.
        voice_id: Its default voice.
        engines: Engines it may be used with.
        gender: As guessed.
        photo: Asset with its picture; a portrait is drawn without one.
        drawn: Seeds that portrait.
        width: Of the picture, in pixels.
        height: Of the picture, in pixels.
        failure: Why its making fails.
        needs_consent: Whether a person has to agree.
        consented: Virtual Unix time from which their consent holds.
        public: Whether it is one of the stock.
        motion: Whether it moves (v2).
        sound: Id of its sound effect (v2).
        upscaled: Whether it was made larger (v2).
        origin: ``business_type`` of v2.
    """

    id: str
    group_id: str
    name: str
    avatar_type: str
    created: float
    ready: float
    voice_id: str
    engines: list[str]
    gender: str | None = None
    photo: str | None = None
    drawn: str = ""
    width: int = 0
    height: int = 0
    failure: Failure | None = None
    needs_consent: bool = False
    consented: float | None = None
    public: bool = False
    motion: bool = False
    sound: str | None = None
    upscaled: bool = False
    origin: str = "uploaded"


class Shot(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What a video shows and says, by ids rather than by paths.

    Attributes:
        width: Pixels.
        height: Pixels.
        portrait: Seeds the portrait that is drawn when there is no photo.
        script: What is said.
        voice_id: Who says it.
        speed: How fast.
        audio: Asset to speak with instead.
        duration: Least number of seconds.
        photo: Asset with the picture.
        fit: ``cover`` or ``contain``.
        color: Background, ``#rrggbb``.
        backdrop: Asset with the background.
        circle: Show the person in a disc.
        motion: Let the picture drift.
        alpha: Transparent WebM.
        scenes: Shown one after the other instead, all of this size.
    """

    width: int
    height: int
    portrait: str
    script: str = ""
    voice_id: str = ""
    speed: float = 1.0
    audio: str | None = None
    duration: float | None = None
    photo: str | None = None
    fit: str | None = None
    color: str | None = None
    backdrop: str | None = None
    circle: bool = False
    motion: bool = False
    alpha: bool = False
    scenes: list["Shot"] = []


class Video(msgspec.Struct, kw_only=True):
    """A video of any family.

    Attributes:
        id: Its id.
        created: Virtual Unix time.
        done: Virtual Unix time at which it is completed or failed.
        shot: What it shows.
        duration: Seconds, exactly those of the file.
        title: Name to show.
        captioned: Whether captions are burned in.
        folder_id: As given.
        callback_id: As given.
        callback_url: As given.
        failure: Why it fails.
        legacy: Whether it came from v2.
        subtitles: Whether v2 shows a caption file; v3 always does.
        aspect_ratio: As given.
        resolution: As given.
        brand_glossary_id: As given.
        scenes: What it was made of.
    """

    id: str
    created: float
    done: float
    shot: Shot
    duration: float
    title: str | None = None
    captioned: bool = False
    folder_id: str | None = None
    callback_id: str | None = None
    callback_url: str | None = None
    failure: Failure | None = None
    legacy: bool = False
    subtitles: bool = True
    aspect_ratio: str | None = None
    resolution: str | None = None
    brand_glossary_id: str | None = None
    scenes: list[SceneNote] = []


class BatchItem(msgspec.Struct, kw_only=True):
    """One item of a batch, of whatever kind.

    Attributes:
        id: Of the video, lipsync, translation or asset; None when it could not be made.
        start: Virtual Unix time until which it is queued.
        failure: Why it could not be made.
    """

    id: str | None = None
    start: float = 0.0
    failure: Failure | None = None


class Batch(msgspec.Struct, kw_only=True):
    """Many jobs of one kind under one id.

    Attributes:
        id: Its id.
        kind: ``video``, ``lipsync``, ``translation`` or ``asset``.
        created: Virtual Unix time.
        items: As they were submitted.
        title: Name to show.
        callback_url: As given.
    """

    id: str
    kind: str
    created: float
    items: list[BatchItem]
    title: str | None = None
    callback_url: str | None = None


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """An answer kept for its idempotency key.

    Attributes:
        status: HTTP status.
        body: Bytes as they were sent.
        expires: Virtual Unix time.
    """

    status: int
    body: bytes
    expires: float


class World(msgspec.Struct, kw_only=True):
    """The state of the sandbox.

    Attributes:
        now: Virtual time of the snapshot.
        era: How often everything was forgotten before.
        balance: What the account can still spend.
        made: How many ids were given out, by kind.
        assets: By id.
        image_keys: Asset ids by image key.
        groups: By id.
        looks: By id.
        generations: By id.
        videos: By id.
        flying: When renders end, by their id; those that wait for a slot too.
        batches: By id.
        consents: Pages, by id.
        clones: Voices, by id.
        spoken: Texts, by id.
        model_voices: By id.
        trainings: When model voices were trained, in virtual Unix time.
        speech_times: When model speech was asked for, in virtual Unix time.
        sessions: Realtime sessions, by id.
        dubs: Translations and lipsyncs, by id.
        proofreads: By id.
        pieces: Files that jobs cut or render, by id.
        clippings: By id.
        removals: Of backgrounds, by id.
        removal_keys: Their ids by ``request_id``.
        tightenings: Removals of filler words, by id.
        renders: Of HTML, by id.
        executions: Of workflows, by id.
        agents: Their sessions, by id.
        charges: In order.
        replays: By idempotency scope.
        endpoints: Webhook endpoints, by id.
        coming: Events whose time has not come.
        events: Those whose time has come, the oldest first.
        deliveries: Those that are not delivered yet, by id.
        brand_kits: By id.
        glossaries: By id.
        older: What only v1 has.
        folders: By id.
        inference: What inference.sh remembers.
    """

    now: float = 0.0
    era: int = 0
    balance: float = 0.0
    made: dict[str, int] = {}
    assets: dict[str, Asset] = {}
    image_keys: dict[str, str] = {}
    groups: dict[str, Group] = {}
    looks: dict[str, Look] = {}
    generations: dict[str, Generation] = {}
    videos: dict[str, Video] = {}
    flying: dict[str, float] = {}
    batches: dict[str, Batch] = {}
    consents: dict[str, Consent] = {}
    clones: dict[str, Clone] = {}
    spoken: dict[str, Spoken] = {}
    model_voices: dict[str, ModelVoice] = {}
    trainings: list[float] = []
    speech_times: list[float] = []
    sessions: dict[str, Session] = {}
    dubs: dict[str, Dubbed] = {}
    proofreads: dict[str, Proofread] = {}
    pieces: dict[str, Piece] = {}
    clippings: dict[str, Clipping] = {}
    removals: dict[str, Removal] = {}
    removal_keys: dict[str, str] = {}
    tightenings: dict[str, Tightening] = {}
    renders: dict[str, Render] = {}
    executions: dict[str, Execution] = {}
    agents: dict[str, Agent] = {}
    charges: list[Charge] = []
    replays: dict[str, Replay] = {}
    endpoints: dict[str, Endpoint] = {}
    coming: list[Event] = []
    events: list[Event] = []
    deliveries: dict[str, Delivery] = {}
    brand_kits: dict[str, BrandKit] = {}
    glossaries: dict[str, Glossary] = {}
    older: Older = msgspec.field(default_factory=Older)
    folders: dict[str, Folder] = {}
    inference: Inference = msgspec.field(default_factory=Inference)
