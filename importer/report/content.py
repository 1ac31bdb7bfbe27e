"""A run's layouts, outcomes and findings in, what the report of one of its files says out."""

from __future__ import annotations

import heapq
import sqlite3
from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

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


@dataclass(frozen=True, slots=True)
class Line:
    """What our columns say on one row; `status` is None where the row has findings only."""

    row: int
    status: Status | None
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
            self._db.executemany(
                "INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (r.sheet, r.row, r.status, clean(r.message), clean(r.id), clean(r.name))
                    for r in results
                ),
            )

    def of(self, sheet: str) -> Iterator[RowResult]:
        """The outcomes of one sheet, from top to bottom."""
        return self._select("WHERE sheet = ? ORDER BY row", (sheet,))

    def last(self, sheet: str) -> int:
        """The last row of a sheet that has an outcome, 0 where none has."""
        found = self._db.execute("SELECT max(row) FROM outcome WHERE sheet = ?", (sheet,))
        return next(found)[0] or 0

    def statuses(self, sheet: str) -> list[Status]:
        """What became of the rows of a sheet, each status once."""
        query = "SELECT DISTINCT status FROM outcome WHERE sheet = ? ORDER BY status"
        return [Status(status) for (status,) in self._db.execute(query, (sheet,))]

    def worth_telling(self) -> Iterator[RowResult]:
        """Those not in the target as the file says, and those that no row names, by sheet."""
        marks = ", ".join("?" * len(FINE))
        condition = f"WHERE row < 0 OR status NOT IN ({marks}) ORDER BY sheet, row"
        return self._select(condition, tuple(FINE))

    def close(self) -> None:
        """Give the temporary database back."""
        self._db.close()

    def _select(self, condition: str, values: tuple[str, ...]) -> Iterator[RowResult]:
        columns = "sheet, row, status, message, id, name"
        query = f"SELECT {columns} FROM outcome {condition}"  # noqa: S608
        for sheet, row, status, message, identity, name in self._db.execute(query, values):
            yield RowResult(sheet, row, Status(status), message, identity, name=name)


@dataclass(frozen=True)
class Content:
    """What the report of the file `source` says; `notes` are remarks about the report itself."""

    source: Path
    layouts: tuple[SheetLayout, ...]
    findings: tuple[Finding, ...]
    rows: Rows
    summary: Summary
    dialect: Dialect | None = None
    notes: tuple[str, ...] = ()

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

    def lines(self, layout: SheetLayout) -> Iterator[Line]:
        """What our columns say on a sheet's rows, from top to bottom, where they say anything."""
        told = self.told.get(layout.name, {})
        first = max(layout.first_row, layout.header_row + 1)
        alone = deque(sorted(row for row in told if row >= first))
        for result in self.rows.of(layout.name):
            row = result.row
            while alone and alone[0] < row:
                yield _line(alone[0], None, told[alone.popleft()])
            if alone and alone[0] == row:
                alone.popleft()
            if row >= first:
                yield _line(row, result, told.get(row) or _refused(result, told, layout))
        for row in alone:
            yield _line(row, None, told[row])

    def last_row(self, layout: SheetLayout) -> int:
        """The last row of a sheet of which anything is said."""
        told = self.told.get(layout.name, {})
        return max(layout.header_row, self.rows.last(layout.name), *told)

    def problems(self) -> Iterator[Finding]:
        """Every finding in row order, and one for each row that failed without a finding."""
        findings = sorted(self.findings, key=lambda finding: _position(finding.place))
        silent = (
            r.told(MEANINGS[r.status])
            for r in self.rows.worth_telling()
            if r.row not in self.told.get(r.sheet, {})
        )
        return heapq.merge(findings, silent, key=lambda finding: _position(finding.place))


def _position(place: Place) -> tuple[str, int, int]:
    return place.sheet, place.row, place.column


def _refused(
    result: RowResult | None, told: Mapping[int, list[Finding]], layout: SheetLayout
) -> list[Finding]:
    """What keeps a row back that is right in itself: errors in the sheet's headings."""
    if result is None or result.status is not Status.INVALID or result.message:
        return []
    return [f for f in told.get(layout.header_row, ()) if f.severity is Severity.ERROR]


def _line(row: int, result: RowResult | None, findings: list[Finding]) -> Line:
    if not findings and result:
        return Line(row, result.status, result.message, result.id)
    own = result.message if result else ""
    repeated = any(own == clean(finding.message) for finding in findings)
    parts = [*([] if repeated else [own]), *map(sentence, findings)]
    message = "\n".join(dict.fromkeys(filter(None, parts)))
    return Line(row, result.status if result else None, message, result.id if result else "")
