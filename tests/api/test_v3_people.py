"""Avatars and voices, one call at a time: method, address, exact body, decoded reply."""

from typing import Any

import pytest

from heygen_async import HeyGen
from heygen_async.errors import InvalidRequestError, JobFailedError, NotFoundError
from heygen_async.models import AssetId, CloneVoice, CreateSpeech, DesignVoice
from tests.transport.kit import Sent, Wire

LOOK = {"id": "l1", "name": "Ann", "avatar_type": "photo_avatar", "brand_new": 1}
GROUP = {"id": "g1", "name": "Ann", "created_at": 1_800_000_000, "looks_count": 1}


def only(wire: Wire, *, keyed: bool = False) -> Sent:
    (sent,) = wire.sent
    assert (sent.key is not None) is keyed
    return sent


async def test_lists_send_their_filters_and_nothing_else(heygen: HeyGen, wire: Wire) -> None:
    where = "/v3/avatars/looks?group_id=g1&avatar_type=photo_avatar&ownership=private&limit=50"
    wire.ok("GET", where, [LOOK])
    found = await heygen.avatars.list_looks(
        group_id="g1", avatar_type="photo_avatar", ownership="private", limit=50
    )
    assert [each.id for each in found.items] == ["l1"]
    wire.ok("GET", "/v3/avatars?ownership=public", [GROUP])
    assert (await heygen.avatars.list_groups(ownership="public")).items[0].looks_count == 1
    wire.ok("GET", "/v3/avatars", [])
    assert (await heygen.avatars.list_groups()).items == []
    assert all(sent.body is None and sent.key is None for sent in wire.sent)


