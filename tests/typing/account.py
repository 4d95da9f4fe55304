"""Typical use of v1's voices, webhooks, contacts and streams, never run: every type is seen."""

from typing import Any, assert_type

from heygen_async import HeyGen, Job
from heygen_async.api.pages import Pager
from heygen_async.models import CreateSpeech, CreateWebhookEndpoint, Speech, User, Voice
from heygen_async.models.v2 import (
    ActiveSession,
    BrandVoice,
    IceCandidate,
    LegacyEndpoint,
    LegacyVoice,
    NewStreamingSession,
    PersonalizedVideo,
    PreviewVoice,
    SdpAnswer,
    StartedStream,
    StartedTask,
    StreamingAvatar,
    StreamingSession,
    StreamingToken,
    StreamingVoice,
    UpdateBrandVoice,
    VoiceLocale,
    VoicePreview,
    VoiceV1,
)


async def voices(heygen: HeyGen) -> None:
    api = heygen.v2.voices
    assert_type(await api.list(), list[LegacyVoice])
    assert_type(await api.list_v1(), list[VoiceV1])
    assert_type(await api.list_locales(), list[VoiceLocale])
    said = await api.preview(PreviewVoice(voice_id="v", text="Hi.", text_type="plain"))
    assert_type(said, VoicePreview)
    assert_type(heygen.v2.audio.list_voices(type="public"), Pager[Voice])
    assert_type(await heygen.v2.audio.text_to_speech(CreateSpeech(text="t", voice_id="v")), Speech)
    assert_type(heygen.v2.brand_voices.list(name_only=True), Pager[BrandVoice])
    request = UpdateBrandVoice(whitelist=[("cloud", "Wolke")])
    assert_type(await heygen.v2.brand_voices.update("b", request=request), BrandVoice | None)
    assert_type(await heygen.v2.users.get_current(), User)


async def webhooks(heygen: HeyGen) -> None:
    api = heygen.v2.webhooks
    assert_type(await api.list_event_types(), list[str])
    endpoint = await api.add_endpoint(CreateWebhookEndpoint(url="https://example.com"))
    assert_type(endpoint, LegacyEndpoint)
    assert_type(await api.list_endpoints(), list[LegacyEndpoint])
    assert_type(await api.update_endpoint("e", events=["personalized_video"]), LegacyEndpoint)


async def contacts(heygen: HeyGen) -> None:
    api = heygen.v2.personalized_videos
    job = await api.add_contact("p", variables_list=[{"email": "e", "first_name": "f"}])
    assert_type(job, Job[PersonalizedVideo])
    assert_type(await api.get("a"), PersonalizedVideo)
    assert_type(await api.get_project("p"), dict[str, Any])
    assert_type(api.job("a"), Job[PersonalizedVideo])


async def streaming(heygen: HeyGen) -> None:
    api = heygen.v2.streaming
    assert_type(await api.create_token(), StreamingToken)
    request = NewStreamingSession(quality="high", voice=StreamingVoice(rate=1.1), version="v2")
    assert_type(await api.new_session(request), StreamingSession)
    assert_type(await api.start("s", sdp=SdpAnswer(sdp="v=0")), StartedStream)
    await api.ice("s", candidate=IceCandidate(candidate="c", sdpMid="0", sdpMLineIndex=0))
    assert_type(await api.task("s", text="Hi.", task_type="chat"), StartedTask)
    assert_type(await api.list_sessions(), list[ActiveSession])
    assert_type(await api.list_avatars(), list[StreamingAvatar])
