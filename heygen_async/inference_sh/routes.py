"""The endpoints of inference.sh, one line each. The kind says how often a call may be sent."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# A second run is a second bill, and there are no keys: sent and unanswered, it is never repeated.
RUN: Final = Route(
    "apps.run", "POST", "/apps/run", Kind.ONCE, transient=frozenset({"app_maintenance"})
)
APPS_GET: Final = Route("apps.get", "GET", "/apps/{namespace}/{name}", Kind.READ)

TASKS_GET: Final = Route("tasks.get", "GET", "/tasks/{id}", Kind.READ)
TASKS_STATUS: Final = Route("tasks.status", "GET", "/tasks/{id}/status", Kind.READ)
TASKS_STREAM: Final = Route("tasks.stream", "GET", "/tasks/{id}/stream", Kind.READ)
TASKS_CANCEL: Final = Route("tasks.cancel", "POST", "/tasks/{id}/cancel", Kind.IDEMPOTENT)
TASKS_DELETE: Final = Route("tasks.delete", "DELETE", "/tasks/{id}", Kind.IDEMPOTENT)
TASKS_FILES: Final = Route("tasks.files", "GET", "/tasks/{id}/files", Kind.READ)
TASKS_DELETE_FILES: Final = Route(
    "tasks.delete_files", "DELETE", "/tasks/{id}/files", Kind.IDEMPOTENT
)
TASKS_LOGS: Final = Route("tasks.logs", "GET", "/tasks/{id}/logs", Kind.READ)
TASKS_TIMINGS: Final = Route("tasks.timings", "GET", "/tasks/{id}/timings", Kind.READ)
TASKS_LIST: Final = Route("tasks.list", "POST", "/tasks/list", Kind.READ)

# A record without bytes costs nothing.
FILES_CREATE: Final = Route("files.create", "POST", "/files", Kind.IDEMPOTENT)
FILES_GET: Final = Route("files.get", "GET", "/files/{id}", Kind.READ)
FILES_DELETE: Final = Route("files.delete", "DELETE", "/files/{id}", Kind.IDEMPOTENT)
FILES_LIST: Final = Route("files.list", "POST", "/files/list", Kind.READ)

SESSIONS_LIST: Final = Route("sessions.list", "GET", "/sessions", Kind.READ)
SESSIONS_GET: Final = Route("sessions.get", "GET", "/sessions/{id}", Kind.READ)
SESSIONS_KEEPALIVE: Final = Route(
    "sessions.keepalive", "POST", "/sessions/{id}/keepalive", Kind.IDEMPOTENT
)
SESSIONS_END: Final = Route("sessions.end", "DELETE", "/sessions/{id}", Kind.IDEMPOTENT)
