"""Lipsyncs."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

_ROOT: Final = "/v3/lipsyncs"
_ONE: Final = f"{_ROOT}/{{lipsync_id}}"

# https://developers.heygen.com/reference/create-lipsync and the pages beside it
LIPSYNCS_CREATE: Final = Route("lipsyncs.create", "POST", _ROOT, Kind.KEYED)
LIPSYNCS_GET: Final = Route("lipsyncs.get", "GET", _ONE, Kind.READ)
LIPSYNCS_LIST: Final = Route("lipsyncs.list", "GET", _ROOT, Kind.READ)
LIPSYNCS_UPDATE: Final = Route("lipsyncs.update", "PATCH", _ONE, Kind.IDEMPOTENT)
LIPSYNCS_DELETE: Final = Route("lipsyncs.delete", "DELETE", _ONE, Kind.IDEMPOTENT)
LIPSYNCS_LIST_STATUSES: Final = Route(
    "lipsyncs.list_statuses", "GET", f"{_ROOT}/statuses", Kind.READ
)
LIPSYNCS_CREATE_BATCH: Final = Route(
    "lipsyncs.create_batch", "POST", f"{_ROOT}/batches", Kind.KEYED
)
LIPSYNCS_GET_BATCH: Final = Route(
    "lipsyncs.get_batch", "GET", f"{_ROOT}/batches/{{batch_id}}", Kind.READ
)
