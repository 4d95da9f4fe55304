"""Two sessions: which one is used, when they are made and closed, and how aiohttp may fail."""

import asyncio
import ssl
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from aiohttp.http_exceptions import BadHttpMessage
from yarl import URL

from heygen_async import Call, HeyGen, Timeouts
from heygen_async.errors import (
    ClientLoopError,
    ConfigError,
    ConnectError,
    ReadTimeoutError,
    TransportError,
)
from heygen_async.transport.session import USER_AGENT, transport_error
from heygen_async.wire.routes.users import USERS_GET_CURRENT
from tests.transport.kit import API, KEY, RecordingClock, Wire, client

ME = "/v3/users/me"
WHERE: Any = SimpleNamespace(host="h", port=443, ssl=True, is_ssl=True)
INFO = aiohttp.RequestInfo(URL(API), "GET", {"X-Api-Key": KEY}, URL(API))  # type: ignore[arg-type]


def known(wire: Wire) -> None:
    wire.ok("GET", ME, {"username": "ada"})


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (aiohttp.ClientConnectorError(WHERE, OSError(111, "refused")), ConnectError),
        (aiohttp.ClientConnectorDNSError(WHERE, OSError(-2, "no such name")), ConnectError),
        (aiohttp.ClientConnectorSSLError(WHERE, OSError(1, "tls")), ConnectError),
        (
            aiohttp.ClientConnectorCertificateError(WHERE, ssl.SSLCertVerificationError("bad")),
            ConnectError,
        ),
        (aiohttp.ConnectionTimeoutError(), ConnectError),
        (aiohttp.ClientProxyConnectionError(WHERE, OSError(111, "refused")), ConnectError),
        (aiohttp.ClientHttpProxyError(INFO, (), status=407), ConnectError),
        (aiohttp.InvalidURL("nowhere"), ConnectError),
        (TimeoutError(), ReadTimeoutError),
        (aiohttp.SocketTimeoutError(), ReadTimeoutError),
        (aiohttp.ServerTimeoutError(), ReadTimeoutError),
        (aiohttp.ServerDisconnectedError(), TransportError),
        (aiohttp.ClientOSError(104, "reset"), TransportError),
        (aiohttp.ClientConnectionResetError("reset"), TransportError),
        (aiohttp.ClientPayloadError("cut"), TransportError),
        (aiohttp.ClientResponseError(INFO, (), status=400), TransportError),
        (aiohttp.TooManyRedirects(INFO, ()), TransportError),
        (ConnectionResetError(104, "reset"), TransportError),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_each_failure_of_aiohttp_has_its_class(
    problem: Exception, kind: type[TransportError]
) -> None:
    error = transport_error(problem, "videos.get")
    assert type(error) is kind
    assert error.sent == (kind is not ConnectError)
    assert str(error).startswith("videos.get: ")
    assert KEY not in str(error)


def test_every_way_not_to_connect_is_known() -> None:
    """A new class of aiohttp would be taken for a request that was sent, which is the safe side."""
    connects = [
        kind
        for kind in vars(aiohttp).values()
        if isinstance(kind, type) and issubclass(kind, aiohttp.ClientConnectorError)
    ]
    assert len(connects) >= 5


async def test_an_api_call_carries_key_and_name_and_follows_no_redirect(
    heygen: HeyGen, wire: Wire
) -> None:
    wire.answer("GET", ME, status=302, headers={"Location": "https://evil.example/v3/users/me"})
    wire.ok("GET", "https://evil.example/v3/users/me", {"username": "eve"})
    with pytest.raises(Exception, match="HTTP 302"):
        await heygen.users.get_current()
    (sent,) = wire.sent
    assert sent.headers == {"X-Api-Key": KEY, "User-Agent": USER_AGENT}
    assert sent.options["allow_redirects"] is False
    assert wire.asked == 1


