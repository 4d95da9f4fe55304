"""The models beside the vendor's own description of v3, where it lies next to the checkout."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from heygen_async import models
from heygen_async.models import preview, v2

CONTRACT = Path(__file__).parents[3] / "shared" / "api" / "heygen-v3.openapi.json"

pytestmark = pytest.mark.skipif(
    not CONTRACT.exists(), reason="the vendor's description is not beside this checkout"
)

REPLIES = {
    "AudioVoiceItem": models.Voice,
    "CreateModelAudioVoiceResponse": preview.CreatedModelVoice,
    "ModelAudioVoiceResponse": preview.ModelVoice,
    "DeleteModelAudioVoiceResponse": preview.DeletedModelVoice,
    "CreateSpeechResponseData": preview.ModelSpeech,
    "SpeechWordAlignment": preview.WordAlignment,
    "CreateAvatarRealtimeResponse": preview.CreatedRealtimeSession,
    "AvatarRealtimeStatusResponse": preview.RealtimeSession,
    "AppendTextDeltaResponse": preview.AppendedText,
    "CancelAvatarRealtimeResponse": preview.CancelledSession,
    "WordBatch": preview.WordBatch,
    "WordEvent": preview.SpokenWord,
    "WordsEndEvent": preview.WordsEnd,
    "VideoDetail": models.Video,
    "CreateAvatarVideoResponse": models.CreatedVideo,
    "VideoStatusEntry": models.StatusEntry,
    "AvatarLookItem": models.AvatarLook,
    "AvatarGroupItem": models.AvatarGroup,
    "AvatarError": models.AvatarError,
    "AvatarGroupDeleteResponse": models.DeletedAvatar,
    "AvatarLookDeleteResponse": models.DeletedAvatar,
    "CreateAvatarConsentResponse": models.AvatarConsent,
    "VoiceDetailV3": models.VoiceDetail,
    "VoiceCloneCreateV3Response": models.ClonedVoice,
    "VoiceDeleteV3Response": models.DeletedVoice,
    "DesignVoiceResponseData": models.DesignedVoices,
    "TextToSpeechResponseData": models.Speech,
    "WordWithTimestamp": models.WordTimestamp,
    "CreateAvatarResponse": models.CreatedAvatar,
    "UserInfoResponse": models.User,
    "WalletInfo": models.Wallet,
    "AutoReloadInfo": models.AutoReload,
    "SubscriptionInfo": models.Subscription,
    "SubscriptionCredits": models.SubscriptionCredits,
    "CreditPool": models.CreditPool,
    "UsageBasedInfo": models.UsageBased,
    "UploadAssetV3Response": models.Asset,
    "CompleteAssetUploadResponse": models.Asset,
    "CreateAssetUploadResponse": models.AssetUpload,
    "CreateVideoAgentResponse": models.CreatedAgentSession,
    "GetSessionResponse": models.AgentSession,
    "SessionListItem": models.AgentSessionEntry,
    "SessionMessage": models.AgentMessage,
    "SessionResource": models.AgentResource,
    "SendMessageResponse": models.SentAgentMessage,
    "StopSessionResponse": models.StoppedAgentSession,
    "StyleItem": models.AgentStyle,
    "AiClippingDetail": models.Clipping,
    "Clip": models.Clip,
    "HighlightOutputSettings": models.ClippingSettings,
    "CreateAiClippingResponse": models.CreatedClipping,
    "DeleteAiClippingResponse": models.DeletedClipping,
    "BackgroundRemovalJob": models.BackgroundRemoval,
    "BackgroundRemovalDeleteResponse": models.DeletedBackgroundRemoval,
    "FillerWordRemovalDetail": models.FillerWordRemoval,
    "CreateFillerWordRemovalResponse": models.CreatedFillerWordRemoval,
    "HyperframesRenderDetail": models.HyperframesRender,
    "CreateHyperframesRenderResponse": models.CreatedHyperframesRender,
    "DeleteHyperframesRenderResponse": models.DeletedHyperframesRender,
    "VideoTranslationDetail": models.VideoTranslation,
    "VideoTranslationCreateResponse": models.CreatedVideoTranslations,
    "VideoTranslationLanguagesResponse": models.TranslationLanguages,
    "VideoTranslationDeleteResponse": models.DeletedVideoTranslation,
    "ProofreadDetail": models.Proofread,
    "CreateProofreadResponse": models.CreatedProofreads,
    "DownloadSRTResponse": models.ProofreadSrt,
    "GenerateVideoResponse": models.GeneratedFromProofread,
    "LipsyncDetail": models.Lipsync,
    "LipsyncCreateResponse": models.CreatedLipsync,
    "LipsyncDeleteResponse": models.DeletedLipsync,
    "GetAssetV3Response": models.AssetDetail,
    "CreateAssetUploadBatchResponse": models.AssetUploadBatch,
    "AssetUploadBatchItem": models.AssetUpload,
    "CompleteAssetBatchResponse": models.CreatedBatch,
    "ImageAssetItem": models.FoundAsset,
    "IconAssetItem": models.FoundAsset,
    "AudioSoundItem": models.Sound,
    "BrandKitItem": models.BrandKitItem,
    "BrandKitDetail": models.BrandKit,
    "CreateBrandKitResponse": models.CreatedBrandKit,
    "BrandKitColorRoles": models.BrandKitColorRoles,
    "BrandKitLogo": models.BrandKitLogo,
    "BrandKitLogoRoles": models.BrandKitLogoRoles,
    "BrandKitFont": models.BrandKitFont,
    "BrandKitFontRole": models.BrandKitFontRole,
    "BrandKitFontRoles": models.BrandKitFontRoles,
    "BrandGlossaryItem": models.BrandGlossaryItem,
    "BrandGlossaryDetail": models.BrandGlossary,
    "BrandGlossaryTerm": models.BrandGlossaryTerm,
    "DoNotTranslateEntry": models.BrandGlossaryUntranslated,
    "ForcedTranslationEntry": models.BrandGlossaryTranslation,
    "WebhookEndpointResponse": models.WebhookEndpoint,
    "RotateSecretResponseData": models.RotatedSecret,
    "WebhookEventTypeItem": models.WebhookEventType,
    "WebhookEventResponse": models.WebhookEvent,
    "ExternalCreateVideoAgentSessionResponse": v2.PromptedVideo,
}
REQUESTS = {
    "CreateModelAudioVoiceRequest": preview.ProfessionalVoice,
    "CreateSpeechRequest": preview.GenerateSpeech,
    "StreamSpeechRequest": preview.StreamSpeech,
    "CreateAvatarRealtimeTTS": preview.RealtimeSpeech,
    "CreateAvatarRealtimeAudio": preview.RealtimeAudio,
    "CreateAvatarRealtimeTextStream": preview.RealtimeTextStream,
    "AppendTextDeltaRequest": preview.AppendText,
    "CreateVideoTranslationRequest": models.CreateVideoTranslation,
    "CreateVideoTranslationBatchRequest": models.CreateVideoTranslationBatch,
    "UpdateVideoTranslationRequest": models.UpdateVideoTranslation,
    "CreateProofreadRequest": models.CreateProofread,
    "UploadSRTRequest": models.UpdateProofreadSrt,
    "GenerateVideoRequest": models.GenerateFromProofread,
    "StockVoiceConfig": models.StockVoices,
    "CreateLipsyncRequest": models.CreateLipsync,
    "CreateLipsyncBatchRequest": models.CreateLipsyncBatch,
    "UpdateLipsyncRequest": models.UpdateLipsync,
    "CreateVideoFromAvatar": models.AvatarVideo,
    "CreateVideoFromImage": models.ImageVideo,
    "CreatePhotoAvatarRequest": models.PhotoAvatar,
    "CreateDigitalTwinRequest": models.DigitalTwin,
    "CreatePromptAvatarRequest": models.PromptAvatar,
    "UpdateAvatarLookRequest": models.UpdateAvatarLook,
    "UpdateAvatarGroupRequest": models.UpdateAvatarGroup,
    "CreateAvatarConsentRequest": models.CreateAvatarConsent,
    "DesignVoiceRequest": models.DesignVoice,
    "CreateVoiceCloneV3Request": models.CloneVoice,
    "TextToSpeechRequest": models.CreateSpeech,
    "CreateAssetUploadRequest": models.CreateAssetUpload,
    "CompleteAssetUploadRequest": models.CompleteAssetUpload,
    "BackgroundSetting": models.Background,
    "CaptionSetting": models.Caption,
    "VoiceSettingsInput": models.VoiceSettings,
    "WatermarkInput": models.Watermark,
    "WatermarkPlacement": models.WatermarkPlacement,
    "ElevenLabsEngineSettings": models.ElevenLabsSettings,
    "FishEngineSettings": models.FishSettings,
    "AssetUrl": models.AssetUrl,
    "AssetId": models.AssetId,
    "AssetBase64": models.AssetBase64,
    "CreateAssetUploadBatchRequest": models.CreateAssetUploadBatch,
    "AssetUploadItem": models.CreateAssetUpload,
    "CompleteAssetBatchRequest": models.CompleteAssetUploadBatch,
    "CreateBrandKitRequest": models.CreateBrandKit,
    "UpdateBrandKitRequest": models.UpdateBrandKit,
    "UpdateBrandKitColorRoles": models.UpdateBrandKitColorRoles,
    "UpdateBrandKitLogoRoles": models.UpdateBrandKitLogoRoles,
    "UpdateBrandKitFontRole": models.UpdateBrandKitFontRole,
    "UpdateBrandKitFontRoles": models.UpdateBrandKitFontRoles,
    "CreateBrandGlossaryRequest": models.CreateBrandGlossary,
    "UpdateBrandGlossaryRequest": models.UpdateBrandGlossary,
    "BrandGlossaryTermWrite": models.GlossaryTerm,
    "DoNotTranslateEntryWrite": models.UntranslatedTerm,
    "ForcedTranslationEntryWrite": models.ForcedTranslation,
    "CreateWebhookEndpointRequest": models.CreateWebhookEndpoint,
    "UpdateWebhookEndpointRequest": models.UpdateWebhookEndpoint,
    "CreateAvatarVideoRequest": v2.CreateAvatarVideo,
    "ExternalCreateVideoAgentSessionRequest": v2.GenerateFromPrompt,
    "VideoAgentConfig": v2.AgentConfig,
    "FileInput": v2.AgentFile,
}


@cache
def schemas() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CONTRACT.read_bytes())["components"]["schemas"]
    return found


def properties(name: str) -> dict[str, Any]:
    schema = schemas()[name]
    found = dict(schema.get("properties", {}))
    for part in schema.get("allOf", []):
        found |= part.get("properties", {})
        if "$ref" in part:
            found |= properties(part["$ref"].rpartition("/")[2])
    return found


def may_be_null(schema: dict[str, Any]) -> bool:
    return bool(schema.get("nullable")) or any(
        part.get("type") == "null" or part.get("$ref", "").endswith("/Null")
        for part in schema.get("anyOf", []) + schema.get("oneOf", [])
    )


@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_has_every_field_of_the_contract(name: str) -> None:
    known = {field.encode_name for field in msgspec.structs.fields(REPLIES[name])}
    assert sorted(set(properties(name)) - known) == []


@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_takes_null_wherever_the_contract_allows_it(name: str) -> None:
    kind = REPLIES[name]
    required = {
        f.name: {"id": "x"}
        if isinstance(f.type, type) and issubclass(f.type, msgspec.Struct)
        else "x"
        for f in msgspec.structs.fields(kind)
        if f.required
    }
    for field, schema in properties(name).items():
        if may_be_null(schema):
            body = msgspec.json.encode(required | {field: None})
            assert getattr(msgspec.json.decode(body, type=kind), field) is None, field


@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_needs_only_what_the_contract_promises(name: str) -> None:
    promised = set(schemas()[name].get("required", []))
    needed = {f.encode_name for f in msgspec.structs.fields(REPLIES[name]) if f.required}
    assert needed <= promised


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_has_the_fields_of_the_contract_and_no_other(name: str) -> None:
    config = REQUESTS[name].__struct_config__
    known = {field.encode_name for field in msgspec.structs.fields(REQUESTS[name])}
    if config.tag_field:
        known.add(config.tag_field)
    assert sorted(known ^ set(properties(name))) == []


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_needs_what_the_contract_needs(name: str) -> None:
    config = REQUESTS[name].__struct_config__
    needed = {f.encode_name for f in msgspec.structs.fields(REQUESTS[name]) if f.required}
    wanted = set(schemas()[name].get("required", [])) - {config.tag_field}
    assert needed == wanted


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("VideoStatus", models.VideoStatus),
        ("AvatarStatus", models.AvatarStatus),
        ("AvatarLookType", models.AvatarType),
        ("AudioVoiceType", models.VoiceType),
        ("AudioContentType", models.SoundType),
        ("BillingType", models.BillingType),
        ("JobStatus", models.ClippingStatus),
        ("ClipStatus", models.ClipStatus),
        ("FillerWordRemovalDetailJobStatus", models.FillerWordRemovalStatus),
        ("HyperframesRenderStatus", models.HyperframesStatus),
        ("SessionMessageType", models.AgentMessageType),
    ],
)
def test_every_word_of_the_contract_is_known(name: str, words: Any) -> None:
    assert [word for word in schemas()[name]["enum"] if not words(word).is_known] == []
