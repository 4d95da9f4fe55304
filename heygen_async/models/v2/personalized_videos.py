"""Personalized videos: one base video, and one of its own for every contact."""

from typing import Annotated, TypeAlias

from msgspec import Meta

from heygen_async.models.assets import Filled
from heygen_async.models.base import OpenEnum, Reply, Request

Contact: TypeAlias = Annotated[dict[str, str], Meta(min_length=1)]


class AddContacts(Request):
    """Contacts for whom videos are made.

    Attributes:
        project_id: The project, as its page shows it.
        variables_list: The project's variables with their values, once for every contact; at least
            ``email`` and ``first_name``.
    """

    project_id: Filled
    variables_list: Annotated[list[Contact], Meta(min_length=1)]


class AddedContacts(Reply):
    """What HeyGen answers to new contacts.

    Attributes:
        id: The audience: what ``get`` takes.
    """

    id: str


class PersonalizedVideoStatus(OpenEnum):
    """How far a contact's video is. Only ``ready`` is documented."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"


class PersonalizedVideo(Reply):
    """A contact's video.

    Attributes:
        status: How far it is.
        video_url: Presigned, once it is ready.
        gif_url: Animated preview, likewise.
    """

    status: PersonalizedVideoStatus = PersonalizedVideoStatus.PENDING
    video_url: str | None = None
    gif_url: str | None = None
