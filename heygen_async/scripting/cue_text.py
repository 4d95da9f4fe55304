"""The text of a caption: its markup in SRT and in VTT, and where its lines are broken."""

import html
import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final, Literal, NamedTuple, TypeAlias

from heygen_async.wire.words import Token, tokens_of

Form: TypeAlias = Literal["srt", "vtt"]

_TAG: Final[dict[Form, re.Pattern[str]]] = {
    "srt": re.compile(r"</?(?P<name>b|i|u|s|font)\b[^<>]*>|\{\\[^{}]*\}", re.IGNORECASE),
    "vtt": re.compile(r"</?(?P<name>b|i|u|c|v|lang|ruby|rt)(?:[.\s][^<>]*)?>|<[0-9:.]+>"),
}
_BOTH: Final = frozenset({"b", "i", "u"})
"""What both forms know."""

_NUMPAD: Final = re.compile(r"\{\\an([1-9])\}")
_ALIGN: Final = ("end", "start", "center")


class Line(NamedTuple):
    """From where to where a line goes, in the text without its tags."""

    start: int
    end: int


def plain(text: str, form: Form) -> str:
    """What is read: the text without its markup.

    Args:
        text: As it stands in a file.
        form: Of the file.
    """
    bare = _TAG[form].sub("", text)
    return html.unescape(bare) if form == "vtt" else bare


def places(text: str, form: Form) -> list[str]:
    """The tags of a text that say where it stands, or how it comes there; only SRT has such.

    Args:
        text: As it stands in a file.
        form: Of the file.
    """
    return [tag for tag, name in _pieces(text, form) if name == ""] if form == "srt" else []


def dropped(text: str, form: Form) -> int:
    """How many tags of a text the other form does not have.

    Args:
        text: As it stands in a file.
        form: Of the file.
    """
    tags = [(tag, name) for tag, name in _pieces(text, form) if name is not None]
    kept = (name in _BOTH or tag.startswith("</") or _NUMPAD.fullmatch(tag) for tag, name in tags)
    return sum(not each for each in kept)


def to_vtt(text: str) -> tuple[str, str]:
    """A text of SRT as VTT writes it, and the settings that say where it stands.

    Bold, italics and underlines are kept; fonts, colours and other effects are not.
    """
    place = _NUMPAD.search(text)
    parts: list[str] = []
    for piece, name in _pieces(text, "srt"):
        if name is None:
            parts.append(html.escape(piece, quote=False))
        elif name in _BOTH:
            parts.append(_bare(piece, name))
    return "".join(parts), "" if place is None else _settings(int(place[1]))


def to_srt(text: str, settings: str) -> str:
    """A text of VTT as SRT writes it; what stands at the top still does.

    Bold, italics and underlines are kept; voices, classes and times of words are not.
    """
    parts: list[str] = []
    for piece, name in _pieces(text, "vtt"):
        if name is None:
            # A written-out line break would end a line of the file.
            parts.append(re.sub(r"[\r\n]", " ", html.unescape(piece)) if "&" in piece else piece)
        elif name in _BOTH:
            parts.append(_bare(piece, name))
    top = re.search(r"(?:^|\s)line:0(?:%|,|\s|$)", settings)
    return ("{\\an8}" if top else "") + "".join(parts)


def _pieces(text: str, form: Form) -> Iterator[tuple[str, str | None]]:
    """What is read, with None, and each tag, with its name, which may be empty."""
    at = 0
    for tag in _TAG[form].finditer(text):
        yield text[at : tag.start()], None
        yield tag[0], (tag["name"] or "").lower()
        at = tag.end()
    yield text[at:], None


def _bare(tag: str, name: str) -> str:
    return f"</{name}>" if tag.startswith("</") else f"<{name}>"


def _settings(key: int) -> str:
    """Where a caption stands, by the keys of a number pad: 2 is what is usual."""
    row, column = (key - 1) // 3, _ALIGN[key % 3]
    words = ["", "line:50%", "line:0"][row], "" if column == "center" else f"align:{column}"
    return " ".join(filter(None, words))


