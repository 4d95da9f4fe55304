"""The other old requests that make something."""

from typing import Any

import pytest

from heygen_async import Migration, models as v3, to_v3
from heygen_async.models import v2
from heygen_async.sandbox import prices

KEY = "image/4f2a/original.jpg"


def lost(migration: Migration[Any]) -> set[str]:
    return {note.field for note in migration.lost}


def test_avatar_iv() -> None:
    old = v2.GenerateAvatarIV(
        image_key=KEY,
        script="Hi.",
        voice_id="voice",
        video_title="First",
        video_orientation="portrait",
        fit="cover",
        custom_motion_prompt="waves",
    )
    assert to_v3(old, strict=True).request == v3.ImageVideo(
        image=v3.AssetId(asset_id="4f2a"),
        script="Hi.",
        voice_id="voice",
        title="First",
        resolution="720p",
        aspect_ratio="9:16",
        fit="cover",
        motion_prompt="waves",
    )


def test_a_recording_beside_a_script_is_kept() -> None:
    old = v2.GenerateAvatarIV(
        image_key=KEY, script="Hi.", voice_id="voice", audio_url="https://example.com/a.mp3"
    )
    migration = to_v3(old)
    assert isinstance(migration.request, v3.ImageVideo)
    assert (migration.request.script, migration.request.audio_url) == (None, old.audio_url)
    assert "script" in [note.field for note in migration.notes]


def test_a_key_that_shows_no_asset_is_no_asset() -> None:
    migration = to_v3(v2.CreateGroup(name="Ann", image_key="odd"))
    assert lost(migration) == {"image_key"}


def test_webm() -> None:
    old = v2.GenerateWebm(
        avatar_pose_id="look", avatar_style="normal", input_text="Hi.", voice_id="voice"
    )
    assert to_v3(old, strict=True).request == v3.AvatarVideo(
        avatar_id="look",
        engine=v3.AvatarIII(),
        output_format="webm",
        script="Hi.",
        voice_id="voice",
        resolution="720p",
        aspect_ratio="16:9",
    )


@pytest.mark.parametrize(
    ("given", "field"), [("https://a.example/s.mp3", "audio_url"), ("asset", "audio_asset_id")]
)
def test_the_sound_of_a_webm_is_an_address_or_an_asset(given: str, field: str) -> None:
    old = v2.GenerateWebm(avatar_pose_id="look", avatar_style="normal", input_audio=given)
    assert getattr(to_v3(old).request, field) == given


def test_a_video_of_an_avatar_stays_as_it_is() -> None:
    old = v2.CreateAvatarVideo(avatar_id="look", script="Hi.", motion_prompt="waves")
    assert to_v3(old, strict=True).request == v3.AvatarVideo(
        avatar_id="look", script="Hi.", motion_prompt="waves"
    )
    third = to_v3(old, engine="avatar_iii")
    assert lost(third) == {"motion_prompt"}


def test_a_video_of_an_image_names_it_as_an_asset() -> None:
    old = v2.CreateAvatarVideo(image_url="https://a.example/i.png", script="Hi.", voice_id="v")
    assert to_v3(old, strict=True).request == v3.ImageVideo(
        image=v3.AssetUrl(url="https://a.example/i.png"), script="Hi.", voice_id="v"
    )


def test_the_agent_takes_what_stood_in_config() -> None:
    old = v2.GenerateFromPrompt(
        prompt="A tour.",
        config=v2.AgentConfig(avatar_id="look", orientation="portrait", duration_sec=30),
        files=[v2.AgentFile(asset_id="file")],
    )
    migration = to_v3(old)
    assert migration.request == v3.CreateAgentSession(
        prompt="A tour.\n\nThe video is to be about 30 seconds long.",
        avatar_id="look",
        orientation="portrait",
        files=[v3.AssetId(asset_id="file")],
    )
    assert migration.method == "heygen.video_agents.create"
    assert lost(migration) == {"config.duration_sec"}


def test_what_is_said_twice_is_no_loss() -> None:
    config = v2.AgentConfig(orientation="portrait", voice_id="ann")
    old = v2.GenerateFromPrompt(
        prompt="A tour.", orientation="portrait", voice_id="ann", config=config
    )
    migration = to_v3(old, strict=True)
    assert migration.request == v3.CreateAgentSession(
        prompt="A tour.", orientation="portrait", voice_id="ann"
    )
    assert migration.implied == ("config.orientation", "config.voice_id")


def test_a_prompt_that_is_full_says_no_length() -> None:
    migration = to_v3(v2.GenerateFromPrompt(prompt="x" * 10_000, duration_sec=30))
    assert migration.notes[0].kind == "dropped"


