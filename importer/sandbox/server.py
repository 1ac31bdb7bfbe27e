"""Runs a sandbox on 127.0.0.1, in a thread or in the foreground."""

from __future__ import annotations

import asyncio
import shutil
import socket
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

import uvicorn

from importer.sandbox.app import RecordedRequest, application
from importer.sandbox.database import Database
from importer.sandbox.faults import Faults
from importer.sandbox.seed import Seed, put
from importer.sandbox.variants import USUAL, Variants

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

__all__ = ["RecordedRequest", "Sandbox", "serve", "start"]

HOST = "127.0.0.1"
_TICK = 0.1
"""Seconds between two looks for a signal."""


class _Server(uvicorn.Server):
    """A server whose event `accepts` is set once it accepts connections; `stop` ends it at once."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.accepts = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self.accepts.set()

    async def main_loop(self) -> None:
        """Run until the server is to end: by `stop`, or by a signal, which sets a flag."""
        counter = 0
        while not await self.on_tick(counter):
            counter += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), _TICK)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Finish the requests under way; uvicorn by itself pauses where there are none, too."""
        if self.server_state.tasks:
            await super().shutdown(sockets)
            return
        for listening in (*self.servers, *(sockets or ())):
            listening.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await asyncio.sleep(0)  # lets them close

    def stop(self) -> None:
        """End the server, from any thread; uvicorn by itself would notice at its next tick."""
        self.should_exit = True
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended already
                self._loop.call_soon_threadsafe(self._stopped.set)


class Sandbox:
    """A sandbox in a thread; close it, or use it as a context manager.

    `url` is `http://127.0.0.1:PORT`, `database` the file it writes, `requests` what it has received
    (empty unless `record`). Raises OSError where the port is taken.
    """

    def __init__(
        self,
        database: Path | None,
        port: int,
        *,
        record: bool,
        faults: Faults | None = None,
        variants: Variants = USUAL,
        assets: Sequence[Seed] = (),
    ) -> None:
        self._socket = _listening(port)
        self._folder = None if database else Path(tempfile.mkdtemp(prefix="sandbox-"))
        self.database: Path = database or Path(self._folder or "", "sandbox.db")
        self.requests: list[RecordedRequest] = []
        self.url = f"http://{HOST}:{self._socket.getsockname()[1]}"
        self._store = Database(self.database)
        put(self._store, assets)
        self._server = _server(self._store, self.requests if record else None, faults, variants)
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)

    def _run(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._server.accepts.set()  # a server that could not come up must not be waited for

    def open(self) -> Self:
        """Start the thread; return when connections are accepted."""
        self._thread.start()
        self._server.accepts.wait()
        return self

    def close(self) -> None:
        """Finish the requests under way, stop, and remove the database if it was temporary."""
        self._server.stop()
        self._thread.join()
        self._socket.close()
        self._store.close()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def start(
    database: Path | None = None,
    port: int = 0,
    *,
    record: bool = False,
    faults: Faults | None = None,
    variants: Variants = USUAL,
    assets: Sequence[Seed] = (),
) -> Sandbox:
    """Start a sandbox in a thread; see `importer.sandbox.start`."""
    made = Sandbox(database, port, record=record, faults=faults, variants=variants, assets=assets)
    return made.open()


def serve(database: Path, port: int) -> None:
    """Run a sandbox in the foreground; an interrupt ends it and is not an error."""
    store = Database(database)
    try:
        with _listening(port) as listening, suppress(KeyboardInterrupt):
            _server(store, None).run(sockets=[listening])
    finally:
        store.close()


def _listening(port: int) -> socket.socket:
    """Return a socket that names TCP: only then asyncio turns off Nagle's delays of 40 ms."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def _server(
    store: Database,
    requests: list[RecordedRequest] | None,
    faults: Faults | None = None,
    variants: Variants = USUAL,
) -> _Server:
    config = uvicorn.Config(
        application(store, requests, faults, variants),
        http=_protocol() if faults else "auto",
        log_level="error",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    return _Server(config)


def _protocol() -> type[asyncio.Protocol]:
    from importer.sandbox.fault_injector import Connection

    return Connection