def lines_of(text: str, max_chars: int) -> list[Line]:
    """Where the lines of a text are broken; a word that is longer has a line of its own.

    Args:
        text: Without tags.
        max_chars: Most characters of a line.
    """
    lines: list[Line] = []
    for token in tokens_of(text):
        end = token.at + len(token.text)
        if lines and _width(text, lines[-1].start, token) <= max_chars:
            lines[-1] = Line(lines[-1].start, end)
        else:
            lines.append(Line(token.at, end))
    return lines


def _width(text: str, start: int, token: Token) -> int:
    return len(" ".join(text[start : token.at + len(token.text)].split()))


def fits(text: str, form: Form, *, max_chars: int, max_lines: int) -> bool:
    """Whether a text is within the limits of ``wrapped``."""
    rows = _TAG[form].sub("", text).split("\n")
    return len(rows) <= max_lines and all(len(row) <= max_chars for row in rows)


def wrapped(text: str, form: Form, *, max_chars: int, max_lines: int) -> list[str]:
    """A text in pieces of so many lines. Tags that are open at the end of one are opened again.

    A text that fits stays as it is.

    Args:
        text: As it stands in a file.
        form: Of the file.
        max_chars: Most characters of a line.
        max_lines: Most lines of a piece.
    """
    if fits(text, form, max_chars=max_chars, max_lines=max_lines):
        return [text]
    bare, tags = _split_tags(text, form)
    lines = lines_of(bare, max_chars)
    pieces: list[str] = []
    opened: list[tuple[str, str]] = []
    for first in range(0, len(lines), max_lines):
        held, rest = lines[first : first + max_lines], lines[first + max_lines :]
        mine = _tags_of(tags, held, rest)
        tags = tags[len(mine) :]
        pieces.append(_written(bare, held, mine, opened))
    return pieces or [text]


class _Tag(NamedTuple):
    at: int
    text: str
    name: str

    @property
    def closes(self) -> bool:
        return self.text.startswith("</")


def _tags_of(tags: list[_Tag], lines: list[Line], rest: list[Line]) -> list[_Tag]:
    """The first tags, as far as they belong to a piece of so many lines."""
    if not rest:
        return tags
    end, close = lines[-1].end, rest[0].start
    # What closes behind a piece belongs to it, what opens there to the next one.
    return list(takewhile(lambda tag: tag.at < end or (tag.closes and tag.at <= close), tags))


def _split_tags(text: str, form: Form) -> tuple[str, list[_Tag]]:
    bare, tags = "", list[_Tag]()
    for piece, name in _pieces(text, form):
        if name is None:
            bare += piece
        else:
            tags.append(_Tag(len(bare), piece, name))
    return bare, tags


def _written(bare: str, lines: list[Line], tags: list[_Tag], opened: list[tuple[str, str]]) -> str:
    """The lines with their tags; ``opened`` is what is open before, and then what is open after."""
    parts = [text for _, text in opened]
    left = iter(tags)
    tag = next(left, None)
    for number, line in enumerate(lines):
        at = line.start
        last = number == len(lines) - 1
        while tag is not None and (tag.at <= line.end or last):
            cut = min(max(tag.at, at), line.end)
            parts += [_spaced(bare[at:cut]), tag.text]
            at = cut
            _note(tag, opened)
            tag = next(left, None)
        parts += [_spaced(bare[at : line.end]), "" if last else "\n"]
    parts += [f"</{name}>" for name, _ in reversed(opened) if name]
    return "".join(parts)


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _note(tag: _Tag, opened: list[tuple[str, str]]) -> None:
    if not tag.closes:
        # What stands in braces, such as a place, holds to the end and is never closed.
        if tag.name or tag.text.startswith("{"):
            opened.append((tag.name, tag.text))
        return
    for at in range(len(opened) - 1, -1, -1):
        if opened[at][0] == tag.name:
            del opened[at]
            return
