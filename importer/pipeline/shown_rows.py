"""The rows of files as a spreadsheet shows them: what a page needs beside its findings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from importer.mapping.conversion.values import shown
from importer.model import Cells, InputFile
from importer.read import InputSheet, open_input
from importer.read.cells import normalized
from importer.report.fixed import formulas_at
from importer.spreadsheet import TextForm

Wanted = Mapping[tuple[str, str], Collection[int]]
"""The rows to show, by the names of file and sheet."""

FormulaColumns = dict[tuple[str, str], dict[int, list[int]]]
"""By the names of file and sheet, then by row: the columns (from 1) of cells with formulas."""


def shown_rows(
    files: Sequence[InputFile], wanted: Wanted
) -> Iterator[tuple[tuple[str, str], int, list[str]]]:
    """Yield each wanted row with its cells as texts, by file and sheet, in the order of the rows.

    Files are read again as they were read before. Raises UnreadableInput.
    """
    for file in files:
        for sheet in open_input(Path(file.path), form_of(file)).sheets:
            key = file.name, sheet.name
            for row, texts in _rows(sheet, frozenset(wanted.get(key, ()))):
                yield key, row, texts


def formula_columns(files: Sequence[InputFile], wanted: Wanted) -> FormulaColumns:
    """Return which cells of the wanted rows hold formulas, in files that are fixed in place."""
    found: FormulaColumns = {}
    for file in files:
        rows = {sheet: set(rows) for (name, sheet), rows in wanted.items() if name == file.name}
        for place in formulas_at(Path(file.path), rows) if rows else ():
            columns = found.setdefault((file.name, place.sheet), {})
            columns.setdefault(place.row, []).append(place.column)
    return found


def form_of(file: InputFile) -> TextForm:
    """Return what is known of a text file that was read before."""
    if file.dialect is None:
        return TextForm()
    return TextForm(file.dialect.encoding, file.dialect.delimiter, file.dialect.quotechar or "none")


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
