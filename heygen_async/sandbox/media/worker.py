"""The worker process; `python -m heygen_async.sandbox.media.worker FOLDER` starts one by hand.

It reads requests on stdin, answers on stdout, and ends at once when stdin closes, so that it never
outlives the process that started it. Pillow, PyAV and the speech library are imported here only.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from pathlib import Path
from typing import IO

import msgspec

from . import espeak
from .errors import RenderError
from .protocol import Reply, Request, receive, send
from .studio import Studio

__all__ = ["main"]

_requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()


def _listen(stream: IO[bytes]) -> None:
    while (data := receive(stream)) is not None:
        _requests.put(data)
    espeak.forget_links()
    os._exit(0)  # also in the middle of a render: nobody waits for it


def _quiet() -> IO[bytes]:
    """Keep stdout for the protocol: whatever a library prints goes to stderr."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    import av.logging  # noqa: PLC0415 - only once stdout is out of its reach

    av.logging.set_level(av.logging.PANIC)
    return out


def _answer(studio: Studio, data: bytes) -> Reply:
    try:
        request = msgspec.msgpack.decode(data, type=Request)
        speech = studio.make(request.kind, request.spec, Path(request.target))
    except RenderError as error:
        return Reply(error=str(error))
    except Exception as error:  # noqa: BLE001 - one bad spec must not end the worker
        return Reply(error=f"{type(error).__name__}: {error}")
    return Reply(speech=speech)


def main() -> None:
    """Serve until stdin closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to act on
    out = _quiet()
    studio = Studio(Path(sys.argv[1]))
    threading.Thread(target=_listen, args=(sys.stdin.buffer,), daemon=True).start()
    while True:
        send(out, _answer(studio, _requests.get()))


if __name__ == "__main__":
    main()
