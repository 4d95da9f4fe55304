"""AI clipping."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/create-ai-clipping and the pages beside it
_ROOT: Final = "/v3/ai-clipping"
_JOB: Final = f"{_ROOT}/{{job_id}}"

CLIPPINGS_CREATE: Final = Route("clippings.create", "POST", _ROOT, Kind.KEYED)
CLIPPINGS_LIST: Final = Route("clippings.list", "GET", _ROOT, Kind.READ)
CLIPPINGS_GET: Final = Route("clippings.get", "GET", _JOB, Kind.READ)
CLIPPINGS_DELETE: Final = Route("clippings.delete", "DELETE", _JOB, Kind.IDEMPOTENT)
