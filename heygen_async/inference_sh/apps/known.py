"""The schemas of the apps that are known, so that nobody has to ask for them."""

from functools import cache
from typing import Any, Final

import msgspec

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


@cache
def known_schema(app: str, function: str | None) -> dict[str, Any] | None:
    """The JSON schema of an input, where it is known; None for all others.

    Args:
        app: Name of the app, without a version.
        function: What of it is run.
    """
    function = None if function == "run" else function
    kinds = [kind for kind in _KNOWN if (kind.app, kind.function) == (app, function)]
    schemas, components = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    return {"anyOf": list(schemas), "$defs": components} if kinds else None
