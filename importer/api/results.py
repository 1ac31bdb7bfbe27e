"""What a check and a plan return: frozen, with DataFrames made when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from importer.api import tables
from importer.api.html import Shown, block
from importer.api.places import Places

if TYPE_CHECKING:
    import pandas as pd

    from importer.model import Finding
    from importer.pipeline.results import PlannedRow
    from importer.pipeline.saved_plan import SavedPlan

_NO_PLACES = Places()


@dataclass(frozen=True)
class CheckResult:
    """What `check` found: nothing was sent.

    `rows` counts the rows that were read, `valid`, `invalid` and `skipped` (left out on purpose)
    what became of them. `ok` says that no finding is an error. `report` are the reports that were
    written, `why` says what kept one out of its file.
    """

    ok: bool
    template: str
    rows: int
    valid: int
    invalid: int
    skipped: int
    report: tuple[Path, ...] = ()
    why: str = ""
    _found: tuple[Finding, ...] = field(default=(), repr=False)
    _places: Places = field(default=_NO_PLACES, repr=False)

    @cached_property
    def findings(self) -> pd.DataFrame:
        """The findings, in the order of the rows.

        Columns: file, sheet, row, index, column (its heading), cell, value, code, severity (error,
        warning or info), message, suggestion, more_rows (rows that it holds for besides).
        """
        return tables.frame_of(tables.FINDINGS, self._records())

    def _records(self) -> Iterator[tables.Record]:
        return tables.finding_records(self._found, self._places)

    def _repr_html_(self) -> str:
        counts = {"valid": self.valid, "invalid": self.invalid, "skipped": self.skipped}
        shown = Shown.of("findings", tables.FINDINGS, self._records(), len(self._found))
        title = f"Checked by {self.template}: {self.rows:,} rows"
        return block(title, _some(counts), [self.why], shown)


@dataclass(frozen=True)
class Plan:
    """What a run would do, or an undo: nothing was sent.

    `counts` are rows by action (create, update, move, delete, unchanged), and those that would not
    be sent (invalid, blocked, held). `ok` says that every row can be sent. `held_for` says why the
    guard holds rows. Give it to `run(..., plan=...)`: exactly this is sent, or nothing.
    """

    ok: bool
    target: str
    counts: Mapping[str, int]
    held_for: tuple[str, ...] = ()
    _planned: Iterable[PlannedRow] = field(default=(), repr=False)
    _held: frozenset[tuple[str, str, int]] = field(default=frozenset(), repr=False)
    _found: tuple[Finding, ...] = field(default=(), repr=False)
    _places: Places = field(default=_NO_PLACES, repr=False)
    _saved: SavedPlan | None = field(default=None, repr=False)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """The changes, a row for each field that changes; one for a row of which none does.

        Columns: file, sheet, row, index, action, key, column (its heading), old, new, held.
        """
        return tables.frame_of(tables.CHANGES, self._records())

    @cached_property
    def findings(self) -> pd.DataFrame:
        """The findings: see CheckResult.findings."""
        return tables.frame_of(tables.FINDINGS, tables.finding_records(self._found, self._places))

    def save(self, path: str | Path) -> Path:
        """Write the plan to a file, for `run(..., plan=path)` or `importer run FILE --plan PATH`.

        Raises ImporterError where it cannot be written, or is the plan of an undo.
        """
        from importer.api.words import python_words
        from importer.errors import UsageError
        from importer.pipeline.saved_plan import write_plan

        with python_words():
            if self._saved is None:
                raise UsageError("The plan of an undo is not saved: undo the run.")
            write_plan(Path(path), self._saved)
        return Path(path)

    def _records(self) -> Iterator[tables.Record]:
        return tables.change_records(self._planned, self._held, self._places)

    def _repr_html_(self) -> str:
        count = sum(max(1, len(one.fields)) for one in self._planned)
        shown = Shown.of("changes", tables.CHANGES, self._records(), count)
        title = f"Plan for {self.target}: {sum(self.counts.values()):,} rows"
        said = [f"Findings: {len(self._found):,}, see `findings`."] if self._found else []
        return block(title, self.counts, [*self.held_for, *said], shown)


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: number for name, number in counts.items() if number}
