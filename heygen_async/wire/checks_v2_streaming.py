"""What HeyGen says of streaming avatars in prose only.

https://docs.heygen.com/reference/new-session
"""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models import Request
from heygen_async.models.v2 import NewStreamingSession


def _new(request: NewStreamingSession) -> None:
    if request.voice is not None and request.voice_id is not None:
        raise InvalidRequestError("voice_id", request.voice_id, "must not be given beside voice")


CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {NewStreamingSession: _new}
