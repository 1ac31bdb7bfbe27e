"""A process that does one task: followed until it ends, or ended when it is late or not wanted."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from importer import log
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


@dataclass(eq=False)
class ChildProcess:
    """A process of its own for a task, begun at once; `said` is what it wrote to its log.

    `module` is what runs in it, with kind and name of the task on its command line.
    """

    module: str
    task: Task
    said: bytes = b""
    _process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        command = [sys.executable, "-m", self.module, self.task.kind, self.task.name]
        self._process = subprocess.Popen(  # noqa: S603 - our own module, and names of ours
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,  # that of a server would stay open after it
            stderr=subprocess.PIPE,
            start_new_session=True,
            pass_fds=log.descriptors(),
            env=log.environment(),
        )

    @property
    def status(self) -> int:
        """Return what it has ended with."""
        return self._process.returncode

    def follow(self, given: bytes, seconds: float | None, wanted: Callable[[], bool]) -> End:
        """Hand it what it is given, and wait until it has ended."""
        late = time.monotonic() + seconds if seconds is not None else float("inf")
        rest: bytes | None = given
        while True:
            try:
                wait = min(LOOK, max(0.0, late - time.monotonic()))
                _, self.said = self._process.communicate(rest, wait)
            except subprocess.TimeoutExpired:
                rest = None
            else:
                return End.ITSELF
            if time.monotonic() >= late:
                self._process.kill()
                return self._ended(End.LATE)
            if not wanted():
                self.stop()
                return self._ended(End.UNWANTED)

    def ask_to_end(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def stop(self) -> None:
        """Ask it to end, and end it where it does not."""
        self._process.terminate()
        try:
            self._process.wait(STOPPING)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _ended(self, how: End) -> End:
        _, self.said = self._process.communicate()
        return how
