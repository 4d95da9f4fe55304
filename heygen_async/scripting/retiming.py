"""Captions in other pieces, or at other times, and captions of what a voice has said."""

import math
from collections.abc import Iterable
from typing import Final

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.models import Speech, WordTimestamp
from heygen_async.scripting.cue_text import Form, fits, places, plain, wrapped
from heygen_async.scripting.subtitles import Cue, Subtitles, convert_subtitles
from heygen_async.wire.arguments import whole
from heygen_async.wire.words import LINE, gathered, joined

_LINES: Final = 2
_GAP: Final = 0.25
_LONGEST: Final = 7.0


def subtitles_of(
    speech: Speech | Iterable[WordTimestamp],
    *,
    max_chars: int = LINE,
    max_seconds: float = 3.5,
    pause: float = 0.6,
) -> Subtitles:
    """Captions of what a voice has said, in the form ``srt``.

    A caption ends at the end of a sentence, before it would be too long, and at a pause. The two
    words that HeyGen frames a speech with, and nobody says, are left out.

    Args:
        speech: A speech with its times, or the times alone.
        max_chars: Most characters of a caption; a word that is longer has one of its own.
        max_seconds: Longest time for which a caption is seen.
        pause: Seconds of silence that end a caption inside a sentence.

    Raises:
        InvalidRequestError: The speech came without times, or ``max_chars`` is below 1.
    """
    whole("max_chars", max_chars, least=1)
    if isinstance(speech, Speech):
        if speech.word_timestamps is None:
            raise InvalidRequestError("speech.word_timestamps", None, "are needed for captions")
        speech = speech.word_timestamps
    words = [
        WordTimestamp(word=word, start=each.start, end=max(each.start, each.end))
        for each in speech
        if each.is_spoken and (word := " ".join(each.word.split()))
    ]
    groups = gathered(words, max_chars=max_chars, max_seconds=max_seconds, pause=pause)
    return Subtitles(
        cues=tuple(
            Cue(
                start=group[0].start,
                end=max(word.end for word in group),
                text=joined(word.word for word in group),
            )
            for group in groups
        )
    )


def shift_subtitles(subtitles: Subtitles, seconds: float) -> Subtitles:
    """The same captions, so many seconds later; earlier where it is below 0.

    Raises:
        InvalidRequestError: A caption would appear before the beginning.
    """
    first = min((cue.start for cue in subtitles.cues), default=math.inf)
    if not -first <= seconds < math.inf:
        limit = f"must be at least -{first:g}, which is how far the first caption can go"
        raise InvalidRequestError("seconds", seconds, limit)
    return _with(subtitles, [_moved(cue, seconds) for cue in subtitles.cues])


def split_subtitles(
    subtitles: Subtitles, *, max_chars: int = LINE, max_lines: int = _LINES
) -> Subtitles:
    """The same words, with no caption too long: one that is becomes several.

    Each piece is seen for its share of the characters. A word that is longer than a line is kept
    whole. What fits stays as it is.

    Args:
        subtitles: The captions.
        max_chars: Most characters of a line; 42 is what television allows.
        max_lines: Most lines of a caption.

    Raises:
        InvalidRequestError: A limit is below 1.
    """
    _check_limits(max_chars, max_lines)
    cues: list[Cue] = []
    for cue in subtitles.cues:
        texts = wrapped(cue.text, subtitles.form, max_chars=max_chars, max_lines=max_lines)
        cues += _shared(cue, texts, subtitles.form)
    return _with(subtitles, cues)


def merge_subtitles(
    subtitles: Subtitles,
    *,
    max_chars: int = LINE,
    max_lines: int = _LINES,
    max_gap: float = _GAP,
    max_seconds: float = _LONGEST,
) -> Subtitles:
    """The same words in fewer captions: neighbours that fit into one become one.

    Args:
        subtitles: The captions.
        max_chars: Most characters of a line.
        max_lines: Most lines of a caption.
        max_gap: Most seconds between the two.
        max_seconds: Longest time for which a caption is seen.

    Raises:
        InvalidRequestError: A limit is below 1.
    """
    _check_limits(max_chars, max_lines)
    cues: list[Cue] = []
    for cue in subtitles.cues:
        last = cues[-1] if cues else None
        near = (
            last is not None
            and cue.start >= last.start
            and cue.start - last.end <= max_gap
            and max(last.end, cue.end) - last.start <= max_seconds
            and cue.settings == last.settings
            and places(cue.text, subtitles.form) == places(last.text, subtitles.form)
        )
        if last is not None and near:
            text = joined(filter(None, [last.text, cue.text])).replace("\n", " ")
            one, *more = wrapped(text, subtitles.form, max_chars=max_chars, max_lines=max_lines)
            if not more and fits(one, subtitles.form, max_chars=max_chars, max_lines=max_lines):
                cues[-1] = msgspec.structs.replace(
                    last, end=max(last.end, cue.end), text=one, notes=(*last.notes, *cue.notes)
                )
                continue
        cues.append(cue)
    return _with(subtitles, cues)


def join_subtitles(parts: Iterable[tuple[float, Subtitles]]) -> Subtitles:
    """The captions of videos that are shown one after the other, or of the parts of one.

    Args:
        parts: Captions, each with the second at which its video begins. The first one decides the
            form.

    Raises:
        InvalidRequestError: There are none, or a caption would appear before the beginning.
    """
    moved = [shift_subtitles(subtitles, seconds) for seconds, subtitles in parts]
    if not moved:
        raise InvalidRequestError("parts", moved, "must hold captions")
    first, *others = moved
    cues, blocks, notes = list(first.cues), list(first.blocks), first.closing
    for other in others:
        same = convert_subtitles(other, first.form)
        # Only notes may stand behind a caption: styles and regions count at the beginning alone.
        blocks += [each for each in same.blocks if not _is_note(each) and each not in blocks]
        notes += tuple(filter(_is_note, same.blocks))
        if same.cues:
            head, *rest = same.cues
            cues += [msgspec.structs.replace(head, notes=(*notes, *head.notes)), *rest]
            notes = ()
        notes += same.closing
    return msgspec.structs.replace(first, cues=tuple(cues), blocks=tuple(blocks), closing=notes)


def _is_note(block: str) -> bool:
    return block.startswith("NOTE")


def _with(subtitles: Subtitles, cues: list[Cue]) -> Subtitles:
    return msgspec.structs.replace(subtitles, cues=tuple(cues))


def _check_limits(max_chars: int, max_lines: int) -> None:
    whole("max_chars", max_chars, least=1)
    whole("max_lines", max_lines, least=1)


def _moved(cue: Cue, seconds: float) -> Cue:
    start, end = round(cue.start + seconds, 3), round(cue.end + seconds, 3)
    return msgspec.structs.replace(cue, start=max(0.0, start), end=max(0.0, end))


def _shared(cue: Cue, texts: list[str], form: Form) -> list[Cue]:
    """A caption in pieces, which share its time by what is to be read in each."""
    sizes = [len(plain(text, form)) for text in texts]
    ends = [sum(sizes[: number + 1]) / (sum(sizes) or 1) for number in range(len(sizes))]
    length = cue.end - cue.start
    inner = (round(cue.start + length * end, 3) for end in ends[:-1])
    times = [cue.start, *(min(max(cue.start, each), cue.end) for each in inner), cue.end]
    return [
        msgspec.structs.replace(
            cue,
            start=times[number],
            end=times[number + 1],
            text=text,
            name="" if number else cue.name,
            notes=() if number else cue.notes,
        )
        for number, text in enumerate(texts)
    ]
