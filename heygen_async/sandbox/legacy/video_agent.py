"""``/v1/video_agent/generate``: v3's agent, which tells the id of its video at once."""

from typing import Final

from heygen_async.models import AssetId, CreateAgentSession
from heygen_async.models.v2 import AgentConfig, GenerateFromPrompt
from heygen_async.sandbox import agents, jobs
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.refusal import refuse
from heygen_async.sandbox.v3.video_agents import open_session
from heygen_async.sandbox.validation import decode


async def generate_from_prompt(ctx: Context, call: Call) -> Reply:
    """Puts an agent to work that asks nothing."""
    body: GenerateFromPrompt = decode(call.body, GenerateFromPrompt)
    if body.callback_id is not None and body.callback_url is None:
        refuse("callback_id", "callback_id: needs callback_url")
    older = body.config or AgentConfig()
    session = open_session(
        ctx,
        call,
        CreateAgentSession(
            prompt=body.prompt,
            avatar_id=body.avatar_id or older.avatar_id,
            voice_id=body.voice_id or older.voice_id,
            orientation=body.orientation or older.orientation,
            files=[AssetId(asset_id=file.asset_id) for file in body.files or ()],
            callback_url=body.callback_url,
            callback_id=body.callback_id,
        ),
    )
    session.seconds = body.duration_sec or older.duration_sec
    # Without its words: it has to answer with a video, also where that is one that fails.
    failure = jobs.failure_of(body.prompt)
    await agents.begin(ctx, call, session, ends="makes", words="", failure=failure)
    ctx.world.agents[session.id] = session
    return Reply({"video_id": session.run.video_id, "session_id": session.id})


ROUTES: Final = (
    Route(
        method="POST",
        path="/v1/video_agent/generate",
        handler=generate_from_prompt,
        family=Family.ERROR,
    ),
)
