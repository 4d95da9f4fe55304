"""Inference: where everything is put together."""

import os
import ssl
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, Self, TypeVar, Unpack, overload

from heygen_async.config import Config, Service, Timeouts
from heygen_async.inference_sh.apps.base import AppInput, output_of
from heygen_async.inference_sh.files import Files
from heygen_async.inference_sh.follow import Follower
from heygen_async.inference_sh.handle import TaskHandle, fetch
from heygen_async.inference_sh.models import Task
from heygen_async.inference_sh.orders import RunOptions, order_of
from heygen_async.inference_sh.runs import Runs
from heygen_async.inference_sh.sender import InferenceSender
from heygen_async.inference_sh.sessions import Sessions
from heygen_async.inference_sh.store import Apps
from heygen_async.inference_sh.tasks import Tasks
from heygen_async.inference_sh.webhooks import WebhookHint
from heygen_async.transport.clock import World
from heygen_async.transport.downloads import Downloads, Progress
from heygen_async.transport.events import Events, Observer
from heygen_async.transport.raw import RawResponses, watching
from heygen_async.transport.retrying import Retrier
from heygen_async.transport.session import ClientSession, SessionManager
from heygen_async.wire.calls import Call
from heygen_async.wire.limits import check_id
from heygen_async.wire.retry import RetryPolicy

T = TypeVar("T")
O = TypeVar("O")  # noqa: E741  as in Output

_BASE: Final = "https://api.inference.sh"
SERVICE: Final = Service(_BASE, _BASE, "INFERENCE_API_KEY", "INFERENCE_API_BASE")


