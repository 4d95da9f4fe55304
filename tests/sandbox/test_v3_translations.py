"""Translations, proofreads and lipsyncs: what is taken, refused, charged and told, call by call."""

from typing import Any

import pytest

from tests.contract.replies import Contract
from tests.contract.samples import CONTRACT
from tests.sandbox.kit import Api, png, wav

needs_contract = pytest.mark.skipif(
    not CONTRACT.exists(), reason="the contract does not lie beside the checkout"
)
ROOT = "/v3/video-translations"
ONE = ROOT + "/{video_translation_id}"
PROOFREADS = ROOT + "/proofreads"
PROOFREAD = PROOFREADS + "/{proofread_id}"
LIPSYNCS = "/v3/lipsyncs"
LIPSYNC = LIPSYNCS + "/{lipsync_id}"
FAR = {"type": "url", "url": "https://example.com/talk.mp4"}
SOUND = {"type": "url", "url": "https://example.com/words.mp3"}
TALK: dict[str, Any] = {"video": FAR, "output_languages": ["German"]}
DRAFT: dict[str, Any] = {**TALK, "title": "Talk"}
SYNC: dict[str, Any] = {"video": FAR, "audio": SOUND}
SRT = b"1\n00:00:00,500 --> 00:00:02,000\nErste Zeile.\n"


