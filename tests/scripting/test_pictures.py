"""Sizes, backgrounds, captions, overlays and cut-outs."""

import json
import re

import msgspec
import pytest
from hypothesis import given, strategies as st

from heygen_async.errors import InvalidRequestError
from heygen_async.models import AvatarVideo
from heygen_async.models.v2 import CaptionStyle, Dimension, ImageBackground, VideoBackground
from heygen_async.scripting import (
    ASPECTS,
    CAPTION_STYLES,
    COLORS,
    OVERLAY_STYLES,
    PLATFORMS,
    aspect_of,
    burn_in_command,
    caption_options,
    color_background,
    compose_command,
    cutout_for,
    dimension,
    for_v3,
    hex_color,
    image_background,
    orientation_of,
    overlay,
    sized,
    video_background,
)
from heygen_async.scripting.commands import in_filter
from heygen_async.scripting.dimensions import Quality
from heygen_async.scripting.overlays import ANCHORS, Anchor
from heygen_async.wire.encode import encode

FRAME = Dimension(width=1920, height=1080)


def wide(size: Dimension) -> tuple[int, int]:
    return size.width, size.height


@pytest.mark.parametrize(
    ("aspect", "quality", "size"),
    [
        ("16:9", "720p", (1280, 720)),
        ("16:9", "1080p", (1920, 1080)),
        ("9:16", "720p", (720, 1280)),
        ("1:1", "720p", (720, 720)),
        ("4:3", "720p", (960, 720)),
        ("4:3", "1080p", (1440, 1080)),
        ("4:5", "720p", (576, 720)),
        ("4:5", "1080p", (864, 1080)),
        ("16:9", "4k", (3840, 2160)),
        ("21:9", "1080p", (2520, 1080)),
        ("9:21", "720p", (720, 1680)),
    ],
)
def test_a_shape_and_a_quality_make_a_size(
    aspect: str, quality: Quality, size: tuple[int, int]
) -> None:
    assert wide(dimension(aspect, quality=quality)) == size


@pytest.mark.parametrize(
    ("platform", "size"),
    [
        ("youtube", (1920, 1080)),
        ("TikTok", (1080, 1920)),
        ("Instagram Reels", (1080, 1920)),
        ("youtube-shorts", (1080, 1920)),
        ("instagram_feed", (1080, 1080)),
        ("x", (1280, 720)),
    ],
)
def test_a_platform_has_a_size(platform: str, size: tuple[int, int]) -> None:
    assert wide(dimension(platform=platform)) == size


def test_a_smaller_size_stays_even() -> None:
    assert wide(dimension(platform="twitter", quality="720p")) == (854, 480)
    assert aspect_of(Dimension(width=854, height=480)) == "16:9"


@given(st.integers(1, 60), st.integers(1, 60), st.sampled_from(["720p", "1080p", "4k"]))
def test_every_size_is_one_that_heygen_takes(across: int, down: int, quality: Quality) -> None:
    try:
        size = dimension(f"{across}:{down}", quality=quality)
    except InvalidRequestError as problem:
        assert problem.field.startswith("dimension.")  # noqa: PT017  the others are sizes
    else:
        assert msgspec.convert(msgspec.to_builtins(size), Dimension) == size
        assert abs(size.width / size.height - across / down) < 0.02 * across / down


@pytest.mark.parametrize("aspect", ASPECTS)
def test_the_shape_of_a_size_is_found_again(aspect: str) -> None:
    for quality in ("720p", "1080p"):
        assert aspect_of(dimension(aspect, quality=quality)) == aspect
    assert aspect_of(Dimension(width=1600, height=500)) == "16:5"


def test_every_platform_has_the_shape_that_it_says() -> None:
    for name, platform in PLATFORMS.items():
        assert aspect_of(dimension(platform=name)) == platform.aspect


@pytest.mark.parametrize(
    ("width", "height", "field", "near"),
    [(1281, 720, "width", 1280), (100, 720, "width", 128), (720, 5000, "height", 4096)],
)
def test_a_size_that_heygen_refuses_is_refused(
    width: int, height: int, field: str, near: int
) -> None:
    with pytest.raises(InvalidRequestError, match=rf"dimension\.{field}") as caught:
        sized(width, height)
    assert caught.value.hint == f"The nearest is {near}."


