"""Typical use of v2's translations and v1's workflows, never run: every type is seen."""

from typing import assert_type

from heygen_async import HeyGen, Job
from heygen_async.api.languages import TranslationJobs, TranslationResults
from heygen_async.api.pages import Pager
from heygen_async.models.v2 import (
    ExecuteGraph,
    ExecuteWorkflow,
    FaceSwap,
    FaceSwapInput,
    GraphNode,
    LegacyTranslation,
    TranslateVideo,
    TranslationCaption,
    Workflow,
    WorkflowExecution,
)


async def translations(heygen: HeyGen) -> None:
    api = heygen.v2.translations
    request = TranslateVideo(video_url="u", output_languages=["German"])
    jobs = await api.create(request)
    assert_type(jobs, TranslationJobs[LegacyTranslation])
    assert_type(await jobs.wait(), TranslationResults[LegacyTranslation])
    assert_type(await api.get("t"), LegacyTranslation)
    assert_type(await api.get_caption("t", caption_type="vtt"), TranslationCaption)
    assert_type(await api.list_languages(), list[str])
    assert_type(await api.job("t").wait(), LegacyTranslation)


async def workflows(heygen: HeyGen) -> None:
    api = heygen.v2.workflows
    given = FaceSwapInput(source_image_url="a", target_video_url="b")
    assert_type(await api.execute(FaceSwap(input=given)), Job[WorkflowExecution])
    await api.execute(ExecuteWorkflow(workflow_type="TTSNode", input={"text": "Hello"}))
    node = GraphNode(type="TTSNode", id="a", input={})
    assert_type(await api.execute_graph(ExecuteGraph(workflows=[node])), Job[WorkflowExecution])
    done = await (await api.face_swap(source_image_url="a", target_video_url="b")).wait()
    assert_type(done.video_url, str | None)
    assert_type(done.video_urls, dict[str, str])
    assert_type(await api.generate_video("A cat", provider="sora_v2"), Job[WorkflowExecution])
    assert_type(api.list(), Pager[Workflow])
