"""`heygen-async captions convert`: SRT and WebVTT, moved, cut and joined."""

from pathlib import Path
from typing import Final

from heygen_async.cli.console import say
from heygen_async.cli.reading import STDIO, read
from heygen_async.cli.writing import target_of, write
from heygen_async.errors import InvalidRequestError
from heygen_async.scripting import (
    Subtitles,
    merge_subtitles,
    read_subtitles,
    shift_subtitles,
    split_subtitles,
    write_subtitles,
)
from heygen_async.scripting.cue_text import Form, dropped

_ENDINGS: Final[dict[str, Form]] = {".srt": "srt", ".vtt": "vtt"}
_OTHER: Final[dict[Form, Form]] = {"srt": "vtt", "vtt": "srt"}


def convert(
    source: str,
    *,
    form: Form | None,
    output: str,
    shift: float,
    merge: bool,
    split: bool,
    max_chars: int,
    max_lines: int,
    force: bool,
) -> None:
    """Writes the captions of a file in another way.

    Args:
        source: SRT or WebVTT; ``-`` is stdin.
        form: Of the result; by the ending of ``output``, or the other one, when left out.
        output: Where it goes; ``-`` is stdout. What is lost goes to stderr.
        shift: Seconds later.
        merge: Join neighbours that fit into one.
        split: Cut those that are too long.
        max_chars: Most characters of a line.
        max_lines: Most lines of a caption.
        force: Write over a file that is there.

    Raises:
        ConfigError: The file cannot be read, or the output is there already.
        InvalidRequestError: A line is no caption, or a caption cannot be moved so far.
        TargetError: The output cannot be written.
    """
    target = target_of(output, force=force)
    try:
        subtitles = read_subtitles(read(source))
    except InvalidRequestError as problem:
        problem.args = (f"{'stdin' if source == STDIO else source}: {problem}",)
        raise
    if merge:
        subtitles = merge_subtitles(subtitles, max_chars=max_chars, max_lines=max_lines)
    if split:
        subtitles = split_subtitles(subtitles, max_chars=max_chars, max_lines=max_lines)
    if shift:
        subtitles = shift_subtitles(subtitles, shift)
    made = form or _ENDINGS.get(Path(output).suffix.lower()) or _OTHER[subtitles.form]
    text = write_subtitles(subtitles, made)
    if not subtitles.cues:
        say("there are no captions in it")
    if made != subtitles.form and (lost := _lost(subtitles)):
        say(f"left out, since {made.upper()} has none: {lost}")
    write(target, text.removesuffix("\n"), force=force)


def _lost(subtitles: Subtitles) -> str:
    """What the other form does not have."""
    cues = subtitles.cues
    notes = sum(len(cue.notes) for cue in cues)
    counts = {
        "header": bool(subtitles.header.strip()),
        "notes and styles": len(subtitles.blocks) + notes + len(subtitles.closing),
        "names": sum(bool(cue.name) for cue in cues),
        "settings": sum(bool(cue.settings) for cue in cues),
        "tags": sum(dropped(cue.text, subtitles.form) for cue in cues),
    }
    return ", ".join(f"{count:d} {what}" for what, count in counts.items() if count)
