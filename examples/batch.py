"""A CSV in, a folder of videos out: as many at once as the account allows.

Started again with the same name within 24 hours, it gets the same videos without paying again.

    HEYGEN_API_KEY=... python examples/batch.py <look id> examples/scripts.csv videos
"""

import asyncio
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from heygen_async import HeyGen, VideoJob
from heygen_async.models import AvatarVideo


def jobs(table: Path, look_id: str, folder: Path) -> Iterator[VideoJob]:
    """A job for every line, read as they are needed: the table may have any length."""
    with table.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            request = AvatarVideo(avatar_id=look_id, title=line["title"], script=line["script"])
            target = folder / f"{line['key']}.mp4"
            yield VideoJob(key=line["key"], request=request, target=target, overwrite=True)


async def batch(heygen: HeyGen, look_id: str, table: Path, folder: Path) -> int:
    """Makes every video, and returns how many failed."""
    failed = 0
    async with heygen.orchestrator(run=table.stem, slots=10) as studio:
        async for outcome in studio.render(jobs(table, look_id, folder)):
            if outcome.ok:
                print(outcome.path)
            else:
                failed += 1
                print(f"{outcome.key}: {outcome.error}", file=sys.stderr)
    return failed


async def main(look_id: str, table: str, folder: str) -> int:
    """Does it with the key of the environment."""
    async with HeyGen() as heygen:
        return await batch(heygen, look_id, Path(table), Path(folder))


if __name__ == "__main__":
    sys.exit(1 if asyncio.run(main(*sys.argv[1:4])) else 0)
