"""What HeyGen says of brand kits and glossaries in prose only.

https://developers.heygen.com/reference/update-brand-kit
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from msgspec import UNSET

from heygen_async.errors import InvalidRequestError
from heygen_async.models import (
    CreateBrandGlossary,
    CreateBrandKit,
    Request,
    UpdateBrandGlossary,
    UpdateBrandKit,
)
from heygen_async.models.brand_kits import UpdateBrandKitColorRoles

_HEX: Final = re.compile(r"#[0-9A-Fa-f]{3,8}", re.ASCII)


def _something(request: Request) -> None:
    fields = request.__struct_fields__
    if all(getattr(request, name) is UNSET for name in fields):
        raise InvalidRequestError(" or ".join(fields), None, "at least one of them is needed")


def _text(field: str, value: object) -> None:
    if isinstance(value, str) and not value.strip():
        raise InvalidRequestError(field, value, "must not be blank")


def _create_kit(request: CreateBrandKit) -> None:
    _text("url", request.url)
    _text("name", request.name)


def _update_kit(request: UpdateBrandKit) -> None:
    _something(request)
    _text("name", request.name)
    if isinstance(request.color_roles, UpdateBrandKitColorRoles):
        for role in request.color_roles.__struct_fields__:
            value = getattr(request.color_roles, role)
            if value is not None and not _HEX.fullmatch(value):
                raise InvalidRequestError(f"color_roles.{role}", value, "must be a hex colour")


def _entries(request: CreateBrandGlossary | UpdateBrandGlossary) -> None:
    _text("name", request.name)
    lists: dict[str, Iterable[Request] | Any] = {
        "terms": request.terms,
        "do_not_translate_terms": request.do_not_translate_terms,
        "forced_translations": request.forced_translations,
    }
    for name, entries in lists.items():
        for index, entry in enumerate([] if entries is UNSET else entries):
            for field in entry.__struct_fields__:
                _text(f"{name}[{index}].{field}", getattr(entry, field))


def _update_glossary(request: UpdateBrandGlossary) -> None:
    _something(request)
    _entries(request)


CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {
    CreateBrandKit: _create_kit,
    UpdateBrandKit: _update_kit,
    CreateBrandGlossary: _entries,
    UpdateBrandGlossary: _update_glossary,
}
"""Rules of requests, by their type."""
