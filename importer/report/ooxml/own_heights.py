"""The height that the user's own cells need in a row that leaves its height to the viewer.

Once such a row states a height for our message, no viewer computes it for the other cells.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from importer.report.ooxml.row import Row
from importer.report.ooxml.sheet import Sheet
from importer.report.text_height import lines_high, points
from importer.spreadsheet import MAX_COLUMNS

USUAL_WIDTH = "8.43"
"""Of a column for which a sheet states no width."""

_STYLE = re.compile(rb"""\ss\s*=\s*["']([0-9]+)["']""")


class OwnHeights(Struct):
    """The heights of a sheet's rows; only cells whose style wraps their text make a row higher."""

    sheet: Sheet
    _widths: list[tuple[int, int, float]] | None = None

    def of(self, row: Row) -> float:
        """Return the height in points that the cells of a row need."""
        cells = ((column, row.xml[start:end]) for column, start, end in row.cells())
        lines = (self._lines(column, cell) for column, cell in cells if self._wraps(cell))
        return points(max(lines, default=1))

    def _wraps(self, cell: bytes) -> bool:
        style = _STYLE.search(cell, 0, cell.find(b">"))
        return style is not None and self.sheet.styles.wraps(int(style[1]))

    def _lines(self, column: int, cell: bytes) -> int:
        return lines_high(self.sheet.strings.of(cell), self._width(column))

    def _width(self, column: int) -> float:
        """Return the width of a column in digits."""
        if self._widths is None:
            self._widths = sorted(self._stated_widths())
        at = bisect_right(self._widths, (column, MAX_COLUMNS, 0.0)) - 1
        first, last, width = self._widths[at] if at >= 0 else (0, 0, 0.0)
        return width if first <= column <= last and width else self._usual_width()

    def _stated_widths(self) -> Iterator[tuple[int, int, float]]:
        columns = self.sheet.child("cols")
        for run in self.sheet.part.children(columns) if columns else ():
            yield int(run.get("min")), int(run.get("max")), float(run.get("width", "0"))

    def _usual_width(self) -> float:
        stated = self.sheet.child("sheetFormatPr")
        return float(stated.get("defaultColWidth", USUAL_WIDTH) if stated else USUAL_WIDTH)
