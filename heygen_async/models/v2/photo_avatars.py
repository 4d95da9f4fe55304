"""Photo avatars of v2: a group of looks that is trained."""

from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta
from msgspec.structs import force_setattr

from heygen_async.models.assets import Filled
from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.v2.scenes import Address

Orientation: TypeAlias = Literal["square", "horizontal", "vertical"]
Pose: TypeAlias = Literal["half_body", "close_up", "full_body"]
Style: TypeAlias = Literal[
    "Realistic", "Pixar", "Cinematic", "Vintage", "Noir", "Cyberpunk", "Unspecified"
]

KEYS_A_CALL: Final = 4
"""Most photos that one request adds to a group."""


class GeneratePhotos(Request):
    """Asks for four AI photos of a person who does not exist. All eight attributes are required.

    Attributes:
        name: Name of the person.
        age: Age group.
        gender: Gender.
        ethnicity: Ethnicity.
        orientation: Shape of the picture.
        pose: How much of the body is seen.
        style: Look of the picture.
        appearance: Free words, at most 1,000 characters.
        callback_url: Gets a POST when done.
        callback_id: Comes back in that POST; needs ``callback_url``.
    """

    name: Filled
    age: Literal["Young Adult", "Early Middle Age", "Late Middle Age", "Senior", "Unspecified"]
    gender: Literal["Woman", "Man", "Unspecified"]
    ethnicity: Literal[
        "White",
        "Black",
        "Asian American",
        "East Asian",
        "South East Asian",
        "South Asian",
        "Middle Eastern",
        "Pacific",
        "Hispanic",
        "Unspecified",
    ]
    orientation: Orientation
    pose: Pose
    style: Style
    appearance: Annotated[str, Meta(min_length=1, max_length=1000)]
    callback_url: Address | None = None
    callback_id: str | None = None


class GenerateLook(Request):
    """Asks for new looks of a trained group.

    Attributes:
        group_id: A trained group.
        prompt: What the look is like; HeyGen's guide wants the word avatar in it.
        orientation: Shape of the picture.
        pose: How much of the body is seen.
        style: Look of the picture.
    """

    group_id: Filled
    prompt: Annotated[str, Meta(min_length=1, max_length=1000)]
    orientation: Orientation
    pose: Pose
    style: Style


class CreateGroup(Request):
    """Makes a group from one photo.

    Attributes:
        name: Name of the person.
        image_key: ``image_key`` of an upload or of a generated photo; not an asset id.
        generation_id: The generation that the key came from; for generated photos.
    """

    name: Filled
    image_key: Filled
    generation_id: str | None = None


class AddLooks(Request):
    """Adds photos to a group.

    Attributes:
        group_id: The group.
        image_keys: One to four keys: ``add_looks`` makes a request of each four.
        name: Name of the looks.
        generation_id: The generation that the keys came from; for generated photos.
    """

    group_id: Filled
    image_keys: Annotated[list[Filled], Meta(min_length=1, max_length=KEYS_A_CALL)]
    name: Filled
    generation_id: str | None = None


class GroupRef(Request):
    """Names a group.

    Attributes:
        group_id: The group.
    """

    group_id: Filled


class LookRef(Request):
    """Names a look.

    Attributes:
        id: The look.
    """

    id: Filled


class AddMotion(Request):
    """Asks for a moving copy of a look.

    Attributes:
        id: The look.
        prompt: How it moves, in words.
        motion_type: The model that moves it; HeyGen chooses when left out.
    """

    id: Filled
    prompt: str | None = None
    motion_type: str | None = None


class GenerationStatus(OpenEnum):
    """How far a generation of photos is."""

    PENDING = "pending"
    PROCESSING = "processing"
    SUCCESS = "success"
    COMPLETED = "completed"
    FAILED = "failed"


class Generation(Reply):
    """Photos, or looks, that are being generated.

    Attributes:
        id: The generation's id.
        status: How far it is; both ``success`` and ``completed`` have been seen.
        msg: Why it failed.
        image_url_list: Pictures, once done.
        image_key_list: Their keys, once done.
        image_url: The only picture, in an older form; then both lists hold one.
        image_key: Its key.
    """

    id: str = ""
    status: GenerationStatus = GenerationStatus.PENDING
    msg: str | None = None
    image_url_list: list[str] | None = None
    image_key_list: list[str] | None = None
    image_url: str | None = None
    image_key: str | None = None

    def __post_init__(self) -> None:
        if self.image_url and self.image_url_list is None:
            force_setattr(self, "image_url_list", [self.image_url])
        if self.image_key and self.image_key_list is None:
            force_setattr(self, "image_key_list", [self.image_key])


class StartedGeneration(Reply):
    """What HeyGen answers to a generation.

    Attributes:
        generation_id: Its id.
    """

    generation_id: str


class LookStatus(OpenEnum):
    """How far a look is."""

    PENDING = "pending"
    COMPLETED = "completed"
    FAILED = "failed"


class UpscaleAvailability(Reply):
    """Whether a look can be made larger.

    Attributes:
        available: Whether it can.
        reason: Why not.
    """

    available: bool = False
    reason: str | None = None


class PhotoLook(Reply):
    """A look of a photo avatar. A group's first look has the group's id.

    Attributes:
        id: What a video takes as ``talking_photo_id``.
        group_id: The group it belongs to.
        name: Name to show.
        image_url: Picture; empty while pending, and the address expires after 7 days.
        created_at: Unix time in seconds.
        status: How far it is.
        is_motion: Whether it moves.
        motion_preview_url: Clip, once the motion is there.
        business_type: ``uploaded``, ``user_upload`` or ``generated``.
        upscale_availability: Whether it can be made larger.
        upscaled: Whether it was.
        background_sound_effect: Id of its sound, if it has one.
        moderation_msg: Why it was refused.
    """

    id: str
    group_id: str = ""
    name: str = ""
    image_url: str | None = None
    created_at: float | None = None
    status: LookStatus = LookStatus.PENDING
    is_motion: bool = False
    motion_preview_url: str | None = None
    business_type: str | None = None
    upscale_availability: UpscaleAvailability | None = None
    upscaled: bool = False
    background_sound_effect: str | None = None
    moderation_msg: str | None = None


class AddedLooks(Reply):
    """What HeyGen answers to new looks.

    Attributes:
        photo_avatar_list: The looks, at first pending.
    """

    photo_avatar_list: list[PhotoLook] = []


class NewLook(Reply):
    """What HeyGen answers to a motion or an upscale: a new look, the old one stays as it is.

    Attributes:
        id: The new look's id.
    """

    id: str


class SoundEffect(Reply):
    """What HeyGen answers to a sound; sometimes only a confirmation.

    Attributes:
        sound_effect_id: Id of the sound.
    """

    sound_effect_id: str | None = None


class TrainingStatus(OpenEnum):
    """How far the training of a group is. ``empty`` means that it was never asked for."""

    EMPTY = "empty"
    PENDING = "pending"
    TRAINING = "training"
    READY = "ready"
    SUCCESS = "success"
    COMPLETED = "completed"
    FAILED = "failed"


class Training(Reply):
    """The training of a group.

    Attributes:
        status: How far it is; ``ready`` is how it ends well, other words are unconfirmed.
        error_msg: Why it failed.
        created_at: Unix time in seconds.
        updated_at: Unix time in seconds.
    """

    status: TrainingStatus = TrainingStatus.EMPTY
    error_msg: str | None = None
    created_at: float | None = None
    updated_at: float | None = None
