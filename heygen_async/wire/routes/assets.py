"""Files."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/upload-asset and the pages beside it
ASSETS_UPLOAD: Final = Route("assets.upload", "POST", "/v3/assets", Kind.KEYED)
ASSETS_CREATE_UPLOAD: Final = Route(
    "assets.create_upload", "POST", "/v3/assets/direct-uploads", Kind.KEYED
)
ASSETS_COMPLETE_UPLOAD: Final = Route(
    "assets.complete_upload",
    "POST",
    "/v3/assets/{asset_id}/complete",
    Kind.IDEMPOTENT,
    # The storage may take a moment to show what was just put there.
    transient=frozenset({"conflict"}),
)
ASSETS_LIST: Final = Route("assets.list", "GET", "/v3/assets", Kind.READ)
ASSETS_SEARCH: Final = Route("assets.search", "GET", "/v3/assets/search", Kind.READ)
ASSETS_GET: Final = Route("assets.get", "GET", "/v3/assets/{asset_id}", Kind.READ)
ASSETS_DELETE: Final = Route("assets.delete", "DELETE", "/v3/assets/{asset_id}", Kind.IDEMPOTENT)
ASSETS_LIST_STATUSES: Final = Route("assets.list_statuses", "GET", "/v3/assets/statuses", Kind.READ)
ASSETS_CREATE_UPLOAD_BATCH: Final = Route(
    "assets.create_upload_batch", "POST", "/v3/assets/direct-uploads/batches", Kind.KEYED
)
ASSETS_COMPLETE_UPLOAD_BATCH: Final = Route(
    "assets.complete_upload_batch", "POST", "/v3/assets/complete/batches", Kind.KEYED
)
ASSETS_GET_BATCH: Final = Route(
    "assets.get_batch", "GET", "/v3/assets/batches/{batch_id}", Kind.READ
)
