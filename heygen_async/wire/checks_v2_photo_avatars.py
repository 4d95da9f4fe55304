"""Photo avatars of v2: what HeyGen says in prose only.

https://docs.heygen.com/reference/generate-photo-avatar-photos
"""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.models import Request
from heygen_async.models.v2 import GeneratePhotos
from heygen_async.wire.exclusions import callback


def _generate_photos(photos: GeneratePhotos) -> None:
    callback("", callback_id=photos.callback_id, callback_url=photos.callback_url)


CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {GeneratePhotos: _generate_photos}
