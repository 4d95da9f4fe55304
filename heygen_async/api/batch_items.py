"""Videos of a batch by their place in it: HeyGen gives each an id only when its turn comes."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

import msgspec

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.resource import Toolbox
from heygen_async.errors import NotFoundError
from heygen_async.models import Batch, BatchItem, StatusEntry, Video, VideoStatus

ITEMS_TIMEOUT: Final = 24 * 3600.0
"""Seconds: the last of a hundred videos waits for all others, slot by slot."""

_KNOWN: Final = 1000
"""Ids that are remembered, so that a batch is not read again for each of its videos."""


class BatchItems:
    """Looks at videos of batches.

    Args:
        read_batch: Reads a batch with all of its items.
        read: Reads a video.
        state: What a video shows.

    Attributes:
        kind: How they are waited for; their ids are their places.
    """

    def __init__(
        self,
        *,
        read_batch: Callable[[str], Awaitable[Batch]],
        read: Callable[[str], Awaitable[Video]],
        state: Callable[[Video], JobState],
    ) -> None:
        self.kind: JobKind[Video] = JobKind(
            "batch item",
            read=self._read_one,
            state=state,
            bulk=self._statuses,
            expected=300.0,
            timeout=ITEMS_TIMEOUT,
            file="video_url",
            suffix=".mp4",
        )
        self._read_batch = read_batch
        self._read = read
        self._known: OrderedDict[str, str] = OrderedDict()

    async def _read_one(self, place: str) -> Video:
        video_id = self._known.get(place)
        if video_id is None:
            item = (await self._items(place.rpartition(":")[0])).get(place)
            if item is None:
                return Video(id=place, status=VideoStatus.NOT_FOUND)
            if item.video_id is None:
                return _unmade(place, item)
            video_id = item.video_id
        return await self._read(video_id)

    async def _statuses(self, places: Sequence[str]) -> list[StatusEntry]:
        found: dict[str, BatchItem] = {}
        for batch_id in dict.fromkeys(place.rpartition(":")[0] for place in places):
            try:
                found |= await self._items(batch_id)
            except NotFoundError:
                continue  # of one batch: the others are none the worse
        return [
            StatusEntry(
                video_id=place, status=found[place].status if place in found else "not_found"
            )
            for place in places
        ]

    async def _items(self, batch_id: str) -> dict[str, BatchItem]:
        batch = await self._read_batch(batch_id)
        found = {_place(batch_id, item.item_index): item for item in batch.items}
        for place, item in found.items():
            if item.video_id is not None:
                self._known[place] = item.video_id
                self._known.move_to_end(place)
        while len(self._known) > _KNOWN:
            self._known.popitem(last=False)
        return found

    def job(self, batch_id: str, item_index: int, tools: Toolbox) -> "ItemJob":
        """A handle on one of them."""
        return ItemJob(batch_id, item_index, kind=self.kind, known=self._known, tools=tools)


class ItemJob(Job[Video]):
    """A handle on a video of a batch; its ``id`` is its place, ``BATCH:INDEX``.

    Attributes:
        batch_id: The batch.
        item_index: Its place in the batch, from 0.
    """

    __slots__ = ("_known", "batch_id", "item_index")

    def __init__(
        self,
        batch_id: str,
        item_index: int,
        *,
        kind: JobKind[Video],
        known: Mapping[str, str],
        tools: Toolbox,
    ) -> None:
        super().__init__(
            _place(batch_id, item_index),
            kind=kind,
            waiter=tools.waiter,
            downloads=tools.downloads,
        )
        self.batch_id: str = batch_id
        self.item_index: int = item_index
        self._known = known

    @property
    def video_id(self) -> str | None:
        """The video's own id, if it has one and was looked at not long ago."""
        return self._known.get(self.id)

    @property
    def _name(self) -> str:
        return self.video_id or self.id.replace(":", "_")


def _place(batch_id: str, item_index: int) -> str:
    """What a video of a batch is called, as long as it may have no id."""
    return f"{batch_id}:{item_index}"


def _unmade(place: str, item: BatchItem) -> Video:
    """What is known of a video that has no id."""
    error = item.error or {}
    code, message = (_text(error.get(name)) for name in ("code", "message"))
    return Video(
        id=place, status=VideoStatus(item.status), failure_code=code, failure_message=message
    )


def _text(raw: msgspec.Raw | None) -> str | None:
    return None if raw is None else str(msgspec.json.decode(raw))
