"""Every rule for cells, on a workbook that holds exactly that cell."""

import datetime as dt

import openpyxl
import pytest

from importer.model import CellFault
from importer.read import open_input
from importer.read.cells import zero_padded
from tests.read.build import (
    DASHED,
    DATE,
    DECIMALS,
    FIVE_ZEROS,
    MOMENT,
    QUOTED_DASH,
    emptied,
    pack,
    parts,
    read,
    rows_of,
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


def test_the_1904_date_system_is_kept(tmp_path):
    path = workbook(
        tmp_path / "mac.xlsx",
        f'<row r="1"><c r="A1" s="{DATE}"><v>43889</v></c></row>',
        properties='<workbookPr date1904="1"/>',
    )
    assert read(path) == [[dt.date(2024, 2, 29)]]


@pytest.mark.parametrize(
    ("number", "pattern", "shown"),
    [
        (0, "000", "000"),
        (1234, "000", "1234"),
        (-7, "000", "-007"),
        (123456789, "000-00-0000", "123-45-6789"),
        (12345678901, "000-00-0000", "12345-67-8901"),
    ],
)
def test_padding_never_loses_a_digit(number, pattern, shown):
    assert zero_padded(number, pattern) == shown


def test_times_and_durations_and_merged_cells_as_openpyxl_writes_them(tmp_path):
    """A merged range has its value in the first cell only."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([dt.time(9, 30), dt.timedelta(hours=30), "merged"])
    sheet.merge_cells("C1:D2")
    sheet["A3"] = "end"
    book.save(tmp_path / "times.xlsx")
    assert read(tmp_path / "times.xlsx") == [
        [dt.time(9, 30), dt.timedelta(hours=30), "merged"],
        [],
        ["end", "", ""],
    ]


def test_faults_beyond_the_last_value_still_have_rows(tmp_path):
    """The parser ends its range before a formula without a result; we do not."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="4"><c r="D4"><f>A1</f></c></row>'
    fault = CellFault(NO_VALUE, "=A1")
    assert read(workbook(tmp_path / "book.xlsx", rows)) == [[1], [], [], ["", "", "", fault]]


def test_head_and_chunks_show_the_same_faults_again_and_again(tmp_path):
    rows = '<row r="2"><c r="B2" t="e"><v>#N/A</v></c></row>'
    sheet = open_input(workbook(tmp_path / "book.xlsx", rows)).sheets[0]
    expected = [[], ["", CellFault(ERROR, "#N/A")]]
    for _ in range(2):
        assert emptied(sheet.head()) == rows_of(sheet) == expected
