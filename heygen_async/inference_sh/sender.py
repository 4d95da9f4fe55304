"""The sender of inference.sh: its envelopes, and the headers of its streams."""

from typing import Final, TypeVar

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
        if call.route is routes.RUN and answer.status == _ENDED_BADLY and _ended(answer.body):
            # A run that was held until its end, and ended badly: its task is the answer.
            answer = msgspec.structs.replace(answer, status=200)
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


def _ended(body: bytes) -> bool:
    """Whether an answer is a task that has ended; an error's own status is none of a task."""
    try:
        fields = fields_of(content(decode(body)))
    except msgspec.DecodeError:
        return False
    return "id" in fields and read_status(fields.get("status"), fields.get("status_text")).ended
