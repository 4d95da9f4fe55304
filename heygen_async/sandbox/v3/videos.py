"""``/v3/videos``: videos of every kind, one at a time."""

from typing import Any, Final

from heygen_async.models import CreateVideo
from heygen_async.sandbox import ageing, jobs
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.refusal import invalid, missing
from heygen_async.sandbox.v3 import batches
from heygen_async.sandbox.v3.studio_plans import plan
from heygen_async.sandbox.v3.video_plans import enter
from heygen_async.sandbox.validation import decode, whole_number
from heygen_async.sandbox.world import Failure, Video

MOST_STATUSES: Final = 100
"""Videos in one bulk status call."""


async def create_video(ctx: Context, call: Call) -> Reply:
    """Accepts a video: checks everything, takes a slot and the money, and starts its clock."""
    body: CreateVideo = decode(call.body, CreateVideo)
    made = await plan(ctx, call, body)
    # From here on nothing is awaited: two requests cannot share the last slot or the last dollar.
    jobs.take_slot(ctx)
    ctx.afford(made.price)
    video = enter(ctx, call, made)
    return Reply({"video_id": video.id, "status": "waiting", "output_format": made.output_format})


async def list_videos(ctx: Context, call: Call) -> Reply:
    """Lists the videos that have begun, the newest first."""
    limit = whole_number(call.query.get("limit"), "limit", default=10, low=1, high=100)
    part = page(found(ctx, call), limit=limit, token=call.query.get("token"))
    return Reply([video_shown(ctx, call, video) for video in part.data], beside=part.beside)


def found(ctx: Context, call: Call) -> list[Video]:
    """The videos that have begun and that a query asks for, the newest first.

    Raises:
        Refusal: 400 for an empty title.
    """
    title, folder_id = call.query.get("title"), call.query.get("folder_id")
    if title == "":
        raise invalid("title", "title: must not be empty")
    now = ctx.clock.now()
    videos = [
        video
        for video in reversed(ctx.world.videos.values())
        if video.created <= now
        and (title is None or title.lower() in (video.title or "").lower())
        and folder_id in {None, video.folder_id}
    ]
    return sorted(videos, key=lambda video: -video.created)


async def delete_video(ctx: Context, call: Call) -> Reply:
    """Forgets a video and whatever was to be told of it."""
    video = find(ctx, call)
    forget(ctx, video)
    return Reply({"id": video.id, "deleted": True})


def forget(ctx: Context, video: Video) -> None:
    """Takes a video away, and whatever was to be told of it."""
    del ctx.world.videos[video.id]
    ctx.world.flying.pop(video.id, None)
    ctx.withdraw(video.id)


def find(ctx: Context, call: Call) -> Video:
    """The video of a path.

    Raises:
        Refusal: 404 for an unknown one.
    """
    video = ctx.world.videos.get(call.params["video_id"])
    if video is None:
        raise missing("video_not_found", f"Video {call.params['video_id']} not found.")
    return video


async def get_video(ctx: Context, call: Call) -> Reply:
    """Reads a video, with links signed anew."""
    return Reply(video_shown(ctx, call, find(ctx, call)))


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
    if not video_ids and not batch_ids:
        raise invalid("video_ids", "video_ids: at least one id must be given")
    entries = [_entry(ctx, video_id) for video_id in video_ids]
    for batch_id in batch_ids:
        entries += batches.entries(ctx, batch_id, "video", lambda each: progress(ctx, each))
    if len(entries) > MOST_STATUSES:
        words = f"{len(entries)} videos, at most {MOST_STATUSES} allowed"
        raise invalid("video_ids", f"video_ids: {words}")
    return Reply(entries, beside={"has_more": False, "next_token": None})


def progress(ctx: Context, video_id: str) -> tuple[str, Failure | None]:
    """How far a video is, and why it failed."""
    video = ctx.world.videos.get(video_id)
    if video is None:
        return "not_found", None
    status = ageing.video_status(video, ctx.clock.now())
    return status, video.failure if status == "failed" else None


def _split(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _entry(ctx: Context, video_id: str) -> dict[str, Any]:
    status, failure = progress(ctx, video_id)
    error = {"code": failure.code, "message": failure.message} if failure else None
    return {"video_id": video_id, "status": status, "error": error}


ROUTES: Final = (
    Route(method="POST", path="/v3/videos", handler=create_video, keyed=True),
    Route(method="GET", path="/v3/videos", handler=list_videos),
    Route(method="GET", path="/v3/videos/statuses", handler=list_video_statuses),
    Route(method="GET", path="/v3/videos/{video_id}", handler=get_video),
    Route(method="DELETE", path="/v3/videos/{video_id}", handler=delete_video),
)
