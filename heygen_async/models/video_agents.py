"""Video agents: sessions that make a video from a prompt."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.files import FileInput


class CreateAgentSession(Request):
    """Asks an agent for a video.

    Attributes:
        prompt: What the video is about, 1 to 10,000 characters.
        mode: ``generate`` makes one video without asking; ``chat`` may ask, and takes messages
            and wishes for changes. ``generate`` when left out.
        avatar_id: A look; the agent chooses when left out.
        voice_id: Who speaks; the agent chooses when left out.
        style_id: Visual style, from ``list_styles``.
        brand_kit_id: Colours, fonts and logos; the workspace's default when left out.
        brand_glossary_id: Pronunciation of your own terms, in the sound only.
        orientation: Follows from the content when left out.
        files: Up to 20 pictures, videos, recordings or PDFs for the agent to use.
        callback_url: Gets a POST when the video is ready or failed.
        callback_id: Comes back in that POST.
        incognito_mode: Neither uses nor adds to the agent's memory.
    """

    prompt: Annotated[str, Meta(min_length=1, max_length=10_000)]
    mode: Literal["generate", "chat"] | None = None
    avatar_id: str | None = None
    voice_id: str | None = None
    style_id: str | None = None
    brand_kit_id: str | None = None
    brand_glossary_id: Annotated[str, Meta(min_length=1)] | None = None
    orientation: Literal["landscape", "portrait"] | None = None
    files: Annotated[list[FileInput], Meta(max_length=20)] | None = None
    callback_url: str | None = None
    callback_id: str | None = None
    incognito_mode: bool = False


class SendAgentMessage(Request):
    """Answers an agent's question, adds to the task, or asks for changes.

    Attributes:
        message: 1 to 10,000 characters.
        avatar_id: Another look from here on.
        voice_id: Another voice from here on.
        brand_kit_id: Colours, fonts and logos from here on.
        files: Up to 20 files for the agent to use.
    """

    message: Annotated[str, Meta(min_length=1, max_length=10_000)]
    avatar_id: str | None = None
    voice_id: str | None = None
    brand_kit_id: str | None = None
    files: Annotated[list[FileInput], Meta(max_length=20)] | None = None


class StopAgentSession(Request):
    """Halts an agent. There is nothing to say."""


class AgentStatus(OpenEnum):
    """How far a session is."""

    THINKING = "thinking"
    WAITING_FOR_INPUT = "waiting_for_input"
    REVIEWING = "reviewing"
    GENERATING = "generating"
    COMPLETED = "completed"
    FAILED = "failed"


class AgentMessageType(OpenEnum):
    """What a message is."""

    TEXT = "text"
    RESOURCE = "resource"
    ERROR = "error"


class AgentMessage(Reply):
    """One message of a session.

    Attributes:
        role: ``user`` or ``model``.
        content: The text.
        type: Text, a reference to resources, or an error.
        created_at: Unix time in seconds.
        resource_ids: What it refers to.
    """

    role: str
    content: str
    type: AgentMessageType
    created_at: float | None = None
    resource_ids: list[str] | None = None


class CreatedAgentSession(Reply):
    """What HeyGen answers to a new session.

    Attributes:
        session_id: The session's id.
        status: How far it is.
        created_at: Unix time in seconds.
        video_id: The video, if it is known already.
    """

    session_id: str
    status: AgentStatus = AgentStatus.THINKING
    created_at: float | None = None
    video_id: str | None = None


class AgentSession(Reply):
    """A session.

    Attributes:
        session_id: The session's id.
        status: How far it is.
        created_at: Unix time in seconds.
        progress: 0 to 100.
        title: Found by the agent.
        video_id: Set once a video is being made; the newest one.
        messages: Up to 40, the newest first.
    """

    session_id: str
    status: AgentStatus
    created_at: float | None = None
    progress: int = 0
    title: str | None = None
    video_id: str | None = None
    messages: list[AgentMessage] = []


class AgentSessionEntry(Reply):
    """A session in a list.

    Attributes:
        session_id: The session's id.
        title: Found by the agent.
        created_at: Unix time in seconds.
    """

    session_id: str
    title: str | None = None
    created_at: float | None = None


class AgentStyle(Reply):
    """A visual style.

    Attributes:
        style_id: What a new session takes.
        name: Name to show.
        thumbnail_url: A picture; public.
        preview_video_url: A video; public.
        tags: Such as ``cinematic`` or ``print``.
        aspect_ratio: Such as ``16:9``.
    """

    style_id: str
    name: str
    thumbnail_url: str | None = None
    preview_video_url: str | None = None
    tags: list[str] | None = None
    aspect_ratio: str | None = None


class SentAgentMessage(Reply):
    """What HeyGen answers to a message.

    Attributes:
        session_id: The session's id.
        run_id: The agent's work on this message.
        title: Found by the agent.
    """

    session_id: str
    run_id: str
    title: str | None = None


class AgentResource(Reply):
    """Something that belongs to a session.

    Attributes:
        resource_id: Its id.
        resource_type: Such as ``image``, ``video``, ``draft``, ``avatar`` or ``voice``.
        source_type: ``generated`` or ``user_uploaded``.
        url: The file itself.
        thumbnail_url: A picture of it.
        preview_url: Something to show.
        created_at: Unix time in seconds.
        metadata: Whatever belongs to its type.
    """

    resource_id: str
    resource_type: str
    source_type: str | None = None
    url: str | None = None
    thumbnail_url: str | None = None
    preview_url: str | None = None
    created_at: float | None = None
    metadata: dict[str, Any] | None = None


class StoppedAgentSession(Reply):
    """What HeyGen answers when an agent is halted.

    Attributes:
        session_id: The session's id.
    """

    session_id: str
