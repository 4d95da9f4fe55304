"""Files of v1.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Host, Route
from heygen_async.wire.kinds import Kind

# https://docs.heygen.com/reference/upload-asset
V2_ASSETS_UPLOAD: Final = Route(
    "v2.assets.upload",
    "POST",
    "/v1/asset",
    Kind.ONCE,
    Host.UPLOAD,
    successor="heygen.assets.upload",
)

# https://docs.heygen.com/reference/list-assets and the pages beside it
V2_ASSETS_LIST: Final = Route(
    "v2.assets.list", "GET", "/v1/asset/list", Kind.READ, successor="heygen.assets.list"
)
V2_ASSETS_GET: Final = Route(
    "v2.assets.get", "GET", "/v1/asset/{asset_id}", Kind.READ, successor="heygen.assets.get"
)
V2_ASSETS_DELETE: Final = Route(
    "v2.assets.delete",
    "POST",
    "/v1/asset/{asset_id}/delete",
    Kind.ONCE,
    successor="heygen.assets.delete",
)
