"""Downloads that meet each other, odd hosts, odd names and callers that fail."""

import asyncio
import signal
import sys
import traceback
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from heygen_async import HeyGen, RetryPolicy, Timeouts
from heygen_async.errors import (
    IntegrityError,
    ReadTimeoutError,
    TargetError,
    TransferError,
    TransportError,
)
from tests.behaviour.hosts import DATA, FILE, SIGNED, SLOW, media_host

IDENTITY = "video v1 video_url"
SCRIPT = """
import asyncio, sys
from pathlib import Path
from heygen_async import HeyGen, HeyGenError

async def main(url, target):
    async def link():
        return url
    async with HeyGen(api_key="k", base_url="http://127.0.0.1:1") as heygen:
        try:
            path = await heygen._tools.downloads.fetch(link, Path(target), identity=sys.argv[3])
            print("ok", path.stat().st_size)
        except HeyGenError as problem:
            print(type(problem).__name__, problem)

asyncio.run(main(*sys.argv[1:3]))
"""


@pytest.fixture
async def host() -> AsyncIterator[tuple[str, list[str]]]:
    async with media_host() as made:
        yield made


@pytest.fixture
async def plain() -> AsyncIterator[HeyGen]:
    """A client on the real clock."""
    retry = RetryPolicy(base=0.01)
    async with HeyGen(api_key="k", base_url="http://127.0.0.1:1", retry=retry) as heygen:
        yield heygen


async def fetch(heygen: HeyGen, url: str, target: Path, **more: object) -> Path:
    async def link() -> str:
        return url

    downloads = heygen._tools.downloads
    return await downloads.fetch(link, target, identity=IDENTITY, **more)  # type: ignore[arg-type]


async def another_process(url: str, target: Path) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", SCRIPT, url, str(target), IDENTITY, stdout=PIPE
    )


async def said(process: Process) -> str:
    return (await process.communicate())[0].decode().strip()


async def until_it_writes(part: Path) -> None:
    async with asyncio.timeout(30):
        while not part.exists() or not part.stat().st_size:
            await asyncio.sleep(0.01)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_two_processes_with_one_target_do_not_mix(
    host: tuple[str, list[str]], tmp_path: Path
) -> None:
    url, target = host[0] + SLOW, tmp_path / "two.mp4"
    processes = [await another_process(url, target) for _ in range(3)]
    answers = sorted([await said(process) for process in processes])
    # Whoever is first has it; who comes too late may not replace it, and says so.
    assert answers[-1] == f"ok {len(DATA)}"
    assert all(answer.startswith("TargetError") for answer in answers[:-1])
    assert "exists" in answers[0]
    assert target.read_bytes() == DATA
    leftovers = names(tmp_path) - {"two.mp4", "two.mp4.part", "two.mp4.part.json"}
    assert leftovers == set()


async def test_a_part_of_a_process_that_was_killed_is_taken_over(
    host: tuple[str, list[str]], plain: HeyGen, tmp_path: Path
) -> None:
    url, target = host[0] + FILE, tmp_path / "killed.mp4"
    process = await another_process(f"{url}?pause=0.1", target)
    part = tmp_path / "killed.mp4.part"
    async with asyncio.timeout(30):
        while not any(FILE in asked for asked in host[1]):
            await asyncio.sleep(0.01)
    await until_it_writes(part)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    assert (tmp_path / "killed.mp4.part.lock").exists()
    await fetch(plain, url, target)
    assert target.read_bytes() == DATA
    assert "bytes=" in host[1][-1], "it goes on where the dead one stopped"
    assert names(tmp_path) == {"killed.mp4"}


async def test_a_second_download_of_one_client_may_replace_when_asked(
    host: tuple[str, list[str]], plain: HeyGen, tmp_path: Path
) -> None:
    target = tmp_path / "one.mp4"
    url = host[0] + SLOW
    await asyncio.gather(*(fetch(plain, url, target, overwrite=True) for _ in range(3)))
    assert target.read_bytes() == DATA
    assert names(tmp_path) == {"one.mp4"}


async def test_what_lies_on_disk_is_measured_before_it_becomes_the_target(
    host: tuple[str, list[str]], plain: HeyGen, tmp_path: Path
) -> None:
    target, part = tmp_path / "a.mp4", tmp_path / "a.mp4.part"

    def meddle(have: int, total: int | None) -> None:
        if have == total:
            with part.open("ab") as file:
                file.write(b"of somebody who knows of no lock")

    with pytest.raises(IntegrityError, match="lie on disk"):
        await fetch(plain, host[0] + FILE, target, progress=meddle)
    assert not target.exists()
    assert not part.exists()
    await fetch(plain, host[0] + FILE, target)
    assert target.read_bytes() == DATA


async def test_a_cancelled_second_download_leaves_nothing_of_its_own(
    host: tuple[str, list[str]], plain: HeyGen, tmp_path: Path
) -> None:
    url, target = host[0] + SLOW, tmp_path / "c.mp4"
    first = asyncio.create_task(fetch(plain, url, target))
    while not (tmp_path / "c.mp4.part.lock").exists():
        await asyncio.sleep(0.005)
    second = asyncio.create_task(fetch(plain, url, target))
    await asyncio.sleep(0.1)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    await first
    assert target.read_bytes() == DATA
    assert names(tmp_path) == {"c.mp4"}


