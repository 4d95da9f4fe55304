"""Deliveries as they come: two spellings of most things, and kinds that nobody documents."""

import hashlib
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final, NamedTuple, TypeGuard

import msgspec

from heygen_async.errors import WebhookError
from heygen_async.models.deliveries import Delivery, TranslationDelivery, VideoDelivery
from heygen_async.wire.signatures import EVENT_ID_HEADER

_VIDEOS: Final = frozenset(
    {"avatar_video", "avatar_video_gif", "avatar_video_caption", "video_agent"}
)
_NOT_A_JOB: Final = frozenset({"callback_id", "folder_id"})
_LONGEST_ID: Final = 128
_MOST_IDS: Final = 8

_decoder: Final = msgspec.json.Decoder()
_encode: Final = msgspec.json.Encoder(order="sorted").encode


class Told(NamedTuple):
    """What was told, and how to know it again.

    Attributes:
        delivery: What was told.
        twin: The same for every delivery of an event, with HeyGen's id of it or without; so it is
            the delivery's own id where HeyGen gave none.
    """

    delivery: Delivery
    twin: str

    @property
    def has_id(self) -> bool:
        """Whether HeyGen gave an id."""
        return self.delivery.event_id != self.twin


def read_delivery(body: bytes, headers: Mapping[str, str], *, signed: bool) -> Delivery:
    """What a delivery says, whichever way it is spelled.

    Args:
        body: The raw bytes.
        headers: Those of the request, in any case. The id of the event is theirs if the delivery
            is signed; whoever forges one would give it the id of another.
        signed: Whether ``verify`` has passed it.

    Raises:
        WebhookError: It is no JSON object with a kind.
    """
    return read_told(body, headers, signed=signed).delivery


def read_told(body: bytes, headers: Mapping[str, str], *, signed: bool) -> Told:
    """As ``read_delivery``, with the twin."""
    try:
        return _read(_decoder.decode(body), headers, signed=signed)
    except (msgspec.DecodeError, RecursionError) as problem:
        raise WebhookError(f"the delivery is no JSON: {problem}") from problem


def _read(told: Any, headers: Mapping[str, str], *, signed: bool) -> Told:
    if _is_object(told) and _is_object(told.get("webhook")):
        told = told["webhook"]
    event_type = _text(told, "event_type", "event") if _is_object(told) else None
    if event_type is None:
        raise WebhookError("the delivery has no event_type")
    data = told.get("event_data")
    if data is None:
        data = told.get("data")
    if not _is_object(data):
        # HeyGen would only repeat what is not taken.
        data = {} if data is None else {"event_data": data}
    found = {name.lower(): value for name, value in headers.items()}
    given = found.get(EVENT_ID_HEADER.lower(), "") if signed else ""
    return told_of(event_type, data, event_id=given, signed=signed)


def told_of(event_type: str, data: dict[str, Any], *, event_id: str, signed: bool) -> Told:
    """What was told of an event.

    Args:
        event_type: Its kind.
        data: What was told.
        event_id: HeyGen's id; none if it is empty, or longer than any.
        signed: Whether it is believed to be HeyGen's.
    """
    common: dict[str, Any] = {
        "event_type": event_type,
        "event_id": event_id,
        "signed": signed,
        "data": data,
    }
    delivery = _typed(event_type.partition(".")[0], data, common)
    twin = _twin(delivery)
    if not 0 < len(event_id) <= _LONGEST_ID:
        delivery = msgspec.structs.replace(delivery, event_id=twin)
    return Told(delivery, twin)


def job_ids(delivery: Delivery) -> list[str]:
    """Ids of the jobs that it may tell of."""
    named = (
        value
        for name, value in delivery.data.items()
        if (name == "id" or name.endswith("_id")) and name not in _NOT_A_JOB
    )
    ids = (each for each in named if isinstance(each, str) and 0 < len(each) <= _LONGEST_ID)
    return list(islice(ids, _MOST_IDS))


def _twin(delivery: Delivery) -> str:
    """Of what ends once, the id: links may be signed anew. Of everything else, every word."""
    match delivery:
        case VideoDelivery(signed=True, video_id=job_id):
            words = job_id.encode()
        case TranslationDelivery(signed=True, video_translate_id=job_id):
            words = job_id.encode()
        case _:
            # Also what anybody may have said: a forgery must not pass for the true one.
            words = _encode(delivery.data)
    return hashlib.sha256(delivery.event_type.encode() + b":" + words).hexdigest()


def _typed(subject: str, data: dict[str, Any], common: dict[str, Any]) -> Delivery:
    shared: dict[str, Any] = {
        **common,
        "url": _text(data, "url", "video_url"),
        "message": _text(data, "msg", "message", "error"),
        "callback_id": _text(data, "callback_id"),
    }
    if subject in _VIDEOS and (video_id := _text(data, "video_id", "id")):
        return VideoDelivery(
            **shared,
            video_id=video_id,
            gif_url=_text(data, "gif_download_url", "gif_url"),
            share_url=_text(data, "video_share_page_url", "video_page_url"),
            thumbnail_url=_text(data, "thumbnail_url"),
            folder_id=_text(data, "folder_id"),
        )
    translation_id = _text(data, "video_translate_id", "video_translation_id")
    if subject == "video_translate" and translation_id:
        return TranslationDelivery(
            **shared,
            video_translate_id=translation_id,
            output_language=_text(data, "output_language"),
        )
    return Delivery(**common)


def _text(data: dict[str, Any], *names: str) -> str | None:
    """The first text that is there and not empty."""
    for name in names:
        value = data.get(name)
        if isinstance(value, str) and value:
            return value
    return None


def _is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)
