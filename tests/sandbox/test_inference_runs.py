"""inference.sh: how runs are taken, how their tasks age, and how they end."""

import asyncio
import base64
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import aiohttp
import pytest

from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.inference.apps import APPS
from heygen_async.sandbox.inference.course import STEP, UPLOAD, Status
from heygen_async.sandbox.inference.heygen import Made
from heygen_async.sandbox.inference.house import BusyError, House
from tests.sandbox.kit import BEARER, EPOCH, KEY, STOCK, Platform, problem, still_clock, until

PROMPT = {"type": "prompt", "name": "Ann", "prompt": "a woman in red"}
VIDEO = {"avatar_id": STOCK, "script": "Hello there, friend."}
AVATAR = "create-avatar"


def moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def run(**fields: Any) -> dict[str, Any]:
    """The body of a good run, changed; what is None is left out."""
    body = {"app": "heygen/create-avatar", "input": PROMPT} | fields
    return {name: value for name, value in body.items() if value is not None}


async def test_a_run_is_answered_at_once_with_a_slim_task(platform: Platform) -> None:
    answer = await platform.post("/apps/run", run())
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json["messages"] == []
    task = answer.data
    assert set(task) == {
        "id", "short_id", "created_at", "updated_at", "status", "status_text", "output"
    }  # fmt: skip
    assert len(task["id"]) == 26
    assert task["id"].startswith(task["short_id"])
    assert (task["status"], task["status_text"], task["output"]) == (1, "", None)
    assert task["created_at"] == task["updated_at"] == moment(EPOCH)


async def test_the_alias_is_the_same(platform: Platform) -> None:
    assert (await platform.post("/run", run())).data["status"] == 1


@pytest.mark.parametrize(
    ("app", "more"),
    [
        ("heygen/create-avatar@1807js5w", {}),
        ("heygen/create-avatar@latest", {}),
        ("heygen/create-avatar:run", {}),
        ("heygen/create-avatar@1807js5w:run", {"function": "run"}),
        ("heygen/create-avatar", {"function": "run", "infra": "cloud", "setup": {}}),
        ("heygen/create-avatar", {"infra": "private", "workers": ["w1"]}),
        ("heygen/create-avatar", {"webhook": "https://example.com/x", "metadata": {"a": 1}}),
    ],
)
async def test_an_app_goes_by_many_names(
    platform: Platform, app: str, more: dict[str, Any]
) -> None:
    assert (await platform.post("/apps/run", run(app=app, **more))).data["status"] == 1


async def test_an_app_can_be_named_by_its_ids(platform: Platform) -> None:
    app = (await platform.get("/apps/heygen/create-avatar")).data
    ids = {"app_id": app["id"], "version_id": app["version_id"]}
    task = (await platform.post("/apps/run", run(app=None, **ids))).data
    shown = await platform.task(task["id"])
    assert (shown["app_id"], shown["app_version_id"]) == (app["id"], app["version_id"])
    unknown = await platform.post("/apps/run", run(app=None, app_id="x"))
    assert problem(unknown)[:2] == (404, "not_found")


