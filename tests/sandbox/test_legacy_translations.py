"""Translations and workflows of v1 and v2, held against what HeyGen says of them."""

from typing import Any

import pytest

from tests.contract.replies import Contract
from tests.contract.samples import CONTRACT
from tests.sandbox.kit import STOCK, Api

FAR = "https://example.com/talk.mp4"
TALK = {"video_url": FAR, "output_language": "German"}
ROOT = "/v2/video_translate"
AROUND = {"error", "warning"}
FACE = {"source_image_url": "https://example.com/a.jpg", "target_video_url": FAR}


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"output_language": "German"}, "video_url"),
        ({"video_url": FAR}, "output_language"),
        (TALK | {"output_languages": ["French"]}, "output_language"),
        (TALK | {"output_language": "Klingon"}, "Klingon"),
        (TALK | {"mode": "quality"}, "mode"),
        (TALK | {"video_id": "v"}, "video_id"),
        (TALK | {"srt_role": "input"}, "srt_role"),
        (TALK | {"fps_mode": "cfr"}, "fps_mode"),
        (TALK | {"callback_id": "c"}, "callback_id"),
        (TALK | {"start_time": 3, "end_time": 2}, "end_time"),
        (TALK | {"brand_voice_id": "a", "brand_glossary_id": "b"}, "brand_voice_id"),
        (TALK | {"video_url": "https://example.com/a.jpg"}, "video"),
    ],
)
async def test_a_wrong_translation_is_refused(api: Api, body: dict[str, Any], named: str) -> None:
    answer = await api.post(ROOT, body)
    assert answer.status == 400
    assert named in answer.error["message"]
    assert answer.json["data"] is None
    assert api.sandbox.charges == ()


async def test_one_language_has_one_id_and_several_have_several(api: Api) -> None:
    one = (await api.post(ROOT, TALK)).data
    assert (bool(one["video_translate_id"]), one["video_translate_ids"]) == (True, None)
    body = {"video_url": FAR, "output_languages": ["French", "de-DE"]}
    many = (await api.post(ROOT, body)).data
    assert (many["video_translate_id"], len(many["video_translate_ids"])) == (None, 2)


async def test_a_translation_runs_and_succeeds(api: Api) -> None:
    made = (await api.post(ROOT, TALK)).data["video_translate_id"]
    words = []
    for seconds in (0, 20, 300):
        api.advance(seconds)
        answer = (await api.get(f"{ROOT}/{made}")).json
        assert answer["error"] is None
        words.append(answer["data"]["status"])
    assert words == ["pending", "running", "success"]
    assert (await api.fetch(answer["data"]["url"])).headers["Content-Type"] == "video/mp4"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?caption_type=srt", 400),
        ("?video_translate_id=x&caption_type=txt", 400),
        ("?video_translate_id=x&caption_type=srt", 404),
    ],
)
async def test_captions_need_both_parameters(api: Api, query: str, status: int) -> None:
    assert (await api.get(f"{ROOT}/caption{query}")).status == status


async def test_webhooks_name_a_translation_as_v2_does(api: Api) -> None:
    for title, said in (("Talk", "url"), ("[[fail]]", "message")):
        made = (await api.post(ROOT, TALK | {"title": title})).data["video_translate_id"]
        (event,) = [each for each in api.sandbox._ctx.world.coming if each.entity_id == made]
        assert event.data["video_translate_id"] == made
        assert said in event.data


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"input": {}}, "workflow_type"),
        ({"workflow_type": "FaceswapNode"}, "input"),
        ({"workflow_type": "TTSNode", "input": {}}, "workflow_type"),
        ({"workflow_type": "FaceswapNode", "input": {}}, "input.source_image_url"),
        ({"workflow_type": "FaceswapNode", "input": FACE | {"x": 1}}, "input.x"),
        ({"workflow_type": "FaceswapNode", "input": FACE, "x": 1}, "x"),
        ({"workflow_type": "GenerateVideoNode", "input": {"prompt": "a", "provider": "x"}},
         "input.provider"),
        ({"workflow_type": "AvatarInferenceNode",
          "input": {"avatar": {"avatar_id": STOCK}, "audio_list": []}}, "input.audio_list"),
    ],
)  # fmt: skip
async def test_a_wrong_workflow_is_refused(api: Api, body: dict[str, Any], named: str) -> None:
    answer = await api.post("/v1/workflows/executions", body)
    assert (answer.status, answer.error["param"]) == (400, named)


