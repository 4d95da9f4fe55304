"""A prompt to a video by HeyGen's agent in one call, and its questions."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from heygen_async import AgentVideoPlan, HeyGen, Made, estimate
from heygen_async.errors import (
    CreditShortageError,
    InvalidRequestError,
    JobFailedError,
    OutcomeUnknownError,
    TargetError,
)
from heygen_async.models import AgentSession, CreateAgentSession
from heygen_async.sandbox import Fault, Sandbox
from tests.behaviour.walks import again, broken_off, cancelled_everywhere, posts, tasks

Calls = Callable[[str, str], int]
PROMPT = "Tell in one minute why cats sleep so much."
ROOT = "/v3/video-agents"
NO_FUNCTION: Any = "Go on."


def plan(
    target: Path | None = None, prompt: str = PROMPT, *, overwrite: bool = False
) -> AgentVideoPlan:
    request = CreateAgentSession(prompt=prompt)
    return AgentVideoPlan(request=request, target=target, overwrite=overwrite)


def chat(answer: Callable[[AgentSession], str] | None) -> AgentVideoPlan:
    request = CreateAgentSession(prompt=PROMPT, mode="chat")
    return AgentVideoPlan(request=request, on_question=answer)


def of_kind(kind: str) -> AgentVideoPlan:
    return chat(lambda _: "Go on.") if kind == "chat" else plan()


async def test_a_prompt_becomes_a_video(heygen: HeyGen, sandbox: Sandbox, tmp_path: Path) -> None:
    made = Made()
    async with heygen.orchestrator() as studio:
        done = await studio.agent_video(plan(tmp_path / "cats.mp4"), made=made)
        same = await studio.agent_video(plan(tmp_path / "cats.mp4"), made=made)
    assert done.path == same.path == tmp_path / "cats.mp4"
    assert done.path.stat().st_size > 1000
    assert done.id == done.video.id == same.id == made.ids["video"]
    assert made.ids["session"] != done.id
    assert len(sandbox.charges) == 1
    told = AgentVideoPlan(
        request=CreateAgentSession(prompt=PROMPT), seconds=done.video.duration or 0
    )
    assert sandbox.total_charged == pytest.approx(estimate(told).usd)
    assert estimate(told, made=made).costs == ()


async def test_questions_and_drafts_are_answered(heygen: HeyGen, sandbox: Sandbox) -> None:
    asked: list[tuple[str, str]] = []

    def answer(session: AgentSession) -> str:
        asked.append((session.status, session.messages[0].content))
        return "Go on."

    async def later(session: AgentSession) -> str:
        await asyncio.sleep(0)
        return answer(session)

    async with heygen.orchestrator() as studio:
        await studio.agent_video(chat(answer))
        await studio.agent_video(
            AgentVideoPlan(
                request=CreateAgentSession(prompt=PROMPT, mode="chat"), on_question=later
            )
        )
    assert [status for status, _ in asked] == ["waiting_for_input", "reviewing"] * 2
    assert "Who is the video for" in asked[0][1]
    assert len(sandbox.charges) == 2


async def test_a_question_that_nobody_answers_is_an_error_and_loses_nothing(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    made = Made()
    async with heygen.orchestrator() as studio:
        with pytest.raises(JobFailedError, match="Who is the video for") as caught:
            await studio.agent_video(chat(None), made=made)
        assert caught.value.status == "waiting_for_input"
        assert "on_question" in (caught.value.hint or "")
        assert made.ids["session"] == caught.value.job_id
        assert made.failed == {}
        await heygen.video_agents.send_message(made.ids["session"], message="For children.")
        done = await studio.agent_video(chat(lambda _: "Yes."), made=made)
    assert done.video.video_url
    assert posts(sandbox)[ROOT] == 1
    assert len(sandbox.charges) == 1


@pytest.mark.odd_replies
@pytest.mark.parametrize("seen", [3, 10_000])
async def test_a_question_that_is_still_seen_is_answered_once(
    heygen: HeyGen, sandbox: Sandbox, seen: int
) -> None:
    asked: list[str] = []

    def answer(session: AgentSession) -> str:
        asked.append(session.status)
        if len(asked) == 1:
            old = msgspec.to_builtins(session)
            sandbox.fault(Fault(method="GET", path=ROOT, reply=old, times=seen))
        return "Go on."

    async with heygen.orchestrator() as studio:
        if seen == 3:
            await studio.agent_video(chat(answer))
            assert asked == ["waiting_for_input", "reviewing"]
        else:
            with pytest.raises(JobFailedError, match="Who is the video for"):
                await studio.agent_video(chat(answer))
            assert asked == ["waiting_for_input"]


@pytest.mark.odd_replies
@pytest.mark.parametrize("said", ["the same", "nothing"])
async def test_an_answer_that_was_lost_is_not_given_again(
    heygen: HeyGen, sandbox: Sandbox, said: str
) -> None:
    asked: list[str] = []
    made = Made()

    def answer(session: AgentSession) -> str:
        asked.append(session.status)
        if len(asked) == 1:
            path = f"{ROOT}/{session.session_id}"
            sandbox.fault(Fault(method="POST", path=path, commit_then_drop=True))
            old = msgspec.to_builtins(session)
            if said == "nothing":
                old["messages"] = []
            sandbox.fault(Fault(method="GET", path=ROOT, reply=old, times=6))
        return "Go on."

    async with heygen.orchestrator() as studio:
        with pytest.raises(OutcomeUnknownError):
            await studio.agent_video(chat(answer), made=made)
        await studio.agent_video(chat(answer), made=again(made))
    assert asked == ["waiting_for_input", "reviewing"]
    assert len(sandbox.charges) == 1


async def test_an_answer_that_is_refused_is_asked_for_again(heygen: HeyGen) -> None:
    made = Made()
    async with heygen.orchestrator() as studio:
        with pytest.raises(InvalidRequestError):
            await studio.agent_video(chat(lambda _: ""), made=made)
        done = await studio.agent_video(chat(lambda _: "Go on."), made=made)
    assert done.video.video_url


async def test_who_is_cancelled_before_the_first_step_is_told_so(heygen: HeyGen) -> None:
    async with heygen.orchestrator(slots=1) as studio:
        await studio.slots.acquire()
        task = asyncio.create_task(studio.agent_video(plan()))
        while not studio.slots._line:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        studio.slots.release()
    assert "made: nothing; paid: about 0 USD" in caught.value.__notes__[-1]


@pytest.mark.parametrize("lost", ["drop", "commit_then_drop"])
@pytest.mark.parametrize("kind", ["chat", "generate"])
async def test_wherever_connections_die_nothing_is_paid_twice(
    heygen: HeyGen, sandbox: Sandbox, lost: str, kind: str
) -> None:
    seen: set[str] = set()

    async def work(made: Made) -> None:
        if made.unknown:  # no key protects a session: somebody has to look for it
            async with heygen.orchestrator() as studio:
                with pytest.raises(InvalidRequestError) as caught:
                    await studio.agent_video(plan(), made=made)
                assert caught.value.field == "made.unknown"
            del made.unknown["session"]
            sessions = [each.session_id async for each in heygen.video_agents.list()]
            for each in set(sessions) - seen:
                made.ids["session"] = each
        async with heygen.orchestrator() as studio:
            await studio.agent_video(of_kind(kind), made=made)
        seen.add(made.ids["session"])

    assert await broken_off(sandbox, work, **{lost: True}) >= 2


@pytest.mark.parametrize("kind", ["chat", "generate"])
async def test_cancelled_anywhere_it_goes_on(heygen: HeyGen, sandbox: Sandbox, kind: str) -> None:
    async def work(made: Made) -> None:
        async with heygen.orchestrator() as studio:
            await studio.agent_video(of_kind(kind), made=made)

    assert await cancelled_everywhere(sandbox, work) > 3


async def test_a_session_without_an_answer_stops_the_next_call(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    sandbox.fault(Fault(path=ROOT, commit_then_drop=True))
    kept: list[Made] = []
    made = Made()
    async with heygen.orchestrator() as studio:
        with pytest.raises(OutcomeUnknownError) as caught:
            await studio.agent_video(plan(), made=made, keep=lambda made: kept.append(again(made)))
        assert caught.value.__notes__[-1].endswith("perhaps made too: session")
        assert list(kept[0].unknown) == ["session"]
        with pytest.raises(InvalidRequestError, match="must be looked for"):
            await studio.agent_video(plan(), made=again(made))
    assert posts(sandbox)[ROOT] == 1


async def test_an_agent_that_gives_up_is_asked_anew(heygen: HeyGen, sandbox: Sandbox) -> None:
    made = Made()
    async with heygen.orchestrator() as studio:
        with pytest.raises(JobFailedError, match="moderation") as caught:
            await studio.agent_video(plan(prompt="Please [[fail]]"), made=made)
        assert made.failed == {"session": [caught.value.job_id]}
        await studio.agent_video(plan(), made=made)
    assert posts(sandbox)[ROOT] == 2
    assert studio.slots.in_use == 0


async def test_no_more_than_three_sessions_run_at_once(heygen: HeyGen, sandbox: Sandbox) -> None:
    async with heygen.orchestrator(slots=10) as studio:
        work = [asyncio.create_task(studio.agent_video(plan())) for _ in range(5)]
        while len(sandbox._ctx.world.agents) < 3:
            await asyncio.sleep(0)
        for _ in range(50):
            await asyncio.sleep(0)
        assert len(sandbox._ctx.world.agents) == studio.slots.in_use == 3
        done = await asyncio.gather(*work)
    assert len({each.id for each in done}) == 5


async def test_whoever_thinks_holds_up_nobody(heygen: HeyGen, sandbox: Sandbox) -> None:
    made = Made()

    async def think(_: AgentSession) -> str:
        assert studio.slots.in_use == 0
        await asyncio.gather(*(studio.agent_video(plan()) for _ in range(3)))
        return "Go on."

    request = CreateAgentSession(prompt=PROMPT, mode="chat")
    async with heygen.orchestrator(slots=1) as studio:
        done = await studio.agent_video(
            AgentVideoPlan(request=request, on_question=think), made=made
        )
        assert studio.slots.in_use == 0
    assert done.video.video_url
    assert posts(sandbox)[ROOT] == 1 + 2 * 3


@pytest.mark.parametrize("when", ["it thinks", "it waits for its slot"])
async def test_whoever_is_cancelled_while_a_person_is_asked_gives_nothing_back_twice(
    heygen: HeyGen, when: str
) -> None:
    thinks = asyncio.Event()

    async def think(_: AgentSession) -> str:
        await studio.slots.acquire()
        thinks.set()
        if when == "it thinks":
            await asyncio.Event().wait()
        return "Go on."

    request = CreateAgentSession(prompt=PROMPT, mode="chat")
    async with heygen.orchestrator(slots=1) as studio:
        work = studio.agent_video(AgentVideoPlan(request=request, on_question=think))
        task = asyncio.create_task(work)
        await thinks.wait()
        while when != "it thinks" and not studio.slots._line:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert studio.slots.in_use == 1
        assert studio._bounds.agents._value == 3


async def test_what_would_fail_later_is_refused_at_once(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls, tmp_path: Path
) -> None:
    (tmp_path / "cats.mp4").touch()
    async with heygen.orchestrator() as studio:
        for wrong, field in (
            (plan(prompt=""), "prompt"),
            (chat(NO_FUNCTION), "on_question"),
            (msgspec.structs.replace(plan(), seconds=-60.0), "seconds"),
            (AgentVideoPlan(request=CreateAgentSession(prompt="x", files=[b"?"])), "file"),
            (
                AgentVideoPlan(
                    request=CreateAgentSession(prompt="x"), on_question=lambda _: "Yes."
                ),
                "on_question",
            ),
        ):
            with pytest.raises(InvalidRequestError) as caught:
                await studio.agent_video(wrong)
            assert field in caught.value.field
        with pytest.raises(TargetError):
            await studio.agent_video(plan(tmp_path / "cats.mp4"))
        assert calls("GET", "") == 0
        sandbox._ctx.world.balance = 1.0
        with pytest.raises(CreditShortageError, match=r"about 1\.998 USD"):
            await studio.agent_video(plan())
        assert calls("POST", "") == 0
        assert tasks() == []
