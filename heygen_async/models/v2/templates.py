"""Templates of v2: videos with gaps, and what fills them."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, TypeAlias, cast

from msgspec import Meta

from heygen_async.errors import InvalidRequestError
from heygen_async.models.assets import Filled
from heygen_async.models.base import Reply, Request
from heygen_async.models.templates import PlayStyle, TemplateSubtitles
from heygen_async.models.v2.scenes import Address, Dimension, Fit
from heygen_async.models.v2.spellings import same


class TextProperties(Request):
    """What is written or said.

    Attributes:
        content: The text.
        voice_id: Who says it; the template's voice when left out.
    """

    content: str
    voice_id: Filled | None = None


class ImageProperties(Request):
    """A picture: exactly one of the first two.

    Attributes:
        url: Public address.
        asset_id: An uploaded picture.
        fit: How it fills its place.
    """

    url: Address | None = None
    asset_id: str | None = None
    fit: Fit | None = None


class VideoProperties(Request):
    """A clip: exactly one of the first two.

    Attributes:
        url: Public address.
        asset_id: An uploaded clip.
        play_style: What happens when it is shorter than the scene.
        fit: How it fills its place.
    """

    url: Address | None = None
    asset_id: str | None = None
    play_style: PlayStyle | None = None
    fit: Fit | None = None


class AudioProperties(Request):
    """A recording: exactly one of the two.

    Attributes:
        url: Public address.
        asset_id: An uploaded recording.
    """

    url: Address | None = None
    asset_id: str | None = None


class CharacterProperties(Request):
    """Who is seen.

    Attributes:
        character_id: An avatar's id, or a talking photo's.
        type: Which of the two; the template's own kind when left out.
    """

    character_id: Filled
    type: Literal["avatar", "talking_photo"] | None = None


class VoiceProperties(Request):
    """Who is heard.

    Attributes:
        voice_id: The voice.
    """

    voice_id: Filled


class LegacyTextVariable(Request, tag_field="type", tag="text"):
    """Fills a gap for text.

    Attributes:
        name: The variable's name.
        properties: What fills it.
    """

    name: Filled
    properties: TextProperties


class LegacyImageVariable(Request, tag_field="type", tag="image"):
    """Fills a gap for a picture.

    Attributes:
        name: The variable's name.
        properties: What fills it.
    """

    name: Filled
    properties: ImageProperties


class LegacyVideoVariable(Request, tag_field="type", tag="video"):
    """Fills a gap for a clip.

    Attributes:
        name: The variable's name.
        properties: What fills it.
    """

    name: Filled
    properties: VideoProperties


class LegacyAudioVariable(Request, tag_field="type", tag="audio"):
    """Fills a gap for a recording.

    Attributes:
        name: The variable's name.
        properties: What fills it.
    """

    name: Filled
    properties: AudioProperties


class LegacyCharacterVariable(Request, tag_field="type", tag="character"):
    """Puts somebody else into the place of an avatar.

    Attributes:
        name: The variable's name.
        properties: Who it is.
    """

    name: Filled
    properties: CharacterProperties


class LegacyVoiceVariable(Request, tag_field="type", tag="voice"):
    """Speaks with another voice.

    Attributes:
        name: The variable's name.
        properties: Whose it is.
    """

    name: Filled
    properties: VoiceProperties


LegacyVariable: TypeAlias = (
    LegacyTextVariable
    | LegacyImageVariable
    | LegacyVideoVariable
    | LegacyAudioVariable
    | LegacyCharacterVariable
    | LegacyVoiceVariable
)

LegacyProperties: TypeAlias = (
    TextProperties
    | ImageProperties
    | VideoProperties
    | AudioProperties
    | CharacterProperties
    | VoiceProperties
)

_VARIABLES: Final[dict[type[LegacyProperties], Any]] = {
    TextProperties: LegacyTextVariable,
    ImageProperties: LegacyImageVariable,
    VideoProperties: LegacyVideoVariable,
    AudioProperties: LegacyAudioVariable,
    CharacterProperties: LegacyCharacterVariable,
    VoiceProperties: LegacyVoiceVariable,
}


def template_variables(values: Mapping[str, str | LegacyProperties]) -> dict[str, LegacyVariable]:
    """The variables of a ``GenerateTemplateVideo``, which HeyGen wants with all their wrapping.

    Args:
        values: What fills the gaps, by the variables' names; a ``str`` is a text.

    Raises:
        InvalidRequestError: A value is neither a text nor properties.
    """
    given = {
        name: TextProperties(content=value) if isinstance(value, str) else value
        for name, value in values.items()
    }
    for name, value in given.items():
        if type(value) not in _VARIABLES:
            raise InvalidRequestError(f"variables.{name}", value, "must be a text or properties")
    return {
        name: cast("LegacyVariable", _VARIABLES[type(value)](name=name, properties=value))
        for name, value in given.items()
    }


class GenerateTemplateVideo(Request):
    """A video from a template.

    Attributes:
        variables: What fills the gaps, by the variables' names; ``template_variables`` makes them.
        title: Name in the dashboard.
        test: Watermarked, costs no credits, a few a day.
        caption: Make captions; none when left out.
        callback_id: Comes back in the notice.
        callback_url: Gets a POST when the video is ready or failed, besides your endpoints.
        dimension: Another size, of the template's own aspect ratio.
        fps: Pictures a second; 25 when left out.
        scene_ids: Which scenes, in which order; one may come twice. All when left out.
        reorder_music: Whether music moves with its scenes; it does when left out.
        keep_text_vertically_centered: Centres new text anew.
        subtitles: How captions look; means that there are captions.
        include_gif: Puts an animated preview into the notice.
        enable_sharing: Makes the video's page public.
        folder_id: Folder.
        brand_voice_id: Pronunciation of your own terms.
    """

    variables: dict[str, LegacyVariable]
    title: str | None = None
    test: bool | None = None
    caption: bool | None = None
    callback_id: str | None = None
    callback_url: Address | None = None
    dimension: Dimension | None = None
    fps: Literal[25, 30, 60] | None = None
    scene_ids: Annotated[list[str], Meta(min_length=1)] | None = None
    reorder_music: bool | None = None
    keep_text_vertically_centered: bool | None = None
    subtitles: TemplateSubtitles | None = None
    include_gif: bool | None = None
    enable_sharing: bool | None = None
    folder_id: str | None = None
    brand_voice_id: str | None = None


class LegacyTemplateVariable(Reply):
    """A gap of a template.

    Attributes:
        name: Its name.
        type: ``text``, ``image``, ``video``, ``audio``, ``character`` or ``voice``.
        properties: What fills it by default; which keys there are goes by ``type``. ``max_length``
            is the most characters that a text may have.
    """

    name: str = ""
    type: str = ""
    properties: dict[str, Any] = {}


class LegacyTemplateSummary(Reply):
    """A template in a list.

    Attributes:
        template_id: The template's id.
        name: Name to show.
        thumbnail_image_url: A still.
        thumbnail_url: Another spelling of that.
    """

    template_id: str
    name: str | None = None
    thumbnail_image_url: str | None = None
    thumbnail_url: str | None = None

    def __post_init__(self) -> None:
        same(self, "thumbnail_image_url", "thumbnail_url")


class LegacyTemplateScene(Reply):
    """A scene of a template.

    Attributes:
        id: For ``GenerateTemplateVideo.scene_ids``.
        script: What is said, with ``{{name}}`` where a variable goes.
        variables: What it uses: names and types.
    """

    id: str
    script: str | None = None
    variables: list[LegacyTemplateVariable] = []


class LegacyTemplate(Reply):
    """A template's variables.

    Attributes:
        variables: As HeyGen sends them: by name, or in a list. ``by_name`` has them by name.
        version: Of the editor that made it: ``3`` or ``4``; only with the scenes.
        scenes: In order; only where they were asked for, and not for old templates.
    """

    variables: dict[str, LegacyTemplateVariable] | list[LegacyTemplateVariable] = {}
    version: str | None = None
    scenes: list[LegacyTemplateScene] | None = None

    @property
    def by_name(self) -> dict[str, LegacyTemplateVariable]:
        """The variables by name, whichever way HeyGen sent them."""
        if isinstance(self.variables, dict):
            return self.variables
        return {variable.name: variable for variable in self.variables}
