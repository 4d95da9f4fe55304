"""Following a task: whatever its stream does, only its end or the caller's deadline ends it."""

import asyncio
import json
from typing import Any

import pytest
from aiohttp import web

from heygen_async import Timeouts
from heygen_async.errors import (
    ClientLoopError,
    ForbiddenError,
    HeyGenError,
    InvalidRequestError,
    JobFailedError,
    JobTimeoutError,
    NotFoundError,
    UnauthorizedError,
)
from heygen_async.events import Event, StatusChanged, UnknownValueSeen
from heygen_async.inference_sh import Inference, Task, TaskStatus
from heygen_async.inference_sh.pursuit import CONNECTS, SILENCE, Pursuit
from heygen_async.inference_sh.story import Story
from heygen_async.testing import SkippingClock
from tests.inference_sh.kit import (
    DROP,
    HEARTBEAT,
    HOLD,
    TASK,
    VIDEO,
    Cloud,
    at,
    problem,
    refuses,
    says,
    slim,
)

DONE = slim(10, output=VIDEO, updated_at=at(90))
RUNNING = slim(7, updated_at=at(5))


async def seen(inference: Inference, **options: Any) -> list[Task[Any]]:
    return [task async for task in inference.run("heygen/voice-clone", {}, stream=True, **options)]


async def words(inference: Inference) -> list[str]:
    return [task.status.word for task in await seen(inference)]


async def test_a_stream_of_snapshots_and_parts(inference: Inference, cloud: Cloud) -> None:
    cloud.run(slim(session_id="s1"))
    cloud.stream(
        cloud.lines(
            slim(2, updated_at=at(1)),
            HEARTBEAT,
            {"data": {"status": 7, "updated_at": at(5)}, "fields": ["status", "updated_at"]},
            {"data": {"logs": [{"log_type": 1, "content": "eA=="}]}, "fields": ["logs"]},
            {"data": DONE},
        )
    )
    tasks = await seen(inference)
    assert [task.status.word for task in tasks] == [
        *("received", "queued", "running", "running", "completed")
    ]
    assert tasks[-1].output == VIDEO
    assert tasks[-1].session_id == "s1"
    assert tasks[-1].logs[0].content == "eA=="
    assert cloud.connects == 1
    (stream,) = [each for each in cloud.seen if each.path.endswith("/stream")]
    assert stream.headers["Accept"] == "application/x-ndjson"
    assert stream.headers["Accept-Encoding"] == "identity"
    assert cloud.count("GET", f"/tasks/{TASK}") == 0


async def test_lines_that_are_cut_anywhere(inference: Inference, cloud: Cloud) -> None:
    cloud.run()
    whole = json.dumps(slim(7, updated_at=at(3), error="é…"), ensure_ascii=False).encode() + b"\n"
    cut = whole.index("é".encode()) + 1
    cloud.stream(cloud.lines(whole[:20], whole[20:cut], whole[cut:], DONE))
    tasks = await seen(inference)
    assert [task.error for task in tasks] == ["", "é…", "é…"]


async def test_what_is_no_news_is_left_out(inference: Inference, cloud: Cloud) -> None:
    cloud.run()
    cloud.stream(
        cloud.lines(
            b"\n",
            b"garbage\n",
            b'{"a":"\xff"}\n',
            b"[" * 3000 + b"\n",
            b"null\n[1]\n17\n{}\n",
            {"event": "delta", "data": {"delta": {"text": "x"}, "seq": 1}},
            {"event": "tomorrow", "data": {"status": 10}},
            slim(10, id="somebody-else", updated_at=at(80)),
            RUNNING,
            RUNNING,
            {**RUNNING, "error": "told again"},
            slim(2, updated_at=at(1)),
            DONE,
        )
    )
    assert await words(inference) == ["received", "running", "completed"]
    assert cloud.connects == 1


