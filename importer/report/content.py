"""A run's layouts, outcomes and findings in, what the report of one of its files says out."""

from __future__ import annotations

import heapq
import sqlite3
from collections import deque
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

from importer.model import FINE, Finding, Place, RowResult, Severity, SheetLayout, Status
from importer.report.formats import format_of
from importer.report.wording import MEANINGS, clean, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

STATUS, MESSAGE, ID = HEADINGS = ("import_status", "import_message", "import_id")
"""The columns a report adds to the user's sheet."""


class Dialect(Protocol):
    """How a text file is written, as far as the report needs to know."""

    @property
    def encoding(self) -> str:
        """The codec's name."""

    @property
    def delimiter(self) -> str:
        """One character."""

    @property
    def quotechar(self) -> str | None:
        """One character, or None where the file quotes nothing."""


@dataclass(frozen=True)
class Summary:
    """What the Report sheet says at its top; `counts` maps status -> rows, in Status's order."""

    title: str
    target: str
    run: str
    state: str
    started: str
    finished: str
    counts: Mapping[str, int]
    files: tuple[str, ...]


class Line(NamedTuple):
    """What our columns say on one row; `status` is blank where the row has findings only."""

    row: int
    status: str
    message: str
    id: str


class Rows:
    """The outcome of every row of one file; the last word on a row counts.

    They wait in a private temporary database, which goes to disk by itself where they are many.
    """

    def __init__(self, results: Iterable[RowResult]) -> None:
        self._db = sqlite3.connect("", check_same_thread=False)
        self._db.execute(
            "CREATE TABLE outcome (sheet TEXT, row INT, status TEXT, message TEXT, id TEXT,"
            " name TEXT, PRIMARY KEY (sheet, row)) WITHOUT ROWID"
        )
        with self._db:
            insert = "INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?, ?)"
            self._db.executemany(insert, map(_kept, results))

    def of(self, sheet: str) -> Iterator[Line]:
        """The outcomes of one sheet, from top to bottom."""
        query = "SELECT row, status, message, id FROM outcome WHERE sheet = ? ORDER BY row"
        return map(Line._make, self._db.execute(query, (sheet,)))

    def last(self, sheet: str) -> int:
        """The last row of a sheet that has an outcome, 0 where none has."""
        found = self._db.execute("SELECT max(row) FROM outcome WHERE sheet = ?", (sheet,))
        return next(found)[0] or 0

    @cached_property
    def statuses(self) -> dict[str, list[Status]]:
        """What became of the rows of each sheet, each status once."""
        statuses: dict[str, list[Status]] = {}
        for sheet, status in self._db.execute("SELECT DISTINCT sheet, status FROM outcome"):
            statuses.setdefault(sheet, []).append(Status(status))
        return {sheet: sorted(found) for sheet, found in statuses.items()}

    def worth_telling(self) -> Iterator[RowResult]:
        """Those not in the target as the file says, and those that no row names, by sheet."""
        marks = ", ".join("?" * len(FINE))
        query = (
            "SELECT sheet, row, status, message, id, name FROM outcome"  # noqa: S608
            f" WHERE row < 0 OR status NOT IN ({marks}) ORDER BY sheet, row"
        )
        for sheet, row, status, message, identity, name in self._db.execute(query, tuple(FINE)):
            yield RowResult(sheet, row, Status(status), message, identity, name=name)

    def close(self) -> None:
        """Give the temporary database back."""
        self._db.close()


def _kept(r: RowResult) -> tuple[str, int, str, str, str, str]:
    """An outcome without what no file can hold."""
    message, name = r.message and clean(r.message), r.name and clean(r.name)
    return r.sheet, r.row, str(r.status), message, clean(r.id), name


@dataclass(frozen=True)
class Content:
    """What the report of the file `source` says; `notes` are remarks about the report itself.

    `unreadable` are sheets that a copy of the values is made without.
    """

    source: Path
    layouts: tuple[SheetLayout, ...]
    findings: tuple[Finding, ...]
    rows: Rows
    summary: Summary
    dialect: Dialect | None = None
    notes: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()

    @cached_property
    def format(self) -> str:
        """The source's, by what it holds."""
        return format_of(self.source)

    @cached_property
    def told(self) -> dict[str, dict[int, list[Finding]]]:
        """The findings of each sheet, by row."""
        told: dict[str, dict[int, list[Finding]]] = {}
        for finding in self.findings:
            place = finding.place
            told.setdefault(place.sheet, {}).setdefault(place.row, []).append(finding)
        return told

    @property
    def wants_attention(self) -> bool:
        """Whether a workbook opens on its Report sheet."""
        grave = any(finding.severity is not Severity.INFO for finding in self.findings)
        return grave or not FINE.issuperset(chain.from_iterable(self.rows.statuses.values()))

    def lines(self, layout: SheetLayout) -> Iterator[Line]:
        """What our columns say on a sheet's rows, from top to bottom, where they say anything."""
        told = self.told.get(layout.name, {})
        of_headings = told.get(layout.header_row, ())  # their errors keep good rows back
        reasons = [finding for finding in of_headings if finding.severity is Severity.ERROR]
        first = max(layout.first_row, layout.header_row + 1)
        alone = deque(sorted(row for row in told if row >= first))
        for line in self.rows.of(layout.name):
            while alone and alone[0] < line.row:
                yield _with(Line(alone[0], "", "", ""), told[alone.popleft()])
            if alone and alone[0] == line.row:
                alone.popleft()
                yield _with(line, told[line.row])
            elif line.row >= first:
                unexplained = line.status == Status.INVALID and not line.message
                yield _with(line, reasons) if unexplained else line
        for row in alone:
            yield _with(Line(row, "", "", ""), told[row])

    def last_row(self, layout: SheetLayout) -> int:
        """The last row of a sheet of which anything is said."""
        told = self.told.get(layout.name, {})
        return max(layout.header_row, self.rows.last(layout.name), *told)

    def problems(self) -> Iterator[Finding]:
        """Every finding in row order, and one for each row that failed without a finding."""
        findings = sorted(self.findings, key=lambda finding: _position(finding.place))
        silent = (
            r.as_finding(MEANINGS[r.status])
            for r in self.rows.worth_telling()
            if r.row not in self.told.get(r.sheet, {})
        )
        return heapq.merge(findings, silent, key=lambda finding: _position(finding.place))


def _position(place: Place) -> tuple[str, int, int]:
    return place.sheet, place.row, place.column


def _with(line: Line, findings: list[Finding]) -> Line:
    """What is said of a row, and what was found in it."""
    own = line.message
    repeated = any(own == clean(finding.message) for finding in findings)
    parts = [*([] if repeated else [own]), *map(sentence, findings)]
    return line._replace(message="\n".join(dict.fromkeys(filter(None, parts))))
