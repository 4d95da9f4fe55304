"""HeyGen: where everything is put together."""

import ssl
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import aiohttp

from heygen_async.api.completed import JobOutcome, as_completed
from heygen_async.api.job import Job
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Toolbox
from heygen_async.api.resources import Resources
from heygen_async.api.sharing import KnownAssets, SharedUploads
from heygen_async.api.streams import EventStream
from heygen_async.config import Config, Timeouts
from heygen_async.errors import ConfigError
from heygen_async.jobs.board import StatusBoard
from heygen_async.jobs.cadence import Cadence
from heygen_async.transport.clock import World
from heygen_async.transport.downloads import Downloads
from heygen_async.transport.events import Events, Observer
from heygen_async.transport.raw import RawResponses, watching
from heygen_async.transport.retrying import Retrier
from heygen_async.transport.sender import Sender
from heygen_async.transport.session import SessionManager
from heygen_async.transport.streams import open_feed
from heygen_async.transport.uploads import Uploads
from heygen_async.wire.arguments import whole
from heygen_async.wire.calls import Call
from heygen_async.wire.envelope import Envelope
from heygen_async.wire.redact import Secret
from heygen_async.wire.retry import RetryPolicy
from heygen_async.wire.signatures import TOLERANCE
from heygen_async.wire.streams import ServerEvent

if TYPE_CHECKING:
    # Not every program needs them, and they need more than the rest.
    from heygen_async.jobs.inbox import Inbox
    from heygen_async.orchestrator import Orchestrator

T = TypeVar("T")


