"""What was lost on the way stays in doubt, whatever is answered afterwards."""

import asyncio
from contextlib import suppress
from typing import Any

import pytest

from heygen_async import (
    AgentVideoPlan,
    HeyGen,
    Made,
    PromptAvatarPlan,
    Stage,
    TranslationPlan,
    VideoJob,
    World,
)
from heygen_async.errors import (
    DecodeError,
    HeyGenError,
    InvalidRequestError,
    JobFailedError,
    StoppedError,
)
from heygen_async.events import State
from heygen_async.models import AssetUrl, AvatarLook, AvatarVideo, CreateAgentSession
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


async def test_a_key_that_runs_out_while_it_is_sent_is_not_sent(
    heygen: HeyGen, sandbox: Sandbox, clock: SkippingClock, world: World
) -> None:
    made = Made()
    sandbox.fault(Fault(path="/v3/avatars", method="POST", commit_then_drop=True, times=99))
    async with heygen.orchestrator() as studio:
        with pytest.raises(HeyGenError):
            await studio.prompt_avatar(ADA, made=made)
        sandbox._running.faults.clear()
        sent = made.unknown["look 0"].time
        await clock.sleep(sent + 24 * 3600 - 30 - clock.time())
    sandbox.fault(Fault(path="/v3/avatars", method="POST", status=429, retry_after=60))
    async with HeyGen(api_key="test-key", base_url=sandbox.url, world=world) as later:
        clock.watch(lambda: later.in_flight)
        async with later.orchestrator() as studio:
            with pytest.raises(InvalidRequestError, match="must be looked for"):
                await studio.prompt_avatar(ADA, made=again(made))
    assert bill(sandbox) == {("avatar_create", 1.0): 1}


@pytest.mark.odd_replies
@pytest.mark.parametrize("ids", [[], ["a"], ["a", "b", "c"]], ids=len)
async def test_an_answer_that_does_not_tell_what_was_made_leaves_the_doubt(
    heygen: HeyGen, sandbox: Sandbox, clock: SkippingClock, ids: list[str]
) -> None:
    source = AssetUrl(url="https://example.com/talk.mp4")
    talk = TranslationPlan(video=source, output_languages=["German", "French"])
    async with heygen.orchestrator() as studio:
        for make, plan, what, path, reply in (
            (studio.prompt_avatar, ADA, "look 0", "/v3/avatars", {}),
            (
                studio.translate,
                talk,
                "translations",
                "/v3/video-translations",
                {"video_translation_ids": ids},
            ),
        ):
            walk: Any = make
            made = Made()
            sandbox.fault(Fault(path=path, method="POST", reply=reply))
            with pytest.raises(DecodeError):
                await walk(plan, made=made)
            assert list(made.unknown) == [what]
            await clock.sleep(25 * 3600)
            with pytest.raises(InvalidRequestError, match="must be looked for"):
                await walk(plan, made=again(made))
    assert set(made.ids.values()) == set(ids)
    assert len(sandbox.charges) == 3


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


@pytest.mark.parametrize("fail_fast", [False, True])
async def test_whoever_is_stopped_in_a_flow_is_told_what_is_paid(
    heygen: HeyGen, sandbox: Sandbox, *, fail_fast: bool
) -> None:
    prompts = ["A woman", "A man [[fail]]"] if fail_fast else ["A woman"]
    plans = [PromptAvatarPlan(name=each, prompt=each, looks=["x"] * 2) for each in prompts]
    async with heygen.orchestrator() as studio:

        async def stopped() -> None:
            while not sandbox.charges:
                await asyncio.sleep(0)
            for _ in range(50):
                await asyncio.sleep(0)
            studio.stop()

        stop = None if fail_fast else asyncio.create_task(stopped())
        stage = Stage("avatar", studio.prompt_avatar, at_once=2)
        ended: list[Exception | None] = []
        with suppress(JobFailedError):
            async for each in studio.flow(plans, stage, fail_fast=fail_fast):
                ended.append(each.error)  # noqa: PERF401  the last step may raise
        if stop is not None:
            await stop
    error = next(each for each in ended if isinstance(each, StoppedError))
    assert "made: look 0 " in error.__notes__[-1]
    assert isinstance(error.__cause__, asyncio.CancelledError)
