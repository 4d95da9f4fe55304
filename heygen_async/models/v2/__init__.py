"""Requests and replies of HeyGen v1 and v2."""

from typing import TYPE_CHECKING

from heygen_async.lazy import lazily

if TYPE_CHECKING:
    from heygen_async.models.v2.assets import (
        LegacyAsset as LegacyAsset,
        UploadedAsset as UploadedAsset,
    )
    from heygen_async.models.v2.avatars import (
        AvatarCatalogue as AvatarCatalogue,
        AvatarV1 as AvatarV1,
        CreateDigitalTwin as CreateDigitalTwin,
        LegacyAvatar as LegacyAvatar,
        LegacyAvatarDetails as LegacyAvatarDetails,
        LegacyAvatarGroup as LegacyAvatarGroup,
        LegacyAvatarLook as LegacyAvatarLook,
        LegacyTwin as LegacyTwin,
        TwinStatus as TwinStatus,
    )
    from heygen_async.models.v2.brand_voices import (
        BrandVoice as BrandVoice,
        UpdateBrandVoice as UpdateBrandVoice,
    )
    from heygen_async.models.v2.folders import (
        CreateFolder as CreateFolder,
        Folder as Folder,
        ProjectType as ProjectType,
        RenameFolder as RenameFolder,
    )
    from heygen_async.models.v2.personalized_videos import (
        AddContacts as AddContacts,
        AddedContacts as AddedContacts,
        PersonalizedVideo as PersonalizedVideo,
        PersonalizedVideoStatus as PersonalizedVideoStatus,
    )
    from heygen_async.models.v2.photo_avatars import (
        AddedLooks as AddedLooks,
        AddLooks as AddLooks,
        AddMotion as AddMotion,
        CreateGroup as CreateGroup,
        GenerateLook as GenerateLook,
        GeneratePhotos as GeneratePhotos,
        Generation as Generation,
        GenerationStatus as GenerationStatus,
        GroupRef as GroupRef,
        LookRef as LookRef,
        LookStatus as LookStatus,
        NewLook as NewLook,
        PhotoLook as PhotoLook,
        SoundEffect as SoundEffect,
        StartedGeneration as StartedGeneration,
        Training as Training,
        TrainingStatus as TrainingStatus,
        UpscaleAvailability as UpscaleAvailability,
    )
    from heygen_async.models.v2.scenes import (
        AudioVoice as AudioVoice,
        AvatarCharacter as AvatarCharacter,
        Character as Character,
        ColorBackground as ColorBackground,
        Dimension as Dimension,
        ElevenLabsTuning as ElevenLabsTuning,
        ImageBackground as ImageBackground,
        Offset as Offset,
        Scene as Scene,
        SceneBackground as SceneBackground,
        SceneText as SceneText,
        SceneVoice as SceneVoice,
        Silence as Silence,
        TalkingPhoto as TalkingPhoto,
        TextVoice as TextVoice,
        VideoBackground as VideoBackground,
    )
    from heygen_async.models.v2.streaming import (
        ActiveSession as ActiveSession,
        IceCandidate as IceCandidate,
        IceServer as IceServer,
        NewStreamingSession as NewStreamingSession,
        OfferCandidate as OfferCandidate,
        SdpAnswer as SdpAnswer,
        SessionDescription as SessionDescription,
        StartedStream as StartedStream,
        StartedTask as StartedTask,
        StartStream as StartStream,
        StreamingAvatar as StreamingAvatar,
        StreamingSession as StreamingSession,
        StreamingStatus as StreamingStatus,
        StreamingToken as StreamingToken,
        StreamingVoice as StreamingVoice,
        StreamRef as StreamRef,
        StreamTask as StreamTask,
    )
    from heygen_async.models.v2.talking_photos import (
        TalkingPhotoItem as TalkingPhotoItem,
        UploadedTalkingPhoto as UploadedTalkingPhoto,
    )
    from heygen_async.models.v2.templates import (
        AudioProperties as AudioProperties,
        CharacterProperties as CharacterProperties,
        GenerateTemplateVideo as GenerateTemplateVideo,
        ImageProperties as ImageProperties,
        LegacyAudioVariable as LegacyAudioVariable,
        LegacyCharacterVariable as LegacyCharacterVariable,
        LegacyImageVariable as LegacyImageVariable,
        LegacyProperties as LegacyProperties,
        LegacyTemplate as LegacyTemplate,
        LegacyTemplateScene as LegacyTemplateScene,
        LegacyTemplateSummary as LegacyTemplateSummary,
        LegacyTemplateVariable as LegacyTemplateVariable,
        LegacyTextVariable as LegacyTextVariable,
        LegacyVariable as LegacyVariable,
        LegacyVideoVariable as LegacyVideoVariable,
        LegacyVoiceVariable as LegacyVoiceVariable,
        TextProperties as TextProperties,
        VideoProperties as VideoProperties,
        VoiceProperties as VoiceProperties,
        template_variables as template_variables,
    )
    from heygen_async.models.v2.translations import (
        LegacyTranslation as LegacyTranslation,
        LegacyTranslationStatus as LegacyTranslationStatus,
        StartedTranslations as StartedTranslations,
        TargetLanguages as TargetLanguages,
        TranslateVideo as TranslateVideo,
        TranslationCaption as TranslationCaption,
    )
    from heygen_async.models.v2.users import Quota as Quota
    from heygen_async.models.v2.video_agents import (
        AgentConfig as AgentConfig,
        AgentFile as AgentFile,
        GenerateFromPrompt as GenerateFromPrompt,
        PromptedVideo as PromptedVideo,
    )
    from heygen_async.models.v2.videos import (
        CaptionOptions as CaptionOptions,
        CaptionStyle as CaptionStyle,
        CreateAvatarVideo as CreateAvatarVideo,
        DeletedVideos as DeletedVideos,
        GenerateAvatarIV as GenerateAvatarIV,
        GeneratedVideo as GeneratedVideo,
        GenerateVideo as GenerateVideo,
        GenerateWebm as GenerateWebm,
        LegacyVideo as LegacyVideo,
        LegacyVideoDetail as LegacyVideoDetail,
        LegacyVideoItem as LegacyVideoItem,
        LegacyVideoStatus as LegacyVideoStatus,
        ShareVideo as ShareVideo,
        VideoFailure as VideoFailure,
    )
    from heygen_async.models.v2.voices import (
        LegacyVoice as LegacyVoice,
        PreviewVoice as PreviewVoice,
        VoiceLocale as VoiceLocale,
        VoicePreview as VoicePreview,
        VoiceSample as VoiceSample,
        VoiceV1 as VoiceV1,
    )
    from heygen_async.models.v2.webhooks import (
        LegacyEndpoint as LegacyEndpoint,
        UpdateLegacyEndpoint as UpdateLegacyEndpoint,
    )
    from heygen_async.models.v2.workflows import (
        AnyWorkflow as AnyWorkflow,
        AvatarInference as AvatarInference,
        AvatarInferenceInput as AvatarInferenceInput,
        ExecuteGraph as ExecuteGraph,
        ExecuteWorkflow as ExecuteWorkflow,
        FaceSwap as FaceSwap,
        FaceSwapInput as FaceSwapInput,
        FilmPrompt as FilmPrompt,
        GraphNode as GraphNode,
        InferredAudio as InferredAudio,
        InferredAvatar as InferredAvatar,
        VideoPrompt as VideoPrompt,
        VideoProvider as VideoProvider,
        VideoRatio as VideoRatio,
        Workflow as Workflow,
        WorkflowExecution as WorkflowExecution,
        WorkflowFailure as WorkflowFailure,
        WorkflowStatus as WorkflowStatus,
    )

