"""Compositions for Remotion: right to the frame, and of the types that the file promises."""

import re
import subprocess
import sys
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

import msgspec
import pytest
from hypothesis import given, strategies as st

from heygen_async import scripting
from heygen_async.errors import InvalidRequestError
from heygen_async.models import AvatarLook, Video, VideoStatus
from heygen_async.models.v2 import Dimension, LegacyVideo, LegacyVideoStatus
from heygen_async.scripting import (
    Cue,
    Subtitles,
    dimension,
    expiry_of,
    frames,
    layout_box,
    remotion_composition,
    remotion_json,
    remotion_placeholder,
)
from heygen_async.scripting.remotion import (
    Layout,
    RemotionBox,
    RemotionCaption,
    RemotionComposition,
    RemotionExport,
    RemotionProps,
)

TYPES = Path(scripting.__file__).with_name("remotion.ts")
URL = "https://files.heygen.ai/a/b.mp4?Expires=1700000000&Signature=x"
READY = Video(id="v_1", status=VideoStatus.COMPLETED, title="Hello", video_url=URL, duration=4.04)
WIDE = dimension("16:9")
SAID = Subtitles(cues=(Cue(start=0.5, end=1.25, text="<i>Hi</i> &amp; bye"),), form="vtt")


@pytest.mark.parametrize(
    ("seconds", "fps", "count"),
    [
        (1, 30, 30),
        (1.001, 30, 31),
        (4.04, 25, 101),
        (0.1, 30, 3),
        (13.2, 25, 330),
        (1.1, 30, 33),
        (0.001, 30, 1),
        (2, 29.97, 60),
    ],
)
def test_frames_are_rounded_up(seconds: float, fps: float, count: int) -> None:
    assert frames(seconds, fps) == count


@given(st.integers(1, 100_000), st.sampled_from([24, 25, 30, 50, 60]))
def test_whole_frames_stay_as_many(count: int, fps: int) -> None:
    assert frames(count / fps, fps) == count


@pytest.mark.parametrize(("seconds", "fps"), [(0, 30), (-1, 30), (1, 0), (float("nan"), 30)])
def test_no_time_has_no_frames(seconds: float, fps: float) -> None:
    with pytest.raises(InvalidRequestError, match="above 0"):
        frames(seconds, fps)


def test_a_finished_video_becomes_a_composition() -> None:
    made = remotion_composition(READY, size=WIDE, subtitles=SAID, local_path="out/a.mp4")
    assert msgspec.to_builtins(made) == {
        "id": "heygen-v-1",
        "durationInFrames": 122,
        "fps": 30,
        "width": 1920,
        "height": 1080,
        "defaultProps": {
            "avatarVideoUrl": URL,
            "transparent": False,
            "playbackRate": 1.0,
            "box": {"x": 0, "y": 0, "width": 1920, "height": 1080},
            "captions": [
                {
                    "text": "Hi & bye",
                    "startMs": 500,
                    "endMs": 1250,
                    "timestampMs": None,
                    "confidence": None,
                }
            ],
            "title": "Hello",
        },
        "videoId": "v_1",
        "videoUrl": URL,
        "durationInSeconds": 4.04,
        "localPath": "out/a.mp4",
        "expiresAt": "2023-11-14T22:13:20+00:00",
    }


def test_each_picture_can_be_a_frame() -> None:
    made = remotion_composition(READY, size=WIDE, subtitles=SAID, each_picture=True)
    assert made.duration_in_frames == 101
    assert made.default_props.playback_rate == 25 / 30
    # The video is slower, and its captions with it.
    assert made.default_props.captions[0].start_ms == 600


def test_there_are_frames() -> None:
    for each_picture in (False, True):
        with pytest.raises(InvalidRequestError, match="fps"):
            remotion_composition(READY, size=WIDE, fps=0, each_picture=each_picture)


