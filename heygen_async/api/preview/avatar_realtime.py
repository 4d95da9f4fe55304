"""Avatars that speak at once: https://developers.heygen.com/reference/create-avatar-realtime-session."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.api.streams import EventStream
from heygen_async.errors import ConflictError, EndpointRetiredError, ServerError
from heygen_async.models.preview import (
    AppendedText,
    AppendText,
    CancelledSession,
    CreatedRealtimeSession,
    CreateRealtimeSession,
    EndReason,
    RealtimeSession,
    SpokenWord,
    WordBatch,
    WordsEnd,
)
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import preview as routes
from heygen_async.wire.statuses import Verdict, verdict
from heygen_async.wire.streams import ServerEvent

_KIND: Final = "realtime session"
_batches: Final = msgspec.json.Decoder(WordBatch)
_ends: Final = msgspec.json.Decoder(WordsEnd)


class AvatarRealtime(Resource):
    """``heygen.preview.avatar_realtime``: sessions in which an avatar speaks at once."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._sessions: JobKind[RealtimeSession] = JobKind(
            _KIND, read=self.get_session, state=_state, expected=4.0, timeout=600.0
        )

    async def create_session(
        self, request: CreateRealtimeSession, *, extra_body: dict[str, Any] | None = None
    ) -> Job[RealtimeSession]:
        """Starts a session. Billed by the second; 3 may run at once, for at most 1 hour each.

        Args:
            request: ``RealtimeSpeech``, ``RealtimeAudio`` or ``RealtimeTextStream``.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the session can be watched at its ``hls_url``, or has ended well
            before anybody looked.

        Raises:
            BadRequestError: The look or the voice cannot be used.
            ConcurrencyLimitedError: 3 sessions run, for longer than the retry policy waits.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-avatar-realtime-session
        """
        created = await self._post(
            routes.PREVIEW_REALTIME_CREATE,
            CreatedRealtimeSession,
            request,
            extra_body=extra_body,
        )
        first = RealtimeSession(stream_id=created.stream_id)
        return self._new_job(self._sessions, created.stream_id, first)

    async def get_session(self, stream_id: str) -> RealtimeSession:
        """Reads a session. Its address is there while it is ``streaming``.

        Args:
            stream_id: The session.

        Raises:
            NotFoundError: There is no such session.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-avatar-realtime-session
        """
        ids = {"stream_id": check_id("stream_id", stream_id)}
        return await self._read(routes.PREVIEW_REALTIME_GET, RealtimeSession, ids=ids)

    async def append_text(
        self, stream_id: str, *, delta: str = "", final: bool = False
    ) -> AppendedText:
        """Gives more text to a session that was started with ``RealtimeTextStream``.

        It is spoken in the order in which it was sent: wait for one call before the next. After
        30 seconds without any text HeyGen closes the input by itself.

        Args:
            stream_id: The session.
            delta: What is said next; may be empty only with ``final``.
            final: Whether it is the last text.

        Returns:
            How many bytes of text the session has got so far.

        Raises:
            InvalidRequestError: There is neither text nor an end. Nothing was sent.
            NotFoundError: There is no such session.
            ConflictError: Its input is closed: by ``final``, by silence, or by a cancel.
            OutcomeUnknownError: It was sent and not answered: it may be spoken.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/append-avatar-realtime-text
        """
        ids = {"stream_id": check_id("stream_id", stream_id)}
        try:
            return await self._post(
                routes.PREVIEW_REALTIME_APPEND_TEXT,
                AppendedText,
                AppendText(delta=delta, final=final),
                ids=ids,
            )
        except EndpointRetiredError as gone:
            # 410 means an endpoint that was removed everywhere else; here it is the input.
            closed = ConflictError(
                gone.message, status=gone.status, code=gone.code, request_id=gone.request_id
            )
            raise closed from gone

    def stream_words(self, stream_id: str) -> EventStream[SpokenWord]:
        """The words of a session with their times, as they are spoken.

        Who comes late gets all words so far at once. ``end_reason`` of the stream then tells why
        it ended.

        Args:
            stream_id: The session.

        Returns:
            Words in the order of their times; punctuation comes as a word of its own.

        Raises:
            NotFoundError: There is no such session.
            ServerError: The session failed.
            TransportError: The stream broke off.
            HeyGenError: As every call, all of them when the reading begins.

        https://developers.heygen.com/reference/stream-avatar-realtime-words
        """
        ids = {"stream_id": check_id("stream_id", stream_id)}
        return self._stream(routes.PREVIEW_REALTIME_STREAM_WORDS, ids=ids, read=_words, last=_last)

    async def cancel_session(self, stream_id: str) -> CancelledSession:
        """Ends a session. Cancelling it again is no error.

        Args:
            stream_id: The session.

        Returns:
            Whether this call ended it, or it had ended before.

        Raises:
            NotFoundError: There is no such session.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/cancel-avatar-realtime-session
        """
        ids = {"stream_id": check_id("stream_id", stream_id)}
        return await self._read(routes.PREVIEW_REALTIME_CANCEL, CancelledSession, ids=ids)

    def job(self, stream_id: str) -> Job[RealtimeSession]:
        """A handle on a session from its id alone, in any process.

        Args:
            stream_id: The session.
        """
        return self._job(self._sessions, check_id("stream_id", stream_id))


def _state(session: RealtimeSession) -> JobState:
    word = verdict(_KIND, session.status)
    if session.status == "streaming" and not session.hls_url:
        word = Verdict.RUNNING
    return JobState(status=session.status, verdict=word, failure_message=session.error_message)


def _last(event: ServerEvent) -> str | None:
    if event.event != "end":
        return None
    try:
        reason = _ends.decode(event.data).reason
    except msgspec.DecodeError:
        return "completed"  # an end is an end, whatever it says
    if reason is EndReason.ERROR:
        raise ServerError("the session failed", status=200, code="session_failed")
    return reason


def _words(event: ServerEvent) -> Iterable[SpokenWord]:
    # Frames of other names are newer than this library.
    return _batches.decode(event.data).words if event.event == "message" else ()
