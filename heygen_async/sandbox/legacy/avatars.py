"""Avatars of v1 and v2: everybody in one list, details, groups, and digital twins."""

from typing import Any, Final

from heygen_async.models.v2 import CreateDigitalTwin
from heygen_async.sandbox import ageing, notices
from heygen_async.sandbox.assets import by_url
from heygen_async.sandbox.context import Call, Context, Handler, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.legacy import groups
from heygen_async.sandbox.people import Group
from heygen_async.sandbox.refusal import missing
from heygen_async.sandbox.v3.avatar_library import is_public, remove_look
from heygen_async.sandbox.v3.avatars import enter, new_twin
from heygen_async.sandbox.validation import decode, flag
from heygen_async.sandbox.world import Look
from heygen_async.wire import rates

_PHOTO: Final = "photo_avatar"
_TWIN: Final = "digital_twin"
_READY: Final = "completed"


async def list_avatars(ctx: Context, call: Call) -> Reply:
    """Lists everybody whom a video can show. Groups are nobody."""
    ready = _ready(ctx)
    return Reply(
        {
            "avatars": [_listed(ctx, call, each) for each in ready if each.avatar_type != _PHOTO],
            "talking_photos": [
                {
                    "talking_photo_id": each.id,
                    "talking_photo_name": each.name,
                    "preview_image_url": _picture(ctx, call, each),
                }
                for each in ready
                if each.avatar_type == _PHOTO
            ],
        }
    )


def _ready(ctx: Context) -> list[Look]:
    now = ctx.clock.now()
    return [each for each in ctx.world.looks.values() if ageing.look_status(each, now) == _READY]


async def list_avatars_v1(ctx: Context, call: Call) -> Reply:
    """Lists video avatars as v1 does."""
    listed = [
        {
            "avatar_id": each.id,
            "name": each.name,
            "gender": each.gender and each.gender.capitalize(),
            "preview_image_url": _picture(ctx, call, each),
        }
        for each in _ready(ctx)
        if each.avatar_type != _PHOTO
    ]
    return Reply({"avatars": listed})


def _listed(ctx: Context, call: Call, look: Look) -> dict[str, Any]:
    return {
        "avatar_id": look.id,
        "avatar_name": look.name,
        "gender": look.gender,
        "preview_image_url": _picture(ctx, call, look),
        "preview_video_url": ctx.link(call, "looks", look.id, "motion.mp4"),
        "premium": _is_premium(look),
        "type": None,
        "tags": _tags(look),
    }


def _picture(ctx: Context, call: Call, look: Look) -> str:
    return ctx.link(call, "looks", look.id, "preview.jpg")


def _is_premium(look: Look) -> bool:
    return look.public and "avatar_v" in look.engines


def _tags(look: Look) -> list[str]:
    return [engine.upper() for engine in look.engines if engine != "avatar_iii"]


async def get_avatar(ctx: Context, call: Call) -> Reply:
    """Reads an avatar with the voice that fits it. A group's id is none of an avatar."""
    avatar_id = call.params["avatar_id"]
    look = ctx.world.looks.get(avatar_id)
    if look is None or ageing.look_status(look, ctx.clock.now()) != _READY:
        raise missing("avatar_not_found", f"Avatar {avatar_id} not found.")
    listed = _listed(ctx, call, look)
    return Reply(
        {
            "type": "talking_photo" if look.avatar_type == _PHOTO else "avatar",
            "id": listed.pop("avatar_id"),
            "name": listed.pop("avatar_name"),
            "gender": look.gender or "unknown",
            "preview_image_url": listed["preview_image_url"],
            "preview_video_url": listed["preview_video_url"],
            "premium": listed["premium"],
            "is_public": look.public,
            "default_voice_id": _voice(ctx, look),
            "tags": listed["tags"],
        }
    )


def _voice(ctx: Context, look: Look) -> str | None:
    """The voice of a look. v2 gives none to a photo, unless one was chosen for its group."""
    if look.avatar_type == _PHOTO:
        return ctx.world.groups[look.group_id].voice_id
    return look.voice_id


