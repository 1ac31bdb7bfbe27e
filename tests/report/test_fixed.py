"""What a person fixed, in a copy of their workbook: types, styles, and cells that stay."""

import datetime as dt
import re

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from importer.model import Place
from importer.report.fixed import CellFix, FixRefused, HoldsFormula, formulas_at, write_fixed
from tests.report.build import finding, members, opened, packed, repacked, workbook

SHEET = "xl/worksheets/sheet1.xml"
BOLD = Font(bold=True)


@pytest.fixture
def fix(tmp_path):
    """Write fixes, each cell and value, into a workbook with these rows and edits."""

    def write(source, fixes, **options):
        out = tmp_path / f"fixed{source.suffix}"
        return write_fixed(source, out, [cell_fix(*each, **options) for each in fixes])

    return write


def cell_fix(address, value, sheet="Terms", **options):
    letters, row = re.fullmatch("([A-Z]+)([0-9]+)", address).groups()
    return CellFix(
        sheet, int(row), openpyxl.utils.column_index_from_string(letters), value, **options
    )


def made(tmp_path, edit, rows=None):
    return workbook(tmp_path / "terms.xlsx", rows, edit=edit)


def formatted(tmp_path, value, code, edit=None):
    """A workbook whose cell A1 has a value in a number format, and a bold font."""

    def one(book):
        cell = book.active["A1"]
        cell.value, cell.number_format, cell.font = value, code, BOLD
        if edit:
            edit(book)

    return made(tmp_path, one, [["x"]])


TYPED = [
    (7, "General", "3.5", 3.5),
    (7, "General", "-12", -12),
    (7, "General", "1e3", "1e3"),
    (7, "General", "007", "007"),
    (7, "General", "3,5", "3,5"),
    (7, "General", "12345678901234567", "12345678901234567"),
    (7, "General", "n/a", "n/a"),
    ("text", "General", "3.5", "3.5"),
    ("text", "0.00", "3.5", 3.5),
    ("text", "@", "3.5", "3.5"),
    (0.1, "0%", "15%", 0.15),
    (0.1, "0%", "0.2", 0.2),
    (7, "00000", "00042", 42),
    (7, "00000", "42", "42"),
    (7, "000-00", "00042", "00042"),
    (dt.date(2020, 1, 1), "yyyy-mm-dd", "2026-01-31", dt.datetime(2026, 1, 31)),
    (dt.date(2020, 1, 1), "dd/mm/yy h:mm", "2026-01-31 14:30", dt.datetime(2026, 1, 31, 14, 30)),
    (dt.date(2020, 1, 1), "yyyy-mm-dd", "2026-02-30", "2026-02-30"),
    (dt.date(2020, 1, 1), "yyyy-mm-dd", "31.01.2026", "31.01.2026"),
    (dt.date(2020, 1, 1), "yyyy-mm-dd", "1899-12-31", "1899-12-31"),
    ("tomorrow", "d mmm yyyy", "2026-01-31", dt.datetime(2026, 1, 31)),
    (0.5, "h:mm", "14:30", dt.time(14, 30)),
    (0.5, "h:mm", "26:30", "26:30"),
    (0.5, "[h]:mm", "26:30", dt.timedelta(hours=26, minutes=30)),
    (0.5, '0.0 "days"', "2", 2),
    (True, "General", "false", False),
    (True, "General", "no", "no"),
]


@pytest.mark.parametrize(("before", "code", "value", "after"), TYPED)
def test_a_value_gets_the_type_of_its_cell_and_the_cell_keeps_its_style(
    tmp_path, fix, before, code, value, after
):
    cell = opened(fix(formatted(tmp_path, before, code), [("A1", value)])).active["A1"]
    assert (cell.value, type(cell.value)) == (after, type(after))
    assert (cell.number_format, cell.font.bold) == (code, True)


def test_a_date_in_a_workbook_that_counts_from_1904_is_that_date(tmp_path, fix):
    def from_1904(book):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    source = formatted(tmp_path, dt.date(2020, 1, 1), "yyyy-mm-dd", from_1904)
    out = fix(source, [("A1", "2026-01-31")])
    assert b'<c r="A1" s="1"><v>44591</v></c>' in members(out)[SHEET]
    assert opened(out).active["A1"].value == dt.datetime(2026, 1, 31)


