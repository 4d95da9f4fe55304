"""The web page of the sandbox: jobs, media and charges at a glance."""

import time
from collections.abc import Callable
from html import escape
from typing import Final, TypeVar

from heygen_async.sandbox import ageing
from heygen_async.sandbox.context import Call, Context
from heygen_async.sandbox.dubs import Dubbed
from heygen_async.sandbox.inference import course
from heygen_async.sandbox.inference.records import Task
from heygen_async.sandbox.records import Charge
from heygen_async.sandbox.world import Look, Video

Thing = TypeVar("Thing")

_NEWEST: Final = 100
"""Rows of a table; older ones are only counted."""

_HEAD: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="5"><title>HeyGen sandbox</title><style>
:root { color-scheme: light dark; --line: #8884; --soft: #888; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left }
th { color: var(--soft); font-weight: 500 } td.n { text-align: right }
code { font-size: .85em } dl { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem }
dt { color: var(--soft); font-size: .85em } dd { margin: 0; font-size: 1.2rem }
.completed, .ready { color: #1a8a4a } .failed { color: #c33 }
</style></head><body>
"""


def render(ctx: Context, call: Call) -> str:
    """The page as HTML, complete in itself: no script, nothing from elsewhere."""
    world, now = ctx.world, ctx.clock.now()
    videos = list(world.videos.values())
    looks = [look for look in world.looks.values() if not look.public]
    flying = sum(done > now for done in world.flying.values())
    charged = sum(charge.credits for charge in world.charges)
    facts = {
        "time": _time(now),
        "speed": f"{ctx.clock.speed:g}x",
        "slots": f"{flying} of {ctx.settings.slots}",
        "balance": f"{world.balance:.2f}",
        "charged": f"{charged:.2f}",
        "media": "real" if ctx.studio.renderer.real else "canned",
    }
    items = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts.items())
    tables = (
        _table(
            "Videos",
            ("id", "title", "status", "seconds", "size", "media"),
            videos,
            lambda video: _video(ctx, call, video, now),
        ),
        _table(
            "Translations and lipsyncs",
            ("id", "title", "kind", "language", "status", "seconds", "media"),
            list(world.dubs.values()),
            lambda dub: _dub(ctx, call, dub, now),
        ),
        _table(
            "Looks",
            ("id", "group", "name", "kind", "status"),
            looks,
            lambda look: _look(look, now),
        ),
        _table(
            "Tasks of inference.sh",
            ("id", "app", "status", "error"),
            list(world.inference.tasks.values()),
            lambda task: _task(task, now),
        ),
        _table("Charges", ("time", "kind", "credits", "for"), world.charges, _charge),
    )
    return "".join((_HEAD, f"<h1>HeyGen sandbox</h1><dl>{items}</dl>", *tables, "</body></html>"))


def _video(ctx: Context, call: Call, video: Video, now: float) -> tuple[str, ...]:
    name = "video.webm" if video.shot.alpha else "video.mp4"
    names = {"play": name, "thumbnail": "thumbnail.jpg", "captions": "subtitles.srt"}
    links = ""
    if ageing.has_links(video, now):
        links = " · ".join(
            f'<a href="{escape(ctx.link(call, "videos", video.id, file))}">{word}</a>'
            for word, file in names.items()
        )
    return (
        _code(video.id),
        escape(video.title or ""),
        _status(ageing.video_status(video, now)),
        f"{video.duration:.1f}",
        f"{video.shot.width}x{video.shot.height}",
        links,
    )


def _dub(ctx: Context, call: Call, dub: Dubbed, now: float) -> tuple[str, ...]:
    links = ""
    if ageing.dub_has_links(dub, now):
        links = " · ".join(
            f'<a href="{escape(ctx.link(call, "dubs", dub.id, file))}">{word}</a>'
            for word, file in {"play": "video.mp4", "captions": "captions.srt"}.items()
        )
    return (
        _code(dub.id),
        escape(dub.title or ""),
        dub.kind.replace("_", " "),
        escape(dub.language or ""),
        _status(ageing.dub_status(dub, now)),
        f"{dub.dub.seconds:.1f}",
        links,
    )


def _look(look: Look, now: float) -> tuple[str, ...]:
    status = _status(ageing.look_status(look, now))
    return (_code(look.id), _code(look.group_id), escape(look.name), look.avatar_type, status)


def _task(task: Task, now: float) -> tuple[str, ...]:
    error = task.error if course.is_over(task, now) else None
    return (_code(task.id), escape(task.app), _status(course.word(task, now)), escape(error or ""))


def _charge(charge: Charge) -> tuple[str, ...]:
    return (_time(charge.time), charge.kind, f"{charge.credits:g}", _code(charge.id))


def _table(
    title: str, names: tuple[str, ...], things: list[Thing], row: Callable[[Thing], tuple[str, ...]]
) -> str:
    """What there is of a kind, the newest first."""
    head = "".join(f"<th>{name}</th>" for name in names)
    rows = (row(thing) for thing in reversed(things[-_NEWEST:]))
    lines = ("".join(f"<td>{cell}</td>" for cell in cells) for cells in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<h2>{title} ({len(things)})</h2><table><tr>{head}</tr>{body}</table>"


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _status(word: str) -> str:
    return f'<span class="{word}">{word}</span>'


def _time(now: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(now))
