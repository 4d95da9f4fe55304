"""What v1 and v2 tell of videos, and how they are shared and deleted."""

from datetime import UTC, datetime
from typing import Any, Final

from heygen_async.models.v2 import ShareVideo
from heygen_async.sandbox import ageing
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.pages import page, page_inside
from heygen_async.sandbox.refusal import Refusal
from heygen_async.sandbox.v3.videos import delete_video, find, forget, found, video_shown
from heygen_async.sandbox.validation import decode, whole_number
from heygen_async.sandbox.world import Video

_FAILURE_NUMBER: Final = 400105
_BAD_QUERY: Final = 40012
_BAD_VIDEO_ID: Final = 40031
_PAGE: Final = 100


async def get_video_status(ctx: Context, call: Call) -> Reply:
    """Reads a video the way of v1."""
    return Reply(_shown_v1(ctx, call, _asked(ctx, call)), note="Success")


async def delete_video_v1(ctx: Context, call: Call) -> Reply:
    """Forgets a video, and says nothing."""
    forget(ctx, _asked(ctx, call))
    return Reply(None, note="Success")


async def share_video(ctx: Context, call: Call) -> Reply:
    """Gives the address of a video's page, and nothing around it."""
    body: ShareVideo = decode(call.body, ShareVideo)
    video = _known(ctx, body.video_id)
    return Reply(f"https://app.heygen.com/share/{video.id}")


def _asked(ctx: Context, call: Call) -> Video:
    """The video of a query."""
    video_id = call.query.get("video_id")
    if not video_id:
        words = "video_id: Field required"
        raise Refusal(400, "invalid_parameter", words, number=_BAD_QUERY)
    return _known(ctx, video_id)


def _known(ctx: Context, video_id: str) -> Video:
    """The video with an id; an unknown one is an error inside a 200, as v1 has it."""
    video = ctx.world.videos.get(video_id)
    if video is None:
        words = f"Video {video_id} not found."
        raise Refusal(200, "video_not_found", words, number=_BAD_VIDEO_ID)
    return video


def _shown_v1(ctx: Context, call: Call, video: Video) -> dict[str, Any]:
    now = ctx.clock.now()
    status = ageing.video_status(video, now)
    linked = ageing.has_links(video, now)

    def link(name: str, *, there: bool = True) -> str | None:
        return ctx.link(call, "videos", video.id, name) if linked and there else None

    return {
        "id": video.id,
        "status": status,
        "callback_id": video.callback_id,
        "caption_url": link("captions.ass", there=video.subtitles),
        "created_at": int(video.created),
        "duration": video.duration if status == "completed" else None,
        "error": _error(video) if status == "failed" else None,
        "gif_url": link("preview.gif"),
        "thumbnail_url": link("thumbnail.jpg"),
        "video_url": link("video.webm" if video.shot.alpha else "video.mp4"),
        "video_url_caption": link("captioned.mp4", there=video.captioned),
    }


def _error(video: Video) -> dict[str, Any] | None:
    if video.failure is None:
        return None
    return {
        "code": _FAILURE_NUMBER,
        "message": video.failure.message,
        "detail": video.failure.code,
    }


async def list_videos_v1(ctx: Context, call: Call) -> Reply:
    """Lists videos the way of v1: a row tells little, and 0 a page means the usual 100."""
    limit = whole_number(call.query.get("limit"), "limit", default=_PAGE, low=0, high=_PAGE)
    now = ctx.clock.now()
    rows = [
        {
            "video_id": video.id,
            "status": ageing.video_status(video, now),
            "created_at": int(video.created),
            "video_title": video.title or "",
            "type": "GENERATED",
        }
        for video in found(ctx, call)
    ]
    return page_inside("videos", rows, limit=limit or _PAGE, token=call.query.get("token"))


async def get_video(ctx: Context, call: Call) -> Reply:
    """Reads a video the way of v2."""
    shown = _shown_v2(ctx, call, find(ctx, call))
    # A guide of HeyGen's shows texts here, its schema numbers, as the list has them.
    for name in ("created_at", "completed_at"):
        if shown[name] is not None:
            shown[name] = datetime.fromtimestamp(shown[name], UTC).isoformat()
    return Reply(shown)


async def list_videos(ctx: Context, call: Call) -> Reply:
    """Lists videos the way of v2."""
    limit = whole_number(call.query.get("limit"), "limit", default=10, low=1, high=_PAGE)
    part = page(found(ctx, call), limit=limit, token=call.query.get("token"))
    return Reply([_shown_v2(ctx, call, video) for video in part.data], beside=part.beside)


def _shown_v2(ctx: Context, call: Call, video: Video) -> dict[str, Any]:
    shown = video_shown(ctx, call, video)
    return shown if video.subtitles else shown | {"subtitle_url": None}


ROUTES: Final = (
    Route(method="GET", path="/v1/video_status.get", handler=get_video_status, family=Family.CODE),
    Route(method="GET", path="/v1/video.list", handler=list_videos_v1, family=Family.CODE),
    Route(method="DELETE", path="/v1/video.delete", handler=delete_video_v1, family=Family.CODE),
    Route(method="POST", path="/v1/video/share", handler=share_video, family=Family.CODE),
    Route(method="GET", path="/v2/videos", handler=list_videos, family=Family.ERROR),
    Route(method="GET", path="/v2/videos/{video_id}", handler=get_video, family=Family.ERROR),
    Route(method="DELETE", path="/v2/videos/{video_id}", handler=delete_video, family=Family.ERROR),
)