async def test_statuses_as_words(inference: Inference, cloud: Cloud) -> None:
    cloud.run(slim("received"))
    cloud.stream(
        cloud.lines(
            slim("scheduled", updated_at=at(1)),
            slim("running", updated_at=at(2)),
            # The number is of before 2026, and the word is right.
            slim(9, status_text="completed", output=VIDEO, updated_at=at(3)),
        )
    )
    assert await words(inference) == ["received", "dispatched", "running", "completed"]


async def test_server_sent_events_though_lines_were_asked_for(
    inference: Inference, cloud: Cloud
) -> None:
    cloud.run()
    text = (
        f": hello\n\nevent: update\ndata: {json.dumps(RUNNING)}\n\n"
        f"data: {json.dumps({'data': DONE})}\n\nevent: done\ndata: {{}}\n\n"
    )
    cloud.stream(cloud.lines(text.encode(), kind="text/event-stream"))
    assert await words(inference) == ["received", "running", "completed"]


async def test_the_comments_of_sse_are_life(
    inference: Inference, cloud: Cloud, clock: SkippingClock
) -> None:
    cloud.run()
    cloud.task(RUNNING)
    beats = [piece for _ in range(30) for piece in (20, b": alive\n\n")]
    end = f"data: {json.dumps(DONE)}\n\n".encode()
    cloud.stream(cloud.lines(*beats, end, kind="text/event-stream"))
    assert (await words(inference))[-1] == "completed"
    assert cloud.connects == 1
    assert clock.monotonic() >= 600


async def test_a_long_quiet_task_is_waited_for(
    inference: Inference, cloud: Cloud, clock: SkippingClock
) -> None:
    cloud.run()
    cloud.task(RUNNING)
    beats = [piece for _ in range(60) for piece in (10, HEARTBEAT)]
    cloud.stream(cloud.lines(RUNNING, *beats, DONE))
    task = await inference.run("heygen/voice-clone", {})
    assert task.output == VIDEO
    assert clock.monotonic() >= 600
    assert cloud.connects == 1
    # Looked at about every 30 seconds, cheaply, while the stream went on.
    assert 15 <= cloud.count("GET", f"/tasks/{TASK}/status") <= 20
    assert cloud.count("GET", f"/tasks/{TASK}") == 0


async def test_an_end_that_only_a_read_shows(inference: Inference, cloud: Cloud) -> None:
    cloud.run()
    cloud.task(RUNNING, DONE)
    cloud.stream(cloud.lines(RUNNING, *[piece for _ in range(60) for piece in (10, HEARTBEAT)]))
    task = await inference.run("heygen/voice-clone", {})
    assert task.output == VIDEO
    assert cloud.connects == 1


async def test_a_silent_stream_is_left(
    inference: Inference, cloud: Cloud, clock: SkippingClock
) -> None:
    cloud.run()
    cloud.task(RUNNING)
    cloud.stream(cloud.lines(RUNNING, HOLD), cloud.lines(DONE))
    assert await words(inference) == ["received", "running", "completed"]
    assert cloud.connects == 2
    assert SILENCE <= clock.monotonic() <= SILENCE + 2


@pytest.mark.parametrize("moment", [28.16, 251.27, 118.08])
async def test_the_next_look_comes_whatever_the_clock_shows(
    inference: Inference, cloud: Cloud, clock: SkippingClock, moment: float
) -> None:
    # Where 30 seconds later minus now is a little less than 30.
    assert moment + 30 - moment < 30
    clock.advance(moment)
    cloud.run()
    cloud.task(DONE)
    cloud.stream(cloud.lines(HOLD))
    assert await words(inference) == ["received", "completed"]
    assert clock.monotonic() == moment + 30


