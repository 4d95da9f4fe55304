"""``/v2/template/{id}/generate``: a video from a template."""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.migration.characters import look
from heygen_async.migration.ledger import Fields
from heygen_async.migration.results import Options
from heygen_async.migration.videos import drop_test
from heygen_async.models import (
    AssetId,
    AssetUrl,
    AudioVariable,
    CharacterVariable,
    GenerateFromTemplate,
    ImageVariable,
    TextVariable,
    VideoVariable,
    VoiceVariable,
)
from heygen_async.models.templates import TemplateDimension, TemplateValue
from heygen_async.models.v2 import (
    LegacyAudioVariable,
    LegacyCharacterVariable,
    LegacyImageVariable,
    LegacyTextVariable,
    LegacyVideoVariable,
    LegacyVoiceVariable,
)

_SAME: Final = (
    *("title", "caption", "subtitles", "callback_url", "callback_id", "folder_id", "fps"),
    *("scene_ids", "reorder_music", "keep_text_vertically_centered", "include_gif"),
    "enable_sharing",
)


def from_template(fields: Fields, options: Options) -> GenerateFromTemplate:
    """The same gaps, filled with v3's values."""
    if options.template_id is None:
        fields.note(
            "needs_attention",
            "variables",
            "The id of the template is part of the path, and is not in the request.",
            "Give template_id=, or the old path with the request.",
        )
    drop_test(fields)
    dimension = fields.at("dimension")
    size = None if dimension is None else TemplateDimension(**dimension.carry("width", "height"))
    variables = {name: _value(each, name) for name, each in fields.members("variables").items()}
    return GenerateFromTemplate(
        variables=variables,
        dimension=size,
        **fields.carry(*_SAME, brand_glossary_id="brand_voice_id"),
    )


def _value(variable: Fields, name: str) -> TemplateValue:
    variable.drop("name", usual=name, reason="The name under which it stands is kept.")
    return _VALUES[type(variable.source)](variable.open("properties"))


def _text(given: Fields) -> TextVariable:
    given.drop(
        "voice_id",
        reason="In v3 the voice of a text is a variable of its own.",
        instead="Give the template a variable of type voice.",
    )
    content = given.take("content")
    if not content:
        given.note("approximated", "content", "v3 takes no empty texts: a space stands for it.")
    return TextVariable(content=content or " ")


def _image(given: Fields) -> ImageVariable:
    return ImageVariable(**_file(given), **given.carry("fit"))


def _video(given: Fields) -> VideoVariable:
    return VideoVariable(**_file(given), **given.carry("fit", "play_style"))


def _audio(given: Fields) -> AudioVariable:
    return AudioVariable(**_file(given))


def _character(given: Fields) -> CharacterVariable:
    if given.source.type is None:
        given.note(
            "needs_attention",
            "type",
            "v2 took the template's own kind for none; v3 takes an avatar.",
            "Give character_type for a talking photo.",
        )
    character_id = look(given, "character_id")["avatar_id"]
    return CharacterVariable(character_id=character_id, **given.carry(character_type="type"))


def _voice(given: Fields) -> VoiceVariable:
    return VoiceVariable(**given.carry("voice_id"))


def _file(given: Fields) -> dict[str, Any]:
    url, asset_id = given.take("url"), given.take("asset_id")
    return {"asset": AssetId(asset_id=asset_id) if url is None else AssetUrl(url=url)}


_VALUES: Final[dict[type[Any], Callable[[Fields], TemplateValue]]] = {
    LegacyTextVariable: _text,
    LegacyImageVariable: _image,
    LegacyVideoVariable: _video,
    LegacyAudioVariable: _audio,
    LegacyCharacterVariable: _character,
    LegacyVoiceVariable: _voice,
}
