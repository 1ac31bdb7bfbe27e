"""A corpus of workbooks with features that others lose: a report loses and changes nothing."""

import pytest

from importer.report.ooxml.row_patch import RowPatcher
from tests.report.build import members
from tests.report.compared import by_calamine, by_openpyxl, differences
from tests.report.corpus import CASES
from tests.report.corpus.base import HEADINGS, Extra, build, inject
from tests.report.corpus.reported import FINE, parts_with_highlights, reported

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl says what it would lose


@pytest.fixture(params=CASES)
def source(request, tmp_path):
    """Each workbook of the corpus."""
    ending = "xlsm" if request.param == "macros" else "xlsx"
    return CASES[request.param](tmp_path / f"terms.{ending}")


def test_nothing_but_what_a_report_adds_differs(source):
    """Untouched parts to the packed byte, touched ones element by element."""
    assert differences(source, reported(source)) == []


def test_the_same_report_again_changes_nothing(source):
    """What an earlier report wrote is overwritten in place."""
    once = reported(source)
    assert members(reported(once, "twice")) == members(once)


def test_rows_on_the_fast_path_are_written_as_all_others(source, monkeypatch):
    """The fast path serves nearly all rows of most sheets, and only is faster."""
    fast = members(reported(source))
    monkeypatch.setattr(RowPatcher, "_append", lambda *_: False)
    assert members(reported(source, "slow")) == fast


def test_fixed_and_imported_again_no_highlight_is_left(source):
    """Nor a part, a comment or a shape that came with the highlights."""
    fixed = reported(reported(source), "fixed", FINE, [])
    assert differences(source, fixed) == []
    before, after = members(source), members(fixed)
    assert len(after) == len(before) + 1, "the sheet of the report is all that was added"
    assert parts_with_highlights(fixed) == []
    drawings = [name for name in before if name.endswith(".vml")]
    assert all(
        after[name].count(b"<v:shape ") == before[name].count(b"<v:shape ") for name in drawings
    )


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b'<c r="B3"', b'<c r="B3" s="1"'),
        ("xl/worksheets/sheet1.xml", b'width="40', b'width="41'),
        ("xl/worksheets/sheet1.xml", b'errorStyle="warning"', b'errorStyle="information"'),
        ("xl/worksheets/sheet3.xml", b"</sheetData>", b"<row/></sheetData>"),
        ("xl/styles.xml", b"<cellXfs ", b"<cellXfs x='1' "),
        ("xl/styles.xml", b'val="Calibri"', b'val="Arial"'),
        ("xl/workbook.xml", b'name="People"', b'name="Persons"'),
        ("xl/tables/table1.xml", b'name="Term"', b'name="Terms"'),
        ("xl/comments1.xml", b"ask john", b"ask joan"),
        ("xl/drawings/vmlDrawing1.vml", b"<x:Row>2<", b"<x:Row>3<"),
        ("xl/sharedStrings.xml", b"Term 1", b"Term 9"),
        ("[Content_Types].xml", b"sharedStrings+xml", b"styles+xml"),
    ],
)
def test_whatever_else_is_changed_is_found(tmp_path, part, old, new):
    """The comparison itself can fail: in each kind of part it finds what a report may not do."""
    source = build(tmp_path / "terms.xlsx", _all_kinds)
    spoilt = inject(reported(source), Extra(changes=[(part, old, new)]))
    assert any(words.startswith(part) for words in differences(source, spoilt))


def _all_kinds(book):
    terms = book.worksheets()[0]
    terms.add_table("A1:C12", {"columns": [{"header": name} for name in HEADINGS]})
    terms.data_validation("C2", {"validate": "list", "source": ["jane"], "error_type": "warning"})
    terms.set_column("B:B", 40)
    terms.write_comment("B3", "ask john", {"author": "jane"})


def test_every_value_is_read_as_before(source):
    """By two readers that do not know each other; what we added stands beside them."""
    out = reported(source)
    for values in (by_calamine, by_openpyxl):
        before, after = values(source), values(out)
        assert {cell: after.get(cell) for cell in before} == before
        assert "invalid" in after.values()