@pytest.mark.parametrize("side", [None, b"not ours", b'{"mine": 1}'])
async def test_a_part_that_is_not_ours_is_left_alone(
    host: tuple[str, list[str]], plain: HeyGen, tmp_path: Path, side: bytes | None
) -> None:
    foreign = tmp_path / "f.mp4.part"
    foreign.write_bytes(b"somebody's own")
    if side is not None:
        (tmp_path / "f.mp4.part.json").write_bytes(side)
    await fetch(plain, host[0] + FILE, tmp_path / "f.mp4")
    assert (tmp_path / "f.mp4").read_bytes() == DATA
    assert foreign.read_bytes() == b"somebody's own"
    if side is not None:
        assert (tmp_path / "f.mp4.part.json").read_bytes() == side


@pytest.mark.parametrize("name", ["n" * 251 + ".mp4", "ü" * 125 + ".mp4", "n" * 240])
async def test_a_name_as_long_as_the_system_takes_can_be_downloaded(
    host: tuple[str, list[str]], plain: HeyGen, tmp_path: Path, name: str
) -> None:
    await fetch(plain, host[0] + FILE, tmp_path / name)
    assert names(tmp_path) == {name}


@pytest.mark.parametrize("name", ["n" * 300, "a\0b", "\ud800.mp4"])
async def test_a_name_that_no_system_takes_is_named(
    plain: HeyGen, tmp_path: Path, name: str
) -> None:
    with pytest.raises(TargetError, match="cannot be written"):
        await fetch(plain, "http://127.0.0.1:1/", tmp_path / name)


@pytest.mark.parametrize("kind", [OSError, TimeoutError, ConnectionError, asyncio.CancelledError])
async def test_what_the_callers_progress_raises_comes_out_as_it_is(
    host: tuple[str, list[str]], plain: HeyGen, tmp_path: Path, kind: type[BaseException]
) -> None:
    mine = kind("mine")
    told: list[int] = []

    def progress(have: int, _: int | None) -> None:
        told.append(have)
        raise mine

    with pytest.raises(kind) as caught:
        await fetch(plain, host[0] + FILE, tmp_path / "p.mp4", progress=progress)
    assert caught.value is mine
    assert host[1] == [FILE], "it is not tried again"
    assert told == [0]
    text = "".join(traceback.format_exception(mine))
    assert "CallbackFailed" not in text


async def test_a_host_that_compresses_unasked_gives_the_file(
    host: tuple[str, list[str]], plain: HeyGen, tmp_path: Path
) -> None:
    await fetch(plain, f"{host[0]}/gzip", tmp_path / "g.mp4")
    assert (tmp_path / "g.mp4").read_bytes() == DATA


@pytest.mark.parametrize("path", ["/loop", "/ftp"])
async def test_a_redirect_that_leads_nowhere_is_final_and_shows_no_signature(
    host: tuple[str, list[str]], plain: HeyGen, tmp_path: Path, path: str
) -> None:
    with pytest.raises(TransferError, match=r"redirects|leads") as caught:
        await fetch(plain, host[0] + path + SIGNED, tmp_path / "r.mp4")
    assert "presigned-canary" not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None
    assert host[1].count(path) == (1 if path == "/ftp" else 10), "asked once"


@pytest.mark.parametrize(
    "link",
    ["no url", "ftp://h/a", "http://", "http://[bad", "http://127.0.0.1:99999/", "file:///etc"],
)
async def test_a_link_that_is_none_is_a_typed_error(
    plain: HeyGen, tmp_path: Path, link: str
) -> None:
    with pytest.raises(TransferError, match="no http address") as caught:
        await fetch(plain, link + SIGNED, tmp_path / "b.mp4")
    assert "presigned-canary" not in "".join(traceback.format_exception(caught.value))
    assert names(tmp_path) == set()


async def test_a_host_that_drops_what_cannot_be_continued_is_given_up(
    host: tuple[str, list[str]], plain: HeyGen, tmp_path: Path
) -> None:
    with pytest.raises(TransportError, match="broke") as caught:
        await fetch(plain, f"{host[0]}/drops", tmp_path / "d.mp4")
    assert host[1] == ["/drops"] * 5, "what is fetched again is no progress"
    assert len(caught.value.__notes__) == 4


async def test_a_host_that_falls_silent_is_given_up_after_the_stall(
    host: tuple[str, list[str]], tmp_path: Path
) -> None:
    times = Timeouts(stall=0.2)
    retry = RetryPolicy(max_retries=0)
    async with HeyGen(
        api_key="k", base_url="http://127.0.0.1:1", timeouts=times, retry=retry
    ) as heygen:
        with pytest.raises(ReadTimeoutError):
            async with asyncio.timeout(10):
                await fetch(heygen, f"{host[0]}/silent", tmp_path / "s.mp4")


async def test_a_final_refusal_knows_what_went_wrong_before(
    host: tuple[str, list[str]], plain: HeyGen, tmp_path: Path
) -> None:
    with pytest.raises(TransferError, match="HTTP 400") as caught:
        await fetch(plain, f"{host[0]}/worse", tmp_path / "w.mp4")
    assert len(caught.value.__notes__) == 1
    assert "503" in caught.value.__notes__[0]
