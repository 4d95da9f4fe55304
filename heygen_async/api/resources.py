"""Every resource, by name."""

from heygen_async.api.assets import Assets
from heygen_async.api.avatars import Avatars
from heygen_async.api.lipsyncs import Lipsyncs
from heygen_async.api.resource import Toolbox
from heygen_async.api.translations import Translations
from heygen_async.api.users import Users
from heygen_async.api.v2 import V2
from heygen_async.api.videos import Videos
from heygen_async.api.voices import Voices


class Resources:
    """What a client offers.

    Attributes:
        assets: Files.
        avatars: People, and what a video shows of them.
        videos: Videos.
        translations: Videos in other languages, and subtitles to correct before.
        lipsyncs: Videos with another recording, and lips that go with it.
        voices: Who can speak.
        users: The account.
        v2: HeyGen's first two API versions.
    """

    def __init__(self, tools: Toolbox) -> None:
        self.assets: Assets = Assets(tools)
        self.avatars: Avatars = Avatars(tools)
        self.videos: Videos = Videos(tools)
        self.translations: Translations = Translations(tools)
        self.lipsyncs: Lipsyncs = Lipsyncs(tools)
        self.voices: Voices = Voices(tools)
        self.users: Users = Users(tools)
        self.v2: V2 = V2(tools)
