"""What a report says: the outcomes and findings of a run, and those of a single file."""

from __future__ import annotations

import heapq
import sqlite3
from collections import deque
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from importer.finding_codes import FindingCode
from importer.model import FINE, OWN_COLUMNS, Finding, RowResult, Severity, SheetLayout, Status
from importer.report.formats import format_of
from importer.report.wording import MEANINGS, clean, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from importer.spreadsheet import Dialect

STATUS, MESSAGE, ID = OWN_COLUMNS


class Summary(Struct, frozen=True):
    """The top of the Report sheet; `counts` maps status -> rows, in the order of Status."""

    title: str
    target: str
    run: str
    state: str
    started: str
    finished: str
    counts: Mapping[str, int]
    files: tuple[str, ...]


class RunReport(Struct, frozen=True, dict=True):
    """All that the reports of a run's files are made from."""

    layouts: Sequence[SheetLayout]
    outcomes: Outcomes
    findings: Sequence[Finding]
    summary: Summary

    def findings_of(self, file: str) -> tuple[Finding, ...]:
        """Return the findings on a file, and those on none."""
        return (*self._by_file.get("", ()), *self._by_file.get(file, ()))

    @cached_property
    def _by_file(self) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.place.file, []).append(finding)
        return found


class Line(NamedTuple):
    """The text of our columns on a row; `status` is blank where the row has findings only."""

    row: int
    status: str
    message: str
    id: str


class Outcomes:
    """The outcome of every row of a run; the last outcome of a row counts.

    They are kept in a private temporary database, which SQLite moves to disk if they are many.
    Where there is no room for that, it is said once a report asks for them.
    """

    def __init__(self, results: Iterable[RowResult] = ()) -> None:
        self._places: dict[tuple[str, str], int] = {}
        self._no_room: sqlite3.OperationalError | None = None
        self._db = sqlite3.connect("", check_same_thread=False)
        self._db.execute(
            "CREATE TABLE outcome (place INT, row INT, status TEXT, message TEXT, id TEXT,"
            " name TEXT, PRIMARY KEY (place, row)) WITHOUT ROWID"
        )
        self.add(results)

    def add(self, results: Iterable[RowResult]) -> None:
        """Add the outcomes of some rows."""
        insert, at = "INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?, ?)", self._place
        try:
            with self._db:
                self._db.executemany(insert, ((at(one), *_record(one)) for one in results))
        except sqlite3.OperationalError as error:
            self._no_room = error

    def _place(self, row: RowResult) -> int:
        """Return the number of a row's sheet."""
        return self._places.setdefault((row.file, row.sheet), len(self._places))

    def of_file(self, file: str) -> FileOutcomes:
        """Return the outcomes of a file, or of rows of which no file is known.

        Raises sqlite3.OperationalError where there was no room for all.
        """
        if self._no_room:
            raise self._no_room
        ours = {sheet: no for (of, sheet), no in self._places.items() if of in ("", file)}
        return FileOutcomes(self._db, ours)

    def close(self) -> None:
        """Delete the temporary database."""
        self._db.close()


class FileOutcomes:
    """The outcomes of the rows of one file; `places` are the numbers of its sheets in `db`."""

    def __init__(self, db: sqlite3.Connection, places: Mapping[str, int]) -> None:
        self._db = db
        self._places = places

    def of(self, sheet: str) -> Iterator[Line]:
        """Yield the outcomes of a sheet from top to bottom."""
        query = "SELECT row, status, message, id FROM outcome WHERE place = ? ORDER BY row"
        return map(Line._make, self._db.execute(query, (self._places.get(sheet),)))

    def last_row(self, sheet: str) -> int:
        """Return the last row of a sheet that has an outcome, 0 where none has."""
        place = self._places.get(sheet)
        found = self._db.execute("SELECT max(row) FROM outcome WHERE place = ?", (place,))
        return next(found)[0] or 0

    @cached_property
    def statuses(self) -> dict[str, list[Status]]:
        """Each status that occurs on a sheet, by sheet."""
        query = "SELECT DISTINCT status FROM outcome WHERE place = ?"
        return {
            sheet: sorted(Status(status) for (status,) in self._db.execute(query, (place,)))
            for sheet, place in self._places.items()
        }

    def worth_reporting(self) -> Iterator[RowResult]:
        """Yield the rows that failed and the entities that no row names, sheet by sheet."""
        marks = ", ".join("?" * len(FINE))
        query = (
            "SELECT row, status, message, id, name FROM outcome"  # noqa: S608
            f" WHERE place = ? AND (row < 0 OR status NOT IN ({marks})) ORDER BY row"
        )
        for sheet, place in sorted(self._places.items()):
            for row, status, message, identity, name in self._db.execute(query, (place, *FINE)):
                yield RowResult(sheet, row, Status(status), message, identity, name=name)


