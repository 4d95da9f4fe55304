"""SessionManager: two aiohttp sessions, and every way in which aiohttp can fail.

The API session carries the key and follows no redirects. The transfer session carries no key and
no cookies: it talks to presigned storage and to media hosts, which must never see the key (aiohttp
forwards ``X-Api-Key`` on a redirect to another host).
"""

import asyncio
import ssl
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, nullcontext
from typing import Final, TypeAlias

import aiohttp

from heygen_async.config import Config
from heygen_async.errors import (
    ClientLoopError,
    ConfigError,
    HeyGenError,
)
from heygen_async.transport.alarms import Alarms
from heygen_async.transport.bandwidth import Bandwidth
from heygen_async.transport.body import Body
from heygen_async.transport.clock import Clock
from heygen_async.transport.problems import (
    forget_key,
    presigned,
    transfer_error,
    transport_error,
    without_frames,
)
from heygen_async.transport.quiet import told
from heygen_async.transport.targets import Target, environment_proxy
from heygen_async.version import __version__
from heygen_async.wire.calls import Host, Route
from heygen_async.wire.envelope import HttpReply
from heygen_async.wire.redact import url as redacted

ClientSession: TypeAlias = aiohttp.ClientSession
"""What a caller may hand in."""

_LEAST_SECONDS: Final = 0.001
_NO_ALARM: Final = nullcontext()
USER_AGENT: Final = (
    f"heygen-async/{__version__} python/{sys.version_info.major}.{sys.version_info.minor}"
    f" aiohttp/{aiohttp.__version__}"
)


