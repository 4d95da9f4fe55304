"""The sender of inference.sh: its envelopes, and the headers of its streams."""

from typing import Any, Final, TypeVar

import msgspec

from heygen_async.inference_sh import routes
from heygen_async.inference_sh.envelope import content, unwrap
from heygen_async.inference_sh.plain import decode, fields_of
from heygen_async.inference_sh.statuses import read_status
from heygen_async.transport.sender import Sender
from heygen_async.wire.calls import Call
from heygen_async.wire.envelope import Envelope, HttpReply

T = TypeVar("T")

# Compressed, heartbeats could lie in somebody's buffer.
_STREAM: Final = {
    "Accept": "application/x-ndjson",
    "Accept-Encoding": "identity",
    "Cache-Control": "no-cache",
}
_ENDED_BADLY: Final = 422


class InferenceSender(Sender):
    """Sends calls to inference.sh."""

    def read(self, call: Call[T], answer: HttpReply) -> Envelope[T]:
        """What an answer holds.

        Raises:
            APIError: The answer is an error.
            DecodeError: It does not fit ``call.reply``.
        """
        if call.route is routes.RUN and answer.status == _ENDED_BADLY:
            # A run that was held until its end, and ended badly: its task is the answer.
            task = _ended(answer.body)
            if task:
                answer = HttpReply(200, answer.headers, msgspec.json.encode(task))
        now = self.retrier.world.clock.time()
        return Envelope(data=unwrap(answer, call.reply, now=now))

    def headers(
        self, call: Call[T], path: str, fingerprint: str = ""
    ) -> tuple[dict[str, str] | None, str | None]:
        """The headers of a call besides those of every call; no key is known here."""
        headers, key = super().headers(call, path, fingerprint)
        if call.route is routes.TASKS_STREAM:
            headers = {**(headers or {}), **_STREAM}
        return headers, key


def _ended(body: bytes) -> dict[str, Any]:
    """The task that an answer tells the end of; an error's own status is none of a task."""
    try:
        fields = fields_of(content(decode(body)))
    except msgspec.DecodeError:
        return {}
    status = read_status(fields.get("status"), fields.get("status_text"))
    return fields if status.ended and "id" in fields else {}
