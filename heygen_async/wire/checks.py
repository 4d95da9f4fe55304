"""What HeyGen says in prose only: fields that exclude or need each other.

https://developers.heygen.com/reference/create-video
"""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.models import Request
from heygen_async.wire import (
    checks_avatars,
    checks_brands,
    checks_dubs,
    checks_edits,
    checks_preview,
    checks_v2_brand_voices,
    checks_v2_photo_avatars,
    checks_v2_streaming,
    checks_v2_templates,
    checks_v2_translations,
    checks_v2_videos,
    checks_v2_workflows,
    checks_videos,
    checks_voices,
    checks_webhooks,
)


def check(request: Request) -> None:
    """Refuses a request whose fields contradict each other.

    Raises:
        InvalidRequestError: They do.
    """
    checker = _CHECKS.get(type(request))
    if checker is not None:
        checker(request)


_CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {
    **checks_videos.CHECKS,
    **checks_avatars.CHECKS,
    **checks_dubs.CHECKS,
    **checks_voices.CHECKS,
    **checks_edits.CHECKS,
    **checks_preview.CHECKS,
    **checks_webhooks.CHECKS,
    **checks_brands.CHECKS,
    **checks_v2_photo_avatars.CHECKS,
    **checks_v2_videos.CHECKS,
    **checks_v2_templates.CHECKS,
    **checks_v2_translations.CHECKS,
    **checks_v2_workflows.CHECKS,
    **checks_v2_brand_voices.CHECKS,
    **checks_v2_streaming.CHECKS,
}
