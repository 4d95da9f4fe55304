"""The work itself: two avatars side by side, and every row's video from one of them."""

import asyncio
import math
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

from heygen_async.cli.demo.inputs import Row
from heygen_async.cli.demo.jobs import cast, v2_job, v3_job
from heygen_async.cli.demo.progress import V2, V3, Progress, Step
from heygen_async.client import HeyGen
from heygen_async.errors import HeyGenError, NotFoundError
from heygen_async.models import Asset, AssetId, PhotoAvatar, Voice
from heygen_async.models.base import Record
from heygen_async.orchestrator import (
    Orchestrator,
    Outcome,
    PhotoAvatarPlan,
    PhotoAvatarResult,
    Span,
    StepFinished,
    VideoJob,
)
from heygen_async.transport.clock import Clock

T = TypeVar("T")

LOOKS: Final = (
    "the avatar at a tidy desk by a window, in soft morning light",
    "the avatar in front of a bookshelf, in warm evening light",
)
_NAME: Final = "Chelsea"
_TRAINED: Final = "Chelsea, trained"
_VOICES: Final = 6
_POLL_EVERY: Final = 5.0
_WAITING_STEPS: Final = frozenset({"avatar", "group", "train", "looks", "motion"})


class Take(Record):
    """What became of a row.

    Attributes:
        row: The row.
        voice: Name of who speaks.
        road: The road it took in the end.
        path: Its file, if it came.
        size: Of the file, in bytes.
        duration: Seconds, as HeyGen tells it.
        video_id: HeyGen's id.
        spans: Its stages, in seconds of the client's clock.
        error: Why it failed.
    """

    row: Row
    voice: str
    road: str
    path: Path | None
    size: int
    duration: float | None
    video_id: str | None
    spans: Mapping[str, Span]
    error: Exception | None


