"""Files, folders and talking photos of v1 and v2."""

from collections.abc import Callable
from pathlib import Path

import pytest

from heygen_async import HeyGen
from heygen_async.errors import APIError, EndpointRetiredError, InvalidRequestError, NotFoundError
from heygen_async.models.v2 import GenerateVideo, Scene, TalkingPhoto, TextVoice
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.catalogue import VOICES
from tests.sandbox.kit import png, wav


async def test_files_are_listed_by_kind_read_and_deleted(heygen: HeyGen, photo: Path) -> None:
    picture = await heygen.v2.assets.upload(photo)
    sound = await heygen.v2.assets.upload(wav(1.0))
    assert [each.id async for each in heygen.v2.assets.list(limit=1)] == [sound.id, picture.id]
    (only,) = (await heygen.v2.assets.list(file_type="image")).items
    assert (only.id, only.asset_id, only.file_name) == (picture.id, picture.id, picture.name)
    assert only == await heygen.v2.assets.get(picture.id)
    assert only.created_at == only.created_ts
    assert (await heygen.v2.assets.list(folder_id="elsewhere")).items == []
    await heygen.v2.assets.delete(picture.id)
    assert [each.id async for each in heygen.v2.assets.list()] == [sound.id]
    with pytest.raises(APIError, match=picture.id) as caught:
        await heygen.v2.assets.delete(picture.id)
    assert caught.value.status == 200
    with pytest.raises(APIError):
        await heygen.v2.photo_avatars.create_group(name="Ann", image_key=picture.image_key or "")


async def test_the_names_of_other_endpoints_are_no_ids(heygen: HeyGen, sandbox: Sandbox) -> None:
    for call in (
        heygen.v2.assets.get("list"),
        heygen.v2.folders.rename("create", name="x"),
        heygen.v2.folders.trash("a/b"),
        heygen.v2.talking_photos.delete(""),
    ):
        with pytest.raises(InvalidRequestError):
            await call
    assert not sandbox.requests


async def test_folders_go_to_the_trash_and_come_back(heygen: HeyGen) -> None:
    folders = heygen.v2.folders
    outer = await folders.create("Autumn")
    inner = await folders.create("Videos", project_type="video", parent_id=outer.id)
    assert (outer.project_type, inner.project_type) == ("mixed", "video")
    assert [each.id async for each in folders.list(limit=1)] == [inner.id, outer.id]
    assert [each.id async for each in folders.list(parent_id=outer.id)] == [inner.id]
    (found,) = (await folders.list(name_filter="autu")).items
    assert (found.direct_children_count, found.is_trash) == (1, False)
    renamed = await folders.rename(inner.id, name="Clips")
    assert renamed is not None
    assert renamed.name == "Clips"
    trashed = await folders.trash(inner.id)
    assert trashed is not None
    assert trashed.is_trash
    assert [each.id async for each in folders.list(is_trash=True)] == [inner.id]
    assert [each.id async for each in folders.list(is_trash=False)] == [outer.id]
    restored = await folders.restore(inner.id)
    assert restored is not None
    assert not restored.is_trash


async def test_a_folder_may_be_answered_by_nothing(heygen: HeyGen, sandbox: Sandbox) -> None:
    folder = await heygen.v2.folders.create("Autumn")
    sandbox.fault(Fault(method="POST", path="/v1/folders/", reply=None))
    assert await heygen.v2.folders.trash(folder.id) is None


async def test_an_unknown_folder_is_an_error_inside_a_200(heygen: HeyGen) -> None:
    with pytest.raises(APIError, match="nowhere") as caught:
        await heygen.v2.folders.trash("nowhere")
    assert (caught.value.status, caught.value.code) == (200, "400175")


async def test_bad_folders_are_refused_here(heygen: HeyGen, sandbox: Sandbox) -> None:
    with pytest.raises(InvalidRequestError, match="name"):
        await heygen.v2.folders.create("")
    with pytest.raises(InvalidRequestError, match="project_type"):
        await heygen.v2.folders.create("x", project_type="films")  # type: ignore[arg-type]
    with pytest.raises(InvalidRequestError, match="limit"):
        await heygen.v2.folders.list(limit=101)
    assert not sandbox.requests


