"""What the functions return: frozen, with DataFrames that are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from importer.api import tables
from importer.api.html import Shown, block
from importer.api.places import Places
from importer.api.reported import reported, with_reasons
from importer.api.words import in_python

if TYPE_CHECKING:
    import pandas as pd

    from importer.model import Finding, RowResult
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
    _planned: tuple[PlannedRow, ...] = field(default=(), repr=False)
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


@dataclass(frozen=True)
class RunResult:
    """What became of a run; `run` is its name, by which it is resumed or undone.

    `state` is `finished`; `interrupted` where it stopped early (`api.resume(run)` goes on); or
    `abandoned`. `counts` are rows by outcome. `ok` says that it finished and every row is fine.
    `report` are the reports that were written, `why` says what stopped it, or kept a report out of
    its file. `undoes` names the run that it undoes.
    """

    ok: bool
    run: str
    target: str
    state: str
    counts: Mapping[str, int]
    report: tuple[Path, ...] = ()
    why: str = ""
    undoes: str = ""
    _found: tuple[Finding, ...] = field(default=(), repr=False)
    _places: Places = field(default=_NO_PLACES, repr=False)
    _outcomes: Callable[[], list[RowResult]] = field(default=list, repr=False)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The outcome of each row, from the journal.

        Columns: file, sheet, row, index, name (of what no row names), status, message, id (the
        target's).
        """
        return tables.frame_of(tables.ROWS, tables.row_records(self._results, self._places))

    @cached_property
    def findings(self) -> pd.DataFrame:
        """The findings, and why rows were not imported: see CheckResult.findings."""
        return tables.frame_of(tables.FINDINGS, self._records())

    @cached_property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """Copies of the DataFrames that were imported, by sheet, with three more columns.

        They are import_status, import_message and import_id, as in the report of a file: correct
        the rows that were not imported, and run it again.
        """
        return reported(self._places.frames, self._results, self._places)

    @property
    def frame(self) -> pd.DataFrame:
        """The copy of the only DataFrame: see `frames`. Raises LookupError where there is none."""
        if len(self.frames) != 1:
            raise LookupError(f"The run has {len(self.frames)} DataFrames: see `frames`.")
        return next(iter(self.frames.values()))

    @cached_property
    def _results(self) -> list[RowResult]:
        return list(with_reasons(self._outcomes(), self._found))

    def _records(self) -> Iterator[tables.Record]:
        return tables.finding_records(self._found, self._places)

    def _repr_html_(self) -> str:
        shown = Shown.of("findings", tables.FINDINGS, self._records(), len(self._found))
        done = f"undid {self.undoes} in" if self.undoes else "into"
        title = f"Run {self.run} {done} {self.target}: {self.state}"
        reports = (f"Report: {path}" for path in self.report)
        return block(title, self.counts, [in_python(self.why), *reports], shown)


@dataclass(frozen=True)
class Export:
    """What a target holds, as the rows of a template's sheets.

    `frames` are DataFrames by sheet, with the headings as columns: change them and run them. All
    cells are objects, as the template has them; a blank one is "", which leaves a field alone.
    `left_blank` are sentences about what no cell can hold. `files` are those that were written.
    """

    template: str
    target: str
    counts: Mapping[str, int]
    left_blank: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    _rows: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict, repr=False)
    _headings: Mapping[str, list[str]] = field(default_factory=dict, repr=False)

    @cached_property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """The DataFrames by sheet, of those that have rows."""
        import pandas as pd

        return {
            sheet: pd.DataFrame(
                [[row.get(name, "") for name in self._headings[sheet]] for row in rows],
                columns=self._headings[sheet],
                dtype=object,
            )
            for sheet, rows in self._rows.items()
        }

    def _repr_html_(self) -> str:
        table = Shown.of("frames", ("sheet", "rows"), self.counts.items(), len(self.counts))
        return block(f"{self.template}, exported from {self.target}", {}, self.left_blank, table)


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: number for name, number in counts.items() if number}
