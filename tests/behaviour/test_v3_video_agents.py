"""Agents over real sockets: a prompt becomes a video, with questions in between."""

from collections.abc import Callable
from pathlib import Path

import pytest

from heygen_async import HeyGen
from heygen_async.errors import (
    InsufficientCreditError,
    InvalidRequestError,
    JobFailedError,
    NotFoundError,
    OutcomeUnknownError,
)
from heygen_async.models import (
    AgentStatus,
    AssetId,
    AssetUrl,
    CreateAgentSession,
)
from heygen_async.sandbox import Fault, Sandbox

Calls = Callable[[str, str], int]
PROMPT = "Tell in one minute why cats sleep so much."
ROOT = "/v3/video-agents"


async def test_a_prompt_becomes_a_video_on_disk(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    job = await heygen.video_agents.create(CreateAgentSession(prompt=PROMPT))
    assert job.session_id == job.id
    assert job.created is not None
    assert (job.created.id, job.created.status) == ("", "thinking")
    first = await job.read()
    assert (first.id, first.status) == ("", "thinking")

    words = [update.status async for update in job.updates()]
    assert words[-1] == "completed"
    video = await job.wait()
    assert video.id
    assert video.id != job.session_id
    assert video.title == "Tell in one minute why cats"
    path = await job.download(tmp_path)
    assert path.name == f"{job.session_id}.mp4"
    assert path.stat().st_size > 1000

    session = await heygen.video_agents.get(job.session_id)
    assert (session.status, session.progress) == (AgentStatus.COMPLETED, 100)
    assert session.video_id == video.id
    assert [(m.role, m.type) for m in session.messages] == [("model", "resource"), ("user", "text")]
    assert [each.id for each in await heygen.video_agents.list_videos(job.session_id)] == [video.id]
    (charge,) = sandbox.charges
    assert (charge.kind, charge.id) == ("video_agent", video.id)
    assert charge.credits == pytest.approx(0.0333 * (video.duration or 0), abs=1e-3)
    # Known by no key: the session is not protected by one.
    assert not any(r.idempotency_key for r in sandbox.requests if r.path == ROOT)


async def test_once_the_video_is_known_only_the_video_is_looked_at(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    job = await heygen.video_agents.create(CreateAgentSession(prompt=PROMPT))
    video = await job.wait()
    looks = [r.path for r in sandbox.requests if r.method == "GET"]
    handed_over = looks.index(f"/v3/videos/{video.id}")
    assert handed_over > 0
    assert set(looks[handed_over:]) == {f"/v3/videos/{video.id}"}


async def test_a_session_that_is_forgotten_meanwhile_loses_nothing(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    job = await heygen.video_agents.create(CreateAgentSession(prompt=PROMPT))
    await job.read()
    # From another process, by the id alone, when the session is already forgotten.
    sandbox.clock.advance(46)
    with pytest.raises(NotFoundError):
        await heygen.video_agents.get(job.session_id)
    other = heygen.video_agents.job(job.session_id)
    assert (await other.read()).id
    assert (await other.wait()).video_url


async def test_a_video_that_is_known_spares_the_question(heygen: HeyGen, calls: Calls) -> None:
    job = await heygen.video_agents.create(CreateAgentSession(prompt=PROMPT))
    video = await job.wait()
    before = calls("GET", ROOT)
    again = heygen.video_agents.job("of-another-process", video_id=video.id)
    assert (await again.wait()).id == video.id
    assert calls("GET", ROOT) == before


async def test_a_chat_asks_shows_a_draft_and_takes_wishes(heygen: HeyGen, sandbox: Sandbox) -> None:
    agents = heygen.video_agents
    job = await agents.create(CreateAgentSession(prompt=PROMPT, mode="chat"))
    with pytest.raises(JobFailedError, match="Who is the video for") as caught:
        await job.wait()
    assert caught.value.status == "waiting_for_input"
    assert not list(sandbox.charges)

    sent = await agents.send_message(job.session_id, message="For children, half a minute.")
    assert (sent.session_id, bool(sent.run_id)) == (job.session_id, True)
    with pytest.raises(JobFailedError, match="draft") as caught:
        await job.wait()
    assert caught.value.status == "reviewing"
    session = await agents.get(job.session_id)
    shown = session.messages[0].resource_ids
    assert shown is not None
    draft = await agents.get_resource(job.session_id, resource_id=shown[0])
    assert (draft.resource_type, draft.source_type) == ("draft", "generated")
    assert draft.preview_url
    assert not list(sandbox.charges)

    await agents.send_message(job.session_id, message="Yes, please.")
    first = await job.wait()
    assert len(sandbox.charges) == 1

    # A wish for changes: the same handle follows the new video, not the old one.
    await agents.send_message(job.session_id, message="Make it funnier.")
    second = await job.wait()
    assert second.id != first.id
    videos = await agents.list_videos(job.session_id)
    assert [video.id for video in videos] == [second.id, first.id]
    resource = await agents.get_resource(job.session_id, resource_id=second.id)
    assert (resource.resource_type, bool(resource.url)) == ("video", True)
    assert len(sandbox.charges) == 2


async def test_somebody_may_wait_for_the_person_who_answers(heygen: HeyGen) -> None:
    job = await heygen.video_agents.create(CreateAgentSession(prompt=PROMPT, mode="chat"))
    words: list[str] = []
    async for update in job.updates():
        words.append(update.status)
        if update.status in {"waiting_for_input", "reviewing"}:
            await heygen.video_agents.send_message(job.session_id, message="Go on.")
    assert words[-1] == "completed"
    assert [word for word in words if word in {"waiting_for_input", "reviewing"}] == [
        "waiting_for_input",
        "reviewing",
    ]


async def test_files_are_uploaded_by_themselves(heygen: HeyGen, photo: Path) -> None:
    agents = heygen.video_agents
    asset = await heygen.assets.upload(photo)
    request = CreateAgentSession(
        prompt=PROMPT,
        mode="chat",
        files=[photo, asset.asset_id, AssetUrl(url="https://example.com/a.pdf")],
    )
    job = await agents.create(request)
    await agents.send_message(job.session_id, message="And this.", files=[photo.read_bytes()])
    session = await agents.get(job.session_id)
    shared = [m.resource_ids for m in reversed(session.messages) if m.role == "user"]
    assert [len(ids or ()) for ids in shared] == [3, 1]
    kinds = [
        (await agents.get_resource(job.session_id, resource_id=each)).resource_type
        for each in shared[0] or ()
    ]
    assert kinds == ["image", "image", "document"]


async def test_what_the_agent_may_use_is_heeded(heygen: HeyGen, sandbox: Sandbox) -> None:
    style = (await heygen.video_agents.list_styles(tag="print")).items[0]
    voice = (await heygen.voices.list()).items[3]
    request = CreateAgentSession(
        prompt=PROMPT,
        mode="generate",
        avatar_id="Marcus_public_library_front",
        voice_id=voice.voice_id,
        style_id=style.style_id,
        orientation="portrait",
        incognito_mode=True,
    )
    video = await (await heygen.video_agents.create(request)).wait()
    shot = sandbox._ctx.world.videos[video.id].shot
    assert (shot.portrait, shot.voice_id) == ("Marcus_public_library_front", voice.voice_id)
    assert shot.height > shot.width


async def test_an_agent_that_gives_up_says_why(heygen: HeyGen) -> None:
    job = await heygen.video_agents.create(CreateAgentSession(prompt="[[fail]] this"))
    with pytest.raises(JobFailedError, match="moderation policy") as caught:
        await job.wait()
    assert caught.value.status == "failed"


async def test_stopping_pays_back_what_was_not_begun(heygen: HeyGen, sandbox: Sandbox) -> None:
    job = await heygen.video_agents.create(CreateAgentSession(prompt=PROMPT))
    assert (await heygen.video_agents.stop(job.session_id)).session_id == job.session_id
    await heygen.video_agents.stop(job.session_id)
    with pytest.raises(JobFailedError, match="Stopped"):
        await job.wait()
    assert sandbox.total_charged == 0

    chat = await heygen.video_agents.create(CreateAgentSession(prompt=PROMPT, mode="chat"))
    await heygen.video_agents.stop(chat.session_id)
    session = await heygen.video_agents.get(chat.session_id)
    assert session.status is AgentStatus.WAITING_FOR_INPUT

    rendering = await heygen.video_agents.create(CreateAgentSession(prompt=PROMPT))
    sandbox.clock.advance(41)
    await heygen.video_agents.stop(rendering.session_id)
    assert (await rendering.wait()).video_url


async def test_lists_are_paged(heygen: HeyGen) -> None:
    made = [
        (await heygen.video_agents.create(CreateAgentSession(prompt=f"{n} cats"))).session_id
        for n in range(5)
    ]
    pages = [page async for page in heygen.video_agents.list(limit=2).pages()]
    assert [len(page.items) for page in pages] == [2, 2, 1]
    assert [each.session_id for page in pages for each in page.items] == made[::-1]
    assert pages[0].items[0].title == "4 cats"
    styles = [style async for style in heygen.video_agents.list_styles(limit=3)]
    assert len(styles) == 8
    assert len({style.style_id for style in styles}) == 8
    assert all(
        "print" in (s.tags or ())
        for s in (await heygen.video_agents.list_styles(tag="print")).items
    )
    with pytest.raises(InvalidRequestError, match="limit"):
        heygen.video_agents.list(limit=101)
    with pytest.raises(InvalidRequestError, match="limit"):
        heygen.video_agents.list_styles(limit=0)


async def test_a_session_that_may_have_begun_is_not_begun_again(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls
) -> None:
    sandbox.fault(Fault(method="POST", path=ROOT, commit_then_drop=True))
    with pytest.raises(OutcomeUnknownError):
        await heygen.video_agents.create(CreateAgentSession(prompt=PROMPT))
    assert calls("POST", ROOT) == 1
    assert len([each async for each in heygen.video_agents.list()]) == 1


async def test_refusals(heygen: HeyGen, sandbox: Sandbox) -> None:
    agents = heygen.video_agents
    for request in (
        CreateAgentSession(prompt=""),
        CreateAgentSession(prompt="x" * 10_001),
        CreateAgentSession(prompt="x", mode="talk"),  # type: ignore[arg-type]
        CreateAgentSession(prompt="x", files=[AssetId(asset_id="a") for _ in range(21)]),
    ):
        with pytest.raises(InvalidRequestError):
            await agents.create(request)
    with pytest.raises(InvalidRequestError):
        await agents.send_message("s", message="")
    assert not sandbox.requests
    for call in (
        agents.get("none"),
        agents.stop("none"),
        agents.list_videos("none"),
        agents.get_resource("none", resource_id="none"),
        agents.send_message("none", message="x"),
        agents.job("none").read(),
    ):
        with pytest.raises(NotFoundError):
            await call
    sandbox._ctx.world.balance = 0.01
    with pytest.raises(InsufficientCreditError):
        await agents.create(CreateAgentSession(prompt=PROMPT))
