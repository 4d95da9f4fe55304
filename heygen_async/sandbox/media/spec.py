"""What a clip shows and says, and what is known of its speech before it is rendered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

__all__ = ["ClipSpec", "Cue", "Speech", "Word", "joined"]

#: Raised when drawing or speech change, so that files cached by an older renderer are not served.
_EDITION = 1

_SPOKEN = ("script", "voice_id", "gender", "language", "speed", "audio", "duration", "scenes")

_encoder = msgspec.json.Encoder(order="deterministic")


class ClipSpec(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One clip: a picture, somebody in it, and what they say.

    Attributes:
        width: Width in pixels; an odd value is rounded down to even.
        height: Height in pixels; an odd value is rounded down to even.
        script: The text to speak; may contain `<break time="1.5s"/>`.
        voice_id: Picks a voice; the same id always sounds the same.
        gender: `"male"`, `"female"`, or `""` to let `voice_id` decide.
        language: A language's English name or its BCP-47 tag; an unknown one means English.
        speed: Speaking rate, where 1.0 is about 150 words a minute.
        audio: Path of an audio or video file to speak with instead of a script.
        duration: Least duration in seconds; all of it when there is no script and no audio.
        avatar_id: Seeds the drawn portrait; the same id always looks the same, whatever the voice.
            The word `female` or `male` in it is heeded.
        photo: Path of a photo to show instead of a drawn portrait, or of a video of which the first
            picture is shown.
        fit: `"cover"` or `"contain"`, or None to choose by the photo's aspect.
        background: A colour, `"#rrggbb"`.
        background_image: Path of a picture, or of a video of which the first picture is used.
        circle: Show the photo or portrait in a disc.
        captions: Burn captions in.
        motion: Let the photo drift slowly.
        alpha: Make a transparent WebM instead of an MP4.
        video: Path of a video to dub: its pictures are kept, and what is heard is new.
        span: Seconds from and to which it is dubbed; all of it, when left out.
        cuts: Seconds from and to which `video` is kept, where it is cut.
        scenes: Clips that are shown one after the other instead, all of this clip's size.
    """

    width: int
    height: int
    script: str = ""
    voice_id: str = ""
    gender: str = ""
    language: str = "English"
    speed: float = 1.0
    audio: str | None = None
    duration: float | None = None
    avatar_id: str = ""
    photo: str | None = None
    fit: str | None = None
    background: str | None = None
    background_image: str | None = None
    circle: bool = False
    captions: bool = False
    motion: bool = False
    alpha: bool = False
    video: str | None = None
    span: tuple[float, float] | None = None
    cuts: tuple[tuple[float, float], ...] = ()
    scenes: tuple[ClipSpec, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels as rendered: even, and at least 16."""
        return max(16, self.width & ~1), max(16, self.height & ~1)

    def digest(self) -> str:
        """The sha256 hex of the canonical encoding; files count by their path, not their bytes."""
        return _digest(msgspec.structs.asdict(self))

    def speech_digest(self) -> str:
        """The sha256 hex of what is heard alone: clips that differ only in looks share it."""
        return _digest({name: getattr(self, name) for name in _SPOKEN})


def _digest(fields: dict[str, Any]) -> str:
    # Every field counts, also one at its default, and 1 is the same speed as 1.0.
    told = {
        name: float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in fields.items()
    }
    return hashlib.sha256(b"%d:" % _EDITION + _encoder.encode(told)).hexdigest()


class Word(msgspec.Struct, frozen=True):
    """One word as written in the script, with its start and end in seconds."""

    word: str
    start: float
    end: float


class Cue(msgspec.Struct, frozen=True):
    """One caption: the text and the seconds between which it is shown."""

    start: float
    end: float
    text: str


class Speech(msgspec.Struct, frozen=True):
    """What is heard in a clip.

    Attributes:
        duration: Length of the clip in seconds, a whole number of pictures at 25 a second.
        words: The words and their times; empty when the clip speaks with a given recording.
        cues: The words gathered into captions.
    """

    duration: float
    words: tuple[Word, ...]
    cues: tuple[Cue, ...]


def joined(parts: Iterable[Speech]) -> Speech:
    """What is heard when clips are shown one after the other."""
    words: list[Word] = []
    cues: list[Cue] = []
    begin = 0.0
    for part in parts:
        words += [
            Word(word.word, round(begin + word.start, 3), round(begin + word.end, 3))
            for word in part.words
        ]
        cues += [
            Cue(round(begin + cue.start, 3), round(begin + cue.end, 3), cue.text)
            for cue in part.cues
        ]
        begin += part.duration
    return Speech(round(begin, 3), tuple(words), tuple(cues))
