"""``/v3/avatars``: new avatars, their groups and looks."""

from typing import Any, Final

from heygen_async.models import CreateAvatar, DigitalTwin, PhotoAvatar, PromptAvatar
from heygen_async.models.files import FileInput
from heygen_async.sandbox import ageing, notices, prices
from heygen_async.sandbox.assets import resolve
from heygen_async.sandbox.catalogue import default_voice
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.jobs import failure_of
from heygen_async.sandbox.media.probe import image_size
from heygen_async.sandbox.people import Group
from heygen_async.sandbox.refusal import invalid, missing
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.world import Asset, Failure, Look

SMALLEST_SIDE: Final = 128
"""Pixels that a photo must have on each side."""

_TWIN_SIZE: Final = (1280, 720)
_PROMPT_SIZES: Final = {
    "16:9": (1280, 720),
    "9:16": (720, 1280),
    "4:5": (816, 1020),
    "5:4": (1020, 816),
}
_PROMPT_SQUARE: Final = (1024, 1024)
_PROMPT_WORDS: Final = (
    ("female", ("woman", "girl", "female", "she ")),
    ("male", ("man", "boy", "male", "he ")),
)


async def create_avatar(ctx: Context, call: Call) -> Reply:
    """Starts a new avatar from a photo, from footage, or from words."""
    body: CreateAvatar = decode(call.body, CreateAvatar)
    group_id = body.avatar_group_id
    if isinstance(body, PromptAvatar):
        reference = _reference(ctx, body)
        if reference is not None and not reference.public:
            # What is drawn after a look is another look of the same person.
            group_id = reference.group_id
        look = _from_prompt(ctx, call, body)
    elif isinstance(body, DigitalTwin):
        look = _from_footage(ctx, call, body)
    else:
        look = await _from_photo(ctx, call, body)
    ctx.afford(prices.AVATAR)
    group = enter(ctx, look, group_id)
    ctx.charge(call, "avatar_create", look.id, prices.AVATAR)
    notices.look(ctx, look)
    return Reply(
        {
            "avatar_item": look_shown(ctx, call, look),
            "avatar_group": group_shown(ctx, call, group),
        }
    )


async def _from_photo(ctx: Context, call: Call, body: PhotoAvatar) -> Look:
    photo = _file(ctx, call, body.file, "image")
    size, failure = await inspected(ctx, photo)
    return _look(
        ctx, body.name, "photo_avatar", ageing.PHOTO_AVATAR, size, photo=photo.id, failure=failure
    )


def _from_footage(ctx: Context, call: Call, body: DigitalTwin) -> Look:
    _file(ctx, call, body.file, "video")
    return new_twin(ctx, body.name)


def new_twin(ctx: Context, name: str) -> Look:
    """A digital twin, to which somebody has to agree."""
    twin = _look(ctx, name, "digital_twin", ageing.DIGITAL_TWIN, _TWIN_SIZE)
    twin.engines = ["avatar_iii", "avatar_iv", "avatar_v"]
    twin.needs_consent = True
    return twin


def _from_prompt(ctx: Context, call: Call, body: PromptAvatar) -> Look:
    for index, image in enumerate(body.reference_images or ()):
        resolve(ctx, call, image, kind="image", param=f"reference_images[{index}]")
    size = _PROMPT_SIZES.get(body.aspect_ratio or "", _PROMPT_SQUARE)
    look = _look(ctx, body.name, "photo_avatar", ageing.PROMPT_AVATAR, size)
    look.failure = failure_of(body.prompt)
    look.drawn, look.origin = f"{body.prompt}\0{look.id}", "generated"
    words = f" {body.prompt.lower()} "
    look.gender = next((g for g, signs in _PROMPT_WORDS if any(s in words for s in signs)), None)
    look.voice_id = default_voice(look.gender)
    return look


def _reference(ctx: Context, body: PromptAvatar) -> Look | None:
    """The look that a new one is drawn after.

    Raises:
        Refusal: 404 when it has no picture (yet), 400 when it is in another group.
    """
    if body.avatar_id is None:
        return None
    look = ctx.world.looks.get(body.avatar_id)
    if look is None or ageing.look_status(look, ctx.clock.now()) in {"processing", "failed"}:
        raise missing("avatar_not_found", f"Avatar look {body.avatar_id} not found.")
    if body.avatar_group_id not in {None, look.group_id}:
        raise invalid("avatar_id", "avatar_id: the look is not in the group avatar_group_id")
    return look


def _file(ctx: Context, call: Call, given: FileInput, kind: str) -> Asset:
    return resolve(ctx, call, given, kind=kind, param="file")


def _look(
    ctx: Context,
    name: str,
    avatar_type: str,
    bounds: tuple[float, float],
    size: tuple[int, int],
    *,
    photo: str | None = None,
    failure: Failure | None = None,
) -> Look:
    look_id, now = ctx.new_id("look"), ctx.clock.now()
    return Look(
        id=look_id,
        group_id="",
        name=name,
        avatar_type=avatar_type,
        created=now,
        ready=now + ctx.span(bounds, look_id),
        voice_id=default_voice(None),
        engines=["avatar_iii", "avatar_iv"],
        photo=photo,
        drawn=look_id,
        width=size[0],
        height=size[1],
        failure=failure,
    )


