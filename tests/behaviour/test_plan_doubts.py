"""What was lost on the way stays in doubt, whatever is answered afterwards."""

from typing import Any

import pytest

from heygen_async import AgentVideoPlan, HeyGen, Made, PromptAvatarPlan, VideoJob
from heygen_async.errors import HeyGenError, InvalidRequestError
from heygen_async.events import State
from heygen_async.models import AvatarLook, AvatarVideo, CreateAgentSession
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.testing import SkippingClock
from tests.behaviour.walks import again, bill

ADA = PromptAvatarPlan(name="Ada", prompt="A woman")
REFUSALS = [{"status": 400}, {"status": 402}, {"status": 409}, {"status": 429, "retry_after": 1}]


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
async def test_a_refusal_after_a_lost_answer_leaves_the_doubt(
    heygen: HeyGen, sandbox: Sandbox, clock: SkippingClock, refusal: dict[str, Any]
) -> None:
    made = Made()
    async with heygen.orchestrator() as studio:
        sandbox.fault(Fault(path="/v3/avatars", method="POST", commit_then_drop=True))
        for _ in range(2):  # nor does a refusal to the next call
            sandbox.fault(Fault(path="/v3/avatars", method="POST", times=999, **refusal))
            with pytest.raises(HeyGenError) as caught:
                await studio.prompt_avatar(ADA, made=made)
            sandbox._running.faults.clear()
            assert "perhaps made too: look 0" in caught.value.__notes__[-1]
            assert list(made.unknown) == ["look 0"]
        await clock.sleep(25 * 3600)
        with pytest.raises(InvalidRequestError, match="must be looked for"):
            await studio.prompt_avatar(ADA, made=again(made))
    assert bill(sandbox) == {("avatar_create", 1.0): 1}


async def test_a_row_whose_answer_was_lost_needs_review_after_a_refusal(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    sandbox.fault(Fault(path="/v3/videos", method="POST", commit_then_drop=True))
    sandbox.fault(Fault(path="/v3/videos", method="POST", times=500, status=402))
    job = VideoJob(request=AvatarVideo(avatar_id=look.id, script="Hi."))
    async with heygen.orchestrator() as studio:
        (outcome,) = [each async for each in studio.render([job])]
    assert outcome.state is State.NEEDS_REVIEW


async def test_what_was_refused_unprocessed_is_no_doubt(heygen: HeyGen, sandbox: Sandbox) -> None:
    sandbox.fault(
        Fault(path="/v3/video-agents", method="POST", status=503, retry_after=1, times=50)
    )
    made = Made()
    async with heygen.orchestrator() as studio:
        with pytest.raises(HeyGenError):
            await studio.agent_video(
                AgentVideoPlan(request=CreateAgentSession(prompt="Cats.")), made=made
            )
    assert made.unknown == {}
