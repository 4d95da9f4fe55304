"""Calls of v1 and v2: who is warned of their end, where, and how often, and what names v3."""

import asyncio
import inspect
import logging
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from heygen_async import Call, HeyGen, HeyGenDeprecationWarning, HeyGenLimitWarning
from heygen_async.errors import (
    APIError,
    BadRequestError,
    DecodeError,
    EndpointRetiredError,
    ForbiddenError,
    InvalidRequestError,
    NotFoundError,
    RateLimitedError,
    ServerError,
    TransportError,
)
from heygen_async.events import DeprecationNoticed, Event
from heygen_async.migration.table import TABLE
from heygen_async.models import v2
from heygen_async.wire import sunset
from heygen_async.wire.calls import Route
from heygen_async.wire.routes import ALL
from heygen_async.wire.routes.v2 import photo_avatars, templates, users, videos
from tests.transport.kit import RecordingClock, Wire, client

QUOTA = "/v2/user/remaining_quota"
LEFT = {"error": None, "data": {"remaining_quota": 60}}
STATUS = "/v1/video_status.get?video_id=v1"
DONE = {"code": 100, "data": {"id": "v1", "status": "completed", "video_url": "https://x/v"}}
GONE = {"Deprecation": "true", "Sunset": "Sat, 31 Oct 2026 00:00:00 GMT"}

Told = list[warnings.WarningMessage]


