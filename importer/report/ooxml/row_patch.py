"""Patching of a sheet's rows with our cells, while the rows are streamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from importer.report.content import ID, MESSAGE, Line
from importer.report.ooxml.own_heights import OwnHeights
from importer.report.ooxml.result_cells import ResultCells, height_for
from importer.report.ooxml.row import Row, end_tag, new_row
from importer.report.ooxml.rows import Rows
from importer.report.ooxml.sheet import Sheet
from importer.report.ooxml.splicing import CONTENT, Edit, PartWriter


@dataclass(slots=True)
class RowPatcher:
    """A patch of a sheet's rows with the cells of `results`; `old` are an earlier report's columns.

    `headings` are the cells of the heading row, if they are new; `lines` are in row order.
    """

    sheet: Sheet
    results: ResultCells
    old: Mapping[str, int]
    header_row: int
    headings: dict[int, bytes]
    lines: Iterator[Line]
    _rows: Rows = field(init=False)
    _can_append: bool = field(init=False)
    _last: int = field(init=False)
    _last_written: bytes = field(init=False)
    _end_tag: bytes = field(init=False)
    _own_heights: OwnHeights = field(init=False)
    _next: Line | None = None
    _number: int = 0

    def __post_init__(self) -> None:
        self._rows = self.sheet.part.rows()
        first, self._last = min(self.results.at.values()), max(self.results.at.values())
        self._can_append = not self.old and self.sheet.part.last_column < first
        self._last_written = b"%d" % self._last
        self._end_tag = end_tag(self._rows.prefix)
        self._own_heights = OwnHeights(self.sheet)
        if self.headings:
            self._next = Line(self.header_row, "", "", "")
        else:
            self._next = next(self.lines, None)

    def __call__(self, texts: list[bytes], out: PartWriter) -> None:
        """Write rows with our cells; lines below the last row become new rows."""
        for text in texts:
            if not (self._can_append and self._append(text, out)):
                for row in self._rows.of(text, self._number):
                    out.write(row.xml, self._edits(row))
                    self._number = row.number

    def _append(self, text: bytes, out: PartWriter) -> bool:
        """Write a row with our cells behind its own; return False if it needs more than that.

        This is the fast path for nearly every row: a sheet has hundreds of thousands of them.
        """
        tag, line = self._rows.usual.match(text), self._next
        if tag is None or line is None or line.row != int(tag[1]):
            return False
        if not (cells := self.results.usual(line)):
            return False
        if tag[2] is None or int(tag[2]) >= self._last:
            out.write(text + self._end_tag, [(len(text), len(text), cells)])
        else:
            out.append(text, tag.span(2), self._last_written, cells, self._end_tag)
        self._number, self._next = line.row, next(self.lines, None)
        return True

    def _edits(self, row: Row) -> list[Edit]:
        """Return the edits of a row, with the new rows before it."""
        edits, line = [], self._next
        while line is not None and line.row < row.number:
            edits.append((0, 0, self._new(line)))
            line = next(self.lines, None)
        if line is not None and line.row == row.number:
            edits += self._into(row, line)
            line = next(self.lines, None)
        elif self.old and row.number > self.header_row:
            edits += self._into(row, Line(row.number, "", "", ""))
        self._next = line
        return edits

    def _cells(self, line: Line) -> dict[int, bytes]:
        return self.headings if line.row == self.header_row else self.results.cells(line)

    def _new(self, line: Line) -> bytes:
        cells, height = self._cells(line), height_for(line.message)
        return new_row(self._rows.prefix, line.row, cells, height) if cells else b""

    def _into(self, row: Row, line: Line) -> list[Edit]:
        cells = self._cells(line)
        if self.old and line.row != self.header_row:
            return self._over(row, line, cells)
        return row.put(cells, self._height(row, "", line.message))

    def _over(self, row: Row, line: Line, cells: dict[int, bytes]) -> list[Edit]:
        """Replace the cells of an earlier report and empty those without a successor.

        An id without a successor stays: it is the row's identity.
        """
        names = {column: name for name, column in self.old.items()}
        old = {column: row.xml[a:b] for column, a, b in row.cells() if column in names}
        filled = (column for column, cell in old.items() if CONTENT.search(cell))
        emptied = {c: b"" for c in filled if c not in cells and names[c] != ID}
        message = old.get(self.old.get(MESSAGE, 0))
        before = self.sheet.strings.of(message) if message else ""
        height = self._height(row, before, line.message)
        return row.put(dict(sorted((cells | emptied).items())), height)

    def _height(self, row: Row, before: str, new: str) -> float | None:
        """Return the height for the new message, None where the row's own stays.

        A row whose height the user did not set has the one that a program computed.
        """
        if not (before or new) or row.height_is_set:
            return None
        stated, old, wanted = row.height, height_for(before), height_for(new)
        if wanted > max(stated, old) and stated and not old:
            return wanted
        if wanted > max(stated, old) or (0 < stated <= old and wanted < old):
            return wanted and max(wanted, self._own_heights.of(row))
        return None
