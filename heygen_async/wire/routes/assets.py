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
