"""Every way in which aiohttp can fail, and what of it may be shown."""

from contextlib import suppress

import aiohttp
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from heygen_async.errors import (
    ConnectError,
    ReadTimeoutError,
    TransferError,
    TransportError,
)
from heygen_async.wire.redact import url as redacted


def transport_error(problem: BaseException, what: str) -> TransportError:
    """The one place that knows aiohttp's exceptions.

    Args:
        problem: What aiohttp raised.
        what: The call's name, or an address without its query.
    """
    name = type(problem).__name__
    match problem:
        case (
            aiohttp.ClientConnectorError()
            | aiohttp.ConnectionTimeoutError()
            | aiohttp.ClientProxyConnectionError()
            | aiohttp.ClientHttpProxyError()
            | aiohttp.InvalidURL()
        ):
            reason = getattr(problem, "os_error", None) or name
            return ConnectError(f"{what}: could not connect ({reason})")
        case TimeoutError():
            # Both families: the total timeout is bare, that of a socket is a ClientError too.
            return ReadTimeoutError(f"{what}: no answer in time")
        case _:
            # aiohttp's own text may quote headers; its class name never does.
            return TransportError(f"{what}: the connection broke ({name})")


def transfer_error(problem: BaseException, where: str) -> TransportError | TransferError:
    """As ``transport_error``, for an address that is a secret.

    A link that can never work is final. What quotes the address is not kept as the cause.

    Args:
        problem: What aiohttp raised.
        where: The address without its query.
    """
    match problem:
        case aiohttp.InvalidURL() | aiohttp.NonHttpUrlClientError() | aiohttp.RedirectClientError():
            return TransferError(f"{where} is, or leads to, no http address")
        case aiohttp.TooManyRedirects():
            return TransferError(f"{where} redirects without end")
        case aiohttp.ClientResponseError():
            return transport_error(problem, where)
        case _:
            error = transport_error(problem, where)
            error.__cause__ = problem
            return error


def presigned(url: str) -> URL:
    """An address to be used to the letter.

    Raises:
        TransferError: It is none.
    """
    with suppress(ValueError):
        address = URL(url, encoded=True)
        if address.scheme in ("http", "https") and address.host and address.port:
            return address
    raise TransferError(f"{redacted(url)} is no http address")


def without_frames(problem: BaseException) -> None:
    """Takes the frames off an exception and all behind it: aiohttp's locals hold the key."""
    queue: list[BaseException | None] = [problem]
    seen: set[int] = set()
    while queue:
        error = queue.pop()
        if error is not None and id(error) not in seen:
            seen.add(id(error))
            error.__traceback__ = None
            queue += [error.__cause__, error.__context__]


def forget_key(problem: BaseException) -> None:
    """Takes the request's headers out of an exception that shows them in its repr."""
    if isinstance(problem, aiohttp.ClientResponseError):
        told = problem.request_info
        problem.request_info = aiohttp.RequestInfo(
            told.url, told.method, CIMultiDictProxy(CIMultiDict[str]()), told.real_url
        )
        problem.args = (problem.request_info, problem.history)
