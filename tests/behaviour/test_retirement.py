"""v1 and v2 are gone: every call says what to use instead, waits end, and v3 goes on."""

import asyncio
from typing import Any

import pytest

from heygen_async import Call, HeyGen
from heygen_async.errors import EndpointRetiredError
from heygen_async.events import DeprecationNoticed, Event
from heygen_async.models import AvatarLook, AvatarVideo
from heygen_async.models.v2 import GenerateVideo, Scene, TalkingPhoto, TextVoice, TranslateVideo
from heygen_async.sandbox import Sandbox
from heygen_async.wire.calls import Route
from heygen_async.wire.routes import ALL
from tests.sandbox.kit import STOCK

LEGACY = [route for route in ALL.values() if route.path.startswith(("/v1/", "/v2/"))]


def scenes(look: AvatarLook) -> GenerateVideo:
    voice = TextVoice(input_text="Hello there.", voice_id=look.default_voice_id or "")
    return GenerateVideo(
        video_inputs=[Scene(voice=voice, character=TalkingPhoto(talking_photo_id=look.id))]
    )


class Ids(dict[str, str]):
    """An id for every name in a path."""

    def __missing__(self, name: str) -> str:
        self[name] = "an-id"
        return self[name]


@pytest.mark.parametrize("route", LEGACY, ids=lambda route: route.name)
async def test_every_call_names_what_v3_has_instead(
    heygen: HeyGen, sandbox: Sandbox, route: Route
) -> None:
    sandbox.retire()
    ids = Ids()
    route.path.format_map(ids)
    body = b"{}" if route.method != "GET" else None
    call: Call[Any] = Call(route, object, ids=ids, body=body)
    with pytest.raises(EndpointRetiredError) as caught:
        await heygen.v2.users._tools.sender.send(call)
    instead = f"use {route.successor}" if route.successor else "v3 has no equal"
    assert caught.value.message.endswith(f": {instead}")
    assert f"{route.method} {route.path}" in caught.value.message
    assert len(sandbox.requests) == 1


async def test_a_wait_for_a_job_ends_with_the_endpoint_and_v3_goes_on(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    old = await heygen.v2.videos.generate(scenes(look))
    sandbox.retire()
    with pytest.raises(EndpointRetiredError, match=r"use heygen\.videos\.get") as caught:
        await old.wait()
    assert any(old.id in note for note in caught.value.__notes__)
    new = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello there."))
    assert (await new.wait()).status == "completed"
    # What v2 made was not lost with it.
    assert (await heygen.videos.job(old.id).wait()).status == "completed"


async def test_a_wait_that_goes_on_meanwhile_ends_too(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, events: list[Event]
) -> None:
    job = await heygen.v2.videos.generate(scenes(look))

    async def wait() -> Any:
        return await job.wait()

    waiting = asyncio.ensure_future(wait())
    await asyncio.sleep(0)
    sandbox.retire()
    with pytest.raises(EndpointRetiredError):
        await waiting


async def test_a_short_absence_is_survived(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    job = await heygen.v2.videos.generate(scenes(look))
    sandbox.retire()
    with pytest.raises(EndpointRetiredError):
        await job.read()
    sandbox.retire(legacy=False)
    assert (await job.wait()).status == "completed"


async def test_several_translations_say_each_for_itself_that_the_endpoint_is_gone(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    jobs = await heygen.v2.translations.create(
        TranslateVideo(video_url="https://example.com/a.mp4", output_languages=["German", "French"])
    )
    sandbox.retire()
    done = await jobs.wait()
    assert done.results == {}
    assert {type(each) for each in done.errors.values()} == {EndpointRetiredError}


async def test_a_refused_create_costs_nothing_and_hints_at_the_bridge(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    sandbox.retire()
    before = len(sandbox.charges)
    with pytest.raises(EndpointRetiredError) as caught:
        await heygen.v2.videos.generate(scenes(look))
    assert "to_v3" in (caught.value.hint or "")
    assert len(sandbox.charges) == before


async def test_the_marks_of_the_sandbox_reach_an_observer_once_per_call(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, events: list[Event]
) -> None:
    job = await heygen.v2.videos.generate(scenes(look))
    await job.wait()
    await heygen.v2.users.remaining_quota()
    await heygen.v2.users.remaining_quota()
    marks = {each.call: each for each in events if isinstance(each, DeprecationNoticed)}
    assert len(marks) == sum(isinstance(each, DeprecationNoticed) for each in events)
    assert set(marks) == {"v2.videos.generate", "v2.videos.get_status", "v2.users.remaining_quota"}
    mark = marks["v2.videos.generate"]
    assert (mark.deprecation, mark.sunset) == ("true", "Sat, 31 Oct 2026 00:00:00 GMT")
    assert mark.successor == "heygen.videos.create"
    assert "/v3/videos" in (mark.warning or "")
    assert STOCK not in (mark.warning or "")
