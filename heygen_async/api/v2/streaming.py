"""Streaming avatars of v1: https://docs.heygen.com/reference/new-session."""

from typing import Any

from heygen_async.api.v2.paging import LegacyResource
from heygen_async.models.v2 import (
    ActiveSession,
    IceCandidate,
    NewStreamingSession,
    OfferCandidate,
    SdpAnswer,
    StartedStream,
    StartedTask,
    StartStream,
    StreamingAvatar,
    StreamingSession,
    StreamingToken,
    StreamRef,
    StreamTask,
)
from heygen_async.wire.arguments import must_be
from heygen_async.wire.calls import Call, Route
from heygen_async.wire.routes.v2 import streaming as routes


class Streaming(LegacyResource):
    """``heygen.v2.streaming``: sessions in which an avatar speaks at once.

    This is what goes over HTTP. Picture and sound come by WebRTC, or in the room that ``version``
    ``v2`` opens, for which other libraries are made.
    """

    async def create_token(self) -> StreamingToken:
        """Makes a key to one session, for a browser that shall not have yours.

        Returns:
            The token. The other endpoints of streaming take it as ``Authorization: Bearer``.

        Raises:
            OutcomeUnknownError: It was sent and not answered.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/create-session-token
        """
        call = Call(routes.V2_STREAMING_CREATE_TOKEN, StreamingToken, body=b"{}")
        return await self._tools.sender.send(call)

    async def new_session(
        self, request: NewStreamingSession, *, extra_body: dict[str, Any] | None = None
    ) -> StreamingSession:
        """Makes a session. Billed by the minute, from its ``start`` on.

        Args:
            request: Who is seen and heard, and how well.
            extra_body: Fields that are newer than this library.

        Returns:
            The session, with an offer for your WebRTC library, or with a room to join.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            ConcurrencyLimitedError: Too many sessions are there, for longer than the retry policy
                waits.
            QuotaExceededError: The limit of a trial is reached.
            OutcomeUnknownError: It was sent and not answered: look at ``list_sessions``.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/new-session
        """
        must_be(request, NewStreamingSession)
        return await self._post(
            routes.V2_STREAMING_NEW, StreamingSession, request, extra_body=extra_body
        )

    async def start(self, session_id: str, *, sdp: SdpAnswer | None = None) -> StartedStream:
        """Begins a session.

        Args:
            session_id: The session; it must be new.
            sdp: Your answer to its offer; nothing for a session with a room.

        Raises:
            ConflictError: The session was started before, or has ended.
            NotFoundError: There is no such session.
            OutcomeUnknownError: It was sent and not answered.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/start-session
        """
        request = StartStream(session_id=session_id, sdp=sdp)
        return await self._post(routes.V2_STREAMING_START, StartedStream, request)

    async def ice(self, session_id: str, *, candidate: IceCandidate) -> None:
        """Tells a way to reach you. A session with a room needs none.

        Args:
            session_id: The session.
            candidate: What your WebRTC library found.

        Raises:
            ConflictError: The session has ended.
            NotFoundError: There is no such session.
            OutcomeUnknownError: It was sent and not answered.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/submit-ice-information
        """
        request = OfferCandidate(session_id=session_id, candidate=candidate)
        await self._post(routes.V2_STREAMING_ICE, object, request)

    async def task(
        self,
        session_id: str,
        *,
        text: str,
        task_type: str | None = None,
        task_mode: str | None = None,
    ) -> StartedTask:
        """Makes the avatar speak.

        Args:
            session_id: The session; it must be connected.
            text: What the avatar is told.
            task_type: ``repeat`` to say it, ``chat`` (in older pages ``talk``) to answer it; sent
                as it is.
            task_mode: ``sync`` to answer when it is said, ``async`` to answer at once.

        Returns:
            The task's id, and how long it takes to say.

        Raises:
            InvalidRequestError: The text is empty. Nothing was sent.
            ConflictError: The session is not connected yet, or has ended.
            NotFoundError: There is no such session.
            OutcomeUnknownError: It was sent and not answered: it may be spoken.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/send-task
        """
        request = StreamTask(
            session_id=session_id, text=text, task_type=task_type, task_mode=task_mode
        )
        return await self._post(routes.V2_STREAMING_TASK, StartedTask, request)

    async def interrupt(self, session_id: str) -> None:
        """Makes the avatar be quiet. One that says nothing does not mind.

        Args:
            session_id: The session; it must be connected.

        Raises:
            ConflictError: The session is not connected yet, or has ended.
            NotFoundError: There is no such session.
            OutcomeUnknownError: It was sent and not answered.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/interrupt-task
        """
        await self._tell(routes.V2_STREAMING_INTERRUPT, session_id)

    async def keep_alive(self, session_id: str) -> None:
        """Puts off the end of a session in which nobody speaks.

        Args:
            session_id: The session.

        Raises:
            ConflictError: The session has ended.
            NotFoundError: There is no such session.
            OutcomeUnknownError: It was sent and not answered.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/keep-alive
        """
        await self._tell(routes.V2_STREAMING_KEEP_ALIVE, session_id)

    async def stop(self, session_id: str) -> None:
        """Ends a session, and what it costs.

        Args:
            session_id: The session.

        Raises:
            ConflictError: The session has ended before.
            NotFoundError: There is no such session.
            OutcomeUnknownError: It was sent and not answered: look at ``list_sessions``.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/close-session
        """
        await self._tell(routes.V2_STREAMING_STOP, session_id)

    async def _tell(self, route: Route, session_id: str) -> None:
        await self._post(route, object, StreamRef(session_id=session_id))

    async def list_sessions(self) -> list[ActiveSession]:
        """The sessions that have not ended.

        Raises:
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/list-active-sessions
        """
        return await self._all(routes.V2_STREAMING_LIST, ActiveSession)

    async def list_avatars(self) -> list[StreamingAvatar]:
        """Who can be seen in a session.

        Raises:
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/list-streaming-avatars
        """
        return await self._all(routes.V2_STREAMING_LIST_AVATARS, StreamingAvatar)
