"""What work of v2 costs, told before it does.

The rates are in ``heygen_async.wire.rates``; the account's dashboard is what counts.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias

from heygen_async.api.resources import Resources
from heygen_async.errors import CreditShortageError, HeyGenError
from heygen_async.models.base import Record, Request
from heygen_async.models.v2 import (
    AudioVoice,
    AvatarCharacter,
    GenerateAvatarIV,
    GenerateVideo,
    GenerateWebm,
    Silence,
    TalkingPhoto,
)
from heygen_async.models.v2.scenes import SceneVoice
from heygen_async.orchestrator.plans import NOT_YET, PhotoAvatarMade, PhotoAvatarPlan, VideoPlan
from heygen_async.wire import rates
from heygen_async.wire.encode import encode
from heygen_async.wire.speech import spoken_seconds

Costed: TypeAlias = PhotoAvatarPlan | VideoPlan | GenerateVideo | GenerateAvatarIV | GenerateWebm
"""Work whose cost can be estimated."""

_ROUNDING: Final = 1e-6  # a quota is a number of sixtieths


class Cost(Record):
    """One line of an estimate.

    Attributes:
        what: Such as ``train``.
        count: How many times.
        each: Credits of one.
        seconds: Of all of it together, for a video.
    """

    what: str
    count: int
    each: float
    seconds: float | None = None

    @property
    def credits(self) -> float:
        """Credits of all."""
        return self.count * self.each

    def __str__(self) -> str:
        times = f"{self.count} x " if self.count > 1 else ""
        return f"{self.what} {times}{self.each:g}"


class Estimate(Record):
    """What some work of v2 costs, by the last rates that HeyGen published.

    Attributes:
        costs: Line by line; what costs nothing is left out.
    """

    costs: tuple[Cost, ...]

    @property
    def credits(self) -> float:
        """Credits of all lines."""
        return sum(cost.credits for cost in self.costs)


def estimate(
    *work: Costed, made: PhotoAvatarMade | None = None, audio_seconds: float = 30.0
) -> Estimate:
    """What some work of v2 costs. Nothing is sent.

    A script takes as long as 150 words a minute do, and the pauses of its break tags.

    Args:
        work: Plans and requests. A ``VideoPlan`` by itself is taken for one of a video avatar,
            which costs twice as much as a photo avatar.
        made: What an earlier call of the photo avatar's plan has made: that is paid.
        audio_seconds: What a recording in a scene is taken for; nobody has listened to it.

    Raises:
        InvalidRequestError: A video's request is one that HeyGen would refuse.
    """
    known = made or PhotoAvatarMade()
    costs = [cost for each in work for cost in _costs(each, known, audio_seconds)]
    return Estimate(costs=tuple(costs))


def _costs(work: Costed, made: PhotoAvatarMade, audio_seconds: float) -> Iterator[Cost]:
    if isinstance(work, Request):
        encode(work)
    match work:
        case PhotoAvatarPlan():
            yield from _photo_avatar(work, made)
        case VideoPlan():
            filmed = AvatarCharacter(avatar_id=NOT_YET)
            yield from _costs(work.request(filmed, NOT_YET), made, audio_seconds)
        case GenerateVideo():
            if not work.test:
                lengths = (_seconds(scene.voice, audio_seconds) for scene in work.video_inputs)
                yield _video(sum(map(rates.in_pictures, lengths)), rates.minute_rate(work))
        case GenerateAvatarIV():
            seconds = rates.in_pictures(_said(work.script, audio_seconds))
            yield _video(seconds, rates.AV4_VIDEO)
        case GenerateWebm():
            seconds = rates.in_pictures(_said(work.input_text, audio_seconds))
            yield _video(seconds, rates.AVATAR_VIDEO)


def _photo_avatar(plan: PhotoAvatarPlan, made: PhotoAvatarMade) -> Iterator[Cost]:
    if plan.describe is not None and made.group_id is None and made.generation_id is None:
        yield Cost(what="photos", count=1, each=rates.PHOTO_GENERATION)
    if plan.train and not made.trained:
        yield Cost(what="train", count=1, each=rates.TRAINING)
    paid = made.pictures.keys() | made.looks.keys()
    if looks := sum(number not in paid for number in range(len(plan.looks))):
        yield Cost(what="looks", count=looks, each=rates.LOOK_GENERATION)
    if plan.upscale and made.upscaled_id is None:
        yield Cost(what="upscale", count=1, each=rates.UPSCALE)
    if plan.motion and made.moving_id is None:
        yield Cost(what="motion", count=1, each=rates.MOTION)
    if plan.video is not None and made.video_id is None:
        photo = TalkingPhoto(talking_photo_id=NOT_YET)
        yield from _costs(plan.video.request(photo, NOT_YET), made, 0.0)


def _video(seconds: float, per_minute: float) -> Cost:
    each = rates.video_credits(seconds, per_minute)
    return Cost(what="video", count=1, each=each, seconds=seconds)


def _seconds(voice: SceneVoice, audio_seconds: float) -> float:
    match voice:
        case AudioVoice():
            return audio_seconds
        case Silence():
            return voice.duration
        case _:
            return spoken_seconds(voice.input_text, speed=voice.speed or 1.0)


def _said(script: str | None, audio_seconds: float) -> float:
    return audio_seconds if script is None else spoken_seconds(script)


async def check_quota(heygen: Resources, work: str, cost: Estimate) -> None:
    """Refuses work that the credits do not cover. One read, and none for what costs nothing.

    A quota that HeyGen does not tell refuses nothing.

    Args:
        heygen: Asked for the quota.
        work: What it is, for errors.
        cost: What it costs.

    Raises:
        CreditShortageError: They do not.
        HeyGenError: The quota cannot be read.
    """
    if not cost.credits:
        return
    try:
        quota = await heygen.v2.users.remaining_quota()
    except HeyGenError as problem:
        problem.add_note(f"before {work}, of which nothing was sent: preflight=False does not ask")
        raise
    need, have = cost.credits, quota.credits
    if have is not None and need > have + _ROUNDING:
        lines = ", ".join(map(str, cost.costs))
        raise CreditShortageError(
            f"{work} needs about {need:g} credits ({lines}), and {have:g} are left",
            need=need,
            have=have,
            hint="Top up, leave something out, or pass preflight=False if you know better.",
        )