@pytest.mark.parametrize("ending", [(), (DROP,), (b'{"status": 10, "out',), (b'{"status"', DROP)])
async def test_a_stream_that_ends_without_an_end(
    inference: Inference, cloud: Cloud, clock: SkippingClock, ending: tuple[Any, ...]
) -> None:
    cloud.run()
    cloud.task(RUNNING)
    cloud.stream(cloud.lines(RUNNING, *ending), cloud.lines(RUNNING, DONE))
    assert await words(inference) == ["received", "running", "completed"]
    assert cloud.connects == 2
    assert 0.5 <= clock.monotonic() <= 1.0


async def test_an_end_while_the_connection_was_down(inference: Inference, cloud: Cloud) -> None:
    cloud.run()
    cloud.task(DONE)
    cloud.stream(cloud.lines(DROP))
    assert await words(inference) == ["received", "completed"]
    assert cloud.connects == 1


async def test_a_task_that_was_over_at_once_is_not_followed(
    inference: Inference, cloud: Cloud
) -> None:
    cloud.run(DONE)
    task = await inference.run("heygen/voice-clone", {})
    assert task.output == VIDEO
    assert [each.path for each in cloud.seen] == ["/apps/run"]


async def test_an_end_that_was_told_without_its_output(inference: Inference, cloud: Cloud) -> None:
    cloud.run()
    cloud.task(DONE)
    part = {"data": {"status": 10, "updated_at": at(90)}, "fields": ["status", "updated_at"]}
    cloud.stream(cloud.lines(part))
    tasks = await seen(inference)
    assert [task.status.word for task in tasks] == ["received", "completed"]
    assert tasks[-1].output == VIDEO


async def test_an_output_of_before_the_end_is_not_that_of_the_end(
    inference: Inference, cloud: Cloud
) -> None:
    cloud.run()
    cloud.task(slim(7, output={"text": "wh"}, updated_at=at(8)), DONE)
    cloud.stream(
        cloud.lines(slim(7, output={"text": "w"}, updated_at=at(1)), {"data": {"status": 10}})
    )
    assert (await inference.run("heygen/voice-clone", {})).output == VIDEO


async def test_a_read_may_lag_behind_the_end(
    inference: Inference, cloud: Cloud, clock: SkippingClock
) -> None:
    cloud.run()
    end = {"data": {"status": 10}, "fields": ["status"]}
    cloud.stream(cloud.lines(end))
    cloud.on(
        *("GET", f"/tasks/{TASK}", *[refuses("internal_error", 503)] * 7),
        *(says(RUNNING), says(slim(10)), says(slim(10, output={})), says(DONE)),
    )
    assert (await inference.run("heygen/voice-clone", {})).output == VIDEO
    # What makes nothing is not waited for without end.
    cloud.task(slim(10))
    begun = clock.monotonic()
    assert (await inference.run("heygen/voice-clone", {})).output is None
    assert clock.monotonic() - begun < 20
    # And only as long as the caller likes.
    cloud.task(RUNNING)
    with pytest.raises(JobTimeoutError):
        await inference.run("heygen/voice-clone", {}, timeout=99)


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [
        (
            11,
            "HeyGen API error (402): no credit",
            "failed: HeyGen API error (402): no credit [402]",
        ),
        (11, "Video generation failed [MOVIO_1]: no", "no [MOVIO_1]"),
        (11, "", "failed: no reason given"),
        (12, "", "cancelled: no reason given"),
        (13, "no balance", "rejected: no balance"),
        ("failed", "No.", "failed: No."),
    ],
)
async def test_bad_ends(
    inference: Inference, cloud: Cloud, status: Any, error: str, said: str
) -> None:
    cloud.run()
    end = slim(status, error=error, updated_at=at(9))
    cloud.task(end)
    cloud.stream(cloud.lines(RUNNING, end))
    with pytest.raises(JobFailedError) as caught:
        await inference.run("heygen/voice-clone", {})
    assert caught.value.job_id == TASK
    assert caught.value.kind == "task"
    assert said in str(caught.value)
    assert (caught.value.hint is not None) == (status == 13)
    # Iterated, it is the last update, and an exception for whoever wants one.
    last = (await seen(inference))[-1]
    with pytest.raises(JobFailedError):
        last.raise_for_status()


