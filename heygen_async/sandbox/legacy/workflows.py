"""``/v1/workflows``: face swaps, videos from prompts, avatars that say recordings, and graphs."""

from collections.abc import Awaitable, Callable
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final, NamedTuple

import msgspec

from heygen_async.models.v2 import (
    AvatarInferenceInput,
    ExecuteGraph,
    ExecuteWorkflow,
    FaceSwapInput,
    GraphNode,
    VideoPrompt,
)
from heygen_async.sandbox import ageing, jobs, pieces
from heygen_async.sandbox.assets import by_url
from heygen_async.sandbox.context import Call, Context, Handler, Reply, Route
from heygen_async.sandbox.dubbing import FAR_SECONDS
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.refusal import invalid, missing, refuse, within
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.works import Execution, Made, Piece
from heygen_async.sandbox.world import Asset, Shot, Video
from heygen_async.wire import rates

_SIZES: Final = {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (720, 720)}
_FILMED_SECONDS: Final = 8.0
_FAILURE_CODE: Final = "MODERATION_POLICY_VIOLATED"
_ONLY: Final = ""
"""The id of a workflow that belongs to no graph."""

_LINK: Final = {"type": "string", "format": "uri"}
_VIDEO: Final = {"type": "object", "properties": {"video_url": _LINK, "video_id": {}}}

Plan = Piece | Video
"""What will be made; its times are not set yet."""


class _Node(NamedTuple):
    name: str
    description: str
    shape: type
    output: dict[str, Any]
    plan: Callable[[Context, Call, Any], Awaitable[Plan]]


async def _face_swap(ctx: Context, call: Call, given: FaceSwapInput) -> Plan:
    """The target as it is: nobody's face is truly swapped here."""
    face = by_url(ctx, call, given.source_image_url, kind="image", param="source_image_url")
    target = by_url(ctx, call, given.target_video_url, kind="video", param="target_video_url")
    seconds = await pieces.length(ctx, target)
    piece = _piece(ctx, face.id, seconds)
    piece.source, piece.cuts = target.id, [(0.0, seconds)]
    return piece


def _piece(ctx: Context, portrait: str, seconds: float) -> Piece:
    width, height = pieces.frame("landscape")
    return Piece(
        id=ctx.new_id("workflow piece"),
        ready=0.0,
        width=width,
        height=height,
        seconds=seconds,
        portrait=portrait,
    )


async def _film(ctx: Context, call: Call, given: VideoPrompt) -> Plan:
    """Somebody who was drawn after the prompt, or after the picture to begin with."""
    width, height = _SIZES[given.aspect_ratio or "16:9"]
    shot = Shot(width=width, height=height, portrait=given.prompt, duration=_FILMED_SECONDS)
    for name in ("reference_image_url", "tail_image_url"):
        url: str | None = getattr(given, name)
        if url is not None:
            photo = by_url(ctx, call, url, kind="image", param=name)
            shot.photo = shot.photo or photo.id
    return _video(ctx, shot, _FILMED_SECONDS)


async def _infer(ctx: Context, call: Call, given: AvatarInferenceInput) -> Plan:
    """The avatar, and the first recording that is heard."""
    look = ctx.world.looks.get(given.avatar.avatar_id)
    if look is None:
        raise missing("avatar_not_found", f"Avatar {given.avatar.avatar_id} not found.")
    if ageing.look_status(look, ctx.clock.now()) != "completed":
        raise invalid("avatar.avatar_id", f"avatar.avatar_id: {look.id} is not ready.")
    heard = [
        by_url(ctx, call, each.audio_url, kind="audio", param=f"audio_list[{index}].audio_url")
        for index, each in enumerate(given.audio_list)
    ]
    width, height = _SIZES["16:9"]
    shot = Shot(width=width, height=height, portrait=look.drawn, photo=look.photo)
    if heard[0].drawn is None:
        shot.audio = heard[0].id
    else:
        shot.duration = jobs.REMOTE_AUDIO_SECONDS
    return _video(ctx, shot, await jobs.seconds_of(ctx, shot))


def _video(ctx: Context, shot: Shot, seconds: float) -> Video:
    return Video(
        id=ctx.new_id("video"),
        created=ctx.clock.now(),
        done=0.0,
        shot=shot,
        duration=seconds,
        legacy=True,
        subtitles=False,
    )


_NODES: Final = {
    "FaceswapNode": _Node(
        "Face swap",
        "Puts the face of a picture into a video.",
        FaceSwapInput,
        {"type": "object", "properties": {"video_url": _LINK}},
        _face_swap,
    ),
    "GenerateVideoNode": _Node(
        "Generate video",
        "Films a prompt.",
        VideoPrompt,
        {"type": "object", "properties": {"video": _VIDEO, "asset_id": {"type": "string"}}},
        _film,
    ),
    "AvatarInferenceNode": _Node(
        "Avatar inference",
        "Lets an avatar say a recording.",
        AvatarInferenceInput,
        {"type": "object", "properties": {"video": _VIDEO}},
        _infer,
    ),
}


async def execute(ctx: Context, call: Call) -> Reply:
    """Accepts one workflow."""
    body: ExecuteWorkflow = decode(call.body, ExecuteWorkflow)
    plan = await _plan(ctx, call, _node(body.workflow_type, "workflow_type"), body.input)
    return _begin(ctx, call, {_ONLY: (plan, [])}, graph=False)


async def execute_graph(ctx: Context, call: Call) -> Reply:
    """Accepts a graph of workflows."""
    body: ExecuteGraph = decode(call.body, ExecuteGraph)
    order = _order(body.workflows)
    by_id = {each.id: each for each in body.workflows}
    plans: dict[str, tuple[Plan, list[str]]] = {}
    for name in order:
        node = by_id[name]
        at = f"workflows[{body.workflows.index(node)}]"
        kind = _node(node.type, f"{at}.type")
        with within(f"{at}."):
            plans[name] = await _planned(ctx, call, kind, node), node.parent or []
    return _begin(ctx, call, plans, graph=True)


