"""The resources of v1 and v2, which HeyGen announced to remove, and which are still asked for."""

from typing import TYPE_CHECKING

from heygen_async.api.member import Member
from heygen_async.api.resource import Toolbox

if TYPE_CHECKING:
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

    assets: Member["LegacyAssets"] = Member("v2.assets", "LegacyAssets")
    avatars: Member["LegacyAvatars"] = Member("v2.avatars", "LegacyAvatars")
    folders: Member["Folders"] = Member("v2.folders", "Folders")
    photo_avatars: Member["PhotoAvatars"] = Member("v2.photo_avatars", "PhotoAvatars")
    talking_photos: Member["TalkingPhotos"] = Member("v2.talking_photos", "TalkingPhotos")
    videos: Member["LegacyVideos"] = Member("v2.videos", "LegacyVideos")
    templates: Member["LegacyTemplates"] = Member("v2.templates", "LegacyTemplates", "videos")
    video_agent: Member["LegacyVideoAgent"] = Member("v2.video_agent", "LegacyVideoAgent", "videos")
    users: Member["LegacyUsers"] = Member("v2.users", "LegacyUsers")
    voices: Member["LegacyVoices"] = Member("v2.voices", "LegacyVoices")
    translations: Member["LegacyTranslations"] = Member("v2.translations", "LegacyTranslations")
    workflows: Member["Workflows"] = Member("v2.workflows", "Workflows")
    audio: Member["LegacyAudio"] = Member("v2.audio", "LegacyAudio")
    brand_voices: Member["BrandVoices"] = Member("v2.brand_voices", "BrandVoices")
    webhooks: Member["LegacyWebhooks"] = Member("v2.webhooks", "LegacyWebhooks")
    personalized_videos: Member["PersonalizedVideos"] = Member(
        "v2.personalized_videos", "PersonalizedVideos"
    )
    streaming: Member["Streaming"] = Member("v2.streaming", "Streaming")

    def __init__(self, tools: Toolbox) -> None:
        self._tools = tools.legacy()
