"""``/v3/videos``: videos of avatars and images."""

from typing import Any, Final

from heygen_async.models import AvatarVideo, CreateVideo, ImageVideo
from heygen_async.sandbox import ageing, jobs, notices, prices
from heygen_async.sandbox.assets import by_id, by_url, check_lag, resolve
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.refusal import Refusal, invalid, missing
from heygen_async.sandbox.v3 import video_rules
from heygen_async.sandbox.v3.avatars import inspected
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.voices import usable_voice
from heygen_async.sandbox.world import Look, Shot, Video

MOST_STATUSES: Final = 100
"""Ids in one bulk status call."""


async def create_video(ctx: Context, call: Call) -> Reply:
    """Accepts a video: checks everything, takes a slot and the money, and starts its clock."""
    body: CreateVideo = decode(call.body, CreateVideo)
    video_rules.check(body)
    if body.voice_id is not None:
        usable_voice(ctx, body.voice_id)
    if isinstance(body, AvatarVideo):
        look = usable_look(ctx, body.avatar_id)
        avatar_type = look.avatar_type
        video_rules.check_motion(body, avatar_type)
        _check_engine(ctx, body, look)
        shot = _shot_of_look(body, look)
    else:
        avatar_type = "photo_avatar"
        shot = await _shot_of_image(ctx, call, body)
    _add_files(ctx, call, body, shot)
    for asset_id in (body.audio_asset_id, shot.backdrop, shot.photo):
        check_lag(ctx, ctx.world.assets.get(asset_id or ""))
    duration = await jobs.seconds_of(ctx, shot)
    # From here on nothing is awaited: two requests cannot share the last slot or the last dollar.
    jobs.take_slot(ctx)
    price = prices.video_price(avatar_type, video_rules.engine_of(body), duration)
    ctx.afford(price)
    video = Video(
        id=ctx.new_id("video"),
        created=ctx.clock.now(),
        done=0.0,
        shot=shot,
        duration=duration,
        title=body.title,
        captioned=body.caption is not None and body.caption.style is not None,
        folder_id=body.folder_id,
        callback_id=body.callback_id,
        callback_url=body.callback_url,
        failure=jobs.failure_of(body.script or ""),
    )
    jobs.start(ctx, video)
    notices.video(ctx, call, video)
    ctx.charge(call, "video", video.id, price)
    output_format = body.output_format or "mp4"
    return Reply({"video_id": video.id, "status": "waiting", "output_format": output_format})


def usable_look(ctx: Context, look_id: str) -> Look:
    """The look with an id, if a video can be made of it.

    Raises:
        Refusal: 404 when it is unknown, a group or still in training; 400 when it failed or
            waits for consent.
    """
    look = ctx.world.looks.get(look_id)
    if look is None:
        if look_id in ctx.world.groups:
            words = f"{look_id} is an avatar group; give the id of one of its looks."
            raise missing("avatar_not_found", words)
        raise missing("avatar_not_found", f"Avatar look {look_id} not found.")
    status = ageing.look_status(look, ctx.clock.now())
    if status == "processing":
        raise missing("avatar_not_found", f"Avatar look {look_id} is still in training.")
    if status == "pending_consent":
        raise Refusal(400, "avatar_consent_required", f"Avatar look {look_id} needs consent.")
    if status == "failed":
        raise Refusal(400, "avatar_not_usable", f"Avatar look {look_id} failed.")
    return look


def _check_engine(ctx: Context, body: AvatarVideo, look: Look) -> None:
    engine = video_rules.engine_of(body)
    if engine not in look.engines:
        known = ", ".join(look.engines)
        raise invalid("engine.type", f"engine.type: this look supports {known}, not {engine}")
    reference = getattr(body.engine, "reference_look_id", None)
    if reference is None:
        return
    twin = ctx.world.looks.get(reference)
    if twin is None or twin.avatar_type != "digital_twin" or twin.group_id != look.group_id:
        name = "engine.reference_look_id"
        raise invalid(name, f"{name}: must be a digital twin look of the same group")


def _shot_of_look(body: AvatarVideo, look: Look) -> Shot:
    return _shot(body, (look.width, look.height), look.drawn, look.photo, look.voice_id)


async def _shot_of_image(ctx: Context, call: Call, body: ImageVideo) -> Shot:
    image = resolve(ctx, call, body.image, kind="image", param="image")
    size, failure = await inspected(ctx, image)
    if failure is not None:
        raise invalid("image", f"image: {failure.message}")
    return _shot(body, size, image.id, image.id, "")


