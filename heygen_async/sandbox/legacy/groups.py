"""``/v2/photo_avatar``: groups of looks, and their training."""

from typing import Any, Final

from heygen_async.models.v2 import AddLooks, CreateGroup, GroupRef
from heygen_async.sandbox import ageing, notices
from heygen_async.sandbox.catalogue import default_voice
from heygen_async.sandbox.context import Call, Context, Handler, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.jobs import failure_of
from heygen_async.sandbox.people import Group, Training
from heygen_async.sandbox.refusal import invalid, missing
from heygen_async.sandbox.v3.avatar_library import remove_group
from heygen_async.sandbox.v3.avatars import inspected
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.world import Asset, Look
from heygen_async.wire import rates


async def create_group(ctx: Context, call: Call) -> Reply:
    """Makes a group of one photo. The first look has the group's id."""
    body: CreateGroup = decode(call.body, CreateGroup)
    photo = _photo(ctx, body.image_key, body.generation_id)
    look = await new_group(ctx, body.name, photo)
    return Reply(look_shown(ctx, call, look))


async def new_group(ctx: Context, name: str, photo: Asset) -> Look:
    """The first look of a new group."""
    group_id = ctx.new_id("group")
    look = await _look(ctx, group_id, group_id, name, photo)
    group = Group(id=group_id, name=name, created=look.created, looks=[look.id])
    ctx.world.groups[group_id] = group
    ctx.world.looks[look.id] = look
    return look


async def add_looks(ctx: Context, call: Call) -> Reply:
    """Adds up to four photos to a group."""
    body: AddLooks = decode(call.body, AddLooks)
    group = photo_group(ctx, body.group_id)
    photos = [_photo(ctx, key, body.generation_id) for key in body.image_keys]
    looks = [await _look(ctx, ctx.new_id("look"), group.id, body.name, each) for each in photos]
    for look in looks:
        ctx.world.looks[look.id] = look
        group.looks.append(look.id)
    return Reply({"photo_avatar_list": [look_shown(ctx, call, look) for look in looks]})


def by_image_key(ctx: Context, key: str) -> Asset:
    """The picture with an image key.

    Raises:
        Refusal: 400 for an unknown one.
    """
    asset = ctx.world.assets.get(ctx.world.image_keys.get(key, ""))
    if asset is None or not asset.usable:
        hint = " It is an asset id: give the image_key." if key in ctx.world.assets else ""
        raise invalid("image_key", f"image_key: {key} not found.{hint}")
    return asset


def _photo(ctx: Context, key: str, generation_id: str | None) -> Asset:
    asset = by_image_key(ctx, key)
    if asset.generation_id is not None and asset.generation_id != generation_id:
        words = "generation_id: must name the generation that the image_key came from"
        raise invalid("generation_id", words)
    return asset


async def _look(ctx: Context, look_id: str, group_id: str, name: str, photo: Asset) -> Look:
    size, failure = await inspected(ctx, photo)
    now = ctx.clock.now()
    return Look(
        id=look_id,
        group_id=group_id,
        name=name,
        avatar_type="photo_avatar",
        created=now,
        ready=now + ctx.span(ageing.LEGACY_LOOK, look_id),
        voice_id=default_voice(None),
        engines=["avatar_iii", "avatar_iv"],
        photo=photo.id,
        drawn=photo.drawn or look_id,
        width=size[0],
        height=size[1],
        failure=failure,
        origin="generated" if photo.generation_id else "uploaded",
    )


def find_group(ctx: Context, group_id: str) -> Group:
    """The group with an id.

    Raises:
        Refusal: 404.
    """
    group = ctx.world.groups.get(group_id)
    if group is None:
        raise missing("avatar_group_not_found", f"Avatar group {group_id} not found.")
    return group


def photo_group(ctx: Context, group_id: str) -> Group:
    """The group of photo avatars with an id.

    Raises:
        Refusal: 404.
    """
    group = find_group(ctx, group_id)
    if ctx.world.looks[group.looks[0]].avatar_type != "photo_avatar":
        raise missing("avatar_group_not_found", f"Photo avatar group {group_id} not found.")
    return group