async def test_changes_send_what_changes(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("PATCH", "/v3/avatars/looks/l1", LOOK)
    look = await heygen.avatars.update_look("l1", name="Ann", extra_body={"brand_new": True})
    assert only(wire).json == {"name": "Ann", "brand_new": True}
    assert look.name == "Ann"
    wire.sent.clear()
    wire.ok("PATCH", "/v3/avatars/g1", GROUP | {"default_voice_id": "v1"})
    group = await heygen.avatars.update_group("g1", default_voice_id="v1")
    assert only(wire).json == {"default_voice_id": "v1"}
    assert group.default_voice_id == "v1"


async def test_deletions_have_no_body_and_give_nothing(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("DELETE", "/v3/avatars/looks/l1", {"id": "l1"})
    await heygen.avatars.delete_look("l1")
    wire.ok("DELETE", "/v3/avatars/g1", {"id": "g1"})
    await heygen.avatars.delete_group("g1")
    wire.ok("DELETE", "/v3/voices/v1", {"voice_id": "v1"})
    await heygen.voices.delete("v1")
    assert [(sent.method, sent.body, sent.key) for sent in wire.sent] == [
        ("DELETE", None, None)
    ] * 3


async def test_a_repeated_deletion_that_finds_nothing_was_carried_out(
    heygen: HeyGen, wire: Wire
) -> None:
    gone = {"error": {"code": "avatar_not_found", "message": "no"}}
    wire.answer("DELETE", "/v3/avatars/g1", {}, status=503)
    wire.answer("DELETE", "/v3/avatars/g1", gone, status=404)
    await heygen.avatars.delete_group("g1")
    assert len(wire.sent) == 2
    wire.answer("DELETE", "/v3/avatars/looks/l1", gone, status=404)
    with pytest.raises(NotFoundError):
        await heygen.avatars.delete_look("l1")


@pytest.mark.parametrize("code", ["voice_not_found", "not_found"])
async def test_only_a_voice_that_is_gone_counts_as_deleted(
    heygen: HeyGen, wire: Wire, code: str
) -> None:
    error = {"error": {"code": code, "message": "no"}}
    wire.answer("DELETE", "/v3/voices/v1", error, status=404)
    if code == "voice_not_found":
        await heygen.voices.delete("v1")
    else:
        with pytest.raises(NotFoundError):
            await heygen.voices.delete("v1")


async def test_a_consent_is_keyed(heygen: HeyGen, wire: Wire) -> None:
    answer = {"avatar_group": GROUP | {"consent_status": "pending"}, "url": "https://x.com/c"}
    wire.ok("POST", "/v3/avatars/g1/consent", answer)
    job = await heygen.avatars.create_consent(
        "g1",
        reroute_url="https://x.com/done",
        consent_text="I agree.",
        idempotency_key="ask-1",
        extra_body={"brand_new": 1},
    )
    sent = only(wire, keyed=True)
    assert sent.key == "ask-1"
    assert sent.json == {
        "reroute_url": "https://x.com/done",
        "consent_text": "I agree.",
        "brand_new": 1,
    }
    assert repr(job) == "<Job consent g1>"
    assert job.created is not None
    assert job.created.url == "https://x.com/c"


@pytest.mark.parametrize("word", ["approved", "accepted", None])
async def test_the_words_of_a_given_consent(heygen: HeyGen, wire: Wire, word: str | None) -> None:
    wire.ok("GET", "/v3/avatars/g1", GROUP | {"consent_status": word})
    given = await heygen.avatars.consent_job("g1").wait()
    assert given.avatar_group.consent_status == word


@pytest.mark.parametrize("word", ["pending", "skipped"])
async def test_the_words_of_an_open_consent(heygen: HeyGen, wire: Wire, word: str) -> None:
    wire.ok("GET", "/v3/avatars/g1", GROUP | {"consent_status": word})
    with pytest.raises(JobFailedError, match=word):
        await heygen.avatars.consent_job("g1").wait()


async def test_voices_are_designed_cloned_and_read(heygen: HeyGen, wire: Wire) -> None:
    voice: dict[str, Any] = {"voice_id": "v1", "name": "Ann", "type": "public"}
    wire.ok("POST", "/v3/voices", {"voices": [voice], "seed": 2})
    found = await heygen.voices.design(
        DesignVoice(prompt="warm", gender="male", locale="en-US", seed=2)
    )
    assert only(wire).json == {"prompt": "warm", "gender": "male", "locale": "en-US", "seed": 2}
    assert (found.seed, found.voices[0].name) == (2, "Ann")
    wire.sent.clear()
    wire.ok("POST", "/v3/voices/clone", {"voice_clone_id": "v2"})
    job = await heygen.voices.clone(
        CloneVoice(audio="as1", voice_name="Me", language="en", remove_background_noise=False)
    )
    assert only(wire).json == {
        "audio": {"type": "asset_id", "asset_id": "as1"},
        "voice_name": "Me",
        "language": "en",
        "remove_background_noise": False,
    }
    assert repr(job) == "<Job voice v2>"
    wire.ok("GET", "/v3/voices/v2", {"voice_id": "v2", "support_pause": True, "status": "cloning"})
    detail = await heygen.voices.get("v2")
    assert detail.status is not None
    assert not detail.status.is_known
    assert heygen.voices.job("v2").kind == "voice"
    with pytest.raises(InvalidRequestError):
        heygen.voices.job("v/2")


async def test_a_speech_sends_only_what_is_given(heygen: HeyGen, wire: Wire) -> None:
    answer = {"audio_url": "https://x.com/a.mp3", "duration": 4.5, "word_timestamps": None}
    wire.ok("POST", "/v3/voices/speech", answer)
    speech = await heygen.voices.create_speech(CreateSpeech(text="Hi.", voice_id="v1"))
    assert only(wire).json == {"text": "Hi.", "voice_id": "v1"}
    assert (speech.duration, speech.words) == (4.5, [])
    wire.sent.clear()
    wire.ok("POST", "/v3/voices/speech", answer)
    whole = {
        "text": "Hi.",
        "voice_id": "v1",
        "input_type": "ssml",
        "speed": 1.5,
        "language": "en",
        "locale": "en-US",
    }
    request = CreateSpeech(
        text="Hi.", voice_id="v1", input_type="ssml", speed=1.5, language="en", locale="en-US"
    )
    await heygen.voices.create_speech(request)
    assert only(wire).json == whole


async def test_a_consent_takes_an_uploaded_video(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("POST", "/v3/avatars/g1/consent", {"avatar_group": GROUP})
    job = await heygen.avatars.create_consent("g1", consent_video=AssetId(asset_id="as1"))
    assert only(wire, keyed=True).json == {"consent_video": {"type": "asset_id", "asset_id": "as1"}}
    assert job.created is not None
    assert job.created.url is None