@pytest.mark.parametrize(
    ("aspect", "more", "match"),
    [
        ("wide", {}, "aspect: must be a ratio"),
        ("16:0", {}, "aspect"),
        ("16:9", {"quality": "8k"}, "quality"),
        ("16:9", {"platform": "myspace"}, "platform: must be one of youtube"),
        ("100:1", {}, "dimension.width"),
    ],
)
def test_a_wrong_word_is_named(aspect: str, more: dict[str, str], match: str) -> None:
    with pytest.raises(InvalidRequestError, match=match):
        dimension(aspect, **more)  # type: ignore[arg-type]


def test_orientation() -> None:
    assert [orientation_of(dimension(each)) for each in ("16:9", "9:16", "1:1")] == [
        "landscape",
        "portrait",
        "square",
    ]


@pytest.mark.parametrize(
    ("color", "hexadecimal"),
    [
        ("white", "#ffffff"),
        ("green screen", "#00ff00"),
        ("Green-Screen", "#00ff00"),
        ("#1A2B3C", "#1a2b3c"),
        ("1a2b3c", "#1a2b3c"),
        ("#fa0", "#ffaa00"),
    ],
)
def test_colours_by_name_and_by_digits(color: str, hexadecimal: str) -> None:
    assert hex_color(color) == hexadecimal
    assert for_v3(color_background(color)).value == hexadecimal


@pytest.mark.parametrize("color", ["", "mauve", "#12345", "#12345678", "#gggggg", "#fff\n"])
def test_what_is_no_colour_is_refused(color: str) -> None:
    with pytest.raises(InvalidRequestError, match="color: must be #rrggbb, or one of white"):
        hex_color(color)


def test_pictures_and_clips_by_address_or_id() -> None:
    assert image_background("https://a/b.png") == ImageBackground(url="https://a/b.png")
    assert image_background("ab12", fit="cover").image_asset_id == "ab12"
    assert video_background("https://a/b.mp4").play_style == "loop"
    assert video_background("ab12", loop=False) == VideoBackground(
        video_asset_id="ab12", play_style="freeze"
    )
    behind = for_v3(image_background("ab12"))
    assert (behind.type, behind.asset_id, behind.url) == ("image", "ab12", None)
    encode(AvatarVideo(avatar_id="a", script="Hi.", background=behind))


@pytest.mark.parametrize(
    "source", ["", "ftp://a/b", "a b", "/home/a.png", "./a", "data:x", "C:\\a"]
)
def test_a_background_that_would_not_be_shown_is_refused(source: str) -> None:
    for make in (image_background, video_background):
        with pytest.raises(InvalidRequestError, match="source"):
            make(source)


def test_v3_has_no_clips_behind() -> None:
    with pytest.raises(InvalidRequestError, match="background") as caught:
        for_v3(video_background("ab12"))
    assert "compose_command" in str(caught.value.hint)


def test_the_styles_of_captions() -> None:
    german = caption_options("branded", language="de")
    assert (german.enabled, german.language, german.style) == (
        True,
        "de",
        CAPTION_STYLES["branded"],
    )
    assert caption_options().style == CAPTION_STYLES["default"]
    assert CAPTION_STYLES["social"].position == "top"
    for name in CAPTION_STYLES:
        body = json.loads(msgspec.json.encode(caption_options(name)))
        assert body["style"]["font_size"] >= 24
    with pytest.raises(InvalidRequestError, match="preset: must be one of default"):
        caption_options("loud")


def filter_of(command: list[str]) -> str:
    return command[command.index("-vf") + 1]


def test_captions_are_burned_in_as_the_style_says() -> None:
    command = burn_in_command("in.mp4", "a.srt", "out.mp4", height=1080)
    assert command[:4] == ["ffmpeg", "-n", "-i", "in.mp4"]
    assert command[-1] == "out.mp4"
    shown = filter_of(command)
    assert shown.startswith("subtitles=filename=a.srt:force_style=Fontname=Arial\\,Fontsize=8.533")
    # 0.7 is seen: 30 % of 255 is seen through.
    assert "PrimaryColour=&H00FFFFFF" in shown
    assert "OutlineColour=&H4D000000" in shown
    top = filter_of(burn_in_command("i", "a.vtt", "o", height=720, style="social"))
    assert "Alignment=6" in top
    assert "BorderStyle" not in top
    blue = CaptionStyle(font_color="#00D1FF", background_color="#102030")
    own = filter_of(burn_in_command("i", "a", "o", height=720, style=blue))
    assert "PrimaryColour=&H00FFD100" in own
    assert "OutlineColour=&H00302010" in own
    with pytest.raises(InvalidRequestError, match="height"):
        burn_in_command("i", "a", "o", height=0)
    with pytest.raises(InvalidRequestError, match="color"):
        burn_in_command("i", "a", "o", height=720, style=CaptionStyle(font_color="rgb(1,2)"))


