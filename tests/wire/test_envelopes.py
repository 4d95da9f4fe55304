"""Every envelope that was ever seen; the numbers are those of the notes on v1 and v2."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, strategies as st
from multidict import CIMultiDict

from heygen_async.errors import (
    APIError,
    BadRequestError,
    DecodeError,
    ForbiddenError,
    NotFoundError,
    PayloadTooLargeError,
    QuotaExceededError,
    RateLimitedError,
    ServerError,
    UnauthorizedError,
)
from heygen_async.models import StatusEntry, Video, Voice, WebhookEndpoint
from heygen_async.models.v2 import (
    LegacyVideo,
    LegacyVoice,
    SoundEffect,
    StartedGeneration,
    UploadedAsset,
)
from heygen_async.wire.envelope import HttpReply, envelope_decoder, read_fault, unwrap

T = Any
HTML = b"<html><head><title>502 Bad Gateway</title></head></html>"


def reply(
    body: bytes | dict[str, Any], status: int = 200, headers: dict[str, str] | None = None
) -> HttpReply:
    raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return HttpReply(status, CIMultiDict(headers or {}), raw)


def data(body: bytes | dict[str, Any], kind: Any, status: int = 200) -> Any:
    return unwrap(reply(body, status), envelope_decoder(kind), now=0.0).data


def error(body: bytes | dict[str, Any], status: int = 200, kind: Any = Video) -> APIError:
    with pytest.raises(APIError) as caught:
        data(body, kind, status)
    return caught.value


VIDEO = {"id": "v1", "status": "completed"}


@pytest.mark.parametrize(
    "around",
    [
        pytest.param({"code": 100, "message": "Success"}, id="1"),
        pytest.param({"code": 100, "msg": None, "message": None}, id="2"),
        pytest.param({"error": None}, id="B"),
        pytest.param({"error": None, "status_code": 200}, id="7"),
        pytest.param({}, id="14"),
        pytest.param({"error": {}, "code": None, "request": "x"}, id="empty error"),
        pytest.param({"error": ""}, id="empty text"),
        pytest.param({"error": None, "code": 100, "message": "Success"}, id="both"),
    ],
)
def test_every_good_envelope_gives_its_data(around: dict[str, Any]) -> None:
    video = data(around | {"data": VIDEO}, LegacyVideo)
    assert video.id == "v1"
    assert video.status == "completed"


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        pytest.param({"code": 40031, "message": "Invalid video id", "data": None}, "40031",
                     "Invalid video id", id="3"),
        pytest.param({"code": 40031, "msg": "Invalid video id", "data": None}, "40031",
                     "Invalid video id", id="3 with msg"),
        pytest.param({"code": 40031, "message": None, "msg": "Invalid", "data": {}}, "40031",
                     "Invalid", id="3 with both"),
        pytest.param({"error": "no such look", "data": None}, "unnamed_error", "no such look",
                     id="5"),
        pytest.param({"error": {"code": "internal_error", "message": "unlimited mode"},
                      "data": None}, "internal_error", "unlimited mode", id="6"),
        pytest.param({"error": {"code": 400175, "message": "bad", "detail": "field x"}}, "400175",
                     "bad", id="number in error"),
        pytest.param({"error": {"code": "x", "message": "m"}, "data": None, "status_code": 400},
                     "x", "m", id="7"),
        pytest.param({"error": {"code": "x", "message": "m"}, "data": VIDEO}, "x", "m",
                     id="error beside data"),
        pytest.param({"error": {"message": "only words"}}, "unnamed_error", "only words",
                     id="no code"),
        pytest.param({"error": {"code": "error", "message": "empty word"}}, "unnamed_error",
                     "empty word", id="a code that says nothing"),
        pytest.param({"code": "failed", "message": "text code", "data": VIDEO}, "failed",
                     "text code", id="text code"),
    ],
)  # fmt: skip
def test_an_error_within_http_200_raises(body: dict[str, Any], code: str, message: str) -> None:
    problem = error(body)
    assert problem.status == 200
    assert problem.code == code
    assert problem.message == message
    assert "HTTP 200" in str(problem)


@pytest.mark.parametrize("body", [{"code": 400599, "message": "no API access"}])
@pytest.mark.parametrize("status", [400, 403])
def test_4_a_numeric_code_beside_a_status_decides_the_class(
    body: dict[str, Any], status: int
) -> None:
    problem = error(body, status)
    assert type(problem) is ForbiddenError
    assert (problem.code, problem.message, problem.status) == ("400599", "no API access", status)


def test_4_code_400112_is_a_wrong_key_under_whatever_status() -> None:
    assert type(error({"code": 400112, "message": "Unauthorized"}, 400)) is UnauthorizedError


def test_6_a_daily_trial_limit_is_told_from_a_rate_limit() -> None:
    body = {"error": {"code": "trial_video_limit_exceeded", "message": "5 a day"}, "data": None}
    assert type(error(body, 429)) is QuotaExceededError
    assert type(error(HTML, 429)) is RateLimitedError


def test_8_null_data_is_an_answer_where_the_reply_may_be_null() -> None:
    assert data({"error": None, "data": None}, object) is None
    assert data({"code": 100, "data": None}, SoundEffect | None) is None


@pytest.mark.parametrize(
    "body", [{}, {"code": 100, "message": "Success"}, {"error": None, "warning": {"message": "w"}}]
)
def test_8_no_data_at_all_is_an_answer_where_the_reply_may_be_null(body: dict[str, Any]) -> None:
    assert data(body, object) is None
    with pytest.raises(DecodeError):
        data(body, Video)


def test_8_an_answer_that_is_no_envelope_is_not_taken_for_nothing() -> None:
    with pytest.raises(DecodeError):
        data({"video_id": "v1", "code": 100}, object)


def test_a_null_where_a_model_has_a_default_is_left_out() -> None:
    items = [{"voice_id": "a", "name": None, "new": {"x": None}}, {"voice_id": "b", "name": "B"}]
    voices = data({"error": None, "data": items}, list[LegacyVoice])
    assert [(each.voice_id, each.name) for each in voices] == [("a", ""), ("b", "B")]


def test_a_null_where_something_is_needed_says_where() -> None:
    with pytest.raises(DecodeError) as caught:
        data({"data": [{"voice_id": None}]}, list[LegacyVoice])
    assert caught.value.path == "$.data[0].voice_id"
    assert "null" in caught.value.message


def test_9_a_bare_string_is_an_answer() -> None:
    assert data({"code": 100, "data": "https://share"}, str) == "https://share"


def test_10_a_bare_array_is_an_answer() -> None:
    entries = data({"code": 100, "data": [{"video_id": "a", "status": "x"}]}, list[StatusEntry])
    assert [(entry.video_id, entry.status) for entry in entries] == [("a", "x")]


def test_11_an_envelope_of_data_alone_keeps_an_error_inside_of_it() -> None:
    inner = {"execution_id": "e", "status": "failed", "error": {"message": "inside"}}
    assert data({"data": inner}, dict[str, Any]) == inner


def test_12_a_generation_without_an_envelope_is_read() -> None:
    body = {"generation_id": "g1", "message": "started"}
    assert data(body, StartedGeneration).generation_id == "g1"


def test_12_a_generation_within_an_envelope_is_read() -> None:
    assert data({"error": None, "data": {"generation_id": "g1"}}, StartedGeneration) == (
        StartedGeneration(generation_id="g1")
    )


def test_12_nothing_else_is_taken_for_an_answer_without_its_envelope() -> None:
    with pytest.raises(DecodeError):
        data({"video_id": "v1"}, Video)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520])
@pytest.mark.parametrize("body", [b"", HTML, b"\xff\xfe", b"[]", b'"text"', b"null", b"7"])
def test_13_a_gateway_without_json_is_a_server_error_by_its_status(
    body: bytes, status: int
) -> None:
    problem = error(body, status)
    assert type(problem) is ServerError
    assert problem.message == f"HeyGen answered HTTP {status}"
    assert problem.code == "unclassified_server_error"


@pytest.mark.parametrize("body", [b"", HTML])
def test_13_a_body_that_is_too_large_is_told_without_json(body: bytes) -> None:
    assert type(error(body, 413)) is PayloadTooLargeError


def test_14_every_field_of_a_v3_error_survives() -> None:
    body = {
        "error": {
            "code": "invalid_parameter",
            "message": "voice_id is wrong",
            "param": "voice_id",
            "doc_url": "https://developers.heygen.com/docs/error-codes#invalid-parameter",
        }
    }
    raw = reply(body, 400, {"x-request-id": "req-1", "retry-after": "2"})
    with pytest.raises(BadRequestError) as caught:
        unwrap(raw, envelope_decoder(Video), now=0.0)
    problem = caught.value
    assert problem.param == "voice_id"
    assert problem.doc_url is not None
    assert problem.doc_url.endswith("#invalid-parameter")
    assert problem.request_id == "req-1"
    assert problem.retry_after == 2.0
    assert str(problem) == (
        "invalid_parameter (HTTP 400): voice_id is wrong [voice_id] request req-1"
    )


@pytest.mark.parametrize("name", ["detail", "details"])
def test_details_survive_under_both_names(name: str) -> None:
    assert error({"error": {"code": "x", "message": "m", name: "more"}}).detail == "more"


@pytest.mark.parametrize("body", [{"error": None, "data": VIDEO}, {"code": 100, "data": VIDEO}])
@pytest.mark.parametrize("status", [302, 400, 404, 500])
def test_a_good_envelope_under_a_bad_status_is_an_error(body: dict[str, Any], status: int) -> None:
    assert error(body, status).status == status


@pytest.mark.parametrize(
    "name", ["X-Request-Id", "x-request-id", "X-Amzn-Request-Id", "X-Amzn-Trace-Id"]
)
def test_the_request_id_is_found_under_each_of_its_names(name: str) -> None:
    assert reply(b"", 500, {name: "abc"}).request_id == "abc"


def test_the_first_request_id_wins_and_an_empty_one_does_not() -> None:
    both = {"X-Amzn-Trace-Id": "trace", "X-Request-Id": "", "X-Amzn-Request-Id": "amzn"}
    assert reply(b"", 500, both).request_id == "amzn"


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{", b'{"data": 7}', b'{"data": null}'])
def test_an_odd_answer_under_200_is_a_decode_error_with_its_bytes(body: bytes) -> None:
    with pytest.raises(DecodeError) as caught:
        unwrap(reply(body, 200, {"X-Request-Id": "r"}), envelope_decoder(Video), now=0.0)
    assert caught.value.raw == body
    assert caught.value.request_id == "r"
    assert "Video" in caught.value.model


def test_a_decode_error_says_where_and_keeps_2000_bytes() -> None:
    body = msgspec.json.encode({"data": {"id": 7, "status": "x", "title": "y" * 5000}})
    with pytest.raises(DecodeError) as caught:
        data(body, Video)
    assert caught.value.path == "$.data.id"
    assert len(caught.value.raw) == 2000


def test_an_error_whose_message_is_no_text_keeps_its_code() -> None:
    problem = error({"code": 40031, "message": ["odd", 1]}, 400)
    assert problem.code == "40031"
    assert "odd" in problem.message


def test_a_page_of_a_list_keeps_what_is_needed_to_go_on() -> None:
    raw = {"data": [{"voice_id": "a"}], "has_more": True, "next_token": "t", "new_field": 1}
    page = unwrap(reply(raw), envelope_decoder(list[Voice]), now=0.0)
    assert (page.has_more, page.next_token, page.data[0].voice_id) == (True, "t", "a")


def test_both_names_of_a_message_are_read_from_an_upload() -> None:
    body = {"code": 100, "data": {"id": "a", "image_key": "k"}, "msg": None, "message": None}
    assert data(body, UploadedAsset).image_key == "k"


@given(st.binary(max_size=60), st.integers(300, 599))
def test_no_body_hides_a_bad_status(body: bytes, status: int) -> None:
    problem = error(body, status)
    assert problem.status == status
    assert "\n" not in str(problem)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(["data", "error", "code", "message", "msg", "generation_id", "has_more"]),
        json_values | st.just({"code": "x", "message": 7}) | st.just(VIDEO),
    ),
    st.sampled_from([200, 201, 400, 429, 500]),
)
def test_whatever_comes_is_a_reply_or_one_of_our_errors(body: dict[str, Any], status: int) -> None:
    try:
        video = data(msgspec.json.encode(body), Video, status)
    except (APIError, DecodeError):
        pass
    else:
        assert isinstance(video, Video)
        assert status < 300
    read_fault(msgspec.json.encode(body))


@pytest.mark.parametrize("nothing", ["[]", "{ }", "0", "false", '""', "null"])
def test_an_error_of_nothing_is_none(nothing: str) -> None:
    body = f'{{"error": {nothing}, "code": "100", "data": {{"id": "v"}}}}'.encode()
    found = unwrap(HttpReply(200, {}, body), envelope_decoder(dict), now=0.0)
    assert found.data == {"id": "v"}


def test_a_status_within_the_body_is_judged_where_http_says_nothing() -> None:
    body = b'{"error": null, "status_code": 404, "data": null}'
    with pytest.raises(NotFoundError) as caught:
        unwrap(HttpReply(200, {}, body), envelope_decoder(object), now=0.0)
    assert caught.value.status == 200


def test_what_may_hold_a_secret_is_not_carried_along() -> None:
    body = b'{"data": {"endpoint_id": 7, "secret": "whsec_canary"}}'
    for model in (WebhookEndpoint, list[WebhookEndpoint]):
        with pytest.raises(DecodeError) as caught:
            unwrap(HttpReply(200, {}, body), envelope_decoder(model), now=0.0)
        assert "canary" not in f"{caught.value!r} {vars(caught.value)}"


def test_a_status_that_is_no_number_is_no_reason_to_lose_the_answer() -> None:
    body = b'{"error": null, "status_code": "200", "data": {"video_id": "paid"}}'
    found = unwrap(HttpReply(200, {}, body), envelope_decoder(dict), now=0.0)
    assert found.data == {"video_id": "paid"}
