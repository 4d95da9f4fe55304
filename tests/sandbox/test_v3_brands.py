"""Brand kits, glossaries and sounds: strict, aged, and with real files."""

import io
import wave
from typing import Any

import pytest

from heygen_async.sandbox.library import PIECES
from heygen_async.sandbox.v3.brands import SHARED_KIT
from tests.sandbox.kit import Api

KITS = "/v3/brand-kits"
GLOSSARIES = "/v3/brand-glossaries"
SOUNDS = "/v3/audio/sounds"


async def kit(api: Api, **fields: Any) -> str:
    made = await api.post(KITS, {"url": "https://www.acme.com/about"} | fields)
    assert made.status == 201, made.body
    kit_id: str = made.json["data"]["brand_kit_id"]
    return kit_id


async def glossary(api: Api, **fields: Any) -> Any:
    made = await api.post(GLOSSARIES, {"name": "Acme"} | fields)
    assert made.status == 201, made.body
    return made.json["data"]


async def test_a_kit_is_imported(api: Api) -> None:
    kit_id = await kit(api)
    early = (await api.get(f"{KITS}/{kit_id}")).data
    assert (early["status"], early["name"]) == ("loading", "Acme")
    assert "color_roles" not in early
    api.advance(90)
    done = (await api.get(f"{KITS}/{kit_id}")).data
    assert done["status"] == "completed"
    assert done["color_roles"]["primary"] in done["colors"]
    assert done["logo_roles"]["primary"] == done["logos"][0]["logo_id"]
    assert done["font_roles"]["title_text"]["font_id"] in {f["font_id"] for f in done["fonts"]}
    logo = await api.fetch(done["logos"][0]["url"])
    assert logo.headers["Content-Type"] == "image/png"
    assert logo.body[:8] == b"\x89PNG\r\n\x1a\n"
    listed = (await api.get(KITS)).data
    assert [each["brand_kit_id"] for each in listed] == [kit_id, SHARED_KIT]
    assert listed[0]["logo_url"] == done["logos"][0]["url"]


async def test_a_kit_can_fail(api: Api) -> None:
    kit_id = await kit(api, name="[[fail]]")
    api.advance(90)
    assert (await api.get(f"{KITS}/{kit_id}")).data["status"] == "error"
    renamed = await api("PATCH", f"{KITS}/{kit_id}", {"name": " New "})
    assert renamed.data["name"] == "New"
    answer = await api("PATCH", f"{KITS}/{kit_id}", {"logo_roles": {}})
    assert (answer.status, answer.error["code"]) == (409, "conflict")


async def test_roles_are_replaced_as_a_whole(api: Api) -> None:
    path = f"{KITS}/{await kit(api)}"
    busy = await api("PATCH", path, {"name": "Other", "color_roles": {}})
    assert busy.status == 409
    assert (await api.get(path)).data["name"] == "Acme"
    api.advance(90)
    colors = {"primary": "#FF5733", "accent": None}
    fonts = {"title_text": {"font_id": "any", "weight": 900}}
    changed = (await api("PATCH", path, {"color_roles": colors, "font_roles": fonts})).data
    empty = {"primary": None, "secondary": None, "tertiary": None, "accent": None}
    assert changed["color_roles"] == empty | {"primary": "#FF5733"}
    assert changed["font_roles"] == fonts | {"body_text": None}
    assert changed["logo_roles"]["primary"] == changed["logos"][0]["logo_id"]
    cleared = (await api("PATCH", path, {"color_roles": {}, "logo_roles": {}})).data
    assert cleared["color_roles"] == empty
    assert cleared["logo_roles"] == {"primary": None}
    logo = cleared["logos"][0]["logo_id"]
    again = (await api("PATCH", path, {"logo_roles": {"primary": logo}})).data
    assert again["logo_roles"] == {"primary": logo}


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "body"),
        ({"name": None}, "name"),
        ({"name": " "}, "name"),
        ({"name": "x" * 257}, "name"),
        ({"color_roles": None}, "color_roles"),
        ({"color_roles": {"primary": "red"}}, "color_roles.primary"),
        ({"color_roles": {"quaternary": "#FFFFFF"}}, "color_roles.quaternary"),
        ({"logo_roles": {"primary": "none"}}, "logo_roles.primary"),
        ({"font_roles": {"title_text": {"weight": 0}}}, "font_roles.title_text.weight"),
        ({"font_roles": {"title_text": {"weight": 1001}}}, "font_roles.title_text.weight"),
        ({"colors": ["#FFFFFF"]}, "colors"),
    ],
)
async def test_a_change_of_a_kit_is_refused(api: Api, body: Any, param: str) -> None:
    path = f"{KITS}/{await kit(api)}"
    api.advance(90)
    answer = await api("PATCH", path, body)
    assert (answer.status, answer.error["param"]) == (400, param)


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "url"),
        ({"url": "ftp://acme.com"}, "url"),
        ({"url": "https://localhost"}, "url"),
        ({"url": "https://10.0.0.1"}, "url"),
        ({"url": "http://[::1"}, "url"),
        ({"url": "x" * 2049}, "url"),
        ({"url": "acme.com", "name": "x" * 257}, "name"),
        ({"url": "acme.com", "colors": []}, "colors"),
    ],
)
async def test_a_kit_is_refused(api: Api, body: Any, param: str) -> None:
    answer = await api.post(KITS, body)
    assert (answer.status, answer.error["param"]) == (400, param)


