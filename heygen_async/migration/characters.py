"""Who is seen in a scene of v2."""

from typing import Any, Final

from heygen_async.migration.ledger import Fields
from heygen_async.migration.results import EngineName, Options
from heygen_async.models import AvatarIII, AvatarIV, AvatarV
from heygen_async.models.v2 import TalkingPhoto
from heygen_async.models.videos import Engine
from heygen_async.wire import dollars, rates

_ENGINES: Final[dict[EngineName, type[Engine]]] = {
    "avatar_iii": AvatarIII,
    "avatar_iv": AvatarIV,
    "avatar_v": AvatarV,
}
_PLACED: Final = "v3 places and frames avatars by itself."
_COMPOSE: Final = "A transparent video (output_format='webm') can be placed by your own editor."


def seen(scene: Fields) -> Fields | None:
    """The character of a scene, if it is to be seen."""
    character = scene.source.character
    if character is None or getattr(character, "avatar_style", None) == "voice_only":
        return None
    return scene.at("character")


def avatar(character: Fields, options: Options) -> dict[str, Any]:
    """``avatar_id``, ``engine``, and how it moves."""
    photo = isinstance(character.source, TalkingPhoto)
    engine = _chosen(character, options, photo=photo)
    found = {
        **look(character, "talking_photo_id" if photo else "avatar_id"),
        "engine": engine_of(engine),
    }
    if engine == "avatar_v" or (engine == "avatar_iv" and photo):
        found |= character.carry(motion_prompt="prompt")
    else:
        character.drop(
            "prompt",
            reason="In v3 a prompt moves photo avatars on Avatar IV and V, and others on V.",
            instead="Choose such an engine.",
        )
    if photo:
        found |= _mood(character, engine)
    _framing(character, photo=photo)
    return found


def matting(character: Fields) -> dict[str, Any]:
    """Whether the avatar is cut out, where v3 can."""
    if character.source.matting and not isinstance(character.source, TalkingPhoto):
        character.note(
            "needs_attention",
            "matting",
            "It is remove_background in v3, for which a video avatar must have been trained.",
        )
    return character.carry(remove_background="matting")


def engine_of(name: EngineName) -> Engine:
    """An engine by its name."""
    return _ENGINES[name]()


def _chosen(character: Fields, options: Options, *, photo: bool) -> EngineName:
    name = "use_avatar_iv_model"
    fourth = character.take(name)
    if fourth and options.drawn == "avatar_iv":
        character.imply(name)
    elif fourth is False and options.drawn == "avatar_iv":
        character.note("changed", name, "The migration was told to take Avatar IV.")
    engine: EngineName = "avatar_iv" if fourth else options.drawn
    tell_engine(character, name, engine, photo=photo, fourth=bool(fourth))
    return engine


def look(fields: Fields, name: str) -> dict[str, Any]:
    """``avatar_id``, with a word about the trap that it is, once for each."""
    if fields.ledger.first(("look", fields.take(name))):
        fields.note(
            "needs_attention",
            name,
            "v3 takes the id of a look, never that of a group, which v2 could take for a look.",
            "heygen.avatars.get_look knows looks only; heygen.avatars.list_looks finds a group's.",
        )
    return {"avatar_id": fields.take(name)}


def tell_engine(
    fields: Fields, name: str, engine: EngineName, *, photo: bool, fourth: bool = False
) -> None:
    """Says what the engine costs, once for each kind of avatar.

    Args:
        fields: Where the note goes.
        name: The field that it is about.
        engine: What the new request asks for.
        photo: Whether it is a photo avatar.
        fourth: Whether the old request asked for Avatar IV.
    """
    if not fields.ledger.first(("engine", engine, photo, fourth)):
        return
    kind = "photo_avatar" if photo else "studio_avatar"
    third, iv = _a_minute(kind, "avatar_iii"), _a_minute(kind, "avatar_iv")
    if fourth:
        cost = (
            f"v2 drew this with Avatar IV, at {rates.AV4_VIDEO:g} credits a minute;"
            f" that of v3 was last seen at {iv}"
        )
    else:
        old = f"{rates.PHOTO_VIDEO:g} credit" if photo else f"{rates.AVATAR_VIDEO:g} credits"
        cost = (
            f"v2 had an Avatar III of its own, at {old} a minute; that of v3 was last seen at"
            f" {third}, and Avatar IV, which v3 takes when none is named, at {iv}"
        )
    if engine == "avatar_v":
        cost += f", and Avatar V, for digital twins only, at {_a_minute('digital_twin', engine)}"
    instead = f"{engine} is asked for: see that it is in the look's supported_api_engines."
    fields.note("needs_attention", name, f"{cost}.", instead)


def _a_minute(kind: str, engine: EngineName) -> str:
    return f"{60 * dollars.VIDEO_RATES[kind, engine]:.2f} USD"


def _mood(character: Fields, engine: EngineName) -> dict[str, Any]:
    character.drop(
        "expression",
        usual="default",
        reason="v3 has no moods.",
        instead="On Avatar IV, motion_prompt can ask for a smile.",
    )
    character.drop("super_resolution", usual=False, reason="v3 does not sharpen.")
    if engine == "avatar_iv" and character.source.talking_style == "expressive":
        character.note(
            "approximated",
            "talking_style",
            "v3 has expressiveness: high is taken, low is its default.",
        )
        return {"expressiveness": "high"}
    character.drop(
        "talking_style",
        usual="stable",
        reason="In v3 only Avatar IV can be more or less expressive.",
        instead="Migrate with engine='avatar_iv'.",
    )
    return {}


def _framing(character: Fields, *, photo: bool) -> None:
    placed(character, "scale", 1)
    offset = character.source.offset
    if offset is not None and offset.x == offset.y == 0:
        character.imply("offset")
    else:
        placed(character, "offset")
    if photo:
        placed(character, "talking_photo_style", "square")
    else:
        placed(character, "avatar_style", "normal")
    placed(character, "circle_background_color")


def placed(fields: Fields, name: str, usual: object = None) -> None:
    """A field that says how an avatar is framed."""
    fields.drop(name, usual=usual, reason=_PLACED, instead=_COMPOSE)
