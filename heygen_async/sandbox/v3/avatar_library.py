"""``/v3/avatars``: what there is, listed, renamed and deleted."""

from collections.abc import Iterable
from typing import Final, TypeVar

from heygen_async.models import UpdateAvatarGroup, UpdateAvatarLook
from heygen_async.sandbox import ageing
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.people import Group
from heygen_async.sandbox.refusal import Refusal, missing, refuse
from heygen_async.sandbox.v3.avatars import group_shown, look_shown
from heygen_async.sandbox.validation import decode, whole_number
from heygen_async.sandbox.voices import usable_voice
from heygen_async.sandbox.world import Look

T = TypeVar("T")

_TYPES: Final = ("studio_avatar", "digital_twin", "photo_avatar")
_OWNERSHIPS: Final = ("public", "private")


async def list_avatar_groups(ctx: Context, call: Call) -> Reply:
    """Lists groups by owner, in pages: one's own first, the newest at the top."""
    wanted = _word(call, "ownership", _OWNERSHIPS)
    limit = whole_number(call.query.get("limit"), "limit", default=20, low=1, high=50)
    groups = [each for each in ctx.world.groups.values() if each.looks]
    owned = ((each, is_public(ctx, each)) for each in groups)
    items = [group_shown(ctx, call, each) for each in _sorted(owned, wanted)]
    return page(items, limit=limit, token=call.query.get("token"))


async def list_avatar_looks(ctx: Context, call: Call) -> Reply:
    """Lists looks by group, type and owner, in pages: one's own first."""
    wanted = _word(call, "ownership", _OWNERSHIPS)
    avatar_type = _word(call, "avatar_type", _TYPES)
    group_id = call.query.get("group_id")
    limit = whole_number(call.query.get("limit"), "limit", default=20, low=1, high=50)
    owned = (
        (look, look.public)
        for look in ctx.world.looks.values()
        if group_id in {None, look.group_id} and avatar_type in {None, look.avatar_type}
    )
    items = [look_shown(ctx, call, look) for look in _sorted(owned, wanted)]
    return page(items, limit=limit, token=call.query.get("token"))


def _word(call: Call, name: str, allowed: tuple[str, ...]) -> str | None:
    word = call.query.get(name)
    if word is not None and word not in allowed:
        refuse(name, f"{name}: {word!r} is none of {', '.join(allowed)}")
    return word


def _sorted(things: Iterable[tuple[T, bool]], wanted: str | None) -> list[T]:
    """Things with whether they are public, in the order in which they are listed."""
    known = list(things)
    private = [thing for thing, public in reversed(known) if not public]
    shared = [thing for thing, public in known if public]
    return {"private": private, "public": shared}.get(wanted or "", private + shared)


def is_public(ctx: Context, group: Group) -> bool:
    """Whether a group is one of the stock."""
    return any(ctx.world.looks[each].public for each in group.looks)


def find_group(ctx: Context, group_id: str) -> Group:
    """The group with an id.

    Raises:
        Refusal: 404.
    """
    group = ctx.world.groups.get(group_id)
    if group is None:
        raise missing("avatar_not_found", f"Avatar group {group_id} not found.")
    return group


def _find_look(ctx: Context, look_id: str) -> Look:
    look = ctx.world.looks.get(look_id)
    if look is None:
        raise missing("avatar_not_found", f"Avatar look {look_id} not found.")
    return look


async def update_avatar_look(ctx: Context, call: Call) -> Reply:
    """Renames a look."""
    body: UpdateAvatarLook = decode(call.body, UpdateAvatarLook)
    look = _find_look(ctx, call.params["look_id"])
    if look.public:
        refuse("look_id", "look_id: only photo avatars and digital twins can be renamed")
    look.name = look.name if body.name is None else body.name
    return Reply(look_shown(ctx, call, look))


async def update_avatar_group(ctx: Context, call: Call) -> Reply:
    """Gives a group, and all of its looks, another default voice."""
    body: UpdateAvatarGroup = decode(call.body, UpdateAvatarGroup)
    group = find_group(ctx, call.params["group_id"])
    if is_public(ctx, group):
        raise Refusal(403, "forbidden", "A public avatar cannot be changed.")
    looks = [ctx.world.looks[each] for each in group.looks]
    if ageing.look_status(looks[0], ctx.clock.now()) == "processing":
        raise Refusal(409, "resource_not_ready", f"Avatar group {group.id} is in training.")
    if body.default_voice_id is not None:
        _check_voice(ctx, body.default_voice_id)
        group.voice_id = body.default_voice_id
        for look in looks:
            look.voice_id = body.default_voice_id
    return Reply(group_shown(ctx, call, group))


def _check_voice(ctx: Context, voice_id: str) -> None:
    try:
        usable_voice(ctx, voice_id)
    except Refusal as refusal:
        if refusal.status == 409:  # noqa: PLR2004  it will be usable: wait
            raise
        raise Refusal(403, "voice_not_usable", refusal.message) from None


async def delete_avatar_look(ctx: Context, call: Call) -> Reply:
    """Deletes a look, and with the last one its group."""
    look = _find_look(ctx, call.params["look_id"])
    if look.public:
        raise Refusal(403, "forbidden", "A studio avatar cannot be deleted.")
    remove_look(ctx, look)
    return Reply({"id": look.id})


def remove_look(ctx: Context, look: Look) -> None:
    """Forgets a look, and with the last one its group."""
    _forget(ctx, look.id)
    group = ctx.world.groups[look.group_id]
    group.looks.remove(look.id)
    if not group.looks:
        _dissolve(ctx, group)


def _dissolve(ctx: Context, group: Group) -> None:
    del ctx.world.groups[group.id]
    ctx.withdraw(group.id)


def _forget(ctx: Context, look_id: str) -> None:
    del ctx.world.looks[look_id]
    ctx.withdraw(look_id)


async def delete_avatar_group(ctx: Context, call: Call) -> Reply:
    """Deletes a group with all of its looks."""
    group = find_group(ctx, call.params["group_id"])
    if is_public(ctx, group):
        refuse("group_id", "group_id: a public avatar cannot be deleted")
    remove_group(ctx, group)
    return Reply({"id": group.id})


def remove_group(ctx: Context, group: Group) -> None:
    """Forgets a group with all of its looks."""
    for look_id in group.looks:
        _forget(ctx, look_id)
    _dissolve(ctx, group)


_GROUP: Final = "/v3/avatars/{group_id}"
_LOOK: Final = "/v3/avatars/looks/{look_id}"

ROUTES: Final = (
    Route(method="GET", path="/v3/avatars", handler=list_avatar_groups),
    Route(method="GET", path="/v3/avatars/looks", handler=list_avatar_looks),
    Route(method="PATCH", path=_LOOK, handler=update_avatar_look),
    Route(method="DELETE", path=_LOOK, handler=delete_avatar_look),
    Route(method="PATCH", path=_GROUP, handler=update_avatar_group),
    Route(method="DELETE", path=_GROUP, handler=delete_avatar_group),
)