class Checked:
    """Calls the sandbox, and holds every answer against the contract, where it is there."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.contract = Contract() if CONTRACT.exists() else None

    async def __call__(
        self, method: str, path: str, body: Any = None, /, query: str = "", **ids: str
    ) -> Any:
        answer = await self.api(method, path.format(**ids) + query, body)
        if self.contract is not None:
            assert self.contract.problems(method, path, answer.status, answer.json) == []
        return answer.json.get("data")


@needs_contract
async def test_replies_about_translations_fit(api: Api) -> None:
    call = Checked(api)
    await call("GET", ROOT + "/languages")
    await call("POST", ROOT, TALK | {"output_languages": []})
    made = (await call("POST", ROOT, TALK | {"output_languages": ["German", "French"]}))[
        "video_translation_ids"
    ]
    failing = (await call("POST", ROOT, TALK | {"title": "[[fail]]"}))["video_translation_ids"]
    entries = [TALK, TALK | {"output_languages": ["Klingon", "French"]}]
    batch = (await call("POST", ROOT + "/batches", {"video_translations": entries}))["batch_id"]
    for seconds in (0, 30, 600):
        api.advance(seconds)
        for each in (*made, *failing, "none"):
            await call("GET", ONE, video_translation_id=each)
        ids = ",".join((*made, *failing, "none"))
        await call("GET", ROOT + "/statuses", query=f"?video_translation_ids={ids}")
        await call("GET", ROOT + "/statuses", query=f"?batch_ids={batch},none")
        await call("GET", ROOT + "/batches/{batch_id}", batch_id=batch, query="?limit=1")
        await call("GET", ROOT, query="?limit=2")
    await call("GET", ROOT, query="?limit=0")
    await call("GET", ROOT + "/batches/{batch_id}", batch_id="none")
    for each in (made[0], "none"):
        await call("PATCH", ONE, {"title": "New"}, video_translation_id=each)
        await call("PATCH", ONE, {}, video_translation_id=each)
        await call("DELETE", ONE, video_translation_id=each)


@needs_contract
async def test_replies_about_proofreads_fit(api: Api) -> None:
    call = Checked(api)
    srt = {"type": "asset_id", "asset_id": await api.asset(SRT, "a.srt")}
    await call("POST", PROOFREADS, TALK)
    for body in (DRAFT, DRAFT | {"srt": srt}, DRAFT | {"title": "[[fail]]"}):
        (made,) = (await call("POST", PROOFREADS, body))["proofread_ids"]
        for seconds in (0, 60):
            api.advance(seconds)
            await call("GET", PROOFREAD, proofread_id=made)
            await call("GET", PROOFREAD + "/srt", proofread_id=made)
            await call("PUT", PROOFREAD + "/srt", {"srt": srt}, proofread_id=made)
            await call("PUT", PROOFREAD + "/srt", {}, proofread_id=made)
            await call("POST", PROOFREAD + "/generate", {}, proofread_id=made)
            await call("POST", PROOFREAD + "/generate", {"x": 1}, proofread_id=made)
    for method, path in (("GET", ""), ("GET", "/srt"), ("POST", "/generate")):
        await call(method, PROOFREAD + path, proofread_id="none")


@needs_contract
async def test_replies_about_lipsyncs_fit(api: Api) -> None:
    call = Checked(api)
    made = (await call("POST", LIPSYNCS, SYNC))["lipsync_id"]
    failing = (await call("POST", LIPSYNCS, SYNC | {"title": "[[fail]]"}))["lipsync_id"]
    entries = [SYNC, SYNC | {"video": {"type": "asset_id", "asset_id": "none"}}]
    batch = (await call("POST", LIPSYNCS + "/batches", {"lipsyncs": entries}))["batch_id"]
    await call("POST", LIPSYNCS, {"video": FAR})
    for seconds in (0, 30, 600):
        api.advance(seconds)
        for each in (made, failing, "none"):
            await call("GET", LIPSYNC, lipsync_id=each)
        await call("GET", LIPSYNCS + "/statuses", query=f"?lipsync_ids={made},{failing},none")
        await call("GET", LIPSYNCS + "/statuses", query=f"?batch_ids={batch}")
        await call("GET", LIPSYNCS + "/batches/{batch_id}", batch_id=batch)
        await call("GET", LIPSYNCS, query="?limit=1")
    for each in (made, "none"):
        await call("PATCH", LIPSYNC, {"title": "New"}, lipsync_id=each)
        await call("DELETE", LIPSYNC, lipsync_id=each)


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"nonsense": 1}, "nonsense"),
        ({"output_languages": "German"}, "output_languages"),
        ({"output_languages": []}, "output_languages"),
        ({"output_languages": ["German", "Klingon"]}, "output_languages[1]"),
        ({"mode": "best"}, "mode"),
        ({"fps_mode": "none"}, "fps_mode"),
        ({"srt_role": "input"}, "srt_role"),
        ({"callback_id": "c"}, "callback_id"),
        ({"start_time": -1}, "start_time"),
        ({"start_time": 11}, "start_time"),
        ({"start_time": 3, "end_time": 2}, "end_time"),
        ({"brand_voice_id": "a", "brand_glossary_id": "b"}, "brand_voice_id"),
        ({"stock_voice_config": {"x": 1}}, "stock_voice_config.x"),
        ({"video": {"type": "base64", "media_type": "video/mp4", "data": ""}}, "video"),
        ({"video": {"type": "url", "url": "http://example.com/a.mp4"}}, "video.url"),
        ({"video": {"type": "url", "url": "https://example.com/a.png"}}, "video.url"),
        ({"audio": FAR}, "audio.url"),
        ({"srt": {"type": "url", "url": "https://example.com/a.pdf"}}, "srt"),
    ],
)
async def test_a_translation_that_is_wrong_is_refused(
    api: Api, change: dict[str, Any], param: str
) -> None:
    answer = await api.post(ROOT, TALK | change)
    assert answer.status == 400
    assert answer.error["param"].startswith(param)
    assert not api.sandbox.charges


async def test_files_of_another_kind_are_refused(api: Api) -> None:
    picture = {"type": "asset_id", "asset_id": await api.asset(png(64, 64))}
    empty = {"type": "asset_id", "asset_id": await api.asset(b"1\n00:00 --> 00:01\n", "a.srt")}
    for change in ({"video": picture}, {"audio": picture}, {"srt": picture}, {"srt": empty}):
        answer = await api.post(ROOT, TALK | change)
        assert (answer.status, answer.error["code"]) == (400, "invalid_parameter")
    unknown = await api.post(ROOT, TALK | {"video": {"type": "asset_id", "asset_id": "none"}})
    assert (unknown.status, unknown.error["code"]) == (404, "asset_not_found")


async def test_a_translation_ages_and_its_links_come_a_moment_later(api: Api) -> None:
    (made,) = (await api.post(ROOT, TALK)).data["video_translation_ids"]
    dub = api.sandbox._ctx.world.dubs[made]
    path = f"{ROOT}/{made}"
    statuses = f"{ROOT}/statuses?video_translation_ids={made}"
    seen: list[tuple[str, str, bool]] = []
    now = dub.created
    for at in (dub.created, dub.created + 0.5 * (dub.done - dub.created), dub.done, dub.done + 2):
        api.advance(at - now)
        now = at
        read = (await api.get(path)).data
        (line,) = (await api.get(statuses)).data
        seen.append((read["status"], line["status"], read["video_url"] is not None))
    assert seen == [
        ("pending", "queued", False),
        ("running", "processing", False),
        ("completed", "completed", False),
        ("completed", "completed", True),
    ]


async def test_modes_have_prices_and_sound_alone_has_that_of_speed(api: Api) -> None:
    await api.post(ROOT, TALK)
    await api.post(ROOT, TALK | {"mode": "precision"})
    await api.post(ROOT, TALK | {"mode": "precision", "translate_audio_only": True})
    await api.post(LIPSYNCS, SYNC | {"mode": "precision"})
    assert [(charge.kind, charge.credits) for charge in api.sandbox.charges] == [
        ("video_translation", 0.333),
        ("video_translation", 0.667),
        ("video_translation", 0.333),
        ("lipsync", 0.667),
    ]


async def test_a_key_is_charged_once_for_all_languages(api: Api) -> None:
    body = TALK | {"output_languages": ["German", "French"]}
    one = await api.post(ROOT, body, headers={"Idempotency-Key": "k"})
    two = await api.post(ROOT, body, headers={"Idempotency-Key": "k"})
    assert one.body == two.body
    assert len(api.sandbox.charges) == 2


async def test_dubs_and_videos_share_the_slots(api: Api) -> None:
    for _ in range(4):
        await api.video()
        await api.post(LIPSYNCS, SYNC)
    # One free slot is enough for any number of languages: the others wait for theirs.
    many = await api.post(ROOT, TALK | {"output_languages": ["German", "French", "Dutch"]})
    assert many.status == 200
    for path, body in ((ROOT, TALK), (LIPSYNCS, SYNC)):
        full = await api.post(path, body)
        assert full.status == 429
        assert int(full.headers["Retry-After"]) >= 1
    third = many.data["video_translation_ids"][2]
    waiting = api.sandbox._ctx.world.dubs[third]
    assert waiting.start > waiting.created
    api.advance(waiting.start - waiting.created - 1)
    assert (await api.get(f"{ROOT}/{third}")).data["status"] == "pending"


async def test_a_batch_queues_what_has_no_slot(api: Api) -> None:
    made = await api.post(LIPSYNCS + "/batches", {"lipsyncs": [SYNC] * 12, "title": "Many"})
    assert made.status == 202
    path = f"{LIPSYNCS}/batches/{made.json['data']['batch_id']}"
    batch = (await api.get(path)).data
    assert batch["counts_by_status"] == {"processing": 10, "queued": 2}
    assert [item["video_id"] is None for item in batch["items"]] == [False] * 10 + [True] * 2
    api.advance(600)
    assert (await api.get(path)).data["status"] == "completed"
    assert len(api.sandbox.charges) == 12


async def test_a_batch_is_paid_for_as_a_whole_or_not_at_all(api: Api) -> None:
    api.sandbox._ctx.world.balance = 0.7
    for path, body in (
        (
            ROOT,
            {"video_translations": [TALK | {"output_languages": ["German", "French", "Dutch"]}]},
        ),
        (LIPSYNCS, {"lipsyncs": [SYNC] * 3}),
    ):
        answer = await api.post(path + "/batches", body)
        assert (answer.status, answer.error["code"]) == (402, "insufficient_credit")
    assert not api.sandbox.charges


async def test_the_end_of_a_batch_is_told_once(api: Api) -> None:
    entries = [TALK, TALK | {"output_languages": ["Klingon"]}, TALK | {"title": "[[fail]]"}]
    made = await api.post(ROOT + "/batches", {"video_translations": entries})
    path = f"{ROOT}/batches/{made.json['data']['batch_id']}"
    (event,) = [each for each in api.sandbox._ctx.world.coming if each.type == "batch.finished"]
    assert event.data["counts_by_status"] == {"completed": 1, "failed": 2}
    assert (await api.get(path)).data["counts_by_status"] == {"queued": 1, "processing": 2}
    api.advance(event.at - api.sandbox.clock.now())
    assert (await api.get(path)).data["counts_by_status"] == {"completed": 1, "failed": 2}


async def test_a_translation_can_be_worked_on_further(api: Api) -> None:
    (made,) = (await api.post(ROOT, TALK)).data["video_translation_ids"]
    api.advance(600)
    url = (await api.get(f"{ROOT}/{made}")).data["video_url"]
    body = SYNC | {"video": {"type": "url", "url": url}}
    again = (await api.post(LIPSYNCS, body)).data["lipsync_id"]
    api.advance(600)
    read = (await api.get(f"{LIPSYNCS}/{again}")).data
    assert read["duration"] == 10.0
    assert (await api.fetch(read["video_url"])).status == 200


async def test_batches_that_are_too_large_or_wrong_are_refused(api: Api) -> None:
    large = [TALK | {"output_languages": ["German"] * 51}] * 2
    for path, body, param in (
        (ROOT, {"video_translations": large}, "video_translations"),
        (ROOT, {"video_translations": []}, "video_translations"),
        (ROOT, {"video_translations": [TALK, TALK | {"callback_id": "c"}]},
         "video_translations[1].callback_id"),
        (LIPSYNCS, {"lipsyncs": [SYNC] * 101}, "lipsyncs"),
        (LIPSYNCS, {"lipsyncs": [SYNC | {"end_time": -1}]}, "lipsyncs[0].end_time"),
    ):  # fmt: skip
        answer = await api.post(path + "/batches", body)
        assert (answer.status, answer.error["param"]) == (400, param)


@pytest.mark.parametrize("path", [ROOT, LIPSYNCS])
async def test_statuses_are_told_of_one_to_a_hundred(api: Api, path: str) -> None:
    name = "lipsync_ids" if path == LIPSYNCS else "video_translation_ids"
    for query in ("", f"?{name}=", f"?{name}=" + ",".join(map(str, range(101)))):
        answer = await api.get(f"{path}/statuses{query}")
        assert (answer.status, answer.error["param"]) == (400, name)
    many = {"video_translations": [TALK] * 60} if path == ROOT else {"lipsyncs": [SYNC] * 60}
    batch = (await api.post(f"{path}/batches", many)).json["data"]["batch_id"]
    assert len((await api.get(f"{path}/statuses?batch_ids={batch}")).data) == 60
    assert (await api.get(f"{path}/statuses?batch_ids={batch},{batch}")).status == 400
    (line,) = (await api.get(f"{path}/statuses?batch_ids=none")).data
    assert (line["status"], line["batch_id"]) == ("not_found", "none")


async def test_a_kind_does_not_know_the_ids_of_another(api: Api) -> None:
    made = (await api.post(LIPSYNCS, SYNC)).data["lipsync_id"]
    other = await api.get(f"{ROOT}/{made}")
    assert (other.status, other.error["code"]) == (404, "video_translation_not_found")
    batch = await api.post(LIPSYNCS + "/batches", {"lipsyncs": [SYNC]})
    other = await api.get(f"{ROOT}/batches/{batch.json['data']['batch_id']}")
    assert other.status == 404


async def test_what_is_deleted_frees_its_slot_and_takes_its_files_along(api: Api) -> None:
    made = (await api.post(LIPSYNCS, SYNC)).data["lipsync_id"]
    api.advance(600)
    url = (await api.get(f"{LIPSYNCS}/{made}")).data["video_url"]
    assert (await api.fetch(url)).status == 200
    assert (await api("DELETE", f"{LIPSYNCS}/{made}")).data == {"id": made}
    assert (await api.fetch(url)).status == 404
    assert (await api.get(f"{LIPSYNCS}/{made}")).status == 404
    running = (await api.post(LIPSYNCS, SYNC)).data["lipsync_id"]
    assert running in api.sandbox._ctx.world.flying
    await api("DELETE", f"{LIPSYNCS}/{running}")
    assert not api.sandbox._ctx.world.flying


async def test_links_are_signed_and_name_what_is_there(api: Api) -> None:
    (made,) = (await api.post(ROOT, TALK)).data["video_translation_ids"]
    api.advance(600)
    read = (await api.get(f"{ROOT}/{made}")).data
    kinds = {
        "video_url": "video/mp4",
        "audio_url": "audio/mpeg",
        "srt_caption_url": "application/x-subrip",
        "vtt_caption_url": "text/vtt",
    }
    for name, kind in kinds.items():
        answer = await api.fetch(read[name])
        assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
        assert (await api.fetch(read[name].partition("?")[0])).status == 403
    link = api.sandbox._ctx.links.signed(
        api.sandbox.url, f"/_storage/dubs/{made}/other.mp4", expires=2e9
    )
    assert (await api.fetch(link)).status == 404


async def test_an_end_is_told_to_webhooks(api: Api) -> None:
    await api.post(ROOT, TALK)
    await api.post(ROOT, TALK | {"title": "[[fail]]"})
    await api.post(PROOFREADS, DRAFT)
    coming = {event.type: event.data for event in api.sandbox._ctx.world.coming}
    assert set(coming) == {
        "video_translate.success",
        "video_translate.fail",
        "proofread_creation.success",
    }
    assert "/_storage/dubs/" in coming["video_translate.success"]["url"]
    assert coming["video_translate.fail"]["msg"]


async def test_only_a_part_may_be_dubbed(api: Api) -> None:
    body = TALK | {"start_time": 4.0, "end_time": 60.0}
    (made,) = (await api.post(ROOT, body)).data["video_translation_ids"]
    api.advance(600)
    read = (await api.get(f"{ROOT}/{made}")).data
    assert read["duration"] == 10.0
    srt = (await api.fetch(read["srt_caption_url"])).body.decode()
    assert srt.startswith("1\n00:00:04,")


async def test_subtitles_of_the_source_are_not_those_of_the_translation(api: Api) -> None:
    srt = {"type": "asset_id", "asset_id": await api.asset(SRT, "a.srt")}
    for role, there in (("input", False), ("output", True), (None, True)):
        body = TALK | {"srt": srt, "srt_role": role}
        (made,) = (await api.post(ROOT, body)).data["video_translation_ids"]
        api.advance(600)
        url = (await api.get(f"{ROOT}/{made}")).data["srt_caption_url"]
        assert (b"Erste Zeile." in (await api.fetch(url)).body) is there


async def test_a_recording_that_is_none_is_refused(api: Api) -> None:
    video = await api.video()
    api.advance(600)
    url = (await api.get(f"/v3/videos/{video}")).data["video_url"]
    sound = {"type": "asset_id", "asset_id": await api.asset(wav(1.0), "a.wav")}
    good = await api.post(LIPSYNCS, {"video": {"type": "url", "url": url}, "audio": sound})
    assert good.status == 200
    answer = await api.post(LIPSYNCS, SYNC | {"audio": FAR})
    assert (answer.status, answer.error["code"]) == (400, "download_failed")


async def test_every_language_can_be_translated_to(api: Api) -> None:
    names = (await api.get(ROOT + "/languages")).data["languages"]
    assert len(names) == len(set(names)) > 40
    api.sandbox._ctx.world.balance = 1000.0
    made = await api.post(ROOT, TALK | {"output_languages": names})
    scripts = {
        api.sandbox._ctx.world.dubs[each].dub.script for each in made.data["video_translation_ids"]
    }
    assert len(scripts) == len({name.partition(" (")[0] for name in names})


async def test_the_page_shows_dubs_with_their_media(api: Api) -> None:
    await api.post(ROOT, TALK | {"title": "<Talk>"})
    await api.post(LIPSYNCS, SYNC)
    before = (await api.get("/_sandbox", key=False)).body.decode()
    assert "2 of 10" in before
    assert "/_storage/dubs/" not in before
    api.advance(600)
    page = (await api.get("/_sandbox", key=False)).body.decode()
    assert "0 of 10" in page
    assert "&lt;Talk&gt;" in page
    assert page.count("/_storage/dubs/") == 4
