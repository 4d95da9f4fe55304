"""A video of v3 by HeyGen's agent, from a prompt to the file, with the questions in between."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import Final

import msgspec

from heygen_async.api.job import Job
from heygen_async.errors import HeyGenError, JobFailedError
from heygen_async.models import AgentSession, CreateAgentSession, Video
from heygen_async.orchestrator.avatar_plans import FinishedVideo
from heygen_async.orchestrator.making import Making, Target, told
from heygen_async.orchestrator.video_plans import AgentVideoPlan, check_agent
from heygen_async.transport.clock import Deadline
from heygen_async.wire import dollars
from heygen_async.wire.encode import encode
from heygen_async.wire.idempotency import digest
from heygen_async.wire.retry import is_open
from heygen_async.wire.statuses import Verdict, verdict

SESSION: Final = "session"

_ANSWER: Final = "answer"
_NOTHING_SAID: Final = ""

_LAG: Final = 5.0
_PATIENCE: Final = 300.0
"""Seconds for which a question that is answered may still be seen."""

_UNANSWERED: Final = (
    "Give the plan an on_question, or answer with video_agents.send_message,"
    " and call again with the same made."
)


class AgentWalk:
    """One walk.

    Args:
        plan: What is to be made.
        making: Makes it.
    """

    def __init__(self, plan: AgentVideoPlan, making: Making) -> None:
        self._plan = plan
        self._making = making
        self._agents = making.heygen.video_agents
        self._places = AsyncExitStack()

    async def targets(self) -> list[Target]:
        """The file, if it is still to be made."""
        files = {"video": self._plan.target}
        return await self._making.targets(files, overwrite=self._plan.overwrite)

    async def look_around(self) -> None:
        """Refuses what a later step would fail on, before anything is sent.

        Raises:
            InvalidRequestError: HeyGen would refuse the request, or a file.
        """
        check_agent(self._plan)
        await self._making.check(self._plan.request, SESSION)

    async def walk(self) -> FinishedVideo[Video]:
        """All steps."""
        plan, making, step = self._plan, self._making, self._making.steps.step
        async with step("upload"):
            request = await making.assets(plan.request, SESSION)
        async with self._places:
            await self._take_places()
            async with step(SESSION):
                job = await self._session(request)
            async with step("video"):
                video = await self._video(job)
        making.keep("video", video.id)
        path = await making.fetched("video", job, plan.target, overwrite=plan.overwrite)
        return FinishedVideo(id=video.id, video=video, path=path)

    async def _take_places(self) -> None:
        """Waits for a place among the sessions and for a slot, and holds both."""
        bounds = self._making.bounds
        await self._places.enter_async_context(bounds.agents)
        await self._places.enter_async_context(bounds.slots)

    async def _session(self, request: CreateAgentSession) -> Job[Video]:
        making, ids = self._making, self._making.made.ids
        known = ids.get(SESSION)
        if known is not None:
            return self._agents.job(known, video_id=ids.get("video"))
        ids.pop("video", None)  # of a session that was taken out, as is its answer
        making.made.digests.pop(_ANSWER, None)
        making.sending(SESSION, encode(request), keyed=False)
        call = partial(self._agents.create, request)
        cost = dollars.agent_price(self._plan.seconds)
        job = await making.steps.make(call, partial(making.take, SESSION), SESSION, cost)
        making.bounds.slots.accepted()
        return job

    async def _video(self, job: Job[Video]) -> Video:
        """The video, after as many questions as the agent has."""
        digests = self._making.made.digests
        mine, patience = False, Deadline(self._making.clock, _PATIENCE)
        while True:
            try:
                return await self._making.finished(SESSION, job)
            except JobFailedError as problem:
                if verdict(job.kind, problem.status) is not Verdict.WAITING_FOR_PERSON:
                    raise
                if self._plan.on_question is None:
                    problem.hint = _UNANSWERED
                    raise
                session = await self._agents.get(job.id)
                asked, answered = _question(session), digests.get(_ANSWER)
                if answered is None or asked not in (answered, _NOTHING_SAID):
                    await self._answer(self._plan.on_question, session, asked)
                    mine, patience = True, Deadline(self._making.clock, _PATIENCE)
                elif not patience.remaining():
                    del digests[_ANSWER]  # it has not come: somebody is asked again
                    if mine:
                        raise
            # An answer may be seen a moment after it was taken: two of them would be paid twice.
            await self._making.clock.sleep(_LAG)

    async def _answer(
        self,
        person: Callable[[AgentSession], str | Awaitable[str]],
        session: AgentSession,
        asked: str,
    ) -> None:
        """Answers once, whatever becomes of the call: what is answered is written down before.

        While a person thinks nothing runs at HeyGen: others have the places meanwhile. The answer
        waits for none.
        """
        making = self._making
        await self._places.aclose()
        answer = await told(person, session)
        making.made.digests[_ANSWER] = asked
        making.changed()
        try:
            await self._agents.send_message(session.session_id, message=answer)
        except HeyGenError as problem:
            if not is_open(problem):
                del making.made.digests[_ANSWER]
            raise
        await self._take_places()


def _question(session: AgentSession) -> str:
    """What tells a question from the one before."""
    asked = next((each for each in session.messages if each.role != "user"), None)
    return _NOTHING_SAID if asked is None else digest(msgspec.json.encode(asked))
