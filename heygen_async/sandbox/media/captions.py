"""Words to captions, and captions to SRT and WebVTT. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from heygen_async.wire.words import gathered, joined

from .spec import Cue, Word

__all__ = ["cues_of", "parsed", "srt", "vtt"]

_BLANK = re.compile(r"\n[ \t]*\n")
_TIME = r"(\d{1,3}):(\d\d):(\d\d)[,.](\d{3})"
_TIMES = re.compile(rf"{_TIME}\s*-->\s*{_TIME}")


def cues_of(words: Iterable[Word]) -> tuple[Cue, ...]:
    """The captions that show these words."""
    return tuple(
        Cue(group[0].start, group[-1].end, joined(word.word for word in group))
        for group in gathered(words)
    )


def srt(cues: Iterable[Cue]) -> str:
    """The captions as an SRT file, times as `00:00:01,500`; empty when there are none."""
    return "".join(
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{cue.text}\n\n"
        for number, cue in enumerate(cues, 1)
    )


def vtt(cues: Iterable[Cue]) -> str:
    """The captions as a WebVTT file, times as `00:00:01.500`."""
    return "WEBVTT\n\n" + "".join(
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{_escaped(cue.text)}\n\n"
        for cue in cues
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(seconds: float, point: str) -> str:
    whole, millis = divmod(max(0, round(seconds * 1000)), 1000)
    minutes, second = divmod(whole, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}{point}{millis:03}"


def parsed(text: str) -> tuple[Cue, ...]:
    """The captions of an SRT file; blocks that are none are left out."""
    cues: list[Cue] = []
    for block in _BLANK.split(text.replace("\r\n", "\n").strip()):
        rows = block.splitlines()
        at = next((index for index, row in enumerate(rows) if _TIMES.search(row)), None)
        times = _TIMES.search(rows[at]) if at is not None else None
        if at is None or times is None:
            continue
        words = " ".join(row.strip() for row in rows[at + 1 :] if row.strip())
        start, end = _second(times.groups()[:4]), _second(times.groups()[4:])
        if words and end > start:
            cues.append(Cue(start, end, words))
    return tuple(cues)


def _second(parts: Sequence[str]) -> float:
    hours, minutes, seconds, millis = map(int, parts)
    return hours * 3600 + minutes * 60 + seconds + millis / 1000
