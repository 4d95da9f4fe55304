"""What HeyGen says of videos in prose only: one example that is refused, and its neighbour."""

from typing import Any

import pytest

from heygen_async.errors import InvalidRequestError
from heygen_async.models import (
    AssetUrl,
    AvatarIII,
    AvatarScene,
    AvatarV,
    AvatarVideo,
    CinematicVideo,
    CreateVideoBatch,
    ElevenLabsSettings,
    GenerateFromTemplate,
    ImageScene,
    SceneAvatar,
    ScenePlayback,
    StudioVideo,
    TextVariable,
    VideoScene,
    VoiceSettings,
)
from heygen_async.models.base import Request
from heygen_async.wire.encode import encode

FILE = AssetUrl(url="https://example.com/a")
ELEVEN = VoiceSettings(engine_settings=ElevenLabsSettings(model="eleven_v3", stability=0.3))
SPEED = VoiceSettings(speed=1.1)
SOUNDS = "script or {0}audio_url or {0}audio_asset_id"


def speaker(**more: Any) -> StudioVideo:
    fields: dict[str, Any] = {"avatar_id": "a", "script": "Hi."}
    avatar = SceneAvatar(**fields | more)
    return StudioVideo(scenes=[AvatarScene(input=avatar)])


def image(**more: Any) -> StudioVideo:
    fields: dict[str, Any] = {"source": FILE, "duration": 1}
    return StudioVideo(scenes=[ImageScene(**fields | more)])


def video(**more: Any) -> StudioVideo:
    fields: dict[str, Any] = {"source": FILE}
    return StudioVideo(scenes=[VideoScene(**fields | more)])


def said(**more: Any) -> dict[str, Any]:
    return {"script": "Hi.", "voice_id": "v", "duration": None} | more


def batch(**more: Any) -> CreateVideoBatch:
    fields: dict[str, Any] = {"avatar_id": "a", "script": "Hi."}
    return CreateVideoBatch(videos=[AvatarVideo(**fields | more)])


def filled(**more: Any) -> GenerateFromTemplate:
    fields: dict[str, Any] = {"variables": {}}
    return GenerateFromTemplate(**fields | more)


def field_of(request: Request) -> str | None:
    try:
        encode(request)
    except InvalidRequestError as problem:
        return problem.field
    return None


IN, AT = "scenes[0].input.", "scenes[0]."


@pytest.mark.parametrize(
    ("bad", "field", "good"),
    [
        (
            speaker(script=None),
            IN + SOUNDS.format(IN),
            speaker(script=None, audio_url="https://example.com/a.mp3"),
        ),
        (speaker(script="  "), f"{IN}script", speaker(script=" a ")),
        (
            speaker(script=None, audio_url="u", voice_settings=SPEED),
            f"{IN}voice_settings",
            speaker(voice_settings=SPEED),
        ),
        (
            speaker(voice_settings=ELEVEN),
            f"{IN}voice_settings.engine_settings.stability",
            speaker(),
        ),
        (
            speaker(engine=AvatarV(), expressiveness="low"),
            f"{IN}expressiveness",
            speaker(expressiveness="low"),
        ),
        (
            speaker(engine=AvatarIII(), motion_prompt="wave"),
            f"{IN}motion_prompt",
            speaker(engine=AvatarV(), motion_prompt="wave"),
        ),
        (
            image(script="Hi.", voice_id="v"),
            f"{AT}duration or " + AT + SOUNDS.format(AT),
            image(**said()),
        ),
        (image(**said(voice_id=None)), f"{AT}voice_id", image()),
        (
            video(script="Hi.", voice_id="v", audio_url="u"),
            AT + SOUNDS.format(AT),
            video(script="Hi.", voice_id="v"),
        ),
        (video(script="Hi."), f"{AT}voice_id", video()),
        (
            video(playback=ScenePlayback(mode="loop")),
            f"{AT}playback.mode",
            video(playback=ScenePlayback(mute=True)),
        ),
        (
            StudioVideo(scenes=speaker().scenes, callback_id="1"),
            "callback_id",
            StudioVideo(scenes=speaker().scenes, callback_id="1", callback_url="https://x"),
        ),
        (
            CinematicVideo(prompt="p", avatar_id=["a"], auto_duration=True, duration=5),
            "duration",
            CinematicVideo(prompt="p", avatar_id=["a"], auto_duration=True),
        ),
        (CinematicVideo(prompt="p", avatar_id=["a"] * 4), "avatar_id", None),
        (batch(folder_id="f"), "videos[0].folder_id", batch()),
        (batch(callback_id="1"), "videos[0].callback_id", batch(title="t")),
        (
            CreateVideoBatch(videos=[*batch().videos, speaker(script=" ")]),
            f"videos[1].{IN}script",
            CreateVideoBatch(videos=[*batch().videos, speaker()]),
        ),
        (filled(fps=24), "fps", filled(fps=60)),
        (
            filled(variables={"a": TextVariable(content="")}),
            "variables.a.content",
            filled(variables={"a": TextVariable(content="x")}),
        ),
    ],
)
def test_contradictions_are_refused(bad: Request, field: str, good: Request | None) -> None:
    assert field_of(bad) == field
    assert good is None or field_of(good) is None