def unescaped(text: str) -> str:
    r"""As ffmpeg takes one level away: what follows a ``\`` stands for itself."""
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def bare(text: str) -> str:
    return re.sub(r"\\.", "", text, flags=re.DOTALL)


@given(st.text())
def test_any_path_survives_both_levels_of_a_filter(path: str) -> None:
    escaped = in_filter(path)
    assert unescaped(unescaped(escaped)) == path
    # What would end the filter or the chain is never bare, nor is what would end the option.
    assert not re.search(r"[,;'\[\]]", bare(escaped))
    assert not re.search(r"[:']", bare(unescaped(escaped)))


def test_a_cut_out_takes_what_the_avatar_can() -> None:
    assert cutout_for("photo_avatar", behind=False) == "mp4"
    assert cutout_for("studio_avatar", behind=True) == "webm"
    assert cutout_for("digital_twin", behind=True) == "webm"
    assert cutout_for("photo_avatar", behind=True) == "green_screen"
    assert cutout_for(None, behind=True) == "green_screen"


def test_the_two_are_joined() -> None:
    webm = compose_command("a.webm", "b.mp4", "o.mp4", size=FRAME, cutout="webm")
    assert webm[: webm.index("-filter_complex")] == [
        *("ffmpeg", "-n", "-stream_loop", "-1", "-i", "b.mp4"),
        *("-c:v", "libvpx-vp9", "-i", "a.webm"),
    ]
    screen = compose_command("a.mp4", "b.PNG", "o.mp4", size=FRAME, cutout="green_screen")
    assert screen[2:4] == ["-loop", "1"]
    assert "chromakey=0x00ff00:" in screen[screen.index("-filter_complex") + 1]
    with pytest.raises(InvalidRequestError, match="cutout"):
        compose_command("a", "b", "o", size=FRAME, cutout="mp4")


@given(
    st.sampled_from(ANCHORS), st.integers(1, 1820), st.integers(1, 980), st.sampled_from(
        list(OVERLAY_STYLES))
)  # fmt: skip
def test_an_overlay_stands_in_the_frame_where_it_should(
    anchor: Anchor, width: int, height: int, style: str
) -> None:
    box = {"width": width, "height": height}
    made = overlay("Hi", frame=FRAME, start=0, end=3, style=style, anchor=anchor, **box)
    right, bottom = made.x + made.width, made.y + made.height
    assert made.x >= 50
    assert right <= 1870
    assert made.y >= 50
    assert bottom <= 1030
    row, _, column = anchor.partition("-")
    assert (row != "top") or made.y == 50
    assert (row != "bottom") or bottom == 1030
    assert (column != "left") or made.x == 50
    assert (column != "right") or right == 1870


def test_an_overlay_takes_the_room_of_its_lines() -> None:
    made = overlay("Two\nlines", frame=FRAME, start=1, end=4.5, style="lower-third")
    assert (made.width, made.height) == (1820, 86)
    assert made.style == OVERLAY_STYLES["lower-third"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": " "}, "text"),
        ({"end": 2.9}, "end"),
        ({"start": -1}, "end"),
        ({"end": float("nan")}, "end"),
        ({"end": float("inf")}, "end"),
        ({"style": "huge"}, "style"),
        ({"anchor": "middle"}, "anchor"),
        ({"width": 1900}, "width"),
        ({"height": 0}, "height"),
    ],
)
def test_an_overlay_that_cannot_be_read_is_refused(more: dict[str, object], field: str) -> None:
    given_ = {"text": "Hi", "frame": FRAME, "start": 0, "end": 3} | more
    text = given_.pop("text")
    with pytest.raises(InvalidRequestError, match=rf"^{field}: "):
        overlay(text, **given_)  # type: ignore[arg-type]


def test_every_colour_is_one() -> None:
    assert all(hex_color(value) == value for value in COLORS.values())


@pytest.mark.parametrize("aspect", ["9" * 5000 + ":1", "9" * 400 + ":1", "0:1", "00:00", "²:1"])
def test_a_ratio_that_is_none_is_refused(aspect: str) -> None:
    with pytest.raises(InvalidRequestError):
        dimension(aspect)


@pytest.mark.parametrize("side", [float("nan"), float("inf"), 720.5])
def test_a_side_is_a_whole_number(side: float) -> None:
    with pytest.raises(InvalidRequestError, match=r"dimension\.width"):
        sized(side, 720)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["greenScreen", "green_screen", "Green-Screen"])
def test_a_colour_is_known_by_the_key_of_the_guide(name: str) -> None:
    assert hex_color(name) == "#00ff00"
