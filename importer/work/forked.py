"""Processes that begin at once: forked from one that has loaded already what they need.

That one is Python's forkserver, begun with the first of them. Where there is none (on Windows), a
process loads everything itself. A process has this one's environment and folder, a session of its
own, and writes what it has to say to a file, never to the outputs of this one.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Sequence
from importlib import import_module
from multiprocessing.connection import wait as wait_for
from tempfile import NamedTemporaryFile
from typing import Any

NEEDED = (
    "importer.jobs.child",
    "importer.sources.local",
    "importer.pipeline.resume",
    "importer.read.csv_sheet",
    "importer.read.encoding",
    "importer.read.package",
    "importer.read.plain_rows",
    "importer.read.sheet_xml",
    "importer.read.styles",
    "importer.read.workbook",
    "importer.read.xlsb",
    "importer.report.delimited",
    "importer.report.ooxml.write",
    "importer.report.standalone",
    "importer.report.value_copy",
    "importer.report.values",
    "importer.sandbox.server",
    "importer.targets.atlan.target",
    "importer.targets.atlas",
    "importer.targets.deadline",
    "importer.targets.retry",
    "importer.targets.trebellar.target",
    "importer.uploads.asked",
    "importer.uploads.checking",
    "importer.uploads.child",
    "importer.uploads.importing",
    "importer.uploads.matching",
    "importer.uploads.planning",
    "ctypes",
    "defusedxml.ElementTree",
    "getpass",
    "jsonschema_rs",
    "python_calamine",
    "re2",
    "requests",
    "requests_ratelimiter",
    "uvicorn.lifespan.off",
    "uvicorn.loops.asyncio",
    "uvicorn.loops.auto",
    "uvicorn.protocols.http.auto",
)
"""What is loaded before the first of them: named here, and imported by nothing of this package."""

MOST_SAID = 100_000
"""So many bytes of what a process said are read, its last ones."""

LOST = 255
"""The status of a process whose end nobody saw, for the forkserver itself has ended."""

LOOK = 0.1

_LOCK = threading.Lock()
"""Held while processes are begun and their ends are read: multiprocessing reads an end once."""


class ForkedProcess:
    """A process that calls a function of a module, begun at once."""

    said = b""
    """The end of what it wrote to its log, once it has ended."""

    def __init__(self, module: str, function: str, args: Sequence[Any]) -> None:
        self._log = NamedTemporaryFile(prefix="importer-")  # noqa: SIM115 - closed at its end
        self._read = 0
        self._rest = b""
        call = (module, function, tuple(args))
        given = (call, self._log.name, dict(os.environ), os.getcwd())
        with _LOCK:
            self._process = _context().Process(target=_begin, args=given)
            self._process.start()

    @property
    def status(self) -> int | None:
        """Return what it has ended with, None while it runs."""
        with _LOCK:
            ended: int | None = self._process.exitcode
        return ended

    @property
    def further(self) -> bytes:
        """Return the whole lines that it has written to its log since this was asked last."""
        with _LOCK:
            if self._log.closed:
                rest, self._rest = self._rest, b""
                return rest
            self._log.seek(self._read)
            lines, sign, _ = self._log.read().rpartition(b"\n")
        self._read += len(lines) + len(sign)
        return lines + sign

    def wait(self, seconds: float | None) -> bool:
        """Wait until it has ended, at most so many seconds; return whether it has."""
        wait_for([self._process.sentinel], seconds)
        status = self.status
        lost = status == LOST  # it may live on, without the forkserver
        ended = _gone(self._process.pid, seconds) if lost else status is not None
        if ended:
            self._read_log()
        return ended

    def _read_log(self) -> None:
        with _LOCK:
            if self._log.closed:  # another thread waited for it, too
                return
            size = self._log.seek(0, os.SEEK_END)
            self._log.seek(max(0, size - MOST_SAID))
            self.said = self._log.read()
            self._log.seek(max(self._read, size - MOST_SAID))
            self._rest = self._log.read()
            self._log.close()

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it."""
        self._process.kill()


def load_what_is_needed() -> None:
    """Begin the process that loads what the others need, so that the first need not wait."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing.forkserver import ensure_running

        with _LOCK:
            _context()
            ensure_running()


def _context() -> Any:
    """Return how processes are begun, with what they need loaded once."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(NEEDED))
    return context


def _begin(
    call: tuple[str, str, tuple[Any, ...]], log: str, environment: dict[str, str], folder: str
) -> None:
    """Call the function in the new process, which then has nothing of the one that began it."""
    module, function, args = call
    if hasattr(os, "setsid"):
        os.setsid()
    _say_into(log)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.exit(getattr(import_module(module), function)(*args))


def _say_into(log: str) -> None:
    """Send what is written to stdout nowhere, and to stderr into a file."""
    for file, mode, number in ((os.devnull, os.O_WRONLY, 1), (log, os.O_WRONLY | os.O_APPEND, 2)):
        opened = os.open(file, mode)
        os.dup2(opened, number)
        os.close(opened)


def _gone(process: int | None, seconds: float | None) -> bool:
    """Wait until there is no such process any more; return whether that is so."""
    late = time.monotonic() + seconds if seconds is not None else float("inf")
    while process and _lives(process):
        if time.monotonic() >= late:
            return False
        time.sleep(LOOK)
    return True


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