@pytest.mark.parametrize(
    ("changed", "status", "code", "field"),
    [
        ({"app": None}, 400, "validation_error", "app"),
        ({"app": 5}, 400, "validation_error", "app"),
        ({"app": "create-avatar"}, 400, "validation_error", "app"),
        ({"app": "heygen/nothing"}, 404, "not_found", None),
        ({"app": "heygen/voice-clone"}, 404, "not_found", None),
        ({"app": "heygen/create-avatar@zzzzzzzz"}, 404, "not_found", None),
        ({"app": "heygen/create-avatar:list_resources"}, 404, "not_found", None),
        ({"function": "none"}, 404, "not_found", None),
        (
            {"app": "heygen/create-avatar:run", "function": "no"},
            400,
            "validation_error",
            "function",
        ),
        ({"input": None}, 400, "validation_error", "input"),
        ({"input": []}, 400, "validation_error", "input"),
        ({"input": {}}, 400, "validation_error", "input.type"),
        ({"input": PROMPT | {"type": "studio"}}, 400, "validation_error", "input.type"),
        ({"input": PROMPT | {"image": "x"}}, 400, "validation_error", "input.image"),
        ({"input": PROMPT | {"name": None}}, 400, "validation_error", "input.name"),
        ({"inputs": {}}, 400, "validation_error", "inputs"),
        ({"wait": "yes"}, 400, "validation_error", "wait"),
        ({"wait": True, "stream": True}, 400, "validation_error", "stream"),
        ({"session_timeout": 60}, 400, "validation_error", "session_timeout"),
        ({"session": "new", "session_timeout": 0}, 400, "validation_error", "session_timeout"),
        ({"session": "new", "session_timeout": 3601}, 400, "validation_error", "session_timeout"),
        ({"session": "none"}, 404, "SESSION_NOT_FOUND", None),
        ({"infra": "moon"}, 400, "validation_error", "infra"),
        ({"workers": ["w1"]}, 400, "validation_error", "workers"),
        ({"webhook": "ftp://example.com"}, 400, "validation_error", "webhook"),
        ({"webhook": "http://example.com"}, 400, "validation_error", "webhook"),
        ({"run_at": "tomorrow"}, 400, "validation_error", "run_at"),
    ],
)
async def test_a_bad_run_is_refused_and_costs_nothing(
    platform: Platform, changed: dict[str, Any], status: int, code: str, field: str | None
) -> None:
    answer = await platform.post("/apps/run", run(**changed))
    assert problem(answer)[:2] == (status, code)
    assert answer.json.get("meta", {}).get("field") == field
    if field is not None:
        assert field in answer.json["detail"]
    assert platform.sandbox.charges == ()
    assert (await platform.post("/tasks/list", {})).data["items"] == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff"])
async def test_a_body_that_is_no_json_is_refused(platform: Platform, body: bytes) -> None:
    answer = await platform.post("/apps/run", data=body)
    assert problem(answer)[:2] == (400, "invalid_request")


async def test_an_input_may_be_written_in_any_way(platform: Platform) -> None:
    body = b'{"app": "heygen/create-avatar", "input" :\n  { "type":"prompt", "name": "A\\u00e9",\n'
    body += b' "prompt": "a man" }\n }'
    task = (await platform.post("/apps/run", data=body)).data
    assert (await platform.task(task["id"]))["input"]["name"] == "Aé"


@pytest.mark.parametrize(
    "headers", [{}, KEY, {"Authorization": "Bearer "}, {"Authorization": "Basic eDp5"}]
)
@pytest.mark.parametrize("path", ["/apps/run", "/tasks/x", "/files", "/sessions", "/tasks/x/none"])
async def test_only_a_bearer_opens(platform: Platform, headers: dict[str, str], path: str) -> None:
    answer = await platform("POST", path, {}, key=False, headers=headers)
    assert problem(answer)[:2] == (401, "unauthorized")
    assert BEARER["Authorization"] not in str(platform.sandbox.requests)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/tasks/none"),
        ("DELETE", "/tasks/none"),
        ("GET", "/tasks/none/status"),
        ("GET", "/tasks/none/stream"),
        ("POST", "/tasks/none/cancel"),
        ("GET", "/tasks/none/files"),
        ("DELETE", "/tasks/none/files"),
        ("GET", "/tasks/none/logs"),
        ("GET", "/tasks/none/timings"),
        ("GET", "/tasks/none/nothing"),
        ("GET", "/files/none"),
        ("DELETE", "/files/none"),
        ("GET", "/apps/heygen/none"),
        ("GET", "/apps"),
    ],
)
async def test_what_there_is_not(platform: Platform, method: str, path: str) -> None:
    assert problem(await platform(method, path))[:2] == (404, "not_found")


