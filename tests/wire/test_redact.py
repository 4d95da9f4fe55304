import copy
import pickle

import msgspec
import pytest
from hypothesis import given, strategies as st

from heygen_async.wire.redact import Secret, headers, url


def test_only_headers_known_to_be_harmless_keep_their_values() -> None:
    shown = headers(
        {
            "X-Api-Key": "k1",
            "x-api-key": "k2",
            "Authorization": "Bearer k3",
            "Cookie": "k4",
            "x-amz-security-token": "k5",
            "Brand-New-Header": "k6",
            "Content-Type": "application/json",
            "IDEMPOTENCY-KEY": "row-1",
            "Retry-After": "3",
            "X-Request-Id": "r",
        }
    )
    hidden = {name for name, value in shown.items() if value == "[redacted]"}
    assert hidden == {
        "X-Api-Key",
        "x-api-key",
        "Authorization",
        "Cookie",
        "x-amz-security-token",
        "Brand-New-Header",
    }
    assert shown["IDEMPOTENCY-KEY"] == "row-1"
    assert not any(f"k{n}" in str(shown) for n in range(1, 7))


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("https://h/a/b.mp4", "https://h/a/b.mp4"),
        ("https://h/a?X-Amz-Signature=secret", "https://h/a?…"),
        ("https://h/a?", "https://h/a?…"),
        ("https://h?secret", "https://h?…"),
        ("https://user:secret@h:8443/a", "https://h:8443/a"),
        ("https://user:se@cret@h/a?secret", "https://h/a?…"),
        ("https://h/mail@example.com", "https://h/mail@example.com"),
        ("https://h/a?b=1?c=2", "https://h/a?…"),
    ],
)
def test_an_address_loses_its_query_and_its_user(given_: str, shown: str) -> None:
    assert url(given_) == shown


@given(st.text(), st.text(st.characters(exclude_characters="/?#")))
def test_no_presigned_query_survives(query: str, host: str) -> None:
    assert "canary" not in url(f"https://{host}/file?X-Signature=canary{query}")


def test_a_secret_shows_itself_only_when_asked() -> None:
    secret = Secret("canary")
    assert secret.reveal() == "canary"
    for shown in (repr(secret), str(secret), f"{secret}", f"{[secret]!r}", f"{secret!s:>30}"):
        assert "canary" not in shown
    assert not hasattr(secret, "__dict__")


def test_a_secret_is_equal_to_its_like() -> None:
    assert Secret("a") == Secret("a")
    assert hash(Secret("a")) == hash(Secret("a"))
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"


def test_a_secret_leaves_the_process_in_no_form() -> None:
    for leave in (pickle.dumps, copy.copy, copy.deepcopy, msgspec.json.encode):
        with pytest.raises(TypeError) as caught:
            leave(Secret("canary"))
        assert "canary" not in str(caught.value)
