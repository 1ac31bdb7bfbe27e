"""A worksheet and what its rows' outcomes say in, our three columns beside the user's own out."""

from __future__ import annotations

from copy import copy
from itertools import chain
from typing import TYPE_CHECKING, Any

from importer.model import column_letter
from importer.report.content import HEADINGS, ID, MESSAGE, STATUS
from importer.report.paint import HEADING, WRAPPED, Brush, lines_high, look_of, points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from importer.model import SheetLayout
    from importer.report.content import Content, Line

WIDTHS = {STATUS: 14, MESSAGE: 60, ID: 40}
LAST_COLUMN = 16_384


def write_columns(sheet: Worksheet, layout: SheetLayout, content: Content) -> str | None:
    """Fill our columns, in place where an earlier report left them, else right of the table.

    An id stays where the new report has none for its row: it is the row's identity.
    Returns a remark where the sheet has no room for more columns.
    """
    at = _found(sheet, layout)
    old = dict(at)
    free = range(_used_width(sheet, layout) + 1, LAST_COLUMN + 1)
    at |= dict(zip((name for name in HEADINGS if name not in at), free, strict=False))
    if len(at) < len(HEADINGS):
        return (
            f"Sheet {layout.name} has no free columns, so its rows do not say what became of them."
        )
    brush = Brush()
    _clear(sheet, layout, old)
    new = {name: column for name, column in at.items() if name not in old}
    _head(sheet, layout, new, brush)
    for line in content.lines(layout):
        _write(sheet, line, at, brush)
    return None


def _found(sheet: Worksheet, layout: SheetLayout) -> dict[str, int]:
    """The columns of an earlier report, by their headings."""
    at: dict[str, int] = {}
    if layout.header_row:
        row = sheet.iter_rows(layout.header_row, layout.header_row, values_only=True)
        for column, value in enumerate(next(row), 1):
            name = str(value).strip().casefold()
            if name in HEADINGS:
                at.setdefault(name, column)
    return at


def _used_width(sheet: Worksheet, layout: SheetLayout) -> int:
    """The last column that holds anything: a value, a merged cell of the table, a table."""
    filled = (cell.column for cell in sheet._cells.values() if cell.value is not None)
    merged = (m.max_col for m in sheet.merged_cells.ranges if m.max_row >= layout.header_row)
    tables = (_last_column(table.ref) for table in sheet.tables.values())
    last: int = max(chain([layout.width], filled, merged, tables))
    return last


def _last_column(ref: str) -> int:
    from openpyxl.worksheet.cell_range import CellRange

    return CellRange(ref).max_col


def _clear(sheet: Any, layout: SheetLayout, old: Mapping[str, int]) -> None:
    """Take back what an earlier report said; ids stay."""
    from openpyxl.styles.cell_style import StyleArray

    _unmerge(sheet, layout, set(old.values()))
    columns = [old[name] for name in (STATUS, MESSAGE) if name in old]
    for row in range(layout.header_row + 1, sheet.max_row + 1 if columns else 0):
        _fit(sheet, row, str(sheet.cell(row, columns[-1]).value or ""), "")
        for column in columns:
            cell = sheet.cell(row, column)
            cell.value, cell._style = None, StyleArray()


def _unmerge(sheet: Worksheet, layout: SheetLayout, columns: set[int]) -> None:
    """Only the first of merged cells can be written, and each of our rows needs its own."""
    for merged in list(sheet.merged_cells.ranges):
        across = columns.intersection(range(merged.min_col, merged.max_col + 1))
        if across and merged.max_row > layout.header_row:
            sheet.unmerge_cells(merged.coord)


def _head(sheet: Worksheet, layout: SheetLayout, new: Mapping[str, int], brush: Brush) -> None:
    """Head the columns that are new, and make them wide enough and visible."""
    if new:
        _split_dimensions(sheet, min(new.values()), max(new.values()))
    for name, column in new.items():
        sheet.column_dimensions[column_letter(column)].width = WIDTHS[name]
        if layout.header_row:
            brush.put(sheet.cell(layout.header_row, column), name, HEADING)


def _write(sheet: Worksheet, line: Line, at: Mapping[str, int], brush: Brush) -> None:
    brush.put(sheet.cell(line.row, at[STATUS]), line.status, look_of(line.status))
    brush.put(sheet.cell(line.row, at[MESSAGE]), line.message, WRAPPED)
    _fit(sheet, line.row, "", line.message)
    if line.id:
        brush.put(sheet.cell(line.row, at[ID]), line.id)


def _fit(sheet: Worksheet, row: int, old: str, new: str) -> None:
    """Make the row as high as the new message needs, unless the user set its height."""
    had, needed = (lines_high(text, WIDTHS[MESSAGE]) for text in (old, new))
    height = sheet.row_dimensions[row].height
    if height == (points(had) if had > 1 else None):
        sheet.row_dimensions[row].height = points(needed) if needed > 1 else None


def _split_dimensions(sheet: Worksheet, first: int, last: int) -> None:
    """Take our columns out of any run of columns that is styled or hidden as one."""
    for dimension in list(sheet.column_dimensions.values()):
        start, end = dimension.min or 0, dimension.max or 0
        if start > last or end < first:
            continue
        del sheet.column_dimensions[dimension.index]
        for low, high in ((start, first - 1), (last + 1, end)):
            if low <= high:
                _run(sheet, dimension, low, high)


def _run(sheet: Worksheet, like: Any, low: int, high: int) -> None:
    from openpyxl.worksheet.dimensions import ColumnDimension

    letter = column_letter(low)
    run: Any = ColumnDimension(
        sheet,
        index=letter,
        min=low,
        max=high,
        width=like.width,
        hidden=like.hidden,
        bestFit=like.bestFit,
        outlineLevel=like.outlineLevel,
        collapsed=like.collapsed,
    )
    run._style = copy(like._style)
    sheet.column_dimensions[letter] = run
