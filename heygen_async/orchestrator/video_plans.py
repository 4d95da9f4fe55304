"""Plans for videos of v3 that need no avatar of yours: translations, and an agent's."""

import os
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from heygen_async.errors import InvalidRequestError
from heygen_async.models import AgentSession, CreateAgentSession, CreateVideoTranslation
from heygen_async.models.base import Record
from heygen_async.models.files import LinkedFile
from heygen_async.models.translations import TranslationOptions
from heygen_async.orchestrator.plans import check_callable, check_list


class TranslationPlan(TranslationOptions, kw_only=True):
    """A video to have in other languages: all that ``CreateVideoTranslation`` knows, and more.

    Exactly one of ``video`` and ``video_id`` is the source.

    Attributes:
        output_languages: Names as ``heygen.translations.list_languages`` gives them.
        video: The source, MP4 or WebM: a Path, an address, an asset.
        video_id: The source, if it is a video that HeyGen has made: it is fetched, and uploaded.
        folder: Folder that exists, where each language gets a file of its name; nothing is
            downloaded when left out.
        captions: Whether the captions of each language are downloaded too, as SRT.
        overwrite: Whether files that are there may be replaced.
        seconds: What the source is taken for in an estimate; nobody has looked at it. All of it is
            counted, also with ``start_time`` and ``end_time``: what a part costs was never told.
    """

    output_languages: Sequence[str]
    video: LinkedFile | None = None
    video_id: str | None = None
    folder: str | os.PathLike[str] | None = None
    captions: bool = False
    overwrite: bool = False
    seconds: float = 60.0

    def request(self, video: LinkedFile, languages: Sequence[str]) -> CreateVideoTranslation:
        """The request that makes some of them.

        Args:
            video: The source.
            languages: Which of them.
        """
        options = {name: getattr(self, name) for name in TranslationOptions.__struct_fields__}
        return CreateVideoTranslation(video=video, output_languages=list(languages), **options)

    def target(self, language: str, suffix: str = ".mp4") -> Path | None:
        """The file of a language, if one is wanted."""
        if self.folder is None or (suffix != ".mp4" and not self.captions):
            return None
        name = "".join("-" if each in '/\\:*?"<>|' else each for each in language)
        return Path(self.folder) / f"{name}{suffix}"


class AgentVideoPlan(Record):
    """A video to have made by HeyGen's agent, and where it goes.

    Attributes:
        request: The prompt, and what the agent may use; with ``mode="chat"`` it may ask.
        target: The file to make, or a folder that exists; nothing is downloaded when left out.
        overwrite: Whether a file that is there may be replaced.
        on_question: Called with the session when the agent asks (``waiting_for_input``) or shows a
            draft (``reviewing``); ``session.messages[0].content`` is what it says. What it returns
            is the answer. It may be async, and take its time: others have the session's slot
            meanwhile. When left out, a question is an error, and whoever has answered calls again
            with the same ``made``.
        seconds: What the video is taken for in an estimate: its length is the agent's choice.
    """

    request: CreateAgentSession
    target: str | os.PathLike[str] | None = None
    overwrite: bool = False
    on_question: Callable[[AgentSession], str | Awaitable[str]] | None = None
    seconds: float = 60.0


def check_agent(plan: AgentVideoPlan) -> None:
    """Refuses what contradicts itself in a plan, before anything is sent.

    Raises:
        InvalidRequestError: Something does.
    """
    check_callable("on_question", plan.on_question)
    if plan.on_question is not None and plan.request.mode != "chat":
        raise InvalidRequestError("on_question", plan.request.mode, 'needs mode="chat"')


def check_translation(plan: TranslationPlan) -> None:
    """Refuses what contradicts itself in a plan, before anything is sent.

    Raises:
        InvalidRequestError: Something does.
    """
    check_list("output_languages", plan.output_languages, str)
    if (plan.video is None) == (plan.video_id is None):
        raise InvalidRequestError("video or video_id", plan.video_id, "exactly one is the source")
    if plan.captions and plan.folder is None:
        raise InvalidRequestError("captions", plan.captions, "need a folder to go to")
    if plan.folder is not None and not Path(plan.folder).is_dir():
        raise InvalidRequestError("folder", str(plan.folder), "must be a folder that exists")
