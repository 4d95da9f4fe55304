"""Translations of v2.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

_ROOT: Final = "/v2/video_translate"

# https://docs.heygen.com/reference/video-translate and the pages beside it
V2_TRANSLATIONS_CREATE: Final = Route(
    "v2.translations.create",
    "POST",
    _ROOT,
    Kind.ONCE,
    successor="heygen.translations.create",
    capped=True,
)
V2_TRANSLATIONS_LIST_LANGUAGES: Final = Route(
    "v2.translations.list_languages",
    "GET",
    f"{_ROOT}/target_languages",
    Kind.READ,
    successor="heygen.translations.list_languages",
)
V2_TRANSLATIONS_GET_CAPTION: Final = Route(
    "v2.translations.get_caption",
    "GET",
    f"{_ROOT}/caption",
    Kind.READ,
    successor="heygen.translations.get",
)
V2_TRANSLATIONS_GET: Final = Route(
    "v2.translations.get",
    "GET",
    f"{_ROOT}/{{video_translate_id}}",
    Kind.READ,
    successor="heygen.translations.get",
)
