"""Pictures as the planes a video encoder wants, and patches copied into them in place."""

# Pillow and PyAV mention the types of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from PIL import Image

from .paint import Canvas

__all__ = ["Patch", "Surface", "frame_image", "patch_of"]

_BT709 = 1
_FULL, _LIMITED = 2, 1


@dataclass(frozen=True, slots=True)
class Patch:
    """A rectangle of a picture, at even coordinates: (width, rows as bytes) for each plane."""

    left: int
    top: int
    planes: tuple[tuple[int, bytes], ...]


def patch_of(image: Canvas, at: tuple[int, int]) -> Patch:
    """Convert a picture of even size to limited-range BT.709 planes; RGBA gets a fourth plane."""
    left, top = at
    source = _rgb_frame(image)
    frame = source.reformat(
        format="yuv420p",
        src_color_range=_FULL,
        dst_color_range=_LIMITED,
        dst_colorspace=_BT709,
        interpolation="BILINEAR",
    )
    planes = [(plane.width, _packed(plane)) for plane in frame.planes]
    if image.mode == "RGBA":
        planes.append((image.width, image.getchannel("A").tobytes()))
    return Patch(left, top, tuple(planes))


def _rgb_frame(image: Canvas) -> VideoFrame:
    """The picture as a frame; clear pixels are black, so that they cost nothing to encode."""
    rgb = image.convert("RGB") if image.mode == "RGBA" else image
    frame = VideoFrame(image.width, image.height, "rgb24")
    plane = frame.planes[0]
    row = image.width * 3
    data = rgb.tobytes()
    if plane.line_size == row:
        plane.update(data)
        return frame
    view = _view(plane)
    for y in range(image.height):
        view[y * plane.line_size : y * plane.line_size + row] = data[y * row : (y + 1) * row]
    return frame


def _view(plane: object) -> memoryview:
    # The planes follow the buffer protocol, which has no type before Python 3.12.
    return memoryview(cast("bytes", plane)).cast("B")


def _packed(plane: VideoPlane) -> bytes:
    """The plane without the padding at the end of its lines."""
    view, stride, width = _view(plane), plane.line_size, plane.width
    if stride == width:
        return bytes(view[: width * plane.height])
    return b"".join(view[y * stride : y * stride + width] for y in range(plane.height))


def frame_image(frame: VideoFrame) -> Canvas:
    """A decoded picture as RGB."""
    plain = frame.reformat(format="rgb24")
    plane = plain.planes[0]
    stride = plane.line_size
    size = plain.width, plain.height
    return Image.frombytes("RGB", size, bytes(_view(plane)), "raw", "RGB", stride)


class Surface:
    """One frame that is drawn into again and again; the encoders copy what they are given."""

    def __init__(self, size: tuple[int, int], *, alpha: bool) -> None:
        self.frame: VideoFrame = VideoFrame(*size, "yuva420p" if alpha else "yuv420p")
        self.frame.colorspace = _BT709
        self.frame.color_range = _LIMITED
        self._planes = [(_view(plane), plane.line_size) for plane in self.frame.planes]

    def put(self, patch: Patch) -> None:
        """Copy a patch to its place."""
        for index, ((width, data), (view, stride)) in enumerate(
            zip(patch.planes, self._planes, strict=True)
        ):
            shift = 1 if index in {1, 2} else 0
            at = (patch.top >> shift) * stride + (patch.left >> shift)
            for row in range(0, len(data), width):
                view[at : at + width] = data[row : row + width]
                at += stride

    def bar(self, left: int, right: int, top: int, color: tuple[int, int, int]) -> None:
        """Fill from `top` to the bottom between two even columns with a colour (Y, U, V)."""
        for index, value in enumerate(color):
            shift = 1 if index else 0
            view, stride = self._planes[index]
            data = bytes((value,)) * ((right - left) >> shift)
            at = (top >> shift) * stride + (left >> shift)
            for _ in range((self.frame.height - top) >> shift):
                view[at : at + len(data)] = data
                at += stride
