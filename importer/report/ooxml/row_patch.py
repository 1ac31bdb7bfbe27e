"""Rows of a sheet as they pass by and what is said of them in, the same rows with it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from importer.report.content import ID, MESSAGE, Line
from importer.report.ooxml.result_cells import Saying, height_for
from importer.report.ooxml.row import Row, end_tag, new_row
from importer.report.ooxml.rows import Rows
from importer.report.ooxml.sheet import Sheet
from importer.report.ooxml.splicing import HELD, Edit, Splicing


@dataclass(slots=True)
class Filling:
    """Our columns at the places that `saying` knows, `old` where they were before.

    `heads` are the cells of the heading, if they are new; `lines` come in row order.
    """

    sheet: Sheet
    saying: Saying
    old: Mapping[str, int]
    header_row: int
    heads: dict[int, bytes]
    lines: Iterator[Line]
    _rows: Rows = field(init=False)
    _alone: bool = field(init=False)
    _last: int = field(init=False)
    _last_written: bytes = field(init=False)
    _end_tag: bytes = field(init=False)
    _next: Line | None = None
    _number: int = 0

    def __post_init__(self) -> None:
        self._rows = self.sheet.part.rows()
        first, self._last = min(self.saying.at.values()), max(self.saying.at.values())
        self._alone = not self.old and self.sheet.part.reach < first
        self._last_written = b"%d" % self._last
        self._end_tag = end_tag(self._rows.prefix)
        if self.heads:
            self._next = Line(self.header_row, "", "", "")
        else:
            self._next = next(self.lines, None)

    def __call__(self, texts: list[bytes], out: Splicing) -> None:
        """Write rows with what is said of them; behind all rows what is left."""
        for text in texts:
            if not (self._alone and self._append(text, out)):
                for row in self._rows.of(text, self._number):
                    out.write(row.xml, self._edits(row))
                    self._number = row.number

    def _append(self, text: bytes, out: Splicing) -> bool:
        """Write a row with an outcome behind its cells, if that is all: it is, of nearly every row.

        There are hundreds of thousands of them: each step counts.
        """
        tag, line = self._rows.usual.match(text), self._next
        if tag is None or line is None or line.row != int(tag[1]):
            return False
        if not (cells := self.saying.usual(line)):
            return False
        if tag[2] is None or int(tag[2]) >= self._last:
            out.write(text + self._end_tag, [(len(text), len(text), cells)])
        else:
            out.append(text, tag.span(2), self._last_written, cells, self._end_tag)
        self._number, self._next = line.row, next(self.lines, None)
        return True

    def _edits(self, row: Row) -> list[Edit]:
        """What goes into a row, and before it."""
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
        return self.heads if line.row == self.header_row else self.saying.cells(line)

    def _new(self, line: Line) -> bytes:
        cells, height = self._cells(line), height_for(line.message)
        return new_row(self._rows.prefix, line.row, cells, height) if cells else b""

    def _into(self, row: Row, line: Line) -> list[Edit]:
        cells = self._cells(line)
        if self.old and line.row != self.header_row:
            return self._over(row, line, cells)
        return row.put(cells, self._height(row, "", line.message))

    def _over(self, row: Row, line: Line, cells: dict[int, bytes]) -> list[Edit]:
        """Put cells in the place of those of an earlier report; what it says no more goes.

        An id stays where nothing else is known: it is the row's identity.
        """
        columns = {column: name for name, column in self.old.items()}
        there = {column: row.xml[a:b] for column, a, b in row.cells() if column in columns}
        said = (column for column, cell in there.items() if HELD.search(cell))
        gone = {c: b"" for c in said if c not in cells and columns[c] != ID}
        message = there.get(self.old.get(MESSAGE, 0))
        before = self.sheet.strings.of(message) if message else ""
        height = self._height(row, before, line.message)
        return row.put(dict(sorted((cells | gone).items())), height)

    @staticmethod
    def _height(row: Row, before: str, new: str) -> bytes | None:
        """The height that the new message needs; None leaves the row's, which is not ours."""
        if not (before or new) or row.height_is_set:
            return None
        said, had, wanted = row.height, height_for(before), height_for(new)
        if said and (not had or float(said) != float(had)):
            return None
        return None if wanted == (had if said else b"") else wanted
