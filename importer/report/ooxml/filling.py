"""Rows of a sheet as they pass by and what is said of them in, the edits that put it there out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from importer.report.content import ID, MESSAGE, Line
from importer.report.ooxml.rows import Edit, Row, Rows, Window, height_of, is_set
from importer.report.ooxml.saying import Saying, height_for
from importer.report.ooxml.sheet import Sheet


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
    _ours: tuple[int, int] = field(init=False)
    _next: Line | None = None

    def __post_init__(self) -> None:
        self._rows = self.sheet.part.rows()
        self._ours = min(self.saying.at.values()), max(self.saying.at.values())
        if self.heads:
            self._next = Line(self.header_row, "", "", "")
        else:
            self._next = next(self.lines, None)

    def __call__(self, window: Window) -> Iterator[Edit]:
        """What goes into the rows of a window, and before them; at the end what is left."""
        line = self._next
        for row in window.rows:
            while line is not None and line.row < row.number:
                yield row.start, row.start, self._new(line)
                line = next(self.lines, None)
            if line is not None and line.row == row.number:
                yield from self._into(window.data, row, line)
                line = next(self.lines, None)
            elif self.old and row.number > self.header_row:
                yield from self._into(window.data, row, Line(row.number, "", "", ""))
        while not window.rows and line is not None:
            yield 0, 0, self._new(line)
            line = next(self.lines, None)
        self._next = line

    def _cells(self, line: Line) -> dict[int, bytes]:
        return self.heads if line.row == self.header_row else self.saying.cells(line)

    def _new(self, line: Line) -> bytes:
        cells = self._cells(line)
        return self._rows.new(line.row, cells, height_for(line.message)) if cells else b""

    def _is_usual(self, line: Line) -> bool:
        """Whether a row has none of our cells yet, and its outcome is all there is to say."""
        return not self.old and line.status != "" and line.message == ""

    def _into(self, data: bytes, row: Row, line: Line) -> list[Edit]:
        if self._is_usual(line) and self._rows.ends_before(data, row, self._ours[0]):
            return self._rows.put_behind(data, row, self.saying.usual(line), self._ours[1])
        cells = self._cells(line)
        if self.old and line.row != self.header_row:
            return self._over(data, row, line, cells)
        height = self._height(data, row, "", line.message) if line.message else None
        return self._rows.put(data, row, cells, height)

    def _over(self, data: bytes, row: Row, line: Line, cells: dict[int, bytes]) -> list[Edit]:
        """Put cells in the place of those of an earlier report; what it says no more goes.

        An id stays where nothing else is known: it is the row's identity.
        """
        columns = {column: name for name, column in self.old.items()}
        there = {
            column: data[a:b] for column, a, b in self._rows.cells(data, row) if column in columns
        }
        gone = {c: b"" for c in there if c not in cells and columns[c] != ID}
        message = there.get(self.old.get(MESSAGE, 0))
        before = self.sheet.strings.of(message) if message else ""
        height = self._height(data, row, before, line.message)
        return self._rows.put(data, row, dict(sorted((cells | gone).items())), height)

    @staticmethod
    def _height(data: bytes, row: Row, before: str, new: str) -> bytes | None:
        """The height that the new message needs; None leaves the row's, which is not ours."""
        if not (before or new) or is_set(data, row):
            return None
        said, had, wanted = height_of(data, row), height_for(before), height_for(new)
        if said and (not had or float(said) != float(had)):
            return None
        return None if wanted == (had if said else b"") else wanted
