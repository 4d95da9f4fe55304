"""How far an agent's session is, computed whenever somebody asks, and what it says on the way."""

from pathlib import PurePosixPath
from typing import Any, Final

from heygen_async.models import AssetBase64, AssetId, AssetUrl
from heygen_async.models.files import FileInput
from heygen_async.sandbox import ageing, jobs, pieces, prices
from heygen_async.sandbox.assets import resolve
from heygen_async.sandbox.context import Call, Context
from heygen_async.sandbox.links import storage_path
from heygen_async.sandbox.refusal import refuse
from heygen_async.sandbox.works import Piece, Resource, Run, Said, Session
from heygen_async.sandbox.world import Failure, Shot, Video
from heygen_async.wire.media_types import EXTENSIONS

LINGERING: Final = 5.0
"""Virtual seconds for which a session is still known after it has handed over its video."""

_FILES: Final = frozenset(
    {
        "image/png",
        "image/jpeg",
        "video/mp4",
        "video/webm",
        "audio/mpeg",
        "audio/wav",
        "application/pdf",
    }
)
_BY_SUFFIX: Final = {suffix: mime for mime, suffix in EXTENSIONS.items()}
_QUESTION: Final = "Who is the video for, and how long may it be?"
_DRAFT: Final = "Here is a draft. Shall I make the video?"
_BEGUN: Final = "The video is being made."
_STOPPED: Final = "Stopped."
_GAVE_UP: Final = "The prompt violates the moderation policy."
_LONGEST: Final = 600


def attach(ctx: Context, call: Call, session: Session, files: list[FileInput]) -> list[str]:
    """Enters the files of a message, and gives the ids of the resources that they become.

    Raises:
        Refusal: 400 for a file that an agent does not take, 404 for an unknown one.
    """
    found = [
        resolve(ctx, call, given, kind=_kind(ctx, given), param=f"files[{index}]")
        for index, given in enumerate(files)
    ]
    ids: list[str] = []
    for index, asset in enumerate(found):
        if asset.mime not in _FILES:
            refuse(f"files[{index}]", f"files[{index}]: {asset.mime} is not accepted")
        kind = asset.mime.partition("/")[0].replace("application", "document")
        resource = Resource(
            id=ctx.new_id("resource"),
            kind=kind,
            source="user_uploaded",
            at=ctx.clock.now(),
            asset=asset.id,
        )
        session.resources[resource.id] = resource
        ids.append(resource.id)
    return ids


def _kind(ctx: Context, given: FileInput) -> str:
    """What a file is, as far as the request tells."""
    mime = "image/png"
    match given:
        case AssetId(asset_id=asset_id):
            asset = ctx.world.assets.get(asset_id)
            mime = asset.mime if asset is not None else mime
        case AssetUrl(url=url):
            mime = _BY_SUFFIX.get(PurePosixPath(url.partition("?")[0]).suffix.lower(), mime)
        case AssetBase64(media_type=media_type):
            mime = media_type
        case _:
            pass
    return mime.partition("/")[0]


def shot_of(ctx: Context, session: Session) -> Shot:
    """What the session's next video shows."""
    look = ctx.world.looks[session.look_id]
    width, height = pieces.frame(session.shape)
    return Shot(
        width=width,
        height=height,
        portrait=look.drawn,
        script=session.script,
        voice_id=session.voice_id,
        duration=session.seconds,
        photo=look.photo,
    )


def extend(session: Session, words: str) -> None:
    """Takes what a person said into what will be said."""
    session.script = f"{session.script} {words}"[:_LONGEST]


async def begin(
    ctx: Context,
    call: Call,
    session: Session,
    *,
    ends: str,
    words: str,
    failure: Failure | None = None,
) -> None:
    """Puts the agent to work on a message.

    Args:
        ctx: The sandbox.
        call: The request.
        session: The agent's.
        ends: What it ends in, unless the words make it fail.
        words: The message.
        failure: Why the video fails that comes of it.

    Raises:
        Refusal: 402, 429: there is no money or no slot for the video that comes of it.
    """
    run_id, now = ctx.new_id("run"), ctx.clock.now()
    if jobs.FAIL_TOKEN in words:
        ends = "fails"
    run = Run(id=run_id, start=now, thought=now + ctx.span(ageing.AGENT_THOUGHT, run_id), ends=ends)
    if ends == "makes":
        shot = shot_of(ctx, session)
        seconds = await jobs.seconds_of(ctx, shot)
        run.price = prices.agent_price(seconds)
        # What the former run only thinks about gives way, but not to one that is refused.
        former = None if session.run.settled else session.run
        if former is None or former.video_id is None:
            jobs.take_slot(ctx)
        ctx.afford(run.price - (former.price if former is not None else 0.0))
        halt(ctx, call, session)
        _plan(ctx, call, session, run, shot=shot, seconds=seconds, failure=failure)
    else:
        halt(ctx, call, session)
    session.run = run


