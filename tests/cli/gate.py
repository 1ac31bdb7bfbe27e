"""A server in front of the sandbox that can hold back bulk requests."""

import contextlib
import itertools
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

PASSED_ON = ("Authorization", "X-Trebellar-Api-Key", "Content-Type")


class Gate:
    """`reached` is set when a bulk request has come; it is passed on when `opened` is set.

    `passed` is set when the system behind has answered one. The first `free` are not held back.
    """

    def __init__(self, url, free=0):
        self.reached, self.opened, self.passed = (threading.Event() for _ in range(3))
        self._come, self._under_way, self._answered = itertools.count(), 0, threading.Condition()
        self._free = free
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(url))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.opened.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def settle(self):
        """Wait until every bulk request that has come is answered by the system behind."""
        with self._answered:
            self._answered.wait_for(lambda: not self._under_way)

    @contextlib.contextmanager
    def _bulk(self):
        """Hold a bulk request back that is not one of the first; count it until its answer."""
        with self._answered:
            self._under_way += 1
        if next(self._come) >= self._free:
            self.reached.set()
            self.opened.wait()
        try:
            yield
        finally:
            with self._answered:
                self._under_way -= 1
                self._answered.notify_all()

    def _handler(gate, url):  # noqa: N805 - `self` is the handler below
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # headers and body are sent one by one

            def _any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if self.command == "POST" and "/bulk" in self.path:
                    with gate._bulk():
                        self._answer(body)
                else:
                    self._answer(body)

            def _answer(self, body):
                headers = {name: self.headers[name] for name in PASSED_ON if self.headers[name]}
                request = Request(url + self.path, body or None, headers, method=self.command)
                with urlopen(request) as answer:
                    content = answer.read()
                if "/bulk" in self.path:
                    gate.passed.set()
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                with contextlib.suppress(ConnectionError):  # who asked may be gone
                    self.wfile.write(content)

            do_GET = do_POST = _any  # noqa: N815 - the names are http.server's

            def log_message(self, *_):
                """Say nothing."""

        return Handler
