"""What each method of the client takes for a script."""

from typing import Final

from heygen_async.models.base import Record
from heygen_async.wire.soft_limits import TEXT_MAX


class Takes(Record):
    """What a method takes for a script.

    Attributes:
        characters: Most characters.
        strict: Most characters by the stricter of HeyGen's pages, where they disagree.
        breaks: Whether it understands break tags.
        ssml: Whether it understands SSML, when it is told that it is.
    """

    characters: int = 5000
    strict: int | None = None
    breaks: bool = True
    ssml: bool = False


METHODS: Final[dict[str, Takes]] = {
    "videos.create": Takes(),
    "voices.create_speech": Takes(ssml=True),
    "preview.model_speech.generate": Takes(breaks=False),
    "preview.model_speech.stream": Takes(breaks=False),
    "v2.videos.generate": Takes(strict=TEXT_MAX),
    "v2.videos.generate_av4": Takes(strict=TEXT_MAX),
    "v2.videos.generate_webm": Takes(strict=TEXT_MAX),
    "v2.audio.text_to_speech": Takes(),
}
"""By the method's name below ``heygen``."""
