"""The report: one page that needs nothing but itself."""

import base64
import os
import tempfile
from collections.abc import Generator
from contextlib import suppress
from datetime import datetime
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import IO, Final

from heygen_async.cli.demo import words
from heygen_async.cli.demo.making import Take
from heygen_async.cli.demo.results import STAGES, Made
from heygen_async.cli.demo.timeline import timeline
from heygen_async.errors import TargetError
from heygen_async.version import __version__

_MOST_EMBEDDED: Final = 21_000_000
_LARGEST_PHOTO: Final = 1_000_000
_SECTIONS: Final = (
    ("16:9", "wide", "Landscape, 16:9"),
    ("9:16", "tall", "Portrait, 9:16"),
    ("1:1", "square", "Square, 1:1"),
)
# The page may load nothing from anywhere: what is not in it is not shown.
_POLICY: Final = (
    "default-src 'none'; media-src data: blob:; img-src data:; "
    "style-src 'unsafe-inline'; script-src 'unsafe-inline'"
)


def write_report(made: Made, path: Path) -> None:
    """Writes the page, whole or not at all.

    Raises:
        TargetError: It cannot be written.
    """
    part: str | None = None
    try:
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            _write(made, file)
        # A temporary file is its owner's alone; a report is for showing around.
        Path(part).chmod(0o644)
        Path(part).replace(path)
    except OSError as problem:
        if part is not None:
            with suppress(OSError):
                Path(part).unlink()
        why = problem.strerror or problem
        raise TargetError(f"{path} cannot be written: {why}") from problem


def _write(made: Made, file: IO[str]) -> None:
    for piece in _page(made):
        file.write(piece)


def _page(made: Made) -> Generator[str]:
    count = len(made.takes)
    title = f"{count} video{'' if count == 1 else 's'} from one photo"
    here = files("heygen_async.cli.demo")
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{title}</title><style>\n{here.joinpath('report.css').read_text('utf-8')}</style>"
        "</head><body><main>"
    )
    yield _header(made, title)
    yield _numbers(made)
    embedded = _embedded(made)
    for aspect, name, heading in _SECTIONS:
        takes = [take for take in made.takes if take.row.aspect == aspect]
        if takes:
            yield f'<h2>{heading}</h2><div class="videos {name}">'
            for take in takes:
                yield from _figure(take, made, embed=take.row.key in embedded)
            yield "</div>"
    yield f"<h2>What happened when</h2>{timeline(made)}"
    for note in made.notes:
        yield f'<p class="soft">{escape(note)}</p>'
    yield f"<footer><p>Made by heygen-async {__version__}. {_small_print(made)}</p></footer>"
    script = here.joinpath("report.js").read_text("utf-8")
    yield f"</main><script>\n{script}</script></body></html>\n"


def _header(made: Made, title: str) -> str:
    picture = ""
    kind = "png" if made.photo.suffix.lower() == ".png" else "jpeg"
    with suppress(OSError):
        if made.photo.stat().st_size <= _LARGEST_PHOTO:
            data = base64.b64encode(made.photo.read_bytes()).decode()
            picture = f'<img alt="The photo" src="data:image/{kind};base64,{data}">'
    day = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    return (
        f"<header>{picture}<div><h1>{title}</h1>"
        f'<p class="soft">{day}, by {escape(made.where)}</p></div></header>'
    )


def _numbers(made: Made) -> str:
    alone = f"{made.alone} or more if each job polled alone"
    scaled = f"{made.speed:g} s in the sandbox for each" if made.speed is not None else ""
    shown = (
        ("videos", f"{len(made.good)} of {len(made.takes)}", f"{made.seconds:.0f} s together"),
        ("wall time", words.seconds(made.wall), scaled),
        ("moved", f"{words.size(made.down)} down", f"{words.size(made.up)} up"),
        ("status calls", str(made.status_calls), alone),
        ("charged", *made.charged),
    )
    inside = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}<small>{escape(more)}</small></dd></div>"
        for name, value, more in shown
    )
    return f'<dl class="numbers">{inside}</dl>'


def _embedded(made: Made) -> set[str]:
    """Videos that fit into the page, the smallest first."""
    keys: set[str] = set()
    total = 0
    for take in sorted(made.good, key=lambda take: take.size):
        total += take.size
        if total > _MOST_EMBEDDED:
            break
        keys.add(take.row.key)
    return keys


def _figure(take: Take, made: Made, *, embed: bool) -> Generator[str]:
    row = take.row
    yield f'<figure id="v-{escape(row.key)}">'
    if take.path is None:
        yield f'<div class="missing">{escape(str(take.error or "not made"))}</div>'
    elif not embed:
        size = words.size(take.size)
        yield f'<div class="missing">{escape(take.path.name)} ({size}) lies beside this page</div>'
    else:
        label = escape(row.title, quote=True)
        yield f'<video controls playsinline preload="metadata" aria-label="{label}" src="data:'
        yield "video/mp4;base64,"
        yield base64.b64encode(take.path.read_bytes()).decode()
        yield '"></video>'
    tags = [take.road, take.voice, words.seconds(take.duration)]
    if row.captions:
        tags.append("captions")
    spans = "".join(f"<span>{escape(tag)}</span>" for tag in tags)
    yield (
        f"<figcaption><h3>{escape(row.title)}</h3><p>{escape(row.script)}</p>"
        f'<div class="tags">{spans}</div><small>{escape(_times(take, made))}</small>'
        "</figcaption></figure>"
    )


def _times(take: Take, made: Made) -> str:
    spans = [(stage, take.spans.get(stage)) for stage in STAGES]
    text = " · ".join(
        f"{stage} {words.seconds(span.seconds)}" for stage, span in spans if span is not None
    )
    if made.speed is None:
        return text
    real = sum(span.seconds for _, span in spans if span is not None) / made.speed
    return f"{text} (sandbox), {words.seconds(real)} real"


def _small_print(made: Made) -> str:
    if made.speed is None:
        return "Every video is inside this file."
    return (
        "Every video is inside this file, rendered by the local sandbox: it shows how the library "
        "works, not what HeyGen's avatars look like. The sandbox encodes a clip when it is first "
        "downloaded, which the download bars show."
    )
