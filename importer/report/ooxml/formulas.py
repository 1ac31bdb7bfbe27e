"""Which cells of a workbook hold formulas, found before anybody fixes one of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import chain
from typing import BinaryIO

from importer.report.ooxml.book import Book
from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.found_cells import formulas_in
from importer.report.ooxml.package import Package
from importer.report.ooxml.places import At
from importer.report.ooxml.row import Row
from importer.report.ooxml.rows import Rows


def formulas_of(file: BinaryIO, rows: Mapping[str, Collection[int]]) -> dict[tuple[str, At], str]:
    """Return the formulas in some rows of each sheet by their places.

    A workbook that cannot be patched has none to lose: what is fixed is a copy of its values.
    """
    found: dict[tuple[str, At], str] = {}
    try:
        with Package.open(file) as package:
            book = Book(package, {})
            for name, numbers in rows.items():
                part = book.sheet(name).part
                found |= {(name, at): text for at, text in _in_rows(part.rows(), numbers).items()}
    except (PatchRefused, ValueError, LookupError):
        return {}
    return found


def _in_rows(rows: Rows, numbers: Collection[int]) -> dict[At, str]:
    """Return the formulas in some rows of a sheet; a row without any is passed over."""
    found, number, mark = dict[At, str](), 0, b"<" + rows.prefix + b"f"
    for text in chain.from_iterable(rows.texts()):
        only = rows.only_row(text)
        if only > number and (only not in numbers or text.find(mark) < 0):
            number = only
            continue
        for row in rows.of(text, number):
            number = row.number
            if number in numbers:
                found |= _in_row(row)
    return found


def _in_row(row: Row) -> dict[At, str]:
    return {
        (row.number, column): formula.text
        for column, start, end in row.cells()
        for formula in formulas_in(row.xml[start:end])
    }
