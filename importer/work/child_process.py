"""A process that does one task: followed until it ends, or ended when it is late or not wanted."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Any

from importer import log
from importer.work.forked import ForkedProcess
from importer.work.queue import Task

STOPPING = 20.0
"""Seconds that a process has to end by itself."""

LOOK = 0.5
"""Seconds between two looks whether a process is still wanted."""


class End(Enum):
    """How a process has ended: by itself, because it was late, or because nobody wants it."""

    ITSELF = auto()
    LATE = auto()
    UNWANTED = auto()


class ChildProcess:
    """A process of its own for a task, begun at once.

    It calls `work(kind, name, given)` of `module`, which returns its exit status.
    """

    def __init__(self, task: Task, module: str, given: Mapping[str, Any]) -> None:
        self.task = task
        self._process = ForkedProcess(module, "work", (task.kind, task.name, given))

    @property
    def status(self) -> int:
        """Return what it has ended with."""
        return self._process.status or 0

    @property
    def said(self) -> bytes:
        """Return the end of what it wrote to its log."""
        return self._process.said

    def follow(self, seconds: float | None, wanted: Callable[[], bool]) -> End:
        """Wait until it has ended."""
        late = time.monotonic() + seconds if seconds is not None else float("inf")
        while not self._process.wait(min(LOOK, max(0.0, late - time.monotonic()))):
            log.pass_on(self._process.further)
            if time.monotonic() >= late:
                self._process.kill()
                return self._ended(End.LATE)
            if not wanted():
                self.stop()
                return self._ended(End.UNWANTED)
        return self._ended(End.ITSELF)

    def ask_to_end(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def stop(self) -> None:
        """Ask it to end, and end it where it does not."""
        self._process.terminate()
        if not self._process.wait(STOPPING):
            self._process.kill()

    def _ended(self, how: End) -> End:
        self._process.wait(None)
        log.pass_on(self._process.further)
        return how
