"""Reports cells that are not imported: without a heading, or under one that is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.finding_codes import FindingCode
from importer.mapping.beyond_letters import CellsBeyondLetters
from importer.mapping.binding import BoundSheet
from importer.mapping.columns import Column
from importer.mapping.conversion.values import shown
from importer.mapping.entity import MappedChunk
from importer.mapping.header import own_columns
from importer.mapping.heading_rows import filled_rows
from importer.mapping.required import is_filled
from importer.model import Finding, Severity, column_letter
from importer.row_ranges import in_words


class UnmappedCells:
    """The cells of a sheet that stand under no heading.

    In a text file a cell beyond the last heading is an error: a separator too many has moved the
    cells before it. Elsewhere each column is reported once, as a warning.
    """

    def __init__(self, sheet: BoundSheet) -> None:
        headings = sheet.header.headings
        self._sheet = sheet
        self._own = set(own_columns(sheet.header))
        users = (i for i, text in enumerate(headings) if text and i not in self._own)
        self._width = max(users, default=-1) + 1
        known = set(sheet.known)
        self._width = max(self._width, *(index + 1 for index in known), 0)
        self._blank = [
            i for i in range(self._width) if i not in known and not "".join(headings[i : i + 1])
        ]
        self._reported: set[int] = set()
        self._outside: list[int] = []
        self._unnamed = CellsBeyondLetters(sheet)

    def check(self, cells: list[Column], mapped: MappedChunk) -> None:
        """Report the cells of a chunk that stand under no heading."""
        if not self._sheet.rule.header:
            self._unnamed.check(cells, mapped.rows)
            return
        if len(cells) <= self._width and not self._blank:
            return
        beyond = [i for i in range(self._width, len(cells)) if i not in self._own]
        if self._sheet.records:
            for at in sorted({at for i in beyond for at in _filled(cells[i])}):
                first = next(i for i in beyond if is_filled(cells[i][at]))
                self._beyond(cells, at, first, mapped)
        for i in (*self._blank, *(() if self._sheet.records else beyond)):
            if i < len(cells) and i not in self._reported:
                self._headless(i, cells[i], mapped)

    def outside(self, cells: list[Column], rows: Sequence[int], others: set[int]) -> list[int]:
        """Return the rows, but for those at the positions `others`, with cells that are filled.

        All these cells stand in columns that are not imported.
        """
        if len(others) == len(rows):
            return []
        users = [column for i, column in enumerate(cells) if i not in self._own]
        filled = (at for at in filled_rows(users, len(rows)) if at not in others)
        found = [rows[at] for at in filled]
        self._outside += found
        return found

    def findings(self) -> Iterator[Finding]:
        """Yield a finding on the rows of which no cell, or not every cell, is imported."""
        yield from self._unnamed.findings()
        if self._outside:
            message = (
                f"Nothing of {in_words(self._outside)} is imported: only cells without a known "
                "heading are filled there."
            )
            place = self._sheet.place(self._outside[0])
            yield Finding(FindingCode.ONLY_UNKNOWN, message, place, Severity.WARNING)

    def _beyond(self, cells: list[Column], at: int, first: int, mapped: MappedChunk) -> None:
        message = (
            f"There is a cell beyond the last heading, which stands in column "
            f"{column_letter(self._width)}: put a text that holds the separator in double quotes."
        )
        place = self._sheet.at(mapped.rows[at], first + 1)
        mapped.report(
            Finding(FindingCode.BEYOND_HEADINGS, message, place, value=shown(cells[first][at]))
        )

    def _headless(self, index: int, column: Column, mapped: MappedChunk) -> None:
        filled = _filled(column)
        if not filled:
            return
        self._reported.add(index)
        message = f"Column {column_letter(index + 1)} has no heading; its cells are not imported."
        place = self._sheet.at(mapped.rows[filled[0]], index + 1)
        value = shown(column[filled[0]])
        finding = Finding(FindingCode.NO_HEADING, message, place, Severity.WARNING, value)
        mapped.findings.append(finding)


def _filled(column: Column) -> list[int]:
    return [at for at, cell in enumerate(column) if is_filled(cell)]