@pytest.mark.parametrize("value", ["=1+1", "+49 30", "-5", "@name", "\tx"])
def test_a_text_that_looks_like_a_formula_is_text_and_marked_so(tmp_path, fix, value):
    cell = opened(fix(formatted(tmp_path, "x", "General"), [("A1", value)])).active["A1"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (value, "s", True)
    assert cell.font.bold


def test_a_cell_whose_text_is_quoted_already_needs_no_new_style(tmp_path, fix):
    once = fix(formatted(tmp_path, "x", "General"), [("A1", "=1")])
    source = once.rename(tmp_path / "once.xlsx")
    again = fix(source, [("A1", "=2")])
    assert members(again)["xl/styles.xml"] == members(source)["xl/styles.xml"]
    assert opened(again).active["A1"].value == "=2"


def test_a_blank_value_empties_the_cell_and_its_style_stays(tmp_path, fix):
    cell = opened(fix(formatted(tmp_path, "x", "0.00"), [("A1", "  ")])).active["A1"]
    assert (cell.value, cell.number_format, cell.font.bold) == (None, "0.00", True)


def test_nothing_but_the_fixed_cell_differs_in_the_sheet(source, fix):
    before, after = members(source), members(fix(source, [("C3", "joe")]))
    old = re.search(rb'<c r="C3".*?</c>', before[SHEET])[0]
    assert after[SHEET] == before[SHEET].replace(
        old, b'<c r="C3" t="inlineStr"><is><t xml:space="preserve">joe</t></is></c>'
    )
    assert {name for name in before if before[name] != after[name]} == {SHEET}


def test_several_sheets_are_fixed_at_once_and_the_others_stay(tmp_path, fix):
    def three(book):
        for title in ("Other", "Untouched"):
            book.create_sheet(title).append([title, 1])

    source = made(tmp_path, three)
    fixes = [cell_fix("B1", "2.5", sheet="Other"), cell_fix("A2", "=x"), cell_fix("A9", "y")]
    out = write_fixed(source, tmp_path / "fixed.xlsx", fixes)
    book, before, after = opened(out), members(source), members(out)
    assert [book["Other"]["B1"].value, book["Terms"]["A2"].value] == [2.5, "=x"]
    assert {name for name in before if before[name] != after[name]} == {
        SHEET,
        "xl/worksheets/sheet2.xml",
        "xl/styles.xml",
    }


def test_the_last_of_several_fixes_of_a_cell_wins(source, fix):
    assert opened(fix(source, [("C3", "a"), ("C3", "b")])).active["C3"].value == "b"


def test_without_fixes_the_copy_is_the_file(source, fix):
    assert fix(source, []).read_bytes() == source.read_bytes()


def test_a_cell_that_is_not_there_gets_the_style_of_its_row_or_column(tmp_path, fix):
    source = workbook(tmp_path / "terms.xlsx")
    styled = repacked(
        formatted(tmp_path, "x", "0.00"),
        {
            SHEET: lambda xml: xml.replace(
                b"<sheetData>",
                b'<cols><col min="5" max="6" style="1" width="9"/></cols><sheetData>',
            ).replace(b"</sheetData>", b'<row r="4" s="1" customFormat="1"/></sheetData>')
        },
    )
    sheet = opened(fix(styled, [("E2", "2"), ("G2", "2"), ("B4", "2")])).active
    assert [sheet[at].number_format for at in ("E2", "G2", "B4")] == ["0.00", "General", "0.00"]
    assert [sheet[at].value for at in ("E2", "G2", "B4")] == [2, "2", 2]
    assert source.exists()


def test_cells_and_rows_that_are_not_there_are_made_in_their_places(tmp_path, fix):
    source = made(tmp_path, None, [[None, None, "c1"], [], ["a3"]])
    out = fix(source, [("A1", "1"), ("E1", "5"), ("B2", "2"), ("C3", "3"), ("D9", "4")])
    xml = members(out)[SHEET]
    assert re.findall(rb'<c r="(\w+)"', xml) == [b"A1", b"C1", b"E1", b"B2", b"A3", b"C3", b"D9"]
    assert re.findall(rb'<row r="(\d+)"', xml) == [b"1", b"2", b"3", b"9"]
    assert b'<dimension ref="A1:E9"' in xml


def test_the_spans_of_a_row_are_widened_to_both_sides(tmp_path, fix):
    source = repacked(
        made(tmp_path, None, [[None, None, "c1"]]),
        {SHEET: lambda xml: xml.replace(b'<row r="1"', b'<row r="1" spans="3:3"')},
    )
    assert b'spans="2:4"' in members(fix(source, [("B1", "b"), ("D1", "d")]))[SHEET]


def test_a_sheet_without_any_row_can_be_fixed(tmp_path, fix):
    source = repacked(
        made(tmp_path, None, [["x"]]),
        {SHEET: lambda xml: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", xml)},
    )
    assert opened(fix(source, [("B2", "b")])).active["B2"].value == "b"


def with_formulas(book):
    sheet = book.active
    sheet["B1"], sheet["B2"] = "=A1&A2", "=A2"


def test_a_formula_is_not_overwritten_unless_somebody_was_asked(tmp_path, fix):
    source = made(tmp_path, with_formulas, [["a"], ["b"]])
    with pytest.raises(HoldsFormula, match="Terms!B1, and 1 more of the cells") as raised:
        fix(source, [("A1", "x"), ("B1", "x"), ("B2", "x")])
    assert raised.value.places == (Place("Terms", 1, 2), Place("Terms", 2, 2))
    assert raised.value.formulas == ("=A1&A2", "=A2")
    assert not (tmp_path / "fixed.xlsx").exists()


def test_formulas_are_known_before_anybody_fixes_a_cell(tmp_path):
    source = made(tmp_path, with_formulas, [["a"], ["b"]])
    assert formulas_at(source, {"Terms": {1, 5}}) == {Place("Terms", 1, 2): "=A1&A2"}
    assert formulas_at(source, {"Terms": range(1, 9)}) == {
        Place("Terms", 1, 2): "=A1&A2",
        Place("Terms", 2, 2): "=A2",
    }
    assert formulas_at(repacked(source, added={"_xmlsignatures/x": b""}), {"Terms": {1}}) == {}


def test_a_formula_that_was_given_up_goes_and_the_order_of_calculation_with_it(tmp_path, fix):
    chain = "xl/calcChain.xml"
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    source = repacked(
        made(tmp_path, with_formulas, [["a"], ["b"]]),
        {
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
                b"</Relationships>",
                b'<Relationship Id="rId99" Type="' + kind + b'" Target="calcChain.xml"/>'
                b"</Relationships>",
            ),
            "[Content_Types].xml": lambda xml: xml.replace(
                b"</Types>",
                b'<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxml'
                b'formats-officedocument.spreadsheetml.calcChain+xml"/></Types>',
            ),
        },
        {chain: b'<calcChain xmlns="x"><c r="B1" i="1"/><c r="B2"/></calcChain>'},
    )
    assert members(fix(source, [("A1", "x")]))[chain] == members(source)[chain]
    after = members(fix(source, [("B1", "x")], over_formula=True))
    assert chain not in after
    assert b"calcChain" not in after["xl/_rels/workbook.xml.rels"] + after["[Content_Types].xml"]
    assert b"<f>A1&amp;A2</f>" not in after[SHEET]
    assert b"<f>A2</f>" in after[SHEET]


def test_what_formulas_compute_from_a_fixed_cell_is_computed_anew_on_opening(tmp_path, fix):
    without = {"xl/workbook.xml": lambda xml: re.sub(rb"<calcPr[^>]*/>", b"", xml)}
    stated = {
        "xl/workbook.xml": lambda xml: re.sub(rb"<calcPr[^>]*/>", b'<calcPr calcId="1"/>', xml)
    }
    source = made(tmp_path, with_formulas, [["a"], ["b"]])
    for edit in (without, stated):
        out = fix(repacked(source, edit), [("A1", "x")])
        assert b'fullCalcOnLoad="1"' in members(out)["xl/workbook.xml"]
        assert opened(out).calculation.fullCalcOnLoad


def array(book):
    book.active["B1"] = ArrayFormula("B1:B2", "=A1:A2")
    book.active["B2"] = "x"


def shared(book):
    book.active["B1"], book.active["B2"] = "=A1", "=A2"


SHARED = {
    SHEET: lambda xml: xml.replace(
        b"<f>A1</f>", b'<f t="shared" ref="B1:B2" si="0">A1</f>'
    ).replace(b"<f>A2</f>", b'<f t="shared" si="0"/>')
}


@pytest.mark.parametrize("at", ["B1", "B2"])
def test_a_cell_of_an_array_formula_stays(tmp_path, fix, at):
    with pytest.raises(FixRefused, match=f"Terms!{at} is in B1:B2, which one formula fills"):
        fix(made(tmp_path, array, [["a"], ["b"]]), [(at, "x")], over_formula=True)


def test_a_formula_that_others_share_stays_and_one_that_shares_it_may_go(tmp_path, fix):
    source = repacked(made(tmp_path, shared, [["a"], ["b"]]), SHARED)
    with pytest.raises(FixRefused, match="Terms!B1 holds a formula that other cells share"):
        fix(source, [("B1", "x")], over_formula=True)
    with pytest.raises(HoldsFormula, match=r"Terms!B2 .* holds a formula"):
        fix(source, [("B2", "x")])
    out = fix(source, [("B2", "x")], over_formula=True)
    assert opened(out).active["B2"].value == "x"


def test_of_merged_cells_only_the_first_is_fixed(tmp_path, fix):
    source = made(tmp_path, lambda book: book.active.merge_cells("A2:B3"))
    words = r"Terms!B3 is one of the merged cells A2:B3. Fix A2,"
    with pytest.raises(FixRefused, match=words) as raised:
        fix(source, [("B3", "x"), ("C3", "x")])
    assert raised.value.places == (Place("Terms", 3, 2),)
    assert opened(fix(source, [("A2", "x")])).active["A2"].value == "x"


def test_the_headings_of_a_table_stay_and_its_rows_are_fixed(tmp_path, fix):
    source = made(
        tmp_path, lambda book: book.active.add_table(Table(displayName="All", ref="A1:C4"))
    )
    with pytest.raises(FixRefused, match="Terms!B1 is part of the headings of the table All"):
        fix(source, [("B1", "x")])
    assert opened(fix(source, [("B2", "x")])).active["B2"].value == "x"


def test_a_protected_sheet_is_fixed_and_stays_protected(tmp_path, fix):
    def protect(book):
        book.active.protection.enable()

    sheet = opened(fix(made(tmp_path, protect), [("B2", "x")])).active
    assert (sheet["B2"].value, sheet.protection.sheet) == ("x", True)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (CellFix("Term", 1, 1, "x"), "There is no sheet Term in the file"),
        (CellFix("Terms", 0, 1, "x"), "There is no cell in row 0, column 1"),
        (CellFix("Terms", 1, 16_385, "x"), "There is no cell in row 1, column 16385"),
        (CellFix("Terms", 1, 1, "a\x00b"), r"U\+0000 in the new text of Terms!A1"),
        (CellFix("Terms", 1, 1, "x" * 32_768), "Terms!A1 has 32,768 characters"),
    ],
)
def test_a_fix_that_fits_no_cell_is_refused(source, tmp_path, wrong, words):
    out = tmp_path / "fixed.xlsx"
    out.write_bytes(b"earlier")
    with pytest.raises(FixRefused, match=words):
        write_fixed(source, out, [wrong])
    assert out.read_bytes() == b"earlier"