@pytest.mark.parametrize(
    ("nodes", "named"),
    [
        ([], "workflows"),
        ([("a", None), ("a", None)], "workflows[1].id"),
        ([("a", ["b"])], "workflows"),
        ([("a", ["b"]), ("b", ["a"])], "workflows"),
    ],
)
async def test_a_wrong_graph_is_refused(api: Api, nodes: Any, named: str) -> None:
    body = {
        "workflows": [
            {"type": "FaceswapNode", "id": name, "input": FACE}
            | ({"parent": parents} if parents else {})
            for name, parents in nodes
        ]
    }
    answer = await api.post("/v1/workflows/graph-executions", body)
    assert (answer.status, answer.error["param"]) == (400, named)


async def test_a_node_of_a_graph_is_checked_where_it_stands(api: Api) -> None:
    bad = {"type": "FaceswapNode", "id": "b", "input": {"source_image_url": {}}, "parent": ["a"]}
    body = {"workflows": [{"type": "FaceswapNode", "id": "a", "input": FACE}, bad]}
    answer = await api.post("/v1/workflows/graph-executions", body)
    assert answer.error["param"] == "workflows[1].input.target_video_url"


async def test_a_workflow_answers_without_an_envelope(api: Api) -> None:
    body = {"workflow_type": "FaceswapNode", "input": FACE}
    answer = await api.post("/v1/workflows/executions", body)
    assert set(answer.json) == {"data", "warning"}
    assert "no counterpart" in answer.json["warning"]["message"]
    assert answer.data["status"] == "submitted"
    path = f"/v1/workflows/executions/{answer.data['execution_id']}"
    api.advance(40)
    assert (await api.get(path)).data["status"] == "running"
    api.advance(200)
    assert (await api.get(path)).data["output"]["video_url"]
    unknown = (await api.get("/v1/workflows/executions/none")).data
    assert unknown == {"execution_id": "none", "status": "not_found"}


async def test_an_execution_takes_a_slot(api: Api) -> None:
    body = {"workflow_type": "FaceswapNode", "input": FACE}
    answers = [await api.post("/v1/workflows/executions", body) for _ in range(11)]
    assert [each.status for each in answers] == [200] * 10 + [429]


@pytest.mark.skipif(not CONTRACT.exists(), reason="the contract does not lie beside the checkout")
async def test_the_replies_fit_the_contract(api: Api) -> None:
    contract = Contract()

    async def check(method: str, path: str, body: Any = None, **query: str) -> Any:
        answer = await api(method, path.format(**query), body, params=query)
        said = {name: value for name, value in answer.json.items() if name not in AROUND}
        shape = path.format(**dict.fromkeys(query, "{}")) if "{" in path else path
        assert contract.problems(method, shape, answer.status, said) == []
        return answer.data

    await check("POST", ROOT, {"video_url": FAR, "output_languages": ["German", "French"]})
    made = (await check("POST", ROOT, TALK))["video_translate_id"]
    await check("GET", f"{ROOT}/target_languages")
    await check("GET", "/v1/workflows")
    node = {"type": "FaceswapNode", "id": "a", "input": FACE}
    graph = await check("POST", "/v1/workflows/graph-executions", {"workflows": [node]})
    body = {"workflow_type": "FaceswapNode", "input": FACE}
    single = await check("POST", "/v1/workflows/executions", body)
    for seconds in (0, 300):
        api.advance(seconds)
        for each in (graph, single):
            one = each["execution_id"]
            await check("GET", "/v1/workflows/executions/{execution_id}", execution_id=one)
    await check("GET", f"{ROOT}/caption", video_translate_id=made, caption_type="srt")
