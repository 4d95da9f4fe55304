"""What webhooks say when a job has ended, by kind of job."""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.sandbox import ageing
from heygen_async.sandbox.context import Call, Context
from heygen_async.sandbox.dubs import Dubbed, Proofread
from heygen_async.sandbox.links import storage_path
from heygen_async.sandbox.people import Generation, Training
from heygen_async.sandbox.world import Look, Video


def video(ctx: Context, call: Call, made: Video) -> None:
    """Tells how a video will have ended, at the time when it does. It must have begun."""
    if made.failure is not None:
        said: dict[str, Any] = {"video_id": made.id, "msg": made.failure.message}
        event_type, at = "avatar_video.fail", made.done
    else:
        event_type = "avatar_video.success"
        at = made.done + (0.0 if made.legacy else ageing.LINK_DELAY)
        link = _links(ctx, call, made, at)
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


def _links(ctx: Context, call: Call, made: Video, at: float) -> Callable[[str], str]:
    """What signs a link to a file of a video that will be there at a time."""
    expires = at + ctx.settings.link_seconds

    def link(name: str) -> str:
        path = storage_path("videos", made.id, name)
        return ctx.links.signed(call.base, path, expires=expires)

    return link


_LOOKS: Final = {
    "digital_twin": "instant_avatar",
    "photo_avatar": "photo_avatar_generation",
}


def look(
    ctx: Context,
    made: Look,
    *,
    subject: str | None = None,
    callback_url: str | None = None,
    callback_id: str | None = None,
) -> None:
    """Tells how a new look will have ended. The vendor does not say what such an event holds."""
    said = {"avatar_id": made.id, "avatar_group_id": made.group_id, "name": made.name}
    if made.failure is not None:
        said["msg"] = made.failure.message
    word = "success" if made.failure is None else "fail"
    ctx.deliver(
        f"{subject or _LOOKS[made.avatar_type]}.{word}",
        made.id,
        said,
        at=made.ready,
        callback_url=callback_url,
        callback_id=callback_id,
    )


def generation(
    ctx: Context, made: Generation, *, callback_url: str | None, callback_id: str | None
) -> None:
    """Tells how a generation of photos or looks will have ended."""
    said = {"generation_id": made.id} | ({"msg": made.failure} if made.failure else {})
    ctx.deliver(
        f"photo_avatar_generation.{'fail' if made.failure else 'success'}",
        made.id,
        said,
        at=made.done,
        callback_url=callback_url,
        callback_id=callback_id,
    )


def training(ctx: Context, group_id: str, made: Training) -> None:
    """Tells how the training of a group will have ended."""
    said = {"group_id": group_id} | ({"msg": made.failure} if made.failure else {})
    word = "fail" if made.failure else "success"
    ctx.deliver(f"photo_avatar_train.{word}", group_id, said, at=made.done)


def dub(ctx: Context, call: Call, made: Dubbed) -> None:
    """Tells how a translation or a lipsync will have ended. The vendor names no lipsync's event."""
    subject = "video_translate" if made.kind == "video_translation" else made.kind
    named = subject if made.legacy else made.kind
    said: dict[str, Any] = {f"{named}_id": made.id, "output_language": made.language}
    at = made.done if made.failure else ageing.dub_linked(made)
    if made.failure:
        said["message" if made.legacy else "msg"] = made.failure
    else:
        path = storage_path("dubs", made.id, "video.mp4")
        expires = at + ctx.settings.link_seconds
        said["url"] = ctx.links.signed(call.base, path, expires=expires)
    ctx.deliver(
        f"{subject}.fail" if made.failure else f"{subject}.success",
        made.id,
        said,
        at=at,
        callback_url=made.callback_url,
        callback_id=made.callback_id,
    )


def proofread(ctx: Context, made: Proofread) -> None:
    """Tells how a proofread will have ended."""
    said = {"proofread_id": made.id, "output_language": made.language}
    if made.failure:
        said["msg"] = made.failure
    word = "fail" if made.failure else "success"
    ctx.deliver(f"proofread_creation.{word}", made.id, said, at=made.done)


def personalized(
    ctx: Context, call: Call, made: Video, *, project_id: str, contact: dict[str, str]
) -> None:
    """Tells of a contact's video, once it is there; one that fails is not told."""
    if made.failure is not None:
        return
    link = _links(ctx, call, made, made.done)
    gif = link("preview.gif")
    page = f"https://app.heygen.com/personalized/{made.id}"
    said = {
        "project_id": project_id,
        "video_id": made.id,
        "video_url": link("video.mp4"),
        "landing_page_url": page,
        "gif_url": gif,
        "gif_html": f'<a href="{page}"><img src="{gif}"></a>',
        "contact_info": contact,
    }
    ctx.deliver("personalized_video", project_id, said, at=made.done)
