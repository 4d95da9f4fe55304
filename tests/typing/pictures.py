"""What is picked is of the type that it was picked from."""

from typing import assert_type

from heygen_async.models import AvatarLook, Background, Voice
from heygen_async.models.v2 import Dimension, ImageBackground, LegacyAvatar, LegacyVoice
from heygen_async.scripting import (
    Subtitles,
    TextOverlay,
    default_voice,
    dimension,
    for_v3,
    image_background,
    overlay,
    pick_avatars,
    pick_voices,
    read_subtitles,
)


def picked(
    looks: list[AvatarLook],
    avatars: list[LegacyAvatar],
    voices: list[Voice],
    old: list[LegacyVoice],
) -> None:
    assert_type(pick_avatars(looks), list[AvatarLook])
    assert_type(pick_avatars(avatars, name="Ada"), list[LegacyAvatar])
    assert_type(pick_voices(voices, language="English"), list[Voice])
    assert_type(pick_voices(old, emotion_support=True), list[LegacyVoice])
    assert_type(default_voice(looks[0], old), str)


def shown() -> None:
    size = dimension("16:9", quality="4k")
    assert_type(size, Dimension)
    assert_type(overlay("Hi", frame=size, start=0, end=3, anchor="top-left"), TextOverlay)
    assert_type(image_background("id"), ImageBackground)
    assert_type(for_v3(image_background("id")), Background)
    assert_type(read_subtitles(b""), Subtitles)
    dimension(quality="8k")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    pick_voices(looks=[])  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
