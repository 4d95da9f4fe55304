"""Deliveries in all spellings that were seen."""

import json
from typing import Any

import pytest

from heygen_async.errors import WebhookError
from heygen_async.models.deliveries import Delivery, TranslationDelivery, VideoDelivery
from heygen_async.wire.deliveries import read_delivery


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
    [b"", b"\xff", b"null", b"[]", b'"x"', b"{}", b'{"event_type": "a"}', b'{"event_data": {}}',
     b'{"event_type": 1, "event_data": {}}', b'{"event_type": "a", "event_data": []}'],
)  # fmt: skip
def test_what_is_no_delivery_is_refused(body: bytes) -> None:
    with pytest.raises(WebhookError):
        read_delivery(body, {}, signed=True)
