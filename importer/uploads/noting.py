"""Notes in the journal what a task does, often enough for a page and no more often."""

from __future__ import annotations

import time
from collections.abc import Callable

from msgspec.structs import replace

from importer.journal.upload import Step
from importer.journal.upload_hold import Hold

INTERVAL = 0.5
"""Seconds between two notes of one stage."""


class Noting:
    """Progress that everybody can see; `stopped` says whether the process is to end."""

    def __init__(self, hold: Hold, stopped: Callable[[], bool] = lambda: False) -> None:
        self._hold, self._stopped = hold, stopped
        self._step = Step("", 0, None, time.time())
        self._noted = 0.0

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage."""
        self._step = Step(name, 0, total, time.time())
        self._note()

    def advance(self, count: int) -> None:
        """Note that so many more are done."""
        self._step = replace(self._step, done=self._step.done + count)
        if time.time() - self._noted >= INTERVAL:
            self._note()

    def report(self, words: str) -> None:
        """Show a sentence in the place of the stage."""
        self.stage(words, None)

    def between_batches(self) -> None:
        """Raise KeyboardInterrupt where the process is to end."""
        if self._stopped():
            raise KeyboardInterrupt

    def _note(self) -> None:
        self._noted = time.time()
        self._hold.note(self._step)
