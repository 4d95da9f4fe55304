"""A video of v3 by HeyGen's agent, from a prompt to the file, with the questions in between."""

from functools import partial
from typing import Final

from heygen_async.api.job import Job
from heygen_async.errors import JobFailedError
from heygen_async.models import AgentMessage, CreateAgentSession, Video
from heygen_async.orchestrator.avatar_plans import FinishedVideo
from heygen_async.orchestrator.making import Making, Target, told
from heygen_async.orchestrator.video_plans import AgentVideoPlan, check_agent
from heygen_async.transport.clock import Deadline
from heygen_async.wire import dollars
from heygen_async.wire.encode import encode
from heygen_async.wire.statuses import Verdict, verdict

SESSION: Final = "session"

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
        async with making.bounds.agents, making.bounds.slots:
            async with step(SESSION):
                job = await self._session(request)
            async with step("video"):
                video = await self._video(job)
        making.keep("video", video.id)
        path = await making.fetched("video", job, plan.target, overwrite=plan.overwrite)
        return FinishedVideo(id=video.id, video=video, path=path)

    async def _session(self, request: CreateAgentSession) -> Job[Video]:
        making, ids = self._making, self._making.made.ids
        known = ids.get(SESSION)
        if known is not None:
            return self._agents.job(known, video_id=ids.get("video"))
        ids.pop("video", None)  # of a session that was taken out
        making.sending(SESSION, encode(request), keyed=False)
        call = partial(self._agents.create, request)
        cost = dollars.agent_price(self._plan.seconds)
        job = await making.steps.make(call, partial(making.take, SESSION), SESSION, cost)
        making.bounds.slots.accepted()
        return job

    async def _video(self, job: Job[Video]) -> Video:
        """The video, after as many questions as the agent has."""
        answered: AgentMessage | None = None
        patience = Deadline(self._making.clock, 0.0)
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
                asked = next((each for each in session.messages if each.role != "user"), None)
                if asked is None or asked != answered:
                    answer = await told(self._plan.on_question, session)
                    await self._agents.send_message(job.id, message=answer)
                    answered, patience = asked, Deadline(self._making.clock, _PATIENCE)
                elif not patience.remaining():
                    raise
            # An answer may be seen a moment after it was taken: two of them would be paid twice.
            await self._making.clock.sleep(_LAG)
