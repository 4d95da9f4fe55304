"""Avatars of v3: from footage, photos or words to looks that can be used, and to videos of them."""

from collections.abc import Sequence
from typing import Final, TypeVar

from heygen_async.api.job import Job
from heygen_async.errors import InvalidRequestError, JobTimeoutError
from heygen_async.models import AvatarLook, CreateAvatar, Request, Video
from heygen_async.orchestrator.avatar_plans import (
    AvatarPlan,
    AvatarResult,
    AvatarVideoPlan,
    DigitalTwinPlan,
    FinishedVideo,
    joined,
)
from heygen_async.orchestrator.estimates import spoken_price
from heygen_async.orchestrator.making import Making, Target, told
from heygen_async.orchestrator.steps import first_of, together
from heygen_async.transport.clock import Deadline
from heygen_async.wire import dollars
from heygen_async.wire.statuses import Verdict, verdict

R = TypeVar("R", bound=Request)

_SPOKEN: Final = "English"
"""Whether somebody speaks it needs no look."""

_PAGE: Final = 24 * 3600.0
"""Seconds for which a page of a consent works."""


class AvatarWalk:
    """One walk, whatever the avatar is made of.

    Args:
        plan: What is to be made.
        making: Makes it.
    """

    def __init__(self, plan: AvatarPlan, making: Making) -> None:
        self._plan = plan
        self._making = making
        self._avatars = making.heygen.avatars

    async def targets(self) -> list[Target]:
        """The files that are still to be made."""
        made: list[Target] = []
        for number, video in enumerate(self._plan.videos):
            files = {f"video {number}": video.target}
            made += await self._making.targets(files, overwrite=video.overwrite)
        return made

    async def look_around(self) -> None:
        """Refuses what a later step would fail on, before anything is sent.

        Raises:
            InvalidRequestError: A request, or a file, is one that HeyGen would refuse; or nobody
                would ask the person for a consent that is needed.
            NotFoundError: There is no such group, voice or recording.
            HeyGenError: As every call: a group, a voice and a recording that is named is read.
        """
        plan, making = self._plan, self._making
        media = "video/" if isinstance(plan, DigitalTwinPlan) else "image/"
        for number, request in enumerate(plan.requests()):
            await making.check(request, f"look {number}", media=lambda _: media)
        for number, video in enumerate(plan.videos):
            await making.check(video.request(f"look-{video.look}"), f"video {number}")
        if plan.avatar_group_id is not None and "look 0" not in making.made.ids:
            await self._avatars.get_group(plan.avatar_group_id)
        if isinstance(plan, DigitalTwinPlan):
            await self._check_consent(plan)
        await self._check_heard()

    async def _check_heard(self) -> None:
        """Reads the voices and recordings of videos that are to be made: each has to be there."""
        plan, heygen, ids = self._plan, self._making.heygen, self._making.made.ids
        videos = [each for number, each in enumerate(plan.videos) if f"video {number}" not in ids]
        for voice_id in sorted({each.voice_id for each in videos if each.voice_id}):
            await heygen.voices.get(voice_id)
        for asset_id in sorted({each.audio_asset_id for each in videos if each.audio_asset_id}):
            await heygen.assets.get(asset_id)
        spoken = {each.language for each in videos if each.script and not each.voice_id}
        for language in sorted(spoken - {_SPOKEN}):
            if await self._voice_for(language) is None:
                raise InvalidRequestError("language", language, "is spoken by nobody")

    async def _voice_for(self, language: str, gender: str | None = None) -> str | None:
        voices = self._making.heygen.voices
        async for voice in voices.list(language=language, gender=gender, max_items=1):
            return voice.voice_id
        return None

    async def _check_consent(self, plan: DigitalTwinPlan) -> None:
        await self._making.check(plan.consent(), "consent")
        if plan.avatar_group_id is None or plan.on_consent or plan.consent_video:
            return
        if not await self._has_consent(plan.avatar_group_id):
            words = "is needed: nobody has consented to this group yet"
            raise InvalidRequestError("on_consent", None, words)

    async def walk(self) -> AvatarResult:
        """All steps."""
        plan, making, step = self._plan, self._making, self._making.steps.step
        async with step("upload"):
            requests = await self._uploaded("look", plan.requests())
            videos = await self._uploaded("video", plan.videos)
        async with step("avatar"):
            job = await self._started(0, requests[0])
            group_id = await self._group_of(job)
        if isinstance(plan, DigitalTwinPlan):
            async with step("consent"):
                await self._consented(plan, group_id, job)
        async with step("training"):
            # A twin may be usable a moment after the consent.
            twin = isinstance(plan, DigitalTwinPlan)
            first = await making.finished("look 0", job, for_person=twin)
        looks = [first]
        if len(requests) > 1:
            async with step("looks"):
                others = enumerate(requests[1:], 1)
                looks += await together(*(self._other(*each, first) for each in others))
        films = [self._film(*each, looks) for each in enumerate(videos)]
        return AvatarResult(group_id=group_id, looks=looks, videos=await together(*films))

    async def _uploaded(self, what: str, requests: Sequence[R]) -> list[R]:
        numbered = enumerate(requests)
        work = (self._making.assets(each, f"{what} {number}") for number, each in numbered)
        return await together(*work)

    # Looks

    async def _started(self, number: int, request: CreateAvatar) -> Job[AvatarLook]:
        async def create(request: CreateAvatar, *, idempotency_key: str) -> Job[AvatarLook]:
            job = await self._avatars.create(request, idempotency_key=idempotency_key)
            if number == 0 and job.created is not None:  # written down together with the look
                self._making.take("group", job.created.group_id or "")
            return job

        what = f"look {number}"
        return await self._making.started(
            what, request, create, self._avatars.job, cost=dollars.AVATAR
        )

    async def _other(self, number: int, request: CreateAvatar, first: AvatarLook) -> AvatarLook:
        job = await self._started(number, joined(request, first))
        return await self._making.finished(f"look {number}", job)

    async def _group_of(self, job: Job[AvatarLook]) -> str:
        ids = self._making.made.ids
        if not ids.get("group"):
            self._making.keep("group", (await job.read()).group_id or "")
        return ids["group"]

    # Consent

    async def _consented(self, plan: DigitalTwinPlan, group_id: str, job: Job[AvatarLook]) -> None:
        """Waits for the person until the twin is trained, which tells of a consent too."""
        if await self._has_consent(group_id):
            return
        longest = plan.consent_timeout + _PAGE

        training = self._making.finished("look 0", job, timeout=longest, for_person=True)
        await first_of(self._asked(plan, group_id), training)

    async def _has_consent(self, group_id: str) -> bool:
        word = (await self._avatars.get_group(group_id)).consent_status
        return word is not None and verdict("consent", word) is Verdict.DONE

    async def _asked(self, plan: DigitalTwinPlan, group_id: str) -> None:
        """Shows the page of the consent, and the next one when it has run out."""
        patience = Deadline(self._making.clock, plan.consent_timeout)
        asked = await self._making.assets(plan.consent(), "consent")
        while True:
            consent = await self._avatars.create_consent(
                group_id,
                reroute_url=asked.reroute_url,
                consent_text=asked.consent_text,
                consent_video=asked.consent_video,
            )
            if plan.on_consent and consent.created and consent.created.url:
                await told(plan.on_consent, consent.created.url)
            try:
                await consent.wait(timeout=patience.cut(_PAGE), for_person=True)
            except JobTimeoutError:
                if not patience.remaining():
                    raise
            else:
                return

    # Videos

    async def _film(
        self, number: int, plan: AvatarVideoPlan, looks: Sequence[AvatarLook]
    ) -> FinishedVideo[Video]:
        making, slots, look = self._making, self._making.bounds.slots, looks[plan.look]
        videos, what = making.heygen.videos, f"video {number}"
        cost = spoken_price(plan, look.avatar_type).usd
        async with making.steps.step(what):
            voice_id = None if what in making.made.ids else await self._voice(plan, look)
            request = plan.request(look.id, voice_id=voice_id)
            async with slots:
                job = await making.started(what, request, videos.create, videos.job, cost=cost)
                slots.accepted()
                video = await making.finished(what, job)
        path = await making.fetched(what, job, plan.target, overwrite=plan.overwrite)
        return FinishedVideo(id=job.id, video=video, path=path)

    async def _voice(self, plan: AvatarVideoPlan, look: AvatarLook) -> str | None:
        """A voice for a look that has none; None leaves it to HeyGen."""
        if plan.script is None or plan.voice_id or look.default_voice_id:
            return None
        voice_id = await self._voice_for(plan.language, look.gender)
        if voice_id is not None:
            return voice_id
        words = f"must be given: the look has none, and nobody speaks {plan.language!r} for it"
        raise InvalidRequestError("voice_id", None, words)
