"""Digital twins in one call: footage, the consent of a person, training, and videos."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from heygen_async import AvatarVideoPlan, DigitalTwinPlan, HeyGen, Made, estimate
from heygen_async.errors import (
    ConfigError,
    CreditShortageError,
    HeyGenError,
    InvalidRequestError,
    JobFailedError,
    JobTimeoutError,
    TargetError,
)
from heygen_async.events import Event, StepFinished
from heygen_async.models import AvatarV, VoiceSettings
from heygen_async.orchestrator import avatars
from heygen_async.sandbox import Fault, Sandbox
from tests.behaviour.walks import (
    FOOTAGE,
    again,
    bill,
    broken_off,
    cancelled_everywhere,
    killed_anywhere,
    posts,
    press,
    tasks,
)

Calls = Callable[[str, str], int]
DAY = 24 * 3600.0
NO_FUNCTION: Any = "https://example.com"


def twin(target: Path | None = None, *, script: str = "Hello, it is me.") -> DigitalTwinPlan:
    video = AvatarVideoPlan(script=script, engine=AvatarV(), target=target)
    return DigitalTwinPlan(name="Me", footage=FOOTAGE, on_consent=press, videos=[video])


async def test_footage_becomes_a_twin_that_speaks(
    heygen: HeyGen, sandbox: Sandbox, events: list[Event], tmp_path: Path
) -> None:
    plan, made = twin(tmp_path / "me.mp4"), Made()
    async with heygen.orchestrator() as studio:
        result = await studio.digital_twin(plan, made=made)
    (look,) = result.looks
    assert (look.status, look.group_id) == ("completed", result.group_id)
    (video,) = result.videos
    assert video.path == tmp_path / "me.mp4"
    assert video.path.stat().st_size > 1000
    assert video.video.video_url
    assert posts(sandbox) == {
        "/v3/assets": 1,
        "/v3/avatars": 1,
        f"/v3/avatars/{result.group_id}/consent": 1,
        "/v3/videos": 1,
    }
    assert made.ids["look 0"] == look.id
    assert made.ids["group"] == result.group_id
    assert made.ids["video 0"] == video.id
    assert made.unknown == {}
    steps = [event.step for event in events if isinstance(event, StepFinished)]
    assert steps == ["upload", "avatar", "consent", "training", "video 0", "download of video 0"]
    assert sum(charge.credits for charge in sandbox.charges) == pytest.approx(estimate(plan).usd)
    assert estimate(plan, made=made).costs == ()
    assert studio.slots.in_use == 0


@pytest.mark.parametrize("lost", ["drop", "commit_then_drop"])
async def test_wherever_connections_die_nothing_is_paid_twice(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path, lost: str
) -> None:
    target = tmp_path / "me.mp4"

    async def work(made: Made) -> None:
        if not made.files:
            target.unlink(missing_ok=True)
        async with heygen.orchestrator() as studio:
            result = await studio.digital_twin(twin(target), made=made)
        assert result.videos[0].path == target

    assert await broken_off(sandbox, work, **{lost: True}) >= 5


@pytest.mark.parametrize("lost", ["drop", "commit_then_drop"])
async def test_a_named_run_goes_on_without_a_record(
    heygen: HeyGen, sandbox: Sandbox, lost: str
) -> None:
    runs = iter(range(1000))
    name = "0"

    async def work(made: Made) -> None:
        nonlocal name
        name = name if made.run else f"run-{next(runs)}"
        async with heygen.orchestrator(run=name) as studio:
            made.run = name
            await studio.digital_twin(twin())

    assert await broken_off(sandbox, work, **{lost: True}) >= 5


async def test_cancelled_anywhere_it_goes_on(heygen: HeyGen, sandbox: Sandbox) -> None:
    async def work(made: Made) -> None:
        async with heygen.orchestrator() as studio:
            await studio.digital_twin(twin(), made=made)

    assert await cancelled_everywhere(sandbox, work) > 10


async def test_killed_anywhere_it_goes_on(heygen: HeyGen, sandbox: Sandbox) -> None:
    async def work(made: Made, keep: Callable[[Made], object]) -> None:
        async with heygen.orchestrator() as studio:
            await studio.digital_twin(twin(), made=made, keep=keep)

    assert await killed_anywhere(sandbox, work) >= 5


async def test_whoever_is_killed_has_it_written_down(heygen: HeyGen, sandbox: Sandbox) -> None:
    kept: list[Made] = []
    async with heygen.orchestrator() as studio:
        made = Made()
        await studio.digital_twin(twin(), made=made, keep=lambda made: kept.append(again(made)))
    sent = [list(each.unknown) for each in kept if each.unknown]
    assert sent == [["look 0"], ["video 0"]]
    keys = {request.idempotency_key for request in sandbox.requests}
    assert {each.key for made in kept for each in made.unknown.values()} <= keys
    assert kept[-1] == made


# The person


async def test_nobody_consents(
    heygen: HeyGen, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(avatars, "_PAGE", 600.0)  # instead of a day
    pages: list[str] = []
    plan = DigitalTwinPlan(
        name="Me", footage=FOOTAGE, on_consent=pages.append, consent_timeout=1500.0
    )
    made = Made()
    async with heygen.orchestrator() as studio:
        with pytest.raises(JobTimeoutError) as caught:
            await studio.digital_twin(plan, made=made)
        assert len(set(pages)) == 3, "a page works for a while only"
        assert caught.value.kind == "consent"
        (note,) = caught.value.__notes__
        assert "step 'consent' of digital twin 'Me'" in note
        assert f"made: look 0 {made.ids['look 0']} (1 USD)" in note
        assert "paid: about 1 USD" in note
        assert tasks() == []
        await press(pages[-1])
        result = await studio.digital_twin(plan, made=made)
    assert result.looks[0].status == "completed"
    assert len(pages) == 3, "nobody is asked again who has consented"
    assert bill(sandbox) == {("avatar_create", 1.0): 1}


@pytest.mark.odd_replies
async def test_a_twin_that_is_ready_waits_for_no_word(heygen: HeyGen, sandbox: Sandbox) -> None:
    made, start = Made(), sandbox.clock.now()

    async def skipped(url: str) -> None:
        await press(url)
        path = f"/v3/avatars/{made.ids['group']}"
        group = msgspec.to_builtins(await heygen.avatars.get_group(made.ids["group"]))
        group["consent_status"] = "skipped"
        sandbox.fault(Fault(method="GET", path=path, reply=group, times=10**6))

    plan = DigitalTwinPlan(name="Me", footage=FOOTAGE, on_consent=skipped)
    async with heygen.orchestrator() as studio:
        result = await studio.digital_twin(plan, made=made)
    assert result.looks[0].status == "completed"
    assert sandbox.clock.now() - start < 3600


async def test_a_training_that_fails_is_told_before_the_person_comes(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    pages: list[str] = []
    plan = DigitalTwinPlan(name="Me [[fail]]", footage=FOOTAGE, on_consent=pages.append)
    made, start = Made(), sandbox.clock.now()
    async with heygen.orchestrator() as studio:
        with pytest.raises(JobFailedError, match="moderation") as caught:
            await studio.digital_twin(plan, made=made)
        assert sandbox.clock.now() - start < 3600
        assert made.failed == {"look 0": [caught.value.job_id]}
        assert "look 0" not in made.ids
        with pytest.raises(JobFailedError) as second:
            await studio.digital_twin(plan, made=made)
    assert second.value.job_id != caught.value.job_id, "made anew, not replayed"
    assert tasks() == []


async def test_what_on_consent_raises_ends_the_plan(heygen: HeyGen, sandbox: Sandbox) -> None:
    def fails(url: str) -> None:
        raise RuntimeError(url)

    plan = DigitalTwinPlan(name="Me", footage=FOOTAGE, on_consent=fails)
    async with heygen.orchestrator() as studio:
        with pytest.raises(RuntimeError, match="http") as caught:
            await studio.digital_twin(plan)
    assert "step 'consent'" in caught.value.__notes__[-1]
    assert tasks() == []
    assert len(sandbox.charges) == 1


async def test_a_recorded_consent_needs_no_page(heygen: HeyGen) -> None:
    plan = DigitalTwinPlan(name="Me", footage=FOOTAGE, consent_video=FOOTAGE)
    async with heygen.orchestrator() as studio:
        assert (await studio.digital_twin(plan)).looks[0].status == "completed"


async def test_a_person_consents_once_to_all_of_a_group(heygen: HeyGen, sandbox: Sandbox) -> None:
    silent = DigitalTwinPlan(name="Me", footage=FOOTAGE)
    async with heygen.orchestrator() as studio:
        with pytest.raises(InvalidRequestError, match="on_consent"):
            await studio.digital_twin(silent)
        first = await studio.digital_twin(twin())
        more = DigitalTwinPlan(name="Me", footage=FOOTAGE, avatar_group_id=first.group_id)
        second = await studio.digital_twin(more)
        assert second.group_id == first.group_id
        pending = await heygen.avatars.create(first_request := silent.requests()[0])
        assert pending.created is not None
        other = DigitalTwinPlan(
            name="Me", footage=FOOTAGE, avatar_group_id=pending.created.group_id
        )
        paid = len(sandbox.charges)
        with pytest.raises(InvalidRequestError, match="nobody has consented"):
            await studio.digital_twin(other)
    assert len(sandbox.charges) == paid
    assert first_request.avatar_group_id is None


# Refused before anything is sent


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (DigitalTwinPlan(name="", footage=FOOTAGE, on_consent=press), "name"),
        (DigitalTwinPlan(name="M", footage=b"nothing", on_consent=press), "file"),
        (DigitalTwinPlan(name="M", footage=Path("/no/such.mp4"), on_consent=press), "file"),
        (DigitalTwinPlan(name="M", footage=FOOTAGE), "on_consent"),
        (DigitalTwinPlan(name="M", footage=FOOTAGE, on_consent=NO_FUNCTION), "on_consent"),
        (
            DigitalTwinPlan(name="M", footage=FOOTAGE, on_consent=press, consent_timeout=0),
            "consent_timeout",
        ),
        (
            DigitalTwinPlan(name="M", footage=FOOTAGE, on_consent=press, consent_text="<b>"),
            "consent_text",
        ),
        (twin(script=" "), "script"),
        (twin(script="x" * 5001), "script"),
        (
            DigitalTwinPlan(
                name="M", footage=FOOTAGE, on_consent=press, videos=[AvatarVideoPlan(look=1)]
            ),
            "videos[0].look",
        ),
        (
            DigitalTwinPlan(
                name="M",
                footage=FOOTAGE,
                on_consent=press,
                videos=[AvatarVideoPlan(voice_settings=VoiceSettings(speed=1.0))],
            ),
            "script",
        ),
    ],
)
async def test_what_would_fail_later_is_refused_at_once(
    heygen: HeyGen, calls: Calls, plan: DigitalTwinPlan, field: str
) -> None:
    async with heygen.orchestrator() as studio:
        with pytest.raises(InvalidRequestError) as caught:
            await studio.digital_twin(plan)
    assert field in caught.value.field
    assert calls("GET", "") == calls("POST", "") == 0


async def test_a_target_or_a_wallet_that_will_not_do(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls, tmp_path: Path
) -> None:
    (tmp_path / "me.mp4").touch()
    with pytest.raises(ConfigError, match="async with"):
        await heygen.orchestrator().digital_twin(twin())
    async with heygen.orchestrator() as studio:
        with pytest.raises(TargetError):
            await studio.digital_twin(twin(tmp_path / "me.mp4"))
        assert calls("GET", "") == calls("POST", "") == 0
        sandbox._ctx.world.balance = 1.01
        with pytest.raises(CreditShortageError, match=r"USD \(look 1 USD, video 0\.") as caught:
            await studio.digital_twin(twin())
        assert caught.value.need == pytest.approx(estimate(twin()).usd)
        assert caught.value.have == 1.01
        assert calls("POST", "") == 0
        with pytest.raises(HeyGenError, match="insufficient"):
            await studio.digital_twin(twin(), preflight=False)


# In doubt


async def test_a_doubt_that_no_key_protects_any_more_stops_the_plan(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    sandbox.fault(Fault(path="/v3/avatars", commit_then_drop=True, times=99))
    made = Made()
    async with heygen.orchestrator() as studio:
        with pytest.raises(HeyGenError) as caught:
            await studio.digital_twin(twin(), made=made)
        assert "perhaps made too: look 0" in caught.value.__notes__[-1]
        sandbox._running.faults.clear()
        sandbox._ctx.world.balance = 0.06
        with pytest.raises(CreditShortageError, match="video"):
            await studio.digital_twin(twin(script="word " * 20), made=again(made))
        late = again(made)
        late.unknown["look 0"].time -= DAY
        with pytest.raises(InvalidRequestError) as refused:
            await studio.digital_twin(twin(), made=late)
        assert refused.value.field == "made.unknown"
        edited = DigitalTwinPlan(name="Me", footage=FOOTAGE + b".", on_consent=press)
        made.ids.clear()
        with pytest.raises(InvalidRequestError, match="another request"):
            await studio.digital_twin(edited, made=made)
    assert len(sandbox.charges) == 1


async def test_many_twins_share_the_bounds(heygen: HeyGen, sandbox: Sandbox) -> None:
    async with heygen.orchestrator(slots=1) as studio:
        plans = [twin(script=f"Hello number {number}.") for number in range(3)]
        made = await asyncio.gather(*map(studio.digital_twin, plans))
    assert len({each.group_id for each in made}) == 3, "in no named run plans alike are one"
    assert not any(request.status == 429 for request in sandbox.requests)