async def test_a_task_goes_through_its_states(platform: Platform) -> None:
    task_id = (await platform.run("avatar-video", VIDEO))["id"]
    seen = [1]
    while seen[-1] < Status.RUNNING:
        platform.advance(STEP)
        told = (await platform.get(f"/tasks/{task_id}/status")).data
        assert set(told) == {"id", "status", "updated_at"}
        seen.append(told["status"])
        assert (await platform.task(task_id))["output"] is None
    assert seen == [1, 2, 3, 4, 5, 6, 7]
    until_done = platform.sandbox._ctx.world.inference.tasks[task_id].done
    assert until_done
    platform.advance(until_done - platform.sandbox.clock.now())
    uploading = await platform.task(task_id)
    assert (uploading["status"], uploading["output"]) == (9, None)
    platform.advance(UPLOAD)
    done = await platform.task(task_id)
    assert done["status"] == 10
    assert "error" not in done
    assert [event["status"] for event in done["events"]] == [*range(1, 8), 9, 10]
    times = [event["event_time"] for event in done["events"]]
    assert all(former < later for former, later in pairwise(times))
    assert (done["created_at"], done["updated_at"]) == (times[0], times[-1])
    assert {event["task_id"] for event in done["events"]} == {task_id}


async def test_a_whole_task_says_what_was_asked(platform: Platform) -> None:
    said = {"infra": "private_first", "setup": {}, "webhook": "https://example.com/x"}
    task = await platform.run(AVATAR, PROMPT, **said)
    shown = await platform.task(task["id"])
    assert shown["input"] == PROMPT
    assert {name: shown[name] for name in said} == said
    assert shown["function"] == "run"
    assert shown["logs"] == []
    assert "status_text" not in shown


@pytest.mark.parametrize(
    ("app", "given"),
    [
        (AVATAR, PROMPT | {"name": "[[fail]]"}),
        (AVATAR, PROMPT | {"prompt": "[[fail]] a man"}),
        ("avatar-video", VIDEO | {"script": "Hi [[fail]]"}),
        ("video-agent", {"prompt": "[[fail]] make it"}),
        ("video-translate", {"video": "https://a.org/a.mp4", "output_language": "French (France)",
                             "title": "[[fail]]"}),
        ("lipsync", {"video": "https://a.org/a.mp4", "audio": "https://a.org/a.mp3",
                     "title": "[[fail]]"}),
        ("text-to-speech", {"text": "[[fail]]", "voice_id": "v"}),
    ],
)  # fmt: skip
async def test_a_word_makes_a_task_fail(
    platform: Platform, app: str, given: dict[str, Any]
) -> None:
    task = await platform.ran(app, given)
    assert (task["status"], task["output"]) == (11, None)
    assert task["error"]
    assert [event["status"] for event in task["events"]] == [*range(1, 8), 11]
    files = (await platform.get(f"/tasks/{task['id']}/files", params={"role": "output"})).data
    assert files == []


async def test_an_account_without_money_is_refused(http: aiohttp.ClientSession) -> None:
    async with Sandbox(media=False, clock=still_clock(), balance=1.5) as sandbox:
        platform = Platform(sandbox, http)
        await platform.run(AVATAR, PROMPT)
        poor = await platform.post("/apps/run", run(session="new"))
        assert problem(poor)[:2] == (402, "limit_exceeded")
        meta = poor.json["meta"]
        assert (meta["limit"], meta["current"], meta["resource"]) == (0.5, 1.0, "balance")
        assert len((await platform.post("/tasks/list", {})).data["items"]) == 1
        assert (await platform.get("/sessions")).data == []
        assert sandbox.total_charged == 1
    async with Sandbox(media=False, clock=still_clock(), balance=0) as sandbox:
        broke = await Platform(sandbox, http).post("/apps/run", run())
        assert problem(broke)[:2] == (402, "payment_method_required")
        assert broke.json["meta"]["billing_page"].startswith("https://")


