"""Brand voices: how a brand sounds, and how its words are said and translated."""

from typing import TypeAlias

from heygen_async.models.assets import Filled
from heygen_async.models.base import Reply, Request

_Pairs: TypeAlias = list[tuple[Filled, Filled]]
# Both pairs and single words have been seen.
_Entries: TypeAlias = list[list[str] | str]


class BrandVoice(Reply):
    """A brand voice. Asked for with ``name_only``, it has nothing but an id and a name.

    Attributes:
        id: What templates and translations take as ``brand_voice_id``.
        name: Name to show.
        blacklist: Words that stay as they are in every language.
        whitelist: Words with a translation of their own: pairs, in old answers single words.
        vocabulary: Words and how they are said: pairs, in old answers single words.
        tones: Tones to choose from.
        tone: The tone that was chosen.
    """

    id: str
    name: str = ""
    blacklist: list[str] | None = None
    whitelist: _Entries | None = None
    vocabulary: _Entries | None = None
    tones: list[str] | None = None
    tone: str | None = None


class UpdateBrandVoice(Request):
    """What changes of a brand voice; at least one thing. What is left out stays as it is.

    Attributes:
        name: Name to show.
        blacklist: All words that stay as they are in every language.
        whitelist: All words with a translation of their own: pairs of a word and its translation.
        vocabulary: How words are said: pairs of a word and its pronunciation.
        tones: Tones to choose from.
        tone: The tone.
    """

    name: Filled | None = None
    blacklist: list[Filled] | None = None
    whitelist: _Pairs | None = None
    vocabulary: _Pairs | None = None
    tones: list[str] | None = None
    tone: str | None = None