def test_a_translation_has_assets_and_a_list() -> None:
    old = v2.TranslateVideo(
        video_url="https://a.example/v.mp4", output_language="Spanish (Spain)", mode="precision"
    )
    migration = to_v3(old, strict=True)
    assert migration.request == v3.CreateVideoTranslation(
        video=v3.AssetUrl(url="https://a.example/v.mp4"),
        output_languages=["Spanish (Spain)"],
        mode="precision",
    )
    assert migration.notes == ()


def test_language_tags_are_noted() -> None:
    old = v2.TranslateVideo(video_url="https://a.example/v.mp4", output_languages=["es-ES"])
    assert [note.kind for note in to_v3(old).notes] == ["needs_attention"]


def test_a_template_keeps_its_variables_and_its_id() -> None:
    old = v2.GenerateTemplateVideo(
        variables=v2.template_variables(
            {
                "name": "Ann",
                "logo": v2.ImageProperties(url="https://a.example/i.png", fit="cover"),
                "clip": v2.VideoProperties(asset_id="clip", play_style="loop"),
                "jingle": v2.AudioProperties(asset_id="sound"),
                "host": v2.CharacterProperties(character_id="look", type="avatar"),
                "speaker": v2.VoiceProperties(voice_id="voice"),
            }
        ),
        brand_voice_id="glossary",
        fps=30,
    )
    migration = to_v3(old, template_id="t1", strict=True)
    assert migration.request == v3.GenerateFromTemplate(
        variables={
            "name": v3.TextVariable(content="Ann"),
            "logo": v3.ImageVariable(asset=v3.AssetUrl(url="https://a.example/i.png"), fit="cover"),
            "clip": v3.VideoVariable(asset=v3.AssetId(asset_id="clip"), play_style="loop"),
            "jingle": v3.AudioVariable(asset=v3.AssetId(asset_id="sound")),
            "host": v3.CharacterVariable(character_id="look", character_type="avatar"),
            "speaker": v3.VoiceVariable(voice_id="voice"),
        },
        brand_glossary_id="glossary",
        fps=30,
    )
    assert migration.path == "/v3/templates/t1"
    assert to_v3(old).path == "/v3/templates/{template_id}"


def test_a_speech_is_the_same() -> None:
    old = v3.CreateSpeech(text="Hi.", voice_id="voice", speed=1.8)
    migration = to_v3(old, strict=True)
    assert (migration.request, migration.notes) == (old, ())


def test_photos_become_one_avatar_of_one_prompt() -> None:
    old = v2.GeneratePhotos(
        name="Ann",
        age="Young Adult",
        gender="Woman",
        ethnicity="Unspecified",
        orientation="vertical",
        pose="half_body",
        style="Realistic",
        appearance="red hair",
    )
    migration = to_v3(old)
    assert migration.request == v3.PromptAvatar(
        name="Ann",
        prompt="red hair, gender: Woman, age: Young Adult, pose: half body, style: Realistic",
        aspect_ratio="9:16",
    )
    assert lost(migration) == {"appearance"}
    assert migration.implied == ("ethnicity",)


def test_looks_and_groups_become_avatars() -> None:
    group = to_v3(v2.CreateGroup(name="Ann", image_key=KEY), strict=True)
    assert any(f"{prices.AVATAR:.2f} USD" in note.reason for note in group.notes)
    assert group.request == v3.PhotoAvatar(name="Ann", file=v3.AssetId(asset_id="4f2a"))
    more = to_v3(v2.AddLooks(group_id="g", image_keys=[KEY, "image/b/original"], name="Ann"))
    assert more.request == v3.PhotoAvatar(
        name="Ann", file=v3.AssetId(asset_id="4f2a"), avatar_group_id="g"
    )
    assert [note.kind for note in more.lost] == ["dropped"]
    look = v2.GenerateLook(
        group_id="g", prompt="avatar at sea", orientation="square", pose="close_up", style="Noir"
    )
    assert to_v3(look).request == v3.PromptAvatar(
        name="New look",
        prompt="avatar at sea, pose: close up, style: Noir",
        avatar_group_id="g",
        aspect_ratio="1:1",
    )


def test_a_twin_consents_later() -> None:
    old = v2.CreateDigitalTwin(
        training_footage_url="https://a.example/f.mp4",
        video_consent_url="https://a.example/c.mp4",
        avatar_name="Ann",
    )
    migration = to_v3(old)
    assert migration.request == v3.DigitalTwin(
        name="Ann", file=v3.AssetUrl(url="https://a.example/f.mp4")
    )
    assert lost(migration) == {"video_consent_url"}
