import re
import signal
import subprocess
import time
from html.parser import HTMLParser
from pathlib import Path

import av
import pytest

from heygen_async import HeyGen, World
from heygen_async.cli.demo.cost import estimate, quote
from heygen_async.cli.demo.inputs import Row, find, read_rows
from heygen_async.cli.demo.making import Crew
from heygen_async.cli.demo.progress import Progress
from heygen_async.errors import InvalidRequestError
from heygen_async.orchestrator import State
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.testing.clock import ScaledClock

from .conftest import ROOT, run, started

Done = tuple[Path, subprocess.CompletedProcess[str]]
ROWS = read_rows(ROOT / "examples" / "scripts.csv")
SIZES = {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (720, 720)}
HEADER = "key,title,aspect,road,captions,background,script\n"


def test_demo_ends_well(demo: Done) -> None:
    folder, done = demo
    assert done.returncode == 0, done.stderr
    assert "12 of 12" in done.stdout
    assert "status calls" in done.stdout
    assert "credits on v2" in done.stdout
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    wanted = {f"{row.key}.mp4" for row in ROWS} | {"report.html"}
    assert {path.name for path in folder.iterdir()} == wanted


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_every_video_plays(demo: Done, row: Row) -> None:
    with av.open(demo[0] / f"{row.key}.mp4") as film:
        picture, sound = film.streams.video[0], film.streams.audio[0]
        assert (picture.width, picture.height) == SIZES[row.aspect]
        assert film.duration is not None
        assert film.duration / av.time_base > 3
        frames = sum(1 for _ in film.decode(picture))
        assert frames > 3 * 25
        film.seek(0)
        assert any(any(bytes(frame.planes[0])) for frame in film.decode(sound))