async def test_a_run_without_money_may_be_a_rejected_task(http: aiohttp.ClientSession) -> None:
    async with Sandbox(media=False, clock=still_clock(), balance=0, rejects=True) as sandbox:
        platform = Platform(sandbox, http)
        task = await platform.run(AVATAR, PROMPT)
        assert (task["status"], task["status_text"], task["output"]) == (13, "rejected", None)
        assert "balance" in task["error"]
        whole = await platform.task(task["id"])
        assert [event["status"] for event in whole["events"]] == [13]
        cancel = await platform.post(f"/tasks/{task['id']}/cancel")
        assert problem(cancel)[:2] == (409, "invalid_transition")
        waited = await platform.post("/apps/run", run(wait=True))
        assert (waited.status, waited.json["data"]["status"]) == (422, 13)


async def test_renders_wait_in_the_queue_for_a_slot(http: aiohttp.ClientSession) -> None:
    async with Sandbox(media=False, clock=still_clock(), slots=1) as sandbox:
        platform = Platform(sandbox, http)
        tasks = [await platform.run("avatar-video", VIDEO) for _ in range(3)]
        assert len(sandbox.charges) == 1
        avatar = await platform.run(AVATAR, PROMPT)
        platform.advance(STEP * 6)
        states = [(await platform.task(task["id"]))["status"] for task in [*tasks, avatar]]
        assert states == [7, 2, 2, 7]
        platform.advance(3600)
        ended = [await platform.task(task["id"]) for task in tasks]
        assert [task["status"] for task in ended] == [10] * 3
        began = [task["events"][2]["event_time"] for task in ended]
        assert began[0] < began[1] < began[2]
        assert len(sandbox.charges) == 4
        times = [charge.time for charge in sandbox.charges if charge.kind.endswith("-video")]
        assert times[0] < times[1] < times[2] < platform.sandbox.clock.now() - 3000


async def test_who_came_first_is_served_first(http: aiohttp.ClientSession) -> None:
    async with Sandbox(media=False, clock=still_clock(), slots=1) as sandbox:
        platform = Platform(sandbox, http)
        first, second = [await platform.run("avatar-video", VIDEO) for _ in range(2)]
        dropped = await platform.run("avatar-video", VIDEO)
        await platform.post(f"/tasks/{dropped['id']}/cancel")
        platform.advance(120)
        third = await platform.run("avatar-video", VIDEO)
        platform.advance(3600)
        tasks = [await platform.task(each["id"]) for each in (first, second, third)]
        ends = [each["updated_at"] for each in tasks]
        assert ends == sorted(ends)
        assert [charge.id for charge in sandbox.charges] == [each["id"] for each in tasks]
        assert (await platform.task(dropped["id"]))["status"] == 12


