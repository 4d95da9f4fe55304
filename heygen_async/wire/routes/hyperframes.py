"""HyperFrames."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/create-hyperframes-render and the pages beside it
_ROOT: Final = "/v3/hyperframes/renders"
_RENDER: Final = f"{_ROOT}/{{render_id}}"

HYPERFRAMES_CREATE: Final = Route("hyperframes.create", "POST", _ROOT, Kind.KEYED)
HYPERFRAMES_LIST: Final = Route("hyperframes.list", "GET", _ROOT, Kind.READ)
HYPERFRAMES_GET: Final = Route("hyperframes.get", "GET", _RENDER, Kind.READ)
HYPERFRAMES_DELETE: Final = Route("hyperframes.delete", "DELETE", _RENDER, Kind.IDEMPOTENT)
