"""Deliveries in all spellings that were seen."""

import json
from typing import Any

import pytest

from heygen_async.errors import WebhookError
from heygen_async.models.deliveries import Delivery, TranslationDelivery, VideoDelivery
from heygen_async.wire.deliveries import job_ids, read_delivery


def read(told: Any, headers: dict[str, str] | None = None) -> Delivery:
    return read_delivery(json.dumps(told).encode(), headers or {}, signed=True)


def told(event_type: str, **data: Any) -> dict[str, Any]:
    return {"event_type": event_type, "event_data": data}


@pytest.mark.parametrize("key", ["url", "video_url"])
def test_both_spellings_of_an_address(key: str) -> None:
    found = read(told("avatar_video.success", video_id="v", callback_id="c", **{key: "https://x"}))
    assert isinstance(found, VideoDelivery)
    assert (found.video_id, found.url, found.callback_id) == ("v", "https://x", "c")
    assert found.succeeded is True


@pytest.mark.parametrize("key", ["msg", "message", "error"])
def test_every_spelling_of_a_failure(key: str) -> None:
    found = read(told("avatar_video.fail", video_id="v", **{key: "It broke."}))
    assert isinstance(found, VideoDelivery)
    assert (found.message, found.succeeded) == ("It broke.", False)


def test_a_translation() -> None:
    found = read(told("video_translate.success", video_translate_id="t", output_language="French"))
    assert isinstance(found, TranslationDelivery)
    assert (found.video_translate_id, found.output_language) == ("t", "French")


@pytest.mark.parametrize("kind", ["tomorrow.success", "batch.finished", "personalized_video"])
def test_another_kind_is_kept(kind: str) -> None:
    found = read(told(kind, anything=[1, 2]))
    assert type(found) is Delivery
    assert found.event_type == kind
    assert found.data == {"anything": [1, 2]}


def test_a_video_without_an_id_is_kept_untyped() -> None:
    assert type(read(told("avatar_video.success", url="https://x"))) is Delivery


def test_both_names_of_the_kind_and_the_nested_pair() -> None:
    data = {"video_id": "v"}
    for shape in (
        {"event": "avatar_video.success", "event_data": data},
        {"event": "avatar_video.success", "data": data},
        {"webhook": {"event_type": "avatar_video.success", "event_data": data}},
    ):
        assert read(shape).data == data


def test_the_id_is_heygens_or_else_that_of_the_bytes() -> None:
    said = told("avatar_video.success", video_id="v")
    assert read(said, {"heygen-event-id": "e1"}).event_id == "e1"
    assert read(said).event_id == read(said).event_id
    assert read(said).event_id != read(told("avatar_video.fail", video_id="v")).event_id


def test_the_same_event_with_a_link_that_was_signed_anew_has_the_same_id() -> None:
    first = read(told("avatar_video.success", video_id="v", url="https://x?a=1"))
    again = read(told("avatar_video.success", video_id="v", url="https://x?a=2"))
    other = read(told("avatar_video.success", video_id="w", url="https://x?a=2"))
    assert first.event_id == again.event_id != other.event_id


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff", b"null", b"[]", b'"x"', b"{}", b'{"event_data": {}}',
     b'{"event_type": 1, "event_data": {}}', b"[" * 200_000, b'{"a":' * 200_000],
)  # fmt: skip
def test_what_is_no_delivery_is_refused(body: bytes) -> None:
    with pytest.raises(WebhookError):
        read_delivery(body, {}, signed=True)


@pytest.mark.parametrize(
    ("said", "data"),
    [
        ({}, {}),
        ({"event_data": None}, {}),
        ({"event_data": None, "data": {"video_id": "v"}}, {"video_id": "v"}),
        ({"event_data": [1]}, {"event_data": [1]}),
    ],
)
def test_a_kind_without_an_object_is_kept(said: dict[str, Any], data: dict[str, Any]) -> None:
    assert read({"event_type": "webhook.test", **said}).data == data


def test_two_videos_of_one_row_are_two_events() -> None:
    first, second = (
        read(told("avatar_video.success", id=job_id, callback_id="row-1")) for job_id in "ab"
    )
    assert first.event_id != second.event_id


def test_an_unsigned_one_has_the_id_of_its_words() -> None:
    def found(event_id: str, **more: str) -> str:
        raw = json.dumps(told("avatar_video.success", video_id="v", **more)).encode()
        return read_delivery(raw, {"heygen-event-id": event_id}, signed=False).event_id

    assert found("e1") == found("e2") != found("e1", url="https://example.com/evil")


def test_an_id_that_is_none_is_not_taken() -> None:
    said = told("avatar_video.success", video_id="v")
    assert read(said, {"heygen-event-id": "e" * 129}).event_id == read(said).event_id


def test_the_ids_that_may_be_jobs_are_few_and_short() -> None:
    many: dict[str, Any] = {f"{number}_id": f"i{number}" for number in range(100)}
    found = read(told("x", id="v", folder_id="f", callback_id="c", long_id="l" * 129, **many))
    assert job_ids(found) == ["v", *(f"i{number}" for number in range(7))]
