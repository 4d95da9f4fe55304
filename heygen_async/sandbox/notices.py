"""What webhooks say when a job has ended, by kind of job."""

from typing import Any

from heygen_async.sandbox import ageing
from heygen_async.sandbox.context import Call, Context
from heygen_async.sandbox.links import storage_path
from heygen_async.sandbox.world import Video


def video(ctx: Context, call: Call, made: Video) -> None:
    """Tells how a video will have ended, at the time when it does. It must have begun."""
    if made.failure is not None:
        said: dict[str, Any] = {"video_id": made.id, "msg": made.failure.message}
        event_type, at = "avatar_video.fail", made.done
    else:
        event_type = "avatar_video.success"
        at = made.done + (0.0 if made.legacy else ageing.LINK_DELAY)
        expires = at + ctx.settings.link_seconds

        def link(name: str) -> str:
            path = storage_path("videos", made.id, name)
            return ctx.links.signed(call.base, path, expires=expires)

        said = {
            "video_id": made.id,
            "url": link("video.webm" if made.shot.alpha else "video.mp4"),
            "gif_download_url": link("preview.gif"),
            "video_share_page_url": f"https://app.heygen.com/share/{made.id}",
            "folder_id": made.folder_id,
            "callback_url": made.callback_url,
        }
    ctx.deliver(
        event_type,
        made.id,
        said,
        at=at,
        callback_url=made.callback_url,
        callback_id=made.callback_id,
    )
