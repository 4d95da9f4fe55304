"""The resources of v1 and v2, which HeyGen announced to remove, and which are still asked for."""

from heygen_async.api.resource import Toolbox
from heygen_async.api.v2.assets import LegacyAssets
from heygen_async.api.v2.audio import LegacyAudio
from heygen_async.api.v2.avatars import LegacyAvatars
from heygen_async.api.v2.brand_voices import BrandVoices
from heygen_async.api.v2.folders import Folders
from heygen_async.api.v2.personalized_videos import PersonalizedVideos
from heygen_async.api.v2.photo_avatars import PhotoAvatars
from heygen_async.api.v2.streaming import Streaming
from heygen_async.api.v2.talking_photos import TalkingPhotos
from heygen_async.api.v2.templates import LegacyTemplates
from heygen_async.api.v2.translations import LegacyTranslations
from heygen_async.api.v2.users import LegacyUsers
from heygen_async.api.v2.video_agent import LegacyVideoAgent
from heygen_async.api.v2.videos import LegacyVideos
from heygen_async.api.v2.voices import LegacyVoices
from heygen_async.api.v2.webhooks import LegacyWebhooks
from heygen_async.api.v2.workflows import Workflows


class V2:
    """``heygen.v2``: HeyGen's first two API versions.

    Nothing here is protected against a repeated request by HeyGen: a call that was sent and not
    answered raises ``OutcomeUnknownError`` rather than to risk paying twice.

    Attributes:
        assets: Files.
        avatars: Who can be seen.
        folders: Where videos and files lie.
        photo_avatars: Groups of looks that are trained.
        talking_photos: Photos that can talk.
        videos: Scenes, pictures that speak, and avatars on nothing.
        templates: Videos with gaps.
        video_agent: Videos from prompts.
        translations: Videos in other languages.
        users: The account and its quota.
        voices: Who can speak.
        workflows: Face swaps, videos from prompts, and graphs of such work.
        audio: Texts spoken at once.
        brand_voices: How a brand sounds.
        webhooks: Being told of events, instead of asking.
        personalized_videos: A video for every contact.
        streaming: Avatars that speak at once.
    """

    def __init__(self, tools: Toolbox) -> None:
        tools = tools.legacy()
        self.assets: LegacyAssets = LegacyAssets(tools)
        self.avatars: LegacyAvatars = LegacyAvatars(tools)
        self.folders: Folders = Folders(tools)
        self.photo_avatars: PhotoAvatars = PhotoAvatars(tools)
        self.talking_photos: TalkingPhotos = TalkingPhotos(tools)
        self.videos: LegacyVideos = LegacyVideos(tools)
        self.templates: LegacyTemplates = LegacyTemplates(tools, self.videos)
        self.video_agent: LegacyVideoAgent = LegacyVideoAgent(tools, self.videos)
        self.users: LegacyUsers = LegacyUsers(tools)
        self.voices: LegacyVoices = LegacyVoices(tools)
        self.translations: LegacyTranslations = LegacyTranslations(tools)
        self.workflows: Workflows = Workflows(tools)
        self.audio: LegacyAudio = LegacyAudio(tools)
        self.brand_voices: BrandVoices = BrandVoices(tools)
        self.webhooks: LegacyWebhooks = LegacyWebhooks(tools)
        self.personalized_videos: PersonalizedVideos = PersonalizedVideos(tools)
        self.streaming: Streaming = Streaming(tools)


__all__ = [
    "V2",
    "BrandVoices",
    "Folders",
    "LegacyAssets",
    "LegacyAudio",
    "LegacyAvatars",
    "LegacyTemplates",
    "LegacyTranslations",
    "LegacyUsers",
    "LegacyVideoAgent",
    "LegacyVideos",
    "LegacyVoices",
    "LegacyWebhooks",
    "PersonalizedVideos",
    "PhotoAvatars",
    "Streaming",
    "TalkingPhotos",
    "Workflows",
]
