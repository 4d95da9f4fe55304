"""Templates of v2: what HeyGen says in prose only, and what a template itself says.

https://docs.heygen.com/reference/generate-from-template-v2
"""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models import Request
from heygen_async.models.v2 import (
    AudioProperties,
    GenerateTemplateVideo,
    ImageProperties,
    LegacyTemplate,
    LegacyTemplateVariable,
    LegacyTextVariable,
    LegacyVariable,
    VideoProperties,
)
from heygen_async.wire.exclusions import exactly_one


def check_filling(request: GenerateTemplateVideo, template: LegacyTemplate) -> None:
    """Refuses what does not fit the gaps of a template.

    Args:
        request: What fills it.
        template: Its variables.

    Raises:
        InvalidRequestError: A variable is missing, unknown, of another type, or too long.
    """
    for name, declared in template.by_name.items():
        given = request.variables.get(name)
        if given is None:
            raise InvalidRequestError(f"variables.{name}", None, "is needed by the template")
        _fits(given, declared, f"variables.{name}")
    for name in request.variables:
        if name not in template.by_name:
            raise InvalidRequestError(f"variables.{name}", name, "is no variable of the template")


def _fits(given: LegacyVariable, declared: LegacyTemplateVariable, where: str) -> None:
    kind = given.__struct_config__.tag
    if declared.type and kind != declared.type:
        raise InvalidRequestError(f"{where}.type", kind, f"must be {declared.type}")
    most = declared.properties.get("max_length")
    if not isinstance(given, LegacyTextVariable) or not isinstance(most, int):
        return
    length = len(given.properties.content)
    if length > most:
        raise InvalidRequestError(
            f"{where}.properties.content", f"{length} characters", f"must be at most {most}"
        )


def _generate(request: GenerateTemplateVideo) -> None:
    # No page says of templates that callback_id needs callback_url.
    for name, variable in request.variables.items():
        match variable.properties:
            case ImageProperties() | VideoProperties() | AudioProperties() as file:
                where = f"variables.{name}.properties."
                exactly_one(where, url=file.url, asset_id=file.asset_id)
            case _:
                pass


CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {GenerateTemplateVideo: _generate}
