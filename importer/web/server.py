"""Serves the page: one process, or several that share a socket; all they know is in the journal."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from multiprocessing import connection, parent_process
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from msgspec import Struct
from starlette.types import ASGIApp
from uvicorn.config import LOGGING_CONFIG
from uvicorn.supervisors import Multiprocess

from importer import log
from importer.errors import UsageError
from importer.jobs.performer import KIND, JobPerformer
from importer.jobs.site import JobSite
from importer.session import open_session
from importer.uploads.settings import UploadSettings
from importer.uploads.uploads import Uploads
from importer.web.app import application
from importer.web.site import Serving, Site
from importer.work import open_queue
from importer.work.dispatch import Dispatch
from importer.work.forked import load_what_is_needed

GRACE = 10
"""Seconds that requests under way have when the server ends."""

PATIENCE = 60
"""Seconds after which a process that serves the page and does not answer is begun anew."""


class Certificate(Struct, frozen=True):
    """The files of a certificate, with those that vouch for it, and of its key."""

    chain: Path
    key: Path

    def check(self) -> None:
        """Raise UsageError where the files cannot be used."""
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(
                self.chain, self.key, password=""
            )
        except (OSError, ssl.SSLError) as error:
            reason = error.strerror or str(error)
            raise UsageError(
                f"The certificate {self.chain} cannot be used with the key {self.key} ({reason}). "
                "Both are PEM files, the key without a passphrase."
            ) from None


class Factory(Struct, frozen=True):
    """Makes the application in each process that serves it."""

    config: Path | None
    serving: Serving
    log_as_json: bool = False

    def __call__(self) -> ASGIApp:
        """Return the application; it closes what it has opened when it ends."""
        opened = ExitStack()
        if self.log_as_json and parent_process() is not None:
            opened.enter_context(log.as_json())
        site = opened.enter_context(open_site(self.config, self.serving))

        @asynccontextmanager
        async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
            _end_with_parent()
            with opened:
                yield

        return application(site, lifespan)


@contextmanager
def open_site(config: Path | None, serving: Serving) -> Iterator[Site]:
    """Open the journal and what pages work with; close it in the end. Raises UsageError.

    The tasks of uploads and jobs are done as long as it is open.
    """
    with open_session(config) as session:
        settings = UploadSettings.of(session.settings)
        queue = open_queue(settings.queue)
        uploads = Uploads(session, queue, settings, config)
        load_what_is_needed()
        jobs = JobPerformer(JobSite(session), queue, config)
        with queue.embedded(Dispatch({KIND: jobs}, uploads.performer)):
            yield Site(session, serving, uploads)


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that accepts connections. Raises UsageError where that cannot be."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        made = socket.socket(family, kind, protocol)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(128)
        made.set_inheritable(True)
    except OSError as error:
        raise UsageError(
            f"The page cannot be served at {host}, port {port} ({error.strerror}). Name another "
            "port with --port; 0 picks a free one."
        ) from None
    return made


def serve(
    factory: Factory, listens: socket.socket, certificate: Certificate | None, workers: int
) -> None:
    """Serve until a signal comes; requests under way are finished."""
    config = uvicorn.Config(
        factory,
        factory=True,
        workers=workers,
        lifespan="on",
        log_config=None if factory.log_as_json else LOGGING_CONFIG,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=GRACE,
        timeout_worker_healthcheck=PATIENCE,
        ssl_certfile=certificate.chain if certificate else None,
        ssl_keyfile=certificate.key if certificate else None,
    )
    if workers > 1:
        Multiprocess(config, [listens]).run()
    else:
        uvicorn.Server(config).run([listens])


def _end_with_parent() -> None:
    """End this process when the one that has started it is gone: nobody else would end it."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="end with parent", daemon=True).start()
