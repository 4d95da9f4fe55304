"""``/v2/templates`` and ``/v2/template``: v3's templates, as v2 tells and fills them."""

from typing import Any, Final

import msgspec

from heygen_async.models import GenerateFromTemplate
from heygen_async.models.v2 import GenerateTemplateVideo, LegacyVariable
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.legacy.videos import accept
from heygen_async.sandbox.refusal import refuse
from heygen_async.sandbox.stock_templates import TEMPLATES, StockTemplate
from heygen_async.sandbox.v3.templates import find_template, names_in, plan_filled
from heygen_async.sandbox.validation import decode

_VERSION: Final = "4"
_FILES: Final = frozenset({"image", "video", "audio"})


async def list_templates(ctx: Context, call: Call) -> Reply:
    """Lists the templates at once."""
    items = [
        {
            "template_id": template.id,
            "name": template.name,
            "thumbnail_image_url": ctx.link(call, "looks", template.avatar_id, "preview.jpg"),
        }
        for template in TEMPLATES.values()
    ]
    return Reply({"templates": items})


async def get_template(_ctx: Context, call: Call) -> Reply:
    """Reads a template's variables."""
    return Reply({"variables": _variables(find_template(call))})


async def get_template_scenes(_ctx: Context, call: Call) -> Reply:
    """Reads a template's variables and scenes."""
    template = find_template(call)
    scenes = [
        {
            "id": scene.id,
            "script": scene.script,
            "variables": [
                {"name": name, "type": template.variables[name]["type"]}
                for name in names_in(template, scene)
            ],
        }
        for scene in template.scenes
    ]
    return Reply({"version": _VERSION, "variables": _variables(template), "scenes": scenes})


def _variables(template: StockTemplate) -> dict[str, Any]:
    return {
        name: {"name": name, "type": value["type"], "properties": _properties(value)}
        for name, value in template.variables.items()
    }


def _properties(value: dict[str, Any]) -> dict[str, Any]:
    """What fills a gap by default, in the words of v2."""
    told = {name: each for name, each in value.items() if name not in {"type", "volume", "locale"}}
    match told:
        case {"asset": {"url": url}}:
            del told["asset"]
            return {"url": url, "asset_id": None} | told
        case {"character_type": kind}:
            del told["character_type"]
            return told | {"type": kind}
        case _:
            return told


async def generate_from_template(ctx: Context, call: Call) -> Reply:
    """Accepts a video from a template."""
    template = find_template(call)
    body: GenerateTemplateVideo = decode(call.body, GenerateTemplateVideo)
    made = await plan_filled(ctx, call, template, _as_v3(body))
    made.more["subtitles"] = made.more["captioned"]
    return Reply({"video_id": accept(ctx, call, made, free=bool(body.test)).id})


def _as_v3(body: GenerateTemplateVideo) -> GenerateFromTemplate:
    plain: dict[str, Any] = msgspec.to_builtins(body)
    same = {name: value for name, value in plain.items() if name not in {"variables", "test"}}
    filled = {name: _value(name, each) for name, each in body.variables.items()}
    return msgspec.convert(same | {"variables": filled}, GenerateFromTemplate)


def _value(name: str, variable: LegacyVariable) -> dict[str, Any]:
    """A filled gap in the words of v3."""
    plain = msgspec.to_builtins(variable)
    kind, told = plain["type"], dict(plain["properties"])
    if kind == "character":
        told["character_type"] = told.pop("type", "avatar")
    elif kind == "text":
        told.pop("voice_id", None)
    elif kind in _FILES:
        url, asset_id = told.pop("url", None), told.pop("asset_id", None)
        if (url is None) == (asset_id is None):
            where = f"variables.{name}.properties"
            refuse(where, f"{where}: exactly one of url, asset_id must be given")
        told["asset"] = (
            {"type": "asset_id", "asset_id": asset_id} if asset_id else {"type": "url", "url": url}
        )
    return told | {"type": kind}


ROUTES: Final = (
    Route(method="GET", path="/v2/templates", handler=list_templates, family=Family.ERROR),
    Route(
        method="GET",
        path="/v2/template/{template_id}",
        handler=get_template,
        family=Family.ERROR,
    ),
    Route(method="GET", path="/v3/template/{template_id}", handler=get_template_scenes),
    Route(
        method="POST",
        path="/v2/template/{template_id}/generate",
        handler=generate_from_template,
        family=Family.ERROR,
    ),
)
