"""Opens users' pictures with care: they may be broken, huge or hostile."""

# Pillow and PyAV mention the types of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import warnings
from pathlib import Path

import av
from av.error import FFmpegError
from PIL import Image, ImageOps

from .errors import RenderError
from .paint import Canvas
from .planes import frame_image

__all__ = ["open_backdrop", "open_photo", "open_shown"]

#: Pixels of a picture; a 100-megapixel photo is the largest that is opened.
_MAX_PIXELS = 100_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_PAPER = (236, 238, 242)
_MATROSKA = b"\x1a\x45\xdf\xa3"


def open_photo(path: str, target: tuple[int, int]) -> Canvas:
    """The picture upright, as RGB, at least as large as the target where it was so.

    Raises:
        RenderError: There is no such file, it is no picture, or it is too large.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
        try:
            with Image.open(path, formats=_FORMATS) as probe:
                probe.verify()
            with Image.open(path, formats=_FORMATS) as image:
                # JPEG can be decoded at a half, a quarter or an eighth, at a fraction of the cost.
                image.draft("RGB", (max(target) * 2, max(target) * 2))
                image.thumbnail((max(target) * 3, max(target) * 3), reducing_gap=2.0)
                return _flat(ImageOps.exif_transpose(image))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise RenderError(f"the picture {Path(path).name} has too many pixels") from error
        except FileNotFoundError as error:
            raise RenderError(f"the picture {Path(path).name} does not exist") from error
        except Exception as error:  # broken files raise nearly anything
            raise RenderError(f"the picture {Path(path).name} cannot be read: {error}") from error


def _flat(image: Canvas) -> Canvas:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, (*_PAPER, 255))
        return Image.alpha_composite(paper, clear).convert("RGB")
    return image.convert("RGB")


def open_backdrop(path: str, target: tuple[int, int]) -> Canvas:
    """A picture, or the first picture of a video, as RGB.

    Raises:
        RenderError: The file is neither.
    """
    try:
        return open_photo(path, target)
    except RenderError as error:
        frame = _first_frame(path)
        if frame is None:
            raise error from None
        return frame


def open_shown(path: str, target: tuple[int, int]) -> Canvas:
    """A picture, or the first picture of what is a video by its first bytes, as RGB.

    Raises:
        RenderError: The file is neither, or broken.
    """
    try:
        with Path(path).open("rb") as file:
            head = file.read(8)
    except OSError:
        head = b""
    if head[4:] != b"ftyp" and not head.startswith(_MATROSKA):
        return open_photo(path, target)
    frame = _first_frame(path)
    if frame is None:
        raise RenderError(f"the video {Path(path).name} cannot be read")
    return frame


def _first_frame(path: str) -> Canvas | None:
    try:
        with av.open(path) as container:
            for frame in container.decode(video=0):
                return frame_image(frame)
    except (FFmpegError, OSError, ValueError, IndexError):
        return None
    return None
