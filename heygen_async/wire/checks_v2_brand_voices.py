"""What HeyGen says of brand voices in v1 in prose only.

https://docs.heygen.com/reference/update-brand-voice
"""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models import Request
from heygen_async.models.v2 import UpdateBrandVoice


def _update(request: UpdateBrandVoice) -> None:
    if request == UpdateBrandVoice():
        names = " or ".join(request.__struct_fields__)
        raise InvalidRequestError(names, None, "at least one of them is needed")


CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {UpdateBrandVoice: _update}
