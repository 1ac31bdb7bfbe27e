"""Row numbers, columns, sheets and chunks of a workbook."""

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.model import CellFault
from importer.read import open_input
from tests.read.build import FIVE_ZEROS, pack, parts, read, rows_of, sheet_xml, workbook


def book(path, cells, **titles):
    """A workbook with these values at these addresses."""
    made = openpyxl.Workbook()
    for address, value in cells.items():
        made.active[address] = value
    made.save(path)
    return path


def test_leading_blank_rows_and_columns_are_kept(tmp_path):
    """Column A is index 0 and row 1 element 0, wherever the table stands."""
    path = book(tmp_path / "away.xlsx", {"C4": "x", "D6": "y"})
    assert read(path) == [[], [], [], ["", "", "x", ""], [], ["", "", "", "y"]]


def test_trailing_blank_rows_are_no_rows(tmp_path):
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"/><row r="3"><c r="A3" s="1"/></row>'
        '<row r="900"><c r="B900" t="inlineStr"><is><t></t></is></c></row>'
    )
    assert [row[:1] for row in read(workbook(tmp_path / "blank.xlsx", rows))] == [[1]]


def test_zero_and_false_are_not_blank(tmp_path):
    path = book(tmp_path / "zero.xlsx", {"A1": 0, "A3": False, "A4": ""})
    assert read(path) == [[0], [], [False]]
    assert rows_of(open_input(path).sheets[0], size=1) == [[0], [], [False]]


def test_rows_in_any_order_and_without_numbers_count_as_the_parser_counts(tmp_path):
    rows = (
        '<row r="5"><c r="B5" t="e"><v>#N/A</v></c><c t="e"><v>#REF!</v></c></row>'
        "<row><c><v>6</v></c></row>"
        '<row r="2"><c r="C2"><v>23</v></c><c r="A2" t="e"><v>#NUM!</v></c></row>'
    )
    fault = {text: CellFault("error_cell", text) for text in ("#N/A", "#REF!", "#NUM!")}
    assert read(workbook(tmp_path / "odd.xlsx", rows)) == [
        [],
        [fault["#NUM!"], "", 23],
        [],
        [],
        ["", fault["#N/A"], fault["#REF!"]],
        [6, "", ""],
    ]


def test_rows_without_numbers_follow_those_that_have_one(tmp_path):
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="4"><c r="A4"><v>4</v></c></row>'
        '<row><c><v>5</v></c><c t="e"><v>#N/A</v></c></row>'
    )
    fault = CellFault("error_cell", "#N/A")
    assert read(workbook(tmp_path / "mixed.xlsx", rows))[3:] == [[4, ""], [5, fault]]


def test_hidden_rows_are_read_and_counted(tmp_path):
    rows = "".join(
        f'<row r="{n}" hidden="{hidden}"><c r="A{n}"><v>{n}</v></c></row>'
        for n, hidden in enumerate(["0", "1", "false", "true", "1"], 1)
    )
    path = workbook(tmp_path / "hidden.xlsx", rows + '<row r="6" hidden="1"/>')
    sheet = open_input(path).sheets[0]
    assert sheet.hidden_rows == 3
    assert rows_of(sheet) == [[1], [2], [3], [4], [5]]


def test_sheets_stand_in_workbook_order_hidden_ones_too_charts_not(tmp_path):
    made = openpyxl.Workbook()
    made.active.title = "One"
    made.create_chartsheet("Chart")
    made.create_sheet("Two").sheet_state = "hidden"
    made.create_sheet("Three").sheet_state = "veryHidden"
    made["Two"]["A1"] = "two"
    made.save(tmp_path / "sheets.xlsx")
    sheets = open_input(tmp_path / "sheets.xlsx").sheets
    assert [(s.name, s.hidden) for s in sheets] == [("One", False), ("Two", True), ("Three", True)]
    assert [rows_of(sheet) for sheet in sheets] == [[], [["two"]], []]


