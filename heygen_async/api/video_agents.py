"""Video agents: https://developers.heygen.com/reference/create-video-agent-session."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from heygen_async.api.job import Job, JobKind, JobState, Waiter
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.api.videos import Videos
from heygen_async.errors import NotFoundError
from heygen_async.models import (
    AgentMessageType,
    AgentResource,
    AgentSession,
    AgentSessionEntry,
    AgentStatus,
    AgentStyle,
    CreateAgentSession,
    CreatedAgentSession,
    SendAgentMessage,
    SentAgentMessage,
    StopAgentSession,
    StoppedAgentSession,
    Video,
    VideoStatus,
)
from heygen_async.models.files import FileInput
from heygen_async.transport.downloads import Downloads
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import video_agents as routes
from heygen_async.wire.statuses import Verdict, verdict

_SESSIONS_REMEMBERED: Final = 10_000
_BEFORE_A_VIDEO: Final = (
    AgentStatus.THINKING,
    AgentStatus.WAITING_FOR_INPUT,
    AgentStatus.REVIEWING,
)
_VideoList: TypeAlias = list[Video]  # `list` is a method below


class AgentJob(Job[Video]):
    """A handle on an agent's session, and on the video that comes of it.

    The session is looked at until the video is known, and then the video alone, since HeyGen may
    forget the session meanwhile. As long as there is no video, ``read`` gives one without an id,
    whose status is the session's.
    """

    __slots__ = ()

    @property
    def session_id(self) -> str:
        """What ``heygen.video_agents`` takes: to read along, to answer, to ask for changes."""
        return self.id


class VideoAgents(Resource):
    """``heygen.video_agents``: a prompt in, a video out, with questions in between if you like."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._made = Videos(tools)
        # What each session has come to: its video, or None while a message may change that.
        self._followed: OrderedDict[str, str | None] = OrderedDict()
        self._former: OrderedDict[str, str] = OrderedDict()
        self._sessions: JobKind[Video] = JobKind(
            "video agent",
            read=self._look,
            state=_state,
            expected=240.0,
            timeout=2 * 3600.0,
            file="video_url",
            suffix=".mp4",
        )

    async def create(
        self, request: CreateAgentSession, *, extra_body: dict[str, Any] | None = None
    ) -> AgentJob:
        """Starts a session that makes a video. Billed by the second of the finished video.

        HeyGen protects this call by no key: when it is not known whether it arrived, it is not
        sent again.

        Args:
            request: The prompt, and what the agent may use. Local files are uploaded first.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the video can be downloaded. In chat mode its ``wait`` fails with
            the agent's question when there is one: answer it with ``send_message`` to
            ``job.session_id``, and wait again.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            InsufficientCreditError: The balance does not cover it.
            ConcurrencyLimitedError: Too many jobs in flight, for longer than the retry policy
                waits.
            OutcomeUnknownError: There was no answer; a session may have been started, and is
                billed: look for it with ``list``.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-video-agent-session
        """
        created = await self._post(
            routes.VIDEO_AGENTS_CREATE, CreatedAgentSession, request, extra_body=extra_body
        )
        if created.video_id:
            self._follow(created.session_id, created.video_id)
        first = Video(
            id=created.video_id or "",
            status=VideoStatus(created.status),
            created_at=created.created_at,
        )
        return self._handle(created.session_id, first, fresh=True)

    async def get(self, session_id: str) -> AgentSession:
        """Reads a session: its status, and what was said last.

        Args:
            session_id: The session.

        Raises:
            NotFoundError: There is no such session, or not any more: HeyGen may forget it once
                its video is being made.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-video-agent-session
        """
        return await self._read(routes.VIDEO_AGENTS_GET, AgentSession, ids=_ids(session_id))

    def list(
        self, *, limit: int | None = None, max_items: int | None = None
    ) -> Pager[AgentSessionEntry]:
        """Lists your sessions, the newest first.

        Args:
            limit: Sessions per page, 1 to 100; 20 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/list-video-agent-sessions
        """
        return self._list(
            routes.VIDEO_AGENTS_LIST,
            AgentSessionEntry,
            limit=limit,
            most=100,
            max_items=max_items,
        )

    def list_styles(
        self, *, tag: str | None = None, limit: int | None = None, max_items: int | None = None
    ) -> Pager[AgentStyle]:
        """Lists visual styles for a session.

        Args:
            tag: Such as ``cinematic``, ``retro-tech``, ``iconic-artist``, ``pop-culture``,
                ``handmade`` or ``print``; all when left out.
            limit: Styles per page, 1 to 100; 20 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/list-video-agent-styles
        """
        return self._list(
            routes.VIDEO_AGENTS_LIST_STYLES,
            AgentStyle,
            limit=limit,
            most=100,
            max_items=max_items,
            query={"tag": tag},
        )

    async def send_message(
        self,
        session_id: str,
        *,
        message: str,
        avatar_id: str | None = None,
        voice_id: str | None = None,
        brand_kit_id: str | None = None,
        files: Sequence[FileInput] | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> SentAgentMessage:
        """Answers the agent, adds to its task, or asks for changes. Chat mode only.

        A new video is billed like the first. HeyGen protects this call by no key: when it is not
        known whether it arrived, it is not sent again.

        Args:
            session_id: The session.
            message: What to say, 1 to 10,000 characters.
            avatar_id: Another look from here on.
            voice_id: Another voice from here on.
            brand_kit_id: Colours, fonts and logos from here on.
            files: Up to 20 files for the agent to use. Local ones are uploaded first.
            extra_body: Fields that are newer than this library.

        Returns:
            The run that works on it. Wait for the session's job to see what comes of it.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            NotFoundError: There is no such session.
            OutcomeUnknownError: There was no answer: ``get`` shows whether it arrived.
            HeyGenError: As every call; also for a session that is not in chat mode.

        https://developers.heygen.com/reference/send-video-agent-message
        """
        request = SendAgentMessage(
            message=message,
            avatar_id=avatar_id,
            voice_id=voice_id,
            brand_kit_id=brand_kit_id,
            files=None if files is None else list(files),
        )
        sent = await self._post(
            routes.VIDEO_AGENTS_SEND_MESSAGE,
            SentAgentMessage,
            request,
            ids=_ids(session_id),
            extra_body=extra_body,
        )
        former = self._followed.get(session_id)
        if former is not None:
            self._former[session_id] = former
        self._follow(session_id, None)
        return sent

    async def get_resource(self, session_id: str, *, resource_id: str) -> AgentResource:
        """Reads one of the things that messages refer to: a picture, a draft, a video.

        Args:
            session_id: The session.
            resource_id: The resource.

        Raises:
            NotFoundError: There is no such session or resource.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-video-agent-resource
        """
        ids = {**_ids(session_id), "resource_id": check_id("resource_id", resource_id)}
        return await self._read(routes.VIDEO_AGENTS_GET_RESOURCE, AgentResource, ids=ids)

    async def stop(self, session_id: str) -> StoppedAgentSession:
        """Halts the agent at its next step. What it has made so far is kept.

        Args:
            session_id: The session.

        Raises:
            NotFoundError: There is no such session.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/stop-video-agent-session
        """
        return await self._post(
            routes.VIDEO_AGENTS_STOP,
            StoppedAgentSession,
            StopAgentSession(),
            ids=_ids(session_id),
        )

    async def list_videos(self, session_id: str) -> _VideoList:
        """Reads all videos of a session, the newest first. HeyGen does not page them.

        Args:
            session_id: The session.

        Raises:
            NotFoundError: There is no such session.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/list-video-agent-videos
        """
        return await self._read(routes.VIDEO_AGENTS_LIST_VIDEOS, _VideoList, ids=_ids(session_id))

    def job(self, session_id: str, *, video_id: str | None = None) -> AgentJob:
        """A handle on a session from its id alone, in any process.

        Args:
            session_id: The session.
            video_id: Its video, where you know it: the session is not asked for it then.
        """
        if video_id is not None:
            self._follow(session_id, check_id("video_id", video_id))
        return self._handle(check_id("session_id", session_id), None, fresh=False)

    def _handle(self, session_id: str, created: Video | None, *, fresh: bool) -> AgentJob:
        waiter: Waiter = self._tools.waiter
        downloads: Downloads = self._tools.downloads
        return AgentJob(
            session_id,
            kind=self._sessions,
            waiter=waiter,
            downloads=downloads,
            created=created,
            fresh=fresh,
        )

    async def _look(self, session_id: str) -> Video:
        """The session's video, or what stands for it until there is one."""
        video_id = self._followed.get(session_id)
        if video_id is not None:
            return await self._made.get(video_id)
        try:
            session = await self.get(session_id)
        except NotFoundError:
            # It may be forgotten already, while its video is not.
            videos = await self.list_videos(session_id)
            if not videos:
                raise
            self._follow(session_id, videos[0].id)
            return videos[0]
        if session.video_id and not self._may_change(session):
            self._follow(session_id, session.video_id)
            return await self._made.get(session.video_id)
        return Video(
            id="",
            status=VideoStatus(session.status),
            title=session.title,
            created_at=session.created_at,
            failure_message=_said(session),
        )

    def _may_change(self, session: AgentSession) -> bool:
        """Whether a message is on its way to another video than the one that is told."""
        if session.session_id not in self._followed:
            return False
        old = session.video_id == self._former.get(session.session_id)
        return session.status in _BEFORE_A_VIDEO or (
            old and session.status == AgentStatus.GENERATING
        )

    def _follow(self, session_id: str, video_id: str | None) -> None:
        self._followed[session_id] = video_id
        self._followed.move_to_end(session_id)
        while len(self._followed) > _SESSIONS_REMEMBERED:
            gone, _ = self._followed.popitem(last=False)
            self._former.pop(gone, None)


def _ids(session_id: str) -> dict[str, str]:
    return {"session_id": check_id("session_id", session_id)}


def _said(session: AgentSession) -> str | None:
    """What a person has to know: the agent's question, or why it gave up."""
    wanted = session.status != AgentStatus.FAILED
    for message in session.messages:
        is_error = message.type == AgentMessageType.ERROR
        if message.role != "user" and is_error != wanted:
            return message.content
    return None


def _state(video: Video) -> JobState:
    word = verdict("video agent", video.status)
    if word is Verdict.DONE and not video.video_url:
        # The word comes a moment before the link does, and the session's before the video.
        word = Verdict.RUNNING
    return JobState(
        status=video.status,
        verdict=word,
        failure_code=video.failure_code,
        failure_message=video.failure_message,
    )
