"""When everything happened, as one lane of SVG for each video and avatar."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from heygen_async.cli.demo import words
from heygen_async.cli.demo.results import STAGES, Made
from heygen_async.models.base import Record

_TICKS: Final = (5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600, 7200)
_MOST_TICKS: Final = 7
# Percent of the lane that a letter takes, on a wide screen and on a phone.
_LETTER: Final = 0.9
_LETTER_PHONE: Final = 2.2


class _Bar(Record):
    kind: str
    name: str
    start: float
    end: float
    label: str = ""


def timeline(made: Made) -> str:
    """The timeline as HTML."""
    length = max(made.ended - made.began, 1e-6)
    ticks = _ticks(length)
    parts = [_legend(), _axis(made, length, ticks)]
    for track in dict.fromkeys(step.track for step in made.steps):
        bars = [
            _Bar(kind="step", name=step.name, start=step.start, end=step.end, label=step.name)
            for step in made.steps
            if step.track == track
        ]
        parts.append(_lane(f"<span>{escape(track)}</span>", bars, made, length, ticks))
    for take in made.takes:
        bars = [
            _Bar(kind=stage, name=stage, start=span.start, end=span.end)
            for stage in STAGES
            if (span := take.spans.get(stage)) is not None
        ]
        key = escape(take.row.key)
        parts.append(_lane(f'<a href="#v-{key}">{key}</a>', bars, made, length, ticks))
    return f'<div class="timeline">{"".join(parts)}</div>'


def _legend() -> str:
    stages = ((stage, stage) for stage in STAGES)
    shown = (("step", "avatar steps"), *stages, ("wait", "gap: waiting for its turn"))
    inside = "".join(f'<span class="{kind}"><b>{name}</b></span>' for kind, name in shown)
    return f'<div class="legend">{inside}</div>'


def _ticks(length: float) -> list[float]:
    step = next((each for each in _TICKS if length / each <= _MOST_TICKS), _TICKS[-1])
    return [float(at) for at in range(0, int(length) + 1, step)]


def _axis(made: Made, length: float, ticks: Sequence[float]) -> str:
    marks: list[str] = []
    for at in ticks:
        x = _percent(at / length)
        marks.append(f'<text x="{x}" y="12">{words.clock(at)}</text>')
        if made.speed is not None:
            real = words.seconds(at / made.speed)
            marks.append(f'<text x="{x}" y="26">{real}</text>')
    name = "sandbox, then real" if made.speed is not None else ""
    label = f'<span class="soft">{name}</span>'
    return f'<div class="lane axis">{label}<svg aria-hidden="true">{"".join(marks)}</svg></div>'


def _lane(
    label: str, bars: Iterable[_Bar], made: Made, length: float, ticks: Sequence[float]
) -> str:
    parts = [
        f'<line x1="{x}" x2="{x}" y1="0" y2="22"/>' for x in (_percent(at / length) for at in ticks)
    ]
    for bar in bars:
        left = max(0.0, (bar.start - made.began) / length)
        width = max(0.0, (bar.end - bar.start) / length)
        title = f"{bar.name}: {words.seconds(bar.end - bar.start)}"
        if made.speed is not None:
            title += f" ({words.seconds((bar.end - bar.start) / made.speed)} real)"
        parts.append(
            f'<rect class="{bar.kind}" x="{_percent(left)}" y="4" width="{_percent(width)}" '
            f'height="14"><title>{escape(title)}</title></rect>'
        )
        if bar.label and width * 100 > len(bar.label) * _LETTER:
            fits = width * 100 > len(bar.label) * _LETTER_PHONE
            parts.append(
                f'<text class="{"inside" if fits else "inside roomy"}" y="15" '
                f'x="{_percent(left + width / 2)}" text-anchor="middle">'
                f"{escape(bar.label)}</text>"
            )
    return f'<div class="lane">{label}<svg>{"".join(parts)}</svg></div>'


def _percent(part: float) -> str:
    return f"{part * 100:.3f}%"
