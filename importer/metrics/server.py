"""The metrics of a worker, over HTTP and for this machine only, beside what it works on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from importer.errors import ImporterError, UsageError
from importer.journal.figures import is_current
from importer.journal.store import Store
from importer.metrics.exposition import CONTENT_TYPE
from importer.metrics.page import metrics_page

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
"""How it is called: a name of somebody else's that leads here would make it a page of theirs."""

_LOG = logging.getLogger("importer.metrics")

PLAIN = "text/plain; charset=utf-8"
LONGEST = 10
"""Seconds that a request may take to come."""


@contextmanager
def serving_metrics(store: Store, port: int) -> Iterator[str]:
    """Answer `/metrics`, `/healthz` and `/readyz` while the block lasts; yields the address.

    Raises UsageError where the port is taken.
    """
    try:
        server = _Server((HOST, port), _handler(store))
    except OSError as error:
        raise UsageError(
            f"Metrics cannot be served at port {port} ({error.strerror}). Name another one."
        ) from None
    thread = threading.Thread(target=server.serve_forever, daemon=True, name="metrics")
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/metrics"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(store: Store, path: str) -> tuple[int, str, str]:
    """Return status, type and text of the answer to a path."""
    if path == "/healthz":
        return 200, PLAIN, "ok\n"
    if path not in ("/readyz", "/metrics"):
        return 404, PLAIN, "There is nothing here.\n"
    try:
        if path == "/metrics":
            return 200, CONTENT_TYPE, metrics_page(store)
        return (200, PLAIN, "ready\n") if is_current(store) else (503, PLAIN, "not ready\n")
    except ImporterError:
        return 503, PLAIN, "not ready\n"
    except Exception:  # whoever asks gets an answer, and the log says why it is none
        _LOG.exception("%s could not be answered", path)
        return 500, PLAIN, "This failed; the log of the worker says more.\n"


class _Server(ThreadingHTTPServer):
    """A server whose log is ours: clients that go away are no news."""

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
        """Note that a request came to nothing."""
        _LOG.debug("a request for metrics came to nothing", exc_info=True)


def _handler(store: Store) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = LONGEST

        def do_GET(self) -> None:
            """Answer."""
            if self.headers.get("Host", "").rpartition(":")[0] not in NAMES:
                self.send_error(421)
                return
            status, kind, text = answer(store, self.path.partition("?")[0])
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    return Handler
