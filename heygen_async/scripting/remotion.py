"""Finished videos for a Remotion project: what its compositions are told, as JSON.

The types of the JSON are beside this file, in ``remotion.ts``.

https://www.remotion.dev/docs/composition
"""

import math
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, Literal, Protocol, TypeAlias
from urllib.parse import parse_qs, urlsplit

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.models import AvatarLook, Video, VideoStatus
from heygen_async.models.base import Record
from heygen_async.models.v2 import Dimension
from heygen_async.scripting.cue_text import plain
from heygen_async.scripting.subtitles import Subtitles
from heygen_async.wire.rates import FPS as HEYGEN_FPS

Layout: TypeAlias = Literal[
    "fullscreen", "bottomRight", "bottomLeft", "pictureInPicture", "leftThird"
]

REMOTION_FPS: Final = 30
_INSET: Final = 20
_WIDTHS: Final[dict[str, float]] = {
    "fullscreen": 1.0,
    "bottomRight": 0.4,
    "bottomLeft": 0.4,
    "pictureInPicture": 0.25,
    "leftThird": 0.33,
}
_AMAZON: Final = "%Y%m%dT%H%M%SZ"


class FinishedVideo(Protocol):
    """A video of v1, v2 or v3 that is ready."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def video_url(self) -> str | None:
        """Its link."""
        ...

    @property
    def duration(self) -> float | None:
        """Seconds."""
        ...


class RemotionCaption(Record, rename="camel"):
    """A caption as ``@remotion/captions`` has it.

    Attributes:
        text: What is read.
        start_ms: When it appears, in milliseconds.
        end_ms: When it is gone, in milliseconds.
        timestamp_ms: The middle of a word; not known here.
        confidence: How sure a transcript is; not known here.
    """

    text: str
    start_ms: int
    end_ms: int
    timestamp_ms: int | None
    confidence: float | None


class RemotionBox(Record, rename="camel"):
    """Where the avatar stands in the composition, in pixels from the upper left corner.

    Attributes:
        x: Of its left edge.
        y: Of its upper edge.
        width: Of the avatar.
        height: Of the avatar.
    """

    x: int
    y: int
    width: int
    height: int


class RemotionProps(Record, rename="camel", omit_defaults=True):
    """What the component is given.

    Attributes:
        avatar_video_url: The video; ``localPath`` is for ``staticFile``.
        transparent: Whether the off-thread video needs its flag for transparency.
        playback_rate: Of the video; 1, unless each picture of HeyGen's is to be a frame.
        box: Where it stands.
        captions: What is said; empty when there are none.
        title: To be shown.
        background_url: A picture or clip behind.
        logo_url: A picture on top.
        screen_recording_url: A clip that is talked about.
        avatar_webm_url: The video once more, if it is transparent.
    """

    avatar_video_url: str
    transparent: bool
    playback_rate: float
    box: RemotionBox
    captions: list[RemotionCaption]
    title: str | None = None
    background_url: str | None = None
    logo_url: str | None = None
    screen_recording_url: str | None = None
    avatar_webm_url: str | None = None


class RemotionComposition(Record, rename="camel", omit_defaults=True):
    """One composition, and the video that it is made of.

    Attributes:
        id: Of the composition: letters, digits and dashes.
        duration_in_frames: How long it is, rounded up.
        fps: Frames a second; HeyGen renders 25.
        width: Pixels.
        height: Pixels.
        default_props: What the component is given.
        video_id: HeyGen's id; empty for a stand-in.
        video_url: The link, which does not last.
        duration_in_seconds: As HeyGen measured it.
        local_path: Where the video was downloaded to.
        expires_at: When the link ends, in ISO 8601, if it says so.
    """

    id: str
    duration_in_frames: int
    fps: float
    width: int
    height: int
    default_props: RemotionProps
    video_id: str
    video_url: str
    duration_in_seconds: float
    local_path: str | None = None
    expires_at: str | None = None


class RemotionExport(Record, rename="camel"):
    """The file that a Remotion project imports.

    Attributes:
        compositions: In order.
    """

    compositions: list[RemotionComposition]


def frames(seconds: float, fps: float = REMOTION_FPS) -> int:
    """How many frames a time takes: rounded up, at least one.

    Args:
        seconds: The time.
        fps: Frames a second.

    Raises:
        InvalidRequestError: One of them is no number above 0.
    """
    _above_0("seconds", seconds)
    _above_0("fps", fps)
    # 4.04 seconds are 101 frames of 25 a second, whatever the last digit of the product says.
    return max(1, math.ceil(round(seconds * fps, 6)))


def remotion_composition(
    video: FinishedVideo,
    *,
    size: Dimension,
    fps: float = REMOTION_FPS,
    each_picture: bool = False,
    layout: Layout = "fullscreen",
    video_size: Dimension | None = None,
    transparent: bool | None = None,
    subtitles: Subtitles | None = None,
    local_path: str | None = None,
    id: str | None = None,  # noqa: A002  Remotion's word
    title: str | None = None,
    background_url: str | None = None,
    logo_url: str | None = None,
    screen_recording_url: str | None = None,
) -> RemotionComposition:
    """A composition of a finished video.

    Args:
        video: A video of v1, v2 or v3 that is ready.
        size: Of the composition; see ``dimension``.
        fps: Frames a second of the composition.
        each_picture: Shows each picture of HeyGen's for one frame, without resampling: at 30 frames
            a second the video runs at 25/30 of its pace, which is heard.
        layout: Where the avatar stands.
        video_size: Of the video, where it is another than that of the composition.
        transparent: Whether it is; by the ending of its link when left out.
        subtitles: What is said.
        local_path: Where the video was downloaded to.
        id: Of the composition; made of the video's id when left out.
        title: To be shown; that of the video when left out.
        background_url: A picture or clip behind.
        logo_url: A picture on top.
        screen_recording_url: A clip that is talked about.

    Raises:
        InvalidRequestError: The video is not ready, or a value is wrong.
    """
    url, seconds = _ready(video)
    if title is None and isinstance(video, Video):
        title = video.title
    if transparent is None:
        transparent = urlsplit(url).path.lower().endswith(".webm")
    _above_0("fps", fps)
    rate = HEYGEN_FPS / fps if each_picture else 1.0
    return RemotionComposition(
        id=_composition_id(id or f"heygen-{video.id}"),
        duration_in_frames=frames(seconds, HEYGEN_FPS if each_picture else fps),
        fps=fps,
        width=size.width,
        height=size.height,
        default_props=RemotionProps(
            avatar_video_url=url,
            transparent=transparent,
            playback_rate=rate,
            box=layout_box(layout, size, video_size or size),
            captions=_captions(subtitles, rate),
            title=title,
            background_url=background_url,
            logo_url=logo_url,
            screen_recording_url=screen_recording_url,
            avatar_webm_url=url if transparent else None,
        ),
        video_id=video.id,
        video_url=url,
        duration_in_seconds=seconds,
        local_path=local_path,
        expires_at=expiry_of(url),
    )


def remotion_placeholder(
    look: AvatarLook, *, seconds: float, size: Dimension, fps: float = REMOTION_FPS
) -> RemotionComposition:
    """A composition that shows an avatar's preview until its video is ready.

    Args:
        look: Who will be seen.
        seconds: How long the video will be, about.
        size: Of the composition.
        fps: Frames a second of the composition.

    Raises:
        InvalidRequestError: The look has no preview, or a value is wrong.
    """
    if not look.preview_video_url:
        raise InvalidRequestError("look.preview_video_url", None, "is needed for a placeholder")
    stand_in = Video(
        id=f"preview-{look.id}",
        status=VideoStatus.COMPLETED,
        title=look.name or None,
        video_url=look.preview_video_url,
        duration=seconds,
    )
    return msgspec.structs.replace(remotion_composition(stand_in, size=size, fps=fps), video_id="")


def remotion_json(compositions: Iterable[RemotionComposition]) -> str:
    """The file that a Remotion project imports; its type is ``HeyGenExport``.

    Args:
        compositions: In order.

    Raises:
        InvalidRequestError: Two of them have one id.
    """
    listed = list(compositions)
    ids = [each.id for each in listed]
    for number, each in enumerate(ids):
        if each in ids[:number]:
            raise InvalidRequestError(f"compositions[{number}].id", each, "must be another")
    return msgspec.json.format(msgspec.json.encode(RemotionExport(compositions=listed))).decode()


def layout_box(layout: Layout, size: Dimension, video: Dimension) -> RemotionBox:
    """Where an avatar stands.

    Args:
        layout: ``fullscreen``; ``bottomRight`` and ``bottomLeft`` are 40 % wide,
            ``pictureInPicture`` is 25 % wide and 20 pixels away from the lower right corner, and
            ``leftThird`` is 33 % wide and as high as the composition. Those that keep the shape of
            a tall video are narrower, so that it fits.
        size: Of the composition.
        video: Of the avatar's video, whose shape is kept where the height is not given.

    Raises:
        InvalidRequestError: There is no such layout.
    """
    share = _WIDTHS.get(layout)
    if share is None:
        raise InvalidRequestError("layout", layout, f"must be one of {', '.join(_WIDTHS)}")
    width = round(size.width * share)
    if layout in {"fullscreen", "leftThird"}:
        return RemotionBox(x=0, y=0, width=width, height=size.height)
    inset = _INSET if layout == "pictureInPicture" else 0
    height = round(width * video.height / video.width)
    if height > size.height - 2 * inset:
        height = size.height - 2 * inset
        width = round(height * video.width / video.height)
    x = 0 if layout == "bottomLeft" else size.width - width - inset
    return RemotionBox(x=x, y=size.height - height - inset, width=width, height=height)


def expiry_of(url: str) -> str | None:
    """When a signed link ends, in ISO 8601; None where it does not say so.

    Args:
        url: Signed for Amazon's, Google's or CloudFront's storage.
    """
    try:
        query = parse_qs(urlsplit(url).query)
        if "Expires" in query:
            moment = float(query["Expires"][0])
        else:
            maker = "X-Goog" if "X-Goog-Date" in query else "X-Amz"
            signed = datetime.strptime(query[f"{maker}-Date"][0], _AMAZON).replace(tzinfo=UTC)
            moment = signed.timestamp() + float(query[f"{maker}-Expires"][0])
        return datetime.fromtimestamp(moment, UTC).isoformat()
    except (KeyError, ValueError, OverflowError, OSError):
        return None


def _ready(video: FinishedVideo) -> tuple[str, float]:
    if not video.video_url or not video.duration:
        raise InvalidRequestError(
            "video.video_url",
            video.video_url,
            "must be that of a finished video",
            hint="Wait for it, or use remotion_placeholder.",
        )
    try:
        urlsplit(video.video_url)
    except ValueError:
        raise InvalidRequestError("video.video_url", video.video_url, "must be a link") from None
    return video.video_url, video.duration


def _above_0(field: str, value: float) -> None:
    if not 0 < value < math.inf:
        raise InvalidRequestError(field, value, "must be a number above 0")


def _composition_id(text: str) -> str:
    """What Remotion takes as an id: other characters become dashes."""
    return re.sub(r"[^a-zA-Z0-9-]+", "-", text)


def _captions(subtitles: Subtitles | None, rate: float) -> list[RemotionCaption]:
    if subtitles is None:
        return []
    return [
        RemotionCaption(
            text=plain(cue.text, subtitles.form),
            start_ms=round(cue.start * 1000 / rate),
            end_ms=round(cue.end * 1000 / rate),
            timestamp_ms=None,
            confidence=None,
        )
        for cue in subtitles.cues
    ]
