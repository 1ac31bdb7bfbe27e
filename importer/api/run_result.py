"""What a run, a resumption and an undo return."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from importer.api import tables
from importer.api.html import Shown, block
from importer.api.places import Places
from importer.api.reported import reported, with_reasons
from importer.api.words import in_python

if TYPE_CHECKING:
    import pandas as pd

    from importer.model import Finding, RowResult

_NO_PLACES = Places()


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
