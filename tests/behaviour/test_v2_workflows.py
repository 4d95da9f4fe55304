"""Workflows: two shapes of output, graphs, and the two ways of not ending well."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from heygen_async import HeyGen
from heygen_async.errors import (
    BadRequestError,
    InvalidRequestError,
    JobFailedError,
    JobLostError,
    OutcomeUnknownError,
)
from heygen_async.models.v2 import (
    AvatarInference,
    AvatarInferenceInput,
    ExecuteGraph,
    ExecuteWorkflow,
    GraphNode,
    InferredAudio,
    InferredAvatar,
    WorkflowExecution,
)
from heygen_async.sandbox import Fault, Sandbox
from tests.sandbox.kit import STOCK

FACE = "https://example.com/face.jpg"
CLIP = "https://example.com/clip.mp4"
SOUND = "https://example.com/sound.mp3"


async def test_a_face_is_swapped(heygen: HeyGen, sandbox: Sandbox, tmp_path: Path) -> None:
    job = await heygen.v2.workflows.face_swap(source_image_url=FACE, target_video_url=CLIP)
    assert job.kind == "workflow"
    assert job.created is not None
    assert job.created.status == "submitted"
    done = await job.wait()
    assert done.status == "completed"
    assert done.output == {"video_url": done.video_url}
    assert (done.video_id, done.asset_id, done.video_urls) == (None, None, {})
    path = await heygen.v2.workflows.job(job.id).download(tmp_path / "swap.mp4")
    assert path.read_bytes()[4:8] == b"ftyp"
    assert [(each.id, each.kind) for each in sandbox.charges] == [(job.id, "workflow")]


async def test_a_prompt_is_filmed(heygen: HeyGen, tmp_path: Path) -> None:
    job = await heygen.v2.workflows.generate_video(
        "A cat on a beach", provider="sora_v2", aspect_ratio="9:16", reference_image_url=FACE
    )
    done = await job.wait()
    assert done.output is not None
    assert done.output["video"] == {"video_url": done.video_url, "video_id": done.video_id}
    assert done.output["asset_id"] == done.asset_id
    assert (await job.download(tmp_path / "film.mp4")).stat().st_size > 100
    assert (await heygen.v2.videos.get_status(done.video_id or "")).status == "completed"
    assert (await heygen.assets.get(done.asset_id or "")).id == done.asset_id


async def test_an_avatar_says_a_recording(heygen: HeyGen) -> None:
    given = AvatarInferenceInput(
        avatar=InferredAvatar(avatar_id=STOCK), audio_list=[InferredAudio(audio_url=SOUND)]
    )
    done = await (await heygen.v2.workflows.execute(AvatarInference(input=given))).wait()
    assert done.video_url
    assert done.video_id


async def test_any_workflow_goes_by_its_type(heygen: HeyGen) -> None:
    entries = await heygen.v2.workflows.list()
    types = [entry.workflow_type for entry in entries.items]
    assert types == ["FaceswapNode", "GenerateVideoNode", "AvatarInferenceNode"]
    assert entries.items[1].input_schema
    request = ExecuteWorkflow(workflow_type=types[1], input={"prompt": "A cat"})
    assert (await (await heygen.v2.workflows.execute(request)).wait()).video_url
    with pytest.raises(BadRequestError, match="TTSNode"):
        await heygen.v2.workflows.execute(ExecuteWorkflow(workflow_type="TTSNode", input={}))
    wrong = ExecuteWorkflow(workflow_type=types[1], input={"words": "A cat"})
    with pytest.raises(BadRequestError, match=r"input\.words"):
        await heygen.v2.workflows.execute(wrong)


def graph(*nodes: tuple[str, list[str] | None]) -> ExecuteGraph:
    return ExecuteGraph(
        workflows=[
            GraphNode(type="GenerateVideoNode", id=name, input={"prompt": "A cat"}, parent=parents)
            for name, parents in nodes
        ]
    )


async def test_a_graph_fills_an_output_for_each_node(heygen: HeyGen) -> None:
    swap = GraphNode(
        type="FaceswapNode",
        id="swap",
        input={"source_image_url": FACE, "target_video_url": {"node": "film"}},
        parent=["film"],
    )
    request = ExecuteGraph(workflows=[swap, *graph(("film", None)).workflows])
    done = await (await heygen.v2.workflows.execute_graph(request)).wait()
    assert done.output is None
    assert done.video_url is None
    assert set(done.video_urls) == {"swap", "film"}


@pytest.mark.parametrize(
    ("nodes", "field"),
    [
        ([("a", None), ("a", None)], "workflows[1].id"),
        ([("a", ["b"])], "workflows[0].parent[0]"),
        ([("a", ["a"])], "workflows"),
        ([("a", ["b"]), ("b", ["a"])], "workflows"),
        ([], "workflows"),
        ([(str(number), None) for number in range(21)], "workflows"),
    ],
)
async def test_a_graph_that_cannot_be_is_refused_before_anything_is_sent(
    heygen: HeyGen, sandbox: Sandbox, nodes: Any, field: str
) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        await heygen.v2.workflows.execute_graph(graph(*nodes))
    assert caught.value.field == field
    assert sandbox.requests == ()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"prompt": ""}, "input.prompt"),
        ({"prompt": "A cat", "provider": "veo_9"}, "input.provider"),
        ({"prompt": "A cat", "aspect_ratio": "4:3"}, "input.aspect_ratio"),
    ],
)
async def test_a_wrong_input_is_refused_before_anything_is_sent(
    heygen: HeyGen, sandbox: Sandbox, fields: Any, field: str
) -> None:
    prompt = fields.pop("prompt")
    with pytest.raises(InvalidRequestError) as caught:
        await heygen.v2.workflows.generate_video(prompt, **fields)
    assert caught.value.field == field
    assert sandbox.requests == ()


async def test_a_failure_says_why(heygen: HeyGen) -> None:
    job = await heygen.v2.workflows.generate_video("[[fail]]")
    with pytest.raises(JobFailedError) as caught:
        await job.wait()
    assert caught.value.failure_code == "MODERATION_POLICY_VIOLATED"
    assert "moderation" in str(caught.value)


async def test_a_failure_may_come_without_a_code(heygen: HeyGen, sandbox: Sandbox) -> None:
    job = await heygen.v2.workflows.generate_video("A cat")
    said = {"execution_id": job.id, "status": "failed", "error": {"message": "no face was found"}}
    sandbox.fault(Fault(method="GET", path="/v1/workflows/executions/", reply=said))
    with pytest.raises(JobFailedError, match="no face was found"):
        await job.wait()


async def test_an_unknown_execution_is_lost_but_not_at_once(
    heygen: HeyGen, sandbox: Sandbox, calls: Callable[[str, str], int]
) -> None:
    assert (await heygen.v2.workflows.get("nobody")).status == "not_found"
    job = await heygen.v2.workflows.generate_video("A cat")
    late = {"execution_id": job.id, "status": "not_found"}
    sandbox.fault(Fault(method="GET", path="/v1/workflows/executions/", reply=late))
    assert (await job.wait()).video_url
    with pytest.raises(JobLostError):
        await heygen.v2.workflows.job("nobody").wait()
    assert calls("GET", "/v1/workflows/executions/nobody") > 1


async def test_a_request_without_an_answer_is_not_sent_again(
    heygen: HeyGen, sandbox: Sandbox, calls: Callable[[str, str], int]
) -> None:
    sandbox.fault(Fault(method="POST", path="/v1/workflows", commit_then_drop=True))
    with pytest.raises(OutcomeUnknownError):
        await heygen.v2.workflows.face_swap(source_image_url=FACE, target_video_url=CLIP)
    assert calls("POST", "/v1/workflows") == 1


@pytest.mark.parametrize(
    ("output", "url"),
    [
        (None, None),
        ({}, None),
        ({"video": "a word"}, None),
        ({"video": {"video_url": 7}}, None),
        ({"video_url": "a", "video": {"video_url": "b"}}, "a"),
        ({"video": {"video_url": "b"}}, "b"),
    ],
)
def test_a_video_is_found_wherever_it_lies(output: Any, url: str | None) -> None:
    execution = WorkflowExecution(execution_id="e", output=output, outputs={"n": output})
    assert execution.video_url == url
    assert execution.video_urls == ({"n": url} if url else {})


async def test_a_workflow_that_failed_may_say_so_in_a_sentence_only(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    job = await heygen.v2.workflows.face_swap(source_image_url=FACE, target_video_url=CLIP)
    failed = {"execution_id": job.id, "status": "failed", "error": "no face in the picture"}
    sandbox.fault(Fault(method="GET", path="/v1/workflows/executions", reply=failed))
    with pytest.raises(JobFailedError, match="no face in the picture"):
        await job.wait()
