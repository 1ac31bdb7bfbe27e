"""Writing what a person fixed into a copy of their workbook.

Of a sheet's part only the fixed cells change, and keep their styles; every part without a fixed
cell is copied as packed. The result is verified before it is used, as that of a report is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import BinaryIO

from importer.formula_text import is_formula
from importer.model import column_letter
from importer.report.cell_fix import CellFix, FixRefused
from importer.report.ooxml.book import Book
from importer.report.ooxml.cell_styles import CellStyles
from importer.report.ooxml.cells import string
from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.fix_guards import (
    demand_asked,
    demand_cells_of_their_own,
    demand_no_shared_formula,
)
from importer.report.ooxml.fixed_rows import FixedRows
from importer.report.ooxml.found_cells import Formula, FoundCells, formulas_in, style_of
from importer.report.ooxml.package import Package
from importer.report.ooxml.places import Places
from importer.report.ooxml.recalculation import drop_order, recalculate
from importer.report.ooxml.sheet import Sheet
from importer.report.ooxml.typed import typed
from importer.report.ooxml.verify import verify
from importer.spreadsheet import MAX_COLUMNS


def write_fixes(
    file: BinaryIO,
    fixes: Sequence[CellFix],
    out: BinaryIO,
    titles: Mapping[str, str] | None = None,
) -> None:
    """Write fixes, in order, into a copy of a workbook; `titles` maps input titles to its own.

    Raises FixRefused for a fix that may not be written, HoldsFormula for those on formulas that
    nobody gave up, PatchRefused where the workbook cannot be patched.
    """
    try:
        with Package.open(file) as package:
            _patch(Book(package, titles or {}), fixes)
            package.save(out)
            verify(package, out)
    except (ValueError, LookupError) as error:  # a number that is none, a text in no encoding
        raise PatchRefused("it is written in a way we do not know") from error


def _patch(book: Book, fixes: Sequence[CellFix]) -> None:
    by_sheet = groupby(fixes, key=lambda fix: fix.sheet)
    styles = CellStyles(book.styles)
    lists = [[*some] for _, some in by_sheet]
    fixed = [FixedSheet(_sheet(book, some), some, styles) for some in lists]
    given_up = [(fix, formula) for each in fixed for fix, formula in each.formulas()]
    demand_asked([fix for fix, _ in given_up], [formula for _, formula in given_up])
    is_1904 = book.counts_from_1904
    for each in fixed:
        each.write(is_1904=is_1904)
    if given_up:
        drop_order(book)
    if any(each.found.has_formulas for each in fixed):
        recalculate(book)
    if styles.has_new:
        book.styles.save()


def _sheet(book: Book, fixes: Sequence[CellFix]) -> Sheet:
    """Return the sheet that fixes are about."""
    name = fixes[0].sheet
    if book.titles_here.get(name, name) not in book.titles:
        raise FixRefused(f"There is no sheet {name} in the file.", [fix.place for fix in fixes])
    return book.sheet(name)


@dataclass(slots=True)
class FixedSheet:
    """A sheet with its fixes, in order."""

    sheet: Sheet
    fixes: Sequence[CellFix]
    styles: CellStyles
    found: FoundCells = field(init=False)
    _columns: list[tuple[int, int, int]] | None = None

    def __post_init__(self) -> None:
        places = Places.of((fix.row, fix.column) for fix in self.fixes)
        demand_cells_of_their_own(self.sheet, places)
        self.found = FoundCells(self.sheet.part.rows(), places)
        demand_no_shared_formula(self.sheet, self.found)

    def formulas(self) -> list[tuple[CellFix, Formula]]:
        """Return the fixes on cells with formulas, with these."""
        cells = ((fix, self.found.cells.get((fix.row, fix.column), b"")) for fix in self.fixes)
        return [(fix, formula) for fix, cell in cells for formula in formulas_in(cell)]

    def write(self, *, is_1904: bool) -> None:
        """Have the sheet's rows written with the fixed cells."""
        rows: dict[int, dict[int, bytes]] = {}
        for fix in self.fixes:
            cell = self._cell(fix, is_1904=is_1904)
            if cell or (fix.row, fix.column) in self.found.cells:
                rows.setdefault(fix.row, {})[fix.column] = cell
        columns = {column for cells in rows.values() for column in cells}
        self.sheet.patch_rows(FixedRows(self.sheet.part.rows(), rows), columns, ())
        self.sheet.widen((fix.row, fix.column) for fix in self.fixes if fix.value)

    def _cell(self, fix: CellFix, *, is_1904: bool) -> bytes:
        """Return the cell's XML; nothing for a blank value where there is no cell."""
        p, old = self.sheet.p, self.found.cells.get((fix.row, fix.column), b"")
        if not fix.value and not old:
            return b""
        style = style_of(old) if old else self._inherited(fix)
        value = typed(fix.value, old, self.styles.code(style), is_1904=is_1904)
        if value.kind == "inlineStr" and is_formula(value.text):
            style = self.styles.quoting(style)
        styled = f' s="{style}"' if style else ""
        tag = f'<{p}c r="{column_letter(fix.column)}{fix.row}"{styled}'
        if not fix.value:
            return f"{tag}/>".encode()
        if value.kind != "inlineStr":
            kind = "" if value.kind == "n" else f' t="{value.kind}"'
            return f"{tag}{kind}><{p}v>{value.text}</{p}v></{p}c>".encode()
        text = string(p, value.text)
        return f'{tag} t="inlineStr"><{p}is>'.encode() + text + f"</{p}is></{p}c>".encode()

    def _inherited(self, fix: CellFix) -> int:
        """Return the style of a cell that is not there yet: that of its row, else its column."""
        if (in_row := self.found.row_styles.get(fix.row)) is not None:
            return in_row
        if self._columns is None:
            self._columns = self.sheet.column_styles()
        at = bisect_right(self._columns, (fix.column, MAX_COLUMNS, 0)) - 1
        _, last, style = self._columns[at] if at >= 0 else (0, 0, 0)
        return style if fix.column <= last else 0
