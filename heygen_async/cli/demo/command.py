"""From the options to the files: checks, asks, runs, and cleans up."""

import asyncio
import os
import signal
import sys
import time
import warnings
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import typer

from heygen_async.cli import failures
from heygen_async.cli.console import for_data, for_people, say
from heygen_async.cli.demo.cost import quote
from heygen_async.cli.demo.display import shown
from heygen_async.cli.demo.inputs import Row, find, read_rows
from heygen_async.cli.demo.jobs import target
from heygen_async.cli.demo.making import Crew, Take
from heygen_async.cli.demo.progress import Progress
from heygen_async.cli.demo.report import write_report
from heygen_async.cli.demo.results import Made, show
from heygen_async.cli.serve import media_line
from heygen_async.cli.signals import on_stop
from heygen_async.client import HeyGen
from heygen_async.errors import APIError, ConfigError
from heygen_async.models.base import Record
from heygen_async.orchestrator.estimates import balance
from heygen_async.sandbox import Sandbox
from heygen_async.testing.clock import ScaledClock
from heygen_async.transport.clock import Clock, SystemClock, World
from heygen_async.wire.sunset import HeyGenDeprecationWarning

_REPORT: Final = "report.html"
_SANDBOX_SLOTS: Final = 10


class Settings(Record):
    """The options of the command.

    Attributes:
        folder: Where the files go.
        live: At HeyGen itself.
        yes: Without asking.
        speed: Sandbox seconds in a real one.
        slots: Videos in flight.
        photo: Instead of the example.
        scripts: Instead of the example.
    """

    folder: Path
    live: bool
    yes: bool
    speed: float
    slots: int
    photo: Path | None
    scripts: Path | None


class _Stand(Record):
    """Where the demo runs.

    Attributes:
        heygen: The client.
        clock: Its clock.
        spent: Tells afterwards what it cost.
    """

    heygen: HeyGen
    clock: Clock
    spent: Callable[[Sequence[Take]], Awaitable[tuple[str, str]]]


def demo(settings: Settings) -> int:
    """Runs the demo.

    Returns:
        The exit code: 0, or 1 when a video failed or the cost was not agreed to.

    Raises:
        InvalidRequestError: The photo or the scripts are missing or wrong.
        ConfigError: The folder cannot be made; or ``live`` without a key or without a yes.
        HeyGenError: An avatar failed.
    """
    photo = find(settings.photo, "media/chelsea.jpg", "--photo")
    rows = read_rows(find(settings.scripts, "scripts.csv", "--scripts"))
    try:
        settings.folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        why = problem.strerror or problem
        raise ConfigError(f"--out {settings.folder} cannot be made: {why}") from None
    # Asked outside of any event loop, where an answer may take its time.
    if settings.live and not _agreed(settings, rows):
        say("nothing was sent, nothing was spent")
        return failures.SOME_FAILED
    # v2 is shown on purpose, and its end told of elsewhere.
    warnings.simplefilter("ignore", HeyGenDeprecationWarning)
    return asyncio.run(_demo(settings, photo, rows))


def _agreed(settings: Settings, rows: Sequence[Row]) -> bool:
    if not settings.yes and not sys.stdin.isatty():
        raise ConfigError(
            "--live spends money, and there is no terminal to ask on", hint="Add --yes to agree."
        )
    for line in asyncio.run(quote(rows)):
        say(line)
    return settings.yes or typer.confirm("Go on?", default=False, err=True)


async def _demo(settings: Settings, photo: Path, rows: Sequence[Row]) -> int:
    task = asyncio.current_task()
    assert task is not None  # noqa: S101  asyncio.run made it
    with on_stop(task.cancel, (signal.SIGTERM,)):
        progress = Progress(
            [row.key for row in rows],
            now=time.monotonic,
        )
        try:
            made = await _run(settings, photo, rows, progress)
        except asyncio.CancelledError:
            _tell_paid(settings, progress)
            raise
        finally:
            _sweep(settings.folder, rows)
        report = settings.folder / _REPORT
        await asyncio.to_thread(write_report, made, report)
        show(made, for_data(), report)
        return failures.OK if len(made.good) == len(rows) else failures.SOME_FAILED