async def test_a_transfer_carries_no_key_and_no_cookies(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("GET", "https://files.heygen.ai/a.mp4?sig=1", body=b"bytes")
    sessions = heygen._sessions
    async with sessions.transfer(
        "GET", "https://files.heygen.ai/a.mp4?sig=1", headers={"Range": "bytes=1-"}
    ) as response:
        assert await response.read() == b"bytes"
    assert wire.sent[0].headers == {"Range": "bytes=1-"}
    assert sessions._transfer is not None
    assert sessions._transfer is not sessions._api
    assert isinstance(sessions._transfer.cookie_jar, aiohttp.DummyCookieJar)
    assert dict(sessions._transfer.headers) == {}
    assert sessions._transfer.timeout.total is None


async def test_a_media_host_may_redirect_and_a_storage_put_may_not(
    heygen: HeyGen, wire: Wire
) -> None:
    for method in ("GET", "PUT"):
        wire.answer(method, "https://s3.example/x")
        async with heygen._sessions.transfer(method, "https://s3.example/x", headers={}):
            pass
    assert [sent.options["allow_redirects"] for sent in wire.sent] == [True, False]


async def test_nothing_is_opened_before_the_first_call(wire: Wire, clock: RecordingClock) -> None:
    async with client(clock) as heygen:
        assert heygen._sessions._api is None
        known(wire)
        await heygen.users.get_current()
        api = heygen._sessions._api
        assert api is not None
        assert heygen._sessions._transfer is None
        known(wire)
        await heygen.users.get_current()
        assert heygen._sessions._api is api
    assert api.closed


async def test_closing_twice_is_fine_and_a_call_afterwards_is_told(
    wire: Wire, clock: RecordingClock
) -> None:
    heygen = client(clock)
    known(wire)
    await heygen.users.get_current()
    await heygen.close()
    await heygen.close()
    for use in (heygen.users.get_current(), heygen.assets.upload(b"\x89PNG\r\n\x1a\n")):
        with pytest.raises(ClientLoopError, match="closed"):
            await use
    assert wire.asked == 1


async def test_closing_a_client_that_was_never_used_is_fine(clock: RecordingClock) -> None:
    heygen = client(clock)
    await heygen.close()
    with pytest.raises(ClientLoopError):
        await heygen.users.get_current()


async def test_a_borrowed_session_is_used_and_left_open(wire: Wire, clock: RecordingClock) -> None:
    async with aiohttp.ClientSession() as session:
        async with client(clock, session=session) as heygen:
            known(wire)
            await heygen.users.get_current()
            assert heygen._sessions._api is session
            wire.answer("GET", "https://s3.example/x")
            async with heygen._sessions.transfer("GET", "https://s3.example/x", headers={}):
                pass
            own = heygen._sessions._transfer
            assert own is not session
        assert not session.closed
        assert own is not None
        assert own.closed
        assert "X-Api-Key" not in session.headers
    assert wire.sent[0].headers["X-Api-Key"] == KEY


def test_another_loop_is_told_rather_than_met_with_a_riddle(clock: RecordingClock) -> None:
    heygen = client(clock)
    base = "http://127.0.0.1:9"  # nothing listens here, and nothing is asked
    sessions = heygen._sessions

    async def first() -> None:
        sessions._check_loop()

    async def second() -> None:
        for use in (heygen.users.get_current(), heygen.send(_call())):
            with pytest.raises(ClientLoopError, match="another event loop") as caught:
                await use
            assert caught.value.hint is not None
        with pytest.raises(ClientLoopError):
            async with sessions.transfer("GET", base, headers={}):
                raise AssertionError
        await heygen.close()

    asyncio.run(first())
    asyncio.run(second())


def test_a_used_client_refuses_another_loop(clock: RecordingClock) -> None:
    """With real sessions: what the first loop opened does not break in the second."""
    heygen = client(clock, base_url="http://127.0.0.1:9")

    async def first() -> None:
        heygen._sessions._api_session()
        heygen._sessions._transfer_session()

    async def second() -> None:
        with pytest.raises(ClientLoopError):
            await heygen.users.get_current()
        await heygen.close()

    asyncio.run(first())
    asyncio.run(second())


PROXY = "http://user:secret@proxy.example:3128"


@pytest.mark.parametrize(
    ("environ", "options", "proxy"),
    [
        ({}, {}, None),
        ({"HTTPS_PROXY": PROXY}, {}, PROXY),
        ({"https_proxy": PROXY}, {}, PROXY),
        ({"HTTP_PROXY": PROXY}, {}, None),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": ".heygen.com"}, {}, None),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "example.com"}, {}, PROXY),
        ({"HTTPS_PROXY": PROXY}, {"trust_env": False}, None),
        ({"HTTPS_PROXY": PROXY}, {"proxy": "http://mine:3128"}, "http://mine:3128"),
        ({"HTTP_PROXY": PROXY}, {"base_url": "http://127.0.0.1:1"}, None),
        ({"HTTP_PROXY": PROXY, "no_proxy": "127.0.0.1"}, {"base_url": "http://127.0.0.1:1"}, None),
    ],
)
async def test_proxy_variables_are_obeyed_unless_told_otherwise(
    wire: Wire,
    clock: RecordingClock,
    monkeypatch: pytest.MonkeyPatch,
    environ: dict[str, str],
    options: dict[str, Any],
    proxy: str | None,
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    async with client(clock, **options) as heygen:
        base = options.get("base_url", API)
        wire.ok("GET", f"{base}{ME}", {"username": "ada"})
        await heygen.users.get_current()
        assert wire.sent[0].options["proxy"] == proxy
        assert heygen._sessions._transfer_proxy(f"{base}/file?secret") == proxy
        for session in (heygen._sessions._api_session(), heygen._sessions._transfer_session()):
            assert not session.trust_env, "~/.netrc is none of our business"
        assert "secret" not in f"{heygen!r}{heygen.config!r}"


@pytest.mark.parametrize("base", ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1"])
def test_the_key_goes_through_no_proxy_in_plain_text(base: str, clock: RecordingClock) -> None:
    with pytest.raises(ConfigError, match="plain http through a proxy"):
        client(clock, base_url=base, proxy="http://mine:3128")


async def test_a_borrowed_session_decides_for_itself_about_proxies(
    wire: Wire, clock: RecordingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", PROXY)
    async with aiohttp.ClientSession() as session, client(clock, session=session) as heygen:
        known(wire)
        await heygen.users.get_current()
    assert wire.sent[0].options["proxy"] is None


async def test_a_named_proxy_takes_calls_and_transfers(wire: Wire, clock: RecordingClock) -> None:
    async with client(clock, proxy="http://proxy.example:3128") as heygen:
        known(wire)
        await heygen.users.get_current()
        wire.answer("GET", "https://s3.example/x")
        async with heygen._sessions.transfer("GET", "https://s3.example/x", headers={}):
            pass
    assert {sent.options["proxy"] for sent in wire.sent} == {"http://proxy.example:3128"}


async def test_tls_of_ones_own_goes_to_both_sessions(clock: RecordingClock) -> None:
    context = ssl.create_default_context()
    async with client(clock, ssl_context=context) as heygen:
        for session in (heygen._sessions._api_session(), heygen._sessions._transfer_session()):
            connector: Any = session.connector
            assert connector._ssl is context


async def test_certificates_are_verified_unless_told_otherwise(clock: RecordingClock) -> None:
    async with client(clock) as heygen:
        connector: Any = heygen._sessions._api_session().connector
        assert connector._ssl is True


async def test_times_are_those_that_were_given(wire: Wire, clock: RecordingClock) -> None:
    times = Timeouts(read=1.0, write=2.0, connect=3.0, stall=4.0)
    async with client(clock, timeouts=times) as heygen:
        known(wire)
        await heygen.users.get_current()
        sent = wire.sent[0].options["timeout"]
        assert (heygen._sessions._reads.seconds, sent.sock_connect) == (1.0, 3.0)
        transfer = heygen._sessions._transfer_session().timeout
        assert (transfer.total, transfer.sock_connect, transfer.sock_read) == (None, 3.0, 4.0)


async def test_what_is_on_the_wire_is_counted_back_after_failures_too(
    heygen: HeyGen, wire: Wire
) -> None:
    wire.answer("POST", "/v2/photo_avatar/train", exception=aiohttp.ServerDisconnectedError())
    with pytest.raises(TransportError):
        await heygen.v2.photo_avatars.train("g")
    wire.answer("GET", "https://s3.example/x")
    with pytest.raises(LookupError):
        async with heygen._sessions.transfer("GET", "https://s3.example/x", headers={}):
            assert heygen.in_flight == 1
            raise LookupError
    assert heygen.in_flight == 0


async def test_the_callers_own_error_within_a_transfer_stays_what_it_is(
    heygen: HeyGen, wire: Wire
) -> None:
    own = ReadTimeoutError("mine")
    wire.answer("GET", "https://s3.example/x")
    with pytest.raises(ReadTimeoutError) as caught:
        async with heygen._sessions.transfer("GET", "https://s3.example/x", headers={}):
            raise own
    assert caught.value is own


async def test_a_broken_answer_does_not_show_the_key_in_its_cause(
    heygen: HeyGen, wire: Wire
) -> None:
    broken = aiohttp.ClientResponseError(INFO, (), status=400, message=BadHttpMessage("x").message)
    assert KEY in repr(broken)
    wire.answer("POST", "/v2/photo_avatar/train", exception=broken)
    with pytest.raises(TransportError) as caught:
        await heygen.v2.photo_avatars.train("g")
    problem: BaseException | None = caught.value
    while problem is not None:
        for shown in (str(problem), repr(problem), repr(problem.args), repr(vars(problem))):
            assert KEY not in shown
        problem = problem.__cause__


def _call() -> Any:
    return Call(USERS_GET_CURRENT, dict[str, str])
