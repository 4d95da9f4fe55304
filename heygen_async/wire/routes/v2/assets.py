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
