"""A media host that costs nothing: ``python -m benchmarks.origin [CERTIFICATE KEY]``.

The sandbox reads and sends in the process that answers, which hides how fast a client could be.
Here the system itself sends the same few random megabytes again and again, one thread per
connection, so that the client is the slower side. The id of a video is its size in bytes.
"""

import json
import os
import socket
import ssl
import sys
import tempfile
import threading
from typing import IO, Final

from benchmarks.process import SERVER_CORE, pin

_BYTES: Final = 64 << 20
_PIECE: Final = 256 << 10


def _serve(sock: socket.socket, base: str, source: IO[bytes], tls: ssl.SSLContext | None) -> None:
    try:
        with sock if tls is None else tls.wrap_socket(sock, server_side=True) as line:
            rest = b""
            while True:
                while b"\r\n\r\n" not in rest:
                    more = line.recv(1 << 16)
                    if not more:
                        return
                    rest += more
                head, _, rest = rest.partition(b"\r\n\r\n")
                _answer(line, head.split(b" ", 2)[1].decode(), base, source)
    except OSError:
        return  # whoever asked is gone


def _answer(line: socket.socket, path: str, base: str, source: IO[bytes]) -> None:
    """The bytes under ``/files/SIZE``; the video everywhere else."""
    name = path.rpartition("/")[2]
    if path.startswith("/files/"):
        size = int(name)
        line.sendall(_head("video/mp4", size))
        _send(line, source, size)
        return
    video = {"id": name, "status": "completed", "video_url": f"{base}/files/{name}"}
    body = json.dumps({"data": video}).encode()
    line.sendall(_head("application/json", len(body)) + body)


def _head(kind: str, size: int) -> bytes:
    lines = f'HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\nETag: "{size}"'
    return f"{lines}\r\n\r\n".encode()


def _send(line: socket.socket, source: IO[bytes], size: int) -> None:
    sent = 0
    while sent < size:
        offset = sent % _BYTES
        count = min(size - sent, _BYTES - offset)
        if isinstance(line, ssl.SSLSocket):
            count = line.send(os.pread(source.fileno(), min(count, _PIECE), offset))
        else:
            count = os.sendfile(line.fileno(), source.fileno(), offset, count)
        sent += count


def main() -> None:
    tls = None
    if certificate := sys.argv[1:]:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(*certificate)
    with (
        tempfile.TemporaryFile(buffering=0) as source,
        socket.create_server(("127.0.0.1", 0), backlog=256) as listener,
    ):
        for _ in range(_BYTES >> 20):
            source.write(os.urandom(1 << 20))
        scheme = "http" if tls is None else "https"
        base = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
        print(f"ready: {base}", flush=True)
        while True:
            sock, _ = listener.accept()
            threading.Thread(target=_serve, args=(sock, base, source, tls), daemon=True).start()


if __name__ == "__main__":
    pin(SERVER_CORE)
    main()
