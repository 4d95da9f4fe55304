"""HeyGen's apps at inference.sh whose schemas are known: typed inputs, typed outputs.

Whatever else there is runs by its name: ``await inference.run("heygen/voice-clone", {...})``.
"""

from heygen_async.inference_sh.apps.avatars import (
    CreateAvatar,
    CreatedAvatar,
    DigitalTwin,
    NewAvatar,
    NewGroup,
    PhotoAvatar,
    PromptAvatar,
)
from heygen_async.inference_sh.apps.base import AppInput
from heygen_async.inference_sh.apps.sounds import Lipsync, MadeSpeech, TextToSpeech, VideoTranslate
from heygen_async.inference_sh.apps.videos import (
    AvatarVideo,
    ListedResource,
    ListedResources,
    ListResources,
    MadeVideo,
    PhotoVideo,
    VideoAgent,
)

__all__ = [
    "AppInput",
    "AvatarVideo",
    "CreateAvatar",
    "CreatedAvatar",
    "DigitalTwin",
    "Lipsync",
    "ListResources",
    "ListedResource",
    "ListedResources",
    "MadeSpeech",
    "MadeVideo",
    "NewAvatar",
    "NewGroup",
    "PhotoAvatar",
    "PhotoVideo",
    "PromptAvatar",
    "TextToSpeech",
    "VideoAgent",
    "VideoTranslate",
]