lazily(
    __name__,
    {
        "assets": "LegacyAsset UploadedAsset",
        "avatars": (
            "AvatarCatalogue AvatarV1 CreateDigitalTwin LegacyAvatar LegacyAvatarDetails "
            "LegacyAvatarGroup LegacyAvatarLook LegacyTwin TwinStatus"
        ),
        "brand_voices": "BrandVoice UpdateBrandVoice",
        "folders": "CreateFolder Folder ProjectType RenameFolder",
        "personalized_videos": (
            "AddContacts AddedContacts PersonalizedVideo PersonalizedVideoStatus"
        ),
        "photo_avatars": (
            "AddedLooks AddLooks AddMotion CreateGroup GenerateLook GeneratePhotos "
            "Generation GenerationStatus GroupRef LookRef LookStatus NewLook PhotoLook "
            "SoundEffect StartedGeneration Training TrainingStatus UpscaleAvailability"
        ),
        "scenes": (
            "AudioVoice AvatarCharacter Character ColorBackground Dimension "
            "ElevenLabsTuning ImageBackground Offset Scene SceneBackground SceneText "
            "SceneVoice Silence TalkingPhoto TextVoice VideoBackground"
        ),
        "streaming": (
            "ActiveSession IceCandidate IceServer NewStreamingSession OfferCandidate "
            "SdpAnswer SessionDescription StartedStream StartedTask StartStream "
            "StreamingAvatar StreamingSession StreamingStatus StreamingToken StreamingVoice "
            "StreamRef StreamTask"
        ),
        "talking_photos": "TalkingPhotoItem UploadedTalkingPhoto",
        "templates": (
            "AudioProperties CharacterProperties GenerateTemplateVideo ImageProperties "
            "LegacyAudioVariable LegacyCharacterVariable LegacyImageVariable "
            "LegacyProperties LegacyTemplate LegacyTemplateScene LegacyTemplateSummary "
            "LegacyTemplateVariable LegacyTextVariable LegacyVariable LegacyVideoVariable "
            "LegacyVoiceVariable TextProperties VideoProperties VoiceProperties "
            "template_variables"
        ),
        "translations": (
            "LegacyTranslation LegacyTranslationStatus StartedTranslations TargetLanguages "
            "TranslateVideo TranslationCaption"
        ),
        "users": "Quota",
        "video_agents": "AgentConfig AgentFile GenerateFromPrompt PromptedVideo",
        "videos": (
            "CaptionOptions CaptionStyle CreateAvatarVideo DeletedVideos GenerateAvatarIV "
            "GeneratedVideo GenerateVideo GenerateWebm LegacyVideo LegacyVideoDetail "
            "LegacyVideoItem LegacyVideoStatus ShareVideo VideoFailure"
        ),
        "voices": "LegacyVoice PreviewVoice VoiceLocale VoicePreview VoiceSample VoiceV1",
        "webhooks": "LegacyEndpoint UpdateLegacyEndpoint",
        "workflows": (
            "AnyWorkflow AvatarInference AvatarInferenceInput ExecuteGraph ExecuteWorkflow "
            "FaceSwap FaceSwapInput FilmPrompt GraphNode InferredAudio InferredAvatar "
            "VideoPrompt VideoProvider VideoRatio Workflow WorkflowExecution "
            "WorkflowFailure WorkflowStatus"
        ),
    },
)
