"""Maker: avatars, translations and agents' videos of v3, as one call each."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Final, Protocol, TypeVar

from heygen_async.api.languages import TranslationResults
from heygen_async.api.resources import Resources
from heygen_async.errors import ConfigError, InvalidRequestError
from heygen_async.models import Video, VideoTranslation
from heygen_async.orchestrator.agents import AgentWalk
from heygen_async.orchestrator.avatar_plans import (
    AvatarPlan,
    AvatarResult,
    DigitalTwinPlan,
    FinishedVideo,
    PhotoGroupPlan,
    PromptAvatarPlan,
    check_avatar,
)
from heygen_async.orchestrator.avatars import AvatarWalk
from heygen_async.orchestrator.bounds import Bounds
from heygen_async.orchestrator.estimates import Costed, check_quota, estimate
from heygen_async.orchestrator.made import Made
from heygen_async.orchestrator.making import Making, Target
from heygen_async.orchestrator.records import alone, keeper
from heygen_async.orchestrator.slots import Slots
from heygen_async.orchestrator.targets import Targets
from heygen_async.orchestrator.translating import TranslationWalk
from heygen_async.orchestrator.video_plans import AgentVideoPlan, TranslationPlan, check_translation
from heygen_async.transport.clock import World
from heygen_async.transport.events import Events

_NAME: Final = 40
"""Characters of a prompt that are its name in errors."""

_KINDS: Final[dict[str, type[AvatarPlan]]] = {
    "digital twin": DigitalTwinPlan,
    "prompt avatar": PromptAvatarPlan,
    "photo group": PhotoGroupPlan,
}

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Walk(Protocol[T_co]):
    """A plan on its way, from the first look to the result."""

    async def targets(self) -> list[Target]:
        """The files that are still to be made."""
        ...

    async def look_around(self) -> None:
        """Refuses what a later step would fail on, before anything is sent."""
        ...

    async def walk(self) -> T_co:
        """All steps."""
        ...


class Maker:
    """What an orchestrator makes of v3 in one call; all plans share its bounds.

    Every plan takes ``made``, which is filled with what is made: what an earlier call has filled is
    not made again; one call at a time has it. ``keep`` is called with it before anything is sent
    that makes something, and after every change: whoever writes it down there, at once and not
    async, can go on even when the process is killed. In
    a named run the keys are made of the run's name and the plan, so that the same plan gives the
    same things for 24 hours, also without ``made``.

    Every error, and a cancellation, of a plan that has begun has a note with the step, the steps
    before it, the ids of what was made, and about what was paid. Leaving the orchestrator's block
    does not end a plan that another task runs: cancel that task.

    Attributes:
        slots: Jobs in flight at HeyGen.
        run: Name of the work.
    """

    run: str
    _named: bool

    def __init__(self, heygen: Resources, *, world: World, events: Events, bounds: Bounds) -> None:
        self.slots: Slots = bounds.slots
        self._bounds = bounds
        self._heygen = heygen
        self._world = world
        self._events = events
        self._targets = Targets()
        self._leave: Callable[[], None] | None = None
        self._left = False

    async def digital_twin(
        self,
        plan: DigitalTwinPlan,
        *,
        made: Made | None = None,
        keep: Callable[[Made], object] | None = None,
        preflight: bool = True,
    ) -> AvatarResult:
        """A digital twin of v3 from footage, once the person has consented, and videos of it.

        Upload the footage, make the twin, show the person HeyGen's page and wait for them while
        the twin is trained, film, and download.

        Args:
            plan: What it is to be, and how the person is asked.
            made: What is made; see the class.
            keep: Told of every change of it.
            preflight: Whether the balance is read first, and must cover the estimate.

        Raises:
            ConfigError: The orchestrator was not entered with ``async with``.
            InvalidRequestError: HeyGen would refuse something of the plan, nobody would ask the
                person, or ``made.unknown`` holds what has to be looked for. Nothing was paid.
            TargetError: A file cannot be made. Nothing was sent.
            CreditShortageError: The balance does not cover what is left to do. Nothing was made.
            JobTimeoutError: Nobody has consented in time, or a job takes too long: call again.
            JobFailedError: HeyGen gave up on the twin, or on a video; it is not in ``made`` then.
            HeyGenError: As every call; whatever ``on_consent`` raises is raised, too.

        https://developers.heygen.com/docs/avatar-consent
        """
        return await self._avatar("digital twin", plan, made, keep, preflight=preflight)

    async def prompt_avatar(
        self,
        plan: PromptAvatarPlan,
        *,
        made: Made | None = None,
        keep: Callable[[Made], object] | None = None,
        preflight: bool = True,
    ) -> AvatarResult:
        """An avatar of v3 from words, in as many looks as are described, and videos of it.

        Args:
            plan: What it is to be.
            made: What is made; see the class.
            keep: Told of every change of it.
            preflight: Whether the balance is read first, and must cover the estimate.

        Raises:
            HeyGenError: As ``digital_twin``, but for the consent.

        https://developers.heygen.com/docs/create-avatar
        """
        return await self._avatar("prompt avatar", plan, made, keep, preflight=preflight)

    async def photo_group(
        self,
        plan: PhotoGroupPlan,
        *,
        made: Made | None = None,
        keep: Callable[[Made], object] | None = None,
        preflight: bool = True,
    ) -> AvatarResult:
        """A photo avatar of v3: a group of photos, and of looks drawn after it, and videos of it.

        ``photo_avatar`` is the same on v2, where it is trained.

        Args:
            plan: What it is to be.
            made: What is made; see the class.
            keep: Told of every change of it.
            preflight: Whether the balance is read first, and must cover the estimate.

        Raises:
            HeyGenError: As ``digital_twin``, but for the consent.

        https://developers.heygen.com/docs/create-avatar
        """
        return await self._avatar("photo group", plan, made, keep, preflight=preflight)

    async def translate(
        self,
        plan: TranslationPlan,
        *,
        made: Made | None = None,
        keep: Callable[[Made], object] | None = None,
        preflight: bool = True,
    ) -> TranslationResults[FinishedVideo[VideoTranslation]]:
        """One video in many languages, each with an outcome of its own.

        All languages are asked for in one call. One that fails sinks no other: it is in ``errors``
        and not in ``made``, so that a call with the same ``made`` translates it again.

        Args:
            plan: The source, the languages, and where the files go.
            made: What is made; see the class.
            keep: Told of every change of it.
            preflight: Whether the balance is read first, and must cover the estimate.

        Raises:
            ConfigError: The orchestrator was not entered with ``async with``.
            InvalidRequestError: HeyGen would refuse the request, or has no such language; or
                ``made.unknown`` holds what has to be looked for. Nothing was paid.
            TargetError: A file cannot be made. Nothing was sent.
            CreditShortageError: The balance does not cover what is left to do. Nothing was made.
            HeyGenError: As every call, until the languages are under way.

        https://developers.heygen.com/reference/create-video-translation
        """
        await asyncio.to_thread(check_translation, plan)
        name = plan.title or ", ".join(plan.output_languages)
        making = self._making("translation", name, made, keep)
        return await self._walked(TranslationWalk(plan, making), plan, making, preflight=preflight)

    async def agent_video(
        self,
        plan: AgentVideoPlan,
        *,
        made: Made | None = None,
        keep: Callable[[Made], object] | None = None,
        preflight: bool = True,
    ) -> FinishedVideo[Video]:
        """A video by HeyGen's agent, from a prompt; questions in between are answered by you.

        No more than three sessions run at once, since HeyGen lets others wait; each holds a slot
        until its video is ready, but for the time in which ``on_question`` thinks. HeyGen knows no
        key for a session: one that got no answer stops the next call until you have looked for it.
        The session's id is ``made.ids["session"]``.

        Args:
            plan: The prompt, who answers questions, and where the video goes.
            made: What is made; see the class.
            keep: Told of every change of it.
            preflight: Whether the balance is read first, and must cover the estimate.

        Raises:
            ConfigError: The orchestrator was not entered with ``async with``.
            InvalidRequestError: HeyGen would refuse the request; or ``made.unknown`` holds what
                has to be looked for. Nothing was paid.
            TargetError: The file cannot be made. Nothing was sent.
            CreditShortageError: The balance does not cover the estimate. Nothing was made.
            JobFailedError: The agent gave up; or it asks, and the plan has no ``on_question``: its
                ``failure_message`` is the question, and the session goes on when it is answered.
            OutcomeUnknownError: The session was sent and not answered: it may be billed.
            HeyGenError: As every call; whatever ``on_question`` raises is raised, too.

        https://developers.heygen.com/reference/create-video-agent-session
        """
        name = plan.request.prompt[:_NAME]
        making = self._making("video agent", name, made, keep)
        return await self._walked(AgentWalk(plan, making), plan, making, preflight=preflight)

    async def _avatar(
        self,
        kind: str,
        plan: AvatarPlan,
        made: Made | None,
        keep: Callable[[Made], object] | None,
        *,
        preflight: bool,
    ) -> AvatarResult:
        wanted = _KINDS[kind]
        if not isinstance(plan, wanted):
            raise InvalidRequestError("plan", plan, f"must be a {wanted.__name__}")
        check_avatar(plan)
        making = self._making(kind, plan.name, made, keep)
        return await self._walked(AvatarWalk(plan, making), plan, making, preflight=preflight)

    def _making(
        self, kind: str, name: str, made: Made | None, keep: Callable[[Made], object] | None
    ) -> Making:
        self._check_entered()
        return Making(
            self._heygen,
            Made() if made is None else made,
            kind=kind,
            name=name,
            # Two plans that are alike are one in a named run only.
            run=self.run if self._named else f"run-{self._world.new_id()}",
            bounds=self._bounds,
            world=self._world,
            events=self._events,
            keep=keeper(keep),
        )

    async def _walked(self, walk: Walk[T], plan: Costed, making: Making, *, preflight: bool) -> T:
        with alone(making.made):
            return await self._begun(walk, plan, making, preflight=preflight)

    async def _begun(self, walk: Walk[T], plan: Costed, making: Making, *, preflight: bool) -> T:
        making.begin()
        async with self._claimed(await walk.targets()):
            await walk.look_around()
            if preflight:
                cost = estimate(plan, made=making.made)
                await check_quota(self._heygen, str(making), cost)
            with making.steps.whole():
                return await walk.walk()

    def _check_entered(self) -> None:
        if self._leave is None:
            raise ConfigError("use it as: async with heygen.orchestrator() as studio")
        if self._left:
            raise ConfigError("this orchestrator was left: make another one")

    @asynccontextmanager
    async def _claimed(self, targets: Iterable[Target]) -> AsyncGenerator[None]:
        """Takes a plan's targets, which have to be ones that can be made, while it runs."""
        claims: list[str | None] = []
        try:
            for target, overwrite in targets:
                claims.append(await self._targets.claim(target, overwrite=overwrite))
            yield
        finally:
            for claim in claims:
                self._targets.release(claim)
