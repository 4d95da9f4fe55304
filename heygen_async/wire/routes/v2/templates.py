"""Templates of v2.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

_GET: Final = "heygen.templates.get"

# https://docs.heygen.com/reference/list-templates-v2 and the pages beside it
V2_TEMPLATES_LIST: Final = Route(
    "v2.templates.list", "GET", "/v2/templates", Kind.READ, successor="heygen.templates.list"
)
V2_TEMPLATES_GET: Final = Route(
    "v2.templates.get", "GET", "/v2/template/{template_id}", Kind.READ, successor=_GET
)
# Under v3 by its path, but of the old family: v3 itself has `/v3/templates/{template_id}`.
V2_TEMPLATES_GET_SCENES: Final = Route(
    "v2.templates.get_scenes", "GET", "/v3/template/{template_id}", Kind.READ, successor=_GET
)
V2_TEMPLATES_GENERATE: Final = Route(
    "v2.templates.generate",
    "POST",
    "/v2/template/{template_id}/generate",
    Kind.ONCE,
    successor="heygen.templates.generate",
    capped=True,
)
