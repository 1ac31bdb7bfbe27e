"""Does the tasks of uploads, each in a process of its own, and says where one ended badly."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from importer.errors import JournalLost, QueueLost
from importer.journal.upload import BUSY, SENT, UploadState
from importer.journal.upload_hold import left_alone
from importer.journal.uploads import find_upload, move
from importer.uploads.retention import remove_expired
from importer.uploads.run_tasks import RUN_TASKS
from importer.uploads.settings import MEGABYTE
from importer.uploads.site import Site
from importer.uploads.turns import next_task, task_of
from importer.work import Queue, Task
from importer.work.child_process import ChildProcess, End

MOST_TRIES = 3
"""So often a task is begun before it is given up: what ends a process would do so again."""

LIMITED = frozenset({UploadState.CHECKING, UploadState.PLANNING})
"""The tasks that may last only so long; what is sent to a target takes its time."""

CHILD = "importer.uploads.child"

_LOG = logging.getLogger("importer.uploads")


class Children:
    """The performer of tasks of uploads; `config` is the settings file they are opened with."""

    def __init__(self, site: Site, queue: Queue, config: Path | None = None) -> None:
        self.site, self._queue, self._config = site, queue, config
        self._running: set[ChildProcess] = set()
        self._lock = threading.Lock()
        self._stopped = False

    @property
    def running(self) -> list[Task]:
        """Return the tasks whose processes run."""
        with self._lock:
            return [child.task for child in self._running]

    def perform(self, task: Task) -> None:
        """Let a process do a task, or one whose turn it is; a bad end, the upload says."""
        child = self._begun(task)
        if child is None:
            return
        try:
            self._follow(child)
        finally:
            with self._lock:
                self._running.discard(child)
        self._submit_what_waits(child.task)

    def each_minute(self) -> None:
        """Submit again what no process works on, and remove what was kept long enough."""
        for name, tries in left_alone(self.site.store):
            if tries < MOST_TRIES:
                self._queue.submit(task_of(self.site.upload(name).state.value, name))
            else:
                self._fail(name, f"It was begun {tries} times, and ended each time unexpectedly.")
        remove_expired(self.site)

    def stop(self) -> None:
        """Ask the processes to end, and end those that do not."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for child in running:
            child.ask_to_end()
        for child in running:
            child.stop()

    def _begun(self, asked: Task) -> ChildProcess | None:
        """Begin what has its turn; None where nothing waits, or this process is to end."""
        with self._lock:
            begun = {child.task.name for child in self._running}
            task = None if self._stopped else next_task(self.site, asked, begun)
            if task is None:
                return None
            child = ChildProcess(task, CHILD, self._given())
            self._running.add(child)
            return child

    def _follow(self, child: ChildProcess) -> None:
        task, minutes = child.task, self.site.settings.minutes
        seconds = minutes * 60 if task.kind in LIMITED else None
        end = child.follow(seconds, lambda: self._wanted(task))
        if end is End.LATE:
            most = f"{minutes:g} minutes"
            self._fail(task.name, f"It took longer than {most}, the most that one file may take.")
        elif child.status and end is not End.UNWANTED and not self._stopped:
            said = child.said.decode(errors="replace")
            fault = (task.kind, task.name, child.status, said)
            _LOG.error("task %s of %s ended with %s:\n%s", *fault)
            self._fail(task.name, self._why(child.said))

    def _wanted(self, task: Task) -> bool:
        """Whether a check or a plan was not cancelled; what is sent ends by itself."""
        if task.kind not in LIMITED:
            return True
        try:
            found = find_upload(self.site.store, task.name)
        except JournalLost:
            return True
        return found is not None and found[0].state.busy

    def _submit_what_waits(self, ended: Task) -> None:
        """Submit what was begun for an upload while its process was ending.

        It seemed to be under way then, so that its own task found nothing to do.
        """
        if ended.kind in RUN_TASKS or self._stopped:
            return
        with suppress(JournalLost, QueueLost):  # the look of each minute finds it
            found = find_upload(self.site.store, ended.name)
            if found is not None and found[0].state.busy:
                self._queue.submit(task_of(found[0].state.value, ended.name))

    def _given(self) -> dict[str, Any]:
        settings = self.site.session.settings
        return {
            "config": str(self._config) if self._config else None,
            "allow_http": settings.allow_http,
            "settings": self.site.settings.as_json(),
        }

    def _why(self, said: bytes) -> str:
        if b"MemoryError" in said:
            most = self.site.settings.memory // MEGABYTE
            return f"It needs more than {most:,} MB of memory, the most that one file may have."
        return "It ended unexpectedly. That is a fault of importer's; its log says more."

    def _fail(self, name: str, why: str) -> None:
        """Note that a task has ended badly; what was sent of an import is sent, and it can go on.

        Of a run without an upload the journal says that it is interrupted.
        """
        move(self.site.store, name, SENT, UploadState.STOPPED, why=why)
        move(self.site.store, name, BUSY, UploadState.FAILED, why=why)
