"""Being told by HeyGen: whom to believe, and what was said.

``heygen.inbox(secret)`` does all of it; ``verify`` is for whoever has a line of their own.
"""

from heygen_async.jobs.inbox import Answer, Handler, Inbox
from heygen_async.models.deliveries import Delivery, TranslationDelivery, VideoDelivery
from heygen_async.wire.deliveries import read_delivery
from heygen_async.wire.signatures import SIGNATURE_HEADERS, TOLERANCE, sign, verify

__all__ = [
    "SIGNATURE_HEADERS",
    "TOLERANCE",
    "Answer",
    "Delivery",
    "Handler",
    "Inbox",
    "TranslationDelivery",
    "VideoDelivery",
    "read_delivery",
    "sign",
    "verify",
]
