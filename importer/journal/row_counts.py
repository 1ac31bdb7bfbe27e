"""How many rows a run has read of each of its files, and how many of them have errors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from importer.journal.journal import SKIPPED
from importer.journal.run import Run
from importer.journal.store import Store
from importer.journal.tables import ROWS, THIS_RUN

_COUNTED = (
    select(ROWS.c.sheet, ROWS.c.valid, func.count())
    .where(ROWS.c.run == THIS_RUN, ROWS.c.valid != SKIPPED)
    .group_by(ROWS.c.sheet, ROWS.c.valid)
)


@dataclass(frozen=True, slots=True)
class ReadRows:
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
    with store.reading() as connection:
        for sheet, valid, number in connection.execute(_COUNTED, {"this_run": run.name}):
            of_files[run.sheets[sheet].file] += number
            invalid += 0 if valid else number
    return ReadRows(of_files, invalid)
