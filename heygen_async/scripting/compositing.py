"""An avatar over something else: which form of video it takes, and how the two are joined."""

import os
from typing import Final, Literal, TypeAlias

from heygen_async.errors import InvalidRequestError
from heygen_async.models import AvatarType
from heygen_async.models.v2 import Dimension
from heygen_async.scripting.backgrounds import COLORS, hex_color

Cutout: TypeAlias = Literal["mp4", "webm", "green_screen"]

_SIMILARITY: Final = 0.18
_BLEND: Final = 0.06

_MATTED: Final = frozenset({AvatarType.STUDIO_AVATAR, AvatarType.DIGITAL_TWIN})


def cutout_for(avatar_type: str | None, *, behind: bool) -> Cutout:
    """The form of video in which an avatar is best laid over something else.

    ``mp4`` has its background in it, which is enough for what lies on top. ``webm`` is transparent:
    for studio avatars, and for twins that were trained with matting (no field tells; HeyGen
    answers "This video avatar does not support webm output." for others). ``green_screen`` is an
    MP4 on ``COLORS["green_screen"]``, which ``compose_command`` takes out again: it works for
    everybody, photos included. WebM knows no circle: whoever joins the two crops one.

    Args:
        avatar_type: Of the look, such as ``photo_avatar``; None where nobody knows it.
        behind: Whether something is to be seen behind the avatar.
    """
    if not behind:
        return "mp4"
    return "webm" if avatar_type in _MATTED else "green_screen"


def compose_command(
    video: str | os.PathLike[str],
    background: str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    size: Dimension,
    cutout: Cutout,
    color: str = COLORS["green_screen"],
) -> list[str]:
    """A command that lays an avatar over a clip or a picture, for ``subprocess``; needs ffmpeg.

    Args:
        video: The avatar, as ``cutout`` says.
        background: A clip, which is repeated, or a picture.
        output: The file to make; one that is there is not replaced.
        size: Of the result; the background fills it.
        cutout: ``webm`` or ``green_screen``.
        color: Of the screen.

    Raises:
        InvalidRequestError: The avatar is not cut out, or the colour is none.
    """
    if cutout not in {"webm", "green_screen"}:
        raise InvalidRequestError("cutout", cutout, "must be webm or green_screen")
    still = os.fspath(background).lower().endswith((".png", ".jpg", ".jpeg", ".webp"))
    again = ["-loop", "1"] if still else ["-stream_loop", "-1"]
    # The decoder that ffmpeg takes by itself does not see what is transparent.
    decoder = ["-c:v", "libvpx-vp9"] if cutout == "webm" else []
    box = f"{size.width}:{size.height}"
    fill = f"scale={box}:force_original_aspect_ratio=increase,crop={box},fps=25,format=yuv420p"
    front = f"scale={box}:force_original_aspect_ratio=decrease"
    if cutout == "green_screen":
        front += f",chromakey=0x{hex_color(color)[1:]}:{_SIMILARITY}:{_BLEND}"
    graph = (
        f"[0:v]{fill}[back];[1:v]{front}[front];"
        "[back][front]overlay=(W-w)/2:H-h:shortest=1,format=yuv420p[out]"
    )
    return [
        *("ffmpeg", "-n", *again, "-i", os.fspath(background)),
        *(*decoder, "-i", os.fspath(video), "-filter_complex", graph),
        *("-map", "[out]", "-map", "1:a?", "-c:v", "libx264", "-crf", "18", "-c:a", "aac"),
        *("-shortest", os.fspath(output)),
    ]
