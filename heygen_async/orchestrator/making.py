"""What the plans of v3 are composed of: one function for each step, whatever plan it is in."""

import asyncio
import inspect
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Final, NoReturn, TypeAlias, TypeVar, cast

import msgspec

from heygen_async.api.files import resolve
from heygen_async.api.job import Job
from heygen_async.api.resource import Toolbox
from heygen_async.api.resources import Resources
from heygen_async.errors import InvalidRequestError, TargetError
from heygen_async.models import Asset, Request
from heygen_async.models.files import UploadSource
from heygen_async.orchestrator.bounds import Bounds
from heygen_async.orchestrator.made import Made, Sent, Unanswered
from heygen_async.orchestrator.plans import ANOTHER_PLAN, NOT_YET
from heygen_async.orchestrator.steps import Steps, finished
from heygen_async.transport.clock import Clock, World
from heygen_async.transport.events import Events
from heygen_async.transport.sources import reads_once
from heygen_async.wire.encode import encode
from heygen_async.wire.idempotency import LIFETIME, digest

A = TypeVar("A")
R = TypeVar("R", bound=Request)
T = TypeVar("T")
V = TypeVar("V")

Target: TypeAlias = tuple[str | os.PathLike[str], bool]
"""A file to make, and whether it may replace another one."""