class Crew:
    """Makes the avatars and the videos.

    Args:
        heygen: The client.
        studio: Its orchestrator, entered.
        progress: Told of everything.
        clock: The client's.
        photo: Who is to speak.
        gender: Of the voices, if it matters.
        rows: What is to be said.
        folder: Where the files go.
        forgiving: Whether videos go on over v3 when HeyGen has removed v2.
    """

    def __init__(
        self,
        heygen: HeyGen,
        studio: Orchestrator,
        progress: Progress,
        *,
        clock: Clock,
        photo: Path,
        gender: str | None,
        rows: Sequence[Row],
        folder: Path,
        forgiving: bool,
    ) -> None:
        self._heygen = heygen
        self._studio = studio
        self._progress = progress
        self._clock = clock
        self._photo = photo
        self._gender = gender
        self._rows = rows
        self._folder = folder
        self._forgiving = forgiving
        self._by_key = {row.key: row for row in rows}
        self._roads = {row.key: row.road for row in rows}
        self._voices: dict[str, Voice] = {}
        self._look = ""
        self._tasks: set[asyncio.Task[object]] = set()

    async def make(self) -> list[Take]:
        """Makes everything; a video that fails is a take with an error.

        Returns:
            The takes, in the order of the rows.

        Raises:
            HeyGenError: The photo or an avatar failed, without which there is nothing to make.
        """
        try:
            self._voices = cast(self._rows, await self._english())
            photo = await self._timed("photo", self._heygen.assets.upload(self._photo))
            first = self._start(self._timed("avatar", self._avatar(photo)))
            second = self._start(self._group()) if self._wants("v2") else None
            takes = await self._render(self._jobs(first, second))
            gone = [take for take in takes if self._is_gone(take.road, take.error)]
            if gone:
                self._note_gone()
                takes = [take for take in takes if take not in gone]
                takes += await self._render([self._v3(take.row) for take in gone])
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        order = {row.key: index for index, row in enumerate(self._rows)}
        return sorted(takes, key=lambda take: order[take.row.key])

    async def _english(self) -> list[Voice]:
        """Some voices, of the gender that was asked for if there are any."""
        page = await self._heygen.voices.list(language="English", limit=20)
        if not page.items:
            raise HeyGenError("HeyGen lists no English voice")
        alike = [voice for voice in page.items if voice.gender.lower() == self._gender]
        return (alike or page.items)[:_VOICES]

    # The avatars

    async def _avatar(self, photo: Asset) -> str:
        request = PhotoAvatar(name=_NAME, file=AssetId(asset_id=photo.asset_id))
        job = await self._heygen.avatars.create(request)
        return (await job.wait()).id

    async def _group(self) -> PhotoAvatarResult:
        plan = PhotoAvatarPlan(name=_TRAINED, photos=[self._photo], looks=LOOKS)
        self._progress.plans[_TRAINED] = V2
        return await self._studio.photo_avatar(plan)

    # The videos

    async def _jobs(
        self, first: "asyncio.Task[str]", second: "asyncio.Task[PhotoAvatarResult] | None"
    ) -> AsyncGenerator[VideoJob]:
        """Rows for v3 as soon as its avatar is there; the others when the training is over."""
        self._look = await first
        for row in self._rows:
            if row.road == "v3":
                yield self._v3(row)
        if second is None:
            return
        rest = [row for row in self._rows if row.road == "v2"]
        try:
            made = await second
        except NotFoundError as problem:
            if not self._is_gone("v2", problem):
                raise
            self._note_gone()
            for row in rest:
                yield self._v3(row)
            return
        for row in rest:
            voice_id = self._voices[row.key].voice_id
            yield v2_job(row, look_id=made.look.id, voice_id=voice_id, folder=self._folder)

    def _v3(self, row: Row) -> VideoJob:
        self._roads[row.key] = "v3"
        return v3_job(
            row,
            look_id=self._look,
            voice_id=self._voices[row.key].voice_id,
            folder=self._folder,
        )

    async def _render(self, jobs: Iterable[VideoJob] | AsyncIterable[VideoJob]) -> list[Take]:
        return [
            await self._take(self._by_key[outcome.key], outcome)
            async for outcome in self._studio.render(jobs)
        ]

    async def _take(self, row: Row, outcome: Outcome) -> Take:
        path = outcome.path
        return Take(
            row=row,
            voice=self._voices[row.key].name,
            road=self._roads[row.key],
            path=path,
            size=0 if path is None else (await asyncio.to_thread(path.stat)).st_size,
            duration=None if outcome.video is None else outcome.video.duration,
            video_id=outcome.video_id,
            spans=outcome.spans,
            error=outcome.error,
        )

    # Small things

    def _start(self, work: "Awaitable[T]") -> "asyncio.Task[T]":
        task = asyncio.ensure_future(work)
        assert isinstance(task, asyncio.Task)  # noqa: S101  it is handed coroutines only
        self._tasks.add(task)
        return task

    async def _timed(self, step: str, work: Awaitable[T]) -> T:
        """A step of the v3 avatar."""
        start = self._clock.monotonic()
        result = await work
        now = self._clock.monotonic()
        self._progress.observe(StepFinished(at=now, plan=V3, step=step, seconds=now - start))
        return result

    def _wants(self, road: str) -> bool:
        return any(row.road == road for row in self._rows)

    def _is_gone(self, road: str, problem: Exception | None) -> bool:
        return self._forgiving and road == "v2" and isinstance(problem, NotFoundError)

    def _note_gone(self) -> None:
        note = "HeyGen does not answer on v2 any more: the rest goes over v3."
        if note not in self._progress.notes:
            self._progress.notes.append(note)
            self._progress.tracks.pop(V2, None)


def looks_alone(steps: Iterable[Step], takes: Iterable[Take]) -> int:
    """Status calls that polling every job alone, every 5 seconds, would have made at least."""
    waits = [step.end - step.start for step in steps if step.name in _WAITING_STEPS]
    waits += [take.spans["render"].seconds for take in takes if "render" in take.spans]
    return sum(max(1, math.ceil(wait / _POLL_EVERY)) for wait in waits)
