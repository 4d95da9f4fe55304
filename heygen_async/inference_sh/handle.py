"""TaskHandle: a handle on a task that runs at inference.sh, whatever happens here."""

import os
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import Any, Final, Generic, TypeVar
from urllib.parse import urlsplit

from heygen_async.errors import JobError
from heygen_async.inference_sh.decoding import files_of
from heygen_async.inference_sh.follow import Follower
from heygen_async.inference_sh.models import Task
from heygen_async.inference_sh.orders import check_timeout
from heygen_async.inference_sh.plain import fields_of, items_of
from heygen_async.inference_sh.resource import with_output
from heygen_async.inference_sh.story import Story
from heygen_async.inference_sh.tasks import Tasks
from heygen_async.models.base import Reply
from heygen_async.transport.downloads import Downloads, Progress, target_in
from heygen_async.wire.redact import url as redacted

O = TypeVar("O")  # noqa: E741  as in Output

_ADDRESS: Final = ("http://", "https://")
# Addresses of pages, in outputs that no model tells of.
_PAGES: Final = frozenset({"consent_url"})


class TaskHandle(Generic[O]):
    """Waits for one task. It holds an id and nothing that has to be closed.

    Made from an id in another process, it is as good as the one that started the task.

    Attributes:
        id: The task.
    """

    __slots__ = ("_downloads", "_follower", "_output", "_tasks", "id")

    def __init__(
        self,
        task_id: str,
        *,
        tasks: Tasks,
        follower: Follower,
        downloads: Downloads,
        output: type[Reply] | None,
    ) -> None:
        self.id: str = task_id
        self._tasks = tasks
        self._follower = follower
        self._downloads = downloads
        self._output = output

    def __repr__(self) -> str:
        return f"<TaskHandle {self.id}>"

    async def read(self) -> Task[O | None]:
        """One look at it now, without waiting.

        Raises:
            NotFoundError: There is no such task.
            HeyGenError: As every call.
        """
        return with_output(await self._tasks.get(self.id), self._output)

    async def wait(self, *, timeout: float | None = None) -> Task[O]:
        """Waits until it has ended well. Cancelling the wait does not cancel the task.

        Args:
            timeout: Seconds; no bound when left out.

        Raises:
            InvalidRequestError: ``timeout`` is no time to wait.
            JobFailedError: It failed, or was cancelled or rejected.
            JobTimeoutError: It still runs, and is still billed.
            NotFoundError: There is no such task.
            HeyGenError: As every call.
        """
        check_timeout(timeout)
        task = await self._follower.end(self._story(), timeout=timeout)
        return with_output(task, self._output)

    async def updates(self, *, timeout: float | None = None) -> AsyncGenerator[Task[O | None]]:
        """The task as it is, then whatever is new, and its end last.

        A failed task is a last update too, not an exception: ``raise_for_status`` makes it one.

        Args:
            timeout: Seconds; no bound when left out.

        Raises:
            InvalidRequestError: ``timeout`` is no time to wait.
            JobTimeoutError: It still runs, and is still billed.
            NotFoundError: There is no such task.
            HeyGenError: As every call.
        """
        check_timeout(timeout)
        updates = self._follower.updates(self._story(), timeout=timeout)
        async with aclosing(updates):
            async for task in updates:
                yield with_output(task, self._output)

    def _story(self) -> Story:
        return Story({"id": self.id})

    async def cancel(self) -> None:
        """Asks for it to be cancelled; see ``inference.tasks.cancel``.

        Raises:
            ConflictError: It has ended already.
            HeyGenError: As every call.
        """
        await self._tasks.cancel(self.id)

    async def download(
        self,
        path: str | os.PathLike[str],
        *,
        file: str | None = None,
        overwrite: bool = False,
        timeout: float | None = None,
        progress: Progress | None = None,
    ) -> Path:
        """Waits for it, and fetches one of the files that it made.

        Args:
            path: The file to make, or a folder that exists: then its name is the task's id.
            file: Field of the output, such as ``video`` or, further down,
                ``avatar.preview_image_url``; the first file in the output when left out.
            overwrite: Whether a file that is there may be replaced.
            timeout: Seconds to wait for the task.
            progress: Called with bytes on disk, and the size if it is known.

        Returns:
            The file's path.

        Raises:
            JobError: As ``wait``, or the output has no such file.
            TargetError: The target exists, cannot be written, or the disk is full.
            TransferError: The bytes do not come.
        """
        return await fetch(
            self._downloads,
            self._tasks,
            await self.wait(timeout=timeout),
            path,
            file=file,
            overwrite=overwrite,
            progress=progress,
        )


async def fetch(
    downloads: Downloads,
    tasks: Tasks,
    source: Task[Any] | str,
    path: str | os.PathLike[str],
    *,
    file: str | None,
    overwrite: bool,
    progress: Progress | None,
) -> Path:
    """A file of a task, or of an address, to disk. No key goes with it.

    Args:
        downloads: What fetches.
        tasks: What reads the task again when an address has expired.
        source: A task that has completed, or an address.
        path: The file to make, or a folder that exists.
        file: Field of the output; the first file in it when None.
        overwrite: Whether a file that is there may be replaced.
        progress: Told of every batch.

    Raises:
        JobError: The output has no such file.
        TargetError: The target cannot be written.
        TransferError: The bytes do not come.
    """
    address = source if isinstance(source, str) else _address(source, file)
    given = False

    async def link() -> str:
        nonlocal given
        expired, given = given, True
        if expired and not isinstance(source, str):
            kind = type(source.output) if isinstance(source.output, Reply) else None
            return _address(with_output(await tasks.get(source.id), kind), file)
        return address

    place = Path(urlsplit(address).path)
    name = place.stem if isinstance(source, str) else source.id
    return await downloads.fetch(
        link,
        target_in(path, name, place.suffix),
        identity=f"inference.sh {redacted(address)}",
        overwrite=overwrite,
        progress=progress,
    )


def _address(task: Task[Any], file: str | None) -> str:
    """Where a file of a task lies.

    Raises:
        JobError: It has no such file.
    """
    output: object = task.raw.get("output")
    places = [output] if file is None else [_look_up(output, file)]
    if file is None and isinstance(task.output, Reply):
        # Where the model knows which fields are files, an address in another is that of a page.
        places = [*files_of(task.output)] or places
    while places:
        place = places.pop(0)
        if isinstance(place, str) and place.startswith(_ADDRESS):
            return place
        inner = fields_of(place)
        if file is None:
            places += [inner[name] for name in inner if name not in _PAGES] + items_of(place)
        elif address := inner.get("uri") or inner.get("url"):
            places.append(address)
    raise JobError(
        f"task {task.id} ({task.status.word}) has no file {file or 'in its output'}",
        kind="task",
        job_id=task.id,
    )


def _look_up(value: object, path: str) -> object:
    """What lies at a dotted path: names, and places in lists."""
    for step in path.split("."):
        items = items_of(value)
        if items:
            value = items[int(step)] if step.isdecimal() and int(step) < len(items) else None
        else:
            value = fields_of(value).get(step)
    return value
