"""The sandbox's media, made outside the event loop and kept as files."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import queue
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import msgspec

from .base import BaseEngine
from .engines import Engine, WorkerEngine
from .errors import RenderError
from .spec import ClipSpec, Speech

__all__ = ["RenderError", "Renderer"]

T = TypeVar("T")

_EXTRAS = ("av", "PIL")
_SPEECHES_KEPT = 2048


class Renderer:
    """Makes clips, thumbnails and sound in worker processes, each only once.

    Speech has a worker of its own, so that a job can be created while others render. Nothing is
    started before it is needed. One renderer serves any number of event loops.

    Args:
        folder: Where the files are kept, named by the spec's digest; made when missing.
        workers: How many clips are rendered at the same time.
        real: True for true renders, False for canned media without any extra or subprocess, None
            for whatever is installed.

    Without the extras ("base tier") the clip is a canned talking head, looped to the duration and
    in the asset's own size in pixels, whatever the spec asks for; words are spread evenly.
    """

    def __init__(self, folder: Path, *, workers: int = 1, real: bool | None = None) -> None:
        if workers < 1:
            raise ValueError(f"workers must be at least 1, not {workers}")
        self._folder = folder.absolute()
        self._real = _has_extras() if real is None else real
        self._clips = _Lane([self._engine() for _ in range(workers)], "render")
        self._voice = _Lane([self._engine()], "speech") if self._real else self._clips
        self._flights: dict[str, Future[Path]] = {}
        self._speeches: OrderedDict[str, Speech] = OrderedDict()
        self._lock = threading.Lock()
        self._closed = False

    @property
    def real(self) -> bool:
        """Whether clips are truly rendered, rather than canned."""
        return self._real

    async def speak(self, spec: ClipSpec) -> Speech:
        """Duration, words and captions of a spec, before anything is rendered.

        Raises:
            RenderError: The recording cannot be read, or the renderer is closed.
        """
        digest = spec.speech_digest()
        kept = self._speeches.get(digest)
        if kept is not None:
            return kept
        speech = await _result(self._voice.submit(lambda engine: self._speech(engine, spec)))
        self._speeches[digest] = speech
        while len(self._speeches) > _SPEECHES_KEPT:
            self._speeches.popitem(last=False)
        return speech

    async def clip(self, spec: ClipSpec) -> Path:
        """The spec as MP4 (H.264 and AAC, 25 pictures a second) or, with `alpha`, as WebM.

        Raises:
            RenderError: The spec cannot be rendered; the message says why.
        """
        alpha = spec.alpha and self._real
        return await self._file("clip", spec, ".webm" if alpha else ".mp4")

    async def dub(self, spec: ClipSpec) -> Path:
        """The spec's `video` with what the spec says in the place of its sound, as MP4.

        Its pictures are copied as they are coded; the sound is as long as they are.

        Raises:
            RenderError: The video cannot be read; the message says why.
        """
        return await self._file("dub", spec, ".mp4")

    async def cut(self, spec: ClipSpec) -> Path:
        """The parts of the spec's `video` that are kept, in the spec's size, as MP4.

        Raises:
            RenderError: The video cannot be read; the message says why.
        """
        return await self._file("cut", spec, ".mp4")

    async def mask(self, spec: ClipSpec) -> Path:
        """Where the figure of the spec is, in white on black, for its `duration`, as MP4.

        Raises:
            RenderError: The spec cannot be rendered; the message says why.
        """
        return await self._file("mask", spec, ".mp4")

    async def length(self, video: Path) -> float:
        """Seconds of a video; without the extras a guess, where they are hard to tell.

        Raises:
            RenderError: It cannot be read, or shows nothing.
        """
        spec = ClipSpec(width=16, height=16, video=str(video))
        told = await _result(
            self._voice.submit(lambda engine: engine.make("length", spec, self._folder))
        )
        return told.duration if told is not None else 0.0

    async def thumbnail(self, spec: ClipSpec) -> Path:
        """A JPEG of the clip's size; raises RenderError as `clip` does."""
        return await self._file("thumbnail", _unspoken(spec), ".jpg")

    async def gif(self, spec: ClipSpec) -> Path:
        """An animated GIF, 320 pixels wide; raises RenderError as `clip` does."""
        return await self._file("gif", spec.scenes[0] if spec.scenes else spec, ".gif")

    async def audio(self, spec: ClipSpec, *, format: str = "wav") -> Path:  # noqa: A002
        """What is heard, as `"wav"` or `"mp3"`.

        Raises:
            ValueError: Another format is asked for.
            RenderError: As `clip` does; also for MP3 without the extras.
        """
        if format not in {"wav", "mp3"}:
            raise ValueError(f"format must be 'wav' or 'mp3', not {format!r}")
        return await self._file(format, _unseen(spec), f".{format}")

    async def aclose(self) -> None:
        """Stop the workers and delete unfinished files; renders under way fail. Idempotent."""
        self._closed = True
        await asyncio.gather(
            *(asyncio.to_thread(lane.close) for lane in {self._clips, self._voice})
        )
        await asyncio.to_thread(self._sweep)

    def _engine(self) -> Engine:
        return WorkerEngine(self._folder) if self._real else BaseEngine()

    def _speech(self, engine: Engine, spec: ClipSpec) -> Speech:
        self._folder.mkdir(parents=True, exist_ok=True)
        speech = engine.make("speech", _unseen(spec), self._folder)
        if speech is None:
            raise RenderError("the worker gave no speech")
        return speech

    async def _file(self, kind: str, spec: ClipSpec, suffix: str) -> Path:
        """The file, from the cache or made now; callers for the same one share the work."""
        target = self._folder / f"{spec.digest()}-{kind}{suffix}"
        with self._lock:
            flight = self._flights.get(target.name)
            if flight is None:
                if not self._closed and target.exists():
                    return target
                flight = self._clips.submit(lambda engine: self._make(engine, kind, spec, target))
                self._flights[target.name] = flight
                flight.add_done_callback(lambda _: self._flights.pop(target.name, None))
        return await _result(flight)

    def _make(self, engine: Engine, kind: str, spec: ClipSpec, target: Path) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.part")
        try:
            engine.make(kind, spec, part)
            part.replace(target)
        except OSError as error:
            raise RenderError(f"{target.name} cannot be written: {error}") from error
        finally:
            part.unlink(missing_ok=True)
        return target

    def _sweep(self) -> None:
        for part in self._folder.glob("*.part"):
            part.unlink(missing_ok=True)


