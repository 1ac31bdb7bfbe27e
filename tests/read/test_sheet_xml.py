"""An .xlsx sheet: every cell is read as the steward sees it, however its XML is written."""

import datetime as dt

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.model import CellFault
from importer.read import open_input
from importer.spreadsheet import MergedRange
from tests.read.build import (
    DASHED,
    DATE,
    DECIMALS,
    FIVE_ZEROS,
    MOMENT,
    QUOTED_DASH,
    pack,
    parts,
    read,
    sheet_xml,
    workbook,
)

ERROR = "error_cell"


NO_VALUE = "formula_without_value"


CELLS = {
    "a whole number is an int": ("<c><v>5</v></c>", 5),
    "a whole number written as 5.0 is an int": ("<c><v>5.0</v></c>", 5),
    "a fraction stays": ("<c><v>5.25</v></c>", 5.25),
    "minus zero is nothing special": ("<c><v>-0</v></c>", 0),
    "15 digits are exact": ("<c><v>999999999999999</v></c>", 999999999999999),
    "16 digits are a fault": (
        "<c><v>1.9148734598723456E+18</v></c>",
        CellFault("long_number", "1.91E+18"),
    ),
    "so are 16 negative ones": ("<c><v>-1e15</v></c>", CellFault("long_number", "-1E+15")),
    "what is no number is an error": ("<c><v>NaN</v></c>", CellFault(ERROR, "NaN")),
    "text keeps leading zeros": ('<c t="str"><v>007</v></c>', "007"),
    "NA is text": ('<c t="inlineStr"><is><t>NA</t></is></c>', "NA"),
    "None is text": ('<c t="inlineStr"><is><t>None</t></is></c>', "None"),
    "null is text": ('<c t="inlineStr"><is><t>null</t></is></c>', "null"),
    "a long id as text stays": ('<c t="str"><v>12345678901234567</v></c>', "12345678901234567"),
    "rich text is one text": (
        '<c t="inlineStr"><is><r><t xml:space="preserve">a </t></r><r><t>b</t></r></is></c>',
        "a b",
    ),
    "line ends in text are decoded": (
        '<c t="inlineStr"><is><t>a_x000D_\nb</t></is></c>',
        "a\r\nb",
    ),
    "markup in text is decoded": ('<c t="inlineStr"><is><t>&lt;a&amp;b</t></is></c>', "<a&b"),
    "a boolean stays one": ('<c t="b"><v>0</v></c>', False),
    "a date is a date": (f'<c s="{DATE}"><v>45351</v></c>', dt.date(2024, 2, 29)),
    "a moment is one": (f'<c s="{MOMENT}"><v>45351.5</v></c>', dt.datetime(2024, 2, 29, 12)),
    "a written date is a date": ('<c t="d"><v>2024-02-29</v></c>', dt.date(2024, 2, 29)),
    "an error is a fault": ('<c t="e"><v>#N/A</v></c>', CellFault(ERROR, "#N/A")),
    "an error of a formula is one": (
        '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        CellFault(ERROR, "#DIV/0!"),
    ),
    "an error in single quotes is one": ("<c t='e'><v>#REF!</v></c>", CellFault(ERROR, "#REF!")),
    "an error before its style is one": (
        '<c t="e" s="1"><v>#NAME?</v></c>',
        CellFault(ERROR, "#NAME?"),
    ),
    "a formula has its value": ("<c><f>A2+1</f><v>6</v></c>", 6),
    "a formula's text is its value": ('<c t="str"><f>A2</f><v>x</v></c>', "x"),
    "a formula's empty text is blank": ('<c t="str"><f>A2</f><v></v></c>', ""),
    "no value is a fault": ("<c><f>A1+B1</f></c>", CellFault(NO_VALUE, "=A1+B1")),
    "an empty value is a fault": ("<c><f>A1&amp;B1</f><v></v></c>", CellFault(NO_VALUE, "=A1&B1")),
    "a closed value is a fault": ("<c><f>A1</f><v /></c>", CellFault(NO_VALUE, "=A1")),
    "a shared formula's copy is one": (
        '<c><f t="shared" si="0"/></c>',
        CellFault(NO_VALUE, "=…"),
    ),
    "five zeros are shown text": (f'<c s="{FIVE_ZEROS}"><v>42</v></c>', "00042"),
    "zeros with a dash are": (f'<c s="{DASHED}"><v>42</v></c>', "000-42"),
    "zeros with a quoted dash are": (f'<c s="{QUOTED_DASH}"><v>1234</v></c>', "123-4"),
    "a formula under five zeros is": (f'<c s="{FIVE_ZEROS}"><f>A2</f><v>7</v></c>', "00007"),
    "a fraction under five zeros stays": (f'<c s="{FIVE_ZEROS}"><v>4.5</v></c>', 4.5),
    "text under five zeros stays": (f'<c s="{FIVE_ZEROS}" t="str"><v>x</v></c>', "x"),
    "16 digits under five zeros are a fault": (
        f'<c s="{FIVE_ZEROS}"><v>1e15</v></c>',
        CellFault("long_number", "1E+15"),
    ),
    "decimals are no padding": (f'<c s="{DECIMALS}"><v>42</v></c>', 42),
}


