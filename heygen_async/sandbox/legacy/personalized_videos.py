"""``/v1/personalized_video``: every template is a project, and every contact gets a video of it."""

from typing import Any, Final

from heygen_async.models import GenerateFromTemplate, TextVariable
from heygen_async.models.v2 import AddContacts
from heygen_async.sandbox import ageing, jobs, notices
from heygen_async.sandbox.context import Call, Context, Handler, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.older import Audience
from heygen_async.sandbox.refusal import Refusal, refuse, within
from heygen_async.sandbox.stock_templates import TEMPLATES, StockTemplate
from heygen_async.sandbox.v3.templates import plan_filled
from heygen_async.sandbox.v3.video_plans import Plan
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.world import Video
from heygen_async.wire import rates

_NEEDED: Final = ("email", "first_name")
_WORDS: Final = {"completed": "ready", "failed": "failed"}


async def add_contact(ctx: Context, call: Call) -> Reply:
    """Accepts contacts; their videos wait for a slot, one after the other."""
    body: AddContacts = decode(call.body, AddContacts)
    project = _project(body.project_id)
    plans: list[Plan] = []
    for index, contact in enumerate(body.variables_list):
        with within(f"variables_list[{index}]."):
            plans.append(await _planned(ctx, call, project, contact))
    ctx.afford(sum(plan.price for plan in plans))
    made = [
        _made(ctx, call, project, plan, contact)
        for plan, contact in zip(plans, body.variables_list, strict=True)
    ]
    audience = Audience(id=ctx.new_id("audience"), video_id=made[0].id)
    ctx.world.older.audiences[audience.id] = audience
    return Reply({"id": audience.id})


def _project(project_id: str) -> StockTemplate:
    project = TEMPLATES.get(project_id)
    if project is None:
        raise _unknown(f"Project {project_id} not found.")
    return project


def _unknown(words: str) -> Refusal:
    return Refusal(200, "resource_not_found", words, number=400175)


async def _planned(
    ctx: Context, call: Call, project: StockTemplate, contact: dict[str, str]
) -> Plan:
    for name in _NEEDED:
        if not contact.get(name):
            refuse(name, f"{name}: Field required")
    texts = {name for name, value in project.variables.items() if value["type"] == "text"}
    said = {name: TextVariable(content=contact[name]) for name in texts & contact.keys()}
    plan = await plan_filled(ctx, call, project, GenerateFromTemplate(variables={**said}))
    plan.price = rates.video_credits(plan.duration, rates.AVATAR_VIDEO)
    return plan


def _made(
    ctx: Context, call: Call, project: StockTemplate, plan: Plan, contact: dict[str, str]
) -> Video:
    video = Video(
        id=ctx.new_id("video"),
        created=jobs.next_start(ctx),
        done=0.0,
        shot=plan.shot,
        duration=plan.duration,
        title=project.name,
        failure=jobs.failure_of(plan.words),
        legacy=True,
        scenes=plan.scenes,
    )
    jobs.start(ctx, video)
    notices.personalized(ctx, call, video, project_id=project.id, contact=contact)
    ctx.charge(call, "personalized_video", video.id, plan.price)
    return video


async def get_audience(ctx: Context, call: Call) -> Reply:
    """Reads the first contact's video."""
    audience_id = _asked(call)
    audience = ctx.world.older.audiences.get(audience_id)
    video = ctx.world.videos.get(audience.video_id) if audience else None
    if video is None:
        raise _unknown(f"Audience {audience_id} not found.")
    status = ageing.video_status(video, ctx.clock.now())
    done = status == "completed"
    return Reply(
        {
            "status": _WORDS.get(status, status),
            "video_url": ctx.link(call, "videos", video.id, "video.mp4") if done else None,
            "gif_url": ctx.link(call, "videos", video.id, "preview.gif") if done else None,
        }
    )


async def get_project(_ctx: Context, call: Call) -> Reply:
    """Reads a project. The vendor does not say what is in it."""
    project = _project(_asked(call))
    shown: dict[str, Any] = {
        "id": project.id,
        "name": project.name,
        "created_at": project.created,
        "variables": [*project.variables],
    }
    return Reply(shown)


def _asked(call: Call) -> str:
    asked = call.query.get("id")
    if not asked:
        refuse("id", "id: Field required")
    return asked


def _route(method: str, path: str, handler: Handler) -> Route:
    path = f"/v1/personalized_video/{path}"
    return Route(method=method, path=path, handler=handler, family=Family.CODE)


ROUTES: Final = (
    _route("POST", "add_contact", add_contact),
    _route("GET", "audience/detail", get_audience),
    _route("GET", "project/detail", get_project),
)
