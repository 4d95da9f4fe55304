"""Webhooks of inference.sh. Nothing signs them: what comes is a hint, to be confirmed by a read.

Put a text that nobody can guess into the address of your webhook, answer at once, and believe only
what ``await inference.confirm(hint)`` says. Hints may come twice, or never: look for yourself, too.
"""

from typing import Any

import msgspec

from heygen_async.errors import DecodeError
from heygen_async.inference_sh.plain import decode, fields_of
from heygen_async.inference_sh.statuses import StatusScheme, TaskStatus, read_status
from heygen_async.models.base import Record
from heygen_async.wire.limits import check_id


class WebhookHint(Record):
    """What somebody says about a task. Anybody can say it.

    Attributes:
        task_id: The task.
        status: How it is said to have ended.
        output: What it is said to have made.
        error: Why it is said to have failed.
        event: Name of the event, if it came with one.
        session_id: Its session.
        updated_at: When it is said to have ended.
    """

    task_id: str
    status: TaskStatus
    output: Any = None
    error: str = ""
    event: str | None = None
    session_id: str | None = None
    updated_at: str | None = None

    @property
    def key(self) -> str:
        """The same for every delivery of the same news: remember it to act once."""
        return f"{self.task_id}:{self.status.word}"


def read_webhook(
    body: bytes | str | dict[str, Any], *, status_scheme: StatusScheme | None = None
) -> WebhookHint:
    """Reads the body of a webhook, in either of its shapes.

    Args:
        body: As it came, or decoded.
        status_scheme: How to take a status that is a number without a word. When left out, the
            numbers of today, unless they make no sense: a task that is done does not upload, and
            one with an error is not complete.

    Raises:
        DecodeError: It is no body of a webhook.
    """
    raw = body.encode(errors="surrogatepass") if isinstance(body, str) else body
    try:
        fields = decode(raw) if isinstance(raw, bytes) else raw
        whole = fields_of(fields)
        event = whole.get("event")
        inner = fields_of(whole.get("data")) if event is not None else {}
        told = inner or whole
        task_id = check_id("id", msgspec.convert(told.get("id"), str))
    except (msgspec.DecodeError, ValueError) as problem:
        shown = raw if isinstance(raw, bytes) else b""
        raise DecodeError(str(problem), path="$.id", model="WebhookHint", raw=shown) from problem
    error = str(told.get("error") or "")
    return WebhookHint(
        task_id=task_id,
        status=_status(told, error, status_scheme),
        output=told.get("output"),
        error=error,
        event=None if event is None else str(event),
        session_id=_text(told.get("session_id")),
        updated_at=_text(told.get("updated_at")),
    )


def _status(told: dict[str, Any], error: str, scheme: StatusScheme | None) -> TaskStatus:
    given, word = told.get("status"), told.get("status_text")
    status = read_status(given, word, scheme=scheme or "current")
    # Only ends are told, so what is no end today, or contradicts itself, is a number of before.
    stale = status is TaskStatus.UPLOADING or (status is TaskStatus.COMPLETED and error)
    return read_status(given, word, scheme="legacy") if scheme is None and stale else status


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
