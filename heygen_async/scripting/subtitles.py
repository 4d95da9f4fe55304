"""Captions as files: SRT and WebVTT, read leniently and written to the letter.

https://www.w3.org/TR/webvtt1/
"""

import codecs
import re
from typing import Final, get_args

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.models.base import Record
from heygen_async.scripting.cue_text import Form, to_srt, to_vtt
from heygen_async.wire.arguments import one_of

_TIME: Final = r"(?:([0-9]{1,6}):)?([0-9]{1,3}):([0-9]{1,2})(?:[.,]([0-9]{1,3}))?"
_TIMES: Final = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t]+(.*))?")
_CLOCK: Final = r"-?[0-9]+[:;.,][0-9]+[:;.,][0-9]+(?:[:;.,][0-9]+)?"
_SHORT_CLOCK: Final = rf"(?:{_CLOCK}|-?[0-9]+[:;][0-9]+)"
_ARROW: Final = r"(?:[-–—=]{0,3}>{1,2}|[→⇒]|[-–—]{2,3})"
# “9:00 - 17:00” may be said; with seconds, or around an arrow, two times are those of a caption.
_ALMOST: Final = re.compile(
    r"[ \t]*-?[0-9]+[:;.,][0-9:;.,\t -]*-->"
    rf"|[ \t]*{_SHORT_CLOCK}[ \t]*{_ARROW}[ \t]*{_SHORT_CLOCK}"
    rf"|[ \t]*{_CLOCK}[ \t]*[-–—][ \t]*{_CLOCK}[ \t]*\Z"
    rf"|[^\n]*?-->[ \t]*{_SHORT_CLOCK}[ \t]*\Z"
)
_NUMBER: Final = re.compile(r"[ \t]*[0-9]+[ \t]*")
_HEAD: Final = re.compile(r"WEBVTT(?:[ \t].*)?")
_BLOCK: Final = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")
_SIXTY: Final = 60
_TOO_LATE: Final = 1_000_000 * _SIXTY * _SIXTY
"""Seconds that take more than six digits of hours."""


class Cue(Record):
    """One caption.

    Attributes:
        start: Second at which it appears.
        end: Second at which it is gone.
        text: Its lines, with the markup of the file that it is from or for.
        name: Its name; VTT only, since SRT counts.
        settings: Where it stands, as the file says it behind the times.
        notes: Blocks of a VTT that stand before it, such as ``NOTE`` and its text.
    """

    start: float
    end: float
    text: str = ""
    name: str = ""
    settings: str = ""
    notes: tuple[str, ...] = ()


class Subtitles(Record):
    """A file of captions.

    Attributes:
        cues: The captions, in the order of the file.
        form: ``srt`` or ``vtt``: the markup of the texts.
        header: What a VTT has right behind ``WEBVTT``, to the first empty line.
        blocks: Blocks of a VTT before the first caption, such as ``STYLE`` and its rules.
        closing: Blocks of a VTT behind the last caption.
    """

    cues: tuple[Cue, ...] = ()
    form: Form = "srt"
    header: str = ""
    blocks: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()


def read_subtitles(file: str | bytes) -> Subtitles:
    """Reads SRT or WebVTT; which one, its first line says.

    A file as ``write_subtitles`` writes it comes back to the letter. What occurs in the wild is
    taken, too: a byte order mark, Windows' line ends, numbers or empty lines that are missing or
    too many, hours that are left out, a comma for a point and a point for a comma.

    Args:
        file: The text, or its bytes in UTF-8 or, with a byte order mark, UTF-16.

    Raises:
        InvalidRequestError: A line is no caption, and the error says which; or the bytes are no
            text.
    """
    text = _decoded(file) if isinstance(file, bytes) else file
    return _Reader(_lines(text.removeprefix("\ufeff"))).read()


