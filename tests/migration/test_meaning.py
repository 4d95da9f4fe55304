"""What old requests mean, in v3's words."""

import re
from typing import Any

import msgspec
import pytest

from heygen_async import Migration, models as v3, to_v3
from heygen_async.errors import InvalidRequestError
from heygen_async.migration.table import TABLE
from heygen_async.models import v2
from heygen_async.sandbox import prices
from heygen_async.wire import routes
from heygen_async.wire.frames import RATIOS, frame

HD = v2.Dimension(width=1280, height=720)
HELLO = v2.TextVoice(input_text="Hello.", voice_id="voice")
STUDIO = v2.AvatarCharacter(avatar_id="look")
PHOTO = v2.TalkingPhoto(talking_photo_id="photo")
PICTURE = v2.ImageBackground(url="https://example.com/a.png")
CLIP = v2.VideoBackground(video_asset_id="clip", play_style="loop")


def video(*scenes: v2.Scene, **more: Any) -> v2.GenerateVideo:
    return v2.GenerateVideo(video_inputs=list(scenes), **{"dimension": HD, **more})


def scene(**parts: Any) -> v2.Scene:
    return v2.Scene(**{"character": STUDIO, "voice": HELLO, **parts})


def alone(character: Any = STUDIO, engine: Any = None, **more: Any) -> v3.AvatarVideo:
    """The video of one avatar in one scene."""
    made = to_v3(video(scene(character=character), **more), engine=engine).request
    assert isinstance(made, v3.AvatarVideo)
    return made


def scenes(*given: v2.Scene) -> list[Any]:
    made = to_v3(video(*given)).request
    assert isinstance(made, v3.StudioVideo)
    return list(made.scenes)


def kinds(migration: Migration[Any]) -> dict[str, str]:
    """Fields that are noted, and how; but for what is noted of every video."""
    usual = ("avatar_id", "talking_photo_id", "use_avatar_iv_model")
    return {note.field: note.kind for note in migration.notes if not note.field.endswith(usual)}


def test_one_avatar_that_speaks_is_a_video_of_that_avatar() -> None:
    old = video(
        scene(
            voice=v2.TextVoice(
                input_text="Hi.", voice_id="voice", speed=1.2, pitch=3, locale="en-GB"
            ),
            background=v2.ColorBackground(value="#112233"),
        ),
        title="First",
        folder_id="folder",
        callback_url="https://example.com/hook",
        callback_id="mine",
    )
    migration = to_v3(old, strict=True)
    assert migration.request == v3.AvatarVideo(
        avatar_id="look",
        engine=v3.AvatarIII(),
        script="Hi.",
        voice_id="voice",
        voice_settings=v3.VoiceSettings(speed=1.2, pitch=3, locale="en-GB"),
        background=v3.Background(type="color", value="#112233"),
        resolution="720p",
        aspect_ratio="16:9",
        title="First",
        folder_id="folder",
        callback_url="https://example.com/hook",
        callback_id="mine",
    )
    assert (migration.method, migration.path) == ("heygen.videos.create", "/v3/videos")
    assert kinds(migration) == {}


def test_several_scenes_are_one_studio_video() -> None:
    recording = v2.AudioVoice(audio_asset_id="sound")
    first, second, third, fourth = scenes(
        scene(background=v2.ColorBackground(value="#112233")),
        scene(voice=recording, character=PHOTO),
        v2.Scene(voice=HELLO, background=PICTURE),
        v2.Scene(voice=HELLO, background=CLIP),
    )
    assert first.input.script == "Hello."
    assert first.input.background == v3.SceneBackground(color="#112233")
    assert (second.input.avatar_id, second.input.audio_asset_id) == ("photo", "sound")
    assert third == v3.ImageScene(
        source=v3.AssetUrl(url="https://example.com/a.png"), script="Hello.", voice_id="voice"
    )
    assert fourth == v3.VideoScene(
        source=v3.AssetId(asset_id="clip"),
        playback=v3.ScenePlayback(mode="loop", mute=True),
        script="Hello.",
        voice_id="voice",
    )


def test_silence_is_a_picture_for_a_time_and_the_avatar_is_missed() -> None:
    old = video(v2.Scene(voice=v2.Silence(duration=2.5), character=STUDIO, background=PICTURE))
    migration = to_v3(old)
    assert isinstance(migration.request, v3.StudioVideo)
    (pause,) = migration.request.scenes
    assert pause == v3.ImageScene(source=v3.AssetUrl(url="https://example.com/a.png"), duration=2.5)
    assert kinds(migration) == {"video_inputs[0].character": "dropped"}
    assert "audio_asset_id" in migration.lost[0].instead


