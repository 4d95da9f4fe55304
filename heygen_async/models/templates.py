"""Templates: videos with gaps, and what fills them."""

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from heygen_async.models.assets import AssetInput
from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.files import FileInput
from heygen_async.models.videos import Unit

Fit: TypeAlias = Literal["cover", "contain", "crop", "none"]
PlayStyle: TypeAlias = Literal["fit_to_scene", "freeze", "loop", "once", "full_video"]


class TextVariable(Request, tag_field="type", tag="text"):
    """Fills a gap for text.

    Attributes:
        content: 1 to 10,000 characters.
    """

    content: Annotated[str, Meta(max_length=10_000)]


class ImageVariable(Request, tag_field="type", tag="image"):
    """Fills a gap for a picture.

    Attributes:
        asset: The picture.
        fit: How it fits the gap; ``contain`` when left out.
    """

    asset: FileInput
    fit: Fit | None = None


class VideoVariable(Request, tag_field="type", tag="video"):
    """Fills a gap for a clip.

    Attributes:
        asset: The clip.
        fit: How it fits the gap; ``contain`` when left out.
        play_style: How it is played when it is shorter than its scene; ``loop`` when left out.
        volume: 0 to 1; 1 when left out.
    """

    asset: FileInput
    fit: Fit | None = None
    play_style: PlayStyle | None = None
    volume: Unit | None = None


class AudioVariable(Request, tag_field="type", tag="audio"):
    """Fills a gap for a recording.

    Attributes:
        asset: The recording.
    """

    asset: FileInput


class CharacterVariable(Request, tag_field="type", tag="character"):
    """Puts somebody else into the place of an avatar.

    Attributes:
        character_id: Avatar or talking photo.
        character_type: Which of the two; ``avatar`` when left out.
    """

    character_id: Annotated[str, Meta(min_length=1)]
    character_type: Literal["avatar", "talking_photo"] | None = None


class VoiceVariable(Request, tag_field="type", tag="voice"):
    """Speaks a script with another voice.

    Attributes:
        voice_id: The voice.
        locale: Its accent, such as ``en-US``.
    """

    voice_id: Annotated[str, Meta(min_length=1)]
    locale: str | None = None


TemplateValue: TypeAlias = (
    TextVariable | ImageVariable | VideoVariable | AudioVariable | CharacterVariable | VoiceVariable
)


class SubtitlePosition(Request):
    """Where subtitles stand.

    Attributes:
        x: Horizontal; 0 when left out.
        y: Vertical; 0 when left out.
    """

    x: float | None = None
    y: float | None = None


class TemplateSubtitles(Request):
    """How subtitles look.

    Attributes:
        preset_name: Such as ``classic``, ``bold`` or ``bright``.
        alignment: HeyGen's number for it; 2 when left out.
        disable_highlight: Takes the preset's highlighting of words away.
        font_size: Instead of the preset's.
        position: Where they stand.
    """

    preset_name: str
    alignment: int | None = None
    disable_highlight: bool | None = None
    font_size: int | None = None
    position: SubtitlePosition | None = None


class TemplateDimension(Request):
    """Another size, of the template's own aspect ratio.

    Attributes:
        width: Pixels, even, 128 to 4096.
        height: Pixels, even, 128 to 4096.
    """

    width: Annotated[int, Meta(ge=128, le=4096, multiple_of=2)]
    height: Annotated[int, Meta(ge=128, le=4096, multiple_of=2)]


class GenerateFromTemplate(Request):
    """A video from a template.

    Attributes:
        variables: What fills the gaps, by the variables' names. A text that is left out stays as
            ``{{name}}``; anything else keeps what the template has.
        title: Name of the video.
        caption: Burns captions in.
        subtitles: How they look; means that there are captions.
        callback_url: Gets a POST when the video is ready or failed.
        callback_id: Comes back in that POST.
        folder_id: Folder of the video.
        brand_voice_id: Old name of ``brand_glossary_id``.
        brand_glossary_id: Pronunciation of your own terms.
        dimension: Another size, of the template's aspect ratio.
        fps: Pictures per second: 25, 30 or 60; 25 when left out.
        scene_ids: Which scenes, in which order; one may come twice. All when left out.
        reorder_music: Whether music moves with its scenes; it does when left out.
        keep_text_vertically_centered: Centres new text anew.
        include_gif: Puts an animated preview into the webhook.
        enable_sharing: Makes the video's page public.
    """

    variables: dict[str, TemplateValue]
    title: str | None = None
    caption: bool | None = None
    subtitles: TemplateSubtitles | None = None
    callback_url: str | None = None
    callback_id: str | None = None
    folder_id: str | None = None
    brand_voice_id: str | None = None
    brand_glossary_id: str | None = None
    dimension: TemplateDimension | None = None
    fps: float | None = None
    scene_ids: list[str] | None = None
    reorder_music: bool | None = None
    keep_text_vertically_centered: bool | None = None
    include_gif: bool | None = None
    enable_sharing: bool | None = None


class TemplateVariableType(OpenEnum):
    """What a gap is for."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    CHARACTER = "character"
    VOICE = "voice"


class TemplateVariable(Reply):
    """A gap of a template, with what fills it by default. Which fields are filled goes by ``type``.

    Attributes:
        type: What it is for.
        content: Text; may be empty.
        asset: Picture, clip or recording.
        fit: How a picture or clip fits.
        play_style: How a clip is played.
        volume: Of a clip, 0 to 1.
        character_id: Avatar or talking photo.
        character_type: Which of the two.
        voice_id: Voice.
        locale: Its accent.
    """

    type: TemplateVariableType
    content: str | None = None
    asset: AssetInput | None = None
    fit: str | None = None
    play_style: str | None = None
    volume: float | None = None
    character_id: str | None = None
    character_type: str | None = None
    voice_id: str | None = None
    locale: str | None = None

    def as_value(self) -> TemplateValue | None:
        """The same as ``GenerateFromTemplate.variables`` takes it.

        None when it cannot be said: of a type that is newer than this library.
        """
        given = {
            name: value for name, value in msgspec.to_builtins(self).items() if value is not None
        }
        try:
            value: TemplateValue = msgspec.convert(given, TemplateValue)
        except msgspec.ValidationError:
            return None
        return value


class TemplateVariableUse(Reply):
    """Where a scene uses a variable.

    Attributes:
        name: The variable's name.
        variable_type: What it is for.
    """

    name: str
    variable_type: TemplateVariableType


class TemplateScene(Reply):
    """A scene of a template.

    Attributes:
        scene_id: For ``GenerateFromTemplate.scene_ids``.
        script: What is said, with ``{{name}}`` where a variable goes.
        variables: What it uses.
    """

    scene_id: str
    script: str | None = None
    variables: list[TemplateVariableUse] = []


class TemplateSummary(Reply):
    """A template in a list.

    Attributes:
        id: The template's id.
        name: Name to show.
        thumbnail_url: A still.
        aspect_ratio: Such as ``16:9``.
        created_at: Unix time in seconds.
        updated_at: Unix time in seconds.
    """

    id: str
    name: str
    thumbnail_url: str | None = None
    aspect_ratio: str | None = None
    created_at: float | None = None
    updated_at: float | None = None


class Template(TemplateSummary):
    """A template with its variables and scenes.

    Attributes:
        variables: By name, with what fills them by default.
        scene_ids: In order.
        scenes: In order.
    """

    variables: dict[str, TemplateVariable] = {}
    scene_ids: list[str] = []
    scenes: list[TemplateScene] = []
