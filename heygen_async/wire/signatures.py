"""Whether a webhook delivery comes from HeyGen: an HMAC of its raw bytes.

https://developers.heygen.com/docs/webhooks
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Final, cast

from heygen_async.errors import (
    BadSignatureError,
    InvalidRequestError,
    MissingSignatureError,
    StaleTimestampError,
)
from heygen_async.wire.redact import Secret

TOLERANCE: Final = 300.0
"""Seconds by which a delivery's time may differ from ours."""

SIGNATURE_HEADERS: Final = ("Heygen-Signature", "Signature", "X-HeyGen-Signature")
"""Where the signature may be, newest first: HeyGen has renamed it twice."""

TIMESTAMP_HEADER: Final = "Heygen-Timestamp"
EVENT_ID_HEADER: Final = "Heygen-Event-Id"

_PREFIX: Final = "sha256="


def sign(secret: str, body: bytes) -> str:
    """The signature of a body, in hex: HMAC-SHA256 with the whole secret, ``whsec_`` included."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def verify(
    body: bytes,
    headers: Mapping[str, str],
    secrets: str | Secret | Sequence[str | Secret],
    *,
    now: float,
    tolerance: float = TOLERANCE,
    signature_headers: Sequence[str] = SIGNATURE_HEADERS,
) -> None:
    """Returns if a delivery is signed with one of the secrets, and was sent about now.

    The signature covers the body alone, so a replay can carry any time: drop what has been seen
    by its ``Heygen-Event-Id`` besides, as ``Inbox`` does.

    Args:
        body: The raw bytes as they came. JSON that was parsed and written again has others.
        headers: Those of the request, in any case.
        secrets: The endpoint's secret, or several: rotation ends the old one at once, so keep
            both until the new one is everywhere.
        now: Unix time in seconds.
        tolerance: Seconds by which the delivery's time may differ, either way; 300 when left
            out, and 0 allows no difference at all.
        signature_headers: Names to look for, in order; the first one that is there counts.

    Raises:
        MissingSignatureError: There is no signature, or no time beside a ``Heygen-Signature``
            (older deliveries carry none).
        BadSignatureError: It is signed with something else.
        StaleTimestampError: It is too old, from the future, or its time is no number.
        InvalidRequestError: The arguments cannot verify anything: a body that is no bytes, no
            secret, an empty one, a negative tolerance.
    """
    if not isinstance(cast("object", body), bytes):
        words = "must be the raw bytes of the request, not what was parsed from them"
        raise InvalidRequestError("body", type(body).__name__, words)
    check_tolerance(tolerance)
    keys = check_secrets(secrets)
    found = {name.lower(): value for name, value in headers.items()}
    name = _signature_in(found, signature_headers)
    if name is None:
        raise MissingSignatureError(
            "the delivery carries no signature",
            hint=f"Looked for {', '.join(signature_headers)}. A callback_url is never signed.",
        )
    given = found[name.lower()].strip().removeprefix(_PREFIX).lower().encode(errors="replace")
    # Every secret is tried, so that the time taken tells nothing.
    fits = [hmac.compare_digest(given, sign(key, body).encode()) for key in keys]
    if not any(fits):
        raise BadSignatureError(
            f"the delivery's {name} fits none of the {len(keys)} secrets",
            hint="Verify the raw body, before anything parses it; after a rotation, the new secret"
            " only.",
        )
    _check_time(found.get(TIMESTAMP_HEADER.lower()), name, now, tolerance)


def is_signed(headers: Mapping[str, str]) -> bool:
    """Whether a delivery carries a signature, be it right or wrong."""
    return _signature_in({name.lower(): value for name, value in headers.items()}) is not None


def check_secrets(secrets: str | Secret | Sequence[str | Secret]) -> list[str]:
    """The secrets as text.

    Raises:
        InvalidRequestError: There is none, or an empty one.
    """
    several = [secrets] if isinstance(secrets, str | Secret) else secrets
    keys = [each.reveal() if isinstance(each, Secret) else each for each in several]
    if not keys or not all(keys):
        # Not shown: one of them may be real.
        raise InvalidRequestError(
            "secrets", f"{len(keys)} of them", "must be 1 or more, none empty"
        )
    return keys


def check_tolerance(tolerance: float) -> None:
    """Refuses what is no time.

    Raises:
        InvalidRequestError: It is negative, or no number.
    """
    if not tolerance >= 0:
        raise InvalidRequestError("tolerance", tolerance, "must be 0 seconds or more")


def _signature_in(found: Mapping[str, str], names: Sequence[str] = SIGNATURE_HEADERS) -> str | None:
    return next((each for each in names if found.get(each.lower())), None)


def _check_time(given: str | None, signature: str, now: float, tolerance: float) -> None:
    if given is None:
        if signature == SIGNATURE_HEADERS[0]:
            raise MissingSignatureError(f"the delivery carries no {TIMESTAMP_HEADER}")
        return
    try:
        age = now - float(given)
    except ValueError:
        raise StaleTimestampError(f"the delivery's {TIMESTAMP_HEADER} is no number") from None
    # A comparison with NaN is False, and refuses.
    if not -tolerance <= age <= tolerance:
        where = "in the future" if age < 0 else "ago"
        raise StaleTimestampError(
            f"the delivery was sent {abs(age):.0f} s {where}, and {tolerance:.0f} s are allowed",
            hint="Is this machine's clock right?",
        )
