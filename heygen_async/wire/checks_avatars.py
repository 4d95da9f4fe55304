"""What HeyGen says in prose only about avatars.

https://developers.heygen.com/reference/create-avatar-consent
"""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models import CreateAvatarConsent, Request


def _consent(consent: CreateAvatarConsent) -> None:
    text = consent.consent_text
    if text is not None and ("<" in text or ">" in text):
        raise InvalidRequestError("consent_text", text, "must be plain text, without < and >")
    if consent.consent_video is None:
        return
    for name in ("reroute_url", "consent_text"):
        value = getattr(consent, name)
        if value is not None:
            raise InvalidRequestError(name, value, "not with consent_video, which needs no page")


CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {CreateAvatarConsent: _consent}
