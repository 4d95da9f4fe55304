"""``/v3/brand-kits`` and ``/v3/brand-glossaries``."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from msgspec import UNSET, UnsetType

from heygen_async.models import (
    CreateBrandGlossary,
    CreateBrandKit,
    UpdateBrandGlossary,
    UpdateBrandKit,
    UpdateBrandKitColorRoles,
    UpdateBrandKitFontRole,
    UpdateBrandKitFontRoles,
)
from heygen_async.models.base import Request
from heygen_async.sandbox.ageing import BRAND_KIT
from heygen_async.sandbox.brands import BrandKit, FontRole, Glossary
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.drawings import color
from heygen_async.sandbox.ids import stable_id
from heygen_async.sandbox.jobs import FAIL_TOKEN
from heygen_async.sandbox.links import storage_path
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.refusal import Refusal, invalid, missing
from heygen_async.sandbox.validation import decode, whole_number

SHARED_KIT: Final = stable_id("brand kit", "shared")
"""A kit of another workspace that every account sees, and may not change."""

_HEX: Final = re.compile(r"#[0-9A-Fa-f]{3,8}", re.ASCII)
_HOST: Final = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)
_COLORS: Final = ("primary", "secondary", "tertiary", "accent")
_FONTS: Final = ("Inter", "Lora")


def _kits(ctx: Context) -> dict[str, BrandKit]:
    kits = ctx.world.brand_kits
    if SHARED_KIT not in kits:
        site = "house.example.com"
        kits[SHARED_KIT] = BrandKit(
            id=SHARED_KIT, name="House style", site=site, created=0.0, done=0.0, shared=True
        )
    return kits


async def create_brand_kit(ctx: Context, call: Call) -> Reply:
    """Begins to import a website."""
    body: CreateBrandKit = decode(call.body, CreateBrandKit)
    site = _site(body.url)
    name = (body.name or "").strip() or site.removeprefix("www.").partition(".")[0].capitalize()
    kit_id = ctx.new_id("brand kit")
    now = ctx.clock.now()
    _kits(ctx)[kit_id] = BrandKit(
        id=kit_id,
        name=name,
        site=site,
        created=now,
        done=now + ctx.span(BRAND_KIT, kit_id),
        fails=FAIL_TOKEN in name,
    )
    return Reply({"brand_kit_id": kit_id, "status": "loading"}, status=201)


def _site(url: str) -> str:
    """The host of a public website.

    Raises:
        Refusal: 400, when it is none.
    """
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host = (parts.hostname or "").lower()
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host) or host[-1].isdigit():
        raise invalid("url", "url: must be the address of a public website")
    return host


def _status(kit: BrandKit, now: float) -> str:
    if now < kit.done:
        return "loading"
    return "error" if kit.fails else "completed"


async def list_brand_kits(ctx: Context, call: Call) -> Reply:
    """Lists the brand kits, the newest first."""
    limit = whole_number(call.query.get("limit"), "limit", default=20, low=1, high=100)
    kits = sorted(_kits(ctx).values(), key=lambda kit: -kit.created)
    part = page(kits, limit=limit, token=call.query.get("token"))
    chosen: Sequence[BrandKit] = part.data
    return Reply([_item(ctx, call, kit) for kit in chosen], beside=part.beside)


def _item(ctx: Context, call: Call, kit: BrandKit) -> dict[str, Any]:
    there = _status(kit, ctx.clock.now()) == "completed"
    return {
        "brand_kit_id": kit.id,
        "name": kit.name,
        "logo_url": _logo_url(call, kit) if there else None,
        "colors": _colors(kit) if there else [],
    }


def _colors(kit: BrandKit) -> list[str]:
    return [color(kit.site, index) for index in range(5)]


def _logo_id(kit: BrandKit) -> str:
    return stable_id("logo", kit.id)


def _logo_url(call: Call, kit: BrandKit) -> str:
    return call.base + storage_path("logos", kit.id, "logo.png")


def _font_ids(kit: BrandKit) -> list[str]:
    return [stable_id("font", kit.id, name) for name in _FONTS]


async def get_brand_kit(ctx: Context, call: Call) -> Reply:
    """Reads a brand kit."""
    return Reply(_detail(ctx, call, _kit(ctx, call)))


def _kit(ctx: Context, call: Call, *, own: bool = False) -> BrandKit:
    kit = _kits(ctx).get(call.params["brand_kit_id"])
    if kit is None:
        raise missing("resource_not_found", f"Brand kit {call.params['brand_kit_id']} not found.")
    if own and kit.shared:
        raise Refusal(403, "resource_access_denied", "The brand kit is of another workspace.")
    return kit


def _detail(ctx: Context, call: Call, kit: BrandKit) -> dict[str, Any]:
    status = _status(kit, ctx.clock.now())
    shown: dict[str, Any] = {"brand_kit_id": kit.id, "name": kit.name, "status": status}
    if status != "completed":
        # Colours come first, fonts last; nothing has a part yet.
        return shown | {"colors": _colors(kit)[:2], "logos": [], "fonts": []}
    colors, fonts = _colors(kit), _font_ids(kit)
    roles = kit.color_roles
    if roles is None:
        roles = dict(zip(_COLORS, colors, strict=False))
    texts = kit.font_roles
    if texts is None:
        texts = {
            "title_text": FontRole(font_id=fonts[0], weight=700),
            "body_text": FontRole(font_id=fonts[1], weight=400),
        }
    return shown | {
        "colors": colors,
        "color_roles": roles,
        "logos": [{"logo_id": _logo_id(kit), "name": "Logo", "url": _logo_url(call, kit)}],
        "logo_roles": {"primary": _logo_id(kit) if kit.logo_role == "" else kit.logo_role},
        "fonts": [
            {"font_id": each, "name": name} for each, name in zip(fonts, _FONTS, strict=True)
        ],
        "font_roles": {
            name: role and {"font_id": role.font_id, "weight": role.weight}
            for name, role in texts.items()
        },
    }


async def update_brand_kit(ctx: Context, call: Call) -> Reply:
    """Renames a brand kit, or assigns roles."""
    kit = _kit(ctx, call, own=True)
    body: UpdateBrandKit = decode(call.body, UpdateBrandKit)
    _check_something(body)
    name = kit.name if isinstance(body.name, UnsetType) else _trimmed(body.name, "name")
    roles = [body.color_roles, body.logo_roles, body.font_roles]
    status = _status(kit, ctx.clock.now())
    if status != "completed" and any(each is not UNSET for each in roles):
        raise Refusal(409, "conflict", f"Roles cannot be set while the brand kit is {status}.")
    if not isinstance(body.logo_roles, UnsetType):
        wanted = body.logo_roles.primary
        if wanted not in {None, _logo_id(kit)}:
            raise invalid("logo_roles.primary", f"logo_roles.primary: no logo {wanted} in this kit")
    if not isinstance(body.color_roles, UnsetType):
        kit.color_roles = _color_roles(body.color_roles)
    if not isinstance(body.logo_roles, UnsetType):
        kit.logo_role = body.logo_roles.primary
    if not isinstance(body.font_roles, UnsetType):
        kit.font_roles = _font_roles(body.font_roles)
    kit.name = name
    return Reply(_detail(ctx, call, kit))


def _check_something(body: Request) -> None:
    fields = body.__struct_fields__
    if all(getattr(body, name) is UNSET for name in fields):
        raise invalid("body", f"body: at least one of {', '.join(fields)} is needed")


def _trimmed(text: str, param: str) -> str:
    trimmed = text.strip()
    if not trimmed:
        raise invalid(param, f"{param}: must not be blank")
    return trimmed


def _color_roles(given: UpdateBrandKitColorRoles) -> dict[str, str | None]:
    roles: dict[str, str | None] = {name: getattr(given, name) for name in _COLORS}
    for name, value in roles.items():
        if value is not None and not _HEX.fullmatch(value):
            param = f"color_roles.{name}"
            raise invalid(param, f"{param}: {value!r} is not a hex colour")
    return roles


def _font_roles(given: UpdateBrandKitFontRoles) -> dict[str, FontRole | None]:
    def role(one: UpdateBrandKitFontRole | None) -> FontRole | None:
        return None if one is None else FontRole(font_id=one.font_id, weight=one.weight)

    return {"title_text": role(given.title_text), "body_text": role(given.body_text)}


async def delete_brand_kit(ctx: Context, call: Call) -> Reply:
    """Deletes a brand kit."""
    kit = _kit(ctx, call, own=True)
    del ctx.world.brand_kits[kit.id]
    return Reply({"brand_kit_id": kit.id})


async def create_brand_glossary(ctx: Context, call: Call) -> Reply:
    """Makes a glossary."""
    body: CreateBrandGlossary = decode(call.body, CreateBrandGlossary)
    now = ctx.clock.now()
    glossary = Glossary(id="", name=_free_name(ctx, body.name, None), created=now, updated=now)
    _fill(glossary, body)
    glossary.id = ctx.new_id("glossary")
    ctx.world.glossaries[glossary.id] = glossary
    return Reply(_glossary_shown(glossary), status=201)


def _free_name(ctx: Context, name: str, owner: Glossary | None) -> str:
    trimmed = _trimmed(name, "name")
    for other in ctx.world.glossaries.values():
        if other is not owner and other.name.lower() == trimmed.lower():
            raise Refusal(409, "conflict", f"There is a glossary {other.name!r} already.")
    return trimmed


def _fill(glossary: Glossary, body: CreateBrandGlossary | UpdateBrandGlossary) -> None:
    """Replaces the lists that are given, all or none."""
    terms, kept, forced = glossary.terms, glossary.kept, glossary.forced
    if not isinstance(body.terms, UnsetType):
        terms = [
            (_entry("terms", at, "term", each.term),
             _entry("terms", at, "pronunciation", each.pronunciation))
            for at, each in enumerate(body.terms)
        ]  # fmt: skip
    if not isinstance(body.do_not_translate_terms, UnsetType):
        name = "do_not_translate_terms"
        kept = [
            _entry(name, at, "term", each.term)
            for at, each in enumerate(body.do_not_translate_terms)
        ]
    if not isinstance(body.forced_translations, UnsetType):
        name = "forced_translations"
        forced = [
            (_entry(name, at, "term", each.term), _entry(name, at, "translation", each.translation))
            for at, each in enumerate(body.forced_translations)
        ]
    glossary.terms, glossary.kept, glossary.forced = terms, kept, forced


def _entry(name: str, at: int, field: str, text: str) -> str:
    return _trimmed(text, f"{name}[{at}].{field}")


def _glossary_shown(glossary: Glossary) -> dict[str, Any]:
    shown: dict[str, Any] = _glossary_item(glossary) | {
        "terms": [{"term": term, "pronunciation": sound} for term, sound in glossary.terms]
    }
    if glossary.kept:
        shown["do_not_translate_terms"] = [{"term": term} for term in glossary.kept]
    if glossary.forced:
        shown["forced_translations"] = [
            {"term": term, "translation": words} for term, words in glossary.forced
        ]
    return shown


def _glossary_item(glossary: Glossary) -> dict[str, Any]:
    return {
        "brand_glossary_id": glossary.id,
        "name": glossary.name,
        "created_at": _iso(glossary.created),
        "updated_at": _iso(glossary.updated),
    }


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")


async def list_brand_glossaries(ctx: Context, call: Call) -> Reply:
    """Lists the glossaries, the newest first."""
    limit = whole_number(call.query.get("limit"), "limit", default=10, low=1, high=100)
    items = [_glossary_item(each) for each in reversed(ctx.world.glossaries.values())]
    return page(items, limit=limit, token=call.query.get("token"))


def _glossary(ctx: Context, call: Call) -> Glossary:
    glossary_id = call.params["brand_glossary_id"]
    glossary = ctx.world.glossaries.get(glossary_id)
    if glossary is None:
        raise missing("resource_not_found", f"Brand glossary {glossary_id} not found.")
    return glossary


async def get_brand_glossary(ctx: Context, call: Call) -> Reply:
    """Reads a glossary."""
    return Reply(_glossary_shown(_glossary(ctx, call)))


async def update_brand_glossary(ctx: Context, call: Call) -> Reply:
    """Renames a glossary, or replaces its lists."""
    glossary = _glossary(ctx, call)
    body: UpdateBrandGlossary = decode(call.body, UpdateBrandGlossary)
    _check_something(body)
    name = glossary.name
    if not isinstance(body.name, UnsetType):
        name = _free_name(ctx, body.name, glossary)
    _fill(glossary, body)
    glossary.name, glossary.updated = name, ctx.clock.now()
    return Reply(_glossary_shown(glossary))


async def delete_brand_glossary(ctx: Context, call: Call) -> Reply:
    """Deletes a glossary."""
    glossary = _glossary(ctx, call)
    del ctx.world.glossaries[glossary.id]
    return Reply({"brand_glossary_id": glossary.id})


_KIT: Final = "/v3/brand-kits/{brand_kit_id}"
_GLOSSARY: Final = "/v3/brand-glossaries/{brand_glossary_id}"

ROUTES: Final = (
    Route(method="POST", path="/v3/brand-kits", handler=create_brand_kit, keyed=True),
    Route(method="GET", path="/v3/brand-kits", handler=list_brand_kits),
    Route(method="GET", path=_KIT, handler=get_brand_kit),
    Route(method="PATCH", path=_KIT, handler=update_brand_kit),
    Route(method="DELETE", path=_KIT, handler=delete_brand_kit),
    Route(method="POST", path="/v3/brand-glossaries", handler=create_brand_glossary, keyed=True),
    Route(method="GET", path="/v3/brand-glossaries", handler=list_brand_glossaries),
    Route(method="GET", path=_GLOSSARY, handler=get_brand_glossary),
    Route(method="PATCH", path=_GLOSSARY, handler=update_brand_glossary),
    Route(method="DELETE", path=_GLOSSARY, handler=delete_brand_glossary),
)
