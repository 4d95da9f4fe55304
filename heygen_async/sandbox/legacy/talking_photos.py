"""Talking photos of v1 and v2: looks of photo avatars, by an older name."""

from typing import Final

from heygen_async.sandbox import ageing
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.legacy.assets import receive_photo
from heygen_async.sandbox.legacy.groups import find_look, new_group
from heygen_async.sandbox.refusal import Refusal
from heygen_async.sandbox.v3.avatar_library import remove_look


async def list_talking_photos(ctx: Context, call: Call) -> Reply:
    """Lists photos that can talk. The list is bare, and no face was cut out."""
    now = ctx.clock.now()
    return Reply(
        [
            {
                "id": look.id,
                "image_url": ctx.link(call, "looks", look.id, "preview.jpg"),
                "circle_image": "",
            }
            for look in ctx.world.looks.values()
            if look.avatar_type == "photo_avatar"
            and ageing.legacy_look_status(look, now) == "completed"
        ]
    )


async def upload_talking_photo(ctx: Context, call: Call) -> Reply:
    """Takes a photo, which can talk at once."""
    photo = await receive_photo(ctx, call)
    look = await new_group(ctx, photo.name, photo)
    if look.failure is not None:
        remove_look(ctx, look)
        raise Refusal(400, "invalid_parameter", look.failure.message, number=400175)
    look.ready = look.created
    link = ctx.link(call, "looks", look.id, "preview.jpg")
    return Reply({"talking_photo_id": look.id, "talking_photo_url": link})


async def delete_talking_photo(ctx: Context, call: Call) -> Reply:
    """Deletes a talking photo."""
    remove_look(ctx, find_look(ctx, call.params["talking_photo_id"]))
    return Reply(None)


ROUTES: Final = (
    Route(
        method="GET",
        path="/v1/talking_photo.list",
        handler=list_talking_photos,
        family=Family.CODE,
    ),
    Route(
        method="POST",
        path="/v1/talking_photo",
        handler=upload_talking_photo,
        family=Family.CODE,
        streams=True,
    ),
    Route(
        method="DELETE",
        path="/v2/talking_photo/{talking_photo_id}",
        handler=delete_talking_photo,
        family=Family.ERROR,
    ),
)
