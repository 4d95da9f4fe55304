"""What the plans of v3 are composed of: one function for each step, whatever plan it is in."""

import asyncio
import inspect
import os
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar, cast

from heygen_async.api.files import resolve
from heygen_async.api.job import Job
from heygen_async.api.resource import Toolbox
from heygen_async.api.resources import Resources
from heygen_async.errors import InvalidRequestError, TargetError
from heygen_async.models import Asset, Request
from heygen_async.models.files import UploadSource
from heygen_async.orchestrator.bounds import Bounds
from heygen_async.orchestrator.made import Made, Sent, Unanswered
from heygen_async.orchestrator.steps import Steps, finished
from heygen_async.transport.clock import Clock, World
from heygen_async.transport.events import Events
from heygen_async.wire.encode import encode
from heygen_async.wire.idempotency import LIFETIME, digest

A = TypeVar("A")
R = TypeVar("R", bound=Request)
T = TypeVar("T")
V = TypeVar("V")

Target: TypeAlias = tuple[str | os.PathLike[str], bool]
"""A file to make, and whether it may replace another one."""

_KEY_DIGEST: Final = 32
_HINT: Final = "Look for it at HeyGen, write its id into made.ids or let it go, and take it out."


class Making:
    """One plan on its way: what its steps need, and what they have in common.

    Args:
        heygen: Makes the calls.
        made: What is there already; takes what is made, at once.
        kind: What kind of plan, for errors and keys.
        name: Name of what is made.
        run: What the keys begin with, unless ``made`` knows better.
        bounds: Shared with other plans.
        world: For its times.
        events: Told of every step.
        keep: Told of every change of ``made``.
    """

    def __init__(
        self,
        heygen: Resources,
        made: Made,
        *,
        kind: str,
        name: str,
        run: str,
        bounds: Bounds,
        world: World,
        events: Events,
        keep: Callable[[Made], object],
    ) -> None:
        self.heygen: Resources = heygen
        self.made: Made = made
        self.bounds: Bounds = bounds
        self.clock: Clock = world.clock
        self._run = made.run or run
        self._kind = kind
        self._name = name
        self._changed = partial(keep, made)
        self._files = heygen.shared_uploads(run=self._run)
        self._unanswered = Unanswered(made.unknown)
        self.steps: Steps = Steps(
            kind,
            name,
            world=world,
            events=events,
            unknown=self._unanswered,
            changed=self._changed,
            unit="USD",
        )

    def __str__(self) -> str:
        return f"{self._kind} {self._name!r}"

    def begin(self) -> None:
        """Refuses to go on while something may be made that no key protects (any more).

        Raises:
            InvalidRequestError: Something may be.
        """
        unknown = self.made.unknown.items()
        if doubts := [what for what, sent in unknown if not self._is_replayed(sent)]:
            raise InvalidRequestError("made.unknown", doubts, "must be looked for", hint=_HINT)
        self.made.run = self._run

    def _is_replayed(self, sent: Sent) -> bool:
        """Whether HeyGen still gives the same thing when it is sent again."""
        return sent.key is not None and self.clock.time() - sent.time < LIFETIME

    # Files go up

    async def check(self, request: Request, what: str) -> None:
        """Refuses a request, or a file of it, that HeyGen would refuse. Nothing is sent.

        Args:
            request: What will be sent, if it is not made yet.
            what: What it makes.

        Raises:
            InvalidRequestError: HeyGen would.
        """
        if what not in self.made.ids:
            encode(await resolve(request, self._asset(what, _looked_at)))

    async def assets(self, request: R, what: str) -> R:
        """The request with its files uploaded, if it is still to be sent.

        Args:
            request: What will be sent.
            what: What it makes.
        """
        if what in self.made.ids:
            return request
        return await resolve(request, self._asset(what, self.uploaded))

    def _asset(
        self, what: str, other: Callable[[UploadSource, str], Awaitable[Asset]]
    ) -> Callable[[UploadSource], Awaitable[Asset]]:
        """Gives the assets of a request's files, one after the other: those that are known."""
        names = (f"{what}: file {number}" for number in count())

        async def asset(file: UploadSource) -> Asset:
            name = next(names)
            known = self.made.ids.get(name)
            return await other(file, name) if known is None else Asset(asset_id=known)

        return asset

    async def uploaded(self, file: UploadSource, name: str) -> Asset:
        """Uploads a file, and writes down its asset's id.

        Args:
            file: What to send.
            name: What it is.
        """
        async with self.bounds.uploads:
            asset = await self._files.asset(file)
        self.keep(name, asset.asset_id)
        return asset

    def keep(self, what: str, made_id: str) -> None:
        """Writes an id down."""
        self.made.ids[what] = made_id
        self._changed()

    # Work begins, and ends

    async def started(
        self,
        what: str,
        request: Request,
        create: Callable[..., Awaitable[Job[T]]],
        resume: Callable[[str], Job[T]],
        *,
        cost: float = 0.0,
    ) -> Job[T]:
        """A job that is known, or a new one: HeyGen gives the same one for the same request.

        Args:
            what: What it makes.
            request: Makes it.
            create: Sends the request, with an ``idempotency_key``.
            resume: A handle from the id alone.
            cost: In dollars.
        """
        known = self.made.ids.get(what)
        if known is not None:
            return resume(known)
        tries = len(self.made.failed.get(what, ()))
        key = self.sending(what, encode(request), tries=tries)
        return await self.steps.make(
            partial(create, request, idempotency_key=key),
            partial(self.made.ids.__setitem__, what),
            what,
            cost,
        )

    def sending(self, what: str, body: bytes, *, tries: int = 0, keyed: bool = True) -> str:
        """Announces what is sent in a moment, and gives its key.

        Args:
            what: What it makes.
            body: Of the request.
            tries: How often HeyGen has given up on it: with the key of then, that would be its
                answer again.
            keyed: Whether HeyGen takes a key for it.

        Raises:
            InvalidRequestError: Another request for it was sent, or this one too long ago, and has
                no answer.
        """
        words = (self._kind, self._name, what, str(tries), "")
        key = f"{self._run}:{digest('|'.join(words).encode() + body)[:_KEY_DIGEST]}"
        sent = self.made.unknown.get(what)
        if sent is not None and (sent.key != key or not self._is_replayed(sent)):
            limit = "was sent as another request, or too long ago, and has no answer"
            raise InvalidRequestError("made.unknown", what, limit, hint=_HINT)
        if sent is None:
            sent = Sent(key=key if keyed else None, time=self.clock.time())
            self._unanswered.announce(what, sent)
        return key

    async def finished(
        self,
        what: str,
        job: Job[T],
        *,
        timeout: float | None = None,
        for_person: bool = False,
    ) -> T:
        """The job's result; what HeyGen gave up on is made anew by the next call."""

        def forget() -> None:
            self.made.ids.pop(what, None)
            self.made.failed.setdefault(what, []).append(job.id)

        return await finished(job, forget, timeout=timeout, for_person=for_person)

    # Files come down

    async def fetched(
        self,
        what: str,
        job: Job[Any],
        target: str | os.PathLike[str] | None,
        *,
        overwrite: bool,
        file: str | None = None,
    ) -> Path | None:
        """Downloads a file of a finished job, if it is to be and was not yet."""
        if target is None:
            return None
        if not await self.is_missing(what):
            return Path(self.made.files[what])
        begun = what in self.made.files
        if not overwrite:
            # Whoever is cancelled when all is done but this note finds the file, and takes it.
            self._note_file(what, target)
        try:
            async with self.steps.step(f"download of {what}"), self.bounds.downloads:
                path = await job.download(target, file=file, overwrite=overwrite or begun)
        except TargetError:
            self.made.files.pop(what, None)  # what lies there is somebody else's
            raise
        self._note_file(what, path)
        return path

    def _note_file(self, what: str, path: str | os.PathLike[str]) -> None:
        self.made.files[what] = os.fspath(path)
        self._changed()

    async def is_missing(self, what: str) -> bool:
        """Whether a file is not on the disk, as far as this plan knows."""
        path = self.made.files.get(what)
        return path is None or not await asyncio.to_thread(Path(path).is_file)

    async def targets(
        self, files: Mapping[str, str | os.PathLike[str] | None], *, overwrite: bool
    ) -> list[Target]:
        """The files that are still to be made.

        Args:
            files: Their places by what they are; None where none is wanted.
            overwrite: Whether they may replace others.
        """
        wanted = [(what, target) for what, target in files.items() if target is not None]
        return [(target, overwrite) for what, target in wanted if await self.is_missing(what)]


async def _looked_at(file: UploadSource, _: str) -> Asset:
    return await Toolbox.look_at(file)


async def told(person: Callable[[V], A | Awaitable[A]], what: V) -> A:
    """What somebody answers who may be asked in two ways.

    Args:
        person: A function, or one that is async.
        what: What it is called with.
    """
    answer = person(what)
    return cast("A", await answer) if inspect.isawaitable(answer) else answer
