from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, strategies as st
from yarl import URL

from heygen_async.wire.calls import Call, Host, Route
from heygen_async.wire.kinds import Kind

ROUTE = Route("test.get", "GET", "/v3/things/{thing_id}/parts", Kind.READ)
LIST = Route("test.list", "GET", "/v3/things", Kind.READ)


def test_a_route_goes_to_the_api_and_knows_no_passing_codes_unless_told() -> None:
    assert ROUTE.host is Host.API
    assert ROUTE.transient == frozenset()


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_id_stays_one_piece_of_the_path(thing: str) -> None:
    path = Call(ROUTE, dict, ids={"thing_id": thing}).path
    assert path.isascii()
    parts = urlsplit(f"https://h{path}")
    assert (parts.query, parts.fragment) == ("", "")
    _, v3, things, quoted, last = parts.path.split("/")
    assert (v3, things, last) == ("v3", "things", "parts")
    assert unquote(quoted) == thing
    # And it goes out to the letter.
    assert URL(f"https://h{path}", encoded=True).raw_path == path


def test_an_id_with_braces_or_percents_is_no_template() -> None:
    assert Call(ROUTE, dict, ids={"thing_id": "{0}%7B"}).path == "/v3/things/%7B0%7D%257B/parts"


@given(st.dictionaries(st.sampled_from("abcd"), st.text(st.characters(exclude_categories=["Cs"]))))
def test_query_values_come_out_as_they_went_in(query: dict[str, str]) -> None:
    path = Call(LIST, dict, query=query).path
    assert dict(URL(f"https://h{path}", encoded=True).query) == query


@pytest.mark.parametrize(
    ("query", "path"),
    [
        (None, "/v3/things"),
        ({}, "/v3/things"),
        ({"a": None, "b": None}, "/v3/things"),
        ({"a": None, "b": 1}, "/v3/things?b=1"),
        ({"a": True, "b": False}, "/v3/things?a=true&b=false"),
        ({"a": 1.5, "b": ""}, "/v3/things?a=1.5&b="),
        ({"ids": "a,b,c"}, "/v3/things?ids=a,b,c"),
        ({"a": "x&y=z #?+/"}, "/v3/things?a=x%26y%3Dz%20%23%3F%2B%2F"),
    ],
)
def test_a_query_is_written(query: dict[str, str | int | None] | None, path: str) -> None:
    assert Call(LIST, dict, query=query).path == path


def test_the_decoder_of_a_type_is_made_once() -> None:
    assert Call(LIST, list[str]).decoder is Call(ROUTE, list[str]).decoder
