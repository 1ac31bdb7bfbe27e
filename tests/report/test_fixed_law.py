"""The law of fixes: the fixed cells hold what was typed, and all else is as it was."""

import zipfile

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importer.read import open_input
from importer.report.fixed import CellFix, write_fixed

pytestmark = pytest.mark.slow(8)

ROWS, COLUMNS = 9, 7
CELL = st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS))
ANYWHERE = st.tuples(st.integers(1, ROWS + 4), st.integers(1, COLUMNS + 25))
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff￾￿")
    | st.sampled_from("\t\n=+-@'\",;_x0041<&"),
    max_size=9,
)
VALUE = st.one_of(TEXT.filter(str.strip), st.integers(-(2**40), 2**40), st.booleans())
NEW = st.one_of(TEXT, st.just("="), st.integers(-999, 999).map(str), st.just("2026-01-31"))


@st.composite
def sheets(draw):
    """Cells, those that are styled and blank, hidden rows, and fixes somewhere on the sheet."""
    return {
        "cells": draw(st.dictionaries(CELL, VALUE, max_size=25)),
        "styled": draw(st.sets(CELL, max_size=9)),
        "heights": draw(st.dictionaries(st.integers(0, ROWS + 3), st.integers(5, 90), max_size=3)),
        "fixes": draw(st.dictionaries(ANYWHERE, NEW, min_size=1, max_size=9)),
    }


def written(path, sheet):
    """A workbook with such a sheet between two others, and with formulas on the last."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        first, terms, last = (book.add_worksheet(name) for name in ("First", "Terms", "Last"))
        first.write("A1", "kept")
        last.write_formula("A1", "=1+1", None, 2)
        bold = book.add_format({"bold": True})
        for row, column in sheet["styled"]:
            terms.write_blank(row - 1, column - 1, None, bold)
        for (row, column), value in sheet["cells"].items():
            terms.write(row - 1, column - 1, value)
        for row, height in sheet["heights"].items():
            terms.set_row(row, height)
    return path


def read(path):
    """What `importer.read` makes of each cell, as text, by sheet, row and column."""
    return {
        (sheet.name, chunk.first_row + down, column): shown(cell)
        for sheet in open_input(path).sheets
        for chunk in sheet.chunks(1)
        for down, row in enumerate(chunk.rows)
        for column, cell in enumerate(row, 1)
        if cell != ""
    }


def shown(cell):
    return cell.text if hasattr(cell, "text") else str(cell)


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def fixes_of(sheet, name="Terms"):
    return [CellFix(name, *at, value) for at, value in sheet["fixes"].items()]


def expected(before, sheet, name="Terms"):
    """What is to be read: as before, but for the cells that are fixed."""
    fixed = {(name, *at): value for at, value in sheet["fixes"].items()}
    same = {at: value for at, value in before.items() if at not in fixed}
    return same | {at: value for at, value in fixed.items() if value.strip()}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sheets())
def test_a_fixed_workbook_reads_as_before_but_for_the_fixes_and_only_its_sheet_differs(
    tmp_path, sheet
):
    source = written(tmp_path / "terms.xlsx", sheet)
    out = write_fixed(source, tmp_path / "fixed.xlsx", fixes_of(sheet))
    assert read(out) == expected(read(source), sheet)
    before, after = parts(source), parts(out)
    assert list(before) == list(after)
    differing = {name for name in before if before[name] != after[name]}
    assert differing <= {"xl/worksheets/sheet2.xml", "xl/styles.xml"}
