"""A row of a worksheet: its cells, and the edits that put our cells among them.

A row is not parsed: its cells are looked at only where a cell of ours goes between them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.splicing import Edit
from importer.spreadsheet import column_number

_NUMBER_OR_ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3})([0-9]+)["']""")
_ADDRESS = re.compile(rb"""r=["']([A-Z]{1,3})[0-9]+["']""")
_SPANS = re.compile(rb"""\sspans\s*=\s*["']([0-9]+):([0-9]+)["']""")
_HEIGHT = re.compile(rb"""\sht\s*=\s*["']([^"']*)["']""")
_HEIGHT_SET = re.compile(rb"""\scustomHeight\s*=\s*["'](?:1|true)["']""")


@cache
def number_of(letters: bytes) -> int:
    """Return the number of a column (from 1): `C` -> 3."""
    return column_number(letters.decode())


@cache
def _cell_tag(prefix: bytes) -> re.Pattern[bytes]:
    """Return a pattern of a cell's tag: its column where that comes first, as usual, or its
    attributes; and the slash of an empty cell.
    """
    usual = rb""" r="([A-Z]{1,3})[0-9]+"(?=[\s/>])[^>]*?"""
    return re.compile(re.escape(b"<" + prefix) + rb"c(?:" + usual + rb"|(\s[^>]*?)?)(/?)>")


def _cell_end(prefix: bytes) -> bytes:
    return b"</" + prefix + b"c>"


def stated_number(tag: bytes) -> int:
    """Return the number in a row's tag, 0 where it has none."""
    stated = _NUMBER_OR_ADDRESS.search(tag)
    return int(stated[2]) if stated else 0


class Row(NamedTuple):
    """A `row` element and the blanks before it: the tag ends at `inner`, the cells at `close`.

    Without an end tag `close` is the end of the element.
    """

    number: int
    xml: bytes
    prefix: bytes = b""
    inner: int = 0
    close: int = 0

    def cells(self) -> Iterator[tuple[int, int, int]]:
        """Yield column, start and end of each cell. Raises PatchRefused."""
        tag, closing, column, at = _cell_tag(self.prefix), _cell_end(self.prefix), 0, self.inner
        while match := tag.search(self.xml, at, self.close):
            usual, rest, ending = match.groups()
            stated = None if usual else _NUMBER_OR_ADDRESS.search(rest or b"")
            letters = usual or (stated[1] if stated else b"")
            column = number_of(letters) if letters else column + 1
            at = match.end()
            if not ending:
                at = self.xml.find(closing, at, self.close) + len(closing)
                if at < len(closing):
                    raise PatchRefused(f"its row {self.number} has cells that do not end")
            yield column, match.start(), at

    def last_used(self) -> int:
        """Return the last column with a value or a formula, which most often is the last cell's."""
        p, xml, last = self.prefix, self.xml, self._last_cell()
        if last and xml.find(b"</" + p + b"v>", last.start()) >= 0:
            return number_of(last[1])
        content = max(xml.rfind(b"</" + p + mark) for mark in (b"v>", b"is>"))
        content = max(content, xml.rfind(b"<" + p + b"f"))
        return max((column for column, start, _ in self.cells() if start < content), default=0)

    def _last_cell(self) -> re.Match[bytes] | None:
        """Return a match of the last cell's address, where it is the first attribute as usual."""
        cell = b"<" + self.prefix + b"c "
        at = self.xml.rfind(cell)
        return _ADDRESS.match(self.xml, at + len(cell)) if at >= 0 else None

    def put(self, cells: Mapping[int, bytes], height: float | None) -> list[Edit]:
        """Return the edits that put cells, ordered from left to right, into the row.

        A cell replaces the cell in its column. The height stays if None, and is removed if 0.
        """
        edits = self._wider(cells)
        if height is not None:
            edits = sorted([*edits, *self._higher(height)])
        left = dict(cells)
        if not self._ends_before(min(cells, default=0)):
            edits += self._among(left)
        if new := b"".join(left.values()):
            edits.append(self._behind(new))
        return edits

    def _ends_before(self, column: int) -> bool:
        """Return whether all cells are left of a column, as is usual."""
        last = self._last_cell()
        return last is not None and number_of(last[1]) < column

    def _among(self, left: dict[int, bytes]) -> Iterator[Edit]:
        """Yield the edits for cells that do not go behind all others; leave the rest in `left`."""
        for column, start, end in self.cells():
            before = [left.pop(new) for new in [new for new in left if new < column]]
            if before:
                yield start, start, b"".join(before)
            if column in left:
                yield start, end, left.pop(column)

    def _behind(self, new: bytes) -> Edit:
        """Return the edit that puts cells at the end."""
        if self.close < len(self.xml):
            return self.close, self.close, new
        return self.xml.rfind(b"/"), self.close, b">" + new + end_tag(self.prefix)

    def _wider(self, cells: Collection[int]) -> list[Edit]:
        """Return the edits that widen the row's stated spans, if necessary."""
        spans = _SPANS.search(self.xml, 0, self.inner)
        if spans is None or not cells:
            return []
        low, high = min(cells), max(cells)
        edits = [(*spans.span(1), b"%d" % low)] if low < int(spans[1]) else []
        if high > int(spans[2]):
            edits.append((*spans.span(2), b"%d" % high))
        return edits

    def _higher(self, height: float) -> Iterator[Edit]:
        """Yield the edit that states the height, or removes it so that viewers compute it."""
        stated, new = _HEIGHT.search(self.xml, 0, self.inner), _tall(height)
        if stated:
            yield stated.start(), stated.end(), new
        elif height:
            end = len(self.xml[: self.inner].rstrip(b">").rstrip(b"/").rstrip())
            yield end, end, new

    @property
    def height(self) -> float:
        """The row's stated height in points, 0 where it states none."""
        stated = _HEIGHT.search(self.xml, 0, self.inner)
        return float(stated[1]) if stated else 0

    @property
    def height_is_set(self) -> bool:
        """Whether the user set the height."""
        return _HEIGHT_SET.search(self.xml, 0, self.inner) is not None


def new_row(prefix: bytes, number: int, cells: Mapping[int, bytes], height: float) -> bytes:
    """Return a row that the sheet does not have yet."""
    tag = b"<" + prefix + b'row r="%d"' % number + _tall(height) + b">"
    return tag + b"".join(cells.values()) + end_tag(prefix)


def _tall(height: float) -> bytes:
    return f' ht="{height:g}"'.encode() if height else b""


def end_tag(prefix: bytes) -> bytes:
    """Return the end tag of a row."""
    return b"</" + prefix + b"row>"
