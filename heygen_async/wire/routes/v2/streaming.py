"""Streaming avatars of v1, as far as they go over HTTP.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind


def _route(name: str, method: str, path: str) -> Route:
    kind = Kind.READ if method == "GET" else Kind.ONCE
    return Route(f"v2.streaming.{name}", method, f"/v1/{path}", kind, successor="")


# https://docs.heygen.com/reference/new-session and the pages beside it
V2_STREAMING_CREATE_TOKEN: Final = _route("create_token", "POST", "streaming.create_token")
V2_STREAMING_NEW: Final = _route("new_session", "POST", "streaming.new")
V2_STREAMING_START: Final = _route("start", "POST", "streaming.start")
V2_STREAMING_ICE: Final = _route("ice", "POST", "streaming.ice")
V2_STREAMING_TASK: Final = _route("task", "POST", "streaming.task")
V2_STREAMING_INTERRUPT: Final = _route("interrupt", "POST", "streaming.interrupt")
V2_STREAMING_KEEP_ALIVE: Final = _route("keep_alive", "POST", "streaming.keep_alive")
V2_STREAMING_STOP: Final = _route("stop", "POST", "streaming.stop")
V2_STREAMING_LIST: Final = _route("list_sessions", "GET", "streaming.list")
V2_STREAMING_LIST_AVATARS: Final = _route("list_avatars", "GET", "streaming/avatar.list")
