"""Bad input that only HeyGen can know is an error that says what, where and why."""

from pathlib import Path

import pytest

from heygen_async import HeyGen
from heygen_async.errors import (
    APIError,
    BadRequestError,
    InvalidRequestError,
    NotFoundError,
)
from heygen_async.models import (
    AssetId,
    AvatarLook,
    AvatarV,
    AvatarVideo,
    CreateAssetUpload,
    ImageScene,
    ImageVideo,
    PhotoAvatar,
    StudioVideo,
)
from heygen_async.models.v2 import Dimension, GenerateVideo, Scene, Silence
from heygen_async.sandbox import Sandbox


async def refused(coroutine: object, kind: type[APIError]) -> APIError:
    with pytest.raises(kind) as caught:
        await coroutine  # type: ignore[misc]
    assert caught.value.request_id
    assert caught.value.status
    assert caught.value.message
    return caught.value


async def test_an_unknown_voice(heygen: HeyGen, look: AvatarLook) -> None:
    request = AvatarVideo(avatar_id=look.id, script="Hello.", voice_id="nobody")
    error = await refused(heygen.videos.create(request), NotFoundError)
    assert error.code == "voice_not_found"


async def test_a_group_where_a_look_belongs(heygen: HeyGen, look: AvatarLook) -> None:
    assert look.group_id
    request = AvatarVideo(avatar_id=look.group_id, script="Hello.")
    error = await refused(heygen.videos.create(request), NotFoundError)
    assert error.code == "avatar_not_found"
    assert "group" in error.message.lower()


async def test_a_look_that_is_still_made(heygen: HeyGen, photo: Path) -> None:
    asset = await heygen.assets.upload(photo)
    job = await heygen.avatars.create(PhotoAvatar(name="C", file=AssetId(asset_id=asset.asset_id)))
    request = AvatarVideo(avatar_id=job.id, script="Hello.")
    error = await refused(heygen.videos.create(request), NotFoundError)
    assert error.code == "avatar_not_found"


async def test_an_engine_that_the_look_does_not_have(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    request = AvatarVideo(avatar_id=look.id, script="Hello.", engine=AvatarV())
    with pytest.raises(InvalidRequestError, match="avatar_iv"):
        await heygen.videos.create(request)  # the look was read: nothing need be asked
    async with HeyGen(api_key="k", base_url=sandbox.url) as stranger:
        error = await refused(stranger.videos.create(request), BadRequestError)
        assert error.param


async def test_a_field_that_heygen_does_not_know(heygen: HeyGen, look: AvatarLook) -> None:
    request = AvatarVideo(avatar_id=look.id, script="Hello.")
    error = await refused(
        heygen.videos.create(request, extra_body={"dimension": {"width": 1}}), BadRequestError
    )
    assert error.param
    assert "dimension" in error.param


async def test_an_upload_that_was_never_completed(heygen: HeyGen) -> None:
    slot = await heygen.assets.create_upload(
        CreateAssetUpload(filename="a.jpg", content_type="image/jpeg", size_bytes=10)
    )
    voice = (await heygen.voices.list()).items[0].voice_id
    request = ImageVideo(image=AssetId(asset_id=slot.asset_id), script="Hi.", voice_id=voice)
    error = await refused(heygen.videos.create(request), NotFoundError)
    assert error.code == "asset_not_found"


async def test_a_v2_video_that_does_not_exist_is_an_error_within_http_200(heygen: HeyGen) -> None:
    error = await refused(heygen.v2.videos.get_status("nosuchvideo"), APIError)
    assert error.code


async def test_what_the_client_can_know_never_leaves_it(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.jpg"
    empty.touch()
    wrong = tmp_path / "photo.jpg"
    wrong.write_bytes(b"just text")
    cases = [
        heygen.assets.upload(tmp_path / "missing.jpg"),
        heygen.assets.upload(tmp_path),
        heygen.assets.upload(empty),
        heygen.assets.upload(wrong),
        heygen.v2.assets.upload(wrong),
        heygen.videos.create(AvatarVideo(avatar_id="x", script="")),
        heygen.videos.create(AvatarVideo(avatar_id="x", script="a" * 5001)),
        heygen.videos.create(AvatarVideo(avatar_id="x")),
        heygen.videos.create(AvatarVideo(avatar_id="x", script="a", audio_url="https://x/y.mp3")),
        heygen.videos.get("two words"),
        heygen.videos.list_statuses([]),
        heygen.videos.list_statuses(["x"] * 101),
        heygen.v2.videos.generate(
            GenerateVideo(
                video_inputs=[Scene(voice=Silence(duration=1.0))],
                dimension=Dimension(width=127, height=720),
            )
        ),
        heygen.v2.photo_avatars.add_looks("g", image_keys=[], name="n"),
    ]
    for case in cases:
        with pytest.raises(InvalidRequestError) as caught:
            await case
        assert caught.value.field
        assert caught.value.limit
        assert str(caught.value).startswith(caught.value.field)
    assert sandbox.requests == ()


@pytest.mark.parametrize("second", ["missing.png", "text.png"])
async def test_no_file_goes_up_while_another_of_the_same_request_is_wrong(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, tmp_path: Path, second: str
) -> None:
    (tmp_path / "text.png").write_text("just text")
    request = StudioVideo(
        scenes=[
            ImageScene(source=photo, duration=3.0),
            ImageScene(source=tmp_path / second, duration=3.0),
        ]
    )
    with pytest.raises(InvalidRequestError, match="file"):
        await heygen.videos.create(request)
    assert sandbox.requests == ()


async def test_a_key_or_a_filter_that_cannot_be_sent_sends_no_file(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    request = PhotoAvatar(name="C", file=photo)
    with pytest.raises(InvalidRequestError, match="idempotency_key"):
        await heygen.avatars.create(request, idempotency_key="two words")
    with pytest.raises(InvalidRequestError, match="title"):
        await heygen.videos.list(title="\ud800")
    assert sandbox.requests == ()
