"""How strict the jobs are that work on a video, and renders of HTML."""

import base64
import io
import zipfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import aiohttp
import pytest

from heygen_async.sandbox import Sandbox, projects
from tests.sandbox.kit import Api, png, still_clock

FAR = {"type": "url", "url": "https://example.com/talk.mp4"}
CLIPS, LAYERS = "/v3/ai-clipping", "/v3/background-removals"
FILLERS, RENDERS = "/v3/filler-word-removals", "/v3/hyperframes/renders"
PAGE = "<html><head><title>Cats &amp;\n dogs</title></head></html>"


def zipped(**files: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/").replace("_html", ".html"), content)
    return whole.getvalue()


def inline(content: bytes, media_type: str = "application/zip") -> dict[str, str]:
    data = base64.b64encode(content).decode()
    return {"type": "base64", "media_type": media_type, "data": data}


PROJECT = inline(zipped(index_html=PAGE))


@pytest.mark.parametrize(
    ("path", "change", "param"),
    [
        (CLIPS, {"video": None}, "video"),
        (CLIPS, {"video": inline(b"x")}, "video.type"),
        (CLIPS, {"video": {"type": "url", "url": "https://example.com/a.mp3"}}, "video.url"),
        (CLIPS, {"title": "x" * 256}, "title"),
        (CLIPS, {"callback_id": "x" * 129}, "callback_id"),
        (CLIPS, {"output_settings": {"duration_types": []}}, "output_settings.duration_types"),
        (CLIPS, {"output_settings": {"duration_types": ["90"]}}, "output_settings.duration_types"),
        (CLIPS, {"output_settings": {"duration_types": ["30"] * 5}}, "output_settings."),
        (CLIPS, {"output_settings": {"caption_style": "loud"}}, "output_settings.caption_style"),
        (CLIPS, {"output_settings": {"prompt": "x" * 501}}, "output_settings.prompt"),
        (CLIPS, {"output_settings": {"length": 3}}, "output_settings.length"),
        (CLIPS, {"max_clips": 3}, "max_clips"),
        (LAYERS, {"layers": ["hair"]}, "layers[0]"),
        (LAYERS, {"layers": "mask"}, "layers"),
        (LAYERS, {"callback_url": "https://example.com"}, "callback_url"),
        (LAYERS, {"video": inline(png(9, 9), "image/png")}, "video"),
        (FILLERS, {"video": inline(b"x")}, "video.type"),
        (FILLERS, {"title": "x" * 256}, "title"),
        (FILLERS, {"language": "en"}, "language"),
        (RENDERS, {"fps": 0}, "fps"),
        (RENDERS, {"fps": 241}, "fps"),
        (RENDERS, {"format": "gif"}, "format"),
        (RENDERS, {"resolution": "720p"}, "resolution"),
        (RENDERS, {"resolution": "4k", "format": "mov"}, "resolution"),
        (RENDERS, {"aspect_ratio": "4:5"}, "aspect_ratio"),
        (RENDERS, {"composition": "x" * 513}, "composition"),
        (RENDERS, {"title": "x" * 501}, "title"),
        (RENDERS, {"variables": []}, "variables"),
        (RENDERS, {"html": "x"}, "html"),
    ],
)
async def test_bad_fields_are_named(
    api: Api, path: str, change: dict[str, Any], param: str
) -> None:
    body = {"project": PROJECT} if path == RENDERS else {"video": FAR}
    answer = await api.post(path, body | change)
    assert answer.status == 400, answer.body
    assert answer.error["code"] in {"invalid_parameter", "download_failed"}
    assert answer.error["param"].startswith(param)
    assert not api.sandbox.charges


@pytest.mark.parametrize("path", [CLIPS, LAYERS, FILLERS])
async def test_a_source_has_to_be_a_video(api: Api, path: str) -> None:
    picture = {"type": "asset_id", "asset_id": await api.asset(png(9, 9))}
    answer = await api.post(path, {"video": picture})
    assert (answer.status, answer.error["code"]) == (400, "invalid_parameter")
    answer = await api.post(path, {"video": {"type": "asset_id", "asset_id": "none"}})
    assert (answer.status, answer.error["code"]) == (404, "asset_not_found")
    answer = await api.post(path, {"video": {"type": "url", "url": "http://example.com/a.mp4"}})
    assert (answer.status, answer.error["code"]) == (400, "download_failed")


@pytest.mark.parametrize(
    ("path", "name"),
    [(CLIPS, "ai_clipping_id"), (FILLERS, "filler_word_removal_id"), (RENDERS, "render_id")],
)
async def test_a_key_gives_the_first_answer_again(api: Api, path: str, name: str) -> None:
    body = {"project": PROJECT} if path == RENDERS else {"video": FAR}
    headers = {"Idempotency-Key": "k"}
    first = await api.post(path, body, headers=headers)
    again = await api.post(path, body | {"title": "Another"}, headers=headers)
    assert (first.status, again.status) == (202, 202)
    assert first.json == again.json
    assert first.json["data"][name]
    assert len(api.sandbox.charges) == 1


async def test_only_the_request_id_protects_a_background_removal(api: Api) -> None:
    headers = {"Idempotency-Key": "k"}
    ids = {(await api.post(LAYERS, {"video": FAR}, headers=headers)).data["id"] for _ in range(2)}
    assert len(ids) == 2
    keyed = {"video": FAR, "request_id": "r"}
    first = (await api.post(LAYERS, keyed)).data
    # Whatever the second one says, and even when it makes no sense.
    again = (await api.post(LAYERS, keyed | {"layers": ["hair"]})).data
    assert first["id"] == again["id"]
    await api("DELETE", f"{LAYERS}/{first['id']}")
    assert (await api.post(LAYERS, keyed)).data["status"] == "deleted"


async def test_deleted_jobs_are_gone_with_their_files(api: Api) -> None:
    made = {
        CLIPS: (await api.post(CLIPS, {"video": FAR})).json["data"]["ai_clipping_id"],
        LAYERS: (await api.post(LAYERS, {"video": FAR})).data["id"],
        RENDERS: (await api.post(RENDERS, {"project": PROJECT})).json["data"]["render_id"],
    }
    api.advance(300)
    clip = (await api.get(f"{CLIPS}/{made[CLIPS]}")).data["clips"][0]
    assert (await api.fetch(clip["video_url"])).status == 200
    assert (await api.fetch(clip["thumbnail_url"])).status == 200
    for path, job_id in made.items():
        assert (await api("DELETE", f"{path}/{job_id}")).status == 200
        for method in ("GET", "DELETE"):
            answer = await api(method, f"{path}/{job_id}")
            assert (answer.status, "not_found" in answer.error["code"]) == (404, True)
        assert (await api.get(path)).data == []
    assert (await api.fetch(clip["video_url"])).status == 404


async def test_jobs_take_slots(http: aiohttp.ClientSession) -> None:
    async with Sandbox(media=False, clock=still_clock(), slots=2) as sandbox:
        api = Api(sandbox, http)
        job = (await api.post(CLIPS, {"video": FAR})).json["data"]["ai_clipping_id"]
        await api.post(LAYERS, {"video": FAR})
        for path, body in ((FILLERS, {"video": FAR}), (RENDERS, {"project": PROJECT})):
            answer = await api.post(path, body)
            assert (answer.status, answer.error["code"]) == (429, "rate_limit_exceeded")
        await api("DELETE", f"{CLIPS}/{job}")
        assert (await api.post(FILLERS, {"video": FAR})).status == 202


async def test_links_are_signed_and_the_file_is_what_was_told(api: Api) -> None:
    await api.post(LAYERS, {"video": FAR})
    api.advance(300)
    (job,) = (await api.get(LAYERS)).data
    url = job["layers"]["foreground"]
    assert (await api.fetch(url)).headers["Content-Type"] == "video/mp4"  # canned, no WebM
    assert (await api.fetch(url.replace("Signature=", "Signature=0"))).status == 403
    api.advance(4000)
    assert (await api.fetch(url)).status == 403


@pytest.mark.parametrize(
    ("project", "code"),
    [
        (zipped(main_html=PAGE), "invalid"),
        (zipped(sub__index_html=PAGE), "invalid"),
        (zipped(index_html=PAGE)[:60], "invalid"),
        (b"PK\x03\x04 no zip at all", "invalid"),
    ],
    ids=["elsewhere", "deeper", "cut", "no_zip"],
)
async def test_projects_that_are_none(api: Api, project: bytes, code: str) -> None:
    answer = await api.post(RENDERS, {"project": inline(project)})
    assert (answer.status, answer.error["code"]) == (400, f"hyperframes_project_{code}")
    assert answer.error["param"] == "project"


async def test_projects_are_read_within_limits(api: Api) -> None:
    big = inline(zipped(index_html=PAGE, more_html="x" * 5000))
    for name, most in (("MOST_FILES", 1), ("MOST_UNPACKED", 4000), ("MOST_BYTES", 50)):
        with patch.object(projects, name, most):
            answer = await api.post(RENDERS, {"project": big})
        assert (answer.status, answer.error["code"]) == (400, "hyperframes_project_too_large")
    other = {"type": "asset_id", "asset_id": await api.asset(b"%PDF-1.7 x", "a.pdf")}
    answer = await api.post(RENDERS, {"project": other})
    assert (answer.status, answer.error["code"]) == (400, "hyperframes_project_invalid")
    answer = await api.post(
        RENDERS, {"project": inline(zipped(index_html=PAGE)), "composition": "other.html"}
    )
    assert (answer.status, answer.error["code"]) == (400, "hyperframes_project_invalid")


def test_titles_are_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(zipped(index_html=PAGE, sub__intro_html="<p>Nothing</p>"))
    assert projects.title_of(path, "index.html") == "Cats & dogs"
    assert projects.title_of(path, "./sub/intro.html") == "intro"


async def test_a_file_outside_the_project(api: Api) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as packed:
        packed.writestr("index.html", PAGE)
        packed.writestr("../../etc/passwd", "x")
    answer = await api.post(RENDERS, {"project": inline(whole.getvalue())})
    assert (answer.status, answer.error["code"]) == (400, "hyperframes_project_invalid")


async def test_prices_follow_the_page(api: Api) -> None:
    for body in ({}, {"fps": 60}, {"resolution": "4k"}, {"resolution": "4k", "fps": 60}):
        await api.post(RENDERS, {"project": PROJECT} | body)
    await api.post(FILLERS, {"video": FAR})
    await api.post(CLIPS, {"video": FAR, "output_settings": {"duration_types": ["30", "60"]}})
    await api.post(LAYERS, {"video": FAR})
    costs = [charge.credits for charge in api.sandbox.charges]
    assert costs[:4] == [0.005, 0.01, 0.0075, 0.015]
    assert costs[4:] == [0.3, 0.3, 0.0]


async def test_what_happens_is_told(api: Api) -> None:
    await api.post(CLIPS, {"video": FAR, "callback_id": "c"})
    await api.post(FILLERS, {"video": FAR, "title": "[[fail]]"})
    await api.post(RENDERS, {"project": PROJECT})
    await api.post("/v3/video-agents", {"prompt": "Cats"})
    coming = {event.type: event for event in api.sandbox._ctx.world.coming}
    assert set(coming) == {
        "ai_clipping.success",
        "filler_word_removal.fail",
        "hyperframes_video.success",
        "video_agent.success",
    }
    assert coming["ai_clipping.success"].data["callback_id"] == "c"
    api.advance(200)
    url = coming["hyperframes_video.success"].data["video_url"]
    assert (await api.fetch(url)).status == 200
    assert (await api.fetch(coming["video_agent.success"].data["url"])).status == 200