def test_a_row_with_a_cell_twice_or_in_disorder_is_not_guessed_at(tmp_path, fix):
    source = repacked(
        made(tmp_path, None, [["a", "b"]]),
        {SHEET: lambda xml: re.sub(rb"(<c .*?</c>)(<c .*?</c>)", rb"\2\1", xml)},
    )
    out = fix(source, [("A1", "x")])
    assert out.name == "fixed.values.xlsx"
    assert opened(out).active["A1"].value == "x"


def test_a_signed_workbook_comes_back_as_a_copy_of_its_values_by_another_name(source, fix):
    signed = repacked(source, added={"_xmlsignatures/sig1.xml": b"<x/>"})
    out = fix(signed, [("C3", "joe")])
    assert out.name == "fixed.values.xlsx"
    assert [cell.value for cell in opened(out)["Terms"][3]] == ["t2", "d", "joe"]


def test_errors_stay_errors_in_a_copy_of_the_values(tmp_path, source, fix):
    signed = repacked(source, added={"_xmlsignatures/sig1.xml": b"<x/>"})
    error = finding(4, 3, code="error_cell", value="#N/A")
    fixes = [CellFix("Terms", 3, 3, "joe")]
    out = write_fixed(signed, tmp_path / "out.xlsx", fixes, findings=[error])
    assert opened(out)["Terms"]["C4"].value == "#N/A"


def test_a_workbook_of_another_format_comes_back_as_xlsx_with_its_values_and_the_fixes(tmp_path):
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    table = (
        '<table:table table:name="All: terms"><table:table-row>{}</table:table-row></table:table>'
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table")
    )
    body = table.format(cell.format("a") + cell.format("b"))
    content = f"<office:spreadsheet>{body}</office:spreadsheet>"
    content = f"<office:document-content {spaces}><office:body>{content}</office:body>"
    manifest = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": manifest,
        "content.xml": f"{content}</office:document-content>",
    }
    source = packed(tmp_path / "terms.ods", parts)
    out = write_fixed(source, tmp_path / "fixed.ods", [CellFix("All: terms", 1, 2, "=x")])
    assert out == tmp_path / "fixed.xlsx"
    assert [cell.value for cell in opened(out)["All_ terms"][1]] == ["a", "=x"]


def test_what_cannot_be_written_is_said_in_a_sentence(source, tmp_path):
    with pytest.raises(FixRefused, match=r"The fixed copy out.xlsx could not be written: No such"):
        write_fixed(source, tmp_path / "none" / "out.xlsx", [CellFix("Terms", 1, 1, "x")])
