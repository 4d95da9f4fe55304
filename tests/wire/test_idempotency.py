import re

import pytest
from hypothesis import given, strategies as st

from heygen_async.errors import InvalidRequestError
from heygen_async.wire import idempotency
from heygen_async.wire.idempotency import LIFETIME, KeyBook, checked, digest, key_for, stores

WANTED = re.compile(r"[A-Za-z0-9_:.-]{1,255}")


def test_a_made_key_names_the_work_and_holds_the_digest_of_the_body() -> None:
    body = b'{"a":1}'
    key = key_for("batch-7:row-12", body)
    assert key == f"batch-7:row-12:{digest(body)[:32]}"


def test_an_edited_row_has_another_key_and_the_same_row_the_same() -> None:
    assert key_for("row", b"one") == key_for("row", b"one")
    assert key_for("row", b"one") != key_for("row", b"two")
    assert key_for("row", b"one") != key_for("wor", b"one")


@given(st.text(st.sampled_from("azAZ09_:.-"), min_size=1, max_size=222), st.binary())
def test_every_made_key_is_in_the_alphabet(prefix: str, body: bytes) -> None:
    assert WANTED.fullmatch(key_for(prefix, body))


@pytest.mark.parametrize("key", ["a", "A-Z_0:9.x", "k" * 255])
def test_a_good_key_is_taken_as_it_is(key: str) -> None:
    assert checked(key) == key


@pytest.mark.parametrize(
    "key", ["", "k" * 256, "a b", "a/b", "ä", "a\n", "\na", "a\0", "🔑", "a,b", "a+b"]
)
def test_a_key_that_heygen_would_refuse_is_refused_here(key: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        checked(key)
    assert caught.value.field == "idempotency_key"
    assert "255" in caught.value.limit


def test_a_prefix_that_leaves_no_room_for_the_digest_is_refused() -> None:
    with pytest.raises(InvalidRequestError):
        key_for("p" * 223, b"")


def test_a_key_may_be_used_again_for_the_same_body() -> None:
    book = KeyBook()
    book.bind("k", "/v3/videos", "d1", 0.0)
    book.bind("k", "/v3/videos", "d1", 10.0)
    with pytest.raises(InvalidRequestError):
        book.bind("k", "/v3/videos", "d2", LIFETIME + 9)  # the later use counts


def test_a_key_with_another_body_is_refused_for_24_hours() -> None:
    book = KeyBook()
    book.bind("k", "/v3/videos", "d1", 0.0)
    for now in (0.0, LIFETIME - 1):
        with pytest.raises(InvalidRequestError, match="another body") as caught:
            book.bind("k", "/v3/videos", "d2", now)
        assert caught.value.hint
    book.bind("k", "/v3/videos", "d2", LIFETIME)
    with pytest.raises(InvalidRequestError):
        book.bind("k", "/v3/videos", "d1", LIFETIME + 1)


def test_a_refused_use_leaves_the_book_as_it_was() -> None:
    book = KeyBook()
    book.bind("k", "s", "d1", 0.0)
    with pytest.raises(InvalidRequestError):
        book.bind("k", "s", "d2", 1.0)
    book.bind("k", "s", "d1", 2.0)


def test_endpoints_keep_their_keys_apart() -> None:
    book = KeyBook()
    book.bind("k", "/v3/videos", "d1", 0.0)
    book.bind("k", "/v3/avatars", "d2", 0.0)
    book.bind("k2", "/v3/videos", "d2", 0.0)
    for key, scope, other in (("k", "/v3/videos", "d2"), ("k", "/v3/avatars", "d1")):
        with pytest.raises(InvalidRequestError):
            book.bind(key, scope, other, 0.0)


def test_the_book_forgets_the_oldest_use_rather_than_to_grow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(idempotency, "_REMEMBERED", 100)
    book = KeyBook()
    for number in range(100):
        book.bind(f"k{number}", "s", "d", 0.0)
    book.bind("k0", "s", "d", 0.0)  # used again: not the oldest any more
    book.bind("k100", "s", "d", 0.0)
    assert len(book._uses) == 100
    book.bind("k1", "s", "other", 0.0)  # forgotten
    with pytest.raises(InvalidRequestError):
        book.bind("k0", "s", "other", 0.0)


def test_a_key_under_which_nothing_is_stored_is_free_again() -> None:
    book = KeyBook()
    book.bind("k", "/v3/videos", "one", 0)
    book.settle("k", "/v3/videos", stored=False)
    book.bind("k", "/v3/videos", "other", 1)
    book.settle("k", "/v3/videos", stored=True)
    book.bind("k", "/v3/videos", "other", 2)
    book.settle("k", "/v3/videos", stored=False)
    with pytest.raises(InvalidRequestError):
        book.bind("k", "/v3/videos", "one", 3)
    book.settle("unknown", "/v3/videos", stored=False)


@pytest.mark.parametrize(
    ("status", "stored"), [(200, True), (400, False), (429, False), (408, True), (409, True),
                           (422, False), (500, True), (302, True)]
)  # fmt: skip
def test_what_may_be_stored_under_a_key(status: int, *, stored: bool) -> None:
    assert stores(status) is stored


def test_a_key_that_names_its_body_takes_no_memory() -> None:
    book = KeyBook()
    for number in range(1000):
        body = b"row %d" % number
        book.bind(key_for("run", body), "/v3/videos", digest(body), now=0.0)
    assert not book._uses
    # Somebody may have used it for another body all the same.
    book.bind(key_for("run", b"one"), "/v3/videos", digest(b"two"), now=0.0)
    with pytest.raises(InvalidRequestError):
        book.bind(key_for("run", b"one"), "/v3/videos", digest(b"one"), now=0.0)
