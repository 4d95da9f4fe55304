"""What fits together in a video, and what does not: avatar, voice, background, shape, captions.

HeyGen renders what is questionable here, and charges for it. What it refuses by itself is refused
when the request is sent.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, Literal, TypeAlias

from heygen_async.models import AvatarLook, AvatarStatus, AvatarType
from heygen_async.models.base import Record
from heygen_async.models.v2 import AvatarCharacter, TalkingPhoto
from heygen_async.scripting.captions import FONT_MIN
from heygen_async.scripting.dimensions import orientation_of
from heygen_async.scripting.shots import (
    AnyAvatar,
    AnyVoice,
    PictureVideo,
    Shot,
    Size,
    shots_of,
)
from heygen_async.wire.choice import gender_of

Severity: TypeAlias = Literal["error", "warn", "advice", "info"]

_CROPPED: Final = 0.05


class PictureFinding(Record):
    """Something that does not fit.

    Attributes:
        rule: The rule's id, as in ``PICTURE_RULES``.
        level: ``error``: it will not be made, or not be seen. ``warn``: it will look or sound
            wrong. ``advice``, ``info``: look at it.
        field: The field, as a path such as ``video_inputs[0].background``.
        message: What does not fit, and what would.
    """

    rule: str
    level: Severity
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.level}: {self.field}: {self.message} [{self.rule}]"


class PictureRule(Record):
    """One rule.

    Attributes:
        id: Its name.
        level: How much it matters.
        what: What it asks for.
        field: The field that it is about, as v3 calls it; ``character`` and others as v2 does.
        finds: What does not fit; None where all is well, or nothing is known.
    """

    id: str
    level: Severity
    what: str
    field: str
    finds: Callable[[Shot], str | None]


def check_picture(
    video: PictureVideo,
    *,
    avatars: Iterable[AnyAvatar] = (),
    voices: Iterable[AnyVoice] = (),
    backgrounds: Mapping[str, Size] | None = None,
) -> list[PictureFinding]:
    """Holds a video against what is known of its avatar, its voice and its background.

    Args:
        video: A video of v3 of one avatar or one image, or one of v2 with its scenes.
        avatars: As HeyGen lists or describes them; those of the video are found by their ids.
        voices: The same.
        backgrounds: Width and height in pixels of pictures and clips, by address or asset id.

    Returns:
        What does not fit, in the order of ``PICTURE_RULES`` for each scene; empty when all does.

    Raises:
        InvalidRequestError: The video has a shape that HeyGen does not take.
    """
    seen = {each.id: each for each in avatars}
    heard = {each.voice_id: each for each in voices}
    findings = [
        PictureFinding(rule=rule.id, level=rule.level, field=shot.path(rule.field), message=message)
        for shot in shots_of(video, seen, heard, backgrounds or {})
        for rule in PICTURE_RULES
        if (message := rule.finds(shot)) is not None
    ]
    # What holds for all scenes is said once.
    return list(dict.fromkeys(findings))


def _not_ready(shot: Shot) -> str | None:
    status = shot.avatar.status if isinstance(shot.avatar, AvatarLook) else None
    if status in {None, AvatarStatus.COMPLETED}:
        return None
    return f"the avatar is {status}: wait until it is completed"


def _engine(shot: Shot) -> str | None:
    known = shot.avatar.supported_api_engines if isinstance(shot.avatar, AvatarLook) else []
    if not known or shot.engine is None or shot.engine in known:
        return None
    return f"the avatar does not know {shot.engine}, but {', '.join(known)}"


def _webm(shot: Shot) -> str | None:
    avatar = shot.avatar
    photo = isinstance(avatar, AvatarLook) and avatar.avatar_type == AvatarType.PHOTO_AVATAR
    if not (shot.webm and photo):
        return None
    return "photo avatars have no transparent video: film it before a green screen"


def _gender(shot: Shot) -> str | None:
    if shot.avatar is None or shot.voice is None:
        return None
    seen, heard = gender_of(shot.avatar.gender), gender_of(shot.voice.gender)
    if not seen or not heard or seen == heard:
        return None
    return f"a {heard} voice speaks for a {seen} avatar"


def _other_voice(shot: Shot) -> str | None:
    own = None if shot.avatar is None else shot.avatar.default_voice_id
    if not own or shot.voice is None or not shot.own_voice or shot.voice.voice_id == own:
        return None
    return f"the avatar has a voice of its own, {own}"


def _orientation(shot: Shot) -> str | None:
    look = shot.avatar if isinstance(shot.avatar, AvatarLook) else None
    if shot.size is None or look is None or look.preferred_orientation is None:
        return None
    shape = orientation_of(shot.size)
    if look.preferred_orientation == shape:
        return None
    return f"the avatar is {look.preferred_orientation}, the video is {shape}"


def _shape(shot: Shot) -> str | None:
    if shot.size is None or shot.background is None:
        return None
    width, height = shot.background
    factor = (width / height) / (shot.size.width / shot.size.height)
    if abs(factor - 1) <= _CROPPED:
        return None
    return f"{width} by {height} is cropped to fill {shot.size.width} by {shot.size.height}"


def _small(shot: Shot) -> str | None:
    if shot.size is None or shot.background is None:
        return None
    width, height = shot.background
    if width >= shot.size.width and height >= shot.size.height:
        return None
    return f"{width} by {height} is enlarged to fill {shot.size.width} by {shot.size.height}"


def _tiny(shot: Shot) -> str | None:
    size = None if shot.captions is None else shot.captions.font_size
    if size is None or size >= FONT_MIN:
        return None
    return f"captions of {size:g} pixels are hard to read: {FONT_MIN} or more"


def _covered(shot: Shot) -> str | None:
    if shot.size is None or shot.captions is None or shot.captions.position == "top":
        return None
    if orientation_of(shot.size) != "portrait":
        return None
    return "TikTok and Reels cover the lowest fifth: take position top, as the style social"


def _recorded(shot: Shot) -> str | None:
    if shot.captions is None or not shot.recorded:
        return None
    return "captions are made for text voices, and this is a recording"


def _circle(shot: Shot) -> str | None:
    who = shot.character
    if who is None or who.circle_background_color is None:
        return None
    style: str | None
    match who:
        case AvatarCharacter():
            style = who.avatar_style
        case TalkingPhoto():
            style = who.talking_photo_style
    if style == "circle":
        return None
    return "the colour is that of a circle, and the style is not circle"


def _prompt(shot: Shot) -> str | None:
    who = shot.character
    if who is None or who.prompt is None or who.use_avatar_iv_model:
        return None
    return "only Avatar IV moves by a prompt: set use_avatar_iv_model"


PICTURE_RULES: Final = (
    PictureRule(
        id="avatar-not-ready",
        level="error",
        what="The avatar is completed.",
        field="avatar_id",
        finds=_not_ready,
    ),
    PictureRule(
        id="engine-unknown",
        level="error",
        what="The avatar supports the engine.",
        field="engine",
        finds=_engine,
    ),
    PictureRule(
        id="webm-of-photo",
        level="error",
        what="No photo avatar in a transparent video.",
        field="output_format",
        finds=_webm,
    ),
    PictureRule(
        id="voice-gender",
        level="warn",
        what="The voice has the gender of the avatar.",
        field="voice_id",
        finds=_gender,
    ),
    PictureRule(
        id="other-voice",
        level="advice",
        what="The avatar speaks with its own voice.",
        field="voice_id",
        finds=_other_voice,
    ),
    PictureRule(
        id="orientation",
        level="warn",
        what="The avatar lies as the video does.",
        field="avatar_id",
        finds=_orientation,
    ),
    PictureRule(
        id="background-shape",
        level="warn",
        what="The background has the shape of the video.",
        field="background",
        finds=_shape,
    ),
    PictureRule(
        id="background-small",
        level="info",
        what="The background is as large as the video.",
        field="background",
        finds=_small,
    ),
    PictureRule(
        id="caption-size",
        level="warn",
        what="Captions have 24 pixels or more.",
        field="caption",
        finds=_tiny,
    ),
    PictureRule(
        id="caption-covered",
        level="warn",
        what="In an upright video captions stand at the top.",
        field="caption",
        finds=_covered,
    ),
    PictureRule(
        id="caption-of-recording",
        level="warn",
        what="Captions go with text voices.",
        field="voice_id",
        finds=_recorded,
    ),
    PictureRule(
        id="circle-color",
        level="warn",
        what="The colour of a circle goes with the style circle.",
        field="character.circle_background_color",
        finds=_circle,
    ),
    PictureRule(
        id="prompt-engine",
        level="warn",
        what="A prompt for the motion goes with Avatar IV.",
        field="character.prompt",
        finds=_prompt,
    ),
)
"""Every rule, in the order in which findings come."""