async def test_a_task_may_be_cancelled_while_its_app_asks(
    platform: Platform, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answered = asyncio.Event(), asyncio.Event()

    async def busy(_house: House, _given: object) -> Made:
        asked.set()
        await answered.wait()
        raise BusyError

    create = replace(APPS["heygen/create-avatar"].functions["run"], run=busy)
    monkeypatch.setitem(APPS["heygen/create-avatar"].functions, "run", create)
    running = asyncio.create_task(platform.run(AVATAR, PROMPT))
    await asked.wait()
    (task_id,) = sandbox._ctx.world.inference.tasks
    await platform.post(f"/tasks/{task_id}/cancel")
    answered.set()
    assert (await running)["id"] == task_id
    assert sandbox._ctx.world.inference.waiting == []
    platform.advance(60)
    assert (await platform.task(task_id))["status"] == 12


async def test_a_run_may_begin_later(platform: Platform, sandbox: Sandbox) -> None:
    task = await platform.run(AVATAR, PROMPT, run_at=moment(EPOCH + 600))
    assert task["run_at"] == moment(EPOCH + 600)
    platform.advance(599)
    assert (await platform.task(task["id"]))["status"] == 2
    assert sandbox.charges == ()
    platform.advance(3)
    assert (await platform.task(task["id"]))["status"] == 6
    (charge,) = sandbox.charges
    assert charge.time == EPOCH + 600
    platform.advance(600)
    done = await platform.task(task["id"])
    assert done["status"] == 10
    look = await platform.get(f"/v3/avatars/looks/{done['output']['avatar']['id']}", headers=KEY)
    assert look.data["status"] == "completed"


async def test_a_run_of_the_past_begins_now(platform: Platform, sandbox: Sandbox) -> None:
    await platform.run(AVATAR, PROMPT, run_at="2020-01-01T00:00:00")
    assert [charge.time for charge in sandbox.charges] == [EPOCH]


async def test_a_run_begins_although_nobody_looks(platform: Platform, sandbox: Sandbox) -> None:
    await platform.run(AVATAR, PROMPT, run_at=moment(EPOCH + 600))
    platform.advance(601)
    await until(lambda: sandbox.charges)
    assert [charge.time for charge in sandbox.charges] == [EPOCH + 600]


async def test_a_later_run_without_money_is_rejected(http: aiohttp.ClientSession) -> None:
    async with Sandbox(media=False, clock=still_clock(), balance=1) as sandbox:
        platform = Platform(sandbox, http)
        later = await platform.run(AVATAR, PROMPT, run_at=moment(EPOCH + 600))
        await platform.run(AVATAR, PROMPT)
        platform.advance(601)
        task = await platform.task(later["id"])
        assert [event["status"] for event in task["events"]] == [1, 2, 13]
        assert task["updated_at"] == moment(EPOCH + 600)
        assert sandbox.total_charged == 1


async def test_what_begins_later_may_stumble(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    task = await platform.run(AVATAR, PROMPT, run_at=moment(EPOCH + 60))
    monkeypatch.setattr("heygen_async.sandbox.inference.house.House.of", None)
    platform.advance(600)
    assert (await platform.task(task["id"]))["error"] == "Internal error"
    assert "stumbled" in caplog.text
    broken = await platform.post("/apps/run", run())
    assert problem(broken)[:2] == (500, "internal_error")
    assert len((await platform.post("/tasks/list", {})).data["items"]) == 1


async def test_a_task_is_cancelled_and_stays_paid(platform: Platform, sandbox: Sandbox) -> None:
    task_id = (await platform.run("avatar-video", VIDEO))["id"]
    platform.advance(STEP * 6)
    answer = await platform.post(f"/tasks/{task_id}/cancel")
    assert answer.data is None
    task = await platform.task(task_id)
    assert task["status"] == 8
    assert (await platform.post(f"/tasks/{task_id}/cancel")).data is None
    platform.advance(3600)
    task = await platform.task(task_id)
    assert (task["status"], task["output"]) == (12, None)
    assert [event["status"] for event in task["events"]] == [*range(1, 8), 8, 12]
    assert len(sandbox.charges) == 1
    (video,) = (await platform.get("/v3/videos", headers=KEY)).data
    assert video["status"] == "completed"
    again = await platform.post(f"/tasks/{task_id}/cancel")
    assert problem(again)[:2] == (409, "invalid_transition")
    assert "cancelled" in again.json["detail"]


async def test_what_has_not_begun_is_cancelled_for_nothing(
    platform: Platform, sandbox: Sandbox
) -> None:
    task = await platform.run(AVATAR, PROMPT, run_at=moment(EPOCH + 600))
    await platform.post(f"/tasks/{task['id']}/cancel")
    platform.advance(3600)
    shown = await platform.task(task["id"])
    assert [event["status"] for event in shown["events"]] == [1, 8, 12]
    assert sandbox.charges == ()


async def test_an_ended_task_cannot_be_cancelled(platform: Platform) -> None:
    task = await platform.ran(AVATAR, PROMPT)
    answer = await platform.post(f"/tasks/{task['id']}/cancel")
    assert problem(answer)[:2] == (409, "invalid_transition")


async def test_a_run_may_be_waited_for(platform: Platform, sandbox: Sandbox) -> None:
    waiting = asyncio.create_task(platform.post("/apps/run", run(wait=True)))
    await until(lambda: sandbox.charges)
    platform.advance(600)
    task = (await waiting).data
    assert (task["status"], task["status_text"]) == (10, "completed")
    assert task["output"] == (await platform.task(task["id"]))["output"]


@pytest.mark.parametrize("cancelled", [True, False])
async def test_a_bad_end_is_422_to_whoever_waits(platform: Platform, cancelled: bool) -> None:  # noqa: FBT001
    name = "Ann" if cancelled else "[[fail]]"
    body = run(wait=True, input=PROMPT | {"name": name})
    waiting = asyncio.create_task(platform.post("/apps/run", body))
    await until(lambda: platform.sandbox.charges)
    (task_id,) = platform.sandbox._ctx.world.inference.tasks
    if cancelled:
        await platform.post(f"/tasks/{task_id}/cancel")
    platform.advance(600)
    answer = await waiting
    assert answer.status == 422
    assert answer.headers["Content-Type"] == "application/json"
    task = answer.json["data"]
    assert (task["id"], task["status"]) == (task_id, 12 if cancelled else 11)
    assert ("error" in task) is not cancelled


async def test_whoever_waits_may_leave(platform: Platform, sandbox: Sandbox) -> None:
    waiting = asyncio.create_task(platform.post("/apps/run", run(wait=True)))
    await until(lambda: sandbox.charges)
    waiting.cancel()
    await until(lambda: any(each.path == "/apps/run" for each in sandbox.requests))
    assert [each.status for each in sandbox.requests] == [0]


async def test_nobody_waits_for_what_was_forgotten(platform: Platform, sandbox: Sandbox) -> None:
    waiting = asyncio.create_task(platform.post("/apps/run", run(wait=True)))
    await until(lambda: sandbox.charges)
    sandbox.reset()
    assert problem(await waiting)[:2] == (404, "not_found")


async def test_a_sandbox_stops_under_whoever_waits(http: aiohttp.ClientSession) -> None:
    async with Sandbox(media=False, clock=still_clock()) as sandbox:
        platform = Platform(sandbox, http)
        waiting = asyncio.create_task(platform.post("/apps/run", run(wait=True)))
        await until(lambda: sandbox.charges)
    with pytest.raises(aiohttp.ClientError):
        await waiting


async def test_logs_and_timings(platform: Platform) -> None:
    task = await platform.ran(AVATAR, {"type": "photo", "name": "Ann"})
    told = (await platform.get(f"/tasks/{task['id']}/logs")).data
    assert (told["task_id"], told["status"]) == (task["id"], 11)
    assert told["events"] == task["events"]
    texts = [(each["log_type"], base64.b64decode(each["content"])) for each in told["logs"]]
    assert texts[0] == (3, b"setting up heygen/create-avatar\n")
    assert texts[-1] == (4, b"file is required for type 'photo'\n")
    timings = (await platform.get(f"/tasks/{task['id']}/timings")).data
    assert timings["total_duration_ms"] == 3500
    assert sum(each["duration_ms"] for each in timings["groups"]) == 3500
    assert timings["groups"][0] == {"name": "received", "duration_ms": 500}


async def test_tasks_are_listed_in_pages(platform: Platform) -> None:
    ids = [(await platform.run(AVATAR, PROMPT))["id"] for _ in range(5)]
    video = (await platform.run("avatar-video", VIDEO))["id"]
    newest = [video, *reversed(ids)]
    first = (await platform.post("/tasks/list", {"limit": 4})).data
    assert [each["id"] for each in first["items"]] == newest[:4]
    assert (first["has_next"], first["has_previous"], first["items_per_page"]) == (True, False, 4)
    rest = (await platform.post("/tasks/list", {"limit": 4, "cursor": first["next_cursor"]})).data
    assert [each["id"] for each in rest["items"]] == newest[4:]
    assert (rest["has_next"], rest["next_cursor"]) == (False, None)
    back = {"limit": 4, "cursor": rest["prev_cursor"], "direction": "prev"}
    assert (await platform.post("/tasks/list", back)).data["items"] == first["items"]
    some = {"filters": [{"field": "function", "value": "run"}], "search": video[:8].upper(),
            "fields": ["status"]}  # fmt: skip
    assert (await platform.post("/tasks/list", some)).data["items"] == [{"id": video, "status": 1}]
    either = [{"field": "status", "operator": "in", "value": [11, 12]}]
    assert (await platform.post("/tasks/list", {"filters": either})).data["items"] == []
    oldest = {"sort": [{"field": "id", "order": "asc"}]}
    found = (await platform.post("/tasks/list", oldest)).data["items"]
    assert [each["id"] for each in found] == sorted(newest)


@pytest.mark.parametrize(
    "body",
    [
        {"limit": 0},
        {"limit": 101},
        {"cursor": "x"},
        {"filters": [{"field": "none", "value": 1}]},
        {"sort": [{"field": "none"}]},
        {"direction": "up"},
        {"page": 2},
    ],
)
async def test_bad_lists_are_refused(platform: Platform, body: dict[str, Any]) -> None:
    await platform.run(AVATAR, PROMPT)
    assert problem(await platform.post("/tasks/list", body))[:2] == (400, "validation_error")


async def test_only_an_ended_task_can_be_deleted(platform: Platform) -> None:
    task_id = (await platform.run(AVATAR, PROMPT))["id"]
    early = await platform("DELETE", f"/tasks/{task_id}")
    assert problem(early)[:2] == (409, "invalid_transition")
    platform.advance(600)
    assert (await platform("DELETE", f"/tasks/{task_id}")).data is None
    assert (await platform.get(f"/tasks/{task_id}")).status == 404


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (Fault(path="/apps/run", status=429, retry_after=7), 429, "rate_limited"),
        (Fault(path="/apps/run", status=503), 503, "app_maintenance"),
        (Fault(path="/apps/run", status=500), 500, "internal_error"),
        (Fault(path="/apps/run", status=403, code="insufficient_scope"), 403, "insufficient_scope"),
        (Fault(path="/apps/", status=410, code="app_retired"), 410, "app_retired"),
        (Fault(path="*", status=402), 402, "limit_exceeded"),
    ],
)
async def test_faults_are_problems(
    platform: Platform, fault: Fault, status: int, code: str
) -> None:
    platform.sandbox.fault(fault)
    answer = await platform.post("/apps/run", run())
    assert problem(answer)[:2] == (status, code)
    assert answer.headers.get("Retry-After") == ("7" if status == 429 else None)
    assert platform.sandbox.charges == ()


