"""Media without any extra: a canned talking head, looped, and a voice of tones.

The asset was made with this package's own renderer: a drawn avatar at 1280 x 720 says a sentence in
the voice of eSpeak NG within 3.84 seconds, which are 96 pictures and exactly 90 AAC frames at
24 kHz. The pictures are H.264 without B pictures, one key picture per round; the sound was encoded
three times over and the middle third kept, so that the loop has no seam; the MP3 frames were
encoded without a bit reservoir, so that each stands alone. It holds nobody's face or voice.
"""

from __future__ import annotations

import wave
from array import array
from functools import lru_cache
from pathlib import Path

import msgspec

from heygen_async.wire.rates import in_pictures

from . import tones
from .captions import cues_of
from .errors import RenderError
from .loop import Canned, write_loop, write_mp3_loop
from .probe import video_seconds
from .script import clamp_speed, estimate, parts_of
from .spec import ClipSpec, Speech, joined
from .voices import voice_of

__all__ = ["COMMENT", "TITLE", "BaseEngine"]

TITLE = "Sandbox video"
COMMENT = "Made by the local heygen_async sandbox. Not made by HeyGen; nothing was charged."

_ASSETS = Path(__file__).parent / "assets"
#: What a recording counts as when its length cannot be told without the extras, in seconds.
_UNKNOWN = 10.0
_LEAST = 1.0


class BaseEngine:
    """Canned media; the clip has the asset's size in pixels, whatever was asked for."""

    def make(self, kind: str, spec: ClipSpec, target: Path) -> Speech | None:
        """Write the file for the spec, or return its speech.

        Raises:
            RenderError: The recording to speak with does not exist.
        """
        if kind == "length":
            return Speech(video_seconds(Path(spec.video or "")) or _UNKNOWN, (), ())
        if kind == "cut":
            length = sum(end - start for start, end in spec.cuts)
            write_loop(_canned(), max(_LEAST, length), target, title=TITLE, comment=COMMENT)
            return None
        speech = _speech(spec)
        if kind == "speech":
            return speech
        seconds = max(_LEAST, speech.duration)
        if kind == "dub":  # as long as the video: what is said too long is cut
            seconds = video_seconds(Path(spec.video or "")) or spec.duration or seconds
        if kind in {"clip", "dub", "mask"}:
            write_loop(_canned(), seconds, target, title=TITLE, comment=COMMENT)
        elif kind == "mp3":
            write_mp3_loop(_canned(), seconds, target)
        elif kind == "wav":
            _write_wav(spec, seconds, target)
        else:
            name = "canned.gif" if kind == "gif" else "canned.jpg"
            target.write_bytes((_ASSETS / name).read_bytes())
        return None

    def close(self) -> None:
        """Nothing runs between requests."""


@lru_cache(maxsize=1)
def _canned() -> Canned:
    return msgspec.msgpack.decode((_ASSETS / "canned.msgpack").read_bytes(), type=Canned)


def _speech(spec: ClipSpec) -> Speech:
    if spec.scenes:
        return joined(_speech(scene) for scene in spec.scenes)
    if spec.audio is not None:
        seconds = max(_length_of(Path(spec.audio), spec.duration), spec.duration or 0.0)
        return Speech(in_pictures(seconds), (), ())
    seconds, words = estimate(spec)
    return Speech(in_pictures(seconds), words, cues_of(words))


def _length_of(path: Path, asked: float | None) -> float:
    if not path.is_file():
        raise RenderError(f"the recording {path.name} does not exist")
    try:
        with wave.open(str(path), "rb") as file:
            return file.getnframes() / file.getframerate()
    except (OSError, EOFError, wave.Error, ZeroDivisionError):
        return asked or _UNKNOWN


def _write_wav(spec: ClipSpec, seconds: float, target: Path) -> None:
    speed = clamp_speed(spec.speed)
    voice = voice_of(spec.voice_id, spec.gender, spec.language, speed)
    pcm = array("h")
    for part in parts_of(spec.script) if spec.audio is None else ():
        pcm += tones.say(part.text, voice, speed).pcm
        pcm.frombytes(bytes(2 * round(part.pause * tones.RATE)))
    missing = round(seconds * tones.RATE) - len(pcm)
    pcm.frombytes(bytes(2 * max(0, missing)))
    tones.write_wav(pcm[: round(seconds * tones.RATE)], target)