def test_silence_is_cut_to_what_a_picture_may_stay() -> None:
    migration = to_v3(video(v2.Scene(voice=v2.Silence(duration=301), background=PICTURE)))
    assert kinds(migration) == {"video_inputs[0].voice.duration": "approximated"}


def test_an_empty_scene_is_filled_with_a_picture_of_its_colour() -> None:
    old = video(v2.Scene(voice=HELLO, background=v2.ColorBackground(value="#abcdef")))
    migration = to_v3(old)
    assert isinstance(migration.request, v3.StudioVideo)
    source: Any = msgspec.to_builtins(migration.request.scenes[0])["source"]
    assert source["media_type"] == "image/png"
    assert len(source["data"]) < 300
    assert kinds(migration) == {"video_inputs[0].background": "changed"}


def test_a_voice_without_a_face_is_heard_over_the_background() -> None:
    nobody = v2.AvatarCharacter(avatar_id="look", avatar_style="voice_only")
    migration = to_v3(video(scene(character=nobody, background=PICTURE)), strict=True)
    assert isinstance(migration.request, v3.StudioVideo)
    assert isinstance(migration.request.scenes[0], v3.ImageScene)
    assert kinds(migration) == {"video_inputs[0].character": "changed"}


@pytest.mark.parametrize("resolution", ["720p", "1080p", "4k"])
@pytest.mark.parametrize("ratio", RATIOS)
def test_every_size_of_v3_is_found_again(resolution: str, ratio: str) -> None:
    width, height = frame(resolution, RATIOS[ratio])
    made = to_v3(video(scene(), dimension=v2.Dimension(width=width, height=height)), strict=True)
    assert (made.request.resolution, made.request.aspect_ratio) == (resolution, ratio)


@pytest.mark.parametrize(
    ("width", "height", "nearest"),
    [
        (1000, 720, ("720p", "5:4")),
        (1600, 900, ("1080p", "16:9")),
        (960, 720, ("720p", "5:4")),
        (128, 4096, ("720p", "9:16")),
        (2880, 1620, ("1080p", "16:9")),
        (3840, 2158, ("1080p", "16:9")),
    ],
)
def test_other_sizes_become_the_nearest_one(
    width: int, height: int, nearest: tuple[str, str]
) -> None:
    made = to_v3(video(scene(), dimension=v2.Dimension(width=width, height=height)))
    assert (made.request.resolution, made.request.aspect_ratio) == nearest
    assert kinds(made) == {"dimension": "approximated"}


def test_what_is_more_than_4k_is_4k_which_is_said() -> None:
    made = to_v3(video(scene(), dimension=v2.Dimension(width=4096, height=4096)))
    assert (made.request.resolution, made.request.aspect_ratio) == ("4k", "1:1")
    assert [note.kind for note in made.notes if note.field == "dimension"] == [
        *("approximated", "needs_attention")
    ]


def test_no_size_is_left_to_v3_with_a_word() -> None:
    made = to_v3(video(scene(), dimension=None, aspect_ratio="9:16"))
    assert (made.request.resolution, made.request.aspect_ratio) == (None, "9:16")
    assert kinds(made) == {"dimension": "needs_attention"}
    odd = to_v3(video(scene(), dimension=None, aspect_ratio="4:3"))
    assert odd.request.aspect_ratio == "5:4"
    assert kinds(odd)["aspect_ratio"] == "approximated"


@pytest.mark.parametrize(
    ("asked", "style"),
    [
        ({"caption": True}, "default"),
        ({"caption": v2.CaptionOptions(enabled=True)}, "default"),
        ({"caption_mode": "burn_in"}, "default"),
        ({"caption_mode": "burn_in", "caption": False}, "default"),
        ({"caption_mode": "file_only"}, None),
        ({"caption_mode": "file_only", "caption": True}, None),
        ({"subtitles": v3.TemplateSubtitles(preset_name="bold")}, "default"),
    ],
    ids=str,
)
def test_captions(asked: dict[str, Any], style: str | None) -> None:
    assert alone(**asked).caption == v3.Caption(file_format="srt", style=style)  # type: ignore[arg-type]


@pytest.mark.parametrize("off", [False, None, v2.CaptionOptions(enabled=False)])
def test_no_captions(off: Any) -> None:
    assert alone(caption=off).caption is None