async def test_a_shared_kit_cannot_be_changed(api: Api) -> None:
    path = f"{KITS}/{SHARED_KIT}"
    assert (await api.get(path)).data["status"] == "completed"
    assert (await api("PATCH", path, {"name": "Mine"})).error["code"] == "resource_access_denied"
    assert (await api("DELETE", path)).status == 403


async def test_a_kit_is_deleted_while_it_loads(api: Api) -> None:
    kit_id = await kit(api)
    path = f"{KITS}/{kit_id}"
    assert (await api("DELETE", path)).data == {"brand_kit_id": kit_id}
    for method, body in (("GET", None), ("DELETE", None), ("PATCH", {"name": "a"})):
        answer = await api(method, path, body)
        assert (answer.status, answer.error["code"]) == (404, "resource_not_found")


async def test_a_key_brings_back_the_same_kit(api: Api) -> None:
    key = {"headers": {"Idempotency-Key": "k"}}
    first = await api.post(KITS, {"url": "acme.com"}, **key)
    again = await api.post(KITS, {"url": "acme.com"}, **key)
    assert (first.status, first.body) == (again.status, again.body)


async def test_a_glossary_lives(api: Api) -> None:
    made = await glossary(
        api,
        name=" Acme ",
        terms=[{"term": " HeyGen ", "pronunciation": "hey-jen"}],
        forced_translations=[{"term": "cloud", "translation": "Wolke"}],
    )
    assert made["name"] == "Acme"
    assert made["terms"] == [{"term": "HeyGen", "pronunciation": "hey-jen"}]
    assert "do_not_translate_terms" not in made
    path = f"{GLOSSARIES}/{made['brand_glossary_id']}"
    assert (await api.get(path)).data == made
    api.advance(60)
    body = {"name": "acme", "terms": [], "do_not_translate_terms": [{"term": "Acme"}]}
    changed = (await api("PATCH", path, body)).data
    assert changed["name"] == "acme"
    assert changed["terms"] == []
    assert changed["do_not_translate_terms"] == [{"term": "Acme"}]
    assert changed["forced_translations"] == made["forced_translations"]
    assert changed["created_at"] == made["created_at"]
    assert changed["updated_at"] > made["updated_at"]
    (item,) = (await api.get(GLOSSARIES)).data
    assert item == {name: changed[name] for name in item}
    assert (await api("DELETE", path)).data == {"brand_glossary_id": made["brand_glossary_id"]}
    for method, body in (("GET", None), ("DELETE", None), ("PATCH", {"name": "a"})):
        assert (await api(method, path, body)).status == 404


