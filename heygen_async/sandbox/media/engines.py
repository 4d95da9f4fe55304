"""What turns a spec into a file: a worker process, or the standard library alone.

Both are used from threads of the renderer, one request at a time each.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Protocol

import msgspec

from .errors import RenderError
from .protocol import Reply, Request, receive, send
from .spec import ClipSpec, Speech

__all__ = ["Engine", "WorkerEngine"]

#: Seconds after which a render is given up and its worker killed.
_PATIENCE = 900.0
#: Seconds a worker has to leave by itself.
_GRACE = 3.0
_MEDIA = Path(__file__).resolve().parent
#: Starts the worker under its own name, but without running the packages above it: they load the
#: client and the server, which would make each worker slower to start and twice as big.
_BOOT = """
import sys, types
name, folders = "", sys.argv[2:]
for part, folder in zip(("heygen_async", ".sandbox", ".media"), folders):
    name += part
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [folder]
from heygen_async.sandbox.media.worker import main
main()
"""
_TAIL = 2000


class Engine(Protocol):
    """Makes files from specs."""

    def make(self, kind: str, spec: ClipSpec, target: Path) -> Speech | None:
        """Write the file, or return the speech; RenderError when it cannot be made."""
        ...

    def close(self) -> None:
        """Stop, also in the middle of a request; it then raises RenderError."""
        ...


class WorkerEngine:
    """A worker process, started with the first request and again after a crash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._lock = threading.Lock()
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process id of the worker, when one is running."""
        return None if self._process is None else self._process.pid

    def make(self, kind: str, spec: ClipSpec, target: Path) -> Speech | None:
        """Have the worker write the file.

        Raises:
            RenderError: The spec cannot be rendered, or the worker died over it.
        """
        process = self._running()
        timer = threading.Timer(_PATIENCE, process.kill)
        timer.daemon = True
        timer.start()
        try:
            data = _exchange(process, Request(kind, spec, str(target)))
        finally:
            timer.cancel()
        if data is None:
            raise RenderError(self._post_mortem(process))
        reply = msgspec.msgpack.decode(data, type=Reply)
        if reply.error is not None:
            raise RenderError(reply.error)
        return reply.speech

    def close(self) -> None:
        """Kill the worker; a request under way fails."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                _stop(self._process)
                self._bury(self._process)

    def _running(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise RenderError("the renderer is closed")
            if self._process is not None and self._process.poll() is not None:
                self._bury(self._process)
            if self._process is None:
                self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in _bury
                self._process = _start(self._folder, self._errors)
            return self._process

    def _post_mortem(self, process: subprocess.Popen[bytes]) -> str:
        with self._lock:
            if self._closed:
                return "the renderer was closed"
            process.kill()
            code = process.wait()
            said = self._last_words()
            self._bury(process)
        return f"the media worker ended (exit code {code})" + (f": {said}" if said else "")

    def _last_words(self) -> str:
        if self._errors is None:
            return ""
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - _TAIL))
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return " | ".join(lines[-3:])

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        process.wait()
        for stream in (process.stdin, process.stdout, self._errors):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._errors = None
        self._process = None


def _command(folder: Path) -> list[str]:
    packages = _MEDIA.parents[1], _MEDIA.parents[0], _MEDIA
    # -P: a module in the current folder must not stand in for one of ours.
    return [sys.executable, "-P", "-c", _BOOT, str(folder), *map(str, packages)]


def _start(folder: Path, errors: IO[bytes]) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(filter(None, (str(_MEDIA.parents[2]), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(  # noqa: S603 - our own module, no shell
        _command(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env={**os.environ, "PYTHONPATH": path},
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Close the worker's stdin, on which it leaves at once; kill it if it does not."""
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()


def _exchange(process: subprocess.Popen[bytes], request: Request) -> bytes | None:
    """The worker's answer, or None when it died."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        send(process.stdin, request)
        return receive(process.stdout)
    except (OSError, ValueError):  # ValueError: the pipe was closed under us
        return None
