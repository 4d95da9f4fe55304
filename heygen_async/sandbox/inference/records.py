"""What is remembered of inference.sh. Plain data, part of the world."""

from typing import Any

import msgspec


class Task(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One run of an app.

    Attributes:
        id: Its id.
        app: Name of the app, such as ``heygen/create-avatar``.
        function: Which of its functions runs.
        input: As given.
        created: Virtual Unix time.
        start: Virtual Unix time at which a worker may take it.
        base: Address under which its caller reached us.
        digest: SHA-256 of the run's body in hex.
        begun: Whether the app has asked HeyGen for its work.
        done: Virtual Unix time at which the app ends, well or not; not known before it begins.
        output: What the app gives back at its end.
        error: Why it fails.
        rejected: Virtual Unix time at which it was refused for want of money.
        cancelled: Virtual Unix time at which somebody asked to cancel it.
        inputs: Ids of the files that it was given.
        outputs: Ids of the files that it made.
        session_id: The session that it runs in.
        webhook: Who is told of its end.
        request: What else the run's body said, as the task shows it.
    """

    id: str
    app: str
    function: str
    input: dict[str, Any]
    created: float
    start: float
    base: str
    digest: str
    begun: bool = False
    done: float | None = None
    output: Any = None
    error: str | None = None
    rejected: float | None = None
    cancelled: float | None = None
    inputs: list[str] = []
    outputs: list[str] = []
    session_id: str | None = None
    webhook: str | None = None
    request: dict[str, Any] = {}


class CloudFile(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A file of inference.sh. Its bytes are those of the asset with its id, once they are there.

    Attributes:
        id: Its id.
        created: Virtual Unix time.
        category: ``uploads``, ``inputs``, ``outputs`` or ``repos``.
        filename: As declared.
        content_type: As declared.
        size: Bytes, as declared or, better, as received.
        path: As declared.
    """

    id: str
    created: float
    category: str
    filename: str | None = None
    content_type: str | None = None
    size: int | None = None
    path: str | None = None


class Lease(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A session: a worker that is kept for one caller.

    Attributes:
        id: Its id.
        app: Name of the app that it runs.
        created: Virtual Unix time.
        idle_timeout: Virtual seconds that it may idle.
        touched: Virtual Unix time of the last sign of life that was no call.
        tasks: Ids of its calls, the oldest first.
        ended: Virtual Unix time at which it was ended.
    """

    id: str
    app: str
    created: float
    idle_timeout: int
    touched: float
    tasks: list[str] = []
    ended: float | None = None


class Inference(msgspec.Struct, kw_only=True):
    """All that inference.sh remembers.

    Attributes:
        tasks: By id.
        waiting: Ids of the tasks whose app has not begun.
        files: By id.
        sessions: By id.
    """

    tasks: dict[str, Task] = {}
    waiting: list[str] = []
    files: dict[str, CloudFile] = {}
    sessions: dict[str, Lease] = {}
