"""How a flow ends: whatever ends it, what is paid has an outcome."""

from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from heygen_async import HeyGen, Outcome, VideoJob
from heygen_async.models import AvatarLook, AvatarVideo
from heygen_async.orchestrator import Orchestrator
from heygen_async.sandbox import Sandbox


def row(look: AvatarLook, number: int) -> VideoJob:
    return VideoJob(
        request=AvatarVideo(avatar_id=look.id, script=f"Row {number} says hello."), key=f"k{number}"
    )


def paid(sandbox: Sandbox) -> list[str]:
    return sorted(charge.id for charge in sandbox.charges if charge.kind == "video")


def ids(ended: list[Outcome]) -> list[str]:
    return sorted(outcome.video_id for outcome in ended if outcome.video_id)


@pytest.mark.parametrize("end", [Orchestrator.drain, Orchestrator.stop])
@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("streamed", [False, True])
async def test_a_source_may_end_the_flow_itself(  # noqa: PLR0913  fixtures
    heygen: HeyGen,
    sandbox: Sandbox,
    look: AvatarLook,
    end: Callable[[Orchestrator], None],
    *,
    ordered: bool,
    streamed: bool,
) -> None:
    def rows() -> Iterator[VideoJob]:
        for number in range(20):
            if number == 5:
                end(studio)
            yield row(look, number)

    async def stream() -> AsyncIterator[VideoJob]:
        for each in rows():
            yield each

    async with heygen.orchestrator() as studio:
        source = stream() if streamed else rows()
        ended = [outcome async for outcome in studio.render(source, ordered=ordered)]
    assert sorted(outcome.index for outcome in ended) == list(range(5))
    assert ids(ended) == paid(sandbox)
