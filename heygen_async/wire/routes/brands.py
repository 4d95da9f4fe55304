"""Brand kits and brand glossaries."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

_KIT: Final = "/v3/brand-kits/{brand_kit_id}"
_GLOSSARY: Final = "/v3/brand-glossaries/{brand_glossary_id}"

# https://developers.heygen.com/reference/create-brand-kit and the pages beside it
BRAND_KITS_CREATE: Final = Route("brand_kits.create", "POST", "/v3/brand-kits", Kind.KEYED)
BRAND_KITS_LIST: Final = Route("brand_kits.list", "GET", "/v3/brand-kits", Kind.READ)
BRAND_KITS_GET: Final = Route("brand_kits.get", "GET", _KIT, Kind.READ)
BRAND_KITS_UPDATE: Final = Route("brand_kits.update", "PATCH", _KIT, Kind.IDEMPOTENT)
BRAND_KITS_DELETE: Final = Route("brand_kits.delete", "DELETE", _KIT, Kind.IDEMPOTENT)

# https://developers.heygen.com/reference/create-brand-glossary and the pages beside it
BRAND_GLOSSARIES_CREATE: Final = Route(
    "brand_glossaries.create", "POST", "/v3/brand-glossaries", Kind.KEYED
)
BRAND_GLOSSARIES_LIST: Final = Route(
    "brand_glossaries.list", "GET", "/v3/brand-glossaries", Kind.READ
)
BRAND_GLOSSARIES_GET: Final = Route("brand_glossaries.get", "GET", _GLOSSARY, Kind.READ)
BRAND_GLOSSARIES_UPDATE: Final = Route(
    "brand_glossaries.update", "PATCH", _GLOSSARY, Kind.IDEMPOTENT
)
BRAND_GLOSSARIES_DELETE: Final = Route(
    "brand_glossaries.delete", "DELETE", _GLOSSARY, Kind.IDEMPOTENT
)
