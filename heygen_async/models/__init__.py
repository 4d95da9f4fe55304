"""Requests and replies of HeyGen v3."""

from typing import TYPE_CHECKING

from heygen_async.lazy import lazily

if TYPE_CHECKING:
    from heygen_async.models.assets import (
        Asset as Asset,
        AssetBase64 as AssetBase64,
        AssetDetail as AssetDetail,
        AssetId as AssetId,
        AssetInput as AssetInput,
        AssetStatus as AssetStatus,
        AssetUpload as AssetUpload,
        AssetUploadBatch as AssetUploadBatch,
        AssetUrl as AssetUrl,
        CompleteAssetUpload as CompleteAssetUpload,
        CompleteAssetUploadBatch as CompleteAssetUploadBatch,
        CreateAssetUpload as CreateAssetUpload,
        CreateAssetUploadBatch as CreateAssetUploadBatch,
        FileUpload as FileUpload,
        FoundAsset as FoundAsset,
        FoundAssetType as FoundAssetType,
    )
    from heygen_async.models.avatars import (
        AvatarConsent as AvatarConsent,
        AvatarError as AvatarError,
        AvatarGroup as AvatarGroup,
        AvatarLook as AvatarLook,
        AvatarStatus as AvatarStatus,
        AvatarType as AvatarType,
        CreateAvatar as CreateAvatar,
        CreateAvatarConsent as CreateAvatarConsent,
        CreatedAvatar as CreatedAvatar,
        DeletedAvatar as DeletedAvatar,
        DigitalTwin as DigitalTwin,
        PhotoAvatar as PhotoAvatar,
        PromptAvatar as PromptAvatar,
        UpdateAvatarGroup as UpdateAvatarGroup,
        UpdateAvatarLook as UpdateAvatarLook,
    )
    from heygen_async.models.background_removals import (
        BackgroundRemoval as BackgroundRemoval,
        BackgroundRemovalStatus as BackgroundRemovalStatus,
        CreateBackgroundRemoval as CreateBackgroundRemoval,
        DeletedBackgroundRemoval as DeletedBackgroundRemoval,
    )
    from heygen_async.models.base import OpenEnum as OpenEnum, Reply as Reply, Request as Request
    from heygen_async.models.batches import (
        Batch as Batch,
        BatchItem as BatchItem,
        BatchItemStatus as BatchItemStatus,
        BatchStatus as BatchStatus,
        CreatedBatch as CreatedBatch,
    )
    from heygen_async.models.brand_glossaries import (
        BrandGlossary as BrandGlossary,
        BrandGlossaryItem as BrandGlossaryItem,
        BrandGlossaryTerm as BrandGlossaryTerm,
        BrandGlossaryTranslation as BrandGlossaryTranslation,
        BrandGlossaryUntranslated as BrandGlossaryUntranslated,
        CreateBrandGlossary as CreateBrandGlossary,
        ForcedTranslation as ForcedTranslation,
        GlossaryTerm as GlossaryTerm,
        UntranslatedTerm as UntranslatedTerm,
        UpdateBrandGlossary as UpdateBrandGlossary,
    )
    from heygen_async.models.brand_kits import (
        BrandKit as BrandKit,
        BrandKitColorRoles as BrandKitColorRoles,
        BrandKitFont as BrandKitFont,
        BrandKitFontRole as BrandKitFontRole,
        BrandKitFontRoles as BrandKitFontRoles,
        BrandKitItem as BrandKitItem,
        BrandKitLogo as BrandKitLogo,
        BrandKitLogoRoles as BrandKitLogoRoles,
        BrandKitStatus as BrandKitStatus,
        CreateBrandKit as CreateBrandKit,
        CreatedBrandKit as CreatedBrandKit,
        UpdateBrandKit as UpdateBrandKit,
        UpdateBrandKitColorRoles as UpdateBrandKitColorRoles,
        UpdateBrandKitFontRole as UpdateBrandKitFontRole,
        UpdateBrandKitFontRoles as UpdateBrandKitFontRoles,
        UpdateBrandKitLogoRoles as UpdateBrandKitLogoRoles,
    )
    from heygen_async.models.clippings import (
        Clip as Clip,
        Clipping as Clipping,
        ClippingOutput as ClippingOutput,
        ClippingSettings as ClippingSettings,
        ClippingStatus as ClippingStatus,
        ClipStatus as ClipStatus,
        CreateClipping as CreateClipping,
        CreatedClipping as CreatedClipping,
        DeletedClipping as DeletedClipping,
    )
    from heygen_async.models.filler_word_removals import (
        CreatedFillerWordRemoval as CreatedFillerWordRemoval,
        CreateFillerWordRemoval as CreateFillerWordRemoval,
        FillerWordRemoval as FillerWordRemoval,
        FillerWordRemovalStatus as FillerWordRemovalStatus,
    )
    from heygen_async.models.hyperframes import (
        CreatedHyperframesRender as CreatedHyperframesRender,
        CreateHyperframesRender as CreateHyperframesRender,
        DeletedHyperframesRender as DeletedHyperframesRender,
        HyperframesRender as HyperframesRender,
        HyperframesStatus as HyperframesStatus,
    )
    from heygen_async.models.lipsyncs import (
        CreatedLipsync as CreatedLipsync,
        CreateLipsync as CreateLipsync,
        CreateLipsyncBatch as CreateLipsyncBatch,
        DeletedLipsync as DeletedLipsync,
        Lipsync as Lipsync,
        UpdateLipsync as UpdateLipsync,
    )
    from heygen_async.models.scenes import (
        Scene as Scene,
        SceneBackdrop as SceneBackdrop,
        SceneCaption as SceneCaption,
        SceneContext as SceneContext,
        SceneElement as SceneElement,
        SceneElementType as SceneElementType,
        SceneEngineSettings as SceneEngineSettings,
        SceneScript as SceneScript,
        SceneTrim as SceneTrim,
        SceneVoiceSettings as SceneVoiceSettings,
        VideoScenes as VideoScenes,
    )
    from heygen_async.models.sounds import Sound as Sound, SoundType as SoundType
    from heygen_async.models.studio import (
        AvatarScene as AvatarScene,
        CinematicVideo as CinematicVideo,
        CreateVideo as CreateVideo,
        CreateVideoBatch as CreateVideoBatch,
        ImageScene as ImageScene,
        SceneAvatar as SceneAvatar,
        SceneBackground as SceneBackground,
        ScenePlayback as ScenePlayback,
        StudioScene as StudioScene,
        StudioVideo as StudioVideo,
        VideoScene as VideoScene,
    )
    from heygen_async.models.templates import (
        AudioVariable as AudioVariable,
        CharacterVariable as CharacterVariable,
        GenerateFromTemplate as GenerateFromTemplate,
        ImageVariable as ImageVariable,
        SubtitlePosition as SubtitlePosition,
        Template as Template,
        TemplateDimension as TemplateDimension,
        TemplateScene as TemplateScene,
        TemplateSubtitles as TemplateSubtitles,
        TemplateSummary as TemplateSummary,
        TemplateValue as TemplateValue,
        TemplateVariable as TemplateVariable,
        TemplateVariableType as TemplateVariableType,
        TemplateVariableUse as TemplateVariableUse,
        TextVariable as TextVariable,
        VideoVariable as VideoVariable,
        VoiceVariable as VoiceVariable,
    )
    from heygen_async.models.translations import (
        CreatedProofreads as CreatedProofreads,
        CreatedVideoTranslations as CreatedVideoTranslations,
        CreateProofread as CreateProofread,
        CreateVideoTranslation as CreateVideoTranslation,
        CreateVideoTranslationBatch as CreateVideoTranslationBatch,
        DeletedVideoTranslation as DeletedVideoTranslation,
        GeneratedFromProofread as GeneratedFromProofread,
        GenerateFromProofread as GenerateFromProofread,
        Proofread as Proofread,
        ProofreadSrt as ProofreadSrt,
        ProofreadStatus as ProofreadStatus,
        StockVoices as StockVoices,
        TranslationLanguages as TranslationLanguages,
        UpdateProofreadSrt as UpdateProofreadSrt,
        UpdateVideoTranslation as UpdateVideoTranslation,
        VideoTranslation as VideoTranslation,
        VideoTranslationStatus as VideoTranslationStatus,
    )
    from heygen_async.models.users import (
        AutoReload as AutoReload,
        BillingType as BillingType,
        CreditPool as CreditPool,
        Subscription as Subscription,
        SubscriptionCredits as SubscriptionCredits,
        UsageBased as UsageBased,
        User as User,
        Wallet as Wallet,
    )
    from heygen_async.models.video_agents import (
        AgentMessage as AgentMessage,
        AgentMessageType as AgentMessageType,
        AgentResource as AgentResource,
        AgentSession as AgentSession,
        AgentSessionEntry as AgentSessionEntry,
        AgentStatus as AgentStatus,
        AgentStyle as AgentStyle,
        CreateAgentSession as CreateAgentSession,
        CreatedAgentSession as CreatedAgentSession,
        SendAgentMessage as SendAgentMessage,
        SentAgentMessage as SentAgentMessage,
        StopAgentSession as StopAgentSession,
        StoppedAgentSession as StoppedAgentSession,
    )
    from heygen_async.models.videos import (
        AvatarIII as AvatarIII,
        AvatarIV as AvatarIV,
        AvatarV as AvatarV,
        AvatarVideo as AvatarVideo,
        Background as Background,
        Caption as Caption,
        CreatedVideo as CreatedVideo,
        DeletedVideo as DeletedVideo,
        ElevenLabsSettings as ElevenLabsSettings,
        FishSettings as FishSettings,
        ImageVideo as ImageVideo,
        StarfishSettings as StarfishSettings,
        StatusEntry as StatusEntry,
        Video as Video,
        VideoStatus as VideoStatus,
        VoiceSettings as VoiceSettings,
        Watermark as Watermark,
        WatermarkPlacement as WatermarkPlacement,
    )
    from heygen_async.models.voices import (
        ClonedVoice as ClonedVoice,
        CloneVoice as CloneVoice,
        CreateSpeech as CreateSpeech,
        DeletedVoice as DeletedVoice,
        DesignedVoices as DesignedVoices,
        DesignVoice as DesignVoice,
        Speech as Speech,
        Voice as Voice,
        VoiceDetail as VoiceDetail,
        VoiceStatus as VoiceStatus,
        VoiceType as VoiceType,
        WordTimestamp as WordTimestamp,
    )
    from heygen_async.models.webhooks import (
        CreateWebhookEndpoint as CreateWebhookEndpoint,
        RotatedSecret as RotatedSecret,
        UpdateWebhookEndpoint as UpdateWebhookEndpoint,
        WebhookEndpoint as WebhookEndpoint,
        WebhookEvent as WebhookEvent,
        WebhookEventName as WebhookEventName,
        WebhookEventType as WebhookEventType,
        WebhookStatus as WebhookStatus,
    )

