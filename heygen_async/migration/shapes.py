"""Old requests as people have them: JSON, of which the shape tells what it is."""

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple, cast
from urllib.parse import unquote

import msgspec
from msgspec import inspect

from heygen_async.errors import InvalidRequestError
from heygen_async.migration.ledger import shown
from heygen_async.migration.results import Note
from heygen_async.migration.table import TABLE
from heygen_async.migration.text import decoded
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
from heygen_async.wire.encode import refusal

_SHAPES: Final[tuple[tuple[frozenset[str], type[Request]], ...]] = tuple(
    (frozenset(keys.split()), kind)
    for keys, kind in (
        ("video_inputs", GenerateVideo),
        ("variables", GenerateTemplateVideo),
        ("avatar_pose_id", GenerateWebm),
        ("training_footage_url", CreateDigitalTwin),
        ("video_url", TranslateVideo),
        ("appearance", GeneratePhotos),
        ("group_id image_keys", AddLooks),
        ("group_id prompt", GenerateLook),
        ("name image_key", CreateGroup),
        ("image_key", GenerateAvatarIV),
        ("prompt", GenerateFromPrompt),
        ("text voice_id", CreateSpeech),
        ("avatar_id script", CreateAvatarVideo),
        ("avatar_id audio_url", CreateAvatarVideo),
        ("avatar_id audio_asset_id", CreateAvatarVideo),
        ("image_url", CreateAvatarVideo),
        ("image_asset_id", CreateAvatarVideo),
    )
)
"""Keys that tell what a request is; the first that are all there decide."""

_SPELLINGS: Final = {"dimensions": "dimension", "photo_s3_key": "image_key"}
"""Other names that have been seen for a field."""

_MODES: Final = {"fast": "speed", "quality": "precision"}
"""Older words for how a video is translated."""

_ENVELOPE: Final = frozenset({"method", "path", "url", "headers", "body"})
_POST: Final = "POST"
_PATHS: Final = {
    kind: re.compile(entry.path.replace("template/{template_id}", "templates?/([^/]+)") + "/?$")
    for kind, entry in TABLE.items()
}
"""How the path of a request ends."""


class Found(NamedTuple):
    """What was found in some JSON.

    Attributes:
        request: The old request.
        notes: On what could not be understood, and on what was spelled otherwise.
        template_id: From the path, if there was one.
    """

    request: Request
    notes: tuple[Note, ...]
    template_id: str | None


def read(data: bytes | str | dict[str, Any]) -> Found:
    """The old request in some JSON.

    Args:
        data: The request, or ``{"method", "path", "body"}`` with the request as its body.

    Raises:
        InvalidRequestError: It is none that is known, or something in it is wrong.
    """
    try:
        return _read(_object(data))
    except RecursionError:
        raise InvalidRequestError(
            "request", type(data).__name__, "must not be nested so deeply"
        ) from None


def _read(body: dict[str, Any]) -> Found:
    kind, template_id = None, None
    if "body" in body and body.keys() <= _ENVELOPE and isinstance(body["body"], dict):
        kind, template_id = _addressed(body)
        body = cast("dict[str, Any]", body["body"])
    notes: list[Note] = []
    body = _spelled(body, notes)
    kind = kind or _kind_of(body)
    if kind is GenerateTemplateVideo:
        body = _wrapped(body, notes)
    elif kind is TranslateVideo and (mode := _MODES.get(str(body.get("mode")))):
        notes.append(_changed("mode", body["mode"], f"HeyGen calls it {mode} now."))
        body = {**body, "mode": mode}
    clean = _known(body, inspect.type_info(kind), "", notes)
    try:
        request = msgspec.convert(clean, kind, strict=False)
    except msgspec.ValidationError as problem:
        raise refusal(kind.__name__, clean, str(problem)) from None
    return Found(request, tuple(notes), template_id)


def _addressed(whole: dict[str, Any]) -> tuple[type[Request] | None, str | None]:
    """What the method and the path of a request tell: its kind, and the id of its template.

    Raises:
        InvalidRequestError: It is none that makes something, or none that is migrated.
    """
    method = str(whole.get("method") or _POST)
    if method.upper() != _POST:
        raise InvalidRequestError("method", method, "must be POST: nothing else makes something")
    given = str(whole.get("path") or whole.get("url") or "")
    if not given:
        return None, None
    path = re.split("[?#]", given, maxsplit=1)[0]  # a query may hold what is secret
    for kind, pattern in _PATHS.items():
        if match := pattern.search(path):
            return kind, unquote(match[1]) if match.groups() else None
    known = ", ".join(entry.path for entry in TABLE.values())
    raise InvalidRequestError("path", path, f"must be one that is migrated ({known})")


