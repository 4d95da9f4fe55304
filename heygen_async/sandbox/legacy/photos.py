"""``/v2/photo_avatar``: photos and looks that are drawn from words."""

from typing import Any, Final

from heygen_async.models.v2 import GenerateLook, GeneratePhotos
from heygen_async.sandbox import ageing, notices
from heygen_async.sandbox.context import Call, Context, Handler, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.jobs import failure_of
from heygen_async.sandbox.legacy.assets import image_key
from heygen_async.sandbox.legacy.groups import photo_group
from heygen_async.sandbox.people import Generation
from heygen_async.sandbox.refusal import invalid, missing, refuse
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.world import Asset
from heygen_async.wire import rates

PHOTOS: Final = 4
"""Pictures in one generation."""


async def generate_photos(ctx: Context, call: Call) -> Reply:
    """Starts four photos of a person who does not exist."""
    body: GeneratePhotos = decode(call.body, GeneratePhotos)
    if body.callback_id is not None and body.callback_url is None:
        refuse("callback_id", "callback_id: needs callback_url")
    seed = f"{body.gender} {body.age} {body.ethnicity} {body.appearance}"
    return _generation(
        ctx,
        call,
        "photo_generate",
        seed,
        rates.PHOTO_GENERATION,
        callback_url=body.callback_url,
        callback_id=body.callback_id,
    )


async def generate_looks(ctx: Context, call: Call) -> Reply:
    """Starts four new looks of a trained group."""
    body: GenerateLook = decode(call.body, GenerateLook)
    group = photo_group(ctx, body.group_id)
    if not ageing.is_trained(group, ctx.clock.now()):
        raise invalid("group_id", f"Avatar group {group.id} is not trained.")
    seed = f"{group.id} {body.prompt}"
    # Somebody who brought a photo sees that person again, somewhere else.
    first = ctx.world.looks[group.looks[0]].photo
    base = ctx.world.assets[first] if first else None
    return _generation(
        ctx,
        call,
        "look_generate",
        seed,
        rates.LOOK_GENERATION,
        base=base.id if base is not None and base.drawn is None else None,
    )


def _generation(
    ctx: Context,
    call: Call,
    kind: str,
    seed: str,
    price: float,
    *,
    base: str | None = None,
    callback_url: str | None = None,
    callback_id: str | None = None,
) -> Reply:
    ctx.afford(price)
    now = ctx.clock.now()
    generation_id = ctx.new_id("generation")
    photos = [_drawn(ctx, generation_id, f"{seed}\0{number}", base) for number in range(PHOTOS)]
    done = now + ctx.span(ageing.PHOTO_GENERATION, generation_id)
    failure = failure_of(seed)
    generation = Generation(
        id=generation_id,
        start=now,
        done=done,
        photos=photos,
        failure=failure.message if failure else None,
    )
    ctx.world.generations[generation_id] = generation
    ctx.charge(call, kind, generation_id, price)
    notices.generation(ctx, generation, callback_url=callback_url, callback_id=callback_id)
    return Reply({"generation_id": generation_id})


def _drawn(ctx: Context, generation_id: str, seed: str, base: str | None) -> str:
    asset_id = ctx.new_id("asset")
    ctx.world.assets[asset_id] = Asset(
        id=asset_id,
        name="original.jpg",
        mime="image/jpeg",
        size=0,
        created=ctx.clock.now(),
        drawn=seed,
        base=base,
        image_key=image_key(asset_id),
        generation_id=generation_id,
    )
    return asset_id


async def get_generation(ctx: Context, call: Call) -> Reply:
    """Reads a generation; its pictures are there once it is done."""
    generation = ctx.world.generations.get(call.params["generation_id"])
    if generation is None:
        words = f"Generation {call.params['generation_id']} not found."
        raise missing("generation_not_found", words)
    status = ageing.generation_status(generation, ctx.clock.now())
    msg = generation.failure if status == "failed" else None
    shown: dict[str, Any] = {"id": generation.id, "status": status, "msg": msg}
    if status == "success":
        photos = generation.photos
        links = [ctx.link(call, "photos", each, "original.jpg") for each in photos]
        shown |= {"image_url_list": links, "image_key_list": list(map(image_key, photos))}
        for each in photos:
            ctx.world.image_keys[image_key(each)] = each
    return Reply(shown)


def _route(method: str, path: str, handler: Handler) -> Route:
    return Route(
        method=method, path=f"/v2/photo_avatar{path}", handler=handler, family=Family.ERROR
    )


ROUTES: Final = (
    _route("POST", "/photo/generate", generate_photos),
    _route("POST", "/look/generate", generate_looks),
    _route("GET", "/generation/{generation_id}", get_generation),
)
