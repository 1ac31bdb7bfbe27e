"""A worksheet's XML in pieces in, its rows as they pass by out, and what to put into each of them.

Rows are found by their tags and are not parsed: only where a cell of ours has to stand among
others is a row looked at cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from importer.report.ooxml.cells import column_number
from importer.report.ooxml.refused import Refused

_R = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3})([0-9]+)["']""")
_SPANS = re.compile(rb"""(\sspans\s*=\s*["'][0-9]+:)([0-9]+)(["'])""")
_HEIGHT = re.compile(rb"""\sht\s*=\s*["']([^"']*)["']""")
_SET = re.compile(rb"""\scustomHeight\s*=\s*["'](?:1|true)["']""")

Edit = tuple[int, int, bytes]
"""Start and end of what is replaced, and what stands there instead."""


@cache
def number_of(letters: bytes) -> int:
    """`C` -> 3, as a sheet has it in nearly every cell."""
    return column_number(letters.decode())


class Row(NamedTuple):
    """One `row` element: its tag from `start` to `inner`, its cells up to `close`.

    `right` is where its `spans` say which column is the last; (-1, -1) where it has none.
    """

    number: int
    start: int
    inner: int
    close: int
    end: int
    right: tuple[int, int] = (-1, -1)


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
    _cell: bytes = field(init=False)
    _address: re.Pattern[bytes] = field(init=False)
    _row: re.Pattern[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self._cell = b"<" + self.prefix + b"c "
        usual = rb"""row(?=[\s/>])(?:\s+r="([0-9]+)")?(?:\s+spans="[0-9]+:([0-9]+)")?([^>]*)>"""
        self._row = re.compile(b"<" + self.prefix + usual)
        self._address = re.compile(self._cell + rb"""r=["']([A-Z]{1,3})[0-9]+["']""")

    def windows(self) -> Iterator[Window]:
        """All rows from top to bottom. Raises Refused where that is not their order."""
        rest, base, number = b"", self.begin, 0
        for piece in self.pieces():
            data = rest + piece
            rows = list(self._ending_in(data, number))
            if rows:
                number, end = rows[-1].number, rows[-1].end
                yield Window(data[:end], base, rows)
                rest, base = data[end:], base + end
            else:
                rest = data
        if rest.strip():
            raise Refused(f"{self.name} has rows that do not end")
        yield Window(rest, base, [])

    def _ending_in(self, data: bytes, number: int) -> Iterator[Row]:
        """The rows whose end is in `data`, after the one with that number."""
        if data.find(b"<!") >= 0:
            raise Refused(f"{self.name} has comments among its cells")
        opening, closing, at = self._row, b"</" + self.prefix + b"row>", 0
        while match := opening.search(data, at):
            known, _, more = match.groups()
            before, number = number, int(known) if known else _number(more) or number + 1
            start, inner = match.span()
            single = more.endswith(b"/")
            close = inner if single else data.find(closing, inner)
            if close < 0:
                return
            if number <= before:
                raise Refused(f"{self.name} has rows in disorder")
            at = inner if single else close + len(closing)
            right = _right(match) if b"spans" in more else match.span(2)
            yield Row(number, start, inner, close, at, right)

    def last_used(self) -> int:
        """The last column in which any row holds a value or a formula."""
        closing, rest, last = b"</" + self.prefix + b"row>", b"", 0
        for piece in self.pieces():
            *rows, rest = (rest + piece).split(closing)
            last = max(last, max(map(self._last_used, rows), default=0))
        return last

    def _last_used(self, xml: bytes) -> int:
        """The same of one row, whose last cell is looked at first: most often it holds a value."""
        p = self.prefix
        cell = xml.rfind(self._cell)
        said = self._address.match(xml, cell) if cell >= 0 else None
        if said and xml.find(b"</" + p + b"v>", cell) >= 0:
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
        """Put cells, from left to right, into a row, each in the place of one that is there.

        None as the height leaves it, blank takes it away.
        """
        edits = _wider(data, row, max(cells, default=0))
        if height is not None:
            edits = sorted([*edits, *_higher(data, row, height)])
        if not self.ends_before(data, row, min(cells, default=0)):
            cells = dict(cells)
            edits += self._among(data, row, cells)
        if new := b"".join(cells.values()):
            edits.append(self._behind(data, row, new))
        return edits

    def put_behind(self, data: bytes, row: Row, new: bytes, last: int) -> list[Edit]:
        """Put cells up to a column at the end of a row that ends before them, as most rows do."""
        return [*_wider(data, row, last), self._behind(data, row, new)]

    def ends_before(self, data: bytes, row: Row, column: int) -> bool:
        """Whether all cells of a row stand left of a column, as is the rule."""
        cell = data.rfind(self._cell, row.inner, row.close)
        said = self._address.match(data, cell) if cell >= 0 else None
        return said is not None and number_of(said[1]) < column

    def _among(self, data: bytes, row: Row, left: dict[int, bytes]) -> Iterator[Edit]:
        """Put those cells that do not stand behind all others of the row, and leave the rest."""
        for column, start, end in self.cells(data, row):
            before = [left.pop(mine) for mine in [one for one in left if one < column]]
            if before:
                yield start, start, b"".join(before)
            if column in left:
                yield start, end, left.pop(column)

    def _behind(self, data: bytes, row: Row, new: bytes) -> Edit:
        """Put cells at the end of a row."""
        if row.close < row.end:
            return row.close, row.close, new
        slash = data.rfind(b"/", row.start, row.end)
        return slash, row.end, b">" + new + b"</" + self.prefix + b"row>"

    def new(self, number: int, cells: Mapping[int, bytes], height: bytes | None) -> bytes:
        """A row that the sheet has not."""
        tall = b' ht="' + height + b'"' if height else b""
        tag = b"<" + self.prefix + b'row r="' + str(number).encode() + b'"' + tall + b">"
        return tag + b"".join(cells.values()) + b"</" + self.prefix + b"row>"


def _number(attributes: bytes) -> int:
    """The number that a row bears somewhere among its attributes, else 0."""
    said = _R.search(attributes)
    return int(said[2]) if said else 0


def _right(tag: re.Match[bytes]) -> tuple[int, int]:
    """Where the `spans` of a row that has them somewhere say which column is the last."""
    spans = _SPANS.search(tag.string, *tag.span())
    return spans.span(2) if spans else (-1, -1)


def _wider(data: bytes, row: Row, last: int) -> list[Edit]:
    """Widen what a row says of its columns."""
    start, end = row.right
    if start < 0 or int(data[start:end]) >= last:
        return []
    return [(start, end, b"%d" % last)]


def _higher(data: bytes, row: Row, height: bytes) -> Iterator[Edit]:
    """Say how high a row is, or no more: whoever shows it works it out again as he likes."""
    said, new = _HEIGHT.search(data, row.start, row.inner), b' ht="' + height + b'"'
    if said:
        yield said.start(), said.end(), new if height else b""
    elif height:
        end = row.start + len(data[row.start : row.inner].rstrip(b">").rstrip(b"/").rstrip())
        yield end, end, new


def height_of(data: bytes, row: Row) -> str:
    """The height in points that a row says it has, blank where it says none."""
    said = _HEIGHT.search(data, row.start, row.inner)
    return said[1].decode() if said else ""


def is_set(data: bytes, row: Row) -> bool:
    """Whether somebody has set the height of a row, and it is not worked out."""
    return _SET.search(data, row.start, row.inner) is not None
