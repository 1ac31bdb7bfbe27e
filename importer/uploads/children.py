"""Does the tasks of uploads, each in a process of its own, and says where one ended badly."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from pathlib import Path

from importer.journal.upload import BUSY, SENT, UploadState
from importer.journal.upload_hold import left_alone
from importer.journal.uploads import move
from importer.uploads.retention import remove_expired
from importer.uploads.settings import MEGABYTE
from importer.uploads.site import Site
from importer.work import Queue, Task

MOST_TRIES = 3
"""So often a task is begun before it is given up: what ends a process would do so again."""

LIMITED = frozenset({UploadState.CHECKING, UploadState.PLANNING})
"""The tasks that may last only so long; what is sent to a target takes its time."""

STOPPING = 20.0
"""Seconds that a process has to end by itself."""

_LOG = logging.getLogger("importer.uploads")


class Children:
    """The performer of tasks of uploads; `config` is the settings file they are opened with."""

    def __init__(self, site: Site, queue: Queue, config: Path | None = None) -> None:
        self._site, self._queue, self._config = site, queue, config
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def perform(self, task: Task) -> None:
        """Let a process do a task; where it ends badly, the upload says so."""
        with self._lock:
            if self._stopped:
                return
            child = self._started(task)
            self._running.add(child)
        try:
            self._ended(task, child)
        finally:
            with self._lock:
                self._running.discard(child)

    def each_minute(self) -> None:
        """Submit again what no process works on, and remove what was kept long enough."""
        for name, tries in left_alone(self._site.store):
            if tries < MOST_TRIES:
                self._queue.submit(Task(self._site.upload(name).state.value, name))
            else:
                self._fail(name, f"It was begun {tries} times, and ended each time unexpectedly.")
        remove_expired(self._site)

    def stop(self) -> None:
        """Ask the processes to end, and end those that do not."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for child in running:
            child.terminate()
        for child in running:
            try:
                child.wait(STOPPING)
            except subprocess.TimeoutExpired:
                child.kill()

    def _started(self, task: Task) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "importer.uploads.child", task.kind, task.name]
        return subprocess.Popen(  # noqa: S603 - our own module, and names of ours
            command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )

    def _ended(self, task: Task, child: subprocess.Popen[bytes]) -> None:
        settings = self._site.settings
        seconds = settings.minutes * 60 if task.kind in LIMITED else None
        try:
            _, said = child.communicate(self._given(), seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            minutes = f"{settings.minutes:g} minutes"
            self._fail(
                task.name, f"It took longer than {minutes}, the most that one file may take."
            )
            return
        if child.returncode and not self._stopped:
            _LOG.error("task %s of %s ended with %s:\n%s", *self._fault(task, child, said))
            self._fail(task.name, self._why(said))

    def _given(self) -> bytes:
        settings = self._site.session.settings
        given = {
            "config": str(self._config) if self._config else None,
            "allow_http": settings.allow_http,
            "settings": self._site.settings.as_json(),
        }
        return json.dumps(given).encode()

    @staticmethod
    def _fault(task: Task, child: subprocess.Popen[bytes], said: bytes) -> tuple[object, ...]:
        return task.kind, task.name, child.returncode, said.decode(errors="replace")

    def _why(self, said: bytes) -> str:
        if b"MemoryError" in said:
            most = self._site.settings.memory // MEGABYTE
            return f"It needs more than {most:,} MB of memory, the most that one file may have."
        return "It ended unexpectedly. That is a fault of importer's; its log says more."

    def _fail(self, name: str, why: str) -> None:
        """Note that a task has ended badly; what was sent of an import is sent, and it can go on.

        Of a run without an upload the journal says that it is interrupted.
        """
        move(self._site.store, name, SENT, UploadState.STOPPED, why=why)
        move(self._site.store, name, BUSY, UploadState.FAILED, why=why)