def find_look(ctx: Context, look_id: str) -> Look:
    """The photo look with an id.

    Raises:
        Refusal: 404.
    """
    look = ctx.world.looks.get(look_id)
    if look is None or look.avatar_type != "photo_avatar":
        raise missing("avatar_not_found", f"Photo avatar {look_id} not found.")
    return look


def finished_look(ctx: Context, look_id: str) -> Look:
    """The photo look with an id, if it is completed.

    Raises:
        Refusal: 404 for an unknown one, 400 for one that is pending or failed.
    """
    look = find_look(ctx, look_id)
    status = ageing.legacy_look_status(look, ctx.clock.now())
    if status != "completed":
        raise invalid("id", f"Photo avatar {look_id} is {status}.")
    return look


async def train(ctx: Context, call: Call) -> Reply:
    """Trains a group; again, if asked, but not twice at once."""
    body: GroupRef = decode(call.body, GroupRef)
    group, now = photo_group(ctx, body.group_id), ctx.clock.now()
    if ageing.training_status(group.training, now) in {"pending", "training"}:
        raise invalid("group_id", f"Avatar group {group.id} is being trained.")
    looks = [ctx.world.looks[each] for each in group.looks]
    if not any(ageing.legacy_look_status(look, now) == "completed" for look in looks):
        raise invalid("group_id", f"Avatar group {group.id} has no completed look to train on.")
    ctx.afford(rates.TRAINING)
    span = ctx.span(ageing.TRAINING, ctx.new_id("training"))
    failure = failure_of(group.name)
    group.training = Training(
        start=now, done=now + span, failure=failure.message if failure else None
    )
    ctx.charge(call, "photo_avatar_train", group.id, rates.TRAINING)
    notices.training(ctx, group.id, group.training)
    return Reply(None)


async def get_training(ctx: Context, call: Call) -> Reply:
    """Reads the training of a group."""
    group, now = photo_group(ctx, call.params["group_id"]), ctx.clock.now()
    training = group.training
    status = ageing.training_status(training, now)
    return Reply(
        {
            "status": status,
            "error_msg": training.failure if training and status == "failed" else None,
            "created_at": training.start if training else None,
            "updated_at": training.done if training and now >= training.done else None,
        }
    )


async def delete_group(ctx: Context, call: Call) -> Reply:
    """Deletes a group with all of its looks."""
    remove_group(ctx, photo_group(ctx, call.params["group_id"]))
    return Reply(None)


def why_no_upscale(look: Look, status: str) -> str | None:
    """Why a look cannot be made larger, if it cannot."""
    if status != "completed":
        return f"The look is {status}."
    if look.motion:
        return "The look moves."
    return "The look was made larger before." if look.upscaled else None


def look_shown(ctx: Context, call: Call, look: Look) -> dict[str, Any]:
    """A look as v2 shows it."""
    status = ageing.legacy_look_status(look, ctx.clock.now())
    done = status == "completed"
    moves = ctx.link(call, "looks", look.id, "motion.mp4") if done and look.motion else None
    why_not = why_no_upscale(look, status)
    return {
        "id": look.id,
        "group_id": look.group_id,
        "name": look.name,
        "image_url": ctx.link(call, "looks", look.id, "preview.jpg") if done else "",
        "created_at": look.created,
        "status": status,
        "is_motion": look.motion,
        "motion_preview_url": moves,
        "business_type": look.origin,
        "upscale_availability": {"available": why_not is None, "reason": why_not},
        "upscaled": look.upscaled,
        "background_sound_effect": look.sound,
        "moderation_msg": look.failure.message if status == "failed" and look.failure else None,
    }


def _route(method: str, path: str, handler: Handler) -> Route:
    return Route(
        method=method, path=f"/v2/photo_avatar{path}", handler=handler, family=Family.ERROR
    )


ROUTES: Final = (
    _route("POST", "/avatar_group/create", create_group),
    _route("POST", "/avatar_group/add", add_looks),
    _route("POST", "/train", train),
    _route("GET", "/train/status/{group_id}", get_training),
    _route("DELETE", "_group/{group_id}", delete_group),
)
