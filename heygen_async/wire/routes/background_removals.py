"""Background removals."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/create-background-removal and the pages beside it
_ROOT: Final = "/v3/background-removals"
_JOB: Final = f"{_ROOT}/{{job_id}}"

# Protected by `request_id` in the body; the header is not heeded here.
BACKGROUND_REMOVALS_CREATE: Final = Route(
    "background_removals.create", "POST", _ROOT, Kind.BODY_KEYED
)
BACKGROUND_REMOVALS_LIST: Final = Route("background_removals.list", "GET", _ROOT, Kind.READ)
BACKGROUND_REMOVALS_GET: Final = Route("background_removals.get", "GET", _JOB, Kind.READ)
BACKGROUND_REMOVALS_DELETE: Final = Route(
    "background_removals.delete", "DELETE", _JOB, Kind.IDEMPOTENT
)