async def test_names_of_glossaries_are_unique(api: Api) -> None:
    await glossary(api)
    other = await glossary(api, name="Other")
    taken = await api.post(GLOSSARIES, {"name": "ACME "})
    assert (taken.status, taken.error["code"]) == (409, "conflict")
    path = f"{GLOSSARIES}/{other['brand_glossary_id']}"
    assert (await api("PATCH", path, {"name": "aCME", "terms": []})).status == 409
    assert (await api("PATCH", path, {"name": "OTHER"})).status == 200


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 65}, "name"),
        ({"name": "a", "terms": None}, "terms"),
        ({"name": "a", "terms": [{"term": "x"}]}, "terms[0].pronunciation"),
        ({"name": "a", "terms": [{"term": "x", "pronunciation": " "}]}, "terms[0].pronunciation"),
        ({"name": "a", "do_not_translate_terms": [{}]}, "do_not_translate_terms[0].term"),
        ({"name": "a", "tone": "warm"}, "tone"),
    ],
)
async def test_a_glossary_is_refused(api: Api, body: Any, param: str) -> None:
    answer = await api.post(GLOSSARIES, body)
    assert (answer.status, answer.error["param"]) == (400, param)
    assert (await api.get(GLOSSARIES)).data == []


async def test_a_change_of_nothing_is_refused(api: Api) -> None:
    path = f"{GLOSSARIES}/{(await glossary(api))['brand_glossary_id']}"
    for body in ({}, {"name": None}, {"terms": None}):
        assert (await api("PATCH", path, body)).status == 400


async def test_lists_are_paged(api: Api) -> None:
    for index in range(12):
        await glossary(api, name=f"g{index}")
    first = (await api.get(GLOSSARIES)).json
    assert len(first["data"]) == 10
    rest = (await api.get(f"{GLOSSARIES}?token={first['next_token']}")).json
    assert [each["name"] for each in rest["data"]] == ["g1", "g0"]
    assert (await api.get(f"{KITS}?limit=101")).status == 400


async def test_music_is_found_and_heard(api: Api) -> None:
    query = {"query": "uplifting corporate background"}
    found = (await api.get(SOUNDS, params=query)).json
    scores = [each["score"] for each in found["data"]]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= 0.7
    best = found["data"][0]
    assert (best["name"], best["type"], best["peak_offset"]) == ("Bright Morning", "music", None)
    heard = await api.fetch(best["audio_url"])
    with wave.open(io.BytesIO(heard.body)) as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(best["duration"])
        assert any(file.readframes(file.getframerate()))
    api.advance(3700)
    assert (await api.fetch(best["audio_url"])).status == 403


async def test_effects_say_when_they_are_loudest(api: Api) -> None:
    query = {"query": "whoosh", "type": "sound_effects", "min_score": "0", "limit": "3"}
    found = (await api.get(SOUNDS, params=query)).json
    assert found["data"][0]["name"] == "Whoosh"
    assert found["data"][0]["placement"] == "hit"
    assert found["has_more"]
    more = (await api.get(SOUNDS, params=query | {"token": found["next_token"]})).data
    assert len({each["id"] for each in found["data"] + more}) == 6
    heard = (await api.fetch(found["data"][0]["audio_url"])).body
    with wave.open(io.BytesIO(heard)) as file:
        samples = memoryview(file.readframes(file.getnframes())).cast("h")
    loudest = max(range(len(samples)), key=lambda index: abs(samples[index]))
    assert loudest / 22050 == pytest.approx(found["data"][0]["peak_offset"], abs=0.05)


@pytest.mark.parametrize(
    "query",
    ["", "query=", f"query={'x' * 5001}", "query=a&type=voice", "query=a&limit=51",
     "query=a&min_score=2", "query=a&min_score=high", "query=a&min_score=nan"],
)  # fmt: skip
async def test_a_search_for_sounds_is_refused(api: Api, query: str) -> None:
    answer = await api.get(f"{SOUNDS}?{query}")
    assert (answer.status, answer.error["code"]) == (400, "invalid_parameter")


async def test_every_piece_can_be_had(api: Api) -> None:
    for piece in PIECES.values():
        if piece.type != "icon":
            continue
        icon = await api.fetch(f"/_storage/library/{piece.id}/icon.png")
        assert icon.headers["Content-Type"] == "image/png"
    assert (await api.fetch("/_storage/library/none/a.png")).status == 404
    assert (await api.fetch("/_storage/logos/none/a.png")).status == 404
    assert (await api.fetch("/_storage/sounds/none/a.wav")).status == 403
