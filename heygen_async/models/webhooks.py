"""Webhooks: who is told, of what, and what was told."""

from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta

from heygen_async.models.base import KeepsSecrets, OpenEnum, Reply, Request

WebhookEventName: TypeAlias = Literal[
    "avatar_video.success",
    "avatar_video.fail",
    "avatar_video_gif.success",
    "avatar_video_gif.fail",
    "video_translate.success",
    "video_translate.fail",
    "video_translate.preflight.validation_failed",
    "video_translate.preflight.download_failed",
    "personalized_video",
    "instant_avatar.success",
    "instant_avatar.fail",
    "photo_avatar_generation.success",
    "photo_avatar_generation.fail",
    "photo_avatar_train.success",
    "photo_avatar_train.fail",
    "photo_avatar_add_motion.success",
    "photo_avatar_add_motion.fail",
    "proofread_creation.success",
    "proofread_creation.fail",
    "live_avatar.success",
    "live_avatar.fail",
    "avatar_video_caption.success",
    "avatar_video_caption.fail",
    "video_agent.success",
    "video_agent.fail",
    "hyperframes_video.success",
    "hyperframes_video.fail",
    "ai_clipping.success",
    "ai_clipping.fail",
    "filler_word_removal.success",
    "filler_word_removal.fail",
    "podcast.success",
    "podcast.fail",
    "batch.finished",
]
"""What an endpoint can ask to be told of."""

_Url: TypeAlias = Annotated[str, Meta(min_length=1)]


class CreateWebhookEndpoint(Request):
    """A new address that is told of events.

    Attributes:
        url: A public https address that takes POSTs, and answers 2xx within 10 seconds.
        events: Kinds of events to be told of; all of them when left out.
        entity_id: Only events of this one thing, such as a video; of all when left out.
    """

    url: _Url
    events: list[WebhookEventName] | None = None
    entity_id: str | None = None


class UpdateWebhookEndpoint(Request):
    """Another address or other events; at least one of them.

    Attributes:
        url: A public https address; as it was when left out.
        events: All kinds of events to be told of, in the place of those before; as they were when
            left out.
    """

    url: _Url | None = None
    events: list[WebhookEventName] | None = None


class WebhookStatus(OpenEnum):
    """Whether an endpoint is told of anything."""

    ENABLED = "enabled"
    DISABLED = "disabled"


class WebhookEndpoint(KeepsSecrets):
    """A registered address. Its secret is not part of its ``repr``.

    Attributes:
        endpoint_id: The endpoint's id.
        url: Where events are POSTed.
        events: Kinds of events that it is told of; None for all.
        status: Whether it is told of anything.
        created_at: Time in ISO 8601.
        secret: What deliveries are signed with, ``whsec_…``: only in the answer to its creation.
            Keep it, it is not shown again.
    """

    endpoint_id: str
    url: str = ""
    events: list[str] | None = None
    status: WebhookStatus = WebhookStatus.ENABLED
    created_at: str = ""
    secret: str | None = None


class RotatedSecret(KeepsSecrets):
    """A new secret; the one before is dead at once. It is not part of the ``repr``.

    Attributes:
        endpoint_id: The endpoint's id.
        secret: What deliveries are signed with from now on, ``whsec_…``; it is not shown again.
    """

    endpoint_id: str
    secret: str


class WebhookEventType(Reply):
    """A kind of event.

    Attributes:
        event_type: Its name, such as ``avatar_video.success``.
        description: When it happens.
    """

    event_type: str
    description: str = ""


class WebhookEvent(Reply):
    """Something that happened, and was told.

    Attributes:
        event_id: Its id, the same for every delivery.
        event_type: Such as ``avatar_video.success``.
        event_data: What was told; the fields depend on the kind.
        created_at: Time in ISO 8601.
    """

    event_id: str
    event_type: str
    event_data: dict[str, Any] = {}
    created_at: str = ""
