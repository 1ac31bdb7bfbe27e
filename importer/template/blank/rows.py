"""Fills rows, as an export has them, into a sheet of a blank workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from importer.model import Cell, CellFault
from importer.template.blank.layout import Layout
from importer.template.blank.look import heading_cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def fill_rows(sheet: Worksheet, layout: Layout, rows: Sequence[Mapping[str, Cell]]) -> None:
    """Write rows (heading -> cell) from row 2 on; headings that fit a pattern only come last.

    Text is written as text, whatever it begins with.
    """
    places = {field.rule.heading: place for place, field in enumerate(layout.placed, 1)}
    behind = 1 if layout.folded else 0
    for heading in (heading for row in rows for heading in row):
        if heading not in places:
            places[heading] = len(places) + 1 + behind
            heading_cell(sheet.cell(1, places[heading], heading))
    for number, row in enumerate(rows, 2):
        for heading, value in row.items():
            if value != "":
                cell = sheet.cell(number, places[heading], _written(value))
                if isinstance(value, str):
                    cell.data_type = "s"
                    cell.number_format = "@"


def _written(value: Cell) -> Any:
    """Return a cell as openpyxl takes it; `_x0041_` is escaped, which would be read as `A`."""
    if isinstance(value, str):
        return _ESCAPED.sub("_x005F_", value)
    return value.text if isinstance(value, CellFault) else value