class Inference:
    """A client of inference.sh, for one event loop.

    ``async with Inference() as inference:`` opens and closes it. Nothing is opened before the
    first call, and a session that is handed in is never closed here.

    Args:
        api_key: The key, else the environment's ``INFERENCE_API_KEY``.
        base_url: Where to talk to, else ``INFERENCE_API_BASE``, else inference.sh.
        timeouts: Seconds per attempt.
        retry: How often a call is repeated. A run is never, once it may have arrived.
        max_requests: Calls on the wire at once. Half as many tasks are followed by stream at
            once; further ones are polled.
        max_transfers: Uploads and downloads at once.
        session: Your own aiohttp session for the calls. Uploads to storage and downloads always
            use one of ours, which never sees the key.
        ssl_context: For TLS that is not everybody's.
        proxy: Address of a proxy.
        trust_env: Whether the proxy variables of the environment are obeyed.
        observers: Called with every event; see ``heygen_async.events``.
        world: Time, chance and ids, for tests.

    Attributes:
        apps: What can be run.
        tasks: What was run.
        files: What was uploaded.
        sessions: Workers that are kept.

    Raises:
        ConfigError: There is no key, or the address is not one that the key may be sent to.
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeouts: Timeouts | None = None,
        retry: RetryPolicy | None = None,
        max_requests: int = 64,
        max_transfers: int = 16,
        session: ClientSession | None = None,
        ssl_context: ssl.SSLContext | None = None,
        proxy: str | None = None,
        trust_env: bool = True,
        observers: Sequence[Observer] = (),
        world: World | None = None,
    ) -> None:
        self.config: Config = Config.load(
            api_key=api_key,
            base_url=base_url,
            timeouts=timeouts,
            retry=retry,
            max_requests=max_requests,
            max_transfers=max_transfers,
            trust_env=trust_env,
            service=SERVICE,
        )
        self._events = Events(observers)
        self._sessions = SessionManager(
            self.config,
            session=session,
            ssl_context=ssl_context,
            proxy=proxy,
            auth={"Authorization": f"Bearer {self.config.api_key.reveal()}"},
        )
        retrier = Retrier(
            world or World(),
            self._events,
            self.config.retry,
            requests=max_requests,
            transfers=max_transfers,
        )
        self._sender = InferenceSender(self.config, self._sessions, retrier)
        self._downloads = Downloads(self._sender)
        self._follower = Follower(self._sender, streams=max(1, max_requests // 2))
        self.apps: Apps = Apps(self._sender)
        self.tasks: Tasks = Tasks(self._sender)
        self.files: Files = Files(self._sender)
        self.sessions: Sessions = Sessions(self._sender)
        self._runs = Runs(self._sender, self.apps, self.files, self._follower)

    @overload
    def run(
        self, app: AppInput[O], *, stream: Literal[True], **options: Unpack[RunOptions]
    ) -> AsyncGenerator[Task[O | None]]: ...

    @overload
    def run(
        self,
        app: str,
        input: Mapping[str, Any] | None = None,
        *,
        stream: Literal[True],
        **options: Unpack[RunOptions],
    ) -> AsyncGenerator[Task[Any]]: ...

    @overload
    def run(
        self,
        app: AppInput[O],
        *,
        wait: Literal[True] = True,
        stream: Literal[False] = False,
        **options: Unpack[RunOptions],
    ) -> Coroutine[Any, Any, Task[O]]: ...

    @overload
    def run(
        self,
        app: AppInput[O],
        *,
        wait: bool,
        stream: Literal[False] = False,
        **options: Unpack[RunOptions],
    ) -> Coroutine[Any, Any, Task[O | None]]: ...

    @overload
    def run(
        self,
        app: str,
        input: Mapping[str, Any] | None = None,
        *,
        wait: bool = True,
        stream: Literal[False] = False,
        **options: Unpack[RunOptions],
    ) -> Coroutine[Any, Any, Task[Any]]: ...

    def run(
        self,
        app: str | AppInput[Any],
        input: Mapping[str, Any] | None = None,  # noqa: A002  the vendor's word
        *,
        wait: bool = True,
        stream: bool = False,
        **options: Unpack[RunOptions],
    ) -> Coroutine[Any, Any, Task[Any]] | AsyncGenerator[Task[Any]]:
        """Runs an app: one task, which is paid for once.

        ``await inference.run(...)`` gives the task when it has ended well. ``async for task in
        inference.run(..., stream=True)`` gives it as it was accepted, then after every change,
        and its end last, which may be a bad one: ``task.raise_for_status()``.

        A file goes into a field that the app's schema calls one, as a Path, bytes, an open file,
        a stream or a ``LocalFile``, and is uploaded; a text is never taken for a file.

        Args:
            app: An input of ``heygen_async.inference_sh.apps``, which makes a typed output. Or
                the name of an app, such as ``heygen/voice-clone``; ``@version`` and
                ``:function`` may stand behind it.
            input: What the app is given, if its name came first.
            wait: Whether to wait for the end. Without it the task comes as it was accepted, and
                ``inference.task(task.id)`` waits for it whenever you like.
            stream: Whether to iterate instead.
            **options: ``webhook``, ``function``, ``version``, ``setup``, ``infra``, ``workers``,
                ``session``, ``session_timeout``, ``run_at``, ``metadata``, ``hold``, ``timeout``
                and ``extra_body``; see ``RunOptions``.

        Raises:
            InvalidRequestError: Something is wrong; nothing was sent, not even a file.
            InsufficientCreditError: The account cannot pay.
            OutcomeUnknownError: It was sent, and no answer came that can be read: it may run, and
                be billed.
            JobFailedError: It failed, or was cancelled or rejected.
            JobTimeoutError: ``timeout`` is over. It still runs, and is still billed.
            HeyGenError: As every call.
        """
        order = order_of(app, input, options)
        if stream:
            return self._runs.updates(order)
        return self._runs.finish(order) if wait else self._runs.start(order)

    @overload
    def task(self, task_id: str, app: type[AppInput[O]]) -> TaskHandle[O]: ...

    @overload
    def task(self, task_id: str) -> TaskHandle[Any]: ...

    def task(self, task_id: str, app: type[AppInput[Any]] | None = None) -> TaskHandle[Any]:
        """A handle on a task that was started before, here or anywhere. Nothing is sent.

        Args:
            task_id: The task.
            app: The type of the input that it was started with, for a typed output.

        Raises:
            InvalidRequestError: That cannot be an id.
        """
        return TaskHandle(
            check_id("task_id", task_id),
            tasks=self.tasks,
            follower=self._follower,
            downloads=self._downloads,
            output=None if app is None else output_of(app),
        )

    async def download(
        self,
        source: Task[Any] | str,
        path: str | os.PathLike[str],
        *,
        file: str | None = None,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> Path:
        """Fetches a file that an app made. The key does not go with it.

        A download that was interrupted goes on where it stopped.

        Args:
            source: A task that has completed, or an address from its output.
            path: The file to make, or a folder that exists.
            file: Field of the output, such as ``video``; the first file in the output when left
                out.
            overwrite: Whether a file that is there may be replaced.
            progress: Called with bytes on disk, and the size if it is known.

        Returns:
            The file's path.

        Raises:
            JobError: The output has no such file.
            TargetError: The target exists, cannot be written, or the disk is full.
            TransferError: The bytes do not come.
        """
        return await fetch(
            self._downloads,
            self.tasks,
            source,
            path,
            file=file,
            overwrite=overwrite,
            progress=progress,
        )

    async def confirm(self, hint: WebhookHint) -> Task[Any]:
        """What is true of the task that a webhook speaks of. As often as it comes.

        Args:
            hint: From ``read_webhook``.

        Raises:
            NotFoundError: There is no such task: somebody else sent it.
            HeyGenError: As every call.
        """
        return await self.tasks.get(hint.task_id)

    async def send(self, call: Call[T]) -> T:
        """Sends a call of your own, for what is newer than this library.

        Args:
            call: The endpoint, its ids, its body, and the type of what it answers.

        Raises:
            HeyGenError: As every call.
        """
        return await self._sender.send(call)

    def with_raw_response(self) -> AbstractContextManager[RawResponses]:
        """What came over the wire: ``with inference.with_raw_response() as raw``."""
        return watching()

    def observe(self, observer: Observer) -> Callable[[], None]:
        """Adds an observer, and returns what removes it.

        Args:
            observer: Called with every event; see ``heygen_async.events``.
        """
        return self._events.subscribe(observer)

    @property
    def in_flight(self) -> int:
        """Requests and transfers on the wire now, open streams not counted."""
        return self._sessions.in_flight

    async def close(self) -> None:
        """Closes what was opened here, and ends what waits for a task. Twice is fine."""
        self._follower.close()
        await self._sessions.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<Inference {self.config.base_url}>"