async def inspected(ctx: Context, photo: Asset) -> tuple[tuple[int, int], Failure | None]:
    """Size of a photo, and why no avatar can be made of it."""
    if photo.drawn is not None:
        return _PROMPT_SQUARE, None
    size = image_size(await ctx.files.head(photo.id))
    if size is None:
        return (0, 0), Failure("INVALID_IMAGE", "The photo cannot be decoded.")
    if min(size) < SMALLEST_SIDE:
        words = f"The photo is {size[0]}x{size[1]}; each side needs {SMALLEST_SIDE} pixels."
        return size, Failure("IMAGE_TOO_SMALL", words)
    return size, None


def enter(ctx: Context, look: Look, group_id: str | None) -> Group:
    """Puts a new look into a group, or into one of its own.

    Raises:
        Refusal: 404 for an unknown group, or one of the stock.
    """
    group = _group_for(ctx, group_id, look)
    look.group_id = group.id
    look.failure = look.failure or failure_of(look.name)
    ctx.world.looks[look.id] = look
    return group


def _group_for(ctx: Context, given: str | None, look: Look) -> Group:
    if given is not None:
        group = ctx.world.groups.get(given)
        if group is None or any(ctx.world.looks[each].public for each in group.looks):
            raise missing("avatar_not_found", f"Avatar group {given} not found.")
        others = [ctx.world.looks[each] for each in group.looks]
        if ageing.consent_status(others, look.created) == "approved":
            # A person agrees once, not to every look.
            look.consented = look.created
        look.voice_id = group.voice_id or look.voice_id
        group.looks.append(look.id)
        return group
    group_id = ctx.new_id("group")
    group = Group(id=group_id, name=look.name, created=ctx.clock.now(), looks=[look.id])
    ctx.world.groups[group_id] = group
    return group


async def get_avatar_look(ctx: Context, call: Call) -> Reply:
    """Reads a look."""
    look = ctx.world.looks.get(call.params["look_id"])
    if look is None:
        raise missing("avatar_not_found", f"Avatar look {call.params['look_id']} not found.")
    return Reply(look_shown(ctx, call, look))


async def get_avatar_group(ctx: Context, call: Call) -> Reply:
    """Reads a group."""
    group = ctx.world.groups.get(call.params["group_id"])
    if group is None:
        raise missing("avatar_not_found", f"Avatar group {call.params['group_id']} not found.")
    return Reply(group_shown(ctx, call, group))


def look_shown(ctx: Context, call: Call, look: Look) -> dict[str, Any]:
    """A look as v3 shows it: sizes and picture only when it is usable."""
    status = ageing.look_status(look, ctx.clock.now())
    done = status in {"completed", "pending_consent"}
    shape = "square"
    if look.width != look.height:
        shape = "portrait" if look.width < look.height else "landscape"
    shown = {
        "id": look.id,
        "name": look.name,
        "avatar_type": look.avatar_type,
        "group_id": look.group_id,
        "preview_image_url": ctx.link(call, "looks", look.id, "preview.jpg") if done else None,
        "preview_video_url": None,
        "gender": look.gender,
        "tags": [],
        "default_voice_id": look.voice_id,
        "supported_api_engines": look.engines,
        "image_width": look.width if done else None,
        "image_height": look.height if done else None,
        "preferred_orientation": shape if done else None,
        "error": _error(look, status),
    }
    # Public looks have no status at all: missing means ready.
    return shown if look.public else shown | {"status": status}


def _error(look: Look, status: str) -> dict[str, str] | None:
    if status != "failed" or look.failure is None:
        return None
    return {"code": look.failure.code, "message": look.failure.message}


def group_shown(ctx: Context, call: Call, group: Group) -> dict[str, Any]:
    """A group as v3 shows it: as far as its first look is."""
    looks, now = [ctx.world.looks[each] for each in group.looks], ctx.clock.now()
    first = looks[0]
    status = ageing.look_status(first, now)
    done = status in {"completed", "pending_consent"}
    shown = {
        "id": group.id,
        "name": group.name,
        "preview_image_url": ctx.link(call, "looks", first.id, "preview.jpg") if done else None,
        "preview_video_url": None,
        "gender": first.gender,
        "created_at": int(group.created),
        "looks_count": len(group.looks),
        "default_voice_id": group.voice_id or first.voice_id,
        "consent_status": ageing.consent_status(looks, now),
        "error": _error(first, status),
    }
    return shown if first.public else shown | {"status": status}


ROUTES: Final = (
    Route(method="POST", path="/v3/avatars", handler=create_avatar, keyed=True),
    Route(method="GET", path="/v3/avatars/looks/{look_id}", handler=get_avatar_look),
    Route(method="GET", path="/v3/avatars/{group_id}", handler=get_avatar_group),
)
