"""Cells are fixed where they stand, by several people, and each fix can be undone."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from importer.errors import UsageError
from importer.uploads import CellChanged, CellPlace, FormulaThere, NotNow, UploadState
from tests.uploads.lists import FINE, glossary

pytestmark = pytest.mark.slow(5)

CELL = CellPlace("glossary.xlsx", "Terms", 2, 3)


def wrong(desk):
    """An upload with two cells that hold what is not allowed."""
    return desk.checked(
        glossary(["Margin", "VERIFID"], ["Cost", "VERIFID"], ["Price", "DRAFT"])
    ).name


def cells(desk, name):
    """The texts in the third column of what is downloaded."""
    [file] = desk.uploads.originals(name)
    book = load_workbook(BytesIO(file.path.read_bytes()))
    return [cell.value for cell in book["Terms"]["C"]]


def test_a_fixed_cell_is_checked_again_and_stands_in_the_users_own_file(desk):
    name = wrong(desk)
    made = desk.uploads.fix(name, "ada", CELL, "VERIFID", "DRAFT")
    assert (made.old, made.new, made.by, made.place) == ("VERIFID", "DRAFT", "ada", CELL)
    assert desk.uploads.rows(name, 0).rows[0].cells[2].text == "DRAFT", "shown before it is checked"
    upload = desk.until(name)
    assert (upload.state, upload.version, upload.checked) == (UploadState.CHECKED, 1, 1)
    assert [row.row for row in desk.uploads.rows(name, 0).rows] == [3]
    assert cells(desk, name) == ["Certificate", "DRAFT", "VERIFID", "DRAFT"]
    assert desk.uploads.originals(name)[0].name == "glossary.xlsx"

    desk.uploads.undo_fix(name, "bob", made.number)
    upload = desk.until(name)
    assert [row.row for row in desk.uploads.rows(name, 0).rows] == [2, 3]
    [undone] = desk.uploads.fixes(name)
    assert (undone.by, undone.undone_by) == ("ada", "bob")
    assert cells(desk, name) == ["Certificate", "VERIFID", "VERIFID", "DRAFT"]
    with pytest.raises(UsageError, match="no such fix"):
        desk.uploads.undo_fix(name, "bob", made.number)


def test_a_suggestion_is_taken_for_all_cells_and_undone_as_one_or_one_by_one(desk):
    name = wrong(desk)
    [cause] = desk.uploads.causes(name)
    made = desk.uploads.take_suggestions(name, "ada", cause.number)
    assert [(one.place.row, one.new, one.bunch) for one in made] == [
        (2, "VERIFIED", 1),
        (3, "VERIFIED", 1),
    ]
    with pytest.raises(NotNow):
        desk.uploads.take_suggestions(name, "ada", cause.number)
    assert desk.until(name).counts.invalid == 0
    desk.uploads.undo_fix(name, "ada", made[0].number)
    assert desk.until(name).counts.invalid == 1
    desk.uploads.undo_bunch(name, "ada", 1)
    assert desk.until(name).counts.invalid == 2


def test_of_two_people_at_one_cell_the_second_is_told_what_stands_there(desk):
    name = wrong(desk)
    desk.uploads.fix(name, "ada", CELL, "VERIFID", "VERIFIED")
    with pytest.raises(CellChanged, match="holds `VERIFIED` now") as told:
        desk.uploads.fix(name, "bob", CELL, "VERIFID", "DEPRECATED")
    assert told.value.now == "VERIFIED"
    desk.uploads.fix(name, "bob", CELL, "VERIFIED", "DEPRECATED")
    with pytest.raises(UsageError):
        desk.uploads.undo_fix(name, "ada", 1)
    desk.until(name)
    assert cells(desk, name)[1] == "DEPRECATED"


def test_only_what_is_shown_can_be_fixed(desk):
    name = wrong(desk)
    elsewhere = CellPlace("glossary.xlsx", "Terms", 4, 3)
    with pytest.raises(UsageError, match="rows that have findings"):
        desk.uploads.fix(name, "ada", elsewhere, "DRAFT", "x")
    with pytest.raises(UsageError, match="32,767 characters"):
        desk.uploads.fix(name, "ada", CELL, "VERIFID", "x" * 40_000)


@pytest.mark.parametrize("value", [None, "VERIFID"], ids=["without a value", "with a value"])
def test_a_formula_is_overwritten_only_where_that_is_said(desk, value):
    name = desk.checked(computed(value)).name
    cell = desk.uploads.rows(name, 0).rows[0].cells[2]
    assert cell.formula
    with pytest.raises(FormulaThere):
        desk.uploads.fix(name, "ada", CELL, cell.text, "VERIFID")
    made = desk.uploads.fix(name, "ada", CELL, cell.text, "wrong", overwrite_formula=True)
    assert desk.until(name).counts.invalid == 1
    assert not desk.uploads.rows(name, 0).rows[0].cells[2].formula
    desk.uploads.fix(name, "bob", CELL, "wrong", "VERIFIED")
    assert (desk.until(name).counts.invalid, cells(desk, name)[1]) == (0, "VERIFIED")

    desk.uploads.undo_fix(name, "bob", made.number + 1)
    desk.uploads.undo_fix(name, "ada", made.number)
    with pytest.raises(FormulaThere):
        desk.uploads.fix(name, "ada", CELL, cell.text, "VERIFIED")
    desk.until(name)
    assert cells(desk, name)[1] == '="VERI"&"FID"'


def computed(value):
    """A workbook with a formula where a word belongs, as a spreadsheet program keeps it."""
    out = BytesIO()
    with Workbook(out) as made:
        made.add_worksheet("Glossaries").write_column(0, 0, ["Glossary", "Finance"])
        terms = made.add_worksheet("Terms")
        terms.write_row(0, 0, ["Glossary", "Term", "Certificate"])
        terms.write_row(1, 0, ["Finance", "Margin"])
        terms.write_formula(1, 2, '="VERI"&"FID"', value=value or "")
    return "glossary.xlsx", out.getvalue()


def test_what_is_imported_is_fixed_no_more(desk):
    upload = desk.imported(*FINE)
    assert upload.state is UploadState.IMPORTED
    with pytest.raises(UsageError):
        desk.uploads.fix(
            upload.name, "ada", CellPlace("Terms.csv", "Terms", 2, 2), "Margin", "Cost"
        )
