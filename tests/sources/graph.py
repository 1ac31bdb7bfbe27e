"""A server that speaks the part of Microsoft Graph that files need, as its pages describe it."""

import hashlib
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from urllib.parse import parse_qs, quote, unquote, urlsplit

import httpx


@dataclass
class Library:
    """Files and folders (None) by path, each with the id that it keeps; `deleted` is the bin."""

    items: dict = field(default_factory=lambda: {"": None})
    ids: dict = field(default_factory=lambda: {"": "i0"})
    numbers: count = field(default_factory=lambda: count(1))
    deleted: list = field(default_factory=list)

    def put(self, path, content):
        self.ids.setdefault(path, f"i{next(self.numbers)}")
        self.items[path] = content

    def path_of(self, said):
        """Return the path of `root`, `root:/a/b.xlsx:`, `items/ID` or `items/ID:/b.xlsx:`."""
        start, _, below = said.partition(":")
        id_ = start.removeprefix("items/")
        root = "" if start == "root" else {id_: path for path, id_ in self.ids.items()}[id_]
        return root + below.removesuffix(":")

    def item(self, path):
        content, (folder, _, name) = self.items[path], path.rpartition("/")
        parent = {"path": f"/drives/d1/root:{quote(folder)}"} if path else {}
        found = {"id": self.ids[path], "name": name or "root", "parentReference": parent}
        if content is None:
            return {**found, "folder": {"childCount": 1}}
        tag = hashlib.sha256(content).hexdigest()
        return {**found, "file": {"mimeType": "x/y"}, "size": len(content), "cTag": f'"c:{tag}"'}


class Graph(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are sent one by one

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.endswith("/token"):
            return self._send(200, {"access_token": "t", "token_type": "Bearer", "expires_in": 99})
        library, said = self.server.library, self._said().removesuffix("/children")
        path = f"{library.path_of(said)}/{json.loads(body)['name']}"
        if path in library.items:
            return self._send(409, {})
        library.put(path, None)
        return self._send(201, library.item(path))

    def do_PUT(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        library, path = self.server.library, self._said().removesuffix("/content")
        path = library.path_of(path)
        library.put(path, content)
        return self._send(200, library.item(path))

    def do_DELETE(self):
        library, path = self.server.library, self.server.library.path_of(self._said())
        library.deleted.append(library.items.pop(path))
        del library.ids[path]
        self._send(204, None)

    def do_GET(self):
        address, library = urlsplit(self.path), self.server.library
        if address.path == "/v1.0/sites":
            word = parse_qs(address.query)["search"][0]
            named = [f"{word} Archive", word]
            return self._send(200, {"value": [{"id": f"s-{n}", "name": n} for n in named]})
        if address.path.endswith("/drives"):
            assert unquote(address.path) == "/v1.0/sites/s-Finance/drives"
            return self._send(200, {"value": [{"id": "d1", "name": "Documents"}]})
        said = self._said()
        try:
            path = library.path_of(said.removesuffix("/children").removesuffix("/content"))
            item = library.item(path)
        except KeyError:
            return self._send(404, {})
        if said.endswith("/children"):
            inside = [one for one in library.items if one and one.rpartition("/")[0] == path]
            return self._send(200, {"value": [library.item(one) for one in inside]})
        return self._send(200, library.items[path] if said.endswith("/content") else item)

    def _said(self):
        return unquote(urlsplit(self.path).path).removeprefix("/v1.0/drives/d1/")

    def _send(self, status, said):
        body = (
            said if isinstance(said, bytes) else b"" if said is None else json.dumps(said).encode()
        )
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        """Say nothing."""


class ToHere(httpx.AsyncHTTPTransport):
    """Sends what is meant for Microsoft to a server of this machine."""

    def __init__(self, port):
        super().__init__()
        self.port = port

    async def handle_async_request(self, request):
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self.port)
        return await super().handle_async_request(request)


@contextmanager
def graph_server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Graph)
    server.daemon_threads, server.library = True, Library()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