ADDRESSED = '<row r="3"><c r="A3"><v>1</v></c>{}<c r="C3"><v>3</v></c></row>'


BARE = '<row r="3"><c r="A3"><v>1</v></c>{}<c><v>3</v></c></row>'


PREFIXED = '<x:row r="3"><x:c r="A3"><x:v>1</x:v></x:c>{}<x:c r="C3"><x:v>3</x:v></x:c></x:row>'


def with_address(cell):
    return cell.replace("<c", '<c r="B3"', 1)


def with_prefix(cell):
    for name in ("c", "v", "f", "is", "t", "r"):
        for edge in (" ", ">", "/>"):
            cell = cell.replace(f"<{name}{edge}", f"<x:{name}{edge}")
        cell = cell.replace(f"</{name}>", f"</x:{name}>")
    return cell


@pytest.mark.parametrize(("xml", "expected"), CELLS.values(), ids=CELLS)
@pytest.mark.parametrize("style", ["addressed", "bare", "prefixed", "prefixed throughout"])
def test_each_cell_is_read_as_the_steward_sees_it(tmp_path, xml, expected, style):
    """Whatever the producer's hand: with addresses, without, with namespace prefixes."""
    rows = {
        "addressed": ADDRESSED.format(with_address(xml)),
        "bare": BARE.format(xml),
    }.get(style, PREFIXED.format(with_prefix(with_address(xml))))
    sheet = sheet_xml(rows, prefix="x:" if style == "prefixed throughout" else "")
    seen = read(pack(tmp_path / "book.xlsx", parts(sheet)))
    assert seen == [[], [], [1, expected, 3]]
    assert type(seen[2][1]) is type(expected)


def test_faults_beyond_the_last_value_still_have_rows(tmp_path):
    """The parser ends its range before a formula without a result; we do not."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="4"><c r="D4"><f>A1</f></c></row>'
    fault = CellFault(NO_VALUE, "=A1")
    assert read(workbook(tmp_path / "book.xlsx", rows)) == [[1], [], [], ["", "", "", fault]]


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


def test_xml_around_the_rows_is_not_taken_for_cells(tmp_path):
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


@settings(max_examples=60)
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


def row(number, *addresses, quote='"'):
    """A row with the number 1 at each address."""
    cells = "".join(f"<c r={quote}{each}{quote}><v>1</v></c>" for each in addresses)
    return f"<row r={quote}{number}{quote}>{cells}</row>"


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_merged_cells_are_found_behind_plain_rows(tmp_path, prefix):
    rows = "".join(
        f'<{prefix}row r="{n}"><{prefix}c r="A{n}"><{prefix}v>1</{prefix}v></{prefix}c>'
        f'<{prefix}c r="AB{n}"><{prefix}v>1</{prefix}v></{prefix}c></{prefix}row>'
        for n in range(1, 4)
    )
    merged = "".join(
        f'<{prefix}mergeCell ref="{ref}"/>' for ref in ("A2:A3", "B1:AB1", "A9", "oops", "A0:B1")
    )
    xml = sheet_xml(rows, after=f"<{prefix}mergeCells>{merged}</{prefix}mergeCells>", prefix=prefix)
    [sheet] = open_input(pack(tmp_path / "book.xlsx", parts(xml))).sheets
    assert sheet.merged == [MergedRange(2, 1, 3, 1), MergedRange(1, 2, 1, 28)]