async def list_groups(ctx: Context, call: Call) -> Reply:
    """Lists groups, the newest first; HeyGen's own only when asked for."""
    everybody = flag(call.query.get("include_public"), "include_public")
    shown = [
        _group_shown(ctx, call, each)
        for each in reversed(ctx.world.groups.values())
        if everybody or not is_public(ctx, each)
    ]
    return Reply({"total_count": len(shown), "avatar_group_list": shown})


def _group_shown(ctx: Context, call: Call, group: Group) -> dict[str, Any]:
    first, now = ctx.world.looks[group.looks[0]], ctx.clock.now()
    photo = first.avatar_type == _PHOTO
    owner = "PUBLIC" if first.public else "PRIVATE"
    return {
        "id": group.id,
        "name": group.name,
        "created_at": int(group.created),
        "num_looks": len(group.looks),
        "preview_image": _picture(ctx, call, first),
        "group_type": "_PHOTO" if photo else owner,
        "train_status": ageing.training_status(group.training, now) if photo else None,
        "default_voice_id": group.voice_id or _voice(ctx, first),
    }


async def list_looks(ctx: Context, call: Call) -> Reply:
    """Lists the looks of a group: photos in one shape, video avatars in another."""
    group = groups.find_group(ctx, call.params["group_id"])
    looks = [ctx.world.looks[each] for each in group.looks]
    return Reply({"avatar_list": [_look_shown(ctx, call, each) for each in looks]})


def _look_shown(ctx: Context, call: Call, look: Look) -> dict[str, Any]:
    voice = {"default_voice_id": _voice(ctx, look)}
    if look.avatar_type == _PHOTO:
        return groups.look_shown(ctx, call, look) | voice
    shown = _listed(ctx, call, look)
    return {"id": shown.pop("avatar_id"), "name": shown.pop("avatar_name")} | shown | voice


async def create_twin(ctx: Context, call: Call) -> Reply:
    """Starts a digital twin from footage and a recorded consent."""
    body: CreateDigitalTwin = decode(call.body, CreateDigitalTwin)
    by_url(ctx, call, body.training_footage_url, kind="video", param="training_footage_url")
    by_url(ctx, call, body.video_consent_url, kind="video", param="video_consent_url")
    twin = new_twin(ctx, body.avatar_name)
    group = enter(ctx, twin, body.avatar_group_id)
    twin.consented = twin.created
    ctx.charge(call, _TWIN, twin.id, rates.DIGITAL_TWIN)
    notices.look(ctx, twin, callback_url=body.callback_url, callback_id=body.callback_id)
    return Reply({"avatar_id": twin.id, "avatar_group_id": group.id})


def _twin(ctx: Context, call: Call) -> Look:
    look = ctx.world.looks.get(call.params["avatar_id"])
    if look is None or look.avatar_type != _TWIN:
        raise missing("avatar_not_found", f"Video avatar {call.params['avatar_id']} not found.")
    return look


async def get_twin(ctx: Context, call: Call) -> Reply:
    """Reads how far a digital twin is."""
    twin = _twin(ctx, call)
    status = ageing.twin_status(twin, ctx.clock.now())
    failure = twin.failure if status == "failed" else None
    return Reply(
        {
            "avatar_id": twin.id,
            "avatar_group_id": twin.group_id,
            "status": status,
            "error": failure and failure.message,
        }
    )


async def delete_twin(ctx: Context, call: Call) -> Reply:
    """Deletes a digital twin."""
    remove_look(ctx, _twin(ctx, call))
    return Reply(None)


def _route(method: str, path: str, handler: Handler) -> Route:
    return Route(method=method, path=path, handler=handler, family=Family.ERROR)


ROUTES: Final = (
    Route(method="GET", path="/v1/avatar.list", handler=list_avatars_v1, family=Family.CODE),
    _route("GET", "/v2/avatars", list_avatars),
    _route("GET", "/v2/avatar/{avatar_id}/details", get_avatar),
    _route("GET", "/v2/avatar_group.list", list_groups),
    _route("GET", "/v2/avatar_group/{group_id}/avatars", list_looks),
    _route("POST", "/v2/video_avatar", create_twin),
    _route("GET", "/v2/video_avatar/{avatar_id}", get_twin),
    _route("DELETE", "/v2/video_avatar/{avatar_id}", delete_twin),
)
