"""The video agent of v1: a video from a prompt."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from heygen_async.models.base import Reply, Request
from heygen_async.models.v2.scenes import Address

AgentSeconds: TypeAlias = Annotated[int, Meta(ge=5)]
AgentOrientation: TypeAlias = Literal["landscape", "portrait"]


class AgentFile(Request):
    """A file for the agent.

    Attributes:
        asset_id: An uploaded picture, clip or PDF.
    """

    asset_id: Annotated[str, Meta(min_length=1)]


class AgentConfig(Request):
    """Where older requests have what is now beside the prompt.

    Attributes:
        duration_sec: About how long the video shall be: 5 seconds or more.
        orientation: Follows from the content when left out.
        avatar_id: A look; the agent chooses when left out.
        voice_id: Who speaks; the agent chooses when left out.
    """

    duration_sec: AgentSeconds | None = None
    orientation: AgentOrientation | None = None
    avatar_id: str | None = None
    voice_id: str | None = None


class GenerateFromPrompt(Request):
    """Asks the agent of v1 for a video.

    Attributes:
        prompt: What the video is about, 1 to 10,000 characters.
        avatar_id: A look; the agent chooses when left out.
        voice_id: Who speaks; the agent chooses when left out.
        orientation: Follows from the content when left out.
        duration_sec: About how long the video shall be: 5 seconds or more. HeyGen's older pages
            stop at 300.
        config: Older place of the four above.
        files: Up to 20 pictures, clips or PDFs for the agent to use.
        callback_url: Gets a POST when the video is ready or failed.
        callback_id: Comes back in that POST; needs ``callback_url``.
        incognito_mode: Neither uses nor adds to the agent's memory.
    """

    prompt: Annotated[str, Meta(min_length=1, max_length=10_000)]
    avatar_id: str | None = None
    voice_id: str | None = None
    orientation: AgentOrientation | None = None
    duration_sec: AgentSeconds | None = None
    config: AgentConfig | None = None
    files: Annotated[list[AgentFile], Meta(max_length=20)] | None = None
    callback_url: Address | None = None
    callback_id: str | None = None
    incognito_mode: bool = False


class PromptedVideo(Reply):
    """What HeyGen answers to a prompt.

    Attributes:
        video_id: The video's id.
        session_id: The agent's session, as ``heygen.video_agents`` of v3 knows it.
    """

    video_id: str
    session_id: str | None = None
