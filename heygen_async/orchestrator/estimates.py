"""What work costs, told before it does: credits on v2, dollars on v3.

The rates are in ``heygen_async.wire.rates`` and ``heygen_async.wire.dollars``; the account's
dashboard is what counts.
"""

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from heygen_async.api.resources import Resources
from heygen_async.errors import CreditShortageError, HeyGenError, InvalidRequestError
from heygen_async.models import Request, User
from heygen_async.models.base import Record
from heygen_async.models.users import UsageBased, Wallet
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
from heygen_async.orchestrator.avatar_plans import AvatarPlan, AvatarVideoPlan, DigitalTwinPlan
from heygen_async.orchestrator.made import Made
from heygen_async.orchestrator.plans import NOT_YET, PhotoAvatarMade, PhotoAvatarPlan, VideoPlan
from heygen_async.orchestrator.video_plans import AgentVideoPlan, TranslationPlan
from heygen_async.wire import dollars, rates
from heygen_async.wire.encode import encode
from heygen_async.wire.speech import spoken_seconds

Costed: TypeAlias = (
    PhotoAvatarPlan
    | VideoPlan
    | GenerateVideo
    | GenerateAvatarIV
    | GenerateWebm
    | AvatarPlan
    | AvatarVideoPlan
    | TranslationPlan
    | AgentVideoPlan
)
"""Work whose cost can be estimated."""

_ROUNDING: Final = 1e-6  # a quota is a number of sixtieths
_NOTHING: Final = Made()


class Cost(Record):
    """One line of an estimate.

    Attributes:
        what: Such as ``train``.
        count: How many times.
        each: Price of one.
        seconds: Of all of it together, for a video.
        unit: ``credits`` on v2, ``USD`` on v3.
    """

    what: str
    count: int
    each: float
    seconds: float | None = None
    unit: Literal["credits", "USD"] = "credits"

    @property
    def credits(self) -> float:
        """Credits of all; none on v3."""
        return self.count * self.each if self.unit == "credits" else 0.0

    @property
    def usd(self) -> float:
        """Dollars of all; none on v2."""
        return self.count * self.each if self.unit == "USD" else 0.0

    def __str__(self) -> str:
        times = f"{self.count} x " if self.count > 1 else ""
        unit = " USD" if self.unit == "USD" else ""
        return f"{self.what} {times}{self.each:g}{unit}"


class Estimate(Record):
    """What some work costs, by the last rates that HeyGen published.

    Attributes:
        costs: Line by line; what costs nothing is left out.
    """

    costs: tuple[Cost, ...]

    @property
    def credits(self) -> float:
        """Credits of all lines."""
        return sum(cost.credits for cost in self.costs)

    @property
    def usd(self) -> float:
        """Dollars of all lines."""
        return sum(cost.usd for cost in self.costs)


def estimate(
    *work: Costed, made: PhotoAvatarMade | Made | None = None, audio_seconds: float = 30.0
) -> Estimate:
    """What some work costs. Nothing is sent.

    A script takes as long as 150 words a minute do, and the pauses of its break tags.

    Args:
        work: Plans and requests. A ``VideoPlan`` by itself is taken for one of a video avatar,
            which costs twice as much as a photo avatar. Sources of translations, and videos of
            agents, are as long as their plans say.
        made: What an earlier call of the plan has made, or sent without an answer: that is paid.
        audio_seconds: What a recording in a scene is taken for; nobody has listened to it.

    Raises:
        InvalidRequestError: A video's request is one that HeyGen would refuse, or the ``seconds``
            of a plan are not above 0.
    """
    costs: list[Cost] = []
    for each in work:
        if isinstance(each, AvatarPlan | AvatarVideoPlan | TranslationPlan | AgentVideoPlan):
            if isinstance(each, TranslationPlan | AgentVideoPlan) and not each.seconds > 0:
                raise InvalidRequestError("seconds", each.seconds, "must be above 0")
            known = made if isinstance(made, Made) else _NOTHING
            costs += _dollars(each, known, audio_seconds)
        else:
            old = made if isinstance(made, PhotoAvatarMade) else PhotoAvatarMade()
            costs += _costs(each, old, audio_seconds)
    return Estimate(costs=tuple(costs))


