"""Cells that a fix must leave alone: parts of something larger, and formulas nobody gave up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from importer.model import Place, column_letter
from importer.report.cell_fix import CellFix, FixRefused, HoldsFormula
from importer.report.ooxml.cells import area, corners
from importer.report.ooxml.found_cells import Formula, FoundCells, formulas_in
from importer.report.ooxml.places import Places
from importer.report.ooxml.sheet import Sheet


def demand_cells_of_their_own(sheet: Sheet, places: Places) -> None:
    """Raise FixRefused for a place in merged cells, a table's frame or a pivot table."""
    for merged in sheet.merged():
        ref = merged.get("ref")
        top, left, _, _ = corners(ref)
        if at := places.first_in(ref, besides=(top, left)):
            way_out = f"Fix {column_letter(left)}{top}, where their value stands."
            raise _refused(sheet, at, f"is one of the merged cells {ref}", way_out)
    for what, ref in [*_table_frames(sheet), *_pivot_tables(sheet)]:
        if at := places.first_in(ref):
            way_out = "Change it in a spreadsheet program, which changes what belongs to it."
            raise _refused(sheet, at, f"is part of {what}", way_out)


def _table_frames(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield the heading rows and the totals of tables, whose texts the table repeats."""
    for name in sheet.related("table"):
        root = sheet.package.part(name).root()
        top, left, bottom, right = corners(root.get("ref"))
        called = f"the table {root.get('displayName') or root.get('name')}"
        if headings := int(root.get("headerRowCount", "1")):
            yield f"the headings of {called}", area(top, left, top + headings - 1, right)
        if totals := int(root.get("totalsRowCount", "0")):
            yield f"the totals of {called}", area(bottom - totals + 1, left, bottom, right)


def _pivot_tables(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for name in sheet.related("pivotTable"):
        part = sheet.package.part(name)
        if (location := part.child(part.root(), "location")) is not None:
            yield f"the pivot table {part.root().get('name')}", location.get("ref")


def demand_no_shared_formula(sheet: Sheet, found: FoundCells) -> None:
    """Raise FixRefused for a cell that has its value from a formula elsewhere, or rules others."""
    way_out = "Change the formula in a spreadsheet program."
    for at, ref in found.ruled.items():
        raise _refused(sheet, at, f"is in {ref}, which one formula fills", way_out)
    for at, cell in found.cells.items():
        if any(formula.rules_others for formula in formulas_in(cell)):
            raise _refused(sheet, at, "holds a formula that other cells share", way_out)


def demand_asked(fixes: Iterable[CellFix], formulas: Iterable[Formula]) -> None:
    """Raise HoldsFormula where a cell with a formula is fixed and nobody said that it may go."""
    unasked = [
        (fix.place, formula.text)
        for fix, formula in zip(fixes, formulas, strict=True)
        if not fix.over_formula
    ]
    if unasked:
        raise HoldsFormula([place for place, _ in unasked], [text for _, text in unasked])


def _refused(sheet: Sheet, at: tuple[int, int], why: str, way_out: str) -> FixRefused:
    place = Place(sheet.title, *at)
    return FixRefused(f"{place.sheet}!{place.cell} {why}. {way_out}", [place])
