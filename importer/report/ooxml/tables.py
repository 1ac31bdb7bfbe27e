"""Tables and filters of a sheet, widened to our new columns.

Sorting a table then moves our cells along with their rows.
"""

from __future__ import annotations

from collections.abc import Mapping

from importer.model import SheetLayout
from importer.report.ooxml.cells import area, corners
from importer.report.ooxml.markup import Part, xml_attribute
from importer.report.ooxml.sheet import Sheet


def last_column(sheet: Sheet) -> int:
    """Return the last column of any table of the sheet."""
    parts = map(sheet.package.part, sheet.related("table"))
    return max((corners(part.root().get("ref"))[3] for part in parts), default=0)


def grow(sheet: Sheet, layout: SheetLayout, new: Mapping[str, int]) -> tuple[str, str] | None:
    """Widen the table that ends right before the new columns, or the sheet's filter.

    Returns the old and the new range of the filter if it was widened.
    """
    if not new or not layout.header_row:
        return None
    first, last = min(new.values()), max(new.values())
    if last - first + 1 != len(new):
        return None
    for name in sheet.related("table"):
        part = sheet.package.part(name)
        top, left, bottom, right = corners(part.root().get("ref"))
        if right == first - 1 and top == layout.header_row:
            _grow_table(part, area(top, left, bottom, last), list(new))
    element = sheet.child("autoFilter")
    if element is not None:
        top, left, bottom, right = corners(element.get("ref"))
        if right == first - 1 and top == layout.header_row:
            wider = area(top, left, bottom, last)
            sheet.part.set(element, "ref", wider)
            return element.get("ref"), wider
    return None


def _grow_table(part: Part, ref: str, names: list[str]) -> None:
    root = part.root()
    columns, p = part.child(root, "tableColumns"), part.prefix().decode()
    if columns is None or root.get("headerRowCount", "1") == "0" or root.get("tableType"):
        return  # without headings, or filled by a query whose columns are not ours to add to
    known = part.children(columns)
    taken = {each.get("name").casefold() for each in known}
    if taken & set(names):
        return
    part.set(root, "ref", ref)
    filter_ = part.child(root, "autoFilter")
    if filter_ is not None:
        part.set(filter_, "ref", ref)
    identity = max((int(each.get("id", "0")) for each in known), default=0)
    added = "".join(
        f'<{p}tableColumn id="{identity + at}" name="{xml_attribute(name)}"/>'
        for at, name in enumerate(names, 1)
    )
    part.set(columns, "count", len(known) + len(names))
    part.append(columns, added.encode())
