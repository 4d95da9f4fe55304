"""A person from words, a video of them, and that video in other languages: two plans of v3.

With HEYGEN_API_KEY it is made by HeyGen (and billed: about 2 dollars); without, by a sandbox inside
this process. Whoever breaks it off and starts it again pays nothing twice:

    python examples/plans.py videos
"""

import asyncio
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import msgspec
from quickstart import client

from heygen_async import (
    AvatarVideoPlan,
    HeyGen,
    Made,
    PromptAvatarPlan,
    TranslationPlan,
    estimate,
)

LANGUAGES = ["German", "French"]


class Notes(msgspec.Struct):
    """What both plans have made, kept in a file."""

    person: Made
    translations: Made


async def make(heygen: HeyGen, folder: Path) -> list[Path]:
    """Both plans, one after the other. Returns the files."""
    notes = folder / "notes.json"
    known = Notes(Made(), Made())
    if notes.exists():
        known = msgspec.json.decode(notes.read_bytes(), type=Notes)

    def keep(_: Made) -> None:
        new = notes.with_suffix(".new")
        new.write_bytes(msgspec.json.encode(known))
        new.replace(notes)

    speech = AvatarVideoPlan(
        script="Hello. I was a sentence a moment ago.", look=1, target=folder / "English.mp4"
    )
    person = PromptAvatarPlan(
        name="Grace",
        prompt="A friendly engineer in a green jacket",
        looks=["the same, in a library"],
        videos=[speech],
    )
    print(", ".join(map(str, estimate(person, made=known.person).costs)))
    async with heygen.orchestrator() as studio:
        made = await studio.prompt_avatar(person, made=known.person, keep=keep)
        (video,) = made.videos
        print(f"group {made.group_id} has {len(made.looks)} looks")
        dubs = TranslationPlan(
            video_id=video.id,
            output_languages=LANGUAGES,
            folder=folder,
            captions=True,
            seconds=video.video.duration or 60.0,
        )
        print(", ".join(map(str, estimate(dubs, made=known.translations).costs)))
        done = await studio.translate(dubs, made=known.translations, keep=keep)
    for language, problem in done.errors.items():
        print(f"{language}: {problem}", file=sys.stderr)
    if not done.errors:  # what has failed is made anew by the next start, and nothing else
        notes.unlink()
    return [each.path for each in (video, *done.results.values()) if each.path]


async def main(folder: Path) -> None:
    """Does it with the key of the environment, or in a sandbox."""
    await asyncio.to_thread(folder.mkdir, exist_ok=True)
    async with AsyncExitStack() as stack:
        for path in await make(await client(stack), folder):
            print(path)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1] if len(sys.argv) > 1 else "videos")))