def _plan(
    ctx: Context,
    call: Call,
    session: Session,
    run: Run,
    *,
    shot: Shot,
    seconds: float,
    failure: Failure | None,
) -> None:
    """Enters the video that a run makes; its render begins when the thinking ends."""
    run.video_id = ctx.new_id("video")
    video = Video(
        id=run.video_id,
        created=run.thought,
        done=0.0,
        shot=shot,
        duration=seconds,
        title=session.title,
        callback_id=session.callback_id,
        callback_url=session.callback_url,
        failure=failure,
    )
    jobs.start(ctx, video)
    ctx.charge(call, "video_agent", video.id, run.price)
    at = video.done + (0.0 if failure else ageing.LINK_DELAY)
    said = {"session_id": session.id, "video_id": video.id}
    if failure is None:
        path = storage_path("videos", video.id, "video.mp4")
        said["url"] = ctx.links.signed(call.base, path, expires=at + ctx.settings.link_seconds)
    else:
        said["msg"] = failure.message
    ctx.deliver(
        "video_agent.fail" if failure else "video_agent.success",
        video.id,
        said,
        at=at,
        callback_url=session.callback_url,
        callback_id=session.callback_id,
    )


def halt(ctx: Context, call: Call, session: Session) -> bool:
    """Takes back what the agent still only thinks about, and what was paid for it."""
    run = session.run
    if run.settled:
        return False
    run.settled = True
    if run.video_id is not None:
        ctx.world.videos.pop(run.video_id, None)
        ctx.world.flying.pop(run.video_id, None)
        ctx.withdraw(run.video_id)
        ctx.charge(call, "video_agent_refund", run.video_id, -run.price)
    return True


def stopped(ctx: Context, session: Session) -> None:
    """Enters that the agent was stopped while it was thinking."""
    now = ctx.clock.now()
    session.status = "waiting_for_input" if session.chat else "failed"
    kind = "text" if session.chat else "error"
    session.messages.append(Said(role="model", content=_STOPPED, type=kind, at=now))


def settle(ctx: Context, session: Session) -> None:
    """Enters what has come of the run, once its thinking has ended."""
    run = session.run
    if run.settled or ctx.clock.now() < run.thought:
        return
    run.settled = True
    said = Said(role="model", content=_QUESTION, at=run.thought)
    match run.ends:
        case "asks":
            session.status = "waiting_for_input"
        case "shows":
            session.status = "reviewing"
            said.content, said.type = _DRAFT, "resource"
            said.resource_ids = [_draft(ctx, session)]
        case "fails":
            session.status = "failed"
            said.content, said.type = _GAVE_UP, "error"
        case _:
            said.content, said.type = _BEGUN, "resource"
            said.resource_ids = [_handed_over(session, run)]
    session.messages.append(said)


def _draft(ctx: Context, session: Session) -> str:
    run, shot = session.run, shot_of(ctx, session)
    piece = Piece(
        id=ctx.new_id("draft"),
        ready=run.thought - ageing.LINK_DELAY,
        width=shot.width,
        height=shot.height,
        seconds=1.0,
        portrait=shot.portrait,
        owner=session.id,
    )
    resource = Resource(
        id=ctx.new_id("resource"),
        kind="draft",
        source="generated",
        at=run.thought,
        piece=pieces.add(ctx, piece),
    )
    session.resources[resource.id] = resource
    return resource.id


def _handed_over(session: Session, run: Run) -> str:
    video_id = run.video_id or ""
    session.status = "generating"
    session.videos.append(video_id)
    resource = Resource(
        id=video_id, kind="video", source="generated", at=run.thought, video=video_id
    )
    session.resources[resource.id] = resource
    return resource.id


def status_of(ctx: Context, session: Session) -> str:
    """A settled session's word."""
    if not session.run.settled:
        return "thinking"
    if session.status != "generating":
        return session.status
    video = ctx.world.videos.get(session.videos[-1])
    if video is None:  # it was deleted
        return "completed"
    word = ageing.video_status(video, ctx.clock.now())
    return word if word in {"completed", "failed"} else "generating"


def progress_of(ctx: Context, session: Session, status: str) -> int:
    """A settled session's progress, 0 to 100."""
    now, run = ctx.clock.now(), session.run
    if status == "completed":
        return 100
    if status == "thinking":
        return int(15 * (now - run.start) / (run.thought - run.start))
    video = ctx.world.videos.get(session.videos[-1]) if session.videos else None
    if status != "generating" or video is None:
        return 20
    return 20 + int(79 * min(1.0, (now - video.created) / (video.done - video.created)))


def is_forgotten(ctx: Context, session: Session) -> bool:
    """Whether the session answers 404 while the video that it handed over is being made."""
    if session.chat or status_of(ctx, session) != "generating":
        return False
    return ctx.clock.now() >= session.run.thought + LINGERING


def message_shown(said: Said) -> dict[str, Any]:
    """A message as v3 shows it."""
    return {
        "role": said.role,
        "content": said.content,
        "type": said.type,
        "created_at": int(said.at),
        "resource_ids": said.resource_ids or None,
    }
