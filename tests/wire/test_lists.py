"""Lists of v1 and v2, under whatever name, and nothing where there is nothing."""

import msgspec
import pytest

from heygen_async.errors import DecodeError
from heygen_async.wire.lists import read_list


def read(body: bytes) -> list[int]:
    return read_list(msgspec.json.decode(body, type=dict[str, msgspec.Raw]), int).data


@pytest.mark.parametrize(
    "body",
    [
        b'{"total_count":0,"groups":null}',
        b'{"workflows":null,"limit":5}',
        b'{"a":[],"b":[]}',
        b"{}",
    ],
)
def test_nothing_is_an_empty_list(body: bytes) -> None:
    assert read(body) == []


def test_a_list_is_found_by_a_name_of_tomorrow() -> None:
    assert read(b'{"of_tomorrow":[1,2],"total_count":2}') == [1, 2]


@pytest.mark.parametrize("body", [b'{"a":[1],"b":[2]}', b'{"a":{"b":[1]}}'])
def test_what_may_hold_a_list_is_not_taken_for_none(body: bytes) -> None:
    with pytest.raises(DecodeError, match="no list among"):
        read(body)
