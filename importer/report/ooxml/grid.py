"""A sheet's rows as bytes and the cells to put into them in, the edits that do so out.

Rows are found by their tags and are not parsed: only where a cell of ours has to stand among
others is a row looked at cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from importer.report.ooxml.cells import column_number
from importer.report.ooxml.markup import Element, Part
from importer.report.ooxml.refused import Refused

_R = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3})([0-9]+)["']""")
_SPANS = re.compile(rb"""(\sspans\s*=\s*["'][0-9]+:)([0-9]+)(["'])""")


@dataclass(frozen=True, slots=True)
class Row:
    """One `row` element: its tag from `start` to `inner`, its cells up to `close`."""

    number: int
    start: int
    inner: int
    close: int
    end: int


@dataclass(slots=True)
class Grid:
    """The rows of a sheet."""

    part: Part
    data: Element
    rows: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.part.data.find(b"<!", self.data.inner, self.data.close) >= 0:
            raise Refused(f"{self.part.name} has comments among its cells")
        self.rows = list(self._rows())

    @property
    def prefix(self) -> str:
        """The prefix of the sheet's elements."""
        return self.part.prefix().decode()

    def _rows(self) -> Iterator[Row]:
        data, p = self.part.data, self.part.prefix()
        opening = re.compile(b"<" + p + rb"row(\s[^>]*?)?(/?)>")
        closing, number, at = b"</" + p + b"row>", 0, self.data.inner
        while match := opening.search(data, at, self.data.close):
            said = _R.search(match[1] or b"")
            number = int(said[2]) if said else number + 1
            close = after = match.end()
            if not match[2]:
                close = data.find(closing, match.end(), self.data.close)
                if close < 0:
                    raise Refused(f"{self.part.name} has rows that do not end")
                after = close + len(closing)
            yield Row(number, match.start(), match.end(), close, after)
            at = after

    def last_used(self, row: Row) -> int:
        """The last column of a row that holds a value or a formula, 0 where none does."""
        data, p = self.part.data, self.part.prefix()
        marks = (b"</" + p + b"v>", b"</" + p + b"is>", b"<" + p + b"f")
        held = max(data.rfind(mark, row.inner, row.close) for mark in marks)
        if held < 0:
            return 0
        cell = data.rfind(b"<" + p + b"c ", row.inner, held)
        said = _R.search(data, cell, data.find(b">", cell)) if cell >= 0 else None
        if said and said[1]:
            return column_number(said[1].decode())
        return max((c for c, start, _ in self.cells(row) if start < held), default=0)

    def cells(self, row: Row) -> Iterator[tuple[int, int, int]]:
        """Column, start and end of each cell of a row."""
        data, p = self.part.data, self.part.prefix()
        tag = re.compile(b"<" + p + rb"c(\s[^>]*?)?(/?)>")
        closing, column, at = b"</" + p + b"c>", 0, row.inner
        while match := tag.search(data, at, row.close):
            said = _R.search(match[1] or b"")
            column = column_number(said[1].decode()) if said and said[1] else column + 1
            at = match.end()
            if not match[2]:
                at = data.find(closing, at, row.close) + len(closing)
                if at < len(closing):
                    raise Refused(f"{self.part.name} has cells that do not end")
            yield column, match.start(), at

    def put(self, row: Row, cells: Mapping[int, bytes], height: bytes | None = None) -> None:
        """Put cells into a row, each in the place of the one that stands there."""
        left = dict(sorted(cells.items()))
        self._tag(row, max(left, default=0), height)
        if not self._behind_all(row, min(left, default=0)):
            for column, start, end in self.cells(row):
                for mine in [one for one in left if one < column]:
                    self.part.insert(start, left.pop(mine))
                if column in left:
                    self.part.replace(start, end, left.pop(column))
        if row.close == row.inner == row.end:
            self._open(row, b"".join(left.values()))
        elif left:
            self.part.insert(row.close, b"".join(left.values()))

    def _behind_all(self, row: Row, first: int) -> bool:
        """Whether a column stands right of all cells of a row, as is the rule."""
        data, p = self.part.data, self.part.prefix()
        cell = data.rfind(b"<" + p + b"c ", row.inner, row.close)
        said = _R.search(data, cell, data.find(b">", cell)) if cell >= 0 else None
        return bool(said and said[1]) and column_number((said[1] if said else b"").decode()) < first

    def _open(self, row: Row, cells: bytes) -> None:
        """A row that is one tag gets a content; its tag may have other edits."""
        p = self.part.prefix()
        slash = self.part.data.rfind(b"/", row.start, row.end)
        self.part.replace(slash, row.end, b">" + cells + b"</" + p + b"row>")

    def _tag(self, row: Row, last: int, height: bytes | None) -> None:
        """Widen what a row says of its columns, set its height; blank: take that away."""
        tag = self.part.data[row.start : row.inner]
        spans = _SPANS.search(tag)
        if spans and int(spans[2]) < last:
            at = row.start + spans.start(2)
            self.part.replace(at, at + len(spans[2]), str(last).encode())
        if height is None:
            return
        for name in (b"ht", b"customHeight"):
            old = re.search(rb"\s" + name + rb"""\s*=\s*(?:"[^"]*"|'[^']*')""", tag)
            if old:
                self.part.replace(row.start + old.start(), row.start + old.end(), b"")
        if height:
            end = row.start + len(tag.rstrip(b">").rstrip(b"/").rstrip())
            self.part.insert(end, b' ht="' + height + b'" customHeight="1"')

    def height(self, row: Row) -> str:
        """The height that a row says it has, blank where it says none."""
        tag = self.part.data[row.start : row.inner]
        said = re.search(rb"""\sht\s*=\s*["']([^"']*)""", tag)
        return said[1].decode() if said else ""

    def add(self, number: int, cells: bytes, height: bytes | None) -> None:
        """A row that the sheet has not, among those it has."""
        p = self.part.prefix()
        tall = b' ht="' + height + b'" customHeight="1"' if height else b""
        row = b"<" + p + b'row r="' + str(number).encode() + b'"' + tall + b">"
        row += cells + b"</" + p + b"row>"
        after = next((one for one in self.rows if one.number > number), None)
        if after:
            self.part.insert(after.start, row)
        else:
            self.part.append(self.data, row)