def _shot(
    body: CreateVideo, source: tuple[int, int], portrait: str, photo: str | None, voice_id: str
) -> Shot:
    width, height = jobs.frame(body.resolution or "1080p", body.aspect_ratio or "16:9", source)
    settings = body.voice_settings
    return Shot(
        width=width,
        height=height,
        portrait=portrait,
        script=body.script or "",
        voice_id=body.voice_id or voice_id,
        speed=(settings.speed if settings else None) or 1.0,
        photo=photo,
        fit=body.fit,
        motion=body.motion_prompt is not None,
        alpha=body.output_format == "webm",
    )


def _add_files(ctx: Context, call: Call, body: CreateVideo, shot: Shot) -> None:
    audio = None
    if body.audio_asset_id is not None:
        audio = by_id(ctx, body.audio_asset_id, kind="audio", param="audio_asset_id")
    elif body.audio_url is not None:
        audio = by_url(ctx, call, body.audio_url, kind="audio", param="audio_url")
    if audio is not None:
        shot.audio = audio.id
        shot.duration = jobs.REMOTE_AUDIO_SECONDS if audio.drawn else None
    if body.watermark is not None:
        resolve(ctx, call, body.watermark.image, kind="image", param="watermark.image")
    background = body.background
    if background is None:
        return
    shot.color = background.value
    if background.asset_id is not None:
        name = "background.asset_id"
        shot.backdrop = by_id(ctx, background.asset_id, kind="image", param=name).id
    elif background.url is not None:
        shot.backdrop = by_url(ctx, call, background.url, kind="image", param="background.url").id


async def get_video(ctx: Context, call: Call) -> Reply:
    """Reads a video, with links signed anew."""
    video = ctx.world.videos.get(call.params["video_id"])
    if video is None:
        raise missing("video_not_found", f"Video {call.params['video_id']} not found.")
    return Reply(video_shown(ctx, call, video))


def video_shown(ctx: Context, call: Call, video: Video) -> dict[str, Any]:
    """A video as v3 shows it."""
    now = ctx.clock.now()
    status = ageing.video_status(video, now)
    linked = ageing.has_links(video, now)

    def link(name: str, *, there: bool = True) -> str | None:
        return ctx.link(call, "videos", video.id, name) if linked and there else None

    failure = video.failure if status == "failed" else None
    return {
        "id": video.id,
        "title": video.title,
        "status": status,
        "created_at": int(video.created),
        "completed_at": int(video.done) if status == "completed" else None,
        "video_url": link("video.webm" if video.shot.alpha else "video.mp4"),
        "thumbnail_url": link("thumbnail.jpg"),
        "gif_url": link("preview.gif"),
        "captioned_video_url": link("captioned.mp4", there=video.captioned),
        "subtitle_url": link("subtitles.srt"),
        "duration": video.duration if status == "completed" else None,
        "folder_id": video.folder_id,
        "output_language": None,
        "failure_code": failure.code if failure else None,
        "failure_message": failure.message if failure else None,
        "video_page_url": f"https://app.heygen.com/videos/{video.id}",
    }


async def list_video_statuses(ctx: Context, call: Call) -> Reply:
    """Statuses of up to 100 videos; every id comes back, known or not."""
    video_ids = _split(call.query.get("video_ids"))
    batch_ids = _split(call.query.get("batch_ids"))
    count = len(video_ids) + len(batch_ids)
    if not count:
        raise invalid("video_ids", "video_ids: at least one id must be given")
    if count > MOST_STATUSES:
        raise invalid("video_ids", f"video_ids: {count} ids, at most {MOST_STATUSES} allowed")
    entries = [_entry(ctx, video_id) for video_id in video_ids]
    entries += [
        {"video_id": None, "status": "not_found", "error": None, "batch_id": batch_id}
        for batch_id in batch_ids
    ]
    return Reply(entries, beside={"has_more": False, "next_token": None})


def _split(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _entry(ctx: Context, video_id: str) -> dict[str, Any]:
    video = ctx.world.videos.get(video_id)
    if video is None:
        return {"video_id": video_id, "status": "not_found", "error": None}
    status = ageing.video_status(video, ctx.clock.now())
    error = None
    if status == "failed" and video.failure is not None:
        error = {"code": video.failure.code, "message": video.failure.message}
    return {"video_id": video_id, "status": status, "error": error}


ROUTES: Final = (
    Route(method="POST", path="/v3/videos", handler=create_video, keyed=True),
    Route(method="GET", path="/v3/videos/statuses", handler=list_video_statuses),
    Route(method="GET", path="/v3/videos/{video_id}", handler=get_video),
)
