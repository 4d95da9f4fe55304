"""Personalized videos of v1.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind


def _route(name: str, method: str, path: str, kind: Kind) -> Route:
    path = f"/v1/personalized_video/{path}"
    return Route(f"v2.personalized_videos.{name}", method, path, kind, successor="")


# https://docs.heygen.com/docs/import-contacts-via-api and the pages beside it
V2_PERSONALIZED_ADD: Final = _route("add_contact", "POST", "add_contact", Kind.ONCE)
V2_PERSONALIZED_GET: Final = _route("get", "GET", "audience/detail", Kind.READ)
V2_PERSONALIZED_GET_PROJECT: Final = _route("get_project", "GET", "project/detail", Kind.READ)
