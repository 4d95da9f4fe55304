"""New avatars: groups and photos of v2, and digital twins."""

from typing import Any, Final

from heygen_async.migration.ledger import Fields
from heygen_async.migration.portraits import keyed
from heygen_async.migration.results import Options
from heygen_async.models import AssetUrl, DigitalTwin, PhotoAvatar, PromptAvatar

_LONGEST_PROMPT: Final = 1000
_NEW_LOOK: Final = "New look"
_UNSPECIFIED: Final = "Unspecified"
_WORDS: Final = ("gender", "age", "ethnicity", "pose", "style")
_SHAPES: Final = {"square": "1:1", "horizontal": "16:9", "vertical": "9:16"}
_RATE: Final = "v3 was last seen to take 1.00 USD for a new avatar, and trains it by itself."


def prompted(fields: Fields, _options: Options) -> PromptAvatar:
    """``photo/generate``: one avatar from words, rather than four photos to choose from."""
    fields.note(
        "approximated",
        "appearance",
        "v2 made four photos to choose from; v3 makes one avatar, ready for videos, of one prompt.",
        "Ask several times to choose. No rate was public for it when rates were last seen.",
    )
    _drop_callback(fields)
    return PromptAvatar(**_drawn(fields, "appearance", _WORDS), **fields.carry("name"))


def new_look(fields: Fields, _options: Options) -> PromptAvatar:
    """``look/generate``: an avatar from words in the same group."""
    fields.note(
        "approximated",
        "group_id",
        "v3 draws after the picture of a look; the group is only where the new look is saved.",
        "Give avatar_id the look that it shall resemble. No rate was public when last seen.",
    )
    return PromptAvatar(
        name=_NEW_LOOK,
        **_drawn(fields, "prompt", ("pose", "style")),
        **fields.carry(avatar_group_id="group_id"),
    )


def _drawn(fields: Fields, name: str, words: tuple[str, ...]) -> dict[str, Any]:
    """``prompt`` and ``aspect_ratio``: single words go behind the free ones while they fit."""
    prompt: str = fields.take(name)
    for each in words:
        word: str = fields.take(each)
        longer = f"{prompt}, {each}: {word.replace('_', ' ')}"
        if word == _UNSPECIFIED:
            fields.imply(each)
        elif len(longer) > _LONGEST_PROMPT:
            fields.drop(each, reason=f"A prompt of v3 holds {_LONGEST_PROMPT:,} characters.")
        else:
            prompt = longer
    return {"prompt": prompt, "aspect_ratio": _SHAPES[fields.take("orientation")]}


def group(fields: Fields, _options: Options) -> PhotoAvatar:
    """``avatar_group/create``: a photo avatar."""
    _drop_generation(fields)
    fields.note("needs_attention", "image_key", _RATE)
    return PhotoAvatar(
        file=keyed(fields, "image_key", fields.take("image_key")), **fields.carry("name")
    )


def more_looks(fields: Fields, _options: Options) -> PhotoAvatar:
    """``avatar_group/add``: a photo avatar in a group, one for each request."""
    _drop_generation(fields)
    keys: list[str] = fields.take("image_keys")
    fields.note("needs_attention", "image_keys", _RATE)
    for index in range(1, len(keys)):
        fields.note(
            "dropped",
            "image_keys",
            f"v3 takes one photo in a request: number {index + 1} is left.",
            "Send one for each of them.",
        )
    return PhotoAvatar(
        file=keyed(fields, "image_keys", keys[0]),
        **fields.carry("name", avatar_group_id="group_id"),
    )


def twin(fields: Fields, _options: Options) -> DigitalTwin:
    """``video_avatar``: a digital twin."""
    fields.drop(
        "video_consent_url",
        reason="In v3 the person consents in a call of its own, or on a page of HeyGen's.",
        instead="Call heygen.avatars.create_consent when the avatar is there.",
    )
    _drop_callback(fields)
    fields.note("needs_attention", "training_footage_url", _RATE)
    return DigitalTwin(
        file=AssetUrl(url=fields.take("training_footage_url")),
        **fields.carry("avatar_group_id", name="avatar_name"),
    )


def _drop_generation(fields: Fields) -> None:
    fields.drop("generation_id", reason="v3 takes any picture.")


def _drop_callback(fields: Fields) -> None:
    for name in ("callback_url", "callback_id"):
        fields.drop(
            name,
            reason="v3 calls nobody back about an avatar.",
            instead="Register an endpoint with heygen.webhooks, or wait for the job.",
        )
