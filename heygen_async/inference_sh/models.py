"""What inference.sh answers: tasks, files, sessions and apps. Dates are RFC 3339 texts."""

import re
from typing import Annotated, Any, Final, Generic, TypeAlias, TypeVar

from msgspec import Meta

from heygen_async.errors import JobFailedError
from heygen_async.inference_sh.statuses import TaskStatus
from heygen_async.models.base import OpenEnum, Reply

O_co = TypeVar("O_co", covariant=True)

_REASON: Final = re.compile(r"HeyGen API error \((\d+)\)|generation failed \[([^\]]+)\]")
_PAYMENT: Final = "Check the balance and the payment method of your inference.sh account."


OutputFile: TypeAlias = Annotated[str, Meta(extra={"file": True})]
"""The address of a file. It needs no key; where an object came, it is its ``uri`` or ``url``."""


class Stated(Reply):
    """The root of what tells the state of a task: a number, or a word, or both.

    Attributes:
        status: How far it is.
    """

    status: TaskStatus = TaskStatus.UNKNOWN


class TaskEvent(Stated):
    """A state that a task was in.

    Attributes:
        status: The state.
        created_at: When it was noted.
        event_time: When it began.
    """

    created_at: str | None = None
    event_time: str | None = None


class TaskLog(Reply):
    """What was written while a task ran.

    Attributes:
        log_type: 0 build, 1 run, 2 serve, 3 set-up, 4 task.
        content: The text; probably in base64.
        created_at: When it began.
        updated_at: When it grew last.
    """

    log_type: int | None = None
    content: str = ""
    created_at: str | None = None
    updated_at: str | None = None


class Task(Reply, Generic[O_co]):
    """A run of an app, as it was seen last.

    Attributes:
        id: The task: keep it, the run can be found again with it.
        output: What the app made. Until it has completed: None, or what an app that is not typed
            shows of it by then.
        status: How far it is.
        error: Why it failed, in the app's words; empty where it did not.
        input: What the app was given, files as addresses.
        function: Of the app.
        session_id: Of the worker that was kept for it.
        created_at: When it was accepted.
        updated_at: When it changed last.
        run_at: When it shall begin, if that was asked for.
        events: The states so far; only where the whole task was read.
        logs: What it wrote; only where the whole task was read.
        raw: Everything that came, whether this library knows it or not.
    """

    id: str
    output: O_co
    status: TaskStatus = TaskStatus.UNKNOWN
    error: str = ""
    input: Any = None
    function: str | None = None
    session_id: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    run_at: str | None = None
    events: list[TaskEvent] = []
    logs: list[TaskLog] = []
    raw: dict[str, Any] = {}

    def __repr__(self) -> str:
        # What came may hold a secret, such as one in the address of the webhook.
        return f"<Task {self.id} {self.status.word}>"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("id", self.id), ("status", self.status.word)]

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status.ended

    @property
    def completed(self) -> bool:
        """Whether it has ended well."""
        return self.status is TaskStatus.COMPLETED

    def raise_for_status(self) -> None:
        """Does nothing, unless the task has ended badly.

        Raises:
            JobFailedError: It failed, or was cancelled or rejected.
        """
        if not self.ended or self.completed:
            return
        found = _REASON.search(self.error)
        raise JobFailedError(
            kind="task",
            job_id=self.id,
            status=self.status.word,
            failure_code=next(filter(None, found.groups()), None) if found else None,
            failure_message=self.error or None,
            hint=_PAYMENT if self.status is TaskStatus.REJECTED else None,
        )


class TaskGlance(Stated):
    """The little that the cheapest look at a task shows.

    Attributes:
        id: The task.
        status: How far it is.
        updated_at: When it changed last.
    """

    id: str = ""
    updated_at: str | None = None


class TaskFile(Reply):
    """A file that a task was given, or made.

    Attributes:
        id: The file.
        role: ``input`` or ``output``.
        uri: Its address.
        filename: Its name.
        content_type: MIME type.
        size: Bytes.
        created_at: When it was stored.
    """

    id: str
    role: str = ""
    uri: OutputFile | None = None
    filename: str | None = None
    content_type: str | None = None
    size: int | None = None
    created_at: str | None = None


class SkippedFile(Reply):
    """A file that was not deleted.

    Attributes:
        id: The file.
        reason: Why.
    """

    id: str
    reason: str = ""


