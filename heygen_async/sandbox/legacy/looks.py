"""``/v2/photo_avatar``: single looks, and the copies that move or are larger."""

from typing import Final

from msgspec.structs import replace

from heygen_async.models.v2 import AddMotion, LookRef
from heygen_async.sandbox import ageing, notices
from heygen_async.sandbox.context import Call, Context, Handler, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.jobs import failure_of
from heygen_async.sandbox.legacy.groups import (
    find_look,
    finished_look,
    look_shown,
    why_no_upscale,
)
from heygen_async.sandbox.refusal import refuse
from heygen_async.sandbox.v3.avatar_library import remove_look
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.world import Look
from heygen_async.wire import rates

_LARGER: Final = 2
_NO_MOTION: Final = "avatar_iv"


async def add_motion(ctx: Context, call: Call) -> Reply:
    """Makes a new look that moves; the old one stays as it is."""
    body: AddMotion = decode(call.body, AddMotion)
    still = finished_look(ctx, body.id)
    if body.motion_type == _NO_MOTION:
        refuse("motion_type", f"motion_type: no motion of type {body.motion_type!r}")
    ctx.afford(rates.MOTION)
    moving = _copy(ctx, still, ageing.MOTION)
    moving.motion, moving.failure = True, failure_of(body.prompt or "")
    ctx.charge(call, "photo_avatar_add_motion", moving.id, rates.MOTION)
    notices.look(ctx, moving, subject="photo_avatar_add_motion")
    return Reply({"id": moving.id})


async def upscale(ctx: Context, call: Call) -> Reply:
    """Makes a new look that is larger; the old one stays as it is."""
    body: LookRef = decode(call.body, LookRef)
    small = finished_look(ctx, body.id)
    why_not = why_no_upscale(small, "completed")
    if why_not is not None:
        refuse("id", f"id: {why_not}")
    ctx.afford(rates.UPSCALE)
    large = _copy(ctx, small, ageing.UPSCALE)
    large.upscaled = True
    large.width, large.height = _LARGER * small.width, _LARGER * small.height
    ctx.charge(call, "photo_avatar_upscale", large.id, rates.UPSCALE)
    return Reply({"id": large.id})


def _copy(ctx: Context, look: Look, bounds: tuple[float, float]) -> Look:
    look_id, now = ctx.new_id("look"), ctx.clock.now()
    copy = replace(look, id=look_id, created=now, ready=now + ctx.span(bounds, look_id))
    ctx.world.looks[look_id] = copy
    ctx.world.groups[look.group_id].looks.append(look_id)
    return copy


async def add_sound_effect(ctx: Context, call: Call) -> Reply:
    """Gives a look a sound."""
    body: LookRef = decode(call.body, LookRef)
    look = finished_look(ctx, body.id)
    look.sound = ctx.new_id("sound")
    ctx.charge(call, "photo_avatar_add_sound_effect", look.sound, rates.SOUND)
    return Reply({"sound_effect_id": look.sound})


async def get_look(ctx: Context, call: Call) -> Reply:
    """Reads a look."""
    return Reply(look_shown(ctx, call, find_look(ctx, call.params["look_id"])))


async def delete_look(ctx: Context, call: Call) -> Reply:
    """Deletes a look, and with the last one its group."""
    remove_look(ctx, find_look(ctx, call.params["look_id"]))
    return Reply(None)


def _route(method: str, path: str, handler: Handler) -> Route:
    return Route(
        method=method, path=f"/v2/photo_avatar/{path}", handler=handler, family=Family.ERROR
    )


ROUTES: Final = (
    _route("POST", "add_motion", add_motion),
    _route("POST", "upscale", upscale),
    _route("POST", "add_sound_effect", add_sound_effect),
    _route("GET", "{look_id}", get_look),
    _route("DELETE", "{look_id}", delete_look),
)
