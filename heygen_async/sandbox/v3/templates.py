"""``/v3/templates``: videos with gaps, and their filling."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from heygen_async.models import (
    AssetId,
    AudioVariable,
    AvatarScene,
    CharacterVariable,
    GenerateFromTemplate,
    ImageScene,
    ImageVariable,
    SceneAvatar,
    StudioScene,
    StudioVideo,
    TemplateDimension,
    TemplateValue,
    TextVariable,
    VideoScene,
    VideoVariable,
    VoiceVariable,
)
from heygen_async.sandbox import jobs
from heygen_async.sandbox.assets import resolve
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.refusal import missing, refuse
from heygen_async.sandbox.stock_templates import TEMPLATES, StockScene, StockTemplate
from heygen_async.sandbox.v3.studio_plans import plan
from heygen_async.sandbox.v3.video_plans import Plan, enter, usable_look
from heygen_async.sandbox.v3.videos import video_shown
from heygen_async.sandbox.validation import decode, whole_number
from heygen_async.sandbox.voices import usable_voice

_RATES: Final = (25, 30, 60)
_STILL_SECONDS: Final = 3.0
_GAP: Final = re.compile(r"\{\{(\w+)\}\}")
_ORIENTATION: Final = {"16:9": (16, 9), "9:16": (9, 16)}
_TYPES: Final = {
    TextVariable: "text",
    ImageVariable: "image",
    VideoVariable: "video",
    AudioVariable: "audio",
    CharacterVariable: "character",
    VoiceVariable: "voice",
}


async def list_templates(_ctx: Context, call: Call) -> Reply:
    """Lists the templates in pages."""
    limit = whole_number(call.query.get("limit"), "limit", default=10, low=1, high=100)
    items = [_summary(template) for template in TEMPLATES.values()]
    return page(items, limit=limit, token=call.query.get("token"))


async def get_template(_ctx: Context, call: Call) -> Reply:
    """Reads a template with its variables and scenes."""
    template = find_template(call)
    return Reply(
        _summary(template)
        | {
            "variables": template.variables,
            "scene_ids": [scene.id for scene in template.scenes],
            "scenes": [_scene_shown(template, scene) for scene in template.scenes],
        }
    )


def find_template(call: Call) -> StockTemplate:
    """The template of a path.

    Raises:
        Refusal: 404 for an unknown one.
    """
    template = TEMPLATES.get(call.params["template_id"])
    if template is None:
        raise missing("template_not_found", f"Template {call.params['template_id']} not found.")
    return template


def _summary(template: StockTemplate) -> dict[str, Any]:
    return {
        "id": template.id,
        "name": template.name,
        "thumbnail_url": None,
        "aspect_ratio": template.aspect_ratio,
        "created_at": template.created,
        "updated_at": template.created,
    }


def _scene_shown(template: StockTemplate, scene: StockScene) -> dict[str, Any]:
    return {
        "scene_id": scene.id,
        "script": scene.script,
        "variables": [
            {"name": name, "variable_type": template.variables[name]["type"]}
            for name in names_in(template, scene)
        ],
    }


def names_in(template: StockTemplate, scene: StockScene) -> list[str]:
    """The variables that a scene uses."""
    names = _GAP.findall(scene.script or "")
    names += [name for name in (scene.shows, scene.hears) if name]
    if scene.script is not None:
        # Who speaks, and with which voice, holds for every scene in which somebody does.
        names += [
            name
            for name, value in template.variables.items()
            if value["type"] in {"character", "voice"}
        ]
    return names


async def generate_from_template(ctx: Context, call: Call) -> Reply:
    """Accepts a video from a template; answers with the video as it is now."""
    template = find_template(call)
    body: GenerateFromTemplate = decode(call.body, GenerateFromTemplate)
    made = await plan_filled(ctx, call, template, body)
    jobs.take_slot(ctx)
    ctx.afford(made.price)
    return Reply(video_shown(ctx, call, enter(ctx, call, made)))


async def plan_filled(
    ctx: Context, call: Call, template: StockTemplate, body: GenerateFromTemplate
) -> Plan:
    """What a template comes to when its gaps are filled.

    Raises:
        Refusal: It cannot be made.
    """
    _check(template, body)
    video = StudioVideo(
        scenes=_scenes(ctx, call, template, body),
        title=body.title or template.name,
        folder_id=body.folder_id,
        aspect_ratio="9:16" if template.aspect_ratio == "9:16" else "16:9",
        brand_glossary_id=body.brand_glossary_id or body.brand_voice_id or None,
        callback_url=body.callback_url,
    )
    made = await plan(ctx, call, video)
    made.more |= {
        "callback_id": body.callback_id,
        "captioned": bool(body.caption) or body.subtitles is not None,
    }
    if body.dimension is not None:
        _resize(made, body.dimension)
    return made


def _check(template: StockTemplate, body: GenerateFromTemplate) -> None:
    if body.fps is not None and body.fps not in _RATES:
        refuse("fps", f"fps: {body.fps:g} is none of 25, 30, 60")
    for name, value in body.variables.items():
        where = f"variables.{name}"
        known = template.variables.get(name)
        if known is None:
            refuse(where, f"{where}: the template has no such variable")
        if _TYPES[type(value)] != known["type"]:
            refuse(where, f"{where}: must be of type {known['type']}")
        if isinstance(value, TextVariable) and not value.content:
            refuse(f"{where}.content", f"{where}.content: must not be empty")
    scenes = {scene.id for scene in template.scenes}
    for index, scene_id in enumerate(body.scene_ids or ()):
        if scene_id not in scenes:
            refuse("scene_ids", f"scene_ids[{index}]: the template has no scene {scene_id}")
    if body.scene_ids == []:
        refuse("scene_ids", "scene_ids: must not be empty")
    size, (across, down) = body.dimension, _ORIENTATION[template.aspect_ratio]
    if size is not None and abs(size.width * down - size.height * across) > max(across, down):
        refuse("dimension", f"dimension: must keep the aspect ratio {template.aspect_ratio}")


@dataclass(slots=True)
class _Filling:
    """What goes into the gaps: who speaks, texts and files by their variables' names."""

    avatar_id: str
    voice_id: str | None = None
    texts: dict[str, str] = field(default_factory=dict[str, str])
    files: dict[str, AssetId] = field(default_factory=dict[str, AssetId])