class DeletedFiles(Reply):
    """What became of a task's files.

    Attributes:
        deleted: Ids of those that are gone.
        skipped: Those that are still there.
    """

    deleted: list[str] = []
    skipped: list[SkippedFile] = []


class TaskLogs(Stated):
    """What a task went through and wrote.

    Attributes:
        task_id: The task.
        status: How far it is.
        events: The states so far.
        logs: What it wrote.
    """

    task_id: str = ""
    events: list[TaskEvent] = []
    logs: list[TaskLog] = []


class TaskTimings(Stated):
    """How long a task took, and at what.

    Attributes:
        task_id: The task.
        status: How far it is.
        total_duration: Seconds.
        total_duration_ms: Milliseconds.
        groups: Seconds by phase, as inference.sh tells them.
        events: The moments they were made of.
    """

    task_id: str = ""
    total_duration: float | None = None
    total_duration_ms: float | None = None
    groups: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []


class StoredFile(Reply):
    """A file at inference.sh.

    Attributes:
        id: The file.
        uri: Its address, which an app's input takes. Anybody who has it can read the file.
        filename: Its name.
        content_type: MIME type.
        size: Bytes.
        path: Where it lies.
        category: ``uploads``, ``inputs``, ``outputs`` or ``repos``.
        metadata: Size, length and so on, where the file was looked into.
    """

    id: str
    uri: OutputFile = ""
    filename: str | None = None
    content_type: str | None = None
    size: int | None = None
    path: str | None = None
    category: str | None = None
    metadata: dict[str, Any] | None = None


class SessionStatus(OpenEnum):
    """Whether a worker is still kept."""

    ACTIVE = "active"
    ENDED = "ended"
    EXPIRED = "expired"


class Session(Reply):
    """A worker that is kept between runs.

    Attributes:
        id: The session, as ``run`` takes it.
        status: Whether it is still kept.
        app_id: What runs on it.
        app_version_id: Which version of it.
        worker_id: The worker.
        expires_at: When it is let go, if nothing comes.
        ended_at: When it was let go.
        task_id: Its last run.
        call_count: Runs so far.
        last_call_at: When the last one began.
        idle_timeout: Seconds without a run after which it is let go.
    """

    id: str
    status: SessionStatus = SessionStatus.ACTIVE
    app_id: str | None = None
    app_version_id: str | None = None
    worker_id: str | None = None
    expires_at: str | None = None
    ended_at: str | None = None
    task_id: str | None = None
    call_count: int = 0
    last_call_at: str | None = None
    idle_timeout: int | None = None


class AppFunction(Reply):
    """One thing that an app can do.

    Attributes:
        input_schema: JSON schema of its input; a file has ``format: file``.
        output_schema: JSON schema of its output.
        kind: ``run`` or ``stream``.
    """

    input_schema: dict[str, Any] = {}
    output_schema: dict[str, Any] = {}
    kind: str | None = None


class AppVersion(Reply):
    """A version of an app.

    Attributes:
        id: The version.
        short_id: What stands behind the ``@`` of a pinned name.
        default_function: What runs when none is named.
        functions: What it can do, by name.
        input_schema: Where an older app has one function only.
        output_schema: Where an older app has one function only.
    """

    id: str | None = None
    short_id: str | None = None
    default_function: str | None = None
    functions: dict[str, AppFunction] | None = None
    input_schema: dict[str, Any] | None = None
    output_schema: dict[str, Any] | None = None


class App(Reply):
    """An app that can be run.

    Attributes:
        id: The app.
        name: Without its namespace.
        namespace: Whose it is.
        description: What it does.
        category: Such as ``video``.
        status: ``active``, ``maintenance``, ``deprecated`` or ``retired``.
        version: Its present version.
    """

    id: str = ""
    name: str = ""
    namespace: str = ""
    description: str | None = None
    category: str | None = None
    status: str | None = None
    version: AppVersion | None = None

    def function(self, name: str | None = None) -> AppFunction | None:
        """One thing that it can do; None where nothing is told about it.

        Args:
            name: Its own choice, when left out.
        """
        version = self.version
        if version is None:
            return None
        functions = version.functions or {}
        found = functions.get(name or version.default_function or "run")
        if found is None and name in (None, "run") and version.input_schema:
            found = AppFunction(
                input_schema=version.input_schema, output_schema=version.output_schema or {}
            )
        return found
