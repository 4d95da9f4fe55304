"""Deliveries as they come: two spellings of most things, and kinds that nobody documents."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final, TypeGuard

import msgspec

from heygen_async.errors import WebhookError
from heygen_async.models.deliveries import Delivery, TranslationDelivery, VideoDelivery
from heygen_async.wire.signatures import EVENT_ID_HEADER

_VIDEOS: Final = frozenset(
    {"avatar_video", "avatar_video_gif", "avatar_video_caption", "video_agent"}
)
_decoder: Final = msgspec.json.Decoder()


def read_delivery(body: bytes, headers: Mapping[str, str], *, signed: bool) -> Delivery:
    """What a delivery says, whichever way it is spelled.

    Args:
        body: The raw bytes.
        headers: Those of the request, in any case.
        signed: Whether ``verify`` has passed it.

    Raises:
        WebhookError: It is no JSON object with a kind and its data.
    """
    try:
        told: Any = _decoder.decode(body)
    except msgspec.DecodeError as problem:
        raise WebhookError(f"the delivery is no JSON: {problem}") from problem
    if _is_object(told) and _is_object(told.get("webhook")):
        told = told["webhook"]
    event_type = _text(told, "event_type", "event") if _is_object(told) else None
    data = told.get("event_data", told.get("data")) if event_type else None
    if event_type is None or not _is_object(data):
        raise WebhookError("the delivery has no event_type with its event_data")
    found = {name.lower(): value for name, value in headers.items()}
    event_id = found.get(EVENT_ID_HEADER.lower()) or _made_id(event_type, data, body)
    common: dict[str, Any] = {
        "event_type": event_type,
        "event_id": event_id,
        "signed": signed,
        "data": data,
    }
    return _typed(event_type.partition(".")[0], data, common)


def _made_id(event_type: str, data: dict[str, Any], body: bytes) -> str:
    """The same for every delivery of an event: its links may be signed anew, its ids are not."""
    ids = sorted(f"{name}={value}" for name, value in data.items() if name.endswith("_id"))
    said = f"{event_type}:{','.join(ids)}".encode() if ids else body
    return hashlib.sha256(said).hexdigest()


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
