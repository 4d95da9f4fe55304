"""The apps of the namespace ``heygen``, and how a run names them."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

import msgspec

from heygen_async.models.base import Request
from heygen_async.sandbox import prices
from heygen_async.sandbox.ids import stable_id
from heygen_async.sandbox.inference import heygen, inputs
from heygen_async.sandbox.inference.heygen import Made
from heygen_async.sandbox.inference.house import House
from heygen_async.sandbox.refusal import Refusal, missing, refuse, within
from heygen_async.sandbox.validation import decode

_REFERENCE: Final = re.compile(
    r"(?P<name>[\w-]+/[\w-]+)(?:@(?P<version>[\w-]+))?(?::(?P<function>\w+))?", re.ASCII
)
_LATEST: Final = "latest"
_PHOTO_SECOND: Final = 0.05
_PHOTO_SECOND_4K: Final = 0.067
_AGENT_SECOND: Final = 0.033
_SPEECH_SECOND: Final = 0.0007
_DUB_SECONDS: Final = {"speed": 0.033, "precision": 0.067}

Input = TypeVar("Input", bound=Request)


def _at_cost(_given: Any) -> float:
    return 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Function(Generic[Input]):
    """One function of an app.

    Attributes:
        run: What it does.
        takes: Its input.
        gives: Its output.
        factor: What inference.sh takes for a dollar of HeyGen's.
    """

    run: Callable[[House, Input], Awaitable[Made]]
    takes: type[Input]
    gives: type[msgspec.Struct]
    factor: Callable[[Input], float] = _at_cost

    def read(self, given: msgspec.Raw) -> Input:
        """The input of a run.

        Raises:
            Refusal: 400, when it does not fit the schema.
        """
        body = bytes(given)
        if not body.startswith(b"{"):
            refuse("input", f"input: Expected `object`, got {body[:20].decode()}")
        with within("input."):
            read: Input = decode(body, self.takes)
        return read


@dataclass(frozen=True, kw_only=True, slots=True)
class App:
    """An app.

    Attributes:
        name: With its namespace.
        version: Short id of its only version.
        category: Such as ``video``.
        description: One line.
        functions: By name.
    """

    name: str
    version: str
    description: str
    functions: Mapping[str, Function[Any]]
    category: str = "video"
    default: str = field(default="run", init=False)

    @property
    def id(self) -> str:
        """The id that ``app_id`` means."""
        return stable_id("inference_app", self.name)

    @property
    def version_id(self) -> str:
        """The id that ``version_id`` means."""
        return stable_id("inference_version", self.name, self.version)


def _dub_factor(given: inputs.VideoTranslate | inputs.Lipsync) -> float:
    sound = isinstance(given, inputs.VideoTranslate) and given.translate_audio_only
    mode = "speed" if sound else given.mode
    return _DUB_SECONDS[mode] / prices.DUB_RATES[mode]


def _photo_factor(given: inputs.PhotoVideo) -> float:
    rate = _PHOTO_SECOND_4K if given.resolution == "4k" else _PHOTO_SECOND
    return rate / prices.video_price("photo_avatar", "avatar_iv", 1.0, resolution=given.resolution)


def _app(
    name: str, version: str, description: str, *, category: str = "video", **functions: Any
) -> App:
    return App(
        name=f"heygen/{name}",
        version=version,
        description=description,
        category=category,
        functions=functions,
    )


_ALL: Final = (
    _app(
        "create-avatar",
        "1807js5w",
        "A new avatar from footage, a photo or words.",
        run=Function(run=heygen.create_avatar, takes=inputs.CreateAvatar, gives=inputs.AvatarMade),
    ),
    _app(
        "avatar-video",
        "7z3snp54",
        "A video of an avatar.",
        run=Function(run=heygen.avatar_video, takes=inputs.AvatarVideo, gives=inputs.VideoMade),
        list_resources=Function(
            run=heygen.list_resources, takes=inputs.ListResources, gives=inputs.Resources
        ),
    ),
    _app(
        "photo-video",
        "3k9d2m6q",
        "A video of a picture.",
        run=Function(
            run=heygen.photo_video,
            takes=inputs.PhotoVideo,
            gives=inputs.VideoMade,
            factor=_photo_factor,
        ),
    ),
    _app(
        "video-agent",
        "5t1w8x0c",
        "A video of a prompt.",
        run=Function(
            run=heygen.video_agent,
            takes=inputs.VideoAgent,
            gives=inputs.VideoMade,
            factor=lambda _given: _AGENT_SECOND / prices.AGENT_SECOND,
        ),
    ),
    _app(
        "video-translate",
        "9h4b7v2n",
        "A video in another language.",
        run=Function(
            run=heygen.video_translate,
            takes=inputs.VideoTranslate,
            gives=inputs.VideoMade,
            factor=_dub_factor,
        ),
    ),
    _app(
        "lipsync",
        "6r0f3j8y",
        "A video with another recording.",
        run=Function(
            run=heygen.lipsync,
            takes=inputs.Lipsync,
            gives=inputs.VideoMade,
            factor=_dub_factor,
        ),
    ),
    _app(
        "text-to-speech",
        "2p5g1z7d",
        "A text, spoken.",
        category="audio",
        run=Function(
            run=heygen.text_to_speech,
            takes=inputs.TextToSpeech,
            gives=inputs.AudioMade,
            factor=lambda _given: _SPEECH_SECOND / prices.SPEECH,
        ),
    ),
)

APPS: Final = {app.name: app for app in _ALL}
"""By name. ``heygen/voice-clone`` is not among them: its schema was never published."""


def find(name: str) -> App:
    """The app with a name.

    Raises:
        Refusal: 404.
    """
    app = APPS.get(name)
    if app is None:
        raise missing("not_found", f"App {name} not found.")
    return app


def named(reference: str, function: str | None) -> tuple[App, str]:
    """The app and the function that a run means.

    Args:
        reference: Such as ``heygen/avatar-video@7z3snp54:list_resources``.
        function: The run's own word for the function.

    Raises:
        Refusal: 400 for a reference that is none, 404 for what there is not.
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        refuse("app", f"app: {reference!r} is not namespace/name[@version][:function]")
    app = find(match["name"])
    if match["version"] not in {None, _LATEST, app.version}:
        raise missing("not_found", f"App {app.name} has no version {match['version']}.")
    if function is not None and match["function"] not in {None, function}:
        refuse("function", f"function: {function} differs from the one in app")
    return app, of(app, function or match["function"])


def by_id(app_id: str, version_id: str | None, function: str | None) -> tuple[App, str]:
    """The app and the function that a run means by its ids.

    Raises:
        Refusal: 404.
    """
    app = next((each for each in _ALL if each.id == app_id), None)
    if app is None or version_id not in {None, app.version_id}:
        raise missing("not_found", f"App {app_id} not found.")
    return app, of(app, function)


def of(app: App, function: str | None) -> str:
    """The name of a function of an app; of the one that runs by default, when none is named.

    Raises:
        Refusal: 404.
    """
    name = function or app.default
    if name not in app.functions:
        raise Refusal(404, "not_found", f"App {app.name} has no function {name}.")
    return name
