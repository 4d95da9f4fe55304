"""``/v3/video-agents``: sessions in which an agent makes videos."""

from typing import Any, Final

from heygen_async.models import CreateAgentSession, SendAgentMessage, StopAgentSession
from heygen_async.sandbox import agents, pieces
from heygen_async.sandbox.assets import public_url
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.links import storage_path
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.refusal import missing, refuse
from heygen_async.sandbox.styles import STYLES
from heygen_async.sandbox.v3.video_plans import usable_look
from heygen_async.sandbox.v3.videos import video_shown
from heygen_async.sandbox.validation import decode, whole_number
from heygen_async.sandbox.voices import usable_voice
from heygen_async.sandbox.works import Resource, Run, Said, Session

MOST_MESSAGES: Final = 40

_STOCK: Final = "Ada_public_studio_side"
_TITLE_WORDS: Final = 6
_TALL: Final = ("portrait", "9:16", "tiktok", "vertical", "reel")


async def create_video_agent_session(ctx: Context, call: Call) -> Reply:
    """Puts an agent to work on a prompt."""
    body: CreateAgentSession = decode(call.body, CreateAgentSession)
    if body.style_id is not None and body.style_id not in STYLES:
        refuse("style_id", f"style_id: there is no style {body.style_id}")
    session = open_session(ctx, call, body)
    ends = "asks" if session.chat else "makes"
    await agents.begin(ctx, call, session, ends=ends, words=body.prompt)
    ctx.world.agents[session.id] = session
    return Reply(
        {
            "session_id": session.id,
            "status": "thinking",
            "video_id": None,
            "created_at": int(session.created),
        }
    )


def open_session(ctx: Context, call: Call, body: CreateAgentSession) -> Session:
    """A session with its first message, on which nobody works yet.

    Raises:
        Refusal: The look, the voice or a file cannot be used.
    """
    session = _session(ctx, body)
    resource_ids = agents.attach(ctx, call, session, body.files or [])
    session.messages.append(
        Said(role="user", content=body.prompt, at=session.created, resource_ids=resource_ids)
    )
    return session


def _session(ctx: Context, body: CreateAgentSession) -> Session:
    look = usable_look(ctx, body.avatar_id or _STOCK)
    if body.voice_id is not None:
        usable_voice(ctx, body.voice_id)
    words = body.prompt.split()
    upright = any(sign in body.prompt.lower() for sign in _TALL)
    now = ctx.clock.now()
    session = Session(
        id=ctx.new_id("session"),
        created=now,
        chat=body.mode == "chat",
        title=" ".join(words[:_TITLE_WORDS]) or "Untitled",
        script="Here is your video.",
        look_id=look.id,
        voice_id=body.voice_id or look.voice_id,
        shape=body.orientation or ("portrait" if upright else "landscape"),
        # Nothing is under way yet.
        run=Run(id="", start=now, thought=now, ends="", settled=True),
        callback_id=body.callback_id,
        callback_url=body.callback_url,
    )
    agents.extend(session, body.prompt)
    return session


async def list_video_agent_sessions(ctx: Context, call: Call) -> Reply:
    """Lists sessions, the newest first."""
    limit = whole_number(call.query.get("limit"), "limit", default=20, low=1, high=100)
    items = [
        {"session_id": each.id, "title": each.title, "created_at": int(each.created)}
        for each in reversed(ctx.world.agents.values())
    ]
    return page(items, limit=limit, token=call.query.get("token"))


async def list_video_agent_styles(_ctx: Context, call: Call) -> Reply:
    """Lists styles, all or those with a tag."""
    limit = whole_number(call.query.get("limit"), "limit", default=20, low=1, high=100)
    tag = call.query.get("tag")

    def link(style_id: str, name: str) -> str:
        return call.base + storage_path("styles", style_id, name)

    items = [
        {
            "style_id": style.style_id,
            "name": style.name,
            "thumbnail_url": link(style.style_id, "thumbnail.jpg"),
            "preview_video_url": link(style.style_id, "preview.mp4"),
            "tags": list(style.tags),
            "aspect_ratio": style.aspect_ratio,
        }
        for style in STYLES.values()
        if not tag or tag in style.tags
    ]
    return page(items, limit=limit, token=call.query.get("token"))


async def get_video_agent_session(ctx: Context, call: Call) -> Reply:
    """Reads a session; in ``generate`` mode not while its video is being made."""
    session = _found(ctx, call)
    if agents.is_forgotten(ctx, session):
        raise missing("not_found", f"Video agent session {session.id} not found.")
    status = agents.status_of(ctx, session)
    newest = reversed(session.messages)
    messages = [agents.message_shown(said) for said in newest][:MOST_MESSAGES]
    return Reply(
        {
            "session_id": session.id,
            "status": status,
            "progress": agents.progress_of(ctx, session, status),
            "title": session.title,
            "video_id": session.videos[-1] if session.videos else None,
            "created_at": int(session.created),
            "messages": messages,
        }
    )


