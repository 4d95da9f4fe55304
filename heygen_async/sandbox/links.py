"""Addresses in the sandbox's storage: some public, most signed and short-lived."""

import hashlib
import hmac
import math
from collections.abc import Mapping
from urllib.parse import quote

from heygen_async.sandbox.refusal import Refusal

ROOT = "/_storage"
"""Where the storage lies."""


def storage_path(*parts: str) -> str:
    """The path of a stored thing, each part quoted."""
    return "/".join((ROOT, *(quote(part, safe="") for part in parts)))


class Links:
    """Signs addresses, and tells whether one was signed here.

    Args:
        secret: What the signatures depend on; the same secret keeps old addresses good.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def signed(self, base: str, path: str, *, expires: float, method: str = "GET") -> str:
        """An address that works for one verb until a virtual Unix time."""
        until = math.ceil(expires)
        signature = self._signature(method, path, str(until))
        return f"{base}{path}?Expires={until}&Signature={signature}"

    def check(self, method: str, path: str, query: Mapping[str, str], now: float) -> None:
        """Holds an address against its signature and the time.

        Raises:
            Refusal: 403, as S3 refuses.
        """
        until, signature = query.get("Expires", ""), query.get("Signature", "")
        if not until.isdecimal() or not signature:
            raise Refusal(403, "AccessDenied", "Access Denied")
        verb = "GET" if method == "HEAD" else method
        good = self._signature(verb, path, until)
        if not hmac.compare_digest(good.encode(), signature.encode(errors="replace")):
            raise Refusal(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided.",
            )
        if now > int(until):
            raise Refusal(403, "AccessDenied", "Request has expired")

    def _signature(self, method: str, path: str, until: str) -> str:
        text = f"{method}\n{path}\n{until}".encode()
        return hmac.new(self._secret, text, hashlib.sha256).hexdigest()
