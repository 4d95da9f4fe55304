"""The schemas of the apps that are known, so that nobody has to ask for them."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.inference_sh.apps.avatars import DigitalTwin, PhotoAvatar, PromptAvatar
from heygen_async.inference_sh.apps.base import AppInput
from heygen_async.inference_sh.apps.sounds import Lipsync, TextToSpeech, VideoTranslate
from heygen_async.inference_sh.apps.videos import (
    AvatarVideo,
    ListResources,
    PhotoVideo,
    VideoAgent,
)

_KNOWN: Final[tuple[type[AppInput[Any]], ...]] = (
    PhotoAvatar,
    DigitalTwin,
    PromptAvatar,
    AvatarVideo,
    ListResources,
    PhotoVideo,
    VideoAgent,
    VideoTranslate,
    Lipsync,
    TextToSpeech,
)


def _kinds(app: str, function: str | None) -> list[type[AppInput[Any]]]:
    function = None if function == "run" else function
    return [kind for kind in _KNOWN if (kind.app, kind.function) == (app, function)]


@cache
def schema_of(*kinds: type[AppInput[Any]]) -> dict[str, Any]:
    """The JSON schema of an input that is one of some types."""
    schemas, components = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    return {"anyOf": list(schemas), "$defs": components}


def known_schema(app: str, function: str | None) -> dict[str, Any] | None:
    """The JSON schema of an input, where it is known; None for all others.

    Args:
        app: Name of the app, without a version.
        function: What of it is run.
    """
    kinds = _kinds(app, function)
    return schema_of(*kinds) if kinds else None


def check_needed(app: str, function: str | None, given: Mapping[str, Any]) -> None:
    """Refuses an input without what a known app needs: it would fail after it was paid.

    What is newer than this library passes, unless the app is told by it what it has to do.

    Args:
        app: Name of the app, without a version.
        function: What of it is run.
        given: The input.

    Raises:
        InvalidRequestError: Something is missing or empty, or nobody knows that ``type``.
    """
    kinds = _kinds(app, function)
    if len(kinds) > 1:
        _need("type", given, app)
        types = {kind.__struct_config__.tag: kind for kind in kinds}
        if given["type"] not in types:
            raise InvalidRequestError("type", given["type"], f"must be one of {[*types]}")
        kinds = [types[given["type"]]]
    for kind in kinds:
        for field in msgspec.structs.fields(kind):
            if field.required:
                _need(field.encode_name, given, app)


def _need(field: str, given: Mapping[str, Any], app: str) -> None:
    if given.get(field) in (None, ""):
        raise InvalidRequestError(field, given.get(field), f"is needed by {app}")