async def send_video_agent_message(ctx: Context, call: Call) -> Reply:
    """Takes an answer, an addition, or a wish for changes."""
    body: SendAgentMessage = decode(call.body, SendAgentMessage)
    session = _found(ctx, call)
    if not session.chat:
        refuse("session_id", "session_id: only sessions in chat mode take messages")
    look = usable_look(ctx, body.avatar_id) if body.avatar_id is not None else None
    if body.voice_id is not None:
        usable_voice(ctx, body.voice_id)
    resource_ids = agents.attach(ctx, call, session, body.files or [])
    former, script = (session.look_id, session.voice_id), session.script
    if look is not None:
        session.look_id, session.voice_id = look.id, look.voice_id
    session.voice_id = body.voice_id or session.voice_id
    agents.extend(session, body.message)
    try:
        await agents.begin(ctx, call, session, ends=_ends(session), words=body.message)
    except BaseException:
        (session.look_id, session.voice_id), session.script = former, script
        raise
    session.messages.append(
        Said(role="user", content=body.message, at=ctx.clock.now(), resource_ids=resource_ids)
    )
    return Reply({"session_id": session.id, "run_id": session.run.id, "title": session.title})


def _ends(session: Session) -> str:
    """What comes of the next message: a question is answered by a draft, a draft by a video."""
    if not session.run.settled:
        return session.run.ends
    shown = any(resource.kind == "draft" for resource in session.resources.values())
    return "makes" if shown else "shows"


async def get_video_agent_resource(ctx: Context, call: Call) -> Reply:
    """Reads what a message refers to."""
    session = _found(ctx, call)
    resource_id = call.params["resource_id"]
    resource = session.resources.get(resource_id)
    if resource is None:
        raise missing("not_found", f"Resource {resource_id} not found.")
    return Reply(
        {
            "resource_id": resource.id,
            "resource_type": resource.kind,
            "source_type": resource.source,
            "created_at": int(resource.at),
            "metadata": None,
        }
        | _links(ctx, call, resource)
    )


def _links(ctx: Context, call: Call, resource: Resource) -> dict[str, Any]:
    shown: dict[str, Any] = {"url": None, "thumbnail_url": None, "preview_url": None}
    asset = ctx.world.assets.get(resource.asset or "")
    piece = ctx.world.pieces.get(resource.piece or "")
    video = ctx.world.videos.get(resource.video or "")
    if asset is not None:
        shown["url"] = public_url(call, asset)
    elif piece is not None:
        picture = pieces.links(ctx, call, piece)["thumbnail_url"]
        shown = dict.fromkeys(shown, picture)
    elif video is not None:
        whole = video_shown(ctx, call, video)
        shown["url"], shown["thumbnail_url"] = whole["video_url"], whole["thumbnail_url"]
        shown["preview_url"] = whole["gif_url"]
    return shown


async def stop_video_agent_session(ctx: Context, call: Call) -> Reply:
    """Stops an agent that thinks; a video that is being made goes on."""
    decode(call.body or b"{}", StopAgentSession)
    session = _found(ctx, call)
    if agents.halt(ctx, call, session):
        agents.stopped(ctx, session)
    return Reply({"session_id": session.id})


async def list_video_agent_videos(ctx: Context, call: Call) -> Reply:
    """Reads the videos of a session, the newest first."""
    session = _found(ctx, call)
    videos = [ctx.world.videos.get(video_id) for video_id in reversed(session.videos)]
    items = [video_shown(ctx, call, video) for video in videos if video is not None]
    return Reply(items, beside={"has_more": False, "next_token": None})


def _found(ctx: Context, call: Call) -> Session:
    session_id = call.params["session_id"]
    session = ctx.world.agents.get(session_id)
    if session is None:
        raise missing("not_found", f"Video agent session {session_id} not found.")
    agents.settle(ctx, session)
    return session


_ROOT: Final = "/v3/video-agents"
_SESSION: Final = f"{_ROOT}/{{session_id}}"
ROUTES: Final = (
    # Nothing here is keyed.
    Route(method="POST", path=_ROOT, handler=create_video_agent_session),
    Route(method="GET", path=_ROOT, handler=list_video_agent_sessions),
    Route(method="GET", path=f"{_ROOT}/styles", handler=list_video_agent_styles),
    Route(method="GET", path=_SESSION, handler=get_video_agent_session),
    Route(method="POST", path=_SESSION, handler=send_video_agent_message),
    Route(
        method="GET",
        path=f"{_SESSION}/resources/{{resource_id}}",
        handler=get_video_agent_resource,
    ),
    Route(method="POST", path=f"{_SESSION}/stop", handler=stop_video_agent_session),
    Route(method="GET", path=f"{_SESSION}/videos", handler=list_video_agent_videos),
)
