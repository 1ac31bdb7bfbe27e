"""The whole way of a steward, from a list with mistakes to their own workbook, fixed."""

import re

import pytest

from tests.report.build import members, opened
from tests.uploads.desk import book

pytestmark = pytest.mark.slow(30)
TERMS = "xl/worksheets/sheet2.xml"
FIXED = ("C3", *(f"A{row}" for row in range(5, 17)))


def mistakes(path):
    """Write a glossary with a wrong certificate in one row and a wrong glossary in twelve."""
    rows = [["Finance", "Margin", "VERIFIED"], ["Finance", "Turnover", "Verfied"]]
    rows += [["Finance", "Cost", "DRAFT"], *(["Fiannce", f"Cost {n}", None] for n in range(12))]
    sheets = {"Glossaries": [["Glossary"], ["Finance"]]}
    path.write_bytes(book({**sheets, "Terms": [["Glossary", "Term", "Certificate"], *rows]}))
    return path


def without(xml, cells):
    """A sheet's XML without these cells."""
    names = "|".join(cells).encode()
    return re.sub(rb'<c r="(?:%b)"(?: [^>]*)?(?:/>|>.*?</c>)' % names, b"", xml)


def test_a_list_with_mistakes_is_fixed_by_keyboard_imported_and_undone(serve, window, tmp_path):
    server, source = serve(), mistakes(tmp_path / "glossary.xlsx")
    ida = window(server)
    ida.open()
    ida.sees("Import spreadsheets")
    ida.looks("start")

    ida.upload(source)
    ida.reads("13 cannot be imported as they are")
    ida.looks("findings")
    fix_by_keyboard(ida)
    ida.press("Take Finance for all 12")
    ida.reads("nothing is wrong with them")
    ida.looks("nothing-wrong")
    ida.follow("13 cells fixed")
    ida.looks("fixes")
    ida.follow("Back to what was found")

    ida.press("Plan the import")
    ida.sees("16 rows change something in sandbox")
    ida.looks("plan")
    ida.press("Import 16 rows")
    ida.sees("glossary.xlsx is imported")
    ida.looks("run")
    only_the_fixed_cells_differ(ida, source)

    ida.follow("Undo")
    ida.sees("Undo the import of glossary.xlsx?")
    ida.looks("undo")
    ida.press("Undo 16 rows")
    ida.sees("glossary.xlsx is undone")
    ida.looks("undone")
    ida.open("/runs")
    ida.looks("history")


def fix_by_keyboard(ida):
    """Fix the certificate without a mouse; another cell is left as it was by Escape."""
    ida.tab_to_cell()
    assert ida.focused() == "Terms!C3"
    ida.keys("ArrowDown")
    assert ida.focused() == "Terms!A5"
    ida.keys("Enter", "N", "o", "Escape")
    assert ida.focused() == "Terms!A5"
    ida.shows("Terms!A5", "Fiannce")
    ida.keys("ArrowUp", "Enter")
    ida.offers("VERIFIED")
    ida.looks("editing")
    ida.type("VERIFIED")
    ida.keys("Enter")
    ida.reads("12 cannot be imported as they are")
    assert ida.focused() == "Terms!A5"


def only_the_fixed_cells_differ(ida, source):
    """The user's own workbook comes back: all of it but the fixed cells is as it was."""
    name, content = ida.download("glossary.xlsx")
    fixed = source.with_name("fixed.xlsx")
    fixed.write_bytes(content)
    before, after = members(source), members(fixed)
    assert name == "glossary.xlsx"
    assert list(before) == list(after)
    assert {one for one in before if before[one] != after[one]} == {TERMS}
    assert without(before[TERMS], FIXED) == without(after[TERMS], FIXED)
    terms = opened(fixed)["Terms"]
    assert [terms[one].value for one in FIXED] == ["VERIFIED", *["Finance"] * 12]