class SessionManager:
    """Owns the sessions, or borrows the API session and leaves it open.

    Sessions are made inside the running loop, at the first request.
    """

    def __init__(
        self,
        config: Config,
        *,
        session: aiohttp.ClientSession | None = None,
        ssl_context: ssl.SSLContext | None = None,
        proxy: str | None = None,
        auth: Mapping[str, str] | None = None,
    ) -> None:
        """Opens nothing yet.

        Args:
            config: Addresses, the key, and how patient to be.
            session: The caller's own, for the calls.
            ssl_context: For TLS that is not everybody's.
            proxy: Address of a proxy.
            auth: The headers that prove who calls; HeyGen's when left out.
        """
        if proxy is not None and config.base_url.startswith("http:"):
            raise ConfigError(
                "refusing to send the API key over plain http through a proxy",
                hint="Leave proxy= out for an address on this machine.",
            )
        self._config = config
        self._borrowed = session
        self._ssl = ssl_context
        self._proxy = proxy
        # A session that is handed in decides for itself what it trusts.
        looked_up = proxy is None and session is None and config.trust_env
        self._api_target, self._upload_target = (
            Target.of(base, environment_proxy(base) if looked_up else proxy)
            for base in (config.base_url, config.upload_url)
        )
        self._api: aiohttp.ClientSession | None = None
        self._transfer: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False
        self._reads = Alarms(config.timeouts.read)
        # What a read may take in all is watched over by its alarm.
        self._unwatched = aiohttp.ClientTimeout(total=None, sock_connect=config.timeouts.connect)
        credential = auth or {"X-Api-Key": config.api_key.reveal()}
        # Our own session has them once and for all; one that is handed in is left as it is.
        self._auth: Final = {**credential, "User-Agent": USER_AGENT}
        self._every: Final = None if session is None else self._auth
        self.stall: float = config.timeouts.stall
        """Seconds for which no byte of a file may move."""
        self.up: Bandwidth = Bandwidth(config.max_bandwidth)
        """What all uploads may take together."""
        self.down: Bandwidth = Bandwidth(config.max_bandwidth)
        """What all downloads may take together."""
        self.in_flight: int = 0
        """Requests and transfers on the wire now."""

    async def exchange(
        self,
        route: Route,
        path: str,
        *,
        body: bytes | Body | None,
        headers: Mapping[str, str] | None,
        seconds: float | None,
        timeout: float | None = None,
    ) -> HttpReply:
        """One request to HeyGen, and its whole answer.

        Args:
            route: The endpoint.
            path: Filled in and percent-encoded.
            body: Bytes, or a body that reads its source anew.
            headers: Besides those of every request.
            seconds: What is left until the deadline.
            timeout: Seconds for the attempt, instead of those of its class.

        Raises:
            TransportError: No usable answer; ``sent`` tells whether it may have arrived.
        """
        session, target = self._api_session(), self._target(route.host)
        limits = self._limits(route, body, timeout, seconds)
        self.in_flight += 1
        quiet = told()
        if quiet is not None:
            quiet.clear()
        try:
            with self._reads.alarm() if limits is self._unwatched else _NO_ALARM:
                response = await session.request(
                    route.method,
                    target.address(path),
                    data=body.data if isinstance(body, Body) else body,
                    headers=self._headers(headers),
                    timeout=limits,
                    allow_redirects=False,
                    raise_for_status=False,
                    proxy=target.proxy,
                )
                # Reading it to its end lets go of the connection, failing closes it.
                return HttpReply(response.status, response.headers, await response.read())
        except (aiohttp.ClientError, TimeoutError, OSError) as problem:
            forget_key(problem)
            without_frames(problem)
            raise _cause(problem, body) or transport_error(problem, route.name) from problem
        except RuntimeError as problem:
            if session.closed:
                raise ClientLoopError("the session that was handed in is closed") from problem
            raise
        finally:
            self.in_flight -= 1
            if quiet is not None:
                quiet.set()

    @asynccontextmanager
    async def transfer(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: Body | None = None,
        paced: bool = False,
        ahead: int | None = None,
    ) -> AsyncGenerator[aiohttp.ClientResponse]:
        """One request to a storage or media host: no key, no cookies, no total timeout.

        Args:
            method: ``GET`` or ``PUT``.
            url: The presigned address, used to the letter.
            headers: Sent as they are.
            body: What goes up.
            paced: Whether the body is read slowly on purpose: then the reader says what a stall is.
            ahead: Bytes that may wait to be read, before the socket is left alone until half of
                them are; aiohttp's own number when left out.

        Raises:
            TransportError: No usable answer.
            TransferError: The address is none, or leads nowhere.
        """
        session = self._transfer_session()
        address = presigned(url)
        failure: Exception | None = None
        stall = self._config.timeouts.stall
        self.in_flight += 1
        try:
            async with (
                asyncio.timeout(stall if paced else None) as alarm,
                session.request(
                    method,
                    address,
                    data=None if body is None else body.data,
                    headers=headers,
                    timeout=self._stall_timeout(None if paced else stall),
                    allow_redirects=method == "GET",
                    raise_for_status=False,
                    proxy=self._transfer_proxy(url),
                    read_bufsize=None if ahead is None else ahead // 2,
                ) as response,
            ):
                alarm.reschedule(None)
                yield response
        except HeyGenError:
            raise  # the caller's own, some of which are TimeoutErrors too
        except (aiohttp.ClientError, TimeoutError) as problem:
            without_frames(problem)
            failure = _cause(problem, body) or transfer_error(problem, redacted(url))
        finally:
            self.in_flight -= 1
        if failure is not None:
            # Out here it has no context: aiohttp's exceptions may quote the address.
            raise failure

    @asynccontextmanager
    async def stream(
        self,
        route: Route,
        path: str,
        *,
        body: bytes | None,
        headers: Mapping[str, str] | None,
        stall: float | None = None,
    ) -> AsyncGenerator[aiohttp.ClientResponse]:
        """One request to HeyGen whose answer is read as it comes. Leaving early closes it.

        Args:
            route: The endpoint.
            path: Filled in and percent-encoded.
            body: Bytes.
            headers: Besides those of every request.
            stall: Seconds for which no byte may come, instead of those of a write.

        Raises:
            TransportError: No usable answer, or it broke.
        """
        session, target = self._api_session(), self._target(route.host)
        limits = self._stall_timeout(self._config.timeouts.write if stall is None else stall)
        # Only until it begins: who waits for the next event must not keep a test's clock from
        # jumping, which nothing else would end.
        self.in_flight += 1
        waiting = True
        try:
            async with session.request(
                route.method,
                target.address(path),
                data=body,
                headers=self._headers(headers),
                timeout=limits,
                allow_redirects=False,
                raise_for_status=False,
                proxy=target.proxy,
            ) as response:
                self.in_flight -= 1
                waiting = False
                yield response
        except HeyGenError:
            raise  # the caller's own, some of which are TimeoutErrors too
        except (aiohttp.ClientError, TimeoutError, OSError) as problem:
            forget_key(problem)
            without_frames(problem)
            raise transport_error(problem, route.name) from problem
        finally:
            self.in_flight -= waiting

    def _target(self, host: Host) -> Target:
        return self._api_target if host is Host.API else self._upload_target

    def _headers(self, headers: Mapping[str, str] | None) -> Mapping[str, str] | None:
        """What a request brings besides the headers of its session."""
        if self._every is None or headers is None:
            return headers or self._every
        return {**self._every, **headers}

    async def pace(self, line: Bandwidth, count: int, clock: Clock) -> int:
        """Returns when a transfer may move more bytes, and how many. Meanwhile it moves none."""
        self.in_flight -= 1
        try:
            return await line.take(count, clock)
        finally:
            self.in_flight += 1

    async def close(self) -> None:
        """Closes what was opened here; a borrowed session stays open. Twice is fine."""
        self._closed = True
        self._reads.close()
        for session in (self._api, self._transfer):
            if session is not None and session is not self._borrowed:
                await session.close()

    def _api_session(self) -> aiohttp.ClientSession:
        # The path of every call: one comparison, no session made twice.
        if self._api is None or self._loop is not asyncio.get_running_loop() or self._closed:
            self._check_loop()
            if self._api is None:
                self._api = self._borrowed or self._new_session(self._unwatched, self._auth)
        return self._api

    def _transfer_session(self) -> aiohttp.ClientSession:
        self._check_loop()
        if self._transfer is None:
            limits = self._stall_timeout(self._config.timeouts.stall)
            self._transfer = self._new_session(limits, unpack=False)
        return self._transfer

    def _transfer_proxy(self, url: str) -> str | None:
        if self._proxy is not None or not self._config.trust_env:
            return self._proxy
        return environment_proxy(url)

    def _limits(
        self,
        route: Route,
        body: bytes | Body | None,
        timeout: float | None,
        seconds: float | None,
    ) -> aiohttp.ClientTimeout:
        if isinstance(body, Body):
            # No total: it may take as long as bytes move, which the body watches over. Once they
            # are all out, the answer may take as long as that of every other write.
            return self._stall_timeout(self._config.timeouts.write)
        reads, times = route.method == "GET", self._config.timeouts
        usual = times.read if reads else times.write
        total = usual if timeout is None else timeout
        if seconds is not None and seconds < total:
            # aiohttp takes 0 for no limit, where nothing is left of ours.
            total = max(seconds, _LEAST_SECONDS)
        if reads and total == usual:
            return self._unwatched
        return aiohttp.ClientTimeout(total=total, sock_connect=times.connect)

    def _stall_timeout(self, stall: float | None) -> aiohttp.ClientTimeout:
        connect = self._config.timeouts.connect
        return aiohttp.ClientTimeout(total=None, sock_connect=connect, sock_read=stall)

    def _check_loop(self) -> None:
        if self._closed:
            raise ClientLoopError("the client is closed")
        running = asyncio.get_running_loop()
        if self._loop is None:
            self._loop = running
        elif self._loop is not running:
            raise ClientLoopError(
                "the client was opened in another event loop",
                hint="Make one client per event loop: async with HeyGen() as heygen.",
            )

    def _new_session(
        self,
        timeout: aiohttp.ClientTimeout,
        headers: Mapping[str, str] | None = None,
        *,
        unpack: bool = True,
    ) -> aiohttp.ClientSession:
        # No limit here: the retry loop bounds what is under way, and who waited for a connection
        # besides would be told that a request was sent which never was.
        connector = aiohttp.TCPConnector(limit=0, ssl=self._ssl if self._ssl is not None else True)
        session = aiohttp.ClientSession(
            connector=connector,
            headers=headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=timeout,
            auto_decompress=unpack,
            # The proxies are looked up here. Left to aiohttp, ~/.netrc would come with them, and
            # with it an Authorization header for storage that refuses one.
            trust_env=False,
        )
        # There is one retry loop, and this is not it: aiohttp would send a GET, a PUT or a DELETE
        # again when a kept connection breaks, unseen and uncounted.
        session._retry_connection = False  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        return session


def _cause(problem: BaseException, body: bytes | Body | None) -> Exception | None:
    """What really went wrong, where aiohttp saw only that a body ended early."""
    if isinstance(problem, HeyGenError) or not isinstance(body, Body):
        return None
    return body.payload.problem