async def test_a_status_of_tomorrow_ends_nothing(
    inference: Inference, cloud: Cloud, events: list[Event]
) -> None:
    cloud.run()
    cloud.task(RUNNING)
    cloud.stream(cloud.lines(slim(99, updated_at=at(2)), slim("resting", updated_at=at(3)), DONE))
    tasks = await seen(inference)
    assert [task.status.word for task in tasks] == ["received", "unknown", "unknown", "completed"]
    assert [e.value for e in events if isinstance(e, UnknownValueSeen)] == ["99"]
    assert [e.status for e in events if isinstance(e, StatusChanged)][-1] == "completed"


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("unauthorized", 401, UnauthorizedError),
        ("insufficient_scope", 403, ForbiddenError),
        ("not_found", 404, NotFoundError),
    ],
)
async def test_a_refused_read_is_final_and_tells_the_task(
    inference: Inference, cloud: Cloud, code: str, status: int, kind: type[HeyGenError]
) -> None:
    cloud.run()
    for path in ("", "/status", "/stream"):
        cloud.on("GET", f"/tasks/{TASK}{path}", refuses(code, status))
    with pytest.raises(kind) as caught:
        await inference.run("heygen/voice-clone", {})
    assert any(TASK in note for note in caught.value.__notes__)
    assert TASK in (caught.value.hint or "")


@pytest.mark.parametrize("status", [400, 401, 403, 405, 406, 410, 415])
async def test_a_refused_stream_is_not_the_end_of_the_task(
    inference: Inference, cloud: Cloud, status: int
) -> None:
    cloud.run()
    cloud.task(RUNNING, RUNNING, DONE)
    cloud.stream(refuses("x", status))
    assert (await words(inference))[-1] == "completed"
    assert cloud.connects == 1


async def test_a_task_need_not_be_known_everywhere_at_once(
    inference: Inference, cloud: Cloud
) -> None:
    cloud.run()
    missing = refuses("not_found", 404)
    cloud.on("GET", f"/tasks/{TASK}", missing, missing, says(RUNNING))
    cloud.stream(missing, missing, cloud.lines(DONE))
    assert (await words(inference))[-1] == "completed"
    assert cloud.connects == 3
    # Who comes with an id of old is told at once.
    cloud.on("GET", f"/tasks/{TASK}", missing)
    with pytest.raises(NotFoundError):
        await inference.task(TASK).wait()
    assert cloud.connects == 3


@pytest.mark.parametrize("status", [429, 500, 502, 503])
async def test_a_stream_that_may_come_later(
    inference: Inference, cloud: Cloud, clock: SkippingClock, status: int
) -> None:
    cloud.run()
    cloud.task(RUNNING)
    again = {"Retry-After": "7"} if status in (429, 503) else {}
    cloud.stream(says(problem("busy", 10), status, **again), cloud.lines(DONE))
    # The body's own status is that of HTTP, whatever number it is: never a task's.
    assert (await words(inference))[-1] == "completed"
    assert cloud.connects == 2
    assert clock.monotonic() >= (7 if again else 0.5)


@pytest.mark.parametrize("status", [429, 503])
async def test_meanwhile_the_task_is_looked_at(
    inference: Inference, cloud: Cloud, clock: SkippingClock, status: int
) -> None:
    cloud.run()
    cloud.task(*[RUNNING] * 4, DONE)
    cloud.stream(refuses("busy", status, **{"Retry-After": "3600"}))
    assert (await words(inference))[-1] == "completed"
    assert cloud.connects == 1
    assert clock.monotonic() < 60


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/octet-stream"])
async def test_a_stream_by_another_name_is_not_waited_for(
    cloud: Cloud, world: Any, kind: str
) -> None:
    cloud.run()
    cloud.task(RUNNING, DONE)
    cloud.stream(cloud.lines(RUNNING, HEARTBEAT, HOLD, kind=kind))
    async with Inference(
        api_key="k", base_url=cloud.url, world=world, timeouts=Timeouts(read=0.3)
    ) as client:
        async with asyncio.timeout(5):
            task = await client.run("heygen/voice-clone", {})
    assert task.output == VIDEO
    assert cloud.connects == 1


