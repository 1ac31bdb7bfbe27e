"""Our three columns in a sheet: finds or makes room for them, and has their cells written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

from importer.model import OWN_COLUMNS, SheetLayout
from importer.report.content import Content
from importer.report.ooxml.book import Book
from importer.report.ooxml.cells import area, corners, text_cell
from importer.report.ooxml.markup import Element, xml_attribute
from importer.report.ooxml.result_cells import WIDTHS, ResultCells
from importer.report.ooxml.row_patch import RowPatcher
from importer.report.ooxml.sheet import Sheet
from importer.report.ooxml.tables import grow, last_column
from importer.report.styles import HEADING
from importer.spreadsheet import MAX_COLUMNS


def write_columns(book: Book, sheet: Sheet, layout: SheetLayout, content: Content) -> str | None:
    """Write our columns in place of an earlier report's, else right of the table.

    An id stays where the new report has none for its row: it is the row's identity.
    Returns a note where the sheet has no room for more columns.
    """
    old = _found(sheet, layout)
    missing = [name for name in OWN_COLUMNS if name not in old]
    free = range(_used_width(sheet, layout) + 1 if missing else 0, MAX_COLUMNS + 1)
    at = old | dict(zip(missing, free, strict=False))
    if len(at) < len(OWN_COLUMNS):
        return (
            f"Sheet {layout.name} has no free columns, so its rows do not say what became of them."
        )
    new = {name: at[name] for name in missing}
    _unmerge(sheet, layout, set(old.values()))
    headings = _headings(sheet, layout, new)
    lines, statuses = content.lines(layout), content.outcomes.statuses.get(layout.name, ())
    results = ResultCells(sheet, at, statuses)
    patcher = RowPatcher(sheet, results, old, layout.header_row, headings, lines)
    sheet.patch_rows(patcher, old.values(), new.values())
    sheet.added_to = max(at.values())
    _widen(sheet, sheet.added_to, content.last_row(layout))
    if widened := grow(sheet, layout, new):
        book.widen_filter(layout.name, *widened)
    return None


def _found(sheet: Sheet, layout: SheetLayout) -> dict[str, int]:
    """Return the columns of an earlier report, found by their headings."""
    at: dict[str, int] = {}
    for column, text in sheet.texts(layout.header_row).items():
        if (name := text.strip().casefold()) in OWN_COLUMNS:
            at.setdefault(name, column)
    return at


def _used_width(sheet: Sheet, layout: SheetLayout) -> int:
    """Return the last column with a value, a merged cell of the table, or a table."""
    areas = (corners(each.get("ref")) for each in sheet.merged())
    merged = (last for _, _, bottom, last in areas if bottom >= layout.header_row)
    width = max(chain([layout.width, last_column(sheet)], merged))
    return width if sheet.part.last_column <= width else max(width, sheet.part.rows().last_used())


def _unmerge(sheet: Sheet, layout: SheetLayout, columns: set[int]) -> None:
    """Unmerge cells across our columns: each of our rows needs a cell of its own."""
    element, areas = sheet.child("mergeCells"), sheet.merged()
    across = [each for each in areas if columns and _across(each, layout, columns)]
    if element is None or not across:
        return
    if len(across) == len(areas):
        sheet.part.replace(element.start, element.end, b"")
        return
    for each in across:
        sheet.part.replace(each.start, each.end, b"")
    if element.get("count"):
        sheet.part.set(element, "count", len(areas) - len(across))


def _across(area: Element, layout: SheetLayout, columns: set[int]) -> bool:
    _, first, bottom, last = corners(area.get("ref"))
    return bottom > layout.header_row and bool(columns & set(range(first, last + 1)))


def _headings(sheet: Sheet, layout: SheetLayout, new: Mapping[str, int]) -> dict[int, bytes]:
    """Make room for new columns, wide enough and visible; return the cells of their headings."""
    if new:
        _make_room(sheet, {column: WIDTHS[name] for name, column in new.items()})
    if not new or not layout.header_row:
        return {}
    style, row = sheet.styles.number(HEADING), layout.header_row
    return {c: text_cell(sheet.p, row, c, name, style) for name, c in new.items()}


def _widen(sheet: Sheet, last: int, bottom: int) -> None:
    """Widen the sheet's stated dimension to our columns."""
    dimension = sheet.child("dimension")
    if dimension is None:
        return
    top, first, low, right = corners(dimension.get("ref"))
    if right < last or low < bottom:
        wider = area(max(top, 1), max(first, 1), max(low, bottom), max(right, last))
        sheet.part.set(dimension, "ref", wider)


def _make_room(sheet: Sheet, widths: Mapping[int, float]) -> None:
    """Set the widths of our columns, and exclude them from runs of styled or hidden columns."""
    p, element = sheet.p, sheet.child("cols")
    ours = {
        column: f'<{p}col min="{column}" max="{column}" width="{width:g}" customWidth="1"/>'
        for column, width in widths.items()
    }
    if element is None or element.empty:
        whole = f"<{p}cols>{''.join(ours.values())}</{p}cols>".encode()
        if element:
            sheet.part.replace(element.start, element.end, whole)
        else:
            sheet.insert("cols", whole)
        return
    runs = sheet.part.children(element)
    for run in runs:
        first, last = int(run.get("min")), int(run.get("max"))
        mine = [column for column in ours if first <= column <= last]
        if mine:
            pieces = _split(sheet, run, mine, ours)
            sheet.part.replace(run.start, run.end, pieces)
            for column in mine:
                del ours[column]
    for column, text in sorted(ours.items()):
        after = next((run for run in runs if int(run.get("min")) > column), None)
        sheet.part.insert(after.start if after else element.close, text.encode())


def _split(sheet: Sheet, run: Element, mine: list[int], ours: Mapping[int, str]) -> bytes:
    """Return a run of columns without ours, which stand between its pieces."""
    first, last = int(run.get("min")), int(run.get("max"))
    pieces, at = [], first
    for column in [*mine, last + 1]:
        if at < column:
            pieces.append(_like(sheet, run, at, column - 1))
        if column in ours:
            pieces.append(ours[column].encode())
        at = column + 1
    return b"".join(pieces)


def _like(sheet: Sheet, run: Element, first: int, last: int) -> bytes:
    """Return a copy of the run for other columns."""
    text = sheet.part.data[run.start : run.end]
    for name, value in ((b"min", first), (b"max", last)):
        pattern = rb"(\s" + name + rb"""\s*=\s*["'])[0-9]+"""
        text = re.sub(pattern, rb"\g<1>" + xml_attribute(value).encode(), text, count=1)
    return text