class HeyGen(Resources):
    """A client of the HeyGen API, for one event loop.

    ``async with HeyGen() as heygen:`` opens and closes it. Nothing is opened before the first
    call, and a session that is handed in is never closed here.

    Args:
        api_key: The key, else the environment's ``HEYGEN_API_KEY``.
        base_url: Where to talk to, else ``HEYGEN_API_BASE``, else HeyGen. An address that is not
            HeyGen's takes the uploads too: a sandbox, or a proxy of yours.
        timeouts: Seconds per attempt.
        retry: How often a call is repeated.
        max_requests: Calls on the wire at once.
        max_transfers: Uploads and downloads at once.
        max_bandwidth: Bytes a second that all uploads may take together, and all downloads.
        dedupe: Whether the same bytes are uploaded once, whatever they are called: files within
            requests, and those given to ``assets.upload`` alone. A mapping of yours from SHA-256 to
            asset remembers them longer than the client lives.
        session: Your own aiohttp session for the calls. Uploads to storage and downloads always
            use one of ours, which never sees the key.
        ssl_context: For TLS that is not everybody's.
        proxy: Address of a proxy.
        trust_env: Whether the proxy variables of the environment are obeyed.
        observers: Called with every event; see ``heygen_async.events``.
        cadence: How often waiting jobs are looked at.
        world: Time, chance and ids, for tests.

    What it offers, ``heygen.videos``, ``heygen.avatars`` and so on, is told by ``Resources``, which
    it is one of.

    Raises:
        ConfigError: There is no key, or the address is not one that the key may be sent to.
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeouts: Timeouts | None = None,
        retry: RetryPolicy | None = None,
        max_requests: int = 64,
        max_transfers: int = 16,
        max_bandwidth: float | None = None,
        dedupe: bool | KnownAssets = False,
        session: aiohttp.ClientSession | None = None,
        ssl_context: ssl.SSLContext | None = None,
        proxy: str | None = None,
        trust_env: bool = True,
        observers: Sequence[Observer] = (),
        cadence: Cadence | None = None,
        world: World | None = None,
    ) -> None:
        self.config: Config = Config.load(
            api_key=api_key,
            base_url=base_url,
            timeouts=timeouts,
            retry=retry,
            max_requests=max_requests,
            max_transfers=max_transfers,
            max_bandwidth=max_bandwidth,
            trust_env=trust_env,
        )
        self._world = world = world or World()
        self._events = Events(observers)
        self._sessions = SessionManager(
            self.config, session=session, ssl_context=ssl_context, proxy=proxy
        )
        retrier = Retrier(
            world,
            self._events,
            self.config.retry,
            requests=max_requests,
            transfers=max_transfers,
        )
        self._sender = Sender(self.config, self._sessions, retrier)
        self._board = StatusBoard(world, self._events, cadence)
        super().__init__(_toolbox(self._sender, self._board, dedupe=dedupe))

    def with_options(
        self, *, timeout: float | None = None, max_retries: int | None = None
    ) -> Resources:
        """The same client with another patience: ``heygen.with_options(timeout=5).videos.get(id)``.

        It shares the sessions, and needs no closing. Uploads and waiting are as before.

        Args:
            timeout: Seconds that one attempt of a call may take, instead of those of its class.
            max_retries: Repeats after failures, instead of the retry policy's. 0 turns every
                repeat off.

        Raises:
            ConfigError: A value is below 0, or the timeout is 0.
        """
        if timeout is not None and not timeout > 0:
            raise ConfigError(f"timeout must be above 0 seconds, got {timeout}")
        if max_retries is not None and max_retries < 0:
            raise ConfigError(f"max_retries must be 0 or more, got {max_retries}")
        sender = self._sender.with_options(timeout=timeout, max_retries=max_retries)
        return Resources(self._tools.with_sender(sender))

    def with_raw_response(self) -> AbstractContextManager[RawResponses]:
        """What came over the wire: ``with heygen.with_raw_response() as raw``.

        Calls within the block work as ever; ``raw.last`` then has the status, headers, bytes and
        request id of the newest answer, ``raw.all`` those of every attempt. The looks of a wait
        are not among them, since they are everybody's: ``job.read()`` is.
        """
        return watching()

    def orchestrator(
        self,
        *,
        run: str | None = None,
        uploads: int = 4,
        slots: int = 10,
        downloads: int = 4,
    ) -> "Orchestrator":
        """Many jobs at once: ``async with heygen.orchestrator() as studio``.

        Args:
            run: Name of the work. The same name and the same v3 rows make the same keys, so that a
                run that is started again within 24 hours gets the same videos without paying
                again; v2 has no keys, see ``VideoJob.unprotected``. A new name is made when left
                out.
            uploads: Uploads at once.
            slots: Jobs in flight at HeyGen; 10 is what a pay-as-you-go account may have.
            downloads: Downloads at once.

        Raises:
            ConfigError: A bound is below 1, or the name has characters that no key may have.
        """
        from heygen_async.orchestrator import Orchestrator  # noqa: PLC0415

        return Orchestrator(
            self,
            world=self._world,
            events=self._events,
            pauses=self._sender.retrier.pauses,
            run=run,
            uploads=uploads,
            slots=slots,
            downloads=downloads,
        )

    def inbox(
        self,
        secrets: str | Secret | Sequence[str | Secret] | None = None,
        *,
        tolerance: float = TOLERANCE,
        unsigned: bool = False,
        most: int = 1000,
        drain: float = 5.0,
    ) -> "Inbox":
        """Takes webhook deliveries: ``async with heygen.inbox(secret) as inbox``.

        Args:
            secrets: The endpoint's secret, or several while one is being rotated.
            tolerance: Seconds by which a delivery's time may differ from ours.
            unsigned: Whether deliveries without any signature are taken, as those to a
                ``callback_url`` are. A wrong signature is refused all the same.
            most: Deliveries that may wait to be handled, signed and unsigned each; HeyGen sends
                the others again.
            drain: Seconds for which closing goes on handling what was acknowledged.

        Raises:
            InvalidRequestError: There is no secret, and unsigned ones are not taken either; a
                secret is empty; a number is out of bounds.
        """
        from heygen_async.jobs.inbox import Inbox  # noqa: PLC0415

        return Inbox(
            self._board,
            self.webhooks,
            self._world,
            secrets=secrets,
            tolerance=tolerance,
            unsigned=unsigned,
            most=most,
            drain=drain,
        )

    def as_completed(
        self,
        jobs: Iterable[Job[T]] | AsyncIterable[Job[T]],
        *,
        timeout: float | None = None,
        for_person: bool = False,
        at_once: int | None = None,
    ) -> AsyncGenerator[JobOutcome[T]]:
        """Many jobs, each as it ends: ``async for outcome in heygen.as_completed(jobs)``.

        There is no task per job. One that fails, or takes too long, is an outcome with an error,
        and the others go on. Leaving the iteration early cancels no job. What ``jobs`` itself
        raises is raised when all that were taken before have ended, since they are paid for.

        Args:
            jobs: Handles, of any kinds: a list, or whatever gives them one after the other, such
                as an async generator that makes them. It is read while others are waited for.
            timeout: Seconds for each, from when it was taken; a generous time for the kind of job
                when left out.
            for_person: As in ``Job.wait``.
            at_once: Jobs that are taken and not yet handed out, at most; no bound when left out.

        Raises:
            InvalidRequestError: ``at_once`` is below 1.
            ClientLoopError: The client is closed, or belongs to another event loop.
        """
        whole("at_once", at_once, least=1)
        return as_completed(jobs, timeout=timeout, for_person=for_person, at_once=at_once)

    async def send(self, call: Call[T]) -> T:
        """Sends a call of your own, for what is newer than this library.

        It is retried, keyed and decoded like every other.

        Args:
            call: The endpoint, its ids, its body, and the type of the reply.

        Raises:
            HeyGenError: As every call.
        """
        return await self._sender.send(call)

    def pages(self, call: Call[list[T]], *, max_items: int | None = None) -> Pager[T]:
        """A list of your own: ``await`` the first page, or iterate over all items, as ever.

        Args:
            call: The endpoint, with a list as the type of the reply. ``token`` is added to its
                query from page to page.
            max_items: Stops an iteration after so many.

        Raises:
            HeyGenError: As every call, when a page is read.
        """

        async def fetch(token: str | None) -> Envelope[list[T]]:
            query = {**(call.query or {}), **({"token": token} if token else {})}
            page = Call(call.route, call.reply, ids=call.ids, query=query, body=call.body)
            return await self._sender.fetch(page)

        return Pager(fetch, max_items=max_items)

    def stream(self, call: Call[Any]) -> EventStream[ServerEvent]:
        """A call of your own whose answer comes piece by piece.

        Server-sent events and JSON lines are understood. It is retried until it begins, and read
        once: ``async for event in heygen.stream(call)``.

        Args:
            call: The endpoint, its ids and its body; the type of its reply plays no part.

        Raises:
            HeyGenError: As every call, when the reading begins.
        """
        return EventStream(
            call.route.name, lambda: open_feed(self._sender, call), read=lambda event: (event,)
        )

    def observe(self, observer: Observer) -> Callable[[], None]:
        """Adds an observer of events, and returns what removes it."""
        return self._events.subscribe(observer)

    @property
    def in_flight(self) -> int:
        """Requests and transfers on the wire now."""
        return self._sessions.in_flight

    @property
    def status_calls(self) -> int:
        """Calls made so far only to see how far jobs are."""
        return self._board.looks

    async def close(self) -> None:
        """Stops waiting and closes what was opened here. Twice is fine."""
        await self._board.close()
        await self._sessions.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<HeyGen {self.config.base_url}>"


def _toolbox(sender: Sender, board: StatusBoard, *, dedupe: bool | KnownAssets) -> Toolbox:
    uploads = Uploads(sender)
    shared: SharedUploads | None = None
    if dedupe is not False:
        known = None if dedupe is True else dedupe
        shared = SharedUploads(uploads, sender.retrier.world.clock, known=known)
    return Toolbox(
        sender=sender,
        uploads=uploads,
        downloads=Downloads(sender),
        waiter=board,
        shared=shared,
    )