@pytest.fixture
def told() -> Iterator[Told]:
    """Every warning, as often as it is given."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", HeyGenDeprecationWarning)
        yield caught


@pytest.fixture
def quota(wire: Wire) -> None:
    wire.answer("GET", QUOTA, LEFT, repeat=True)


def here() -> int:
    """The number of the line that calls."""
    frame = inspect.currentframe()
    assert frame is not None
    assert frame.f_back is not None
    return frame.f_back.f_lineno


# Warnings


async def test_a_call_warns_once_at_the_line_that_calls(
    heygen: HeyGen, quota: None, told: Told
) -> None:
    line = here() + 1
    await heygen.v2.users.remaining_quota()
    await heygen.v2.users.remaining_quota()
    (warning,) = told
    assert (warning.filename, warning.lineno) == (__file__, line)
    assert warning.category is HeyGenDeprecationWarning
    assert issubclass(warning.category, DeprecationWarning)
    words = str(warning.message)
    assert "heygen.v2.users.remaining_quota calls GET /v2/user/remaining_quota" in words
    assert "2026-10-31" in words
    assert words.endswith("use heygen.users.get_current")


async def test_every_method_and_every_client_warns_for_itself(
    heygen: HeyGen, wire: Wire, clock: RecordingClock, quota: None, told: Told
) -> None:
    wire.answer("GET", STATUS, DONE, repeat=True)
    async with client(clock) as other:
        for each in (heygen, other, heygen):
            await each.v2.users.remaining_quota()
            await each.v2.videos.get_status("v1")
    assert len(told) == 4


async def test_a_call_that_v3_has_no_equal_for_says_so(
    heygen: HeyGen, wire: Wire, told: Told
) -> None:
    data = {"status": "ready"}
    wire.answer("GET", "/v2/photo_avatar/train/status/g1", {"error": None, "data": data})
    await heygen.v2.photo_avatars.get_training("g1")
    assert str(told[0].message).endswith("v3 has no equal")


async def test_in_a_gather_the_line_is_the_callers_too(
    heygen: HeyGen, quota: None, told: Told
) -> None:
    async def ask() -> int:
        line = here() + 1
        await heygen.v2.users.remaining_quota()
        return line

    lines = await asyncio.gather(*(ask() for _ in range(3)))
    assert [(each.filename, each.lineno) for each in told] == [(__file__, lines[0])]


async def test_in_a_task_group_the_line_is_the_callers_too(
    heygen: HeyGen, quota: None, told: Told
) -> None:
    async def inner() -> None:
        await heygen.v2.users.remaining_quota()

    line = here() - 2
    async with asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(inner())
    assert [(each.filename, each.lineno) for each in told] == [(__file__, line)]


async def test_a_list_warns_at_the_line_that_reads_it(
    heygen: HeyGen, wire: Wire, clock: RecordingClock, told: Told
) -> None:
    entries = {"data": [{"workflow_type": "A"}], "has_more": False}
    wire.answer("GET", "/v1/workflows", entries, repeat=True)
    made = heygen.v2.workflows.list()
    line = here() + 1
    async for _ in made:
        pass
    async with client(clock) as other:
        await other.v2.workflows.list()
    assert {each.filename for each in told} == {__file__}
    assert [each.lineno for each in told] == [line, line + 3]


async def test_a_convenience_warns_at_the_line_that_calls_it(
    heygen: HeyGen, wire: Wire, told: Told
) -> None:
    started = {"data": {"execution_id": "e1", "status": "submitted"}}
    wire.answer("POST", "/v1/workflows/executions", started)
    face, clip = "https://example.com/a.jpg", "https://example.com/b.mp4"
    line = here() + 1
    await heygen.v2.workflows.face_swap(source_image_url=face, target_video_url=clip)
    assert [(each.filename, each.lineno) for each in told] == [(__file__, line)]


def test_a_path_of_v3_is_not_said_to_be_removed() -> None:
    words = sunset.warning(templates.V2_TEMPLATES_GET_SCENES)
    assert words == (
        "heygen.v2.templates.get_scenes calls GET /v3/template/{template_id}, which belongs to v2"
        " and is on no page of v3: use heygen.templates.get"
    )


async def test_a_call_that_is_itself_the_task_warns_at_the_method(
    heygen: HeyGen, quota: None, told: Told
) -> None:
    # Nobody's line is on the stack by then.
    await asyncio.gather(*(heygen.v2.users.remaining_quota() for _ in range(3)))
    (warning,) = told
    assert warning.filename == inspect.getsourcefile(type(heygen.v2.users))


async def test_a_wait_for_a_job_does_not_warn_and_a_read_after_it_does(
    patient: HeyGen, wire: Wire, told: Told
) -> None:
    wire.answer("GET", STATUS, {"code": 100, "data": {"id": "v1", "status": "processing"}})
    wire.answer("GET", STATUS, DONE, repeat=True)
    assert (await patient.v2.videos.job("v1").wait()).video_url
    assert len(wire.sent) == 2
    assert told == []
    line = here() + 1
    await patient.v2.videos.get_status("v1")
    assert [each.lineno for each in told] == [line]


async def test_where_warnings_are_errors_nothing_is_sent(
    heygen: HeyGen, wire: Wire, quota: None
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", HeyGenDeprecationWarning)
        for _ in range(2):
            with pytest.raises(HeyGenDeprecationWarning, match=r"heygen\.users\.get_current"):
                await heygen.v2.users.remaining_quota()
    assert wire.asked == 0
    # Let through after all, it works.
    assert (await heygen.v2.users.remaining_quota()).credits == 1


async def test_a_filter_silences_the_warning(heygen: HeyGen, quota: None) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.filterwarnings("ignore", category=HeyGenDeprecationWarning)
        await heygen.v2.users.remaining_quota()
    assert [each for each in caught if each.category is HeyGenDeprecationWarning] == []


async def test_the_default_filter_shows_a_line_once(
    heygen: HeyGen, clock: RecordingClock, quota: None
) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default", HeyGenDeprecationWarning)
        async with client(clock) as other:
            for each in (heygen, other):
                await each.v2.users.remaining_quota()
    assert len(caught) == 1


async def test_with_options_shares_what_was_told(heygen: HeyGen, quota: None, told: Told) -> None:
    await heygen.with_options(timeout=5).v2.users.remaining_quota()
    await heygen.v2.users.remaining_quota()
    await heygen.with_options(max_retries=0).v2.users.remaining_quota()
    assert len(told) == 1


async def test_a_failed_call_has_warned_and_v3_never_does(
    heygen: HeyGen, wire: Wire, told: Told
) -> None:
    wire.answer("GET", QUOTA, {"error": "no", "data": None}, status=400)
    with pytest.raises(BadRequestError):
        await heygen.v2.users.remaining_quota()
    wire.ok("GET", "/v3/users/me", {"username": "ada"})
    await heygen.users.get_current()
    assert len(told) == 1


# What HeyGen says of the end


def noticed(events: list[Event]) -> list[DeprecationNoticed]:
    return [event for event in events if isinstance(event, DeprecationNoticed)]


@pytest.mark.parametrize(
    ("headers", "said", "expected"),
    [
        pytest.param(GONE, None, (GONE["Deprecation"], GONE["Sunset"], None), id="both headers"),
        pytest.param({"deprecation": "@1793404800"}, None, ("@1793404800", None, None), id="one"),
        pytest.param({"sunset": "soon"}, None, (None, "soon", None), id="the other"),
        pytest.param({}, {"message": "Use v3."}, (None, None, "Use v3."), id="object"),
        pytest.param({}, {"code": "d", "message": "Use v3."}, (None, None, "Use v3."), id="code"),
        pytest.param({}, "Use v3.", (None, None, "Use v3."), id="a sentence alone"),
        pytest.param({}, {"text": "x"}, (None, None, '{"text":"x"}'), id="something else"),
        pytest.param({}, ["x"], (None, None, '["x"]'), id="a list"),
        pytest.param(GONE, {"message": "m"}, (*GONE.values(), "m"), id="everything"),
    ],
)
async def test_what_heygen_says_is_an_event_and_a_record_once(
    heygen: HeyGen,
    wire: Wire,
    caplog: pytest.LogCaptureFixture,
    headers: Mapping[str, str],
    said: Any,
    expected: tuple[str | None, ...],
) -> None:
    events: list[Event] = []
    heygen.observe(events.append)
    body = LEFT if said is None else LEFT | {"warning": said}
    wire.answer("GET", QUOTA, body, headers=headers, repeat=True)
    with caplog.at_level(logging.WARNING, "heygen_async"):
        for _ in range(3):
            await heygen.v2.users.remaining_quota()
    (event,) = noticed(events)
    assert (event.deprecation, event.sunset, event.warning) == expected
    assert (event.call, event.successor) == ("v2.users.remaining_quota", "heygen.users.get_current")
    (record,) = [each for each in caplog.records if "announces" in each.message]
    assert vars(record)["call"] == "v2.users.remaining_quota"
    assert vars(record)["sunset"] == headers.get("Sunset", headers.get("sunset"))


@pytest.mark.parametrize(
    "body",
    [
        LEFT,
        LEFT | {"warning": None},
        LEFT | {"warning": ""},
        {"error": None, "data": {"warning": 1}},
    ],
    ids=["nothing", "null", "empty", "elsewhere"],
)
async def test_where_heygen_says_nothing_there_is_no_event(
    heygen: HeyGen, wire: Wire, caplog: pytest.LogCaptureFixture, body: Any
) -> None:
    events: list[Event] = []
    heygen.observe(events.append)
    wire.answer("GET", QUOTA, body)
    await heygen.v2.users.remaining_quota()
    assert noticed(events) == []
    assert caplog.records == []


async def test_an_error_carries_the_notice_too(heygen: HeyGen, wire: Wire) -> None:
    events: list[Event] = []
    heygen.observe(events.append)
    wire.answer("GET", QUOTA, body=b"<html>", status=400, headers=GONE)
    with pytest.raises(BadRequestError):
        await heygen.v2.users.remaining_quota()
    assert [event.sunset for event in noticed(events)] == [GONE["Sunset"]]


async def test_a_poll_passes_the_notice_on_without_a_warning(
    heygen: HeyGen, wire: Wire, told: Told
) -> None:
    events: list[Event] = []
    heygen.observe(events.append)
    wire.answer("GET", STATUS, DONE, headers=GONE)
    await heygen.v2.videos.job("v1").wait()
    assert [event.call for event in noticed(events)] == ["v2.videos.get_status"]
    assert told == []


async def test_each_endpoint_is_noticed_for_itself_and_shared_by_options(
    heygen: HeyGen, wire: Wire
) -> None:
    events: list[Event] = []
    heygen.observe(events.append)
    wire.answer("GET", QUOTA, LEFT, headers=GONE, repeat=True)
    wire.answer("GET", STATUS, DONE, headers=GONE, repeat=True)
    for each in (heygen, heygen.with_options(timeout=9)):
        await each.v2.users.remaining_quota()
        await each.v2.videos.get_status("v1")
    assert len(noticed(events)) == 2


# Endpoints that are gone


@pytest.mark.parametrize(
    ("status", "body"),
    [
        pytest.param(404, b"404 page not found", id="words of a web server"),
        pytest.param(404, b"<html><h1>Not Found</h1></html>", id="a page"),
        pytest.param(404, b"", id="nothing"),
        pytest.param(404, b'{"message":"no Route matched with those values"}', id="a gateway"),
        pytest.param(404, b'{"detail":"Not Found"}', id="a framework"),
        pytest.param(404, b'{"error":{"code":"not_found","message":"Not found"}}', id="no name"),
        pytest.param(405, b"", id="405"),
        pytest.param(405, b'{"error":{"code":"x","message":"GET only"}}', id="405 with a code"),
        pytest.param(410, b"", id="410"),
        pytest.param(410, b'{"code":"endpoint_sunset","message":"gone"}', id="sunset"),
        pytest.param(400, b'{"error":{"code":"endpoint_sunset","message":"gone"}}', id="its word"),
    ],
)
async def test_an_endpoint_that_is_gone_names_its_successor(
    heygen: HeyGen, wire: Wire, status: int, body: bytes
) -> None:
    wire.answer("GET", QUOTA, status=status, body=body)
    with pytest.raises(EndpointRetiredError) as caught:
        await heygen.v2.users.remaining_quota()
    problem = caught.value
    assert isinstance(problem, NotFoundError)
    assert problem.status == status
    assert "GET /v2/user/remaining_quota" in problem.message
    assert problem.message.endswith("gone at HeyGen: use heygen.users.get_current")
    assert wire.asked == 1


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        pytest.param(404, {"code": 400175, "message": "Look l1 not found."}, NotFoundError, id="A"),
        pytest.param(
            404,
            {"error": {"code": "avatar_not_found", "message": "There is none."}},
            NotFoundError,
            id="B",
        ),
        pytest.param(404, {"error": "there is no l1", "data": None}, NotFoundError, id="words"),
        pytest.param(
            404, {"error": {"code": "not_found", "message": "l1?"}}, NotFoundError, id="its id"
        ),
        pytest.param(403, {"error": "plan", "data": None}, ForbiddenError, id="403"),
        pytest.param(429, {"error": "slow", "data": None}, RateLimitedError, id="429"),
        pytest.param(500, {}, ServerError, id="500"),
    ],
)
async def test_an_answer_of_the_application_is_no_end_of_an_endpoint(
    wire: Wire, clock: RecordingClock, status: int, body: Any, kind: type[APIError]
) -> None:
    wire.answer("GET", "/v2/photo_avatar/l1", body, status=status, repeat=True)
    async with client(clock) as heygen:
        with pytest.raises(kind) as caught:
            await heygen.with_options(max_retries=0).v2.photo_avatars.get("l1")
    assert type(caught.value) is kind


async def test_a_bare_404_for_an_id_leaves_a_doubt(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("GET", "/v2/photo_avatar/l1", status=404, body=b"404 page not found")
    with pytest.raises(EndpointRetiredError) as caught:
        await heygen.v2.photo_avatars.get("l1")
    assert "seems to be gone" in caught.value.message
    assert "or HeyGen does not know an id" in caught.value.message
    assert caught.value.hint is None


@pytest.mark.parametrize(
    "body",
    [
        {"error": "avatar not found: josh", "data": None},
        {"error": {"code": "not_found", "message": "Avatar josh not found"}, "data": None},
    ],
)
async def test_a_404_that_names_an_id_of_the_body_is_no_retirement(
    heygen: HeyGen, wire: Wire, body: dict[str, Any]
) -> None:
    wire.answer("POST", "/v2/video/generate", body, status=404)
    request = v2.GenerateVideo(
        video_inputs=[
            v2.Scene(
                character=v2.AvatarCharacter(avatar_id="josh"),
                voice=v2.TextVoice(input_text="Hello.", voice_id="v"),
            )
        ]
    )
    with pytest.raises(NotFoundError, match="josh") as caught:
        await heygen.v2.videos.generate(request)
    assert not isinstance(caught.value, EndpointRetiredError)


@pytest.mark.parametrize(
    ("route", "hint"),
    [
        (videos.V2_VIDEOS_GENERATE, "heygen_async.to_v3"),
        (photo_avatars.V2_PHOTOS_TRAIN, "None"),
        (users.V2_USERS_QUOTA, "None"),
    ],
    ids=lambda value: value.name if isinstance(value, Route) else "",
)
async def test_what_creates_and_has_a_successor_hints_at_the_bridge(
    heygen: HeyGen, wire: Wire, route: Route, hint: str
) -> None:
    wire.answer(route.method, route.path, status=405)
    with pytest.raises(EndpointRetiredError) as caught:
        await heygen.v2.users._tools.sender.send(Call(route, object))
    assert str(caught.value.hint).startswith(hint)


async def test_an_answer_that_is_gone_keeps_what_it_said(heygen: HeyGen, wire: Wire) -> None:
    body = {"code": "endpoint_sunset", "message": "See the docs."}
    wire.answer("GET", QUOTA, body, status=410, headers={"X-Request-Id": "r1"})
    with pytest.raises(EndpointRetiredError) as caught:
        await heygen.v2.users.remaining_quota()
    problem = caught.value
    assert (problem.code, problem.detail, problem.request_id, problem.attempts) == (
        "endpoint_sunset",
        "See the docs.",
        "r1",
        1,
    )


async def test_no_answer_is_no_end_of_an_endpoint(heygen: HeyGen) -> None:
    with pytest.raises(TransportError):
        await heygen.with_options(max_retries=0).v2.users.remaining_quota()


LEGACY = [route for route in ALL.values() if route.successor is not None]


@pytest.mark.parametrize("route", LEGACY, ids=lambda route: route.name)
def test_a_warning_names_the_call_and_what_to_do(route: Route) -> None:
    words = sunset.warning(route)
    assert f"heygen.{route.name} " in words
    assert words.endswith(f"use {route.successor}" if route.successor else "v3 has no equal")


def test_the_bridge_is_named_where_it_leads() -> None:
    paths = {entry.path for entry in TABLE.values()}
    for route in ALL.values():
        if route.successor is not None and route.method == "POST":
            call: Call[Any] = Call(route, object)
            gone = sunset.retired(call, EndpointRetiredError("x", status=405, code="x"))
            assert gone is not None
            if route.path in paths:
                assert gone.hint, route.path
            if gone.hint:
                assert route.successor in {f"heygen.{entry.route.name}" for entry in TABLE.values()}


async def test_who_observes_later_is_told_later(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("GET", QUOTA, LEFT, headers=GONE, repeat=True)
    seen: list[Event] = []
    await heygen.v2.users.remaining_quota()
    heygen.observe(seen.append)
    for _ in range(2):
        await heygen.v2.users.remaining_quota()
    assert len([event for event in seen if isinstance(event, DeprecationNoticed)]) == 1


@pytest.mark.parametrize("status", [405, 410])
async def test_a_delete_at_an_endpoint_that_is_gone_deleted_nothing(
    heygen: HeyGen, wire: Wire, status: int
) -> None:
    wire.answer("DELETE", "/v2/photo_avatar/l1", status=503)
    wire.answer("DELETE", "/v2/photo_avatar/l1", status=status)
    with pytest.raises(EndpointRetiredError):
        await heygen.v2.photo_avatars.delete("l1")


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"data": null}', b'{"data": {"video_id": []}}'])
async def test_an_answer_to_a_paid_call_that_nobody_can_read_says_that_it_may_be_billed(
    heygen: HeyGen, wire: Wire, body: bytes
) -> None:
    wire.answer("POST", "/v2/video/generate", body=body)
    scene = v2.Scene(voice=v2.TextVoice(input_text="Hello.", voice_id="v"))
    with pytest.raises(DecodeError) as caught:
        await heygen.v2.videos.generate(v2.GenerateVideo(video_inputs=[scene]))
    assert "billed" in (caught.value.hint or "")


# What only some of HeyGen's pages allow


def speech(text: str = "Hi.", *, speed: float = 1.0, pitch: float = 0.0) -> v2.GenerateVideo:
    voice = v2.TextVoice(input_text=text, voice_id="vo1", speed=speed, pitch=pitch)
    scene = v2.Scene(voice=voice, character=v2.AvatarCharacter(avatar_id="a1"))
    return v2.GenerateVideo(video_inputs=[scene])


DOUBTFUL = [
    (speech("a" * 1501), "video_inputs[0].voice.input_text is 1,501 characters long: ", "1,500"),
    (speech(speed=1.6), "video_inputs[0].voice.speed is 1.6: ", "at most 1.5"),
    (speech(pitch=-21), "video_inputs[0].voice.pitch is -21: ", "-20 to 20"),
]


@pytest.mark.parametrize(("request_", "begins", "limit"), DOUBTFUL)
async def test_what_may_be_refused_is_told_at_the_line_that_calls(
    heygen: HeyGen, wire: Wire, request_: v2.GenerateVideo, begins: str, limit: str
) -> None:
    wire.answer("POST", "/v2/video/generate", {"error": None, "data": {"video_id": "v1"}})
    line = here() + 2
    with pytest.warns(HeyGenLimitWarning) as told:
        await heygen.v2.videos.generate(request_)
    (warning,) = [each for each in told if each.category is HeyGenLimitWarning]
    assert (warning.filename, warning.lineno) == (__file__, line)
    assert str(warning.message).startswith(begins)
    assert limit in str(warning.message)
    assert len(wire.sent) == 1


async def test_where_warnings_are_errors_what_may_be_refused_is_not_sent(
    heygen: HeyGen, wire: Wire
) -> None:
    with pytest.raises(HeyGenLimitWarning, match="speed"):
        await heygen.v2.videos.generate(speech(speed=2))
    assert not wire.sent


async def test_what_all_pages_allow_is_no_doubt(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("POST", "/v2/video/generate", {"error": None, "data": {"video_id": "v1"}})
    await heygen.v2.videos.generate(speech("a" * 1500, speed=1.5, pitch=20))
    with pytest.raises(InvalidRequestError, match="speed"):
        await heygen.v2.videos.generate(speech(speed=2.1))
    assert len(wire.sent) == 1


async def test_a_large_upload_may_be_refused(heygen: HeyGen, wire: Wire) -> None:
    png = b"\x89PNG\r\n\x1a\n".ljust(10 * 1024 * 1024 + 1, b"0")
    with pytest.raises(HeyGenLimitWarning, match="10,485,761 bytes"):
        await heygen.v2.assets.upload(png)
    assert not wire.sent