def _object(data: bytes | str | dict[str, Any]) -> dict[str, Any]:
    try:
        if isinstance(data, bytes | str):
            found = decoded(data)
        else:
            found = msgspec.to_builtins(data, str_keys=True)
    except (ValueError, TypeError, RecursionError) as problem:
        raise InvalidRequestError(
            "request", type(data).__name__, f"must be JSON ({problem})"
        ) from None
    if not isinstance(found, dict):
        raise InvalidRequestError("request", data, "must be a JSON object")
    return cast("dict[str, Any]", found)


def _spelled(body: dict[str, Any], notes: list[Note]) -> dict[str, Any]:
    found = dict(body)
    for odd, name in _SPELLINGS.items():
        if odd in found and name not in found:
            found[name] = found.pop(odd)
            words = f"It is taken for {name}, which is HeyGen's name for it."
            notes.append(_changed(odd, found[name], words))
    return found


def _wrapped(body: dict[str, Any], notes: list[Note]) -> dict[str, Any]:
    """The variables of a template, of which some pages show plain texts."""
    variables = body.get("variables")
    if not isinstance(variables, dict):
        return body
    found: dict[str, Any] = {}
    for name, value in cast("dict[str, Any]", variables).items():
        found[name] = value
        if isinstance(value, str):
            found[name] = {"type": "text", "name": name, "properties": {"content": value}}
            words = "A plain value is taken as a text."
            notes.append(_changed(f"variables.{name}", value, words))
        elif isinstance(value, dict):
            found[name] = {"name": name, **cast("dict[str, Any]", value)}
    return {**body, "variables": found}


def _changed(field: str, value: Any, reason: str) -> Note:
    return Note(field=field, value=shown(value), kind="changed", reason=reason)


def _kind_of(body: dict[str, Any]) -> type[Request]:
    if "type" in body:
        raise InvalidRequestError(
            "type", body["type"], "belongs to v3: only requests of v1 and v2 are migrated"
        )
    if "workflow_type" in body:
        raise InvalidRequestError("workflow_type", body["workflow_type"], "has no equal in v3")
    for keys, kind in _SHAPES:
        if keys <= body.keys():
            return kind
    signs = "; ".join(" and ".join(sorted(keys)) for keys, _ in _SHAPES)
    raise InvalidRequestError(
        "request",
        list(body),
        f"has the keys of no request of v1 or v2 that makes something ({signs})",
    )


def _known(value: Any, kind: inspect.Type, path: str, notes: list[Note]) -> Any:
    """What of a value its type knows; the rest is noted."""
    match kind:
        case inspect.UnionType(types=types):
            return _known(value, _member(types, value), path, notes)
        case inspect.StructType() if isinstance(value, dict):
            return _members(cast("dict[str, Any]", value), kind, path, notes)
        case inspect.ListType(item_type=item) if isinstance(value, list):
            items = enumerate(cast("Iterable[Any]", value))
            return [_known(each, item, f"{path}[{index}]", notes) for index, each in items]
        case inspect.DictType(value_type=inner) if isinstance(value, dict):
            pairs = cast("dict[str, Any]", value).items()
            return {name: _known(each, inner, f"{path}.{name}", notes) for name, each in pairs}
        case _:
            return value


def _member(types: tuple[inspect.Type, ...], value: Any) -> inspect.Type:
    """The one of several types that a value is meant to be."""
    structs = [each for each in types if isinstance(each, inspect.StructType)]
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        for each in structs:
            if each.tag is None or members.get(each.tag_field or "") == each.tag:
                return each
    wanted = inspect.ListType if isinstance(value, list) else inspect.DictType
    return next((each for each in types if isinstance(each, wanted)), inspect.AnyType())


def _members(
    value: dict[str, Any], kind: inspect.StructType, path: str, notes: list[Note]
) -> dict[str, Any]:
    fields = {each.encode_name: each.type for each in kind.fields}
    found: dict[str, Any] = {}
    for name, each in value.items():
        where = f"{path}.{name}" if path else name
        if name in fields:
            found[name] = _known(each, fields[name], where, notes)
        elif name == kind.tag_field:
            found[name] = each
        elif each is not None:
            reason = "The bridge knows no place for it in v3."
            notes.append(Note(field=where, value=shown(each), kind="dropped", reason=reason))
    return found