def test_what_is_transparent_is_told() -> None:
    clear = msgspec.structs.replace(READY, video_url="https://x/a.WEBM?Expires=1")
    props = remotion_composition(clear, size=WIDE).default_props
    assert (props.transparent, props.avatar_webm_url) == (True, clear.video_url)
    props = remotion_composition(READY, size=WIDE, transparent=True).default_props
    assert props.transparent


def test_videos_of_v1_have_compositions_too() -> None:
    old = LegacyVideo(
        id="old", status=LegacyVideoStatus.COMPLETED, video_url="https://x/a.mp4", duration=2
    )
    made = remotion_composition(old, size=WIDE, fps=25, title="Old")
    assert (made.duration_in_frames, made.default_props.title, made.expires_at) == (50, "Old", None)


def test_what_is_not_ready_is_refused_or_stood_in_for() -> None:
    waiting = Video(id="v", status=VideoStatus.PROCESSING)
    with pytest.raises(InvalidRequestError, match="finished video") as caught:
        remotion_composition(waiting, size=WIDE)
    assert "placeholder" in str(caught.value.hint)
    look = AvatarLook(id="look", name="Ada", preview_video_url="https://x/p.mp4")
    made = remotion_placeholder(look, seconds=10, size=WIDE)
    assert (made.duration_in_frames, made.video_id) == (300, "")
    assert made.default_props.avatar_video_url == "https://x/p.mp4"
    with pytest.raises(InvalidRequestError, match="preview_video_url"):
        remotion_placeholder(AvatarLook(id="look"), seconds=10, size=WIDE)


@pytest.mark.parametrize(
    ("layout", "box"),
    [
        ("fullscreen", (0, 0, 1920, 1080)),
        ("bottomRight", (1152, 648, 768, 432)),
        ("bottomLeft", (0, 648, 768, 432)),
        ("pictureInPicture", (1420, 790, 480, 270)),
        ("leftThird", (0, 0, 634, 1080)),
    ],
)
def test_layouts(layout: Layout, box: tuple[int, int, int, int]) -> None:
    found = layout_box(layout, WIDE, Dimension(width=1280, height=720))
    assert (found.x, found.y, found.width, found.height) == box


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(InvalidRequestError, match="layout: must be one of fullscreen"):
        layout_box("topLeft", WIDE, WIDE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "moment"),
    [
        (URL, "2023-11-14T22:13:20+00:00"),
        ("https://x/a?X-Amz-Date=20260101T000000Z&X-Amz-Expires=60", "2026-01-01T00:01:00+00:00"),
        ("https://x/a?X-Goog-Date=20260101T000000Z&X-Goog-Expires=1", "2026-01-01T00:00:01+00:00"),
        ("https://x/a", None),
        ("https://x/a?Expires=soon", None),
        ("https://x/a?Expires=1e99", None),
        ("https://x/a?X-Amz-Date=2026&X-Amz-Expires=60", None),
    ],
)
def test_the_end_of_a_link_is_read_from_it(url: str, moment: str | None) -> None:
    assert expiry_of(url) == moment


def test_no_two_compositions_have_one_id() -> None:
    made = remotion_composition(READY, size=WIDE)
    with pytest.raises(InvalidRequestError, match=r"compositions\[1\]\.id"):
        remotion_json([made, made])
    other = remotion_composition(READY, size=WIDE, id="two words")
    assert other.id == "two-words"
    decoded = msgspec.json.decode(remotion_json([made, other]), type=RemotionExport)
    assert decoded.compositions == [made, other]


# What each struct is called in the type file.
NAMES = {
    RemotionCaption: "HeyGenCaption",
    RemotionBox: "HeyGenBox",
    RemotionProps: "HeyGenProps",
    RemotionComposition: "HeyGenComposition",
    RemotionExport: "HeyGenExport",
}


