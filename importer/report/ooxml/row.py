"""One row of a worksheet in, its cells out, and the edits that put cells of ours among them.

It is not parsed: only where a cell of ours has to stand among others is it looked at cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from importer.report.ooxml.cells import column_number
from importer.report.ooxml.errors import Refused
from importer.report.ooxml.splicing import Edit

_R = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3})([0-9]+)["']""")
_ADDRESS = re.compile(rb"""r=["']([A-Z]{1,3})[0-9]+["']""")
_SPANS = re.compile(rb"""(\sspans\s*=\s*["'][0-9]+:)([0-9]+)(["'])""")
_HEIGHT = re.compile(rb"""\sht\s*=\s*["']([^"']*)["']""")
_SET = re.compile(rb"""\scustomHeight\s*=\s*["'](?:1|true)["']""")


@cache
def number_of(letters: bytes) -> int:
    """`C` -> 3, as a sheet has it in nearly every cell."""
    return column_number(letters.decode())


def said_number(tag: bytes) -> int:
    """The number that a row says it has, 0 where it says none."""
    said = _R.search(tag)
    return int(said[2]) if said else 0


class Row(NamedTuple):
    """One `row` element, and the blanks before it, whose tag ends at `inner`, its cells at `close`.

    Of an element without an end tag `close` is the end.
    """

    number: int
    xml: bytes
    prefix: bytes = b""
    inner: int = 0
    close: int = 0

    def cells(self) -> Iterator[tuple[int, int, int]]:
        """Column, start and end of each cell."""
        p = self.prefix
        tag = re.compile(re.escape(b"<" + p) + rb"c(\s[^>]*?)?(/?)>")
        closing, column, at = b"</" + p + b"c>", 0, self.inner
        while match := tag.search(self.xml, at, self.close):
            said = _R.search(match[1] or b"")
            column = number_of(said[1]) if said and said[1] else column + 1
            at = match.end()
            if not match[2]:
                at = self.xml.find(closing, at, self.close) + len(closing)
                if at < len(closing):
                    raise Refused(f"its row {self.number} has cells that do not end")
            yield column, match.start(), at

    def last_used(self) -> int:
        """The last column with a value or a formula; the last cell most often holds one."""
        p, xml, last = self.prefix, self.xml, self._last_cell()
        if last and xml.find(b"</" + p + b"v>", last.start()) >= 0:
            return number_of(last[1])
        held = max(xml.rfind(b"</" + p + mark) for mark in (b"v>", b"is>"))
        held = max(held, xml.rfind(b"<" + p + b"f"))
        return max((column for column, start, _ in self.cells() if start < held), default=0)

    def _last_cell(self) -> re.Match[bytes] | None:
        """The start of the last cell, with its column, where it says it as most do."""
        cell = b"<" + self.prefix + b"c "
        at = self.xml.rfind(cell)
        return _ADDRESS.match(self.xml, at + len(cell)) if at >= 0 else None

    def put(self, cells: Mapping[int, bytes], height: bytes | None) -> list[Edit]:
        """Put cells, from left to right, into the row, each in the place of one that is there.

        None as the height leaves it, blank takes it away.
        """
        edits = self._wider(max(cells, default=0))
        if height is not None:
            edits = sorted([*edits, *self._higher(height)])
        left = dict(cells)
        if not self._ends_before(min(cells, default=0)):
            edits += self._among(left)
        if new := b"".join(left.values()):
            edits.append(self._behind(new))
        return edits

    def _ends_before(self, column: int) -> bool:
        """Whether all cells stand left of a column, as is the rule."""
        last = self._last_cell()
        return last is not None and number_of(last[1]) < column

    def _among(self, left: dict[int, bytes]) -> Iterator[Edit]:
        """Put those cells that do not stand behind all others, and leave the rest."""
        for column, start, end in self.cells():
            before = [left.pop(mine) for mine in [one for one in left if one < column]]
            if before:
                yield start, start, b"".join(before)
            if column in left:
                yield start, end, left.pop(column)

    def _behind(self, new: bytes) -> Edit:
        """Put cells at the end."""
        if self.close < len(self.xml):
            return self.close, self.close, new
        return self.xml.rfind(b"/"), self.close, b">" + new + end_tag(self.prefix)

    def _wider(self, last: int) -> list[Edit]:
        """Widen what the row says of its columns."""
        spans = _SPANS.search(self.xml, 0, self.inner)
        if spans is None or int(spans[2]) >= last:
            return []
        return [(*spans.span(2), b"%d" % last)]

    def _higher(self, height: bytes) -> Iterator[Edit]:
        """Say how high the row is, or no more: whoever shows it works it out again as he likes."""
        said, new = _HEIGHT.search(self.xml, 0, self.inner), b' ht="' + height + b'"'
        if said:
            yield said.start(), said.end(), new if height else b""
        elif height:
            end = len(self.xml[: self.inner].rstrip(b">").rstrip(b"/").rstrip())
            yield end, end, new

    @property
    def height(self) -> str:
        """The height in points that the row says it has, blank where it says none."""
        said = _HEIGHT.search(self.xml, 0, self.inner)
        return said[1].decode() if said else ""

    @property
    def height_is_set(self) -> bool:
        """Whether somebody has set its height, and it is not worked out."""
        return _SET.search(self.xml, 0, self.inner) is not None


def new_row(prefix: bytes, number: int, cells: Mapping[int, bytes], height: bytes | None) -> bytes:
    """A row that the sheet has not."""
    tall = b' ht="' + height + b'"' if height else b""
    tag = b"<" + prefix + b'row r="%d"' % number + tall + b">"
    return tag + b"".join(cells.values()) + end_tag(prefix)


def end_tag(prefix: bytes) -> bytes:
    """What ends a row that has cells."""
    return b"</" + prefix + b"row>"
