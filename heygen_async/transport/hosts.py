"""What storage and media hosts say, which know nothing of HeyGen's envelopes."""

import asyncio
import re
from typing import Final

import aiohttp

from heygen_async.errors import (
    APIError,
    HeyGenError,
    LinkExpiredError,
    RateLimitedError,
    ReadTimeoutError,
    TransferError,
)
from heygen_async.wire.calls import Route
from heygen_async.wire.faults import Fault, api_error
from heygen_async.wire.redact import url as redacted
from heygen_async.wire.retry import retry_after

_SERVER: Final = 500
_BAD_REQUEST: Final = 400
_REQUEST_TIMEOUT: Final = 408
_CODE: Final = re.compile(rb"<Code>(\w+)</Code>")
_BEGINNING: Final = 2048
"""Bytes of an error in which its code stands."""


def host_error(response: aiohttp.ClientResponse, now: float) -> APIError:
    """The error of an answer, with the wait that it asks for, so that the one loop can judge it.

    Args:
        response: The answer.
        now: Unix time.
    """
    return api_error(
        Fault(),
        status=response.status,
        request_id=None,
        retry_after=retry_after(response.headers, now),
    )


async def passing(
    response: aiohttp.ClientResponse, *, where: str, stall: float
) -> HeyGenError | None:
    """What a 400 of S3's says that is no fault of the request; None for every other answer.

    Args:
        response: The answer, of which the beginning is read.
        where: The address without its query.
        stall: Seconds for which no byte may come.
    """
    if response.status != _BAD_REQUEST:
        return None
    async with asyncio.timeout(stall):
        code = _CODE.search(await response.content.read(_BEGINNING))
    match code and code[1]:
        case b"ExpiredToken":  # that of whoever has signed the address
            return LinkExpiredError(f"{where} answered HTTP 400 (ExpiredToken)")
        case b"RequestTimeout":  # the line was silent for 20 s
            return ReadTimeoutError(f"{where} waited too long for bytes")
        case _:
            return None


def route_to(route: Route, url: str) -> Route:
    """The route to a host: one that asks for a pause speaks for itself alone.

    Args:
        route: Of all transfers of the kind.
        url: The presigned address; the route has its scheme and host as its path.
    """
    return route._replace(path="/".join(redacted(url).split("/", 3)[:3]))


def passes(problem: APIError) -> bool:
    """Whether it may be otherwise at the next attempt."""
    limited = isinstance(problem, RateLimitedError)
    return limited or problem.status == _REQUEST_TIMEOUT or problem.status >= _SERVER


def refusal(message: str, problem: APIError) -> TransferError:
    """What the caller is told at last.

    Args:
        message: What was refused, without a secret.
        problem: The last answer; its history goes with it.
    """
    error = TransferError(message)
    error.retry_after = problem.retry_after
    if error.retry_after is not None:
        error.hint = f"The host asks to wait {error.retry_after:.0f} s."
    for note in getattr(problem, "__notes__", ()):
        error.add_note(note)
    return error
