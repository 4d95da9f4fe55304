"""``inference.tasks``: what was run, whoever started it."""

import builtins
from typing import Any, Literal

from heygen_async.errors import ConflictError
from heygen_async.inference_sh import routes
from heygen_async.inference_sh.models import (
    DeletedFiles,
    Task,
    TaskFile,
    TaskGlance,
    TaskLogs,
    TaskTimings,
)
from heygen_async.inference_sh.resource import Resource, read_task
from heygen_async.transport.pages import Pager


class Tasks(Resource):
    """Reads, cancels and deletes tasks. Waiting is done by ``inference.task(id)``."""

    async def get(self, task_id: str) -> Task[Any]:
        """Reads all of a task now, without waiting.

        Args:
            task_id: The task.

        Raises:
            NotFoundError: There is no such task.
            HeyGenError: As every call.
        """
        return read_task(await self._send(routes.TASKS_GET, dict[str, Any], ids={"id": task_id}))

    async def status(self, task_id: str) -> TaskGlance:
        """Reads only how far a task is: the cheapest look.

        Args:
            task_id: The task.

        Raises:
            NotFoundError: There is no such task.
            HeyGenError: As every call.
        """
        return await self._send(routes.TASKS_STATUS, TaskGlance, ids={"id": task_id})

    async def cancel(self, task_id: str) -> None:
        """Asks for a task to be cancelled.

        It is not over then: its status becomes CANCELLING, and later CANCELLED, or it completes
        all the same. What HeyGen does already, it goes on doing, and may bill.

        Args:
            task_id: The task.

        Raises:
            ConflictError: It has ended already.
            NotFoundError: There is no such task.
            HeyGenError: As every call.
        """
        try:
            await self._send(routes.TASKS_CANCEL, object, ids={"id": task_id})
        except ConflictError as problem:
            if problem.attempts == 1:
                raise  # else it was done by the one whose answer was lost

    async def delete(self, task_id: str, *, files: bool = False) -> None:
        """Deletes a task that has ended.

        Args:
            task_id: The task.
            files: Whether what it was given and what it made go, too.

        Raises:
            NotFoundError: There is no such task.
            HeyGenError: As every call.
        """
        query = {"files": True} if files else None
        await self._remove(routes.TASKS_DELETE, object, done=None, ids={"id": task_id}, query=query)

    async def files(
        self, task_id: str, *, role: Literal["input", "output"] | None = None
    ) -> builtins.list[TaskFile]:
        """Lists the files that a task was given, and those that it made.

        Args:
            task_id: The task.
            role: Only these.

        Raises:
            NotFoundError: There is no such task.
            HeyGenError: As every call.
        """
        kind = builtins.list[TaskFile]
        ids = {"id": task_id}
        return await self._send(routes.TASKS_FILES, kind, ids=ids, query={"role": role})

    async def delete_files(
        self, task_id: str, *, role: Literal["input", "output"] | None = None
    ) -> DeletedFiles:
        """Deletes the files of a task, and leaves the task.

        Args:
            task_id: The task.
            role: Only these.

        Raises:
            NotFoundError: There is no such task.
            HeyGenError: As every call.
        """
        return await self._send(
            routes.TASKS_DELETE_FILES, DeletedFiles, ids={"id": task_id}, query={"role": role}
        )

    async def logs(self, task_id: str) -> TaskLogs:
        """Reads what a task went through and wrote.

        Args:
            task_id: The task.

        Raises:
            NotFoundError: There is no such task.
            HeyGenError: As every call.
        """
        return await self._send(routes.TASKS_LOGS, TaskLogs, ids={"id": task_id})

    async def timings(self, task_id: str) -> TaskTimings:
        """Reads how long a task took, and at what.

        Args:
            task_id: The task.

        Raises:
            NotFoundError: There is no such task.
            HeyGenError: As every call.
        """
        return await self._send(routes.TASKS_TIMINGS, TaskTimings, ids={"id": task_id})

    def list(
        self,
        *,
        limit: int | None = None,
        search: str | None = None,
        max_items: int | None = None,
    ) -> Pager[Task[Any]]:
        """The tasks of the account: awaited, the first page; iterated, all.

        Args:
            limit: Tasks per page, 1 to 100.
            search: Words to look for.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
            HeyGenError: As every call, when a page is read.
        """
        return self._list(
            routes.TASKS_LIST, read_task, limit=limit, search=search, max_items=max_items
        )