def script_type(kind: Any) -> str:
    """A Python type as TypeScript has it."""
    if kind in NAMES:
        return NAMES[kind]
    if get_origin(kind) is list:
        return f"{script_type(get_args(kind)[0])}[]"
    if isinstance(kind, UnionType):
        return " | ".join(script_type(each) for each in get_args(kind))
    return {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null"}[kind]


def promised() -> dict[str, dict[str, str]]:
    """Every type of the file, with its properties as they are written."""
    text = re.sub(r"/\*.*?\*/", "", TYPES.read_text("utf-8"), flags=re.DOTALL)
    blocks = re.findall(r"export (?:interface|type) (\w+) (?:= )?\{(.*?)\}", text, re.DOTALL)
    return {name: dict(re.findall(r"(\w+\??): ([^;]+);", inside)) for name, inside in blocks}


def test_the_type_file_says_what_the_structs_are() -> None:
    expected: dict[str, dict[str, str]] = {}
    for struct, name in NAMES.items():
        expected[name] = {}
        for field in msgspec.structs.fields(struct):
            # What has a default is left out of the JSON at it.
            kind = field.type if field.required else get_args(field.type)[0]
            mark = "" if field.required else "?"
            expected[name][f"{field.encode_name}{mark}"] = script_type(kind)
    assert promised() == expected


def checked(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    (folder / "remotion.ts").write_text(TYPES.read_text("utf-8"), "utf-8")
    (folder / "main.ts").write_text(code, "utf-8")
    return subprocess.run(  # noqa: S603  a compiler from our own environment
        [Path(sys.executable).with_name("deno"), "check", "--no-remote", "--no-config", "main.ts"],
        cwd=folder,
        env={"DENO_DIR": str(folder / "cache"), "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )


IMPORTS = """\
import type { HeyGenComposition, HeyGenExport } from "./remotion.ts";
import data from "./heygen.json" with { type: "json" };
"""


def test_the_json_compiles_against_the_types(tmp_path: Path) -> None:
    full = remotion_composition(
        msgspec.structs.replace(READY, video_url="https://x/a.webm?Expires=1700000000"),
        size=WIDE,
        subtitles=SAID,
        local_path="a.webm",
        background_url="https://x/b.png",
        logo_url="https://x/l.png",
        screen_recording_url="https://x/s.mp4",
    )
    plain = remotion_composition(READY, size=WIDE, id="plain", title="")
    (tmp_path / "heygen.json").write_text(remotion_json([full, plain]), "utf-8")
    uses = IMPORTS + (
        "const made: HeyGenExport = data;\n"
        "const first: HeyGenComposition = made.compositions[0];\n"
        "const props: Record<string, unknown> = first.defaultProps;\n"
        "const start: number = first.defaultProps.captions[0].startMs;\n"
        "const path: string | undefined = first.localPath;\n"
        "console.log(props, start, path);\n"
    )
    done = checked(tmp_path, uses)
    assert done.returncode == 0, done.stderr
    wrong = checked(tmp_path, IMPORTS + "const made: HeyGenComposition = data;\n")
    assert wrong.returncode != 0
    assert "TS2" in wrong.stderr


LAYOUTS = ("fullscreen", "bottomRight", "bottomLeft", "pictureInPicture", "leftThird")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shape", ["9:16", "1:1", "16:9"])
@pytest.mark.parametrize("of", ["9:16", "16:9"])
def test_an_avatar_stands_inside_whatever_its_shape(layout: Layout, shape: str, of: str) -> None:
    size, video = dimension(of), dimension(shape)
    box = layout_box(layout, size, video)
    assert box.x >= 0
    assert box.y >= 0
    assert box.x + box.width <= size.width
    assert box.y + box.height <= size.height
    if layout not in {"fullscreen", "leftThird"}:
        assert box.width / box.height == pytest.approx(video.width / video.height, rel=0.01)


def test_a_broken_link_is_refused() -> None:
    video = msgspec.structs.replace(READY, video_url="http://[bad")
    with pytest.raises(InvalidRequestError, match=r"video\.video_url: must be a link"):
        remotion_composition(video, size=WIDE)
    assert expiry_of("http://[bad") is None