def _record(r: RowResult) -> tuple[int, str, str, str, str]:
    """Return an outcome as a database row, without characters that no file can hold."""
    message, name = r.message and clean(r.message), r.name and clean(r.name)
    return r.row, str(r.status), message, clean(r.id), name


class Content(Struct, frozen=True, dict=True):
    """The content of the report of the file `source`; `notes` are remarks on the report itself.

    `unreadable` names the sheets that a copy of the values leaves out.
    """

    source: Path
    layouts: tuple[SheetLayout, ...]
    findings: tuple[Finding, ...]
    outcomes: FileOutcomes
    summary: Summary
    dialect: Dialect | None = None
    notes: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()

    @cached_property
    def format(self) -> str:
        """The format of the source's content."""
        return format_of(self.source)

    @cached_property
    def findings_by_row(self) -> dict[str, dict[int, list[Finding]]]:
        """The findings of each sheet by row; what was guessed of a file is about none of them."""
        found: dict[str, dict[int, list[Finding]]] = {}
        for finding in self.findings:
            if finding.code == FindingCode.GUESSED_ENCODING:
                continue
            place = finding.place
            found.setdefault(place.sheet, {}).setdefault(place.row, []).append(finding)
        return found

    @property
    def wants_attention(self) -> bool:
        """Return whether a workbook opens on its Report sheet."""
        grave = any(finding.severity is not Severity.INFO for finding in self.findings)
        return grave or not FINE.issuperset(chain.from_iterable(self.outcomes.statuses.values()))

    @cached_property
    def on_headings(self) -> dict[str, list[Finding]]:
        """The errors on the headings of each sheet, which make good rows invalid."""
        reasons: dict[str, list[Finding]] = {}
        for layout in self.layouts:
            found = self.findings_by_row.get(layout.name, {})
            rows = chain.from_iterable(found.values())
            second = (one for one in rows if one.code == FindingCode.SECOND_HEADINGS)
            on_them = chain(found.get(layout.header_row, ()), second)
            if errors := [one for one in on_them if one.severity is Severity.ERROR]:
                reasons[layout.name] = errors
        return reasons

    def lines(self, layout: SheetLayout) -> Iterator[Line]:
        """Yield the lines of a sheet's rows from top to bottom, where a row has any."""
        found = self.findings_by_row.get(layout.name, {})
        reasons = self.on_headings.get(layout.name, [])
        first = max(layout.first_row, layout.header_row + 1)
        pending = deque(sorted(row for row in found if row >= first))
        for line in self.outcomes.of(layout.name):
            while pending and pending[0] < line.row:
                yield _with(Line(pending[0], "", "", ""), found[pending.popleft()])
            if pending and pending[0] == line.row:
                pending.popleft()
                yield _with(line, found[line.row])
            elif line.row >= first:
                yield _with(line, reasons) if _is_unexplained(line) else line
        for row in pending:
            yield _with(Line(row, "", "", ""), found[row])

    def last_row(self, layout: SheetLayout) -> int:
        """Return the last row of a sheet that has an outcome or a finding, or its header row."""
        found = self.findings_by_row.get(layout.name, {})
        return max(layout.header_row, self.outcomes.last_row(layout.name), *found)

    def problems(self) -> Iterator[Finding]:
        """Yield every finding in row order, and one for each row that failed without a finding.

        A row that failed for what is wrong with the headings has no finding of its own.
        """
        findings = sorted(self.findings, key=_position)
        unexplained = (
            result.as_finding(MEANINGS[result.status])
            for result in self.outcomes.worth_reporting()
            if result.row not in self.findings_by_row.get(result.sheet, {})
            and not (_is_unexplained(result) and result.sheet in self.on_headings)
        )
        return heapq.merge(findings, unexplained, key=_position)


def _is_unexplained(row: Line | RowResult) -> bool:
    """Return whether a row failed the checks without a message of its own."""
    return row.status == Status.INVALID and not row.message


def _position(finding: Finding) -> tuple[str, int, int]:
    place = finding.place
    return place.sheet, place.row, place.column


def _with(line: Line, findings: list[Finding]) -> Line:
    """Return the line with the findings of its row added to its message."""
    own = line.message
    repeated = any(own == clean(finding.message) for finding in findings)
    parts = [*([] if repeated else [own]), *map(sentence, findings)]
    return line._replace(message="\n".join(dict.fromkeys(filter(None, parts))))
