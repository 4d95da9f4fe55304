"""Workflows of v1: what a node takes, graphs of nodes, and what comes out."""

from typing import Annotated, Any, Final, Literal, TypeAlias, cast

from msgspec import Meta

from heygen_async.models.assets import Filled
from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.v2.scenes import Address

_WORKFLOWS_MAX: Final = 20

VideoProvider: TypeAlias = Literal[
    "veo_3_1",
    "veo_3_1_fast",
    "veo3",
    "veo3_fast",
    "veo2",
    "kling_pro",
    "kling_v2",
    "sora_v2",
    "sora_v2_pro",
    "runway_gen4",
    "seedance_lite",
    "seedance_pro",
    "ltx_distilled",
]
VideoRatio: TypeAlias = Literal["16:9", "9:16", "1:1"]


class FaceSwapInput(Request):
    """A face, and the video to put it into.

    Attributes:
        source_image_url: Address of a picture of one face, clear and from the front.
        target_video_url: Address of the video.
    """

    source_image_url: Address
    target_video_url: Address


class FaceSwap(Request, tag_field="workflow_type", tag="FaceswapNode"):
    """Puts a face into a video. Its output is ``video_url``.

    Attributes:
        input: The face, and the video.
    """

    input: FaceSwapInput


class VideoPrompt(Request):
    """What a model shall film.

    Attributes:
        prompt: Free words.
        provider: The model; ``veo_3_1`` when left out.
        aspect_ratio: Shape; ``16:9`` when left out.
        reference_image_url: Address of a picture to begin with.
        tail_image_url: Address of a picture to end with.
        config: Settings of the model.
    """

    prompt: Filled
    provider: VideoProvider | None = None
    aspect_ratio: VideoRatio | None = None
    reference_image_url: Address | None = None
    tail_image_url: Address | None = None
    config: dict[str, Any] | None = None


class FilmPrompt(Request, tag_field="workflow_type", tag="GenerateVideoNode"):
    """A video from a prompt. Its output is ``video`` and ``asset_id``.

    Attributes:
        input: What is filmed.
    """

    input: VideoPrompt


class InferredAvatar(Request):
    """Who speaks.

    Attributes:
        avatar_id: The avatar.
    """

    avatar_id: Filled


class InferredAudio(Request):
    """What is heard.

    Attributes:
        audio_url: Address of a recording.
    """

    audio_url: Address


class AvatarInferenceInput(Request):
    """An avatar, and what it says.

    Attributes:
        avatar: Who speaks.
        audio_list: What is heard, one recording after the other.
    """

    avatar: InferredAvatar
    audio_list: Annotated[list[InferredAudio], Meta(min_length=1)]


class AvatarInference(Request, tag_field="workflow_type", tag="AvatarInferenceNode"):
    """An avatar that moves its lips to recordings. Its output is ``video``.

    Attributes:
        input: The avatar, and what it says.
    """

    input: AvatarInferenceInput


class ExecuteWorkflow(Request):
    """Any workflow, by its type.

    Attributes:
        workflow_type: As ``heygen.v2.workflows.list`` names it.
        input: What its ``input_schema`` asks for; only HeyGen checks it.
    """

    workflow_type: Filled
    input: dict[str, Any]


AnyWorkflow: TypeAlias = FaceSwap | FilmPrompt | AvatarInference | ExecuteWorkflow


class GraphNode(Request):
    """One workflow of a graph.

    Attributes:
        type: As ``heygen.v2.workflows.list`` names it.
        id: Its name in the graph; no two are alike.
        input: What its ``input_schema`` asks for; only HeyGen checks it. A reference takes the
            place of what another node makes.
        parent: Ids of the nodes that come before it.
    """

    type: Filled
    id: Filled
    input: dict[str, Any]
    parent: list[str] | None = None


class ExecuteGraph(Request):
    """Several workflows, of which some take what others make.

    Attributes:
        workflows: 1 to 20; none may come before itself.
    """

    workflows: Annotated[list[GraphNode], Meta(min_length=1, max_length=_WORKFLOWS_MAX)]


class WorkflowStatus(OpenEnum):
    """How far an execution is."""

    SUBMITTED = "submitted"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    NOT_FOUND = "not_found"


class WorkflowFailure(Reply):
    """Why an execution failed.

    Attributes:
        code: A word, or a number.
        message: A sentence.
    """

    code: str | int | None = None
    message: str | None = None


class WorkflowExecution(Reply):
    """A workflow, or a graph of them, at work.

    Attributes:
        execution_id: Its id.
        status: How far it is.
        output: What a single workflow made; its shape is that of the workflow.
        outputs: What each workflow of a graph made, by its id in the graph.
        error: Why it failed, or only a sentence of that.
    """

    execution_id: str
    status: WorkflowStatus = WorkflowStatus.SUBMITTED
    output: dict[str, Any] | None = None
    outputs: dict[str, Any] | None = None
    error: WorkflowFailure | str | None = None

    @property
    def video_url(self) -> str | None:
        """The video that a single workflow made, wherever its output has it. It is temporary."""
        return _video(self.output, "video_url")

    @property
    def video_id(self) -> str | None:
        """The id of that video, where it has one."""
        return _video(self.output, "video_id")

    @property
    def asset_id(self) -> str | None:
        """The asset that a single workflow made, where it is one."""
        return _text(self.output, "asset_id")

    @property
    def video_urls(self) -> dict[str, str]:
        """The videos that a graph made, by the ids of the workflows that made them."""
        found = {name: _video(made, "video_url") for name, made in (self.outputs or {}).items()}
        return {name: url for name, url in found.items() if url}


def _video(output: object, name: str) -> str | None:
    """A fact of a video, which lies in the output itself or in its ``video``."""
    return _text(output, name) or _text(_field(output, "video"), name)


def _text(output: object, name: str) -> str | None:
    value = _field(output, name)
    return value if isinstance(value, str) else None


def _field(output: object, name: str) -> object:
    return cast("dict[str, object]", output).get(name) if isinstance(output, dict) else None


class Workflow(Reply):
    """A workflow that can be executed.

    Attributes:
        workflow_type: What ``execute`` takes.
        name: Name to show.
        description: What it does.
        category: Such as ``content_ai``, ``media_generation`` or ``utility``.
        input_schema: JSON Schema of its input.
        output_schema: JSON Schema of its output.
    """

    workflow_type: str
    name: str = ""
    description: str = ""
    category: str = ""
    input_schema: dict[str, Any] = {}
    output_schema: dict[str, Any] = {}