class _Lane:
    """Some engines and as many threads: a request goes to whichever engine is free."""

    def __init__(self, engines: list[Engine], name: str) -> None:
        self._engines = engines
        self._free: queue.SimpleQueue[Engine] = queue.SimpleQueue()
        for engine in engines:
            self._free.put(engine)
        self._pool = ThreadPoolExecutor(len(engines), thread_name_prefix=f"media-{name}")

    def submit(self, work: Callable[[Engine], T]) -> Future[T]:
        """Queue the work; it runs to its end even when nobody waits for it any more."""
        try:
            return self._pool.submit(self._run, work)
        except RuntimeError as error:
            raise RenderError("the renderer is closed") from error

    def _run(self, work: Callable[[Engine], T]) -> T:
        engine = self._free.get()
        try:
            return work(engine)
        finally:
            self._free.put(engine)

    def close(self) -> None:
        """Fail what is under way and what waits, and end the threads."""
        for engine in self._engines:
            engine.close()
        self._pool.shutdown(wait=True)


async def _result(future: Future[T]) -> T:
    """Await a thread's result; being cancelled does not cancel the work, which others share."""
    loop = asyncio.get_running_loop()
    done = asyncio.Event()

    def wake(_: Future[T]) -> None:
        with contextlib.suppress(RuntimeError):  # that loop has ended meanwhile
            loop.call_soon_threadsafe(done.set)

    future.add_done_callback(wake)
    await done.wait()
    return future.result()


def _has_extras() -> bool:
    try:
        return all(importlib.util.find_spec(name) is not None for name in _EXTRAS)
    except (ImportError, ValueError):
        return False


def _unspoken(spec: ClipSpec) -> ClipSpec:
    """The spec as far as a still picture depends on it: of several scenes, on the first."""
    if spec.scenes:
        return _unspoken(spec.scenes[0])
    return msgspec.structs.replace(
        spec,
        script="",
        voice_id="",
        gender="",
        language="English",
        speed=1.0,
        audio=None,
        duration=None,
        captions=False,
        motion=False,
        video=None,
        span=None,
    )


def _unseen(spec: ClipSpec) -> ClipSpec:
    """The spec as far as its sound depends on it."""
    return ClipSpec(
        width=16,
        height=16,
        script=spec.script,
        voice_id=spec.voice_id,
        gender=spec.gender,
        language=spec.language,
        speed=spec.speed,
        audio=spec.audio,
        duration=spec.duration,
        scenes=tuple(map(_unseen, spec.scenes)),
    )