def _dollars(
    work: AvatarPlan | AvatarVideoPlan | TranslationPlan | AgentVideoPlan,
    made: Made,
    audio_seconds: float,
) -> Iterator[Cost]:
    paid = made.ids.keys() | made.unknown.keys()
    match work:
        case AvatarPlan():
            missing = (f"look {number}" not in paid for number, _ in enumerate(work.requests()))
            if looks := sum(missing):
                yield Cost(what="look", count=looks, each=dollars.AVATAR, unit="USD")
            filmed = "digital_twin" if isinstance(work, DigitalTwinPlan) else "photo_avatar"
            for number, video in enumerate(work.videos):
                if f"video {number}" not in paid:
                    yield spoken_price(video, filmed, audio_seconds)
        case AvatarVideoPlan():
            yield spoken_price(work, None, audio_seconds)
        case TranslationPlan():
            missing = (f"translation {each}" not in paid for each in work.output_languages)
            if "translations" not in paid and (languages := sum(missing)):
                yield dubbed_price(work, languages)
        case AgentVideoPlan():
            if "session" not in paid:
                each = dollars.agent_price(work.seconds)
                yield Cost(what="video", count=1, each=each, seconds=work.seconds, unit="USD")


def spoken_price(
    video: AvatarVideoPlan, avatar_type: str | None, audio_seconds: float = 30.0
) -> Cost:
    """What a video of an avatar of v3 costs.

    Args:
        video: What is said.
        avatar_type: Who is seen; the dearest when nobody knows.
        audio_seconds: What a recording is taken for.
    """
    speed = video.voice_settings.speed if video.voice_settings else None
    said = audio_seconds
    if video.script is not None:
        said = spoken_seconds(video.script, speed=speed or 1.0)
    seconds = rates.in_pictures(said)
    engine = type(video.engine).__struct_config__.tag if video.engine else "avatar_iv"
    each = dollars.video_price(avatar_type or "", str(engine), seconds, resolution=video.resolution)
    return Cost(what="video", count=1, each=each, seconds=seconds, unit="USD")


def dubbed_price(plan: TranslationPlan, languages: int) -> Cost:
    """What a translation into so many languages costs."""
    mode = "speed" if plan.translate_audio_only else plan.mode or "speed"
    seconds = max(plan.seconds, plan.end_time or 0.0)  # it is as long as that at least
    each = dollars.dub_price(mode, seconds)
    return Cost(
        what="translation", count=languages, each=each, seconds=seconds * languages, unit="USD"
    )


def _costs(
    work: PhotoAvatarPlan | VideoPlan | GenerateVideo | GenerateAvatarIV | GenerateWebm,
    made: PhotoAvatarMade,
    audio_seconds: float,
) -> Iterator[Cost]:
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
    """Refuses work that is not covered. One read a unit, and none for what costs nothing.

    A quota, or a balance, that HeyGen does not tell refuses nothing.

    Args:
        heygen: Asked for the quota of v2, or for the balance of v3.
        work: What it is, for errors.
        cost: What it costs.

    Raises:
        CreditShortageError: It is not.
        HeyGenError: The quota cannot be read.
    """
    try:
        if cost.credits:
            quota = await heygen.v2.users.remaining_quota()
            _check_covered(work, cost, "credits", need=cost.credits, have=quota.credits)
        if cost.usd:
            left = balance(await heygen.users.get_current())
            _check_covered(work, cost, "USD", need=cost.usd, have=left)
    except CreditShortageError:
        raise
    except HeyGenError as problem:
        problem.add_note(f"before {work}, of which nothing was sent: preflight=False does not ask")
        raise


def _check_covered(
    work: str, cost: Estimate, unit: str, *, need: float, have: float | None
) -> None:
    if have is not None and need > have + _ROUNDING:
        lines = ", ".join(str(each) for each in cost.costs if each.unit == unit)
        raise CreditShortageError(
            f"{work} needs about {need:g} {unit} ({lines}), and {have:g} are left",
            need=need,
            have=have,
            hint="Top up, leave something out, or pass preflight=False if you know better.",
        )


def balance(user: User) -> float | None:
    """Dollars that an account of v3 can still spend; None where HeyGen does not tell them."""
    match user:
        case User(wallet=Wallet(currency=currency, remaining_balance=left)):
            return left if currency.lower() == "usd" else None
        case User(usage_based=UsageBased(spending_cap_usd=cap, spending_current_usd=spent)):
            return None if cap is None or spent is None else cap - spent
        case _:
            return None
