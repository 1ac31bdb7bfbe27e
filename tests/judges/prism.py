"""Judges bodies for Trebellar by its OpenAPI document, with Prism as a proxy before the sandbox."""

import json
import os
import shutil
import socket
import subprocess
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from tests.fuzz.wire import Asked, forwarded, plainly

VERSION = "5.14.2"
BULK = "/api/v2/assets/bulk"
SECONDS = 60
VIOLATIONS = "sl-violations"
"""The header in which Prism lists what is wrong about a request or its answer."""
WRONG = [
    {},
    {"operations": {}},
    {"operations": [{"type": "add"}]},
    {"operations": [{"type": "add", "asset": {"type": "NO SUCH TYPE", "label": "x"}}]},
]


class Prism:
    """Sends each bulk request through Prism, which sends it on to the sandbox."""

    name, system = "Prism", "trebellar"

    def __init__(self, openapi):
        self.requests = self.parts = 0
        self.refused = []
        self._openapi = openapi
        self._url = ""
        self._process = None

    @property
    def missing(self):
        """Why it cannot judge, nothing where it can."""
        if not self._openapi or not self._openapi.is_file():
            return f"there is no OpenAPI document {self._openapi or '(--openapi FILE)'}"
        return "" if program() else f"npm is missing, or cannot install Prism {VERSION}"

    def begin(self, sandbox):
        """Start Prism before a sandbox. Raises AssertionError where it would accept anything."""
        port = _free_port()
        words = [program(), "proxy", self._openapi.resolve(), sandbox, "-p", str(port)]
        self._process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        self._url = f"http://127.0.0.1:{port}"
        _wait_for(port)
        for body in WRONG:
            asked = Asked("POST", BULK, json.dumps(body).encode(), HEADERS)
            assert violations(forwarded(self._url, asked)), body

    def __call__(self, asked, forward, out):
        """Judge a request on its way to the sandbox."""
        if asked.path != BULK:
            return plainly(asked, forward, out)
        answer = forwarded(self._url, asked)
        self.requests += 1
        self.parts += len(json.loads(asked.body)["operations"])
        self.refused += map(json.dumps, violations(answer))
        out.write(answer.as_bytes())
        return True

    def close(self):
        """Stop Prism."""
        if self._process:
            self._process.terminate()
            self._process.wait()


HEADERS = (("Content-Type", "application/json"), ("X-Trebellar-Api-Key", "a-key"))


def violations(answer):
    """Return what Prism has found wrong about a request or its answer."""
    found = dict(answer.headers).get(VIOLATIONS, "[]")
    return json.loads(found)


@cache
def program():
    """Return Prism's program, installed from npm where it is not there yet; "" where it cannot."""
    cached = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cached / "importer-judges" / f"prism-{VERSION}"
    found = folder / "node_modules" / ".bin" / "prism"
    if not found.exists() and (npm := shutil.which("npm")):
        folder.mkdir(parents=True, exist_ok=True)
        words = ("install", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder))
        subprocess.run([npm, *words, f"@stoplight/prism-cli@{VERSION}"], check=False)
    return str(found) if found.exists() else ""


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(port):
    """Wait until a server accepts connections. Raises TimeoutError."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"Prism does not listen after {SECONDS} s")