async def test_a_run_may_be_taken_and_not_answered(platform: Platform, sandbox: Sandbox) -> None:
    sandbox.fault(Fault(path="/apps/run", commit_then_drop=True))
    with pytest.raises(aiohttp.ClientError):
        await platform.post("/apps/run", run())
    assert len(sandbox.charges) == 1
    sandbox.fault(Fault(path="/tasks/", status_word="dreaming"))
    (task_id,) = sandbox._ctx.world.inference.tasks
    assert (await platform.task(task_id))["status"] == "dreaming"
    assert (await platform.task(task_id))["status"] == 1


async def test_the_control_plane_shows_tasks(platform: Platform, sandbox: Sandbox) -> None:
    task = await platform.ran(AVATAR, {"type": "photo", "name": "<Ann>"})
    state = (await platform.get("/_sandbox/state")).json
    shown = {"id": task["id"], "app": "heygen/create-avatar", "status": "failed"}
    assert state["tasks"] == [shown]
    page = (await platform.get("/_sandbox/")).body.decode()
    assert task["id"] in page
    assert "file is required for type &#x27;photo&#x27;" in page
    sandbox.reset()
    assert (await platform.get("/_sandbox/state")).json["tasks"] == []
    assert (await platform.get(f"/tasks/{task['id']}")).status == 404
