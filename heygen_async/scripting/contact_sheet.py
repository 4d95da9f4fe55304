"""Previews of avatars and voices on one page, to look at and listen to."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from heygen_async.models import AvatarLook, Voice
from heygen_async.models.base import Record
from heygen_async.models.v2 import LegacyAvatar, LegacyVoice

SheetAvatar: TypeAlias = AvatarLook | LegacyAvatar
SheetVoice: TypeAlias = Voice | LegacyVoice

# Nothing but the previews is loaded, and nothing runs.
_POLICY: Final = (
    "default-src 'none'; img-src http: https:; media-src http: https:; style-src 'unsafe-inline'"
)
_STYLE: Final = """
:root { color-scheme: light dark; --line: #8883; --soft: #777; --card: #fff; --page: #f4f4f6; }
@media (prefers-color-scheme: dark) { :root { --card: #1d1e22; --page: #121316; --soft: #9a9aa2; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem clamp(1rem, 4vw, 4rem); background: var(--page);
  font: 15px/1.45 system-ui, sans-serif; }
h1 { margin: 0 0 .25rem; font-size: 1.6rem; }
h2 { margin: 2rem 0 .75rem; font-size: 1.1rem; }
p { margin: 0; color: var(--soft); }
ul { display: grid; gap: 1rem; margin: 0; padding: 0; list-style: none;
  grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); }
li { display: flex; flex-direction: column; overflow: hidden; border: 1px solid var(--line);
  border-radius: 12px; background: var(--card); }
.picture { position: relative; display: grid; place-items: center; aspect-ratio: 4 / 3;
  background: linear-gradient(135deg, #3a4a68, #6d5a7e); color: #fffc; font-size: 2.5rem;
  text-decoration: none; }
.picture img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover;
  object-position: 50% 20%; }
.play::after { content: "\\25B6"; position: absolute; right: .6rem; bottom: .6rem; display: grid;
  place-items: center; width: 2.2rem; height: 2.2rem; padding-left: .15rem; border-radius: 50%;
  background: #000a; color: #fff; font-size: 1rem; }
.play:hover::after, .play:focus-visible::after { background: #06c; }
.facts { display: flex; flex: 1; flex-direction: column; gap: .4rem; padding: .8rem .9rem .9rem; }
h3 { margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
.tags { display: flex; flex-wrap: wrap; gap: .3rem; }
.tags span { padding: .05rem .5rem; border: 1px solid var(--line); border-radius: 99px;
  color: var(--soft); font-size: .8rem; }
code { margin-top: auto; padding-top: .2rem; color: var(--soft); font-size: .78rem;
  overflow-wrap: anywhere; user-select: all; }
audio { width: 100%; height: 2.2rem; }
"""


class _Card(Record):
    name: str
    id: str
    tags: Sequence[str]
    picture: str | None = None
    clip: str | None = None
    sound: str | None = None
    is_seen: bool = True


def preview_link(url: str | None) -> str | None:
    """A link that may be opened: over http or https, to a host. None for everything else.

    Args:
        url: As HeyGen sent it.
    """
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    return parts.geturl() if parts.scheme in {"http", "https"} and parts.hostname else None


def contact_sheet(
    avatars: Iterable[SheetAvatar] = (),
    voices: Iterable[SheetVoice] = (),
    *,
    title: str = "Avatars and voices",
) -> str:
    """A page with the previews of avatars and voices.

    It is one file, without scripts, and loads nothing but the previews, as they come into sight.
    An avatar whose voice is among the voices is heard in it, too.

    Args:
        avatars: Looks of v3, or avatars of v2.
        voices: Voices of v3, or of v2.
        title: Of the page.

    Returns:
        HTML.
    """
    heard = {voice.voice_id: voice for voice in voices}
    seen = [_avatar(avatar, heard) for avatar in avatars]
    return "".join(_page(title, seen, [_voice(voice) for voice in heard.values()]))


def _avatar(avatar: SheetAvatar, voices: dict[str, SheetVoice]) -> _Card:
    voice: SheetVoice | None = None
    tags = [avatar.gender or "", *(avatar.tags or ())]
    if isinstance(avatar, AvatarLook):
        name, own_id = avatar.name, avatar.id
        tags += [(avatar.avatar_type or "").replace("_", " "), avatar.preferred_orientation or ""]
        voice = voices.get(avatar.default_voice_id or "")
    else:
        name, own_id = avatar.avatar_name, avatar.avatar_id
        tags.append("premium" if avatar.premium else "")
    return _Card(
        name=name,
        id=own_id,
        tags=tags,
        picture=preview_link(avatar.preview_image_url),
        clip=preview_link(avatar.preview_video_url),
        sound=None if voice is None else _sound(voice),
    )


def _voice(voice: SheetVoice) -> _Card:
    pauses = "pauses" if voice.support_pause else ""
    tags = [voice.language or "", (voice.gender or "").lower(), pauses]
    return _Card(name=voice.name, id=voice.voice_id, tags=tags, sound=_sound(voice), is_seen=False)


def _sound(voice: SheetVoice) -> str | None:
    url = voice.preview_audio_url if isinstance(voice, Voice) else voice.preview_audio
    return preview_link(url)


def _page(title: str, avatars: list[_Card], voices: list[_Card]) -> Iterator[str]:
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(title)}</h1><p>{_count(avatars, 'avatar')}, {_count(voices, 'voice')}</p>\n"
    )
    for heading, cards in (("Avatars", avatars), ("Voices", voices)):
        if cards:
            yield f"<h2>{heading}</h2><ul>\n"
            yield from map(_item, cards)
            yield "</ul>\n"
    yield "</body></html>\n"


def _count(cards: list[_Card], word: str) -> str:
    return f"{len(cards)} {word}{'' if len(cards) == 1 else 's'}"


def _item(card: _Card) -> str:
    name = escape(card.name or card.id)
    tags = "".join(f"<span>{escape(tag)}</span>" for tag in card.tags if tag)
    sound = ""
    if card.sound:
        sound = f'<audio controls preload="none" src="{escape(card.sound)}"></audio>'
    return (
        f'<li>{_picture(card, name) if card.is_seen else ""}<div class="facts"><h3>{name}</h3>'
        f'<div class="tags">{tags}</div>{sound}<code>{escape(card.id)}</code></div></li>\n'
    )


def _picture(card: _Card, name: str) -> str:
    image = ""
    if card.picture:
        image = f'<img src="{escape(card.picture)}" alt="" loading="lazy" decoding="async">'
    # The letter is seen until the picture is there, and where there is none.
    inside = f'<span aria-hidden="true">{escape((card.name or "?")[0].upper())}</span>{image}'
    if card.clip is None:
        return f'<div class="picture">{inside}</div>'
    return (
        f'<a class="picture play" href="{escape(card.clip)}" target="_blank" rel="noreferrer" '
        f'aria-label="Play {name}">{inside}</a>'
    )
