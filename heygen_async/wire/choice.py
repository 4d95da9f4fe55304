"""Choosing among what there is, and saying what there was when nothing fits."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Protocol, TypeVar

from heygen_async.errors import InvalidRequestError
from heygen_async.models.base import Record

_GENDERS: Final = {"woman": "female", "man": "male", "unspecified": "", "unknown": ""}
"""What voices call what photos, and those who do not know, call otherwise."""

_LANGUAGES: Final = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fil": "Filipino", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian",
    "ms": "Malay", "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu",
    "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
"""Codes for languages, and what voices call them."""

_WORD: Final = re.compile(r"\w+")
_SHOWN: Final = 8


class Gendered(Protocol):
    """A voice or an avatar, of v2 or of v3."""

    @property
    def gender(self) -> str | None:
        """As HeyGen calls it."""
        ...


class Speaking(Gendered, Protocol):
    """A voice, of v2 or of v3."""

    @property
    def voice_id(self) -> str:
        """What a video takes."""
        ...

    @property
    def language(self) -> str | None:
        """English name of its language."""
        ...


T = TypeVar("T")
V = TypeVar("V", bound=Speaking)


def same(wanted: str, offered: str) -> bool:
    """Whether it is just that, apart from the case."""
    return wanted.casefold() == offered.casefold()


def holds(wanted: str, offered: str) -> bool:
    """Whether it has that in it, apart from the case."""
    return wanted.casefold() in offered.casefold()


def names(wanted: str, offered: str) -> bool:
    """Whether it has these words in it, whole ones: Malay is no Malayalam."""
    wants, has = _words(wanted), _words(offered)
    return bool(wants.strip()) and wants in has


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "


class Wish(Record):
    """One thing that is wanted of what is chosen.

    Attributes:
        name: What of it, such as ``language``.
        wanted: What it should be.
        offers: What something has of it.
        fit: Whether something is what is wanted: ``same``, ``holds`` or ``names``.
    """

    name: str
    wanted: str
    offers: Callable[[Any], Iterable[str]]
    fit: Callable[[str, str], bool] = same

    def fits(self, item: object) -> bool:
        """Whether something is what is wanted."""
        return any(self.fit(self.wanted, each) for each in self.offers(item))


def choose(items: Iterable[T], wishes: Sequence[Wish]) -> list[T]:
    """What fits all wishes, in the order in which it came."""
    return [item for item in items if all(wish.fits(item) for wish in wishes)]


def words(wishes: Sequence[Wish]) -> str:
    """The wishes, as an error says them."""
    return " and ".join(f"{wish.name} {wish.wanted!r}" for wish in wishes)


def what_there_is(items: Sequence[object], wishes: Sequence[Wish]) -> str:
    """Why nothing fits: what there is of that which nothing has."""
    if not items:
        return "There is nothing to choose from."
    vain = [wish for wish in wishes if not choose(items, [wish])]
    if not vain:
        return "Each fits some, but none fits all of it."
    return " ".join(_there_is(items, wish) for wish in vain)


def _there_is(items: Sequence[object], wish: Wish) -> str:
    counts = Counter(each for item in items for each in wish.offers(item) if each)
    if not counts:
        return f"Of {wish.name} nothing is known."
    shown = ", ".join(f"{each} ({count})" for each, count in counts.most_common(_SHOWN))
    more = len(counts) - _SHOWN
    return f"Of {wish.name} there is {shown}{f' and {more} more' if more > 0 else ''}."


def gender_of(word: str | None) -> str:
    """``female``, ``male`` or another word of HeyGen's; empty where nobody knows."""
    lower = (word or "").lower()
    return _GENDERS.get(lower, lower)


def language_wish(language: str) -> Wish:
    """Voices whose language is named so, or has these words in its name.

    Args:
        language: Such as ``English`` or ``English (UK)``; or a code such as ``en``.
    """
    named = _LANGUAGES.get(language, language)
    return Wish(name="language", wanted=named, offers=_language, fit=names)


def gender_wish(gender: str) -> Wish:
    """Avatars or voices of a gender."""
    return Wish(name="gender", wanted=gender_of(gender), offers=_gender)


def _language(voice: Speaking) -> list[str]:
    return [voice.language or ""]


def _gender(one: Gendered) -> list[str]:
    return [gender_of(one.gender)]


def fitting_voice(voices: Sequence[V], *, language: str, gender: str | None) -> V:
    """The first voice of a language and a gender: who speaks when an avatar has no voice.

    Args:
        voices: What there is.
        language: Words of a language's English name, or its code such as ``en``; a voice with just
            this name comes before one that has more in it. Any will do where it is empty.
        gender: As voices or photos call it; any voice will do where it is not known.

    Raises:
        InvalidRequestError: There is none.
    """
    wishes = [language_wish(language)] if language else []
    if gender and gender_of(gender):
        wishes.append(gender_wish(gender))
    found = choose(voices, wishes)
    if not found:
        raise InvalidRequestError(
            "voice_id",
            None,
            f"must be given, since none of {len(voices)} voices has {words(wishes)}",
            hint=f"{what_there_is(voices, wishes)} Give a voice_id, or another language or gender.",
        )
    exact = (voice for voice in found if language and same(wishes[0].wanted, voice.language or ""))
    return next(exact, found[0])
