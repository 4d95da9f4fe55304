"""Workflows of v1: https://docs.heygen.com/reference/create-workflow-execution."""

from typing import Any, Final, get_args

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.models.v2 import (
    AnyWorkflow,
    ExecuteGraph,
    FaceSwap,
    FaceSwapInput,
    FilmPrompt,
    VideoPrompt,
    VideoProvider,
    VideoRatio,
    Workflow,
    WorkflowExecution,
    WorkflowFailure,
)
from heygen_async.wire.arguments import must_be
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes.v2 import workflows as routes
from heygen_async.wire.statuses import verdict

_NO_PAGES: Final = 1  # the list has no ``limit``


class Workflows(Resource):
    """``heygen.v2.workflows``: face swaps, videos from prompts, and graphs of such work."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._executions: JobKind[WorkflowExecution] = JobKind(
            "workflow",
            read=self.get,
            state=_state,
            expected=120.0,
            timeout=3600.0,
            file="video_url",
            suffix=".mp4",
        )

    async def execute(
        self, request: AnyWorkflow, *, extra_body: dict[str, Any] | None = None
    ) -> Job[WorkflowExecution]:
        """Starts one workflow.

        Args:
            request: ``FaceSwap``, ``FilmPrompt``, ``AvatarInference``, or any other one as
                ``ExecuteWorkflow``.
            extra_body: Fields that are newer than this library.

        Returns:
            A job whose result has ``video_url``, whichever shape the output has. The link is
            temporary.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/create-workflow-execution
        """
        must_be(request, *get_args(AnyWorkflow))
        started = await self._post(
            routes.V2_WORKFLOWS_EXECUTE, WorkflowExecution, request, extra_body=extra_body
        )
        return self._new_job(self._executions, started.execution_id, started)

    async def execute_graph(
        self, request: ExecuteGraph, *, extra_body: dict[str, Any] | None = None
    ) -> Job[WorkflowExecution]:
        """Starts several workflows, of which some take what others make.

        Args:
            request: 1 to 20 workflows.
            extra_body: Fields that are newer than this library.

        Returns:
            A job whose result has ``outputs`` and ``video_urls``, by the ids in the graph.

        Raises:
            InvalidRequestError: A field is wrong, an id is there twice, a parent is unknown, or a
                workflow would have to wait for itself. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/create-graph-execution
        """
        must_be(request, ExecuteGraph)
        started = await self._post(
            routes.V2_WORKFLOWS_EXECUTE_GRAPH, WorkflowExecution, request, extra_body=extra_body
        )
        return self._new_job(self._executions, started.execution_id, started)

    async def face_swap(
        self, *, source_image_url: str, target_video_url: str
    ) -> Job[WorkflowExecution]:
        """Puts a face into a video; it takes 1 to 3 minutes.

        Args:
            source_image_url: Address of a picture of one face, clear and from the front.
            target_video_url: Address of the video.

        Returns:
            As ``execute``.

        Raises:
            HeyGenError: As ``execute``.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/create-workflow-execution
        """
        given = FaceSwapInput(source_image_url=source_image_url, target_video_url=target_video_url)
        return await self.execute(FaceSwap(input=given))

    async def generate_video(
        self,
        prompt: str,
        *,
        provider: VideoProvider | None = None,
        aspect_ratio: VideoRatio | None = None,
        reference_image_url: str | None = None,
        tail_image_url: str | None = None,
        config: dict[str, Any] | None = None,
    ) -> Job[WorkflowExecution]:
        """A video from a prompt; it takes up to 5 minutes.

        Args:
            prompt: What is filmed.
            provider: The model; ``veo_3_1`` when left out.
            aspect_ratio: Shape; ``16:9`` when left out.
            reference_image_url: Address of a picture to begin with.
            tail_image_url: Address of a picture to end with.
            config: Settings of the model.

        Returns:
            As ``execute``; its result has a ``video_id`` and an ``asset_id`` too.

        Raises:
            HeyGenError: As ``execute``.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/create-workflow-execution
        """
        given = VideoPrompt(
            prompt=prompt,
            provider=provider,
            aspect_ratio=aspect_ratio,
            reference_image_url=reference_image_url,
            tail_image_url=tail_image_url,
            config=config,
        )
        return await self.execute(FilmPrompt(input=given))

    async def get(self, execution_id: str) -> WorkflowExecution:
        """Reads an execution. One that HeyGen does not know has the status ``not_found``.

        Args:
            execution_id: The execution.

        Raises:
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/get-workflow-execution
        """
        ids = {"execution_id": check_id("execution_id", execution_id)}
        return await self._read(routes.V2_WORKFLOWS_GET, WorkflowExecution, ids=ids)

    def list(self, *, max_items: int | None = None) -> Pager[Workflow]:
        """All workflows that can be executed, with the schemas of their input and output.

        Args:
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``max_items`` is out of bounds.
            HeyGenError: As every call, when the list is read.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/list-workflows
        """
        return self._list(
            routes.V2_WORKFLOWS_LIST, Workflow, limit=None, most=_NO_PAGES, max_items=max_items
        )

    def job(self, execution_id: str) -> Job[WorkflowExecution]:
        """A handle on an execution from its id alone, in any process.

        Args:
            execution_id: The execution.
        """
        return self._job(self._executions, check_id("execution_id", execution_id))


def _state(execution: WorkflowExecution) -> JobState:
    failure = execution.error
    if not isinstance(failure, WorkflowFailure):
        failure = WorkflowFailure(message=failure)
    return JobState(
        status=execution.status,
        verdict=verdict("workflow", execution.status),
        failure_code=None if failure.code is None else str(failure.code),
        failure_message=failure.message,
    )
