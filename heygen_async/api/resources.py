"""Every resource, by name."""

from typing import TYPE_CHECKING

from heygen_async.api.member import Member
from heygen_async.api.resource import Toolbox
from heygen_async.api.sharing import SharedUploads

if TYPE_CHECKING:
    from heygen_async.api.assets import Assets
    from heygen_async.api.audio import Audio
    from heygen_async.api.avatars import Avatars
    from heygen_async.api.background_removals import BackgroundRemovals
    from heygen_async.api.brands import BrandGlossaries, BrandKits
    from heygen_async.api.clippings import Clippings
    from heygen_async.api.filler_word_removals import FillerWordRemovals
    from heygen_async.api.hyperframes import Hyperframes
    from heygen_async.api.lipsyncs import Lipsyncs
    from heygen_async.api.preview import Preview
    from heygen_async.api.templates import Templates
    from heygen_async.api.translations import Translations
    from heygen_async.api.users import Users
    from heygen_async.api.v2 import V2
    from heygen_async.api.video_agents import VideoAgents
    from heygen_async.api.videos import Videos
    from heygen_async.api.voices import Voices
    from heygen_async.api.webhooks import Webhooks


class Resources:
    """What a client offers.

    Attributes:
        assets: Files.
        avatars: People, and what a video shows of them.
        videos: Videos.
        templates: Videos with gaps to fill.
        translations: Videos in other languages, and subtitles to correct before.
        lipsyncs: Videos with another recording, and lips that go with it.
        video_agents: A prompt in, a video out.
        clippings: Short clips out of a long video.
        background_removals: Who is in a video, apart from what is behind.
        filler_word_removals: Videos without their ums.
        hyperframes: Videos rendered from HTML.
        voices: Who can speak.
        webhooks: Being told of events, instead of asking.
        brand_kits: Colours, fonts and logos.
        brand_glossaries: How a brand's words are said and translated.
        audio: Music and sound effects.
        users: The account.
        preview: What HeyGen may still change.
        v2: HeyGen's first two API versions.
    """

    assets: Member["Assets"] = Member("assets", "Assets")
    avatars: Member["Avatars"] = Member("avatars", "Avatars")
    videos: Member["Videos"] = Member("videos", "Videos")
    templates: Member["Templates"] = Member("templates", "Templates", "videos")
    translations: Member["Translations"] = Member("translations", "Translations")
    lipsyncs: Member["Lipsyncs"] = Member("lipsyncs", "Lipsyncs")
    video_agents: Member["VideoAgents"] = Member("video_agents", "VideoAgents")
    clippings: Member["Clippings"] = Member("clippings", "Clippings")
    background_removals: Member["BackgroundRemovals"] = Member(
        "background_removals", "BackgroundRemovals"
    )
    filler_word_removals: Member["FillerWordRemovals"] = Member(
        "filler_word_removals", "FillerWordRemovals"
    )
    hyperframes: Member["Hyperframes"] = Member("hyperframes", "Hyperframes")
    voices: Member["Voices"] = Member("voices", "Voices")
    webhooks: Member["Webhooks"] = Member("webhooks", "Webhooks")
    brand_kits: Member["BrandKits"] = Member("brands", "BrandKits")
    brand_glossaries: Member["BrandGlossaries"] = Member("brands", "BrandGlossaries")
    audio: Member["Audio"] = Member("audio", "Audio")
    users: Member["Users"] = Member("users", "Users")
    preview: Member["Preview"] = Member("preview", "Preview")
    v2: Member["V2"] = Member("v2", "V2")

    def __init__(self, tools: Toolbox) -> None:
        self._tools = tools

    def shared_uploads(self, *, run: str | None = None) -> SharedUploads:
        """Uploads of the same bytes once, for as long as it is kept: ``await it.asset(path)``.

        With the client's ``dedupe`` they are shared with everything else that it uploads. What is
        named has assets of its own, since its keys have to give the same ones again.

        Args:
            run: Name of the work, part of the keys: the same name and bytes give the same asset
                for 24 hours, in any process.
        """
        tools = self._tools
        if tools.shared is not None and run is None:
            return tools.shared
        lasting = None if tools.shared is None else tools.shared.lasting
        clock = tools.sender.retrier.world.clock
        return SharedUploads(tools.uploads, clock, known=lasting, run=run)
