"""How many rows a run has read of each of its files, and how many of them have errors."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from msgspec import Struct

from importer.journal.planned_rows import INVALID, SKIPPED, Plan
from importer.journal.run import Run
from importer.journal.store import Store


class ReadRows(Struct, frozen=True):
    """Rows of a run that are not left out on purpose, by file; `invalid` of all have errors."""

    of_files: Counter[str]
    invalid: int

    @property
    def total(self) -> int:
        """Return how many there are."""
        return self.of_files.total()


def read_rows(store: Store, run: Run) -> ReadRows:
    """Return how many rows a run with a plan has read."""
    of_files: Counter[str] = Counter({file.name: 0 for file in run.spec.files})
    invalid = 0
    for row in chain.from_iterable(Plan(store, run.name).rows()):
        if row.mark != SKIPPED:
            of_files[run.sheets[row.sheet].file] += 1
            invalid += row.mark == INVALID
    return ReadRows(of_files, invalid)