def write_subtitles(subtitles: Subtitles, form: Form | None = None) -> str:
    """The text of a file.

    Args:
        subtitles: The captions.
        form: ``srt`` or ``vtt``; that of the captions when left out.

    Raises:
        InvalidRequestError: There is no such form; or a caption would not be read as what it is:
            its times go backwards, or its text holds a line of times.
    """
    subtitles = convert_subtitles(subtitles, form or subtitles.form)
    for number, cue in enumerate(subtitles.cues):
        _check(cue, subtitles.form, f"cues[{number}].")
    _check_blocks("blocks", subtitles.blocks)
    _check_blocks("closing", subtitles.closing)
    if subtitles.form == "srt":
        return "".join(
            f"{number}\n{_written(cue, ',')}\n\n" for number, cue in enumerate(subtitles.cues, 1)
        )
    head = f"WEBVTT{subtitles.header}"
    if not (_HEAD.fullmatch(_lines(head)[0]) and _is_block(head)):
        raise InvalidRequestError("header", subtitles.header, "must be a block, or end a line")
    parts = [head, *subtitles.blocks]
    for cue in subtitles.cues:
        parts += [*cue.notes, "\n".join(filter(None, [cue.name, _written(cue, ".")]))]
    return "\n\n".join([*parts, *subtitles.closing]) + "\n"


def _is_block(text: str) -> bool:
    """Whether lines stay together: an empty one or times would end them."""
    return not any(not row.strip(" \t") or _TIMES.fullmatch(row) for row in _lines(text))


def convert_subtitles(subtitles: Subtitles, form: Form) -> Subtitles:
    """The same captions in the other form.

    SRT has no names, notes, styles and settings: they are left out, apart from a caption that
    stands at the top. VTT has no fonts.

    Args:
        subtitles: The captions.
        form: ``srt`` or ``vtt``.

    Raises:
        InvalidRequestError: There is no such form.
    """
    one_of("form", form, get_args(Form))
    if form == subtitles.form:
        return subtitles
    if form == "srt":
        return Subtitles(
            cues=tuple(
                Cue(start=cue.start, end=cue.end, text=to_srt(cue.text, cue.settings))
                for cue in subtitles.cues
            )
        )
    cues: list[Cue] = []
    for cue in subtitles.cues:
        text, settings = to_vtt(cue.text)
        cues.append(Cue(start=cue.start, end=cue.end, text=text, settings=settings))
    return Subtitles(cues=tuple(cues), form="vtt")


def _lines(text: str) -> list[str]:
    # Not splitlines: a text may hold other characters that end a line for Python.
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _decoded(file: bytes) -> str:
    wide = file.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return file.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError as problem:
        line = file.count(b"\n", 0, problem.start) + 1
        wrong = file[problem.start : problem.end]
        hint = "Save it as UTF-8, or as UTF-16 with a byte order mark."
        raise InvalidRequestError(f"line {line}", wrong, "must be UTF-8 text", hint=hint) from None