lazily(
    __name__,
    {
        "assets": (
            "Asset AssetBase64 AssetDetail AssetId AssetInput AssetStatus AssetUpload "
            "AssetUploadBatch AssetUrl CompleteAssetUpload CompleteAssetUploadBatch "
            "CreateAssetUpload CreateAssetUploadBatch FileUpload FoundAsset FoundAssetType"
        ),
        "avatars": (
            "AvatarConsent AvatarError AvatarGroup AvatarLook AvatarStatus AvatarType "
            "CreateAvatar CreateAvatarConsent CreatedAvatar DeletedAvatar DigitalTwin "
            "PhotoAvatar PromptAvatar UpdateAvatarGroup UpdateAvatarLook"
        ),
        "background_removals": (
            "BackgroundRemoval BackgroundRemovalStatus CreateBackgroundRemoval "
            "DeletedBackgroundRemoval"
        ),
        "base": "OpenEnum Reply Request",
        "batches": "Batch BatchItem BatchItemStatus BatchStatus CreatedBatch",
        "brand_glossaries": (
            "BrandGlossary BrandGlossaryItem BrandGlossaryTerm BrandGlossaryTranslation "
            "BrandGlossaryUntranslated CreateBrandGlossary ForcedTranslation GlossaryTerm "
            "UntranslatedTerm UpdateBrandGlossary"
        ),
        "brand_kits": (
            "BrandKit BrandKitColorRoles BrandKitFont BrandKitFontRole BrandKitFontRoles "
            "BrandKitItem BrandKitLogo BrandKitLogoRoles BrandKitStatus CreateBrandKit "
            "CreatedBrandKit UpdateBrandKit UpdateBrandKitColorRoles UpdateBrandKitFontRole "
            "UpdateBrandKitFontRoles UpdateBrandKitLogoRoles"
        ),
        "clippings": (
            "Clip Clipping ClippingOutput ClippingSettings ClippingStatus ClipStatus "
            "CreateClipping CreatedClipping DeletedClipping"
        ),
        "filler_word_removals": (
            "CreatedFillerWordRemoval CreateFillerWordRemoval FillerWordRemoval "
            "FillerWordRemovalStatus"
        ),
        "hyperframes": (
            "CreatedHyperframesRender CreateHyperframesRender DeletedHyperframesRender "
            "HyperframesRender HyperframesStatus"
        ),
        "lipsyncs": (
            "CreatedLipsync CreateLipsync CreateLipsyncBatch DeletedLipsync Lipsync UpdateLipsync"
        ),
        "scenes": (
            "Scene SceneBackdrop SceneCaption SceneContext SceneElement SceneElementType "
            "SceneEngineSettings SceneScript SceneTrim SceneVoiceSettings VideoScenes"
        ),
        "sounds": "Sound SoundType",
        "studio": (
            "AvatarScene CinematicVideo CreateVideo CreateVideoBatch ImageScene SceneAvatar "
            "SceneBackground ScenePlayback StudioScene StudioVideo VideoScene"
        ),
        "templates": (
            "AudioVariable CharacterVariable GenerateFromTemplate ImageVariable "
            "SubtitlePosition Template TemplateDimension TemplateScene TemplateSubtitles "
            "TemplateSummary TemplateValue TemplateVariable TemplateVariableType "
            "TemplateVariableUse TextVariable VideoVariable VoiceVariable"
        ),
        "translations": (
            "CreatedProofreads CreatedVideoTranslations CreateProofread "
            "CreateVideoTranslation CreateVideoTranslationBatch DeletedVideoTranslation "
            "GeneratedFromProofread GenerateFromProofread Proofread ProofreadSrt "
            "ProofreadStatus StockVoices TranslationLanguages UpdateProofreadSrt "
            "UpdateVideoTranslation VideoTranslation VideoTranslationStatus"
        ),
        "users": (
            "AutoReload BillingType CreditPool Subscription SubscriptionCredits UsageBased "
            "User Wallet"
        ),
        "video_agents": (
            "AgentMessage AgentMessageType AgentResource AgentSession AgentSessionEntry "
            "AgentStatus AgentStyle CreateAgentSession CreatedAgentSession SendAgentMessage "
            "SentAgentMessage StopAgentSession StoppedAgentSession"
        ),
        "videos": (
            "AvatarIII AvatarIV AvatarV AvatarVideo Background Caption CreatedVideo "
            "DeletedVideo ElevenLabsSettings FishSettings ImageVideo StarfishSettings "
            "StatusEntry Video VideoStatus VoiceSettings Watermark WatermarkPlacement"
        ),
        "voices": (
            "ClonedVoice CloneVoice CreateSpeech DeletedVoice DesignedVoices DesignVoice "
            "Speech Voice VoiceDetail VoiceStatus VoiceType WordTimestamp"
        ),
        "webhooks": (
            "CreateWebhookEndpoint RotatedSecret UpdateWebhookEndpoint WebhookEndpoint "
            "WebhookEvent WebhookEventName WebhookEventType WebhookStatus"
        ),
    },
)
