"""From the options to the files: checks, runs, stops when asked to, and tells how to go on."""

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Final

from heygen_async.cli import failures
from heygen_async.cli.batch.progress import Progress
from heygen_async.cli.batch.rows import RowFile
from heygen_async.cli.console import for_people, out_aside, say
from heygen_async.cli.signals import on_stop
from heygen_async.client import HeyGen
from heygen_async.errors import ConfigError, HeyGenError, UnauthorizedError
from heygen_async.models.base import Record
from heygen_async.orchestrator import Orchestrator, Outcome, VideoJob
from heygen_async.sandbox import Sandbox
from heygen_async.testing.clock import ScaledClock
from heygen_async.transport.clock import World
from heygen_async.wire.idempotency import digest

_DIGEST: Final = 12
_NO_NAME: Final = re.compile(r"[^A-Za-z0-9_.-]+")


class Settings(Record):
    """The options of the command.

    Attributes:
        file: The rows.
        folder: Where the videos go.
        defaults: Fields for rows that do not have them.
        slots: Videos in flight.
        run: Name of the run; made of the file's path when left out.
        ordered: Outcomes in the order of the rows.
        fail_fast: Stop at the first failure.
        batches: Send up to 100 rows in one call.
        sandbox: On the embedded sandbox, so many times as fast.
    """

    file: Path
    folder: Path
    defaults: dict[str, str]
    slots: int
    run: str | None
    ordered: bool
    fail_fast: bool
    batches: bool
    sandbox: float | None


def run_batch(settings: Settings) -> int:
    """Makes the videos of a file.

    Returns:
        The exit code: 0 all done, 1 some failed, 3 the key does not work, 130 interrupted.

    Raises:
        InvalidRequestError: The file or a row is wrong. Nothing was sent.
        ConfigError: The folder cannot be made, stdout is closed, or there is no key.
    """
    if sys.stdout is None:
        raise ConfigError("stdout is closed, where the ids of what is paid go")
    file = RowFile(settings.file, folder=settings.folder, defaults=settings.defaults)
    name = settings.run or _name_of(settings.file)
    count = file.check(name, say)
    try:
        settings.folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        why = problem.strerror or problem
        raise ConfigError(f"--out {settings.folder} cannot be made: {why}") from None
    return asyncio.run(_Batch(settings, file, count, name).work())


def _name_of(file: Path) -> str:
    """The run's name: of where the file is, so that an edited row leaves the others' keys alone."""
    stem = _NO_NAME.sub("-", file.stem)[:64] or "batch"
    return f"{stem}-{digest(os.fsencode(file.resolve()))[:_DIGEST]}"


class _Batch:
    """One run of the command."""

    def __init__(self, settings: Settings, file: RowFile, count: int, name: str) -> None:
        self._settings = settings
        self._file = file
        self._name = None if settings.batches else name
        self._progress = Progress(count, for_people())
        self._signals = 0
        self._read_all = False
        self._unread = False
        self._refusal: HeyGenError | None = None

    async def work(self) -> int:
        settings = self._settings
        async with (
            _client(settings) as heygen,
            heygen.orchestrator(run=self._name, slots=settings.slots) as studio,
        ):
            with on_stop(lambda: self._stop(studio, restore)) as restore, self._progress:
                try:
                    await self._render(studio)
                except HeyGenError as problem:
                    self._refusal = problem
        return self._told()

    async def _render(self, studio: Orchestrator) -> None:
        settings = self._settings
        outcomes = studio.render(
            self._jobs(),
            batches=settings.batches,
            ordered=settings.ordered,
            fail_fast=settings.fail_fast,
        )
        async with aclosing(outcomes):
            async for outcome in outcomes:
                await self._tell(studio, _line(outcome))
                self._progress.add(outcome)

    async def _tell(self, studio: Orchestrator, line: str) -> None:
        """A line of data; on stderr once stdout takes no more, for it has ids that are paid."""
        if not self._unread:
            try:
                await out_aside(line)
            except OSError as problem:
                self._unread = True
                why = problem.strerror or problem
                self._progress.say(f"stdout cannot be written ({why}): breaking off, ids follow")
                studio.stop()
        if self._unread:
            self._progress.say(line)

    def _jobs(self) -> Iterator[VideoJob]:
        """The rows whose videos are not there yet."""
        for job in self._file.jobs():
            if isinstance(job.target, Path) and job.target.exists():
                self._progress.skip()
            else:
                yield job
        self._read_all = True

    def _stop(self, studio: Orchestrator, restore: Callable[[], object]) -> None:
        self._signals += 1
        if self._signals == 1:
            self._progress.say(
                "finishing what is under way, no more rows are taken; again to break it off"
            )
            studio.drain()
        else:
            restore()  # the third one is nobody's but the system's
            self._progress.say("breaking off; what HeyGen has accepted goes on there")
            studio.stop()

    def _told(self) -> int:
        progress = self._progress
        say(progress.summary())
        if progress.unmade and self._name is not None:
            say(
                f"{progress.unmade:,} failed at HeyGen, which answers the same row with the same"
                " failure for 24 hours: change its words or its key to have it made anew"
            )
        if self._refusal is not None:
            say(f"error: {failures.line(self._refusal)}")
        if progress.refusal is not None or isinstance(self._refusal, UnauthorizedError):
            return failures.AUTH
        if self._signals and (progress.stopped or not self._read_all):
            again = "run the same command again within 24 hours to go on: it pays nothing twice"
            if self._name is None:
                again = "run the same command again to go on; what is left at HeyGen is made anew"
            say(f"interrupted; {again}")
            return failures.INTERRUPTED
        good = (
            not self._unread
            and self._refusal is None
            and not progress.failed
            and not progress.stopped
        )
        return failures.OK if good else failures.SOME_FAILED


@asynccontextmanager
async def _client(settings: Settings) -> AsyncGenerator[HeyGen]:
    if settings.sandbox is None:
        async with HeyGen() as heygen:
            yield heygen
        return
    clock = ScaledClock(settings.sandbox)
    async with (
        Sandbox(speed=settings.sandbox, slots=settings.slots) as sandbox,
        HeyGen(
            api_key="sandbox",
            base_url=sandbox.url,
            trust_env=False,
            world=World(clock=clock),
        ) as heygen,
    ):
        yield heygen


def _line(outcome: Outcome) -> str:
    """An outcome as a line of JSON."""
    said = {
        "key": outcome.key,
        "state": str(outcome.state),
        "video_id": outcome.video_id,
        "idempotency_key": outcome.idempotency_key,
        **(
            {"batch_id": outcome.batch_id, "item_index": outcome.item_index}
            if outcome.item_index is not None
            else {}
        ),
        "path": None if outcome.path is None else str(outcome.path),
        "error": None if outcome.error is None else failures.line(outcome.error),
        "seconds": {name: round(span.seconds, 3) for name, span in outcome.spans.items()},
    }
    return json.dumps(said, ensure_ascii=False)