_KEY_DIGEST: Final = 32
_REPEATS: Final = 3600.0
"""Seconds for which a call may be repeated: its key must not run out meanwhile."""
_UNSEEN: Final = Asset(asset_id=NOT_YET)
_NO_PART: Final = frozenset({"title", "output_languages"})
"""Fields that may change when a thing is made: what is in it is the same."""
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
        self.changed: Callable[[], object] = partial(keep, made)
        self._files = heygen.shared_uploads(run=self._run)
        self._asked: dict[str, str] = {}
        self._unanswered = Unanswered(made.unknown)
        self.steps: Steps = Steps(
            kind,
            name,
            world=world,
            events=events,
            unknown=self._unanswered,
            changed=self.changed,
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
        """Whether HeyGen still gives the same thing when it is sent again, and again."""
        return sent.key is not None and self.clock.time() - sent.time < LIFETIME - _REPEATS

    # Files go up

    async def check(
        self,
        request: Request,
        what: str,
        names: Sequence[str] = (),
        *,
        media: Callable[[UploadSource], str] = lambda _: "",
    ) -> None:
        """Refuses a request, or a file of it, that HeyGen would refuse. Nothing is sent.

        Args:
            request: What will be sent, if it is not made yet.
            what: What it makes.
            names: The things that it makes, where these are several.
            media: How the content type of a file has to begin.

        Raises:
            InvalidRequestError: HeyGen would; or one of them is made already, or was sent, of
                something else.
        """
        ids, digests = self.made.ids, self.made.digests
        names = names or (what,)
        paid = [name for name in names if name in ids and name in digests]
        if not paid and all(name in ids for name in names):
            return  # written in by hand: nobody knows what they are of
        files = (f"{what}: file {number}" for number in count())

        async def seen(file: UploadSource) -> Asset:
            name = next(files)
            if await self._has_changed(file, name):
                self._refuse_another(paid)
                if what in self.made.unknown:
                    self._refuse_doubt(what)
                ids.pop(name, None)
            if not paid and name not in ids:
                kind, wanted = (await Toolbox.look_at(file)).mime_type, media(file)
                if kind and not kind.startswith(wanted):
                    raise InvalidRequestError(f"{what}: file", kind, f"must be {wanted}")
            return _UNSEEN

        seen_request = await resolve(request, seen)
        encode(seen_request)
        asked = digest(_what_counts(seen_request))
        self._refuse_another([name for name in paid if digests[name] != asked])
        self._asked |= dict.fromkeys(names, asked)

    def _refuse_another(self, paid: Sequence[str]) -> None:
        if paid:
            name = paid[0]
            hint = f"Give another made, or made.forget({name!r}) to have it made and paid again."
            raise InvalidRequestError(name, self.made.ids[name], ANOTHER_PLAN, hint=hint)

    def _refuse_doubt(self, what: str) -> NoReturn:
        limit = "was sent as another request, or too long ago, and has no answer"
        raise InvalidRequestError("made.unknown", what, limit, hint=_HINT)

    async def _has_changed(self, file: UploadSource, name: str) -> bool:
        """Whether a file is another one than that which went up; one that is gone is not."""
        known = self.made.digests.get(name)
        if known is None or reads_once(file):
            return False
        try:
            return await self._files.digest(file) != known
        except InvalidRequestError:
            return False

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

    async def uploaded(self, file: UploadSource, name: str, *, of: str | None = None) -> Asset:
        """Uploads a file, and writes down its asset's id.

        Args:
            file: What to send.
            name: What it is.
            of: What it is told from others by; its bytes when left out.
        """
        async with self.bounds.uploads:
            asset = await self._files.asset(file)
            if of is not None or not reads_once(file):
                self._asked[name] = of or await self._files.digest(file)
        self.keep(name, asset.asset_id)
        return asset

    def take(self, what: str, made_id: str) -> None:
        """Takes an id, with the digest of what it was asked for with."""
        self.made.ids[what] = made_id
        if what in self._asked:
            self.made.digests[what] = self._asked[what]

    def keep(self, what: str, made_id: str) -> None:
        """Takes an id, and has it written down."""
        self.take(what, made_id)
        self.changed()

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
            partial(self.take, what),
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
            self._refuse_doubt(what)
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
        forget = partial(self.made.forget, what)
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
        name = self._file_of(what)
        if not await self._is_missing(what, target):
            return Path(self.made.files[name])
        noted = self.made.files.get(name) == os.fspath(target)
        # In a folder it has the job's name: what was there when an earlier call ended is ours.
        again = overwrite or (noted and await asyncio.to_thread(Path(target).is_dir))

        def landing(received: int, total: int | None) -> None:
            # Whoever is stopped between this note and the last one finds the file, and takes it;
            # what is there before is somebody else's.
            if received == total and not overwrite:
                self._note_file(name, target)

        try:
            async with self.steps.step(f"download of {what}"), self.bounds.downloads:
                path = await job.download(target, file=file, overwrite=again, progress=landing)
        except TargetError:
            if self.made.files.pop(name, None) is not None:
                self.changed()  # what lies there is somebody else's
            raise
        self._note_file(name, path)
        return path

    def _note_file(self, name: str, path: str | os.PathLike[str]) -> None:
        self.made.files[name] = os.fspath(path)
        self.changed()

    def _file_of(self, what: str) -> str:
        """The name of a file in ``made``: the id that it is of, so that it is of no other."""
        thing, colon, part = what.partition(":")
        return f"{self.made.ids.get(thing, '')}{colon}{part}"

    async def _is_missing(self, what: str, target: str | os.PathLike[str]) -> bool:
        """Whether a file is not where it is wanted, as far as this plan knows."""
        known = self.made.files.get(self._file_of(what))
        if known is None:
            return True
        path = Path(known)
        wanted = Path(target) in (path, path.parent)
        return not (wanted and await asyncio.to_thread(path.is_file))

    async def targets(
        self, files: Mapping[str, str | os.PathLike[str] | None], *, overwrite: bool
    ) -> list[Target]:
        """The files that are still to be made.

        Args:
            files: Their places by what they are; None where none is wanted.
            overwrite: Whether they may replace others.
        """
        wanted = [(what, target) for what, target in files.items() if target is not None]
        return [
            (target, overwrite) for what, target in wanted if await self._is_missing(what, target)
        ]


def _what_counts(request: Request) -> bytes:
    """A request without what may change when a thing is made."""
    plain = msgspec.to_builtins(request)
    return msgspec.json.encode({key: plain[key] for key in sorted(plain.keys() - _NO_PART)})


async def told(person: Callable[[V], A | Awaitable[A]], what: V) -> A:
    """What somebody answers who may be asked in two ways.

    Args:
        person: A function, or one that is async.
        what: What it is called with.
    """
    answer = person(what)
    return cast("A", await answer) if inspect.isawaitable(answer) else answer
