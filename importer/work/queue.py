"""The port of a queue: what it takes, and who does it; the engine behind it stands elsewhere.

A task carries names only. Whoever does it reads from the journal what there is to do, so that a
task that is lost or comes twice does no harm.
"""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import Protocol

from msgspec import Struct


class Line(StrEnum):
    """Where a task waits: each line has workers of its own, so that none holds up the other."""

    READ = "importer"
    SEND = "importer-send"


class Task(Struct, frozen=True):
    """Something to do: what (`kind`, one of few words), and with which upload or run."""

    kind: str
    name: str
    line: Line = Line.READ


class Performer(Protocol):
    """Does tasks; called from several threads at once."""

    def perform(self, task: Task) -> None:
        """Do a task, and return when it is done or given up."""
        ...

    def each_minute(self) -> None:
        """Look for what was lost or has to be done by the clock; called at the start too."""
        ...

    def stop(self) -> None:
        """Let what is being done end soon: the process is about to end."""
        ...


class Queue(Protocol):
    """Hands tasks to workers, whichever process they are in."""

    def submit(self, task: Task, not_before: dt.datetime | None = None) -> None:
        """Let a worker do a task, at once or not before a time. Raises QueueLost."""
        ...

    def waiting(self) -> int:
        """Return how many tasks wait to be done. Raises QueueLost."""
        ...

    def close(self) -> None:
        """Give the connections back."""
        ...

    def run_worker(self, performer: Performer, threads: int) -> None:
        """Do tasks, so many at once, of each line until KeyboardInterrupt."""
        ...

    def embedded(self, performer: Performer, threads: int = 2) -> AbstractContextManager[None]:
        """Do tasks in threads of this process, so many for each line, while the block lasts."""
        ...


def open_queue(address: str) -> Queue:
    """Return the queue at an address: an SQLite file, PostgreSQL or Redis. Raises UsageError.

    What does not exist yet is made; a file for its owner only.
    """
    from importer.work.huey_queue import HueyQueue

    return HueyQueue(address)
