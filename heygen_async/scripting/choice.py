"""Who is seen and who is heard, chosen from HeyGen's lists.

To take one by chance: ``random.choice(pick_voices(...))``.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias, TypeVar

from heygen_async.errors import InvalidRequestError
from heygen_async.models import AvatarGroup, AvatarLook, Voice
from heygen_async.models.v2 import (
    LegacyAvatar,
    LegacyAvatarDetails,
    LegacyAvatarLook,
    LegacyVoice,
)
from heygen_async.wire.choice import (
    Wish,
    choose,
    fitting_voice,
    gender_of,
    gender_wish,
    holds,
    language_wish,
    same,
    what_there_is,
)

Avatar: TypeAlias = AvatarLook | LegacyAvatar | LegacyAvatarDetails | LegacyAvatarLook
A = TypeVar("A", bound=Avatar)
V = TypeVar("V", bound=Voice | LegacyVoice)
T = TypeVar("T")

_FEATURES: Final = ("support_pause", "support_locale", "emotion_support")


def pick_avatars(
    avatars: Iterable[A],
    *,
    gender: str | None = None,
    name: str | None = None,
    tag: str | None = None,
    engine: str | None = None,
) -> list[A]:
    """The avatars that fit, in the order in which they came. Case makes no difference.

    Args:
        avatars: Looks of v3, or avatars of v2.
        gender: ``female`` or ``male``; ``Woman`` and ``Man`` are the same.
        name: Part of a name.
        tag: One of its tags.
        engine: One that it supports, such as ``avatar_iv``; looks of v3 only.

    Raises:
        InvalidRequestError: None fits; the hint says what there is.
    """
    wishes = [
        *_gender(gender),
        *_wish("name", name, _name, fit=holds),
        *_wish("tag", tag, _tags),
        *_wish("engine", engine, _engines),
    ]
    return _picked("avatars", avatars, wishes)


def pick_voices(
    voices: Iterable[V],
    *,
    language: str | None = None,
    gender: str | None = None,
    name: str | None = None,
    support_pause: bool = False,
    support_locale: bool = False,
    emotion_support: bool = False,
) -> list[V]:
    """The voices that fit, in the order in which they came. Case makes no difference.

    Args:
        voices: Voices of v3, or of v2.
        language: Words of a language's English name, or its code such as ``en``.
        gender: ``female`` or ``male``; ``Woman`` and ``Man`` are the same.
        name: Part of a name.
        support_pause: Only those for which ``<break time="1s"/>`` works.
        support_locale: Only those with accents to choose from.
        emotion_support: Only those that take an ``emotion``; voices of v2 only.

    Raises:
        InvalidRequestError: None fits; the hint says what there is.
    """
    features = (support_pause, support_locale, emotion_support)
    wishes = [
        *([language_wish(language)] if language else []),
        *_gender(gender),
        *_wish("name", name, _name, fit=holds),
        *(
            Wish(name="feature", wanted=feature, offers=_features)
            for feature, wanted in zip(_FEATURES, features, strict=True)
            if wanted
        ),
    ]
    return _picked("voices", voices, wishes)


def default_voice(
    avatar: AvatarLook | AvatarGroup | LegacyAvatarDetails,
    voices: Sequence[Voice] | Sequence[LegacyVoice] = (),
    *,
    language: str = "English",
    gender: str | None = None,
) -> str:
    """Whose voice an avatar has: its own, or else the first one of the language and its gender.

    The plans of the orchestrator choose in the same way.

    Args:
        avatar: Who is seen.
        voices: Who could speak, if the avatar has no voice.
        language: Words of a language's English name, or its code such as ``en``.
        gender: Of the voice; that of the avatar when left out, and any where nobody knows it.

    Returns:
        The id of the voice.

    Raises:
        InvalidRequestError: No voice fits; the hint says what there is.
    """
    if avatar.default_voice_id:
        return avatar.default_voice_id
    return fitting_voice(voices, language=language, gender=gender or avatar.gender).voice_id


def _name(one: Avatar | Voice | LegacyVoice) -> list[str]:
    return [one.avatar_name if isinstance(one, LegacyAvatar) else one.name]


def _tags(avatar: Avatar) -> list[str]:
    return avatar.tags or []


def _engines(avatar: Avatar) -> list[str]:
    return avatar.supported_api_engines if isinstance(avatar, AvatarLook) else []


def _features(voice: Voice | LegacyVoice) -> list[str]:
    return [each for each in _FEATURES if getattr(voice, each, False)]


def _gender(gender: str | None) -> list[Wish]:
    return [gender_wish(gender)] if gender and gender_of(gender) else []


def _wish(
    name: str,
    wanted: str | None,
    offers: Callable[[Any], Iterable[str]],
    *,
    fit: Callable[[str, str], bool] = same,
) -> list[Wish]:
    return [Wish(name=name, wanted=wanted, offers=offers, fit=fit)] if wanted else []


def _picked(what: str, items: Iterable[T], wishes: Sequence[Wish]) -> list[T]:
    there = list(items)
    found = choose(there, wishes)
    if not found:
        wanted = {wish.name: wish.wanted for wish in wishes}
        hint = what_there_is(there, wishes)
        raise InvalidRequestError(what, wanted, f"none of {len(there)} fits", hint=hint)
    return found