async def test_a_stream_has_a_patience_of_its_own(cloud: Cloud, world: Any) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.3)
        return await cloud.lines(DONE)(request)

    cloud.run()
    cloud.task(RUNNING)
    cloud.stream(slow)
    async with Inference(
        api_key="k", base_url=cloud.url, world=world, timeouts=Timeouts(write=0.1)
    ) as client:
        assert (await client.run("heygen/voice-clone", {})).completed
    assert cloud.connects == 1


async def test_the_same_again_is_no_news(
    inference: Inference, cloud: Cloud, clock: SkippingClock
) -> None:
    cloud.run()
    cloud.task(*[RUNNING] * 30, DONE)
    cloud.stream(cloud.lines(RUNNING))
    assert (await words(inference))[-1] == "completed"
    assert cloud.connects == CONNECTS + 1  # the first of them brought something
    # A snapshot that comes again and again does not keep anybody from looking.
    clock.advance(100)
    cloud.task(RUNNING, DONE)
    cloud.stream(cloud.lines(*[piece for _ in range(60) for piece in (RUNNING, 10)]))
    begun = clock.monotonic()
    assert (await words(inference))[-1] == "completed"
    assert clock.monotonic() - begun <= 100


async def test_a_task_is_polled_for_days(
    inference: Inference, cloud: Cloud, clock: SkippingClock
) -> None:
    pursuit = Pursuit(
        Story(slim()),
        lambda _: None,
        sender=inference._sender,
        streams=asyncio.Semaphore(1),
    )
    cloud.task(RUNNING)
    pursuit._pause = 9.9
    assert [await pursuit._poll() for _ in range(3)] == [9.9, 10.0, 10.0]


async def test_a_problem_within_a_stream_is_no_status(inference: Inference, cloud: Cloud) -> None:
    cloud.run()
    cloud.task(RUNNING)
    cloud.stream(cloud.lines(RUNNING, problem("internal_error", 10)), cloud.lines(DONE))
    tasks = await seen(inference)
    assert [task.status.word for task in tasks] == ["received", "running", "completed"]
    assert tasks[-1].output == VIDEO


async def test_where_no_stream_can_be_had_the_task_is_polled(
    inference: Inference, cloud: Cloud, clock: SkippingClock
) -> None:
    cloud.run()
    cloud.task(*[RUNNING] * 20, DONE)
    cloud.stream(refuses("internal_error", 503))
    assert (await words(inference))[-1] == "completed"
    assert cloud.connects == CONNECTS
    assert clock.monotonic() > 30


@pytest.mark.parametrize("answer", [says(slim(7)), refuses("not_acceptable", 406)])
async def test_what_is_no_stream_is_not_asked_for_again(
    inference: Inference, cloud: Cloud, answer: Any
) -> None:
    cloud.run()
    cloud.task(RUNNING, RUNNING, DONE)
    cloud.stream(answer)
    assert (await words(inference))[-1] == "completed"
    assert cloud.connects == 1


async def test_a_look_that_fails_is_no_end(inference: Inference, cloud: Cloud) -> None:
    cloud.run()
    flaky = [refuses("internal_error", 500)] * 7
    cloud.on("GET", f"/tasks/{TASK}", *flaky, says(slim(7)), says(DONE))
    cloud.on("GET", f"/tasks/{TASK}/status", *flaky, says({"id": TASK, "status": 10}))
    cloud.stream(refuses("not_acceptable", 406))
    assert (await words(inference))[-1] == "completed"


