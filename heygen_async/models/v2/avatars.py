"""Avatars of v1 and v2: one list of everybody, their details, groups, and digital twins."""

from typing import Any

from heygen_async.models.assets import Filled
from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.v2.photo_avatars import LookStatus, UpscaleAvailability
from heygen_async.models.v2.scenes import Address
from heygen_async.models.v2.spellings import same
from heygen_async.models.v2.talking_photos import TalkingPhotoItem


class LegacyAvatar(Reply):
    """A video avatar in the list of all of them.

    Attributes:
        avatar_id: What ``AvatarCharacter`` takes.
        avatar_name: Name to show.
        gender: ``male`` or ``female``, in upper and lower case.
        preview_image_url: Picture.
        preview_video_url: Short clip.
        premium: Whether the plan has to allow it.
        type: A word for its kind; rarely sent.
        tags: Such as ``AVATAR_IV``.
    """

    avatar_id: str
    avatar_name: str = ""
    gender: str | None = None
    preview_image_url: str | None = None
    preview_video_url: str | None = None
    premium: bool | None = None
    type: str | None = None
    tags: list[str] | None = None


class AvatarCatalogue(Reply):
    """Everybody whom a video of v2 can show.

    Attributes:
        avatars: Video avatars: HeyGen's own and yours.
        talking_photos: Photos: the looks of photo avatars too.
    """

    avatars: list[LegacyAvatar] = []
    talking_photos: list[TalkingPhotoItem] = []


class AvatarV1(Reply):
    """An avatar as v1 lists it. The vendor shows no example: all of it may be absent.

    Attributes:
        avatar_id: Its id.
        avatar_name: Name to show; the same as ``name``.
        name: Name to show; the same as ``avatar_name``.
        gender: ``male`` or ``female``, in upper and lower case.
        preview_image_url: Picture.
        preview_video_url: Short clip.
        avatar_states: Its poses, as they come.
    """

    avatar_id: str = ""
    avatar_name: str = ""
    name: str = ""
    gender: str | None = None
    preview_image_url: str | None = None
    preview_video_url: str | None = None
    avatar_states: list[dict[str, Any]] | None = None

    def __post_init__(self) -> None:
        same(self, "avatar_name", "name")


class LegacyAvatarDetails(Reply):
    """One avatar.

    Attributes:
        id: Its id.
        type: ``avatar``; a look of a photo avatar is a ``talking_photo``.
        name: Name to show.
        gender: ``male`` or ``female``, in upper and lower case.
        preview_image_url: Picture.
        preview_video_url: Short clip.
        premium: Whether the plan has to allow it.
        is_public: Whether it is HeyGen's own.
        default_voice_id: The voice that fits it; None when it has none.
        tags: Such as ``AVATAR_IV``.
        poses: As they come; rarely sent.
        voices: As they come; rarely sent.
        looks: As they come; rarely sent.
    """

    id: str
    type: str = ""
    name: str = ""
    gender: str | None = None
    preview_image_url: str | None = None
    preview_video_url: str | None = None
    premium: bool | None = None
    is_public: bool | None = None
    default_voice_id: str | None = None
    tags: list[str] | None = None
    poses: list[Any] | None = None
    voices: list[Any] | None = None
    looks: list[Any] | None = None


class LegacyAvatarGroup(Reply):
    """A person or character. Its id is no ``avatar_id``: take one of its looks.

    Attributes:
        id: What ``list_looks`` takes.
        name: Name to show.
        created_at: Unix time in seconds.
        num_looks: How many looks it has.
        preview_image: Picture; the same as ``preview_image_url``.
        preview_image_url: Picture; the same as ``preview_image``.
        group_type: Such as ``PUBLIC_PHOTO`` or ``PRIVATE``.
        train_status: How far its training is; photo avatars only.
        default_voice_id: The voice that was chosen for it.
    """

    id: str
    name: str = ""
    created_at: float | None = None
    num_looks: int = 0
    preview_image: str | None = None
    preview_image_url: str | None = None
    group_type: str | None = None
    train_status: str | None = None
    default_voice_id: str | None = None

    def __post_init__(self) -> None:
        same(self, "preview_image", "preview_image_url")


class LegacyAvatarLook(Reply):
    """A look in a group. Photos and video avatars share the list, and each has fields of its own.

    Attributes:
        id: What a character of a video takes: ``AvatarCharacter`` for a video avatar,
            ``TalkingPhoto`` for a photo.
        name: Name to show.
        default_voice_id: The voice that fits it.
        gender: Of a video avatar; in upper and lower case.
        preview_image_url: Picture of a video avatar.
        preview_video_url: Short clip of a video avatar.
        premium: Whether the plan has to allow it; video avatars only.
        type: A word for the kind of a video avatar.
        tags: Of a video avatar.
        video_url: The footage of a video avatar.
        train_status: How far a video avatar is.
        group_id: The group of a photo.
        image_url: The photo; empty while pending, and the address expires after 7 days.
        created_at: Unix time in seconds; photos only.
        status: How far a photo is.
        is_motion: Whether a photo moves.
        motion_preview_url: Clip, once the motion is there.
        business_type: ``uploaded``, ``user_upload`` or ``generated``; photos only.
        upscale_availability: Whether a photo can be made larger.
        upscaled: Whether it was.
        background_sound_effect: Id of a photo's sound, if it has one.
        moderation_msg: Why it was refused.
    """

    id: str
    name: str = ""
    default_voice_id: str | None = None
    gender: str | None = None
    preview_image_url: str | None = None
    preview_video_url: str | None = None
    premium: bool | None = None
    type: str | None = None
    tags: list[str] | None = None
    video_url: str | None = None
    train_status: str | None = None
    group_id: str | None = None
    image_url: str | None = None
    created_at: float | None = None
    status: LookStatus | None = None
    is_motion: bool | None = None
    motion_preview_url: str | None = None
    business_type: str | None = None
    upscale_availability: UpscaleAvailability | None = None
    upscaled: bool | None = None
    background_sound_effect: str | None = None
    moderation_msg: str | None = None


class CreateDigitalTwin(Request):
    """Asks for a digital twin; only for Enterprise plans.

    Attributes:
        training_footage_url: Public address of the footage: MP4, at least 2 minutes, 720p or more.
        video_consent_url: Public address of the person's recorded consent, MP4.
        avatar_name: Name to show.
        avatar_group_id: Group to add it to; a new one when left out.
        callback_url: Gets a POST when it is ready or failed.
        callback_id: Comes back in that POST.
    """

    training_footage_url: Address
    video_consent_url: Address
    avatar_name: Filled
    avatar_group_id: str | None = None
    callback_url: Address | None = None
    callback_id: str | None = None


class TwinStatus(OpenEnum):
    """How far a digital twin is."""

    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    COMPLETED = "completed"
    FAILED = "failed"


class LegacyTwin(Reply):
    """A digital twin of v2.

    Attributes:
        avatar_id: What ``AvatarCharacter`` takes, once it is ready.
        avatar_group_id: The group it belongs to.
        status: How far it is; both ``complete`` and ``completed`` have been seen.
        error: Why it failed.
    """

    avatar_id: str
    avatar_group_id: str | None = None
    status: TwinStatus = TwinStatus.IN_PROGRESS
    error: str | None = None
