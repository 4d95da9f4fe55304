"""Templates."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/list-templates
TEMPLATES_LIST: Final = Route("templates.list", "GET", "/v3/templates", Kind.READ)
TEMPLATES_GET: Final = Route("templates.get", "GET", "/v3/templates/{template_id}", Kind.READ)
TEMPLATES_GENERATE: Final = Route(
    "templates.generate", "POST", "/v3/templates/{template_id}", Kind.KEYED, capped=True
)