def _node(name: str, param: str) -> _Node:
    if name not in _NODES:
        raise invalid(param, f"{param}: {name!r} is none of {', '.join(_NODES)}")
    return _NODES[name]


async def _planned(ctx: Context, call: Call, kind: _Node, node: GraphNode) -> Plan:
    if not node.parent:
        return await _plan(ctx, call, kind, node.input)
    # What its parents make is not there yet: somebody is drawn in its place.
    for field in msgspec.structs.fields(kind.shape):
        if field.required and field.encode_name not in node.input:
            refuse(f"input.{field.name}", f"input.{field.name}: Field required")
    return _piece(ctx, node.id, FAR_SECONDS)


async def _plan(ctx: Context, call: Call, kind: _Node, given: dict[str, Any]) -> Plan:
    with within("input."):
        return await kind.plan(ctx, call, decode(msgspec.json.encode(given), kind.shape))


def _order(nodes: list[GraphNode]) -> list[str]:
    """The ids, parents first.

    Raises:
        Refusal: 400, when an id is there twice, a parent is not there, or there is a circle.
    """
    parents: dict[str, list[str]] = {}
    for index, node in enumerate(nodes):
        if node.id in parents:
            refuse(f"workflows[{index}].id", f"workflows[{index}].id: {node.id!r} is there twice")
        parents[node.id] = node.parent or []
    for name, wanted in parents.items():
        for each in wanted:
            if each not in parents:
                refuse("workflows", f"workflows: {name} names a parent that is not there: {each}")
    try:
        return [*TopologicalSorter(parents).static_order()]
    except CycleError as problem:
        raise invalid("workflows", f"workflows: a circle: {problem.args[1]}") from None


def _begin(
    ctx: Context, call: Call, plans: dict[str, tuple[Plan, list[str]]], *, graph: bool
) -> Reply:
    jobs.take_slot(ctx)
    ctx.afford(rates.WORKFLOW)
    now, execution_id = ctx.clock.now(), ctx.new_id("execution")
    done: dict[str, float] = {}
    made: dict[str, Made] = {}
    failure = jobs.failure_of(call.body.decode(errors="replace"))
    for name, (plan, parents) in plans.items():
        start = max((done[each] for each in parents), default=now)
        done[name] = start + ctx.span(ageing.WORKFLOW, f"{execution_id}{name}")
        if isinstance(plan, Piece):
            plan.ready, plan.owner = done[name] - ageing.LINK_DELAY, execution_id
            made[name] = Made(piece=pieces.add(ctx, plan))
        else:
            plan.done, plan.failure = done[name], failure
            ctx.world.videos[plan.id] = plan
            made[name] = Made(video=plan.id, asset=_asset(ctx, plan))
    ctx.world.executions[execution_id] = Execution(
        id=execution_id,
        created=now,
        done=max(done.values()),
        failure=failure.message if failure else None,
        made=made,
        graph=graph,
    )
    ctx.world.flying[execution_id] = max(done.values())
    ctx.charge(call, "workflow", execution_id, rates.WORKFLOW)
    return Reply({"execution_id": execution_id, "status": "submitted"})


def _asset(ctx: Context, video: Video) -> str:
    asset = Asset(
        id=ctx.new_id("asset"),
        name="video.mp4",
        mime="video/mp4",
        size=0,
        created=video.done,
        drawn=video.id,
        copy_of=video.id,
        done=video.done,
    )
    ctx.world.assets[asset.id] = asset
    return asset.id


async def get_execution(ctx: Context, call: Call) -> Reply:
    """Reads an execution. An unknown one is said to be ``not_found``, with HTTP 200."""
    execution_id = call.params["execution_id"]
    job = ctx.world.executions.get(execution_id)
    if job is None:
        return Reply({"execution_id": execution_id, "status": "not_found"})
    status = ageing.work_status(job, ctx.clock.now(), ("submitted", "running", "completed"))
    shown: dict[str, Any] = {"execution_id": job.id, "status": status}
    if status == "failed":
        shown["error"] = {"code": _FAILURE_CODE, "message": job.failure}
    elif status == "completed":
        outputs = {name: _output(ctx, call, made) for name, made in job.made.items()}
        shown |= {"outputs": outputs} if job.graph else {"output": outputs[_ONLY]}
    return Reply(shown)


def _output(ctx: Context, call: Call, made: Made) -> dict[str, Any]:
    if made.piece is not None:
        return {"video_url": pieces.links(ctx, call, ctx.world.pieces[made.piece])["video_url"]}
    video_id = made.video or ""
    video = {"video_url": ctx.link(call, "videos", video_id, "video.mp4"), "video_id": video_id}
    return {"video": video, "asset_id": made.asset}


async def list_workflows(_ctx: Context, _call: Call) -> Reply:
    """Lists what can be executed."""
    entries = [
        {
            "workflow_type": kind,
            "name": node.name,
            "description": node.description,
            "category": "media_generation",
            "input_schema": msgspec.json.schema(node.shape),
            "output_schema": node.output,
        }
        for kind, node in _NODES.items()
    ]
    return Reply(entries, beside={"has_more": False, "next_token": None})


def _route(method: str, path: str, handler: Handler) -> Route:
    return Route(method=method, path=f"/v1/workflows{path}", handler=handler, family=Family.BARE)


ROUTES: Final = (
    _route("POST", "/executions", execute),
    _route("POST", "/graph-executions", execute_graph),
    _route("GET", "/executions/{execution_id}", get_execution),
    _route("GET", "", list_workflows),
)