def _scenes(
    ctx: Context, call: Call, template: StockTemplate, body: GenerateFromTemplate
) -> list[StudioScene]:
    """The template's scenes as those of a studio video, with their gaps filled."""
    filling = _Filling(template.avatar_id)
    usual = msgspec.convert(template.variables, dict[str, TemplateValue])
    for name, value in (usual | body.variables).items():
        match value:
            case CharacterVariable():
                filling.avatar_id = usable_look(ctx, value.character_id).id
            case VoiceVariable():
                filling.voice_id = usable_voice(ctx, value.voice_id).voice_id
            case ImageVariable() | VideoVariable() | AudioVariable():
                kind, param = _TYPES[type(value)], f"variables.{name}.asset"
                found = resolve(ctx, call, value.asset, kind=kind, param=param)
                filling.files[name] = AssetId(asset_id=found.id)
            case TextVariable() if name in body.variables:
                filling.texts[name] = value.content
            case TextVariable():
                pass  # a text that is left out stays as it is written
    scenes = {scene.id: scene for scene in template.scenes}
    return [_filled(scenes[each], filling) for each in body.scene_ids or scenes]


def _filled(scene: StockScene, filling: _Filling) -> StudioScene:
    if scene.shows is None:
        script = _GAP.sub(lambda gap: filling.texts.get(gap[1], gap[0]), scene.script or "")
        speaker = SceneAvatar(avatar_id=filling.avatar_id, voice_id=filling.voice_id, script=script)
        return AvatarScene(input=speaker)
    shown = filling.files[scene.shows]
    if scene.hears is None:
        return ImageScene(source=shown, duration=_STILL_SECONDS)
    return VideoScene(source=shown, audio_asset_id=filling.files[scene.hears].asset_id)


def _resize(made: Plan, size: TemplateDimension) -> None:
    for shot in (made.shot, *made.shot.scenes):
        shot.width, shot.height = size.width, size.height


ROUTES: Final = (
    Route(method="GET", path="/v3/templates", handler=list_templates),
    Route(method="GET", path="/v3/templates/{template_id}", handler=get_template),
    Route(
        method="POST",
        path="/v3/templates/{template_id}",
        handler=generate_from_template,
        keyed=True,
    ),
)
