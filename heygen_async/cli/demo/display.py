"""The demo while it runs: one picture that changes on a terminal, lines everywhere else."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from heygen_async.cli.console import is_live
from heygen_async.cli.demo import words
from heygen_async.cli.demo.progress import V3, Progress
from heygen_async.orchestrator import State, StateChanged, StepFinished
from heygen_async.transport.events import Event

_FRAME: Final = 0.1
_SPINNER: Final = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_BAR: Final = 54
_A_LINE: Final = 4
_SHOWN: Final = (
    ("planned", "dim", (State.PLANNED,)),
    ("uploading", "blue", (State.UPLOADING,)),
    ("submitting", "magenta", (State.SUBMITTING,)),
    ("rendering", "yellow", (State.ACCEPTED,)),
    ("downloading", "cyan", (State.DOWNLOADING,)),
    ("done", "green", (State.DONE,)),
    ("failed", "red", (State.FAILED, State.NEEDS_REVIEW)),
)
_PLAIN: Final = {
    State.UPLOADING: "uploading",
    State.ACCEPTED: "rendering",
    State.DOWNLOADING: "downloading",
    State.DONE: "done",
    State.FAILED: "failed",
    State.NEEDS_REVIEW: "needs review",
}


@asynccontextmanager
async def shown(progress: Progress, console: Console, title: str) -> AsyncGenerator[None]:
    """Shows a running demo for as long as the context lasts."""
    if not is_live(console):
        console.print(title, markup=False)
        progress.listener = _Lines(progress, console).observe
        try:
            yield
        finally:
            progress.listener = None
        return
    live = Live(console=console, auto_refresh=False, redirect_stdout=False, redirect_stderr=False)
    with live:
        # Drawn by the loop, not by a thread: what is shown changes under nobody's hands.
        task = asyncio.create_task(_redraw(live, progress, title))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            live.update(picture(progress, title), refresh=True)


async def _redraw(live: Live, progress: Progress, title: str) -> None:
    while True:
        live.update(picture(progress, title), refresh=True)
        await asyncio.sleep(_FRAME)


class _Lines:
    """A line for each thing that happens."""

    def __init__(self, progress: Progress, console: Console) -> None:
        self._progress = progress
        self._console = console

    def observe(self, event: Event) -> None:
        match event:
            case StepFinished():
                track = self._progress.plans.get(event.plan, event.plan)
                text = f"{track}: {event.step} ready"
            case StateChanged() if event.state in _PLAIN:
                text = f"{event.key}: {_PLAIN[event.state]}"
            case _:
                return
        self._console.print(f"{self._progress.elapsed:6.1f} s  {text}", markup=False)


def picture(progress: Progress, title: str) -> RenderableType:
    """The state of a demo as something that rich can draw."""
    frame = _SPINNER[int(progress.elapsed / _FRAME) % len(_SPINNER)]
    head = Table.grid(expand=True)
    head.add_column()
    head.add_column(justify="right")
    head.add_row(Text(title, style="bold"), Text(words.clock(progress.elapsed), style="bold"))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for track in progress.tracks:
        grid.add_row(track, _steps(progress, track, frame))
    grid.add_row("videos", _bar(progress))
    grid.add_row("", _counts(progress))
    grid.add_row("slots", _slots(progress))
    grid.add_row("bytes", _traffic(progress))
    for note in progress.notes:
        grid.add_row("note", Text(note, style="yellow"))
    return Padding(Group(head, grid), (0, 1))


def _steps(progress: Progress, track: str, frame: str) -> Text:
    done = progress.finished(track)
    text = Text()
    # The first step that is not done is under way, but nothing is before the photo is there.
    running = track == V3 or track in progress.plans.values()
    for name in progress.tracks[track]:
        if name in done:
            text.append(f"✓ {name}  ", style="green")
        elif running:
            text.append(f"{frame} {name}  ", style="yellow")
            running = False
        else:
            text.append(f"· {name}  ", style="dim")
    return text


def _bar(progress: Progress) -> Text:
    text = Text()
    total = max(1, len(progress.states))
    drawn = seen = 0
    for _, style, states in reversed(_SHOWN):
        seen += progress.count(*states)
        upto = round(seen / total * _BAR)
        text.append(("░" if style == "dim" else "█") * (upto - drawn), style=style)
        drawn = upto
    return text


def _counts(progress: Progress) -> Text:
    text = Text()
    for place, (name, style, states) in enumerate(_SHOWN):
        count = progress.count(*states)
        end = "\n" if place == _A_LINE - 1 else "  "
        text.append(f"{count:>2} {name}{end}", style=style if count else "dim")
    return text


def _slots(progress: Progress) -> Text:
    slots = progress.slots
    if slots is None:
        return Text("-", style="dim")
    used, allowed = slots.in_use, slots.allowed
    text = Text()
    text.append("●" * used, style="yellow")
    text.append("○" * max(0, allowed - used), style="dim")
    text.append(f"  {used} of {allowed} in use", style="dim")
    return text


def _traffic(progress: Progress) -> Text:
    text = Text()
    for arrow, traffic in (("↑", progress.up), ("↓", progress.down)):
        text.append(f"{arrow} {words.size(traffic.total):>8} ")
        text.append(f"{words.size(traffic.rate()):>8}/s   ", style="dim")
    if progress.retries:
        text.append(f"{progress.retries} retried", style="yellow")
    return text
