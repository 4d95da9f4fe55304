"""A storage that throws bytes away: ``python -m benchmarks.sink [CERTIFICATE]``.

The sandbox writes every upload to its disk, which hides how fast a client could be. This stands in
for the three calls of a direct upload and does nothing with the bytes: one thread per connection
reads them into one buffer, so that the client is the slower side. With a certificate, a PEM file
with its key, it speaks TLS.
"""

import json
import socket
import ssl
import sys
import threading
from typing import Any, Final

from benchmarks.process import SERVER_CORE, pin

_BUFFER: Final = 1 << 20
_ASSET: Final = "asset_sink"


class _Connection:
    """One keep-alive connection, read by hand: the parser must cost nothing."""

    def __init__(self, sock: socket.socket, base: str) -> None:
        self._sock = sock
        self._base = base
        self._buffer = bytearray(_BUFFER)
        self._rest = b""

    def serve(self) -> None:
        """Answers until the other side closes."""
        with self._sock:
            while (request := self._request()) is not None:
                method, path, length = request
                self._swallow(length)
                self._answer({} if method == "PUT" else self._reply(path))

    def _request(self) -> tuple[str, str, int] | None:
        while b"\r\n\r\n" not in self._rest:
            more = self._sock.recv(1 << 16)
            if not more:
                return None
            self._rest += more
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ")
        length = 0
        for line in lines:
            name, _, value = line.partition(":")
            if name.lower() == "content-length":
                length = int(value)
        return method, path, length

    def _swallow(self, length: int) -> None:
        length -= len(self._rest)
        self._rest = b""
        view = memoryview(self._buffer)
        while length > 0:
            got = self._sock.recv_into(view[: min(length, _BUFFER)])
            if not got:
                raise ConnectionResetError
            length -= got

    def _reply(self, path: str) -> dict[str, Any]:
        if path.endswith("/direct-uploads"):
            return {
                "asset_id": _ASSET,
                "upload_url": f"{self._base}/_storage/uploads/{_ASSET}",
                "upload_headers": {"Content-Type": "application/zip"},
                "expires_in_seconds": 900,
                "max_bytes": 1 << 40,
                "status": "pending_upload",
            }
        return {
            "asset_id": _ASSET,
            "url": f"{self._base}/_storage/assets/{_ASSET}",
            "mime_type": "application/zip",
            "size_bytes": 1,
            "status": "processing",
        }

    def _answer(self, data: dict[str, Any]) -> None:
        body = json.dumps({"data": data}).encode()
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self._sock.sendall(head.encode() + body)


def _serve(sock: socket.socket, base: str, tls: ssl.SSLContext | None) -> None:
    try:
        if tls is not None:
            sock = tls.wrap_socket(sock, server_side=True)
        _Connection(sock, base).serve()
    except OSError:
        return


def main() -> None:
    tls: ssl.SSLContext | None = None
    if sys.argv[1:]:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(sys.argv[1])
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        base = f"{'https' if tls else 'http'}://127.0.0.1:{listener.getsockname()[1]}"
        print(f"ready: {base}", flush=True)
        while True:
            sock, _ = listener.accept()
            threading.Thread(target=_serve, args=(sock, base, tls), daemon=True).start()


if __name__ == "__main__":
    pin(SERVER_CORE)
    main()
