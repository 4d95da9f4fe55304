"""What HeyGen says in prose only about videos that are worked on, and renders of HTML.

https://developers.heygen.com/reference/create-background-removal
https://developers.heygen.com/reference/create-hyperframes-render
"""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models.background_removals import CreateBackgroundRemoval
from heygen_async.models.base import Request
from heygen_async.models.hyperframes import CreateHyperframesRender

_LAYERS: Final = ("foreground", "mask", "background")


def _background_removal(request: CreateBackgroundRemoval) -> None:
    for index, layer in enumerate(request.layers or ()):
        if layer not in _LAYERS:
            words = f"must be one of {', '.join(_LAYERS)}"
            raise InvalidRequestError(f"layers[{index}]", layer, words)


def _hyperframes(request: CreateHyperframesRender) -> None:
    if request.resolution == "4k" and request.format in {"webm", "mov"}:
        raise InvalidRequestError("resolution", "4k", f"not with {request.format}, only with mp4")


CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {
    CreateBackgroundRemoval: _background_removal,
    CreateHyperframesRender: _hyperframes,
}
