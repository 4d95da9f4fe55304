"""Avatars: groups are people, looks are what a video shows of them."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.files import FileInput

AvatarName: TypeAlias = Annotated[str, Meta(min_length=1)]


class PhotoAvatar(Request, tag_field="type", tag="photo"):
    """A new avatar from one photo.

    Attributes:
        name: Name to show.
        file: The photo, PNG or JPEG.
        avatar_group_id: Group to add the look to; a new group when left out.
    """

    name: AvatarName
    file: FileInput
    avatar_group_id: str | None = None


class DigitalTwin(Request, tag_field="type", tag="digital_twin"):
    """A new avatar from footage of a person, who has to consent.

    Attributes:
        name: Name to show.
        file: The footage, MP4 or WebM.
        avatar_group_id: Group to add the look to; a new group when left out.
    """

    name: AvatarName
    file: FileInput
    avatar_group_id: str | None = None


class PromptAvatar(Request, tag_field="type", tag="prompt"):
    """A new avatar from words.

    Attributes:
        name: Name to show.
        prompt: What it looks like, at most 1,000 characters.
        reference_images: At most three pictures to go by.
        avatar_group_id: Group to save to; a new group when left out.
        avatar_id: Look whose picture is the reference.
        aspect_ratio: Shape of the picture; the model chooses when left out.
    """

    name: AvatarName
    prompt: Annotated[str, Meta(min_length=1, max_length=1000)]
    reference_images: Annotated[list[FileInput], Meta(max_length=3)] | None = None
    avatar_group_id: str | None = None
    avatar_id: str | None = None
    aspect_ratio: Literal["auto", "16:9", "9:16", "1:1", "4:5", "5:4"] | None = None


CreateAvatar: TypeAlias = PhotoAvatar | DigitalTwin | PromptAvatar


class AvatarType(OpenEnum):
    """Decides which engines and fields a video may use."""

    STUDIO_AVATAR = "studio_avatar"
    DIGITAL_TWIN = "digital_twin"
    PHOTO_AVATAR = "photo_avatar"


class AvatarStatus(OpenEnum):
    """How far the training of a private avatar is; public avatars have none."""

    PROCESSING = "processing"
    PENDING_CONSENT = "pending_consent"
    COMPLETED = "completed"
    FAILED = "failed"


class AvatarError(Reply):
    """Why an avatar could not be made.

    Attributes:
        code: HeyGen's word for it.
        message: HeyGen's sentence for it.
    """

    code: str = ""
    message: str = ""


class AvatarLook(Reply):
    """One look: what a video takes as ``avatar_id``.

    Attributes:
        id: The look's id.
        name: Name to show.
        avatar_type: What kind it is.
        group_id: The group it belongs to.
        preview_image_url: Picture; absent until the look is usable.
        preview_video_url: Short clip.
        gender: As HeyGen guesses it.
        tags: Free words.
        default_voice_id: Voice of a video that names none.
        supported_api_engines: ``avatar_iii``, ``avatar_iv``, ``avatar_v``.
        image_width: Pixels.
        image_height: Pixels.
        preferred_orientation: ``portrait``, ``landscape`` or ``square``.
        status: None means ready.
        error: Only when the status is ``failed``.
    """

    id: str
    name: str = ""
    avatar_type: AvatarType | None = None
    group_id: str | None = None
    preview_image_url: str | None = None
    preview_video_url: str | None = None
    gender: str | None = None
    tags: list[str] = []
    default_voice_id: str | None = None
    supported_api_engines: list[str] = []
    image_width: int | None = None
    image_height: int | None = None
    preferred_orientation: str | None = None
    status: AvatarStatus | None = None
    error: AvatarError | None = None


class AvatarGroup(Reply):
    """A person (or character) with all of its looks.

    Attributes:
        id: The group's id: not what a video takes, that is a look's id.
        name: Name to show.
        preview_image_url: Picture.
        preview_video_url: Short clip.
        gender: As HeyGen guesses it.
        created_at: Unix time in seconds.
        looks_count: Number of looks.
        default_voice_id: Voice of a video that names none.
        consent_status: ``pending``, ``approved`` or ``accepted``, ``skipped``; None where no
            consent is needed.
        status: None means ready.
        error: Only when the status is ``failed``.
    """

    id: str
    name: str = ""
    preview_image_url: str | None = None
    preview_video_url: str | None = None
    gender: str | None = None
    created_at: float | None = None
    looks_count: int = 0
    default_voice_id: str | None = None
    consent_status: str | None = None
    status: AvatarStatus | None = None
    error: AvatarError | None = None


class UpdateAvatarLook(Request):
    """New facts about a look.

    Attributes:
        name: Name to show, at most 255 characters.
    """

    name: Annotated[str, Meta(max_length=255)] | None = None


class UpdateAvatarGroup(Request):
    """New facts about a group.

    Attributes:
        default_voice_id: Voice of videos that name none, at most 255 characters; any voice of the
            workspace, clones included.
    """

    default_voice_id: Annotated[str, Meta(max_length=255)] | None = None


class CreateAvatarConsent(Request):
    """Asks the person that an avatar shows for their consent.

    Attributes:
        reroute_url: Where the page leads after the consent; HeyGen's own page when left out.
        consent_text: Text of the page instead of HeyGen's, plain, at most 1,000 characters; for
            select enterprise customers.
        consent_video: A recorded consent, which is reviewed at once: there is no page then. Not
            together with ``reroute_url`` or ``consent_text``; for enterprise customers.
    """

    reroute_url: str | None = None
    consent_text: Annotated[str, Meta(max_length=1000)] | None = None
    consent_video: FileInput | None = None


class AvatarConsent(Reply):
    """A consent that was asked for.

    Attributes:
        avatar_group: The group; its ``consent_status`` tells how far the consent is.
        url: The page on which the person consents, for 24 hours and one recording. Only in the
            answer that asked for it, and not where a video was submitted.
    """

    avatar_group: AvatarGroup
    url: str | None = None


class DeletedAvatar(Reply):
    """What is gone.

    Attributes:
        id: The look's or the group's id.
    """

    id: str


class CreatedAvatar(Reply):
    """What HeyGen answers to a new avatar.

    Attributes:
        avatar_item: The look.
        avatar_group: Its group.
    """

    avatar_item: AvatarLook | None = None
    avatar_group: AvatarGroup | None = None
