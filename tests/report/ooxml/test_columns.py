"""Our three columns: right of the table, or where an earlier report left them."""

import datetime as dt
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table

from importer.model import Status
from tests.report.build import (
    GUID,
    dump,
    finding,
    highlights,
    layout,
    members,
    opened,
    repacked,
    report,
    result,
    values,
    workbook,
)


def test_three_columns_stand_right_of_the_table(source):
    results = [
        result(2, identity="g-2"),
        result(4, Status.REJECTED, "no", "g-4"),
        result(3, Status.INVALID),
    ]
    assert values(report(source, results=results)) == [
        ["import_status", "import_message", "import_id"],
        ["created", None, "g-2"],
        ["invalid", None, None],
        ["rejected", "no", "g-4"],
    ]


def test_a_finding_on_the_heading_leaves_the_heading_alone(source):
    path = report(source, findings=[finding(1, message="unknown heading")])
    assert values(path, rows=[1], columns="CE") == [["Owners", "import_message"]]
    assert list(highlights(path)) == ["C1"]


def test_our_columns_are_found_wherever_the_user_moved_them(tmp_path):
    rows = [["import_id", "Term", " Import_Status ", "Owners"], ["g", "t", "old", "jane"]]
    source = workbook(tmp_path / "terms.xlsx", rows)
    path = report(source, layouts=[layout(last=2, width=4)], results=[result(2, message="m")])
    assert values(path, rows=[1, 2], columns="ABCDEF") == [
        ["import_id", "Term", " Import_Status ", "Owners", "import_message", None],
        ["g", "t", "created", "jane", "m", None],
    ]


def test_title_rows_above_the_header_stay(tmp_path):
    source = workbook(tmp_path / "t.xlsx", [["Our terms"], [], ["Term"], ["a"]])
    path = report(source, layouts=[layout(header=3, last=4, width=1)], results=[result(4)])
    assert values(path, columns="AB") == [
        ["Our terms", None],
        [None, None],
        ["Term", "import_status"],
        ["a", "created"],
    ]


def test_columns_keep_clear_of_tables_and_of_cells_right_of_the_table(tmp_path):
    def edit(book):
        book.active["F9"] = "my sum"
        book.active.add_table(Table(displayName="T", ref="A1:C4"))

    source = workbook(tmp_path / "t.xlsx", edit=edit)
    path = report(source, results=[result(2)])
    assert values(path, rows=[1], columns="DG") == [[None, "import_status"]]


def test_hidden_columns_to_the_right_stay_hidden_but_ours_show(tmp_path):
    def edit(book):
        rest = book.active.column_dimensions["B"]
        rest.min, rest.max, rest.hidden, rest.width = 2, 16_384, True, 5

    source = workbook(tmp_path / "t.xlsx", edit=edit)
    sheet = opened(report(source, results=[result(2)]))["Terms"]
    runs = [(d.min, d.max, d.hidden) for d in sheet.column_dimensions.values()]
    assert runs == [
        (2, 3, True),
        (4, 4, False),
        (5, 5, False),
        (6, 6, False),
        (7, 16_384, True),
    ]


def test_a_sheet_that_is_full_says_so_on_the_report_sheet(source):
    path = report(source, layouts=[layout(width=16_383)], results=[result(2)])
    texts = [cell.value for cell in opened(path)["Report"]["B"]]
    assert any("Terms has no free columns" in str(text) for text in texts)


def test_formulas_rich_text_and_macros_are_as_they_were(tmp_path):
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    rich = CellRichText("a ", TextBlock(InlineFont(b=True), "bold"))

    def edit(book):
        book.active["A2"], book.active["B2"] = "=1+1", rich
        book.active["C2"].font = Font(italic=True)

    plain = workbook(tmp_path / "plain.xlsx", edit=edit)
    source = tmp_path / "terms.xlsm"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(source, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"macro")
    path = report(source, results=[result(2)])
    sheet = opened(path)["Terms"]
    assert (sheet["A2"].value, sheet["B2"].value, sheet["C2"].font.i) == ("=1+1", rich, True)
    assert zipfile.ZipFile(path).read("xl/vbaProject.bin") == b"macro"


SHEET_PART = "xl/worksheets/sheet1.xml"
TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=8)


VALUE = st.one_of(
    st.none(),
    TEXT,
    TEXT.map(lambda text: f"={text}"),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2100, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
)


TABLE = st.lists(st.lists(VALUE, min_size=3, max_size=3), min_size=1, max_size=5)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(rows=TABLE, status=st.sampled_from(Status), data=st.data())
def test_whatever_the_user_wrote_is_read_back_equal(tmp_path_factory, rows, status, data):
    folder = tmp_path_factory.mktemp("law")
    source = workbook(folder / "terms.xlsx", [["Term", "Description", "Owners"], *rows])
    numbers = range(2, len(rows) + 2)
    wrong = data.draw(st.lists(st.sampled_from(numbers), unique=True))
    layouts = [layout(last=len(rows) + 1)]
    results = [result(row, status, identity=GUID.format(row)) for row in numbers]
    first = report(
        source, layouts=layouts, results=results, findings=[finding(row) for row in wrong]
    )
    old, _, _ = dump(source)
    new, _, _ = dump(first)
    assert old.items() <= new.items()
    second = report(first, folder / "second.xlsx", layouts=layouts, results=results)
    assert dump(second) == dump(
        report(source, folder / "fresh.xlsx", layouts=layouts, results=results)
    )


@pytest.mark.parametrize(
    ("cell", "stays"),
    [
        (b'<c r="D2" s="1"/>', False),
        (b'<c r="D2" s="1"><v/></c>', False),
        (b'<c r="D2" s="1"></c>', False),
        (b'<c r="D2"><v>1</v></c>', True),
        (b'<c r="D2"><f>1+1</f></c>', True),
        (b'<c r="D2" t="inlineStr"><is><t>x</t></is></c>', True),
    ],
)
def test_what_only_looks_like_something_gives_way_to_our_columns(tmp_path, cell, stays):
    """Many sheets are formatted far beyond their tables."""
    path = workbook(tmp_path / "terms.xlsx")
    end = re.compile(rb'(<row r="2".*?)(</row>)', re.DOTALL)
    repacked(path, {SHEET_PART: lambda xml: end.sub(rb"\1" + cell + rb"\2", xml, count=1)})
    out = report(path, results=[result(2)])
    heads = [cell.value for cell in opened(out)["Terms"][1]]
    assert heads.index("import_status") == (4 if stays else 3)
    assert (cell in members(out)[SHEET_PART]) == stays
