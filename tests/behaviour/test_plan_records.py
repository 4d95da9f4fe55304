"""A record of one plan is not taken for that of another, and gives up what it is told to."""

import asyncio
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from heygen_async import (
    AgentVideoPlan,
    AvatarVideoPlan,
    DigitalTwinPlan,
    HeyGen,
    Made,
    PhotoAvatarMade,
    PhotoAvatarPlan,
    PhotoGroupPlan,
    PromptAvatarPlan,
    TranslationPlan,
    VideoPlan,
    estimate,
)
from heygen_async.errors import (
    HeyGenError,
    InvalidRequestError,
    JobFailedError,
    NotFoundError,
    TargetError,
)
from heygen_async.events import DownloadProgress, Event
from heygen_async.models import AssetUrl, AvatarLook, AvatarVideo, CreateAgentSession
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.catalogue import VOICES
from tests.behaviour.walks import DESCRIBE, FOOTAGE, VOICE, again, bill, posts, press

FAR = AssetUrl(url="https://example.com/talk.mp4")
ADA = PromptAvatarPlan(name="Ada", prompt="A woman", looks=["on a beach"])


def replaced(plan: Any, **changes: Any) -> Any:
    return msgspec.structs.replace(plan, **changes)


# Another plan


async def test_what_is_paid_is_not_taken_for_something_else(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    film = AvatarVideoPlan(script="Old.", title="One")
    ada = replaced(ADA, videos=[film])
    group = PhotoGroupPlan(name="C", photos=[photo], looks=["asleep"])
    talk = TranslationPlan(video=FAR, output_languages=["German"])
    agent = AgentVideoPlan(request=CreateAgentSession(prompt="Cats."))
    other = AgentVideoPlan(request=CreateAgentSession(prompt="Dogs."))
    longer = ["German", "French"]
    async with heygen.orchestrator() as studio:
        for make, plan, changed, field in (
            (studio.prompt_avatar, ada, replaced(ada, prompt="A man"), "look 0"),
            (studio.prompt_avatar, ada, replaced(ada, looks=["in a wood"]), "look 1"),
            (studio.prompt_avatar, ada, replaced(ada, looks=["first", *ada.looks]), "look 1"),
            (
                studio.prompt_avatar,
                ada,
                replaced(ada, videos=[replaced(film, script="New.")]),
                "video 0",
            ),
            (studio.prompt_avatar, ada, replaced(ada, videos=[replaced(film, look=1)]), "video 0"),
            (studio.photo_group, group, replaced(group, photos=[photo, photo]), "look 1"),
            (studio.photo_group, group, replaced(group, photos=[photo.read_bytes() + b"x"]), ""),
            (studio.translate, talk, replaced(talk, output_languages=longer, mode="precision"), ""),
            (studio.translate, talk, replaced(talk, video=AssetUrl(url="https://x.org/v")), ""),
            (studio.agent_video, agent, other, "session"),
        ):
            made: Made = Made()
            walk: Any = make
            await walk(plan, made=made)
            before, charges = again(made), len(sandbox.charges)
            with pytest.raises(InvalidRequestError, match="another plan") as caught:
                await walk(changed, made=made)
            assert field in caught.value.field
            assert made == before
            await walk(plan, made=again(made))
            assert len(sandbox.charges) == charges
        made = Made()
        await studio.prompt_avatar(ADA, made=made)
        with pytest.raises(InvalidRequestError, match="another plan"):
            await studio.photo_group(group, made=made)


async def test_a_record_of_v2_belongs_to_one_plan_too(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    video = VideoPlan(script="Hi.", voice_id=VOICE)
    plan = PhotoAvatarPlan(
        name="C", photos=[photo], looks=["a beach"], motion=False, sound=False, video=video
    )
    made = PhotoAvatarMade()
    async with heygen.orchestrator() as studio:
        await studio.photo_avatar(plan, made=made)
        paid = len(sandbox.charges)
        for field, changes in (
            ("picture 0", {"looks": ["a library", "a beach"]}),
            ("video", {"video": replaced(video, script="Ho.")}),
        ):
            with pytest.raises(InvalidRequestError, match="another plan") as caught:
                await studio.photo_avatar(replaced(plan, **changes), made=made)
            assert caught.value.field == field
        await studio.photo_avatar(replaced(plan, video=replaced(video, title="Two")), made=made)
    assert [c.kind for c in sandbox.charges[paid:]] == []


async def test_names_and_places_may_change(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    film = AvatarVideoPlan(script="Hi.", title="One", target=tmp_path / "a.mp4")
    moved = replaced(film, title="Two", target=tmp_path / "b.mp4")
    made = Made()
    async with heygen.orchestrator() as studio:
        await studio.prompt_avatar(replaced(ADA, videos=[film]), made=made)
        done = await studio.prompt_avatar(replaced(ADA, videos=[moved]), made=made)
    assert done.videos[0].path == tmp_path / "b.mp4"
    assert (tmp_path / "b.mp4").read_bytes() == (tmp_path / "a.mp4").read_bytes()
    assert posts(sandbox)["/v3/videos"] == 1


async def test_a_file_that_has_changed_goes_up_again(heygen: HeyGen, sandbox: Sandbox) -> None:
    sandbox.fault(Fault(path="/v3/avatars", method="POST", status=400))
    twin = DigitalTwinPlan(name="Me", footage=FOOTAGE, on_consent=press)
    made = Made()
    async with heygen.orchestrator() as studio:
        with pytest.raises(HeyGenError):
            await studio.digital_twin(twin, made=made)
        wrong = made.ids["look 0: file 0"]
        await studio.digital_twin(replaced(twin, footage=FOOTAGE + b" better"), made=made)
    assert made.ids["look 0: file 0"] != wrong
    assert posts(sandbox)["/v3/assets"] == 2


async def test_another_video_is_another_source(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    first, second = [
        await heygen.videos.create(AvatarVideo(avatar_id=look.id, script=script))
        for script in ("One.", "Two is a longer one.")
    ]
    await first.wait()
    await second.wait()
    made = Made()
    async with heygen.orchestrator() as studio:
        plan = TranslationPlan(
            video_id=first.id, output_languages=["German"], title="x [[fail German]]"
        )
        assert (await studio.translate(plan, made=made)).errors
        source = made.ids["source"]
        await studio.translate(
            TranslationPlan(video_id=second.id, output_languages=["French"]), made=made
        )
    assert made.ids["source"] != source


async def test_what_can_be_read_no_more_is_no_other_file(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path, photo: Path
) -> None:
    mine = tmp_path / "mine.jpg"
    mine.write_bytes(photo.read_bytes())
    plan, made = PhotoGroupPlan(name="C", photos=[mine]), Made()
    async with heygen.orchestrator() as studio:
        await studio.photo_group(plan, made=made)
        mine.unlink()
        await studio.photo_group(plan, made=made)
    assert len(sandbox.charges) == 1


async def test_an_open_file_is_left_where_it_stood(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    file = io.BytesIO(photo.read_bytes())
    made = Made()
    async with heygen.orchestrator() as studio:
        await studio.photo_group(PhotoGroupPlan(name="C", photos=[file]), made=made)
        assert file.tell() == 0
        await studio.photo_group(PhotoGroupPlan(name="C", photos=[file]), made=made)
        await studio.photo_group(PhotoGroupPlan(name="D", photos=[file]))
    assert len(sandbox.charges) == 2


async def test_a_file_that_changed_while_nobody_answered_is_not_sent(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    twin = DigitalTwinPlan(name="Me", footage=FOOTAGE, on_consent=press)
    made = Made()
    sandbox.fault(Fault(path="/v3/avatars", method="POST", commit_then_drop=True, times=99))
    async with heygen.orchestrator() as studio:
        with pytest.raises(HeyGenError):
            await studio.digital_twin(twin, made=made)
        sandbox._running.faults.clear()
        before = again(made)
        with pytest.raises(InvalidRequestError, match="was sent as another request"):
            await studio.digital_twin(replaced(twin, footage=FOOTAGE + b" better"), made=made)
        assert made == before
        assert posts(sandbox)["/v3/assets"] == 1
        await studio.digital_twin(twin, made=made)
    assert len(sandbox.charges) == 1


# Files


async def test_what_came_while_nobody_looked_is_not_taken_for_the_video(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    target = tmp_path / "a.mp4"
    plan = replaced(ADA, looks=(), videos=[AvatarVideoPlan(script="Hi.", target=target)])
    kept: list[Made] = []
    sandbox.fault(Fault(path="/_storage/", drop=True, times=99))
    async with heygen.orchestrator() as studio:
        with pytest.raises(HeyGenError):
            await studio.prompt_avatar(plan, keep=lambda made: kept.append(again(made)))
        sandbox._running.faults.clear()
        target.write_bytes(b"another's")
        with pytest.raises(TargetError, match="exists"):
            await studio.prompt_avatar(plan, made=kept[-1])
        assert target.read_bytes() == b"another's"
        target.unlink()
        done = await studio.prompt_avatar(plan, made=kept[-1])
    assert done.videos[0].path == target
    assert len(sandbox.charges) == 2


@pytest.mark.parametrize("call", ["first", "second"])
async def test_what_comes_while_a_video_does_is_left_alone(
    heygen: HeyGen, tmp_path: Path, call: str
) -> None:
    target = tmp_path / "a.mp4"
    plan = replaced(ADA, looks=(), videos=[AvatarVideoPlan(script="Hi.", target=target)])
    kept = [Made()]

    def other(event: Event) -> None:
        if isinstance(event, DownloadProgress):
            target.write_bytes(b"another's")

    async with heygen.orchestrator() as studio:
        if call == "second":
            await studio.prompt_avatar(plan, made=kept[0])
            target.unlink()
        heygen.observe(other)
        for _ in range(2):
            with pytest.raises(TargetError, match="exists"):
                await studio.prompt_avatar(
                    plan, made=kept[-1], keep=lambda made: kept.append(again(made))
                )
    assert target.read_bytes() == b"another's"


@pytest.mark.parametrize("place", ["file", "folder"])
async def test_whoever_is_killed_as_the_file_is_whole_takes_it(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path, place: str
) -> None:
    target = tmp_path / "a.mp4" if place == "file" else tmp_path
    plan = replaced(ADA, looks=(), videos=[AvatarVideoPlan(script="Hi.", target=target)])
    kept: list[Made] = []
    async with heygen.orchestrator() as studio:
        done = await studio.prompt_avatar(plan, keep=lambda made: kept.append(again(made)))
        before = next(made for made in kept if made.files)
        same = await studio.prompt_avatar(plan, made=before)
    assert done.videos[0].path == same.videos[0].path
    assert len(sandbox.charges) == 2


async def test_a_part_that_is_whole_already_is_noted_before_it_becomes_the_file(
    heygen: HeyGen, tmp_path: Path
) -> None:
    target = tmp_path / "a.mp4"
    plan = replaced(ADA, looks=(), videos=[AvatarVideoPlan(script="Hi.", target=target)])
    kept: list[tuple[Made, bool]] = []

    def full(made: Made) -> None:
        if made.files:
            raise OSError("no space left on device")
        keep(made)

    def keep(made: Made) -> None:
        kept.append((again(made), target.exists()))

    async with heygen.orchestrator() as studio:
        with pytest.raises(OSError, match="no space"):
            await studio.prompt_avatar(plan, keep=full)
        assert (tmp_path / "a.mp4.part").exists()
        await studio.prompt_avatar(plan, made=again(kept[-1][0]), keep=keep)
    assert [there for made, there in kept if made.files] == [False, True]


# Made again


async def test_what_is_forgotten_is_made_again(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    target = tmp_path / "a.mp4"
    film = AvatarVideoPlan(script="Hi.", target=target, overwrite=True)
    plan, made = replaced(ADA, videos=[film]), Made()
    async with heygen.orchestrator() as studio:
        old = await studio.prompt_avatar(plan, made=made)
        charges = len(sandbox.charges)
        made.forget("video 0")
        made.forget("video 0")
        assert [cost.what for cost in estimate(plan, made=made).costs] == ["video"]
        longer = replaced(film, script="These are rather more words than before.")
        new = await studio.prompt_avatar(replaced(plan, videos=[longer]), made=again(made))
        same = await studio.prompt_avatar(plan, made=made)
    assert len({each.videos[0].id for each in (old, new, same)}) == 3
    assert new.videos[0].path == target
    assert len(sandbox.charges) == charges + 2


async def test_a_video_that_was_taken_out_leaves_no_file(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    film = AvatarVideoPlan(script="Hi.", target=tmp_path / "a.mp4", overwrite=True)
    made = Made()
    async with heygen.orchestrator() as studio:
        await studio.prompt_avatar(replaced(ADA, videos=[film]), made=made)
        old = (tmp_path / "a.mp4").read_bytes()
        made.ids.pop("video 0")
        words = replaced(film, script="These are rather more words than there were before.")
        await studio.prompt_avatar(replaced(ADA, videos=[words]), made=made)
    assert (tmp_path / "a.mp4").read_bytes() != old


async def test_a_session_that_is_forgotten_leaves_no_video(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    plan, made = AgentVideoPlan(request=CreateAgentSession(prompt="Cats.")), Made()
    kept: list[Made] = []
    async with heygen.orchestrator() as studio:
        old = await studio.agent_video(plan, made=made)
        made.ids.pop("session")
        await studio.agent_video(plan, made=made, keep=lambda made: kept.append(again(made)))
    assert [each for each in kept if "session" in each.ids]
    assert not any(each.ids.get("video") == old.id for each in kept)


async def test_the_group_goes_with_the_look_that_made_it(heygen: HeyGen, sandbox: Sandbox) -> None:
    kept: list[Made] = []
    made = Made()
    twin = DigitalTwinPlan(name="Me [[fail]]", footage=FOOTAGE, on_consent=press)
    async with heygen.orchestrator() as studio:
        with pytest.raises(JobFailedError):
            await studio.digital_twin(twin, made=made)
        assert "group" not in made.ids
        await studio.digital_twin(
            replaced(twin, name="Me"), made=made, keep=lambda made: kept.append(again(made))
        )
    assert all(("group" in each.ids) == ("look 0" in each.ids) for each in kept)
    assert bill(sandbox) == {("avatar_create", 1.0): 2}


# Refused before anything is sent


async def test_a_record_is_filled_by_one_call_at_a_time(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    made, old = Made(), PhotoAvatarMade()
    talk = TranslationPlan(video=FAR, output_languages=["German"])
    async with heygen.orchestrator(slots=1) as studio, heygen.orchestrator() as other:
        ended: Sequence[object] = await asyncio.gather(
            studio.translate(talk, made=made),
            other.translate(talk, made=made),
            return_exceptions=True,
        )
        assert [type(each) for each in ended[1:]] == [InvalidRequestError]
        assert "in use" in str(ended[1])
        await other.translate(talk, made=made)
        plan = PhotoAvatarPlan(name="C", photos=[photo])
        ended = await asyncio.gather(
            *(studio.photo_avatar(plan, made=old) for _ in range(2)), return_exceptions=True
        )
        assert [type(each) for each in ended[1:]] == [InvalidRequestError]
    assert bill(sandbox)["video_translation", 0.333] == 1


async def test_one_thing_is_not_taken_for_a_list_of_its_letters(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    wrong: Any = "on a beach"
    data: Any = photo.read_bytes()
    film: Any = AvatarVideoPlan(script="Hi.")
    async with heygen.orchestrator() as studio:
        twin: Any = studio.digital_twin
        for make, plan, field in (
            (studio.prompt_avatar, replaced(ADA, looks=wrong), "looks"),
            (studio.prompt_avatar, replaced(ADA, looks=[1]), "looks[0]"),
            (studio.prompt_avatar, replaced(ADA, reference_images=photo), "reference_images"),
            (studio.prompt_avatar, replaced(ADA, videos=film), "videos"),
            (studio.prompt_avatar, replaced(ADA, videos=["Hi."]), "videos[0]"),
            (studio.photo_group, PhotoGroupPlan(name="C", photos=data), "photos"),
            (studio.translate, TranslationPlan(video=FAR, output_languages=wrong), "output_lan"),
            (studio.photo_avatar, PhotoAvatarPlan(name="C", photos=[photo], looks=wrong), "looks"),
            (twin, ADA, "plan"),
        ):
            walk: Any = make
            with pytest.raises(InvalidRequestError) as caught:
                await walk(plan)
            assert caught.value.field.startswith(field)
    assert not sandbox.requests


async def test_nobody_writes_down_asynchronously(heygen: HeyGen, sandbox: Sandbox) -> None:
    no_function: Any = "ada.json"

    async def keep(_: object) -> None: ...

    def wrapped(made: object) -> object:
        return keep(made)

    async with heygen.orchestrator() as studio:
        for each in (keep, wrapped):
            with pytest.raises(InvalidRequestError, match="must not be async"):
                await studio.prompt_avatar(ADA, keep=each)
        with pytest.raises(InvalidRequestError, match="must not be async"):
            await studio.photo_avatar(PhotoAvatarPlan(name="C", describe=DESCRIBE), keep=keep)
        with pytest.raises(InvalidRequestError, match="must not be async"):
            await studio.avatar_video("look", VideoPlan(script="Hi."), keep=keep)
        with pytest.raises(InvalidRequestError, match="must be a function") as caught:
            await studio.prompt_avatar(ADA, keep=no_function)
    assert caught.value.field == "keep"
    assert not sandbox.charges
    assert not posts(sandbox)


async def test_what_videos_need_is_looked_for_before_anything_is_paid(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    klingon = AvatarVideoPlan(script="nuqneH", language="Klingon")
    mute = AvatarVideoPlan(script="Hi.", voice_id="nope")
    silent = AvatarVideoPlan(audio_asset_id="nope")
    async with heygen.orchestrator() as studio:
        for video in (klingon, mute, silent):
            with pytest.raises((InvalidRequestError, NotFoundError)):
                await studio.prompt_avatar(replaced(ADA, videos=[video]))
        with pytest.raises(InvalidRequestError, match="must be image/"):
            await studio.photo_group(PhotoGroupPlan(name="C", photos=[photo, FOOTAGE]))
        with pytest.raises(InvalidRequestError, match="must be video/"):
            await studio.digital_twin(DigitalTwinPlan(name="M", footage=photo, on_consent=press))
        with pytest.raises(NotFoundError, match="nope"):
            await studio.photo_group(
                PhotoGroupPlan(name="C", photos=[photo], avatar_group_id="nope")
            )
        assert not posts(sandbox)
        video = AvatarVideoPlan(script="Hi.", voice_id=next(iter(VOICES)), language="German")
        await studio.prompt_avatar(replaced(ADA, videos=[video]))
