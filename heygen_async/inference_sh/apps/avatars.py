"""``heygen/create-avatar``: $1.00 a call. https://app.inference.sh/apps/heygen/create-avatar."""

from typing import Annotated, ClassVar, TypeAlias

from msgspec import Meta

from heygen_async.inference_sh.apps.base import AppInput
from heygen_async.inference_sh.local import FileInput
from heygen_async.inference_sh.models import OutputFile
from heygen_async.models import AvatarType
from heygen_async.models.base import Reply

_Filled: TypeAlias = Annotated[str, Meta(min_length=1)]
_APP = "heygen/create-avatar"


class NewAvatar(Reply):
    """The look: what a video shows.

    Attributes:
        id: What ``AvatarVideo`` takes as ``avatar_id``.
        name: Name to show.
        avatar_type: What kind it is.
        group_id: The person it belongs to.
        preview_image_url: Picture.
        supported_engines: ``avatar_iv``, ``avatar_v``.
    """

    id: str
    name: str = ""
    avatar_type: AvatarType | None = None
    group_id: str | None = None
    preview_image_url: OutputFile | None = None
    supported_engines: list[str] | None = None


class NewGroup(Reply):
    """The person (or character) that a look belongs to.

    Attributes:
        id: The group, as ``avatar_group_id`` of its next look.
        name: Name to show.
        consent_status: A digital twin can be used when it is ``approved``.
        consent_url: Where the person consents. It may be absent, though consent is needed.
    """

    id: str
    name: str = ""
    consent_status: str | None = None
    consent_url: str | None = None


class CreatedAvatar(Reply):
    """A new avatar. The task ends before anybody has consented.

    Attributes:
        avatar: The look.
        group: Whom it belongs to.
    """

    avatar: NewAvatar
    group: NewGroup


class PhotoAvatar(AppInput[CreatedAvatar], tag_field="type", tag="photo"):
    """A new avatar from one photo.

    Attributes:
        name: Name to show.
        file: The photo.
        avatar_group_id: Group to add the look to; a new group when left out.
    """

    app: ClassVar[str] = _APP

    name: _Filled
    file: FileInput
    avatar_group_id: _Filled | None = None


class DigitalTwin(AppInput[CreatedAvatar], tag_field="type", tag="digital_twin"):
    """A new avatar from footage of a person, who has to consent.

    Attributes:
        name: Name to show.
        file: The footage.
        avatar_group_id: Group to add the look to; a new group when left out.
    """

    app: ClassVar[str] = _APP

    name: _Filled
    file: FileInput
    avatar_group_id: _Filled | None = None


class PromptAvatar(AppInput[CreatedAvatar], tag_field="type", tag="prompt"):
    """A new avatar from words.

    Attributes:
        name: Name to show.
        prompt: What it looks like.
        avatar_group_id: Group to add the look to; a new group when left out.
    """

    app: ClassVar[str] = _APP

    name: _Filled
    prompt: _Filled
    avatar_group_id: _Filled | None = None


CreateAvatar: TypeAlias = PhotoAvatar | DigitalTwin | PromptAvatar
"""The three ways to an avatar."""
