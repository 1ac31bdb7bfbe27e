"""A sheet and what its rows' outcomes say in, our three columns beside the user's own out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

from importer.model import SheetLayout
from importer.report.content import HEADINGS, Content
from importer.report.ooxml.book import Book
from importer.report.ooxml.cells import area, corners, text_cell
from importer.report.ooxml.markup import Element, attribute
from importer.report.ooxml.result_cells import WIDTHS, Saying
from importer.report.ooxml.row_patch import Filling
from importer.report.ooxml.sheet import Sheet
from importer.report.ooxml.tables import grow, last_column
from importer.report.ooxml.used_range import LAST_COLUMN
from importer.report.styles import HEADING


def write_columns(book: Book, sheet: Sheet, layout: SheetLayout, content: Content) -> str | None:
    """Fill our columns, in place where an earlier report left them, else right of the table.

    An id stays where the new report has none for its row: it is the row's identity.
    Returns a remark where the sheet has no room for more columns.
    """
    old = _found(sheet, layout)
    missing = [name for name in HEADINGS if name not in old]
    free = range(_used_width(sheet, layout) + 1 if missing else 0, LAST_COLUMN + 1)
    at = old | dict(zip(missing, free, strict=False))
    if len(at) < len(HEADINGS):
        return (
            f"Sheet {layout.name} has no free columns, so its rows do not say what became of them."
        )
    new = {name: at[name] for name in missing}
    _unmerge(sheet, layout, set(old.values()))
    heads = _head(sheet, layout, new)
    lines, statuses = content.lines(layout), content.rows.statuses.get(layout.name, ())
    saying = Saying(sheet, at, statuses)
    filling = Filling(sheet, saying, old, layout.header_row, heads, lines)
    sheet.fill(filling, old.values(), new.values())
    _widen(sheet, max(at.values()), content.last_row(layout))
    if widened := grow(sheet, layout, new):
        book.widen_filter(layout.name, *widened)
    return None


def _found(sheet: Sheet, layout: SheetLayout) -> dict[str, int]:
    """The columns of an earlier report, by their headings."""
    at: dict[str, int] = {}
    for column, text in sheet.texts(layout.header_row).items():
        if (name := text.strip().casefold()) in HEADINGS:
            at.setdefault(name, column)
    return at


def _used_width(sheet: Sheet, layout: SheetLayout) -> int:
    """The last column that holds anything: a value, a merged cell of the table, a table."""
    areas = (corners(one.get("ref")) for one in sheet.merged())
    merged = (last for _, _, bottom, last in areas if bottom >= layout.header_row)
    width = max(chain([layout.width, last_column(sheet)], merged))
    return width if sheet.part.reach <= width else max(width, sheet.part.rows().last_used())


def _unmerge(sheet: Sheet, layout: SheetLayout, columns: set[int]) -> None:
    """Only the first of merged cells can be written, and each of our rows needs its own."""
    element, areas = sheet.child("mergeCells"), sheet.merged()
    across = [one for one in areas if columns and _across(one, layout, columns)]
    if element is None or not across:
        return
    if len(across) == len(areas):
        sheet.part.replace(element.start, element.end, b"")
        return
    for one in across:
        sheet.part.replace(one.start, one.end, b"")
    if element.get("count"):
        sheet.part.set(element, "count", len(areas) - len(across))


def _across(area: Element, layout: SheetLayout, columns: set[int]) -> bool:
    _, first, bottom, last = corners(area.get("ref"))
    return bottom > layout.header_row and bool(columns & set(range(first, last + 1)))


def _head(sheet: Sheet, layout: SheetLayout, new: Mapping[str, int]) -> dict[int, bytes]:
    """Make room for the columns that are new, wide enough and visible; the cells that head them."""
    if new:
        _make_room(sheet, {column: WIDTHS[name] for name, column in new.items()})
    if not new or not layout.header_row:
        return {}
    style, row = sheet.looks.of(HEADING), layout.header_row
    return {c: text_cell(sheet.p, row, c, name, style) for name, c in new.items()}


def _widen(sheet: Sheet, last: int, bottom: int) -> None:
    """What the sheet says of its own size takes our columns in."""
    dimension = sheet.child("dimension")
    if dimension is None:
        return
    top, first, low, right = corners(dimension.get("ref"))
    if right < last or low < bottom:
        wider = area(max(top, 1), max(first, 1), max(low, bottom), max(right, last))
        sheet.part.set(dimension, "ref", wider)


def _make_room(sheet: Sheet, widths: Mapping[int, float]) -> None:
    """Take our columns out of any run of columns that is styled or hidden as one."""
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
    """A run of columns without ours, which stand between its parts."""
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
    """The same run from one column to another."""
    text = sheet.part.data[run.start : run.end]
    for name, value in ((b"min", first), (b"max", last)):
        pattern = rb"(\s" + name + rb"""\s*=\s*["'])[0-9]+"""
        text = re.sub(pattern, rb"\g<1>" + attribute(value).encode(), text, count=1)
    return text