class _Page(HTMLParser):
    """Collects what a page loads, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"src", "href", "poster"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_report_is_one_page_that_needs_nothing_else(demo: Done) -> None:
    path = demo[0] / "report.html"
    assert path.stat().st_size < 30_000_000
    source = path.read_text(encoding="utf-8")
    page = _Page()
    page.feed(source)
    assert page.tags.count("video") == 12
    assert "link" not in page.tags
    assert all(link.startswith(("data:", "#")) for link in page.links)
    light = re.sub(r"base64,[A-Za-z0-9+/=]+", "", source)
    assert "http://" not in light
    assert "https://" not in light
    assert "@import" not in light
    assert "url(" not in light
    for row in ROWS:
        assert row.script in page.text
    assert page.tags.count("svg") >= 14


def test_scripts_are_escaped_a_failure_sinks_no_other_and_old_files_go(tmp_path: Path) -> None:
    evil = "<script>alert('x')</script> & fine"
    (tmp_path / "scripts.csv").write_text(
        HEADER
        + f'ok,"{evil}",1:1,v3,no,,"Hello. {evil}"\n'
        + 'bad,Bad,1:1,v3,no,,"This one [[fail]] fails."\n',
        encoding="utf-8",
    )
    (tmp_path / "demo-out").mkdir()
    (tmp_path / "demo-out" / "ok.mp4").write_bytes(b"from an earlier demo")
    done = run("demo", "--scripts", "scripts.csv", "--speed", "200", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "1 of 2" in done.stdout
    assert "bad failed" in done.stdout
    assert (tmp_path / "demo-out" / "ok.mp4").stat().st_size > 10_000
    source = (tmp_path / "demo-out" / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in source
    assert "&lt;script&gt;alert" in source


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_leaves_nothing_half_written(tmp_path: Path, number: signal.Signals) -> None:
    with started("demo", "--speed", "60", cwd=tmp_path) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "downloading" in line:
                break
        time.sleep(0.2)
        process.send_signal(number)
        out, err = process.communicate(timeout=15)
    assert process.returncode == 130
    assert out == ""
    assert err.splitlines()[-1] == "interrupted"
    assert "Traceback" not in err
    left = {path.name for path in (tmp_path / "demo-out").iterdir()}
    assert left <= {f"{row.key}.mp4" for row in ROWS}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "columns"),
        ("key,title\n", "columns"),
        (HEADER, "at least one row"),
        (HEADER + "a,A,4:3,v3,no,,Hi\n", "line 2: aspect"),
        (HEADER + "a,A,1:1,v9,no,,Hi\n", "line 2: road"),
        (HEADER + "a,A,1:1,v3,maybe,,Hi\n", "line 2: captions"),
        (HEADER + "../a,A,1:1,v3,no,,Hi\n", "line 2: key"),
        (HEADER + "a,A,1:1,v3,no,nowhere.jpg,Hi\n", "line 2: background"),
        (HEADER + "a,A,1:1,v3,no,,\n", "line 2: script"),
        (HEADER + "a,A,1:1,v3,no,,Hi\na,A,1:1,v3,no,,Hi\n", "line 3: key"),
        (HEADER + "a,A,1:1,v3,no,,Hi\n\nb,B,1:1\n", "line 4: road"),
    ],
)
def test_wrong_scripts_name_line_and_column(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "scripts.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidRequestError, match=re.escape(named)):
        read_rows(path)


def test_scripts_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "scripts.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidRequestError, match="cannot be read"):
        read_rows(path)


def test_examples_are_found_from_anywhere() -> None:
    assert find(None, "scripts.csv", "--scripts").is_file()
    with pytest.raises(InvalidRequestError, match="was not found"):
        find(None, "nothing-of-the-kind.csv", "--scripts")


def test_out_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    done = run("demo", "--out", "taken", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--out" in done.stderr


def test_estimate_is_of_both_roads() -> None:
    cost = estimate(ROWS)
    assert cost.credits == 4 + 2 + 1 + 4 * 0.5
    assert cost.dollars == pytest.approx(
        1.0 + sum(len(row.script.split()) for row in ROWS if row.road == "v3") / 150 * 60 * 0.05
    )


async def test_quote_shows_cost_and_balance(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Sandbox(media=False) as sandbox:
        monkeypatch.setenv("HEYGEN_API_KEY", "any")
        monkeypatch.setenv("HEYGEN_API_BASE", sandbox.url)
        text = "\n".join(await quote(ROWS))
        assert sandbox.total_charged == 0
    for word in ("12 videos", sandbox.url, "1,000.00 USD", "9.0 credits", "1,000.0 credits"):
        assert word in text
    assert "nobody has proven" in text


@pytest.mark.parametrize("removed", ["/v2/photo_avatar/*", "/v2/video/generate"])
async def test_goes_on_over_v3_when_v2_is_gone(tmp_path: Path, removed: str) -> None:
    """As with --live, after HeyGen has removed v2."""
    clock = ScaledClock(300)
    rows = [row for row in ROWS if row.key in {"01-hello", "04-training", "08-resume"}]
    progress = Progress([row.key for row in rows], now=time.monotonic)
    async with (
        Sandbox(speed=300, media=False) as sandbox,
        HeyGen(api_key="any", base_url=sandbox.url, world=World(clock=clock)) as heygen,
        heygen.orchestrator() as studio,
    ):
        heygen.observe(progress.observe)
        sandbox.fault(Fault(path=removed, status=404, times=100))
        crew = Crew(
            heygen,
            studio,
            progress,
            clock=clock,
            photo=ROOT / "examples/media/chelsea.jpg",
            gender=None,
            rows=rows,
            folder=tmp_path,
            forgiving=True,
        )
        takes = await crew.make()
    assert [take.row.key for take in takes] == [row.key for row in rows]
    assert [take.road for take in takes] == ["v3"] * 3
    assert all(take.path is not None and take.path.is_file() for take in takes)
    assert len(progress.notes) == 1
    assert set(progress.states.values()) == {State.DONE}