async def test_a_server_without_the_cheap_look(inference: Inference, cloud: Cloud) -> None:
    cloud.run()
    cloud.on("GET", f"/tasks/{TASK}", says(RUNNING), says(RUNNING), says(DONE))
    cloud.stream(refuses("not_acceptable", 406))
    assert (await words(inference))[-1] == "completed"
    assert cloud.count("GET", f"/tasks/{TASK}/status") == 2


async def test_only_so_many_streams_are_open_at_once(
    cloud: Cloud, clock: SkippingClock, world: Any
) -> None:
    cloud.run()
    cloud.task(RUNNING, RUNNING, RUNNING, RUNNING, DONE)
    cloud.stream(cloud.lines(RUNNING, HOLD))
    async with Inference(api_key="k", base_url=cloud.url, world=world, max_requests=2) as client:
        clock.watch(lambda: client.in_flight)
        runs = (client.run("heygen/voice-clone", {}) for _ in range(4))
        tasks = await asyncio.gather(*runs)
    assert {task.status for task in tasks} == {TaskStatus.COMPLETED}
    assert cloud.connects <= 2


async def test_the_callers_deadline_ends_it_and_cancels_nothing(
    inference: Inference, cloud: Cloud, clock: SkippingClock
) -> None:
    cloud.run()
    cloud.task(RUNNING)
    cloud.stream(cloud.lines(RUNNING, *[piece for _ in range(99) for piece in (10, HEARTBEAT)]))
    with pytest.raises(JobTimeoutError) as caught:
        await inference.run("heygen/voice-clone", {}, timeout=100)
    assert (caught.value.job_id, caught.value.status) == (TASK, "running")
    assert 100 <= caught.value.age < 101
    assert not any("cancel" in each.path for each in cloud.seen)
    assert len(asyncio.all_tasks()) <= 8  # the server's own


async def test_a_handles_first_look_is_within_its_deadline(cloud: Cloud) -> None:
    cloud.on("GET", f"/tasks/{TASK}", cloud.lines(HOLD))
    async with Inference(api_key="k", base_url=cloud.url) as client:
        handle = client.task(TASK)
        for wait in (handle.wait(timeout=0.1), anext(handle.updates(timeout=0.1))):
            with pytest.raises(JobTimeoutError) as caught:
                await wait
            assert (caught.value.job_id, caught.value.status) == (TASK, None)


async def test_a_handles_deadline_is_a_time(inference: Inference, cloud: Cloud) -> None:
    for wrong in (-1, float("nan"), "30"):
        with pytest.raises(InvalidRequestError):
            await inference.task(TASK).wait(timeout=wrong)  # type: ignore[arg-type]
    assert cloud.seen == []


async def test_a_handles_first_look_may_fail(inference: Inference, cloud: Cloud) -> None:
    cloud.on("GET", f"/tasks/{TASK}", refuses("internal_error", 503))
    cloud.stream(cloud.lines(DONE))
    assert (await inference.task(TASK).wait()).output == VIDEO


async def test_a_client_that_is_closed_ends_the_wait(inference: Inference, cloud: Cloud) -> None:
    cloud.run()
    cloud.task(RUNNING)
    cloud.stream(cloud.lines(RUNNING, HOLD))
    updates = inference.run("heygen/voice-clone", {}, stream=True)
    async for task in updates:
        if task.status is TaskStatus.RUNNING:
            break
    await inference.close()
    with pytest.raises(ClientLoopError) as caught:
        await anext(updates)
    assert TASK in (caught.value.hint or "")
    await updates.aclose()


async def test_whoever_leaves_early_leaves_nothing_behind(
    inference: Inference, cloud: Cloud
) -> None:
    cloud.run()
    cloud.task(RUNNING)
    cloud.stream(cloud.lines(RUNNING, HOLD))
    updates = inference.run("heygen/voice-clone", {}, stream=True)
    async for task in updates:
        if task.status is TaskStatus.RUNNING:
            break
    await updates.aclose()
    assert inference._follower._streams._value == 32
