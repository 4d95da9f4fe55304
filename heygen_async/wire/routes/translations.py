"""Video translations, and the proofreads before them."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

_ROOT: Final = "/v3/video-translations"
_ONE: Final = f"{_ROOT}/{{video_translation_id}}"
_PROOFREADS: Final = f"{_ROOT}/proofreads"
_PROOFREAD: Final = f"{_PROOFREADS}/{{proofread_id}}"

# https://developers.heygen.com/reference/create-video-translation and the pages beside it
TRANSLATIONS_CREATE: Final = Route("translations.create", "POST", _ROOT, Kind.KEYED, capped=True)
TRANSLATIONS_GET: Final = Route("translations.get", "GET", _ONE, Kind.READ)
TRANSLATIONS_LIST: Final = Route("translations.list", "GET", _ROOT, Kind.READ)
TRANSLATIONS_UPDATE: Final = Route("translations.update", "PATCH", _ONE, Kind.IDEMPOTENT)
TRANSLATIONS_DELETE: Final = Route("translations.delete", "DELETE", _ONE, Kind.IDEMPOTENT)
TRANSLATIONS_LIST_LANGUAGES: Final = Route(
    "translations.list_languages", "GET", f"{_ROOT}/languages", Kind.READ
)
TRANSLATIONS_LIST_STATUSES: Final = Route(
    "translations.list_statuses", "GET", f"{_ROOT}/statuses", Kind.READ
)

# https://developers.heygen.com/reference/create-video-translation-batch
TRANSLATIONS_CREATE_BATCH: Final = Route(
    "translations.create_batch", "POST", f"{_ROOT}/batches", Kind.KEYED
)
TRANSLATIONS_GET_BATCH: Final = Route(
    "translations.get_batch", "GET", f"{_ROOT}/batches/{{batch_id}}", Kind.READ
)

# https://developers.heygen.com/reference/create-proofread and the pages beside it
TRANSLATIONS_CREATE_PROOFREAD: Final = Route(
    "translations.create_proofread", "POST", _PROOFREADS, Kind.KEYED
)
TRANSLATIONS_GET_PROOFREAD: Final = Route(
    "translations.get_proofread", "GET", _PROOFREAD, Kind.READ
)
TRANSLATIONS_GET_PROOFREAD_SRT: Final = Route(
    "translations.get_proofread_srt", "GET", f"{_PROOFREAD}/srt", Kind.READ
)
TRANSLATIONS_UPDATE_PROOFREAD_SRT: Final = Route(
    "translations.update_proofread_srt", "PUT", f"{_PROOFREAD}/srt", Kind.IDEMPOTENT
)
TRANSLATIONS_GENERATE_FROM_PROOFREAD: Final = Route(
    "translations.generate_from_proofread",
    "POST",
    f"{_PROOFREAD}/generate",
    Kind.KEYED,
    capped=True,
)
