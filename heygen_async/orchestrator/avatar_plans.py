"""Plans for avatars of v3, and for videos of them."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, Literal, TypeAlias, TypeVar

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.models import (
    AvatarLook,
    AvatarV,
    AvatarVideo,
    CreateAvatar,
    CreateAvatarConsent,
    DigitalTwin,
    PhotoAvatar,
    PromptAvatar,
    Video,
)
from heygen_async.models.base import Record
from heygen_async.models.files import FileInput
from heygen_async.models.videos import Engine, SpokenVideo
from heygen_async.orchestrator.plans import check_callable, check_list

V = TypeVar("V")

AspectRatio: TypeAlias = Literal["auto", "16:9", "9:16", "1:1", "4:5", "5:4"]


class FinishedVideo(Record, Generic[V]):
    """A video of v3 that is ready.

    Attributes:
        id: HeyGen's id: ``job(id)`` of the resource that made it finds it again.
        video: As HeyGen describes it; its links are short-lived.
        path: The file, if one was wanted.
        captions: The file with its captions, if one was wanted.
    """

    id: str
    video: V
    path: Path | None = None
    captions: Path | None = None


class AvatarVideoPlan(SpokenVideo, kw_only=True):
    """What an avatar of v3 says, and where the video goes: all of ``AvatarVideo``, and more.

    Attributes:
        engine: Avatar IV when left out; Avatar V for digital twins only.
        look: Which look of the plan is seen, counted from 0.
        target: The file to make, or a folder that exists; nothing is downloaded when left out.
        overwrite: Whether a file that is there may be replaced.
        language: English name of a language, for a voice that is looked for: of a look that has
            none of its own, when ``voice_id`` is left out.
    """

    engine: Engine | None = None
    look: int = 0
    target: str | os.PathLike[str] | None = None
    overwrite: bool = False
    language: str = "English"

    def request(self, avatar_id: str, *, voice_id: str | None = None) -> AvatarVideo:
        """The request that makes it.

        Args:
            avatar_id: The look that is seen.
            voice_id: Who is heard, if the plan names nobody.
        """
        said = {name: getattr(self, name) for name in SpokenVideo.__struct_fields__}
        said["voice_id"] = self.voice_id or voice_id
        return AvatarVideo(avatar_id=avatar_id, engine=self.engine, **said)


class AvatarPlan(Record):
    """What the plans for avatars of v3 have in common.

    Attributes:
        name: Name of the person. In a named run, a plan of the same name that asks for the same
            gives the same avatar for 24 hours.
        avatar_group_id: A group of yours that the looks are added to; a new one when left out.
        videos: Videos to make of it, at once.
    """

    name: str
    avatar_group_id: str | None = None
    videos: Sequence[AvatarVideoPlan] = ()

    def requests(self) -> list[CreateAvatar]:
        """What makes the looks, one after the other; the first one makes the group."""
        return []


class DigitalTwinPlan(AvatarPlan, kw_only=True):
    """A digital twin of v3 to make of footage, with the consent of the person (1 USD).

    Attributes:
        footage: MP4 or WebM of the person.
        on_consent: Called with the address of HeyGen's page, on which the person consents; it may
            be async. A page works for 24 hours and one recording; when it has run out, the next
            one is told.
        consent_timeout: Seconds to wait for the person.
        consent_text: Text of the page instead of HeyGen's; for select enterprise customers.
        reroute_url: Where the page leads after the consent.
        consent_video: A recorded consent instead of a page; for enterprise customers.
    """

    footage: FileInput
    on_consent: Callable[[str], object] | None = None
    consent_timeout: float = 24 * 3600.0
    consent_text: str | None = None
    reroute_url: str | None = None
    consent_video: FileInput | None = None

    def requests(self) -> list[CreateAvatar]:
        """What makes the twin."""
        twin = DigitalTwin(name=self.name, file=self.footage, avatar_group_id=self.avatar_group_id)
        return [twin]

    def consent(self) -> CreateAvatarConsent:
        """What asks the person."""
        return CreateAvatarConsent(
            reroute_url=self.reroute_url,
            consent_text=self.consent_text,
            consent_video=self.consent_video,
        )


class PromptAvatarPlan(AvatarPlan, kw_only=True):
    """An avatar of v3 to make of words, in as many looks as you describe (1 USD each).

    Attributes:
        prompt: What the person looks like, at most 1,000 characters.
        looks: Words for more looks of the same person.
        reference_images: At most three pictures for the first look to go by.
        aspect_ratio: Shape of all pictures; the model chooses when left out.
    """

    prompt: str
    looks: Sequence[str] = ()
    reference_images: Sequence[FileInput] | None = None
    aspect_ratio: AspectRatio | None = None

    def requests(self) -> list[CreateAvatar]:
        """The person first, then more looks."""
        images = self.reference_images
        first = PromptAvatar(
            name=self.name,
            prompt=self.prompt,
            reference_images=None if images is None else list(images),
            avatar_group_id=self.avatar_group_id,
            aspect_ratio=self.aspect_ratio,
        )
        return [first, *described(self, self.looks, self.aspect_ratio)]


class PhotoGroupPlan(AvatarPlan, kw_only=True):
    """A photo avatar of v3: one photo or more of a person, and looks drawn after it (1 USD each).

    Attributes:
        photos: Photos of the person, PNG or JPEG; each becomes a look.
        looks: Words for more looks, drawn after the first photo's.
        aspect_ratio: Shape of what is drawn; the model chooses when left out.
    """

    photos: Sequence[FileInput]
    looks: Sequence[str] = ()
    aspect_ratio: AspectRatio | None = None

    def requests(self) -> list[CreateAvatar]:
        """The photos first, then what is drawn."""
        photos = [
            PhotoAvatar(name=self.name, file=photo, avatar_group_id=self.avatar_group_id)
            for photo in self.photos
        ]
        return [*photos, *described(self, self.looks, self.aspect_ratio)]


def described(
    plan: AvatarPlan, prompts: Sequence[str], aspect_ratio: AspectRatio | None
) -> list[PromptAvatar]:
    """Requests for looks of a person that is there by then."""
    return [
        PromptAvatar(name=plan.name, prompt=prompt, aspect_ratio=aspect_ratio) for prompt in prompts
    ]


def joined(request: CreateAvatar, first: AvatarLook) -> CreateAvatar:
    """The request for a look that is added to the group of the first one, and drawn after it."""
    changes = {"avatar_group_id": first.group_id}
    if isinstance(request, PromptAvatar):
        changes["avatar_id"] = first.id
    return msgspec.structs.replace(request, **changes)


class AvatarResult(Record):
    """An avatar of v3 that is ready.

    Attributes:
        group_id: The group.
        looks: Its looks that were made here: ``AvatarVideo(avatar_id=result.looks[0].id)``.
        videos: The videos, in the order of the plan.
    """

    group_id: str
    looks: list[AvatarLook]
    videos: list[FinishedVideo[Video]]


def check_avatar(plan: AvatarPlan) -> None:
    """Refuses what contradicts itself in a plan, before anything is sent.

    Raises:
        InvalidRequestError: Something does.
    """
    check_list("videos", plan.videos, AvatarVideoPlan)
    if isinstance(plan, PhotoGroupPlan | PromptAvatarPlan):
        check_list("looks", plan.looks, str)
    if isinstance(plan, PhotoGroupPlan):
        check_list("photos", plan.photos)
    if isinstance(plan, PromptAvatarPlan):
        check_list("reference_images", plan.reference_images)
    looks = len(plan.requests())
    if isinstance(plan, PhotoGroupPlan) and not plan.photos:
        raise InvalidRequestError("photos", [], "must hold at least one photo")
    for number, video in enumerate(plan.videos):
        field = f"videos[{number}]"
        if not 0 <= video.look < looks:
            raise InvalidRequestError(f"{field}.look", video.look, f"must be 0 to {looks - 1}")
        if isinstance(video.engine, AvatarV) and not isinstance(plan, DigitalTwinPlan):
            raise InvalidRequestError(f"{field}.engine", "avatar_v", "is for digital twins only")
    if isinstance(plan, DigitalTwinPlan):
        _check_consent(plan)


def _check_consent(plan: DigitalTwinPlan) -> None:
    check_callable("on_consent", plan.on_consent)
    if plan.on_consent is None and plan.consent_video is None and plan.avatar_group_id is None:
        raise InvalidRequestError(
            "on_consent",
            None,
            "is needed: a person has to consent to a digital twin",
            hint="Give a function that shows them the address it is called with.",
        )
    if not plan.consent_timeout > 0:
        raise InvalidRequestError("consent_timeout", plan.consent_timeout, "must be above 0")
