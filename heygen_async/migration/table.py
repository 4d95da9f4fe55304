"""Which old request becomes which new one."""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple, TypeAlias, cast, get_args

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.migration.agents import agent_session
from heygen_async.migration.ledger import Fields, Ledger
from heygen_async.migration.people import group, more_looks, new_look, prompted, twin
from heygen_async.migration.portraits import avatar_iv, avatar_video, webm
from heygen_async.migration.results import EngineName, Migration, Note, Options
from heygen_async.migration.speech import speech
from heygen_async.migration.templates import from_template
from heygen_async.migration.translations import translation
from heygen_async.migration.videos import generate_video
from heygen_async.models import CreateSpeech
from heygen_async.models.base import Request
from heygen_async.models.v2 import (
    AddLooks,
    CreateAvatarVideo,
    CreateDigitalTwin,
    CreateGroup,
    GenerateAvatarIV,
    GenerateFromPrompt,
    GenerateLook,
    GeneratePhotos,
    GenerateTemplateVideo,
    GenerateVideo,
    GenerateWebm,
    TranslateVideo,
)
from heygen_async.wire.calls import Route
from heygen_async.wire.encode import encode
from heygen_async.wire.routes.avatars import AVATARS_CREATE
from heygen_async.wire.routes.templates import TEMPLATES_GENERATE
from heygen_async.wire.routes.translations import TRANSLATIONS_CREATE
from heygen_async.wire.routes.video_agents import VIDEO_AGENTS_CREATE
from heygen_async.wire.routes.videos import VIDEOS_CREATE
from heygen_async.wire.routes.voices import VOICES_CREATE_SPEECH

Converter: TypeAlias = Callable[[Fields, Options], Request]


class Entry(NamedTuple):
    """One kind of old request.

    Attributes:
        path: Where it went.
        route: Where the new one goes.
        convert: Makes the new one.
    """

    path: str
    route: Route
    convert: Converter


TABLE: Final[dict[type[Request], Entry]] = {
    GenerateVideo: Entry("/v2/video/generate", VIDEOS_CREATE, generate_video),
    GenerateAvatarIV: Entry("/v2/video/av4/generate", VIDEOS_CREATE, avatar_iv),
    GenerateWebm: Entry("/v1/video.webm", VIDEOS_CREATE, webm),
    CreateAvatarVideo: Entry("/v2/videos", VIDEOS_CREATE, avatar_video),
    GenerateTemplateVideo: Entry(
        "/v2/template/{template_id}/generate", TEMPLATES_GENERATE, from_template
    ),
    GenerateFromPrompt: Entry("/v1/video_agent/generate", VIDEO_AGENTS_CREATE, agent_session),
    TranslateVideo: Entry("/v2/video_translate", TRANSLATIONS_CREATE, translation),
    CreateSpeech: Entry("/v1/audio/text_to_speech", VOICES_CREATE_SPEECH, speech),
    GeneratePhotos: Entry("/v2/photo_avatar/photo/generate", AVATARS_CREATE, prompted),
    GenerateLook: Entry("/v2/photo_avatar/look/generate", AVATARS_CREATE, new_look),
    CreateGroup: Entry("/v2/photo_avatar/avatar_group/create", AVATARS_CREATE, group),
    AddLooks: Entry("/v2/photo_avatar/avatar_group/add", AVATARS_CREATE, more_looks),
    CreateDigitalTwin: Entry("/v2/video_avatar", AVATARS_CREATE, twin),
}
"""By the type of the old request."""


def migrate(
    request: Request, options: Options, *, strict: bool, found: tuple[Note, ...] = ()
) -> Migration[Any]:
    """Turns an old request into a new one.

    Args:
        request: The old one.
        options: What the caller decides.
        strict: Whether to refuse what cannot be kept.
        found: Notes that there are already.
    """
    entry = TABLE.get(type(request))
    if entry is None:
        known = ", ".join(kind.__name__ for kind in TABLE)
        raise InvalidRequestError("request", type(request).__name__, f"must be one of {known}")
    engines = get_args(EngineName)
    if options.engine is not None and options.engine not in engines:
        raise InvalidRequestError("engine", options.engine, f"must be one of {', '.join(engines)}")
    ledger = Ledger()
    old = _without_lonely_id(request, ledger)
    encode(old)
    new = entry.convert(ledger.open(old), options)
    ledger.settle()
    encode(new)
    order = {path: place for place, path in enumerate(_paths(request))}
    notes = sorted([*found, *ledger.notes], key=lambda note: order.get(note.field, len(order)))
    ids = {"template_id": options.template_id} if options.template_id else {}
    migration = Migration(
        request=new,
        route=entry.route,
        notes=tuple(notes),
        implied=tuple(sorted(ledger.implied, key=order.__getitem__)),
        ids=ids,
    )
    if strict:
        _refuse_losses(migration)
    return migration


def _without_lonely_id(request: Request, ledger: Ledger) -> Request:
    """The request without a ``callback_id`` that v3 would refuse."""
    lonely: str | None = getattr(request, "callback_id", None)
    if lonely is None or isinstance(request, GenerateTemplateVideo):
        return request
    if getattr(request, "callback_url", None) is not None:
        return request
    ledger.notes.append(
        Note(
            field="callback_id",
            value=lonely,
            kind="dropped",
            reason="v3 takes it together with a callback_url only.",
            instead="Give callback_url, too; endpoints that are registered get the video's id.",
        )
    )
    return msgspec.structs.replace(request, callback_id=None)


def _refuse_losses(migration: Migration[Any]) -> None:
    for note in migration.lost:
        raise InvalidRequestError(
            note.field, note.value, f"cannot be kept: {note.reason}", hint=note.instead or None
        )


def _paths(value: object, path: str = "") -> Iterator[str]:
    """The paths of everything in a request, in order, whether it is set or not."""
    if path:
        yield path
    match value:
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from _paths(getattr(value, name), f"{path}.{name}" if path else name)
        case list():
            for index, each in enumerate(cast("list[object]", value)):
                yield from _paths(each, f"{path}[{index}]")
        case dict():
            for name, each in cast("dict[str, object]", value).items():
                yield from _paths(each, f"{path}.{name}")
        case _:
            pass
