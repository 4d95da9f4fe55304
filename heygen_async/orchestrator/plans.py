"""Plans: what HeyGen's walkthroughs of v2 are to make, and what they have made."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, cast

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.models.base import Record, Request
from heygen_async.models.files import UploadSource
from heygen_async.models.v2 import (
    Dimension,
    GenerateLook,
    GeneratePhotos,
    GenerateVideo,
    LegacyVideo,
    PhotoLook,
    Scene,
    TalkingPhoto,
    TextVoice,
)
from heygen_async.models.v2.photo_avatars import Orientation, Pose, Style
from heygen_async.models.v2.scenes import Character, SceneBackground
from heygen_async.transport.events import Event
from heygen_async.wire.encode import encode
from heygen_async.wire.idempotency import digest

_ONE: Final = (str, bytes, bytearray, memoryview)

ANOTHER_PLAN: Final = "is made already, of something else: made belongs to another plan"

NOT_YET = "not-yet"
"""Stands for an id that comes later, where a request is checked before."""


class StepFinished(Event):
    """A step of a plan is done.

    Attributes:
        plan: Name of what is made.
        step: Such as ``train``.
        seconds: How long it took.
    """

    plan: str
    step: str
    seconds: float


class VideoPlan(Record):
    """What an avatar of v2 says, and where the video goes.

    Attributes:
        script: What is said: 1 to 5,000 characters; ``<break time="1s"/>`` pauses.
        target: The file to make, or a folder that exists; nothing is downloaded when left out.
        overwrite: Whether a file that is there may be replaced.
        voice_id: Who says it. When left out: the default voice of the look, of the group or of
            the avatar; where there is none, the first voice of ``language`` and ``gender``.
        language: Words of a language's English name, or its code, for a voice that is looked
            for.
        gender: Of a voice that is looked for, as ``female`` or ``male``; that of the avatar when
            left out, and any where nobody knows it.
        speed: 0.5 to 2; 1 when left out.
        background: What lies behind.
        dimension: Size of the video: 1280 by 720.
        title: Name in the dashboard.
        caption: Whether captions are made, as a file.
        test: Watermarked, costs no credits, a few a day.
    """

    script: str
    target: str | os.PathLike[str] | None = None
    overwrite: bool = False
    voice_id: str | None = None
    language: str = "English"
    gender: str | None = None
    speed: float | None = None
    background: SceneBackground | None = None
    dimension: Dimension = Dimension(width=1280, height=720)
    title: str | None = None
    caption: bool | None = None
    test: bool | None = None

    def request(self, character: Character, voice_id: str) -> GenerateVideo:
        """The request that makes it.

        Args:
            character: Who is seen.
            voice_id: Who is heard.
        """
        voice = TextVoice(input_text=self.script, voice_id=voice_id, speed=self.speed)
        scene = Scene(character=character, voice=voice, background=self.background)
        return GenerateVideo(
            video_inputs=[scene],
            dimension=self.dimension,
            title=self.title,
            caption=self.caption,
            test=self.test,
        )


class VideoResult(Record):
    """A v2 video that is ready.

    Attributes:
        id: HeyGen's id: ``heygen.v2.videos.job(id)`` finds it again.
        voice_id: Who speaks; None when the video was taken over from an earlier call.
        video: As HeyGen describes it; its links are short-lived.
        path: The file, if one was wanted.
    """

    id: str
    voice_id: str | None
    video: LegacyVideo
    path: Path | None = None


class PhotoAvatarPlan(Record):
    """A v2 photo avatar to make, and a video of it.

    Attributes:
        name: Name of the person.
        photos: Photos of the person; the first one makes the group. Each is at least 512 pixels
            wide and high, by HeyGen's guide.
        describe: Instead of photos: the person in words; four AI photos are made (1 credit).
        train: Whether the group is trained (4 credits); looks need it.
        looks: A description for each look to generate (1 credit each).
        orientation: Of generated looks.
        pose: Of generated looks.
        style: Of generated looks.
        chosen: Which look is used for the rest, counted from 0: the photos' first, then those of
            ``looks``. When left out, the last one of ``looks``, or the first photo's.
        upscale: Whether the chosen look is made larger before it moves (0.5 credits).
        motion: Whether the chosen look moves (1 credit).
        sound: Whether the chosen look has a background sound.
        video: What it says (1 credit a minute, in steps of 30 seconds); no video when left out.
    """

    name: str
    photos: Sequence[UploadSource] = ()
    describe: GeneratePhotos | None = None
    train: bool = True
    looks: Sequence[str] = ()
    orientation: Orientation = "square"
    pose: Pose = "half_body"
    style: Style = "Realistic"
    chosen: int | None = None
    upscale: bool = False
    motion: bool = True
    sound: bool = True
    video: VideoPlan | None = None

    def look_request(self, group_id: str, prompt: str) -> GenerateLook:
        """The request that generates one look.

        Args:
            group_id: A trained group.
            prompt: One of ``looks``.
        """
        return GenerateLook(
            group_id=group_id,
            prompt=prompt,
            orientation=self.orientation,
            pose=self.pose,
            style=self.style,
        )


class PhotoAvatarMade(msgspec.Struct, kw_only=True):
    """What a photo avatar's plan has made so far: filled while the plan goes on.

    With what an earlier call has filled, the next call goes on where that one ended, and pays
    nothing twice. Keep it as JSON to go on in another process, or name a group alone to start from
    it: ``PhotoAvatarMade(group_id="...")``. What HeyGen gave up on is taken out again.

    Attributes:
        generation_id: The generation of AI photos.
        group_id: The group.
        trained: Whether its training was started; a group that is named is asked itself.
        photos: Looks made of photos, by the number of the photo from 0. The others are added.
        pictures: Generations of looks, by the number of the description from 0. One of which no
            picture becomes a look stays: it is paid. Take it out to pay for other pictures.
        looks: Looks made of those.
        upscaled_id: The look that is larger.
        moving_id: The look that moves.
        video_id: The video.
        digests: What pictures and the video were asked for with: ``picture 0``, ``video``. A plan
            that asks for something else is refused.
        unknown: What was sent, and has no answer yet: it may be made, and paid. When a call begins
            with any, nothing goes on before you have looked for it, written down its id, or let it
            go, and taken it out of here. A training is looked for without you, and looks are free
            to be made again if the group shows none that is not named here. The id of a group is
            that of its first photo, too: ``photos[0]``.
    """

    generation_id: str | None = None
    group_id: str | None = None
    trained: bool = False
    photos: dict[int, str] = {}
    pictures: dict[int, str] = {}
    looks: dict[int, str] = {}
    upscaled_id: str | None = None
    moving_id: str | None = None
    video_id: str | None = None
    digests: dict[str, str] = {}
    unknown: list[str] = []


class PhotoAvatarResult(Record):
    """A v2 photo avatar that is ready.

    Attributes:
        group_id: The group.
        look: The look to use: ``TalkingPhoto(talking_photo_id=result.look.id)``.
        looks: All looks of the group that were made here, the first photo's first.
        video: The video, if one was wanted.
    """

    group_id: str
    look: PhotoLook
    looks: list[PhotoLook]
    video: VideoResult | None = None


def check_list(field: str, value: object, kind: type = object) -> None:
    """Refuses one thing where several are meant: a text is a list of its letters, and each is paid.

    Args:
        field: What it is.
        value: What was given; None is left alone.
        kind: What each item has to be.

    Raises:
        InvalidRequestError: It is no list, or an item is something else.
    """
    if value is None:
        return
    if issubclass(type(value), _ONE) or not isinstance(value, Sequence):
        raise InvalidRequestError(field, value, "must be a list")
    for number, item in enumerate(cast("Sequence[object]", value)):
        if not isinstance(item, kind):
            raise InvalidRequestError(f"{field}[{number}]", item, f"must be a {kind.__name__}")


def check_callable(field: str, value: object) -> None:
    """Refuses what cannot be called before something is paid that it is to be told of.

    Args:
        field: What it is.
        value: What was given; None is left alone.

    Raises:
        InvalidRequestError: It cannot be called.
    """
    if value is not None and not callable(value):
        raise InvalidRequestError(field, value, "must be a function")


def check_photo_avatar(plan: PhotoAvatarPlan, made: PhotoAvatarMade) -> None:
    """Refuses a plan that some later step would fail on, before anything is sent.

    Raises:
        InvalidRequestError: A field is wrong, or two contradict.
    """
    check_list("photos", plan.photos)
    check_list("looks", plan.looks, str)
    if made.group_id is None and bool(plan.photos) == (plan.describe is not None):
        raise InvalidRequestError(
            "photos or describe", plan.name, "exactly one of them makes a photo avatar"
        )
    if made.group_id is None and made.photos:
        raise InvalidRequestError("made.group_id", None, "must name the group of made.photos")
    if plan.describe is None:  # nobody knows how many AI photos come
        own = made.group_id is not None and not made.photos
        check_chosen(plan, own + len(plan.photos) + len(plan.looks))
    elif plan.chosen is not None and plan.chosen < 0:
        raise InvalidRequestError("chosen", plan.chosen, "must be 0 or more")
    if plan.looks and not plan.train:
        raise InvalidRequestError("looks", list(plan.looks), "need train=True")
    if plan.describe is not None:
        encode(plan.describe)
    for prompt in plan.looks:
        encode(plan.look_request(NOT_YET, prompt))
    if plan.video is not None:
        check_video(plan.video, TalkingPhoto(talking_photo_id=NOT_YET))
    _check_paid(plan, made)


def _check_paid(plan: PhotoAvatarPlan, made: PhotoAvatarMade) -> None:
    paid: dict[str, str | None] = {f"picture {each}": made.looks[each] for each in made.looks}
    paid |= {f"picture {each}": made.pictures[each] for each in made.pictures}
    paid["video"] = made.video_id
    for what, asked in photo_avatar_digests(plan).items():
        if paid.get(what) is not None and made.digests.get(what, asked) != asked:
            raise InvalidRequestError(what, paid[what], ANOTHER_PLAN)


def photo_avatar_digests(plan: PhotoAvatarPlan) -> dict[str, str]:
    """What tells what is paid from what another plan asks for, by its name in ``made.digests``."""
    requests: dict[str, Request] = {
        f"picture {number}": plan.look_request(NOT_YET, prompt)
        for number, prompt in enumerate(plan.looks)
    }
    if plan.video is not None:
        nobody = TalkingPhoto(talking_photo_id=NOT_YET)
        request = plan.video.request(nobody, plan.video.voice_id or NOT_YET)
        requests["video"] = msgspec.structs.replace(request, title=None)
    return {what: digest(encode(request)) for what, request in requests.items()}


def check_chosen(plan: PhotoAvatarPlan, looks: int) -> None:
    """Refuses a choice that is not there.

    Args:
        plan: Has the choice.
        looks: How many there are.

    Raises:
        InvalidRequestError: There is no such look.
    """
    if plan.chosen is not None and not 0 <= plan.chosen < looks:
        raise InvalidRequestError("chosen", plan.chosen, f"must be 0 to {looks - 1}")


def check_video(plan: VideoPlan, character: Character) -> None:
    """Refuses a video that HeyGen would refuse, before anything is sent.

    Raises:
        InvalidRequestError: A field is wrong.
    """
    encode(plan.request(character, plan.voice_id or NOT_YET))