class _Reader:
    """Goes through the lines: a line of times begins a caption, what follows is its text."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._form: Form = "vtt" if _HEAD.fullmatch(lines[0]) else "srt"
        self._cues: list[Cue] = []
        self._text: list[int] = []
        """Lines since the last times: the text of that caption, and the name of the next one."""
        self._blocks: list[str] = []
        self._first_blocks: tuple[str, ...] = ()

    def read(self) -> Subtitles:
        at = 0
        if self._form == "vtt":
            at = self._end_of(0)
        header = "\n".join(self._lines[:at]).removeprefix("WEBVTT")
        while at < len(self._lines):
            at = self._take(at)
        self._end_text()
        blocks = tuple(self._blocks)
        if self._cues:
            return Subtitles(
                cues=tuple(self._cues),
                form=self._form,
                header=header,
                blocks=self._first_blocks,
                closing=blocks,
            )
        return Subtitles(form=self._form, header=header, blocks=blocks)

    def _take(self, at: int) -> int:
        """Reads the next line, or a block of lines; returns where it goes on."""
        line = self._lines[at]
        times = _TIMES.fullmatch(line)
        if times is not None:
            name = self._name(at)
            self._end_text()
            self._begin(at, times, name)
        elif _ALMOST.match(line) or (self._form == "vtt" and "-->" in line):
            raise self._wrong(at, "must be a time such as 00:00:01,500 --> 00:00:04,000")
        elif self._form == "vtt" and self._is_blank(at - 1) and _BLOCK.fullmatch(line):
            end = self._end_of(at)
            self._blocks.append("\n".join(self._lines[at:end]))
            return end
        elif not self._is_blank(at):
            self._text.append(at)
        return at + 1

    def _begin(self, at: int, times: re.Match[str], name: str) -> None:
        start, end = self._second(at, times, 1), self._second(at, times, 5)
        if end < start:
            raise self._wrong(at, "must end after it begins")
        notes, self._blocks = tuple(self._blocks), []
        if not self._cues:
            self._first_blocks, notes = notes, ()
        settings = (times[9] or "").strip(" \t")
        self._cues.append(Cue(start=start, end=end, name=name, settings=settings, notes=notes))

    def _name(self, at: int) -> str:
        """The line before the times, where that is a name or a number, and no text."""
        if not self._text or self._text[-1] != at - 1:
            return ""
        line = self._lines[at - 1]
        if _NUMBER.fullmatch(line) or (self._form == "vtt" and self._is_blank(at - 2)):
            self._text.pop()
            return line if self._form == "vtt" else ""
        return ""

    def _end_text(self) -> None:
        if self._text and not self._cues:
            raise self._wrong(self._text[0], "must be a time, or the number before one")
        if self._text:
            text = "\n".join(self._lines[at] for at in self._text)
            self._cues[-1] = msgspec.structs.replace(self._cues[-1], text=text)
        self._text = []

    def _end_of(self, at: int) -> int:
        """Where a block ends: at an empty line, and at times that nobody set apart."""
        at += 1
        while at < len(self._lines) and not (
            self._is_blank(at) or _TIMES.fullmatch(self._lines[at])
        ):
            at += 1
        return at

    def _is_blank(self, at: int) -> bool:
        # A hard space is a text: some files have it where nothing is said.
        return at < 0 or not self._lines[at].strip(" \t")

    def _second(self, at: int, times: re.Match[str], group: int) -> float:
        hours, minutes, seconds, part = times.group(*range(group, group + 4))
        if int(seconds) >= _SIXTY or (hours is not None and int(minutes) >= _SIXTY):
            raise self._wrong(at, "must have less than 60 minutes and seconds")
        whole = (int(hours or 0) * _SIXTY + int(minutes)) * _SIXTY + int(seconds)
        # One division: it gives the number that a person would write.
        return (whole * 1000 + int((part or "").ljust(3, "0"))) / 1000

    def _wrong(self, at: int, limit: str) -> InvalidRequestError:
        return InvalidRequestError(f"line {at + 1}", self._lines[at], limit)


def _written(cue: Cue, point: str) -> str:
    times = f"{_clock(cue.start, point)} --> {_clock(cue.end, point)} {cue.settings}".rstrip(" ")
    return "\n".join([times, *_rows(cue.text)])


def _rows(text: str) -> list[str]:
    """The lines of a text; an empty one would end the caption."""
    return [row for row in _lines(text) if row.strip(" \t")]


def _clock(seconds: float, point: str) -> str:
    whole, millis = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, _SIXTY)
    hour, minute = divmod(minutes, _SIXTY)
    return f"{hour:02}:{minute:02}:{second:02}{point}{millis:03}"


def _check(cue: Cue, form: Form, where: str) -> None:
    if not (0 <= cue.start <= cue.end < _TOO_LATE):
        limit = f"must be seconds from 0 to below {_TOO_LATE:,}, and end after it begins"
        raise InvalidRequestError(f"{where}start", (cue.start, cue.end), limit)
    for row in _rows(cue.text):
        if _TIMES.fullmatch(row) or _ALMOST.match(row) or (form == "vtt" and "-->" in row):
            raise InvalidRequestError(f"{where}text", row, "must not look like times")
    if cue.settings != cue.settings.strip(" \t") or len(_lines(cue.settings)) > 1:
        limit = "must be one line, without spaces around it"
        raise InvalidRequestError(f"{where}settings", cue.settings, limit)
    _check_blocks(f"{where}notes", cue.notes)
    name = cue.name
    if name and (not _is_block(name) or len(_lines(name)) > 1 or _BLOCK.fullmatch(name)):
        raise InvalidRequestError(f"{where}name", name, "must be one line, and no block")


def _check_blocks(field: str, blocks: tuple[str, ...]) -> None:
    for number, block in enumerate(blocks):
        if not (_BLOCK.fullmatch(_lines(block)[0]) and _is_block(block)):
            limit = "must begin with NOTE, STYLE or REGION, and have no empty line"
            raise InvalidRequestError(f"{field}[{number}]", block, limit)
