"""A delivery is believed for its raw bytes, its secret and its time, and for nothing else."""

import hashlib
import hmac
import json
from typing import Any

import pytest

from heygen_async.errors import (
    BadSignatureError,
    InvalidRequestError,
    MissingSignatureError,
    StaleTimestampError,
)
from heygen_async.sandbox.deliveries import sign as sandbox_sign
from heygen_async.wire.redact import Secret
from heygen_async.wire.signatures import is_signed, sign, verify

NOW = 1_790_000_000.0
SECRET = "whsec_abc"
BODY = '{"event_type": "avatar_video.success", "event_data": {"title": "Grüße 👋"}}'.encode()


def headers(body: bytes = BODY, secret: str = SECRET, at: float | str = NOW) -> dict[str, str]:
    time = at if isinstance(at, str) else str(int(at))
    return {"Heygen-Signature": sign(secret, body), "Heygen-Timestamp": time}


def accepts(*given: Any, **more: Any) -> bool:
    """Whether it passes; what does not raises."""
    verify(*given, **more)
    return True


def test_the_signature_is_that_of_the_vendors_page() -> None:
    expected = hmac.new(SECRET.encode(), BODY, hashlib.sha256).hexdigest()
    assert sign(SECRET, BODY) == expected
    assert sandbox_sign(SECRET, BODY) == expected


@pytest.mark.parametrize(
    "secrets", [SECRET, Secret(SECRET), [SECRET], ["whsec_old", SECRET], (Secret(SECRET), "x")]
)
def test_one_of_the_secrets_is_enough(secrets: Any) -> None:
    assert accepts(BODY, headers(), secrets, now=NOW)


@pytest.mark.parametrize("name", ["Heygen-Signature", "Signature", "X-HeyGen-Signature"])
@pytest.mark.parametrize("spell", [str, str.lower, str.upper])
def test_every_name_that_the_header_had(name: str, spell: Any) -> None:
    given = {spell(name): sign(SECRET, BODY), spell("Heygen-Timestamp"): str(int(NOW))}
    assert accepts(BODY, given, SECRET, now=NOW)


@pytest.mark.parametrize("shape", ["sha256={}", " {} ", "sha256={}\n"])
def test_a_prefix_and_space_are_tolerated(shape: str) -> None:
    given = headers()
    given["Heygen-Signature"] = shape.format(given["Heygen-Signature"])
    assert accepts(BODY, given, SECRET, now=NOW)


def test_the_first_header_counts_even_if_another_would_fit() -> None:
    given = headers() | {"Heygen-Signature": "0" * 64, "Signature": sign(SECRET, BODY)}
    with pytest.raises(BadSignatureError):
        verify(BODY, given, SECRET, now=NOW)


def test_a_body_that_was_written_again_does_not_fit() -> None:
    again = json.dumps(json.loads(BODY)).encode()
    assert again != BODY
    with pytest.raises(BadSignatureError, match="none of the 1 secrets"):
        verify(again, headers(), SECRET, now=NOW)


@pytest.mark.parametrize("wrong", ["", "0" * 64, "é" * 64, "\udcff"])
def test_another_signature_does_not_fit(wrong: str) -> None:
    with pytest.raises((BadSignatureError, MissingSignatureError)):
        verify(BODY, headers() | {"Heygen-Signature": wrong}, SECRET, now=NOW)


def test_a_rotated_secret_is_dead() -> None:
    with pytest.raises(BadSignatureError) as caught:
        verify(BODY, headers(), ["whsec_new"], now=NOW)
    assert "whsec_new" not in f"{caught.value!r} {caught.value} {caught.value.hint}"


@pytest.mark.parametrize("off", [-301, 301, -1e9, 1e9])
def test_another_time_is_stale_in_the_past_and_in_the_future(off: float) -> None:
    with pytest.raises(StaleTimestampError, match="future" if off > 0 else "ago"):
        verify(BODY, headers(at=NOW + off), SECRET, now=NOW)


@pytest.mark.parametrize("off", [-300, 0, 300])
def test_the_tolerance_is_allowed(off: float) -> None:
    assert accepts(BODY, headers(at=NOW + off), SECRET, now=NOW)


def test_no_tolerance_is_none() -> None:
    assert accepts(BODY, headers(), SECRET, now=NOW, tolerance=0)
    with pytest.raises(StaleTimestampError):
        verify(BODY, headers(at=NOW - 1), SECRET, now=NOW, tolerance=0)


@pytest.mark.parametrize("time", ["", "soon", "nan", "inf", "-inf"])
def test_a_time_that_is_none_is_stale(time: str) -> None:
    with pytest.raises(StaleTimestampError):
        verify(BODY, headers(at=time), SECRET, now=NOW)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(MissingSignatureError, match="no signature"):
        verify(BODY, {}, SECRET, now=NOW)
    with pytest.raises(MissingSignatureError, match="Heygen-Timestamp"):
        verify(BODY, {"Heygen-Signature": sign(SECRET, BODY)}, SECRET, now=NOW)


def test_a_wrong_signature_is_one() -> None:
    assert is_signed({"SIGNATURE": "0"})
    assert not is_signed({"Heygen-Event-Id": "e", "Heygen-Timestamp": "1", "Signature": ""})


def test_older_deliveries_carry_no_time() -> None:
    assert accepts(BODY, {"Signature": sign(SECRET, BODY)}, SECRET, now=NOW)


@pytest.mark.parametrize(
    ("field", "arguments"),
    [
        ("body", {"body": json.loads(BODY)}),
        ("body", {"body": BODY.decode()}),
        ("secrets", {"secrets": []}),
        ("secrets", {"secrets": ""}),
        ("secrets", {"secrets": [SECRET, ""]}),
        ("tolerance", {"tolerance": -1}),
        ("tolerance", {"tolerance": float("nan")}),
    ],
)
def test_what_cannot_verify_anything_is_refused(field: str, arguments: dict[str, Any]) -> None:
    given: dict[str, Any] = {"body": BODY, "secrets": SECRET, "tolerance": 300} | arguments
    body, secrets = given.pop("body"), given.pop("secrets")
    with pytest.raises(InvalidRequestError) as caught:
        verify(body, headers(), secrets, now=NOW, **given)
    assert caught.value.field == field
    assert SECRET not in str(caught.value)
