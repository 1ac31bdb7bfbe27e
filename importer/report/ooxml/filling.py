"""Rows of a sheet as they pass by and what is said of them in, the edits that put it there out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field, replace

from importer.model import Status, column_letter
from importer.report.columns import WIDTHS
from importer.report.content import ID, MESSAGE, STATUS, Line
from importer.report.ooxml.cells import rest_of_cell
from importer.report.ooxml.rows import Edit, Row, Rows, Window, height_of
from importer.report.ooxml.sheet import Sheet
from importer.report.paint import (
    OUTCOME_FILL,
    PLAIN,
    WRAPPED,
    Look,
    lines_high,
    points,
    quoted,
)
from importer.report.wording import clean, shorten

REMEMBERED = 1_000
"""So many different messages of a sheet are kept ready."""


@dataclass(slots=True)
class Filling:
    """Our columns `at` their places, `old` where they were before, heads and lines in row order.

    Every style that may be needed is asked for at once: the styles part may stand before the
    sheet in the package, and is written when the rows have not passed by yet.
    """

    sheet: Sheet
    at: Mapping[str, int]
    old: Mapping[str, int]
    header_row: int
    heads: Mapping[int, bytes]
    lines: Iterator[Line]
    statuses: Iterable[Status]
    _styles: dict[Look, int] = field(init=False)
    _rows: Rows = field(init=False)
    _columns: list[tuple[str, int, bytes]] = field(init=False)
    _next: Line | None = None
    _said: dict[Status | str | None, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        looks = {PLAIN, WRAPPED, *map(_look, self.statuses)}
        looks |= {replace(look, quoted=True) for look in (PLAIN, WRAPPED)}
        self._styles = {look: self.sheet.looks.of(look) for look in sorted(looks, key=astuple)}
        self._rows = self.sheet.part.rows()
        tag = f'<{self.sheet.p}c r="'
        places = sorted((column, name) for name, column in self.at.items())
        self._columns = [(n, c, (tag + column_letter(c)).encode()) for c, n in places]
        if self.heads:
            self._next = Line(self.header_row, None, "", "")
        else:
            self._next = next(self.lines, None)

    def __call__(self, window: Window) -> Iterator[Edit]:
        """What goes into the rows of a window, and before them; at the end what is left."""
        for row in window.rows:
            number = row.number
            line = self._next
            while line is not None and line.row < number:
                yield row.start, row.start, self._new(line)
                line = self._advance()
            if line is not None and line.row == number:
                self._advance()
                yield from self._into(window.data, row, line)
            elif self.old and number > self.header_row:
                yield from self._into(window.data, row, Line(number, None, "", ""))
        while not window.rows and self._next is not None:
            yield 0, 0, self._new(self._next)
            self._advance()

    def _advance(self) -> Line | None:
        self._next = next(self.lines, None)
        return self._next

    def _new(self, line: Line) -> bytes:
        cells = self._cells(line, {})
        return self._rows.new(line.row, cells, self._height(line.message)) if cells else b""

    def _into(self, data: bytes, row: Row, line: Line) -> list[Edit]:
        there = self._there(data, row) if self.old else {}
        cells = self._cells(line, there)
        before = self.sheet.strings.of(there[MESSAGE]) if MESSAGE in there else ""
        height = self._taller(data, row, before, line.message)
        return self._rows.put(data, row, cells, height) if cells or height is not None else []

    def _there(self, data: bytes, row: Row) -> dict[str, bytes]:
        """The cells that an earlier report may have written in a row."""
        names = {column: name for name, column in self.old.items()}
        cells = self._rows.cells(data, row)
        return {names[column]: data[a:b] for column, a, b in cells if column in names}

    def _cells(self, line: Line, there: Mapping[str, bytes]) -> dict[int, bytes]:
        """Our cells of a row, from left to right; empty where one is to be taken away.

        An id stays where nothing else is known: it is the row's identity.
        """
        if line.row == self.header_row:
            return dict(self.heads)
        texts = {STATUS: self._status(line), MESSAGE: self._message(line), ID: self._id(line)}
        place, cells = str(line.row).encode(), {}
        for name, column, tag in self._columns:
            if rest := texts[name]:
                cells[column] = tag + place + b'"' + rest
            elif name in there and name != ID:
                cells[column] = b""
        return cells

    def _status(self, line: Line) -> bytes:
        status = line.status
        if status is None:
            return b""
        if status not in self._said:
            self._said[status] = self._rest(str(status), _look(status))
        return self._said[status]

    def _message(self, line: Line) -> bytes:
        if not line.message:
            return b""
        if (rest := self._said.get(line.message)) is None:
            rest = self._rest(line.message, WRAPPED)
            if len(self._said) < REMEMBERED:
                self._said[line.message] = rest
        return rest

    def _id(self, line: Line) -> bytes:
        return self._rest(line.id, PLAIN) if line.id else b""

    def _rest(self, text: str, look: Look) -> bytes:
        said = shorten(clean(text))
        return rest_of_cell(self.sheet.p, said, self._styles[quoted(look, said)])

    def _taller(self, data: bytes, row: Row, before: str, new: str) -> bytes | None:
        """The height that the new message needs, unless the user has set one; None: as it is."""
        if not before and not new:
            return None
        said = height_of(data, row)
        had = self._height(before) if said else b""
        if (float(said) if said else 0.0) != (float(had) if had else 0.0):
            return None
        wanted = self._height(new)
        return None if wanted == had else wanted

    @staticmethod
    def _height(message: str) -> bytes:
        """The height of a row with a message, in points; blank where a line holds it."""
        lines = lines_high(shorten(clean(message)), WIDTHS[MESSAGE]) if message else 1
        return f"{points(lines):g}".encode() if lines > 1 else b""


def _look(status: Status) -> Look:
    return Look(fill=OUTCOME_FILL[status])