def test_chunks_have_the_size_asked_for_but_for_blank_rows_at_their_end(tmp_path):
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("S")
    for number in range(1, 24):
        sheet.append([number] if number % 4 else [])
    made.save(tmp_path / "long.xlsx")
    (sheet,) = open_input(tmp_path / "long.xlsx").sheets
    chunks = list(sheet.chunks(3, size=10))
    assert [(chunk.first_row, len(chunk.rows)) for chunk in chunks] == [(3, 9), (13, 10), (23, 1)]
    expected = [[number] if number % 4 else [] for number in range(3, 24)]
    assert rows_of(sheet, first_row=3, size=10) == expected
    assert sheet.head(rows=2) == [[1], [2]]
    assert list(sheet.chunks(24)) == []


@pytest.mark.parametrize("columns", [26, 27, 80, 703])
def test_wide_sheets_show_their_faults(tmp_path, columns):
    letters = [openpyxl.utils.get_column_letter(n) for n in range(1, columns + 1)]
    rows = "".join(
        f'<row r="{n}">{"".join(f"""<c r="{each}{n}"><v>{n}</v></c>""" for each in letters[:-1])}'
        f'<c r="{letters[-1]}{n}" t="e"><v>#N/A</v></c></row>'
        for n in (1, 2)
    )
    fault = CellFault("error_cell", "#N/A")
    expected = [[n] * (columns - 1) + [fault] for n in (1, 2)]
    assert read(workbook(tmp_path / "wide.xlsx", rows)) == expected


def test_what_stands_around_the_rows_is_not_taken_for_cells(tmp_path):
    around = sheet_xml(
        '<row r="1"><c r="A1"><v>1</v></c></row><!-- <row r="9"><c r="A9" t="e"/></row> -->',
        before='<cols><col min="1" max="1" hidden="1" width="9"/></cols>',
        after='<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1">'
        "<formula>A1</formula></cfRule></conditionalFormatting>"
        '<extLst><ext><xm:f xmlns:xm="urn:x">A1</xm:f></ext></extLst>',
    )
    path = pack(tmp_path / "around.xlsx", parts(around))
    assert read(path) == [[1]]
    assert open_input(path).sheets[0].hidden_rows == 0


CELL_TEXTS = {
    "plain": '<c r="{a}"><v>{n}</v></c>',
    "blank": '<c r="{a}" s="1"/>',
    "text": '<c r="{a}" t="inlineStr"><is><t>t{n}</t></is></c>',
    "error": '<c r="{a}" t="e"><v>#N/A</v></c>',
    "formula": '<c r="{a}"><f>A1</f><v>{n}</v></c>',
    "uncalculated": '<c r="{a}"><f>A{n}</f></c>',
    "padded": f'<c r="{{a}}" s="{FIVE_ZEROS}"><v>{{n}}</v></c>',
}
MEANING = {
    "plain": lambda n: n,
    "blank": lambda n: "",
    "text": lambda n: f"t{n}",
    "error": lambda n: CellFault("error_cell", "#N/A"),
    "formula": lambda n: n,
    "uncalculated": lambda n: CellFault("formula_without_value", f"=A{n}"),
    "padded": lambda n: f"{n:05}",
}
TABLES = st.lists(
    st.tuples(st.booleans(), st.dictionaries(st.integers(0, 30), st.sampled_from([*CELL_TEXTS]))),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(table=TABLES, block=st.sampled_from([64, 1 << 10, 1 << 18]))
def test_every_cell_of_any_sheet_is_where_and_what_it_should_be(tmp_path_factory, table, block):
    """Plain rows are passed over in runs, odd ones parsed: no mixture and no block edge matters."""
    path = tmp_path_factory.mktemp("any") / "any.xlsx"
    rows, expected = [], {}
    for number, (hidden, cells) in enumerate(table, 1):
        xml = []
        for column, kind in sorted(cells.items()):
            address = f"{openpyxl.utils.get_column_letter(column + 1)}{number}"
            xml.append(CELL_TEXTS[kind].format(a=address, n=number))
            expected[number, column] = MEANING[kind](number)
        shown = ' hidden="1"' if hidden else ""
        rows.append(f'<row r="{number}"{shown}>{"".join(xml)}</row>')
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("importer.read.sheet_xml.BLOCK", block)
        seen = read(workbook(path, "".join(rows)))
    found = {
        (r, c): cell for r, row in enumerate(seen, 1) for c, cell in enumerate(row) if cell != ""
    }
    assert found == {place: cell for place, cell in expected.items() if cell != ""}
