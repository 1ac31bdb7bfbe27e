"""A worksheet's XML in pieces in, its rows as they pass by out, and what to put into each of them.

Rows are found by their tags and are not parsed: only where a cell of ours has to stand among
others is a row looked at cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from importer.report.ooxml.cells import column_number
from importer.report.ooxml.refused import Refused

_R = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3})([0-9]+)["']""")
_SPANS = re.compile(rb"""(\sspans\s*=\s*["'][0-9]+:)([0-9]+)(["'])""")
_HEIGHT = re.compile(rb"""\sht\s*=\s*["']([^"']*)""")

Edit = tuple[int, int, bytes]
"""Start and end of what is replaced, and what stands there instead."""


@cache
def number_of(letters: bytes) -> int:
    """`C` -> 3, as a sheet has it in nearly every cell."""
    return column_number(letters.decode())


class Row(NamedTuple):
    """One `row` element: its tag from `start` to `inner`, its cells up to `close`."""

    number: int
    start: int
    inner: int
    close: int
    end: int


class Window(NamedTuple):
    """Whole rows that stand one after the other; `base` is where `data` begins in the part."""

    data: bytes
    base: int
    rows: list[Row]


@dataclass(slots=True)
class Rows:
    """The rows of one worksheet, whose elements have the `prefix`; read anew by each walk."""

    name: str
    prefix: bytes
    begin: int
    pieces: Callable[[], Iterator[bytes]]

    def windows(self) -> Iterator[Window]:
        """All rows from top to bottom. Raises Refused where that is not their order."""
        rest, base, number = b"", self.begin, 0
        for piece in self.pieces():
            data = rest + piece
            rows = list(self._complete(data, number))
            if rows:
                number, end = rows[-1].number, rows[-1].end
                yield Window(data[:end], base, rows)
                rest, base = data[end:], base + end
            else:
                rest = data
        if rest.strip():
            raise Refused(f"{self.name} has rows that do not end")
        yield Window(rest, base, [])

    def _complete(self, data: bytes, number: int) -> Iterator[Row]:
        """The rows that end in `data`, after the one with that number."""
        if data.find(b"<!") >= 0:
            raise Refused(f"{self.name} has comments among its cells")
        p, at = self.prefix, 0
        opening = re.compile(b"<" + p + rb"""row(?:\s+r="([0-9]+)")?((?:\s[^>]*?)?)(/?)>""")
        closing = b"</" + p + b"row>"
        while match := opening.search(data, at):
            known, more, single = match.groups()
            said = known or ((found := _R.search(more)) and found[2])
            before, number = number, int(said) if said else number + 1
            start, inner = match.span()
            close = inner if single else data.find(closing, inner)
            if close < 0:
                return
            if number <= before:
                raise Refused(f"{self.name} has rows in disorder")
            at = inner if single else close + len(closing)
            yield Row(number, start, inner, close, at)

    def last_used(self) -> int:
        """The last column in which any row holds a value or a formula."""
        closing, rest, last = b"</" + self.prefix + b"row>", b"", 0
        for piece in self.pieces():
            *rows, rest = (rest + piece).split(closing)
            last = max(last, max(map(self._last_used, rows), default=0))
        return last

    def _last_used(self, xml: bytes) -> int:
        p = self.prefix
        cell = xml.rfind(b"<" + p + b"c ")
        if cell >= 0 and xml.find(b"</" + p + b"v>", cell) >= 0:
            said = _R.search(xml, cell)
            if said and said[1]:
                return number_of(said[1])
        held = max(xml.rfind(b"</" + p + mark) for mark in (b"v>", b"is>"))
        held = max(held, xml.rfind(b"<" + p + b"f"))
        cells = self.cells(xml, Row(0, 0, 0, len(xml), len(xml)))
        return max((column for column, start, _ in cells if start < held), default=0)

    def cells(self, data: bytes, row: Row) -> Iterator[tuple[int, int, int]]:
        """Column, start and end of each cell of a row."""
        p = self.prefix
        tag = re.compile(b"<" + p + rb"c(\s[^>]*?)?(/?)>")
        closing, column, at = b"</" + p + b"c>", 0, row.inner
        while match := tag.search(data, at, row.close):
            said = _R.search(match[1] or b"")
            column = number_of(said[1]) if said and said[1] else column + 1
            at = match.end()
            if not match[2]:
                at = data.find(closing, at, row.close) + len(closing)
                if at < len(closing):
                    raise Refused(f"{self.name} has cells that do not end")
            yield column, match.start(), at

    def found(self, number: int) -> dict[int, bytes]:
        """The cells of one row, by column."""
        for data, _, rows in self.windows():
            for row in rows if rows and rows[-1].number >= number else ():
                if row.number == number:
                    return {column: data[a:b] for column, a, b in self.cells(data, row)}
                if row.number > number:
                    return {}
        return {}

    def put(
        self, data: bytes, row: Row, cells: dict[int, bytes], height: bytes | None
    ) -> list[Edit]:
        """Put cells, from left to right, into a row, each in the place of one that is there."""
        first, last = next(iter(cells), 0), next(reversed(cells), 0)
        edits, left = _widened(data, row, last, height), cells
        if not self._behind_all(data, row, first):
            left = dict(cells)
            edits += self._among(data, row, left)
        new = b"".join(left.values())
        if row.close == row.end:
            slash = data.rfind(b"/", row.start, row.end)
            edits.append((slash, row.end, b">" + new + b"</" + self.prefix + b"row>"))
        elif new:
            edits.append((row.close, row.close, new))
        return edits

    def _among(self, data: bytes, row: Row, left: dict[int, bytes]) -> Iterator[Edit]:
        """Put those cells that do not stand behind all others of the row, and leave the rest."""
        for column, start, end in self.cells(data, row):
            before = [left.pop(mine) for mine in [one for one in left if one < column]]
            if before:
                yield start, start, b"".join(before)
            if column in left:
                yield start, end, left.pop(column)

    def _behind_all(self, data: bytes, row: Row, first: int) -> bool:
        """Whether a column stands right of all cells of a row, as is the rule."""
        cell = data.rfind(b"<" + self.prefix + b"c ", row.inner, row.close)
        said = _R.search(data, cell, row.close) if cell >= 0 else None
        return said is not None and said[1] != b"" and number_of(said[1]) < first

    def new(self, number: int, cells: dict[int, bytes], height: bytes | None) -> bytes:
        """A row that the sheet has not."""
        tall = b' ht="' + height + b'" customHeight="1"' if height else b""
        tag = b"<" + self.prefix + b'row r="' + str(number).encode() + b'"' + tall + b">"
        return tag + b"".join(cells.values()) + b"</" + self.prefix + b"row>"


def _widened(data: bytes, row: Row, last: int, height: bytes | None) -> list[Edit]:
    """Widen what a row says of its columns, set its height; blank: take that away."""
    spans = _SPANS.search(data, row.start, row.inner)
    edits: list[Edit] = []
    if spans and int(spans[2]) < last:
        edits.append((spans.start(2), spans.end(2), str(last).encode()))
    if height is not None:
        tag = data[row.start : row.inner]
        for name in (b"ht", b"customHeight"):
            old = re.search(rb"\s" + name + rb"""\s*=\s*(?:"[^"]*"|'[^']*')""", tag)
            if old:
                edits.append((row.start + old.start(), row.start + old.end(), b""))
        if height:
            end = row.start + len(tag.rstrip(b">").rstrip(b"/").rstrip())
            edits.append((end, end, b' ht="' + height + b'" customHeight="1"'))
    return sorted(edits)


def height_of(data: bytes, row: Row) -> str:
    """The height that a row says it has, blank where it says none."""
    said = _HEIGHT.search(data, row.start, row.inner)
    return said[1].decode() if said else ""