async def _run(settings: Settings, photo: Path, rows: Sequence[Row], progress: Progress) -> Made:
    speed = None if settings.live else settings.speed
    title = f"{len(rows)} videos from one photo · HeyGen"
    if speed is not None:
        title += f" sandbox, {speed:g}x clock"
        say(media_line())
    async with (
        AsyncExitStack() as stack,
        shown(progress, for_people(), title),
    ):
        stand = await stack.enter_async_context(_live() if settings.live else _local(settings))
        stand.heygen.observe(progress.observe)
        studio = await stack.enter_async_context(stand.heygen.orchestrator(slots=settings.slots))
        progress.slots = studio.slots
        crew = Crew(
            stand.heygen,
            studio,
            progress,
            clock=stand.clock,
            photo=photo,
            gender="female" if settings.photo is None else None,
            rows=rows,
            folder=settings.folder,
            forgiving=settings.live,
        )
        began = stand.clock.monotonic()
        takes = await crew.make()
        return Made(
            takes=takes,
            steps=list(progress.steps),
            photo=photo,
            began=began,
            ended=stand.clock.monotonic(),
            speed=speed,
            wall=progress.elapsed,
            up=progress.up.total,
            down=progress.down.total,
            status_calls=stand.heygen.status_calls,
            charged=await stand.spent(takes),
            notes=list(progress.notes),
        )


@asynccontextmanager
async def _local(settings: Settings) -> AsyncGenerator[_Stand]:
    """The embedded sandbox; neither the key nor the address of the environment is looked at."""
    clock = ScaledClock(settings.speed)
    async with (
        Sandbox(speed=settings.speed, slots=max(settings.slots, _SANDBOX_SLOTS)) as sandbox,
        HeyGen(
            api_key="sandbox",
            base_url=sandbox.url,
            trust_env=False,
            world=World(clock=clock),
        ) as heygen,
    ):

        async def spent(takes: Sequence[Take]) -> tuple[str, str]:
            v3 = {take.video_id for take in takes if take.road == "v3"}
            charges = sandbox.charges
            usd = [c.credits for c in charges if c.kind == "avatar_create" or c.id in v3]
            points = sum(charge.credits for charge in charges) - sum(usd)
            return f"{sum(usd):.2f} USD", f"on v3 and {points:g} credits on v2, had it been HeyGen"

        yield _Stand(heygen=heygen, clock=clock, spent=spent)


@asynccontextmanager
async def _live() -> AsyncGenerator[_Stand]:
    """HeyGen itself."""
    async with HeyGen() as heygen:
        before = await _balances(heygen)

        async def spent(takes: Sequence[Take]) -> tuple[str, str]:
            usd, points = (
                None if old is None or new is None else old - new
                for old, new in zip(before, await _balances(heygen), strict=True)
            )
            both = any(take.road == "v2" for take in takes)
            v2 = "" if points is None or not both else f" and {points:g} credits on v2"
            if usd is None:
                return "not told", f"in dollars{v2}"
            return f"{usd:.2f} USD", f"on v3{v2}, by the balance"

        yield _Stand(heygen=heygen, clock=SystemClock(), spent=spent)


async def _balances(heygen: HeyGen) -> tuple[float | None, float | None]:
    usd = points = None
    with suppress(APIError):
        usd = balance(await heygen.users.get_current())
    with suppress(APIError):
        points = (await heygen.v2.users.remaining_quota()).credits
    return usd, points


def _sweep(folder: Path, rows: Sequence[Row]) -> None:
    """Removes beginnings of downloads: the next demo makes new videos and cannot use them."""
    for row in rows:
        for suffix in (".part", ".part.json"):
            with suppress(OSError):
                os.unlink(f"{target(folder, row)}{suffix}")  # noqa: PTH108


def _tell_paid(settings: Settings, progress: Progress) -> None:
    if settings.live and progress.accepted:
        say("HeyGen goes on with these, and bills them:")
        for key, video_id in progress.accepted.items():
            say(f"  {key}  {video_id}")
