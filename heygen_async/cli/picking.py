"""`heygen-async avatars pick` and `voices pick`: what fits, and a look at it."""

import asyncio
import unicodedata
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from heygen_async.cli.console import out, say
from heygen_async.cli.reading import STDIO
from heygen_async.cli.writing import target_of, write
from heygen_async.client import HeyGen
from heygen_async.errors import ConfigError, HeyGenError
from heygen_async.models import AvatarLook, Voice
from heygen_async.models.base import Record
from heygen_async.scripting import contact_sheet, pick_avatars, pick_voices, preview_link


class Presented(Record):
    """How what fits is shown.

    Attributes:
        limit: How many.
        as_json: As JSON, with all fields.
        sheet: File for a page with the previews.
        show: Open the page, or the first preview, in the browser.
        force: Write over a page that is there.
    """

    limit: int
    as_json: bool
    sheet: str | None
    show: bool
    force: bool


def avatars(
    presented: Presented,
    *,
    ownership: Literal["public", "private"] | None,
    gender: str | None,
    name: str | None,
    tag: str | None,
    engine: str | None,
) -> None:
    """Lists avatars that fit.

    Args:
        presented: How they are shown.
        ownership: Whose; both when left out.
        gender: ``female`` or ``male``.
        name: Part of a name.
        tag: One of its tags.
        engine: One that it supports.

    Raises:
        InvalidRequestError: None fits.
        HeyGenError: A call failed, the page cannot be written, or there is no browser.
    """
    target = _target(presented)
    looks = asyncio.run(_looks(ownership))
    found = pick_avatars(looks, gender=gender, name=name, tag=tag, engine=engine)
    shown = found[: presented.limit]
    links = [preview_link(look.preview_video_url or look.preview_image_url) for look in shown]
    rows = [
        (look.id, look.name, look.gender, " ".join(look.supported_api_engines), link)
        for look, link in zip(shown, links, strict=True)
    ]
    _list(shown, rows, len(found), presented)
    _show(contact_sheet(shown, title="Avatars"), target, links, presented)


def voices(
    presented: Presented,
    *,
    kind: Literal["public", "private"],
    language: str | None,
    gender: str | None,
    name: str | None,
    support_pause: bool,
) -> None:
    """Lists voices that fit.

    Args:
        presented: How they are shown.
        kind: Whose.
        language: Words of its language's English name, or its code.
        gender: ``female`` or ``male``.
        name: Part of a name.
        support_pause: Only those that know ``<break>``.

    Raises:
        InvalidRequestError: None fits.
        HeyGenError: A call failed, the page cannot be written, or there is no browser.
    """
    target = _target(presented)
    there = asyncio.run(_voices(kind))
    found = pick_voices(
        there, language=language, gender=gender, name=name, support_pause=support_pause
    )
    shown = found[: presented.limit]
    links = [preview_link(voice.preview_audio_url) for voice in shown]
    rows = [
        (voice.voice_id, voice.name, voice.language, voice.gender, link)
        for voice, link in zip(shown, links, strict=True)
    ]
    _list(shown, rows, len(found), presented)
    _show(contact_sheet(voices=shown, title="Voices"), target, links, presented)


async def _looks(ownership: Literal["public", "private"] | None) -> list[AvatarLook]:
    async with HeyGen() as heygen:
        return [each async for each in heygen.avatars.list_looks(ownership=ownership, limit=50)]


async def _voices(kind: Literal["public", "private"]) -> list[Voice]:
    async with HeyGen() as heygen:
        return [each async for each in heygen.voices.list(type=kind, limit=100)]


def _target(presented: Presented) -> Path | None:
    if presented.sheet is None:
        return None
    if presented.sheet == STDIO:
        raise ConfigError("--sheet needs a file: stdout has the list", hint="Name one.")
    return target_of(presented.sheet, force=presented.force)


def _list(
    shown: Sequence[AvatarLook] | Sequence[Voice],
    rows: Sequence[tuple[str | None, ...]],
    count: int,
    presented: Presented,
) -> None:
    if presented.as_json:
        out(msgspec.json.format(msgspec.json.encode(shown), indent=2).decode())
    else:
        for row in rows:
            out("\t".join(_plain(each or "-") for each in row))
    if count > len(rows):
        say(f"{count - len(rows)} more fit: see them with --limit {count}")


def _plain(text: str) -> str:
    """A text without what would move the cursor of a terminal, or the columns."""
    return "".join(
        " " if unicodedata.category(char).startswith("C") or char.isspace() else char
        for char in text
    )


def _show(
    page: str, target: Path | None, links: Sequence[str | None], presented: Presented
) -> None:
    if target is not None:
        write(target, page.removesuffix("\n"), force=presented.force)
        say(f"previews: {target}")
    if not presented.show:
        return
    link = next(filter(None, links), None)
    if target is not None:
        link = target.absolute().as_uri()
    if link is None:
        raise HeyGenError("there is no preview to open")
    if not webbrowser.open(link):
        raise HeyGenError(f"no browser opens {link}", hint="Open it yourself, or set BROWSER.")