async def test_a_photo_talks_at_once(heygen: HeyGen, photo: Path) -> None:
    seen: list[tuple[int, int]] = []
    made = await heygen.v2.talking_photos.upload(
        photo, progress=lambda sent, size: seen.append((sent, size))
    )
    size = photo.stat().st_size
    assert seen[-1] == (size, size)
    assert made.talking_photo_url
    (listed,) = await heygen.v2.talking_photos.list()
    assert listed.id == listed.talking_photo_id == made.talking_photo_id
    assert (bool(listed.preview_image_url), listed.circle_image) == (True, "")
    scene = Scene(
        character=TalkingPhoto(talking_photo_id=made.talking_photo_id),
        voice=TextVoice(input_text="Hello there.", voice_id=next(iter(VOICES))),
    )
    job = await heygen.v2.videos.generate(GenerateVideo(video_inputs=[scene]))
    assert (await job.wait()).video_url


async def test_a_talking_photo_is_deleted_once(heygen: HeyGen, photo: Path) -> None:
    made = await heygen.v2.talking_photos.upload(photo)
    await heygen.v2.talking_photos.delete(made.talking_photo_id)
    assert await heygen.v2.talking_photos.list() == []
    with pytest.raises(NotFoundError):
        await heygen.v2.talking_photos.delete(made.talking_photo_id)


async def test_a_delete_that_was_carried_out_and_not_answered_is_done(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    made = await heygen.v2.talking_photos.upload(photo)
    sandbox.fault(Fault(method="DELETE", path="/v2/talking_photo", commit_then_drop=True))
    await heygen.v2.talking_photos.delete(made.talking_photo_id)
    assert await heygen.v2.talking_photos.list() == []


@pytest.mark.parametrize("shape", ["bare", "list"])
async def test_talking_photos_come_in_any_shape(
    heygen: HeyGen, sandbox: Sandbox, shape: str
) -> None:
    items = [{"id": "one", "image_url": "https://files.example/1", "circle_image": ""}]
    reply = items if shape == "bare" else {shape: items}
    sandbox.fault(Fault(path="/v1/talking_photo.list", reply=reply))
    (only,) = await heygen.v2.talking_photos.list()
    assert only.talking_photo_id == "one"


@pytest.mark.parametrize("body", ["", '{"code": 100, "msg": null}', '{"error": null}'])
async def test_a_delete_may_be_answered_by_next_to_nothing(
    heygen: HeyGen, sandbox: Sandbox, calls: Callable[[str, str], int], body: str
) -> None:
    for method in ("POST", "DELETE"):
        sandbox.fault(Fault(method=method, path="/v", status=200, body=body))
    await heygen.v2.assets.delete("a")
    await heygen.v2.talking_photos.delete("a")
    assert (calls("POST", "/v1/asset"), calls("DELETE", "/v2/talking_photo")) == (1, 1)


async def test_what_is_retired_names_the_method_of_v3(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    sandbox.retire()
    for call, instead in (
        (heygen.v2.talking_photos.upload(photo), "heygen.avatars.create"),
        (heygen.v2.assets.list(), "heygen.assets.list"),
        (heygen.v2.folders.list(), "v3 has no equal"),
        (heygen.v2.avatars.list(), "heygen.avatars.list_looks"),
        (heygen.v2.photo_avatars.upscale("some-look"), "heygen.avatars.get_look"),
    ):
        with pytest.raises(EndpointRetiredError, match=instead):
            await call


async def test_what_is_no_photo_does_not_talk(heygen: HeyGen, sandbox: Sandbox) -> None:
    with pytest.raises(InvalidRequestError):
        await heygen.v2.talking_photos.upload(wav(1.0))
    assert not sandbox.requests
    with pytest.raises(APIError, match="64x64"):
        await heygen.v2.talking_photos.upload(png(64, 64))
    assert await heygen.v2.talking_photos.list() == []
