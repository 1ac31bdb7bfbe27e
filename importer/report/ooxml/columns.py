"""A sheet and what its rows' outcomes say in, our three columns beside the user's own out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

from importer.model import SheetLayout, column_letter
from importer.report.columns import LAST_COLUMN, WIDTHS
from importer.report.content import HEADINGS, ID, MESSAGE, STATUS, Content, Line
from importer.report.ooxml.book import Book
from importer.report.ooxml.cells import area, corners, rest_of_cell, text_cell
from importer.report.ooxml.markup import Element, attribute
from importer.report.ooxml.sheet import Sheet
from importer.report.ooxml.tables import grow, last_column
from importer.report.paint import (
    HEADING,
    OUTCOME_FILL,
    PLAIN,
    WRAPPED,
    Look,
    lines_high,
    points,
    quoted,
)
from importer.report.wording import clean, shorten

REMEMBERED = 1_000
"""So many different texts of a sheet are kept ready; ids are all different."""


def write_columns(book: Book, sheet: Sheet, layout: SheetLayout, content: Content) -> str | None:
    """Fill our columns, in place where an earlier report left them, else right of the table.

    An id stays where the new report has none for its row: it is the row's identity.
    Returns a remark where the sheet has no room for more columns.
    """
    old = _found(sheet, layout)
    free = range(_used_width(sheet, layout) + 1, LAST_COLUMN + 1)
    missing = [name for name in HEADINGS if name not in old]
    at = old | dict(zip(missing, free, strict=False))
    if len(at) < len(HEADINGS):
        return (
            f"Sheet {layout.name} has no free columns, so its rows do not say what became of them."
        )
    new = {name: at[name] for name in missing}
    _unmerge(sheet, layout, set(old.values()))
    _head(sheet, layout, new)
    lines = {line.row: line for line in content.lines(layout)}
    stale = _stale(sheet, layout, old) - lines.keys()
    for number in sorted({*lines, *stale}):
        _write(sheet, number, lines.get(number), at, old)
    _widen(sheet, max(at.values()), max(chain([layout.header_row], lines)))
    if widened := grow(sheet, layout, new):
        book.widen_filter(layout.name, *widened)
    return None


def _found(sheet: Sheet, layout: SheetLayout) -> dict[str, int]:
    """The columns of an earlier report, by their headings."""
    at: dict[str, int] = {}
    for column, text in sheet.texts(layout.header_row, lambda _: True).items():
        if (name := text.strip().casefold()) in HEADINGS:
            at.setdefault(name, column)
    return at


def _used_width(sheet: Sheet, layout: SheetLayout) -> int:
    """The last column that holds anything: a value, a merged cell of the table, a table."""
    filled = map(sheet.grid.last_used, sheet.grid.rows)
    areas = (corners(one.get("ref")) for one in sheet.merged())
    merged = (last for _, _, bottom, last in areas if bottom >= layout.header_row)
    return max(chain([layout.width, last_column(sheet)], filled, merged))


def _stale(sheet: Sheet, layout: SheetLayout, old: Mapping[str, int]) -> set[int]:
    """Rows in which an earlier report has left something."""
    wanted = {old[name] for name in (STATUS, MESSAGE) if name in old}
    below = (row for row in sheet.grid.rows if wanted and row.number > layout.header_row)
    return {row.number for row in below if any(c in wanted for c, _, _ in sheet.grid.cells(row))}


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


def _head(sheet: Sheet, layout: SheetLayout, new: Mapping[str, int]) -> None:
    """Head the columns that are new, and make them wide enough and visible."""
    if not new:
        return
    _make_room(sheet, {column: WIDTHS[name] for name, column in new.items()})
    if layout.header_row:
        style, row = sheet.looks.of(HEADING), layout.header_row
        cells = {c: text_cell(sheet.p, row, c, name, style) for name, c in new.items()}
        sheet.put(row, cells)


def _write(
    sheet: Sheet,
    number: int,
    line: Line | None,
    at: Mapping[str, int],
    old: Mapping[str, int],
) -> None:
    status = line.status if line else None
    fill = Look(fill=OUTCOME_FILL[status]) if status else PLAIN
    message = shorten(clean(line.message)) if line else ""
    cells = {
        at[STATUS]: _cell(sheet, number, at[STATUS], str(status or ""), fill),
        at[MESSAGE]: _cell(sheet, number, at[MESSAGE], message, WRAPPED if message else PLAIN),
    }
    if line and line.id:
        cells[at[ID]] = _cell(sheet, number, at[ID], shorten(clean(line.id)), PLAIN)
    if line is None or not message:
        kept = sheet.by_number.get(number)
        there = {c for c, _, _ in sheet.grid.cells(kept)} if kept and old else set()
        blank = [at[n] for n in (STATUS, MESSAGE) if not (message if n == MESSAGE else status)]
        for column in blank:
            if column not in there:
                del cells[column]
            else:
                cells[column] = b""
    sheet.put(number, cells, _height(sheet, number, old, message))


def _cell(sheet: Sheet, row: int, column: int, text: str, look: Look) -> bytes:
    """A cell of ours; what rows say again and again is made once."""
    if (rest := sheet.said.get((look, text))) is None:
        rest = rest_of_cell(sheet.p, text, sheet.looks.of(quoted(look, text)))
        if len(sheet.said) < REMEMBERED:
            sheet.said[look, text] = rest
    return f'<{sheet.p}c r="{column_letter(column)}{row}"'.encode() + rest


def _height(sheet: Sheet, number: int, old: Mapping[str, int], new: str) -> bytes | None:
    """The height that the new message needs, unless the user has set one; None: as it is."""
    row = sheet.by_number.get(number)
    said = sheet.grid.height(row) if row else ""
    before = sheet.text(number, old[MESSAGE]) if MESSAGE in old and said else ""
    had, needed = (lines_high(text, WIDTHS[MESSAGE]) for text in (before, new))
    mine = points(had) if had > 1 else None
    if (float(said) if said else None) != mine:
        return None
    wanted = points(needed) if needed > 1 else None
    return None if wanted == mine else f"{wanted:g}".encode() if wanted else b""


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
