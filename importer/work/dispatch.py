"""Several performers as one: each does the tasks of its kinds, and what it does each minute."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from importer.work.minutes import look
from importer.work.queue import Performer, Task


class Dispatch(Struct, frozen=True):
    """Hands a task to the performer of its kind, any other kind to the one for the rest."""

    of_kind: Mapping[str, Performer]
    rest: Performer

    def perform(self, task: Task) -> None:
        """Let the performer of its kind do a task."""
        self.of_kind.get(task.kind, self.rest).perform(task)

    def each_minute(self) -> None:
        """Let each do what it does each minute, whatever goes wrong with another."""
        for performer in (*self.of_kind.values(), self.rest):
            look(performer)

    def stop(self) -> None:
        """Let each end what it does."""
        for performer in (*self.of_kind.values(), self.rest):
            performer.stop()
