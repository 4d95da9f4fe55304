"""What came of a demo, as a table and a few sentences."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table

from heygen_async.cli.demo import words
from heygen_async.cli.demo.making import Take, looks_alone
from heygen_async.cli.demo.progress import Step
from heygen_async.models.base import Record

STAGES: Final = ("upload", "render", "download")


class Made(Record):
    """Everything that the table and the report tell.

    Attributes:
        takes: The videos.
        steps: The steps of the avatars.
        photo: Who speaks.
        began: When the work began, in seconds of the client's clock.
        ended: When it ended.
        speed: Sandbox seconds in a real one; None at HeyGen itself.
        wall: Real seconds that it took.
        up: Bytes uploaded.
        down: Bytes downloaded.
        status_calls: Calls made only to see how far jobs were.
        charged: What it cost: the first amount, and the rest of the sentence.
        notes: What else is to be said.
    """

    takes: Sequence[Take]
    steps: Sequence[Step]
    photo: Path
    began: float
    ended: float
    speed: float | None
    wall: float
    up: int
    down: int
    status_calls: int
    charged: tuple[str, str]
    notes: Sequence[str]

    @property
    def where(self) -> str:
        """Where it was made."""
        if self.speed is None:
            return "HeyGen"
        return f"the local sandbox, whose clock runs {self.speed:g} times as fast"

    @property
    def alone(self) -> int:
        """Status calls that polling each job by itself would have made."""
        return looks_alone(self.steps, self.takes)

    @property
    def good(self) -> list[Take]:
        """The videos that came."""
        return [take for take in self.takes if take.path is not None]

    @property
    def seconds(self) -> float:
        """Length of all videos together."""
        return sum(take.duration or 0.0 for take in self.good)

    @property
    def size(self) -> int:
        """Bytes of all videos together."""
        return sum(take.size for take in self.good)


def show(made: Made, console: Console, report: Path | None) -> None:
    """Prints the table and the totals."""
    console.print(_table(made))
    for take in made.takes:
        if take.error is not None:
            console.print(f"{take.row.key} failed: {take.error}", markup=False, style="red")
    if made.speed is not None:
        console.print(
            f"Seconds; stages in sandbox seconds, of which {made.speed:g} pass in a real one, and "
            "'real' is all three in real ones. The sandbox encodes a clip when it is first "
            "downloaded.",
            markup=False,
            style="dim",
        )
    console.print()
    for name, value in totals(made):
        console.print(f"{name:<13} {value}", markup=False, soft_wrap=True)
    if report is not None:
        console.print(f"{'report':<13} {report}", markup=False, soft_wrap=True)


def totals(made: Made) -> list[tuple[str, str]]:
    """The numbers of a run, each with its name."""
    count = f"{len(made.good)} of {len(made.takes)}"
    rows = [
        ("videos", f"{count}, {made.seconds:.0f} s long together, {words.size(made.size)}"),
        ("wall time", f"{made.wall:.1f} s"),
        (
            "status calls",
            f"{made.status_calls}; polling each job alone every 5 s: {made.alone} or more",
        ),
        ("charged", " ".join(made.charged)),
        ("moved", f"{words.size(made.up)} up, {words.size(made.down)} down"),
    ]
    return rows + [("note", note) for note in made.notes]


def _table(made: Made) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in ("file", "shape", "road"):
        table.add_column(name, no_wrap=True)
    for name in ("size", "length", *STAGES):
        table.add_column(name, justify="right", no_wrap=True)
    if made.speed is not None:
        table.add_column("real", justify="right", no_wrap=True)
    for take in made.takes:
        name = f"{take.row.key}.mp4" if take.path is not None else f"{take.row.key}: failed"
        spans = [take.spans.get(stage) for stage in STAGES]
        cells = [
            name,
            take.row.aspect,
            take.road,
            words.size(take.size) if take.path is not None else "-",
            _bare(take.duration),
            *(_bare(None if span is None else span.seconds) for span in spans),
        ]
        if made.speed is not None:
            total = sum(span.seconds for span in spans if span is not None)
            cells.append(_bare(total / made.speed))
        table.add_row(*cells, style=None if take.path is not None else "red")
    return table


def _bare(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds:.1f}"