def test_what_v3_does_anyway_is_no_loss() -> None:
    usual = v2.TalkingPhoto(
        talking_photo_id="photo",
        scale=1,
        offset=v2.Offset(x=0, y=0),
        talking_photo_style="square",
        talking_style="stable",
        expression="default",
        super_resolution=False,
    )
    old = video(scene(character=usual), test=False, fps=25, enable_watermark=False, caption=False)
    migration = to_v3(old, strict=True)
    assert kinds(migration) == {}
    assert len(migration.implied) == 10


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ({"test": True}, "test"),
        ({"fps": 60}, "fps"),
        ({"enable_watermark": True}, "enable_watermark"),
    ],
    ids=str,
)
def test_what_a_video_loses(part: dict[str, Any], field: str) -> None:
    assert kinds(to_v3(video(scene(), **part))) == {field: "dropped"}


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"character": v2.AvatarCharacter(avatar_id="a", scale=1.5)}, "character.scale"),
        (
            {"character": v2.AvatarCharacter(avatar_id="a", offset=v2.Offset(x=0.1, y=0))},
            "character.offset",
        ),
        (
            {"character": v2.AvatarCharacter(avatar_id="a", avatar_style="circle")},
            "character.avatar_style",
        ),
        (
            {"character": v2.TalkingPhoto(talking_photo_id="p", expression="happy")},
            "character.expression",
        ),
        (
            {"character": v2.TalkingPhoto(talking_photo_id="p", talking_style="expressive")},
            "character.talking_style",
        ),
        (
            {"voice": v2.TextVoice(input_text="Hi.", voice_id="v", emotion="Serious")},
            "voice.emotion",
        ),
        ({"background": CLIP}, "background"),
        ({"text": v2.SceneText(text="Sale")}, "text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_scene_loses(parts: dict[str, Any], field: str) -> None:
    assert kinds(to_v3(video(scene(**parts)))) == {f"video_inputs[0].{field}": "dropped"}


def test_speech_that_is_too_fast_is_slowed() -> None:
    fast = v2.TextVoice(input_text="Hi.", voice_id="v", speed=1.8)
    migration = to_v3(video(scene(voice=fast)))
    assert isinstance(migration.request, v3.AvatarVideo)
    assert migration.request.voice_settings == v3.VoiceSettings(speed=1.5)
    assert kinds(migration) == {"video_inputs[0].voice.speed": "approximated"}


def test_elevenlabs_keeps_what_v3_knows() -> None:
    tuned = v2.ElevenLabsTuning(model="eleven_v3", stability=0.3)
    voice = v2.TextVoice(input_text="Hi.", voice_id="v", elevenlabs_settings=tuned)
    migration = to_v3(video(scene(voice=voice)))
    assert isinstance(migration.request, v3.AvatarVideo)
    assert migration.request.voice_settings is not None
    assert migration.request.voice_settings.engine_settings == v3.ElevenLabsSettings(
        model="eleven_v3", stability=0.5
    )
    where = "video_inputs[0].voice.elevenlabs_settings"
    assert kinds(migration) == {f"{where}.stability": "approximated"}
    other = v2.ElevenLabsTuning(model="eleven_monolingual_v1", style=0.4)
    voice = msgspec.structs.replace(voice, elevenlabs_settings=other)
    assert kinds(to_v3(video(scene(voice=voice)))) == {f"{where}.model": "dropped"}


def test_matting_cuts_one_avatar_out_and_none_of_several() -> None:
    cut = v2.TalkingPhoto(talking_photo_id="photo", matting=True)
    assert alone(cut).remove_background is True
    migration = to_v3(video(scene(character=cut), scene()))
    assert kinds(migration) == {"video_inputs[0].character.matting": "dropped"}


def test_the_engine_is_the_nearest_one_or_the_one_that_is_chosen() -> None:
    assert alone().engine == v3.AvatarIII()
    assert alone(engine="avatar_v").engine == v3.AvatarV()
    fourth = v2.TalkingPhoto(
        talking_photo_id="p", use_avatar_iv_model=True, prompt="waves", talking_style="expressive"
    )
    made = alone(fourth)
    assert made.engine == v3.AvatarIV()
    assert (made.motion_prompt, made.expressiveness) == ("waves", "high")


def test_the_price_of_the_engine_is_told_once_for_each_kind() -> None:
    migration = to_v3(video(scene(), scene(), scene(character=PHOTO)))
    told = [note for note in migration.notes if note.field.endswith("use_avatar_iv_model")]
    assert [note.field[:15] for note in told] == ["video_inputs[0]", "video_inputs[2]"]
    for note, kind in zip(told, ("studio_avatar", "photo_avatar"), strict=True):
        for engine in ("avatar_iii", "avatar_iv"):
            assert f"{prices.VIDEO_RATES[kind, engine] * 60:.2f}" in note.reason


def test_the_price_is_that_of_what_was_asked_for_and_of_what_is() -> None:
    fourth = v2.AvatarCharacter(avatar_id="look", use_avatar_iv_model=True)
    photo = v2.TalkingPhoto(talking_photo_id="photo")
    told = [
        next(note.reason for note in made.notes if note.field.endswith("use_avatar_iv_model"))
        for made in (
            to_v3(video(scene(character=fourth))),
            to_v3(video(scene(character=photo)), engine="avatar_v"),
        )
    ]
    assert "Avatar IV, at 6 credits" in told[0]
    assert "Avatar III" not in told[0]
    assert "1 credit a minute" in told[1]
    assert "Avatar V, for digital twins only, at 4.00 USD" in told[1]


def test_the_trap_of_group_ids_is_told_once_for_each_id() -> None:
    migration = to_v3(video(scene(), scene(), scene(character=PHOTO)))
    told = [note.value for note in migration.notes if note.field.endswith("_id")]
    assert told == ["look", "photo"]


def test_a_strict_migration_names_the_first_field_and_what_to_do() -> None:
    with pytest.raises(InvalidRequestError, match="test: cannot be kept") as caught:
        to_v3(video(scene(), test=True), strict=True)
    assert caught.value.field == "test"
    assert "sandbox" in (caught.value.hint or "")


def test_nothing_to_say_is_refused_by_its_old_name() -> None:
    with pytest.raises(InvalidRequestError) as caught:
        to_v3(video(scene(voice=v2.TextVoice(input_text="  ", voice_id="v"))))
    assert caught.value.field == "video_inputs[0].voice.input_text"


def test_what_v2_would_refuse_is_refused() -> None:
    with pytest.raises(InvalidRequestError) as caught:
        to_v3(video(scene(background=v2.ImageBackground(url="https://a.example", fit="cover",
                                                        image_asset_id="a"))))  # fmt: skip
    assert "image_asset_id" in caught.value.field


@pytest.mark.parametrize(
    "old",
    [
        video(scene(), callback_id="mine"),
        v2.GenerateFromPrompt(prompt="A tour.", callback_id="mine"),
        v2.CreateAvatarVideo(avatar_id="a", script="Hi.", callback_id="mine"),
        v2.TranslateVideo(
            video_url="https://a.example/v.mp4", output_language="German", callback_id="mine"
        ),
    ],
    ids=lambda old: type(old).__name__,
)
def test_an_id_that_calls_nobody_back_is_dropped(old: Any) -> None:
    migration = to_v3(old)
    assert migration.request.callback_id is None
    assert kinds(migration)["callback_id"] == "dropped"
    kept = to_v3(msgspec.structs.replace(old, callback_url="https://mine.example/"))
    assert kept.request.callback_id == "mine"


@pytest.mark.parametrize("engine", ["foo", ""])
def test_an_engine_that_is_none_is_refused(engine: Any) -> None:
    with pytest.raises(InvalidRequestError, match="avatar_iii") as caught:
        to_v3(video(scene()), engine=engine)
    assert caught.value.field == "engine"


def test_what_is_no_old_request_is_refused() -> None:
    with pytest.raises(InvalidRequestError, match="GenerateVideo"):
        to_v3(v3.AvatarVideo(avatar_id="a", script="Hi."))


def test_notes_show_no_secret_and_nothing_that_moves_a_cursor() -> None:
    clip = v2.VideoBackground(url="https://files.example/a.mp4?sig=hidden")
    migration = to_v3(video(scene(background=clip)))
    assert "hidden" not in repr(migration.notes)
    assert "https://files.example/a.mp4" in str(migration.lost[0])
    words = v2.LegacyTextVariable(name="other", properties=v2.TextProperties(content="Hi"))
    odd = to_v3(v2.GenerateTemplateVideo(variables={"\x1b[2J\n": words}))
    assert all(str(note).isprintable() for note in odd.notes)


@pytest.mark.parametrize("entry", TABLE.values(), ids=lambda entry: entry.path)
def test_a_migration_goes_where_the_old_route_says(entry: Any) -> None:
    posts = [
        route for route in routes.ALL.values() if (route.method, route.path) == ("POST", entry.path)
    ]
    assert [route.successor for route in posts] in ([f"heygen.{entry.route.name}"], [])


MAKING = re.compile(
    r"v2\.(\w+\.(create|create_group|create_digital_twin|generate\w*|add_looks|text_to_speech))"
)


def test_everything_that_makes_something_and_has_an_equal_is_migrated() -> None:
    migrated = {entry.path for entry in TABLE.values()}
    for route in routes.ALL.values():
        makes = route.method == "POST" and route.successor and MAKING.fullmatch(route.name)
        if makes and route.path != "/v2/folders":
            assert route.path in migrated
