"""The rows of files as a spreadsheet shows them: what a page needs beside its findings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from importer.mapping.conversion.values import shown
from importer.model import Cells
from importer.read import Input, InputSheet
from importer.read.cells import normalized
from importer.report.fixed import formulas_at

Wanted = Mapping[tuple[str, str], Collection[int]]
"""The rows to show, by the names of file and sheet."""

FormulaColumns = dict[tuple[str, str], dict[int, list[int]]]
"""By the names of file and sheet, then by row: the columns (from 1) of cells with formulas."""


def shown_rows(
    inputs: Sequence[Input], wanted: Wanted
) -> Iterator[tuple[tuple[str, str], int, list[str]]]:
    """Yield each wanted row with its cells as texts, by file and sheet, in the order of the rows.

    Raises UnreadableInput.
    """
    for one in inputs:
        for sheet in one.sheets:
            key = one.path.name, sheet.name
            for row, texts in _rows(sheet, frozenset(wanted.get(key, ()))):
                yield key, row, texts


def formula_columns(inputs: Sequence[Input], wanted: Wanted) -> FormulaColumns:
    """Return which cells of the wanted rows hold formulas, in files that are fixed in place."""
    found: FormulaColumns = {}
    for one in inputs:
        key = one.path.name
        computed = [
            sheet.name
            for sheet in one.sheets
            if wanted.get((key, sheet.name)) and sheet.has_formulas
        ]
        rows = {name: wanted[key, name] for name in computed}
        for place in formulas_at(one.path, rows) if rows else ():
            columns = found.setdefault((key, place.sheet), {})
            columns.setdefault(place.row, []).append(place.column)
    return found


def _rows(sheet: InputSheet, wanted: frozenset[int]) -> Iterator[tuple[int, list[str]]]:
    if not wanted:
        return
    last = max(wanted)
    for chunk in sheet.chunks(1):
        for row, cells in enumerate(chunk.parsed, chunk.first_row):
            if row in wanted:
                yield row, [c if type(c) is str else shown(c) for c in normalized(Cells(cells))]
        if chunk.first_row + len(chunk) > last:
            return
