"""What every account has: the shared voices and a few stock avatars. Always the same."""

from typing import Final

import msgspec

from heygen_async.sandbox.ids import stable_id
from heygen_async.sandbox.people import Clone, Group
from heygen_async.sandbox.world import Look, World


class StockVoice(msgspec.Struct, frozen=True, kw_only=True):
    """A voice of the shared library.

    Attributes:
        voice_id: Its id.
        name: Name to show.
        language: English name of its language.
        gender: As HeyGen writes it: upper and lower case are mixed.
        support_pause: Whether it knows ``<break>``.
        support_locale: Whether it has accents.
        engines: Speech engines that know it.
    """

    voice_id: str
    name: str
    language: str
    gender: str
    support_pause: bool
    support_locale: bool
    engines: tuple[str, ...]


_NAMES: Final = {
    "English": "Ada Brian Chloe Daniel Emma Frank",
    "Spanish": "Alba Bruno Carmen Diego Elena",
    "French": "Adele Bastien Camille Damien Elise",
    "German": "Anke Bernd Clara Dirk Eva",
    "Italian": "Alba Bruno Chiara Dario Elisa",
    "Portuguese": "Ana Bruno Catarina Davi Eduarda",
    "Japanese": "Akari Botan Chie Daiki Emi",
    "Hindi": "Aarti Bharat Chitra Dev Esha",
}


def _engines(index: int) -> tuple[str, ...]:
    # One voice does not speak texts, so that the filter by engine has something to leave out.
    if index == len("abcde"):
        return ("elevenlabs",)
    return ("starfish", "elevenlabs") if index % 2 else ("starfish", "elevenlabs", "fish")


def _voice(language: str, index: int, name: str) -> StockVoice:
    gender = ("female", "male")[index % 2]
    return StockVoice(
        voice_id=stable_id("voice", language, name),
        name=name,
        language=language,
        gender=gender.capitalize() if index == len("ab") else gender,
        support_pause=index != len("abc"),
        support_locale=index == 0,
        engines=_engines(index),
    )


VOICES: Final = {
    voice.voice_id: voice
    for language, names in _NAMES.items()
    for index, name in enumerate(names.split())
    for voice in (_voice(language, index, name),)
}
"""The shared voices by id, in the order in which they are listed."""


def as_listed(clone: Clone) -> StockVoice:
    """A clone in the shape of the shared voices."""
    return StockVoice(
        voice_id=clone.id,
        name=clone.name,
        language=clone.language,
        gender=clone.gender,
        support_pause=True,
        support_locale=False,
        engines=("starfish",),
    )


def find_voice(world: World, voice_id: str) -> StockVoice | None:
    """The voice with an id, ready or not."""
    clone = world.clones.get(voice_id)
    return as_listed(clone) if clone is not None else VOICES.get(voice_id)


_BY_GENDER: Final = {
    gender: next(
        voice.voice_id
        for voice in VOICES.values()
        if voice.language == "English" and voice.gender == gender
    )
    for gender in ("female", "male")
}


def default_voice(gender: str | None) -> str:
    """Id of the voice that an avatar gets when nobody chose one."""
    return _BY_GENDER.get((gender or "").lower(), _BY_GENDER["female"])


_STOCK: Final = (
    ("Ada_public_office_front", "Ada in the office", "female", False),
    ("Ada_public_studio_side", "Ada in the studio", "female", False),
    ("Marcus_public_library_front", "Marcus in the library", "male", False),
    ("Lena_public_sofa_front", "Lena on the sofa", "female", True),
    ("Tomas_public_kitchen_front", "Tomas in the kitchen", "male", False),
    ("Yuki_public_street_front", "Yuki in the street", "female", True),
)
"""Id, name, gender, and whether Avatar V knows it."""


def stock_looks() -> dict[str, Look]:
    """New copies of the stock looks, by id."""
    return {
        look_id: Look(
            id=look_id,
            group_id=_group_id(look_id),
            name=name,
            avatar_type="studio_avatar",
            created=0.0,
            ready=0.0,
            voice_id=default_voice(gender),
            engines=["avatar_iii", "avatar_iv", *(["avatar_v"] if five else [])],
            gender=gender,
            drawn=look_id,
            width=1280,
            height=720,
            public=True,
        )
        for look_id, name, gender, five in _STOCK
    }


def stock_groups() -> dict[str, Group]:
    """New copies of the groups of the stock looks, by id."""
    groups: dict[str, Group] = {}
    for look_id, name, _, _ in _STOCK:
        group_id = _group_id(look_id)
        group = groups.setdefault(
            group_id, Group(id=group_id, name=name.partition(" ")[0], created=0.0, looks=[])
        )
        group.looks.append(look_id)
    return groups


def _group_id(look_id: str) -> str:
    return stable_id("group", look_id.partition("_")[0])
