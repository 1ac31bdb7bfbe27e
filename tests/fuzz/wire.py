"""A server that stands before a sandbox; it writes raw bytes, since what it says may be no HTTP.

It keeps its port from case to case, because a journal knows a target by its address.
"""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as the sandbox gave it: its status, its headers and its body."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)

    def as_bytes(self) -> bytes:
        """Return the answer as HTTP writes it."""
        length = ("Content-Length", str(len(self.body)))
        lines = [f"HTTP/1.1 {self.status} X", *map(": ".join, (*self.headers, length)), "", ""]
        return "\r\n".join(lines).encode("latin-1", "replace") + self.body


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its method, its path with the query, its body and its headers."""

    method: str
    path: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def writes(self) -> bool:
        """Whether it changes something."""
        return self.method in {"PUT", "DELETE"} or ("/bulk" in self.path and self.method == "POST")


Forward = Callable[[], Answer]
Answering = Callable[[Asked, Forward, IO[bytes]], bool]
"""Answers a request into the connection, and says whether the connection may be used again."""


def plainly(_asked: Asked, forward: Forward, out: IO[bytes]) -> bool:
    """Answer what the sandbox answers."""
    out.write(forward().as_bytes())
    return True


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Keep silent: the other side may break off."""


@dataclass
class SpoiltServer:
    """The server; within `before` it forwards requests to a sandbox, and answers in its own way."""

    sandbox: str = ""
    answering: Answering = plainly
    _server: _Server = field(init=False)

    def __post_init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        """The address, the same for all cases."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @contextmanager
    def before(self, sandbox: str, answering: Answering = plainly) -> Iterator[None]:
        """Stand before this sandbox for one case."""
        self.sandbox, self.answering = sandbox, answering
        try:
            yield
        finally:
            self.sandbox, self.answering = "", plainly

    def close(self) -> None:
        """Stop it."""
        self._server.shutdown()
        self._server.server_close()


def _handler(server: SpoiltServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # headers and body are sent one by one
        timeout = 20

        def answer(self) -> None:
            """Hand the request on; a broken connection is what is tried here."""
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(self.command, self.path, body, tuple(self.headers.items()))
            sandbox = server.sandbox
            self.close_connection = True
            with suppress(OSError):
                kept = server.answering(asked, lambda: forwarded(sandbox, asked), self.wfile)
                self.close_connection = not kept

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - the names are http.server's

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep silent."""

    return Handler


def forwarded(server: str, asked: Asked) -> Answer:
    """Return a server's own answer. Raises OSError where there is no server any more."""
    if not server:
        raise ConnectionError("the case is over")
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=20)
    try:
        kept = {name: text for name, text in asked.headers if name.lower() not in HOP}
        connection.request(asked.method, asked.path, asked.body or None, kept)
        response = connection.getresponse()
        headers = [one for one in response.getheaders() if one[0].lower() not in HOP]
        return Answer(response.status, response.read(), tuple(headers))
    finally:
        connection.close()


HOP = {"host", "content-length", "accept-encoding", "connection", "transfer-encoding"}
"""The headers that belong to one connection."""
