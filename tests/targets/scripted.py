"""A loopback server that gives scripted answers in turn, to test what targets make of them."""

import json
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat

HTML = "<html><body>Bad gateway</body></html>"


@dataclass(frozen=True)
class Says:
    """An answer; `cut` promises more than is sent, `dropped` sends nothing at all.

    `before` is sent ahead of its status line; `endless` repeats the body for ever.
    """

    status: int = 200
    body: object = ""
    headers: dict = field(default_factory=dict)
    cut: bool = False
    dropped: bool = False
    before: bytes = b""
    endless: bool = False

    @property
    def content(self):
        if isinstance(self.body, bytes):
            return self.body
        text = self.body if isinstance(self.body, str) else json.dumps(self.body)
        return text.encode()

    @property
    def all_headers(self):
        length = {"Content-Length": str(len(self.content) + 100 * self.cut)}
        return {**({} if self.endless else length), **self.headers}

    @property
    def parts(self):
        return repeat(self.content) if self.endless else [self.content]


DROPPED = Says(dropped=True)


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, *_):
        """Say nothing: clients go away in the middle."""


class Scripted:
    """A server that records requests and repeats its last answer at the end of the list.

    `credentials` are the Authorization headers of the requests.
    """

    def __init__(self):
        self.answers = [Says()]
        self.requests = []
        self.credentials = []
        self._server = _Quiet(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def will_say(self, *answers):
        self.answers = list(answers)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def next_answer(self):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def _handler(script):  # noqa: N805 - `self` is the handler below
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # headers and body are sent one by one

            def _any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                script.requests.append((self.command, self.path, body.decode()))
                script.credentials.append(self.headers.get("Authorization"))
                self._give(script.next_answer())

            def _give(self, answer):
                self.close_connection = answer.dropped or answer.cut or answer.endless
                if answer.dropped:
                    return
                with suppress(OSError):  # the client has heard enough
                    self._say(answer)

            def _say(self, answer):
                self.wfile.write(answer.before)
                self.send_response(answer.status)
                for name, value in answer.all_headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for part in answer.parts:
                    self.wfile.write(part)

            do_GET = do_POST = do_DELETE = _any  # noqa: N815 - the names are http.server's

            def log_message(self, *_):
                """Say nothing."""

        return Handler
