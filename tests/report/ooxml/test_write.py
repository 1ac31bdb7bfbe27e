"""A report in workbooks full of unknown features: only what the report touches changes."""

import re
import zipfile
from io import BytesIO

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from python_calamine import CalamineWorkbook

from importer.model import Status
from importer.report.ooxml import archive as packing
from importer.report.ooxml import verify as verification
from importer.report.ooxml import write as patching
from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.markup import Part
from importer.report.ooxml.row import Row
from importer.report.ooxml.sheet_part import SheetPart
from tests.report.build import (
    content,
    finding,
    layout,
    members,
    opened,
    repacked,
    report,
    result,
    workbook,
)

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


EXT = (
    b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    b'<x14:dataValidations count="1"/></ext></extLst>'
)


THREAD = (
    b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
    b'threadedcomments"><threadedComment ref="C3" id="{1}"><text>why?</text></threadedComment>'
    b"</ThreadedComments>"
)


EXTRA = {
    "xl/slicers/slicer1.xml": b"<slicers/>",
    "xl/printerSettings/printerSettings1.bin": bytes(range(256)),
    "customXml/item1.xml": b"<mine/>",
    "xl/threadedComments/threadedComment1.xml": THREAD,
}


LATIN = b'<?xml version="1.0" encoding="ISO-8859-1"?>'


ODD = b'<cols><col min="one" max="4" width="9"/></cols>'


SHEET, OTHER = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"


def threaded(rels):
    entry = (
        b'<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/relationships/'
        b'threadedComment" Target="/xl/threadedComments/threadedComment1.xml"/></Relationships>'
    )
    return rels.replace(b"</Relationships>", entry)


@pytest.fixture
def full(tmp_path):
    """Formulas with results, a table, a filter, rules, comments, hidden columns, strange parts."""

    def edit(book):
        sheet, other = book.active, book.create_sheet("Other")
        other.append(["untouched", "=1+1"])
        sheet.add_table(Table(displayName="Mine", ref="A1:C4"))
        sheet.add_data_validation(DataValidation("list", formula1='"a,b"', sqref="B2:B4"))
        sheet["B2"].comment = Comment("mine", "jane")
        sheet["C3"].comment = Comment("[Threaded comment]", "tc")
        sheet.column_dimensions.group("D", "XFD", hidden=True)
        sheet.freeze_panes = "A2"

    path = workbook(tmp_path / "terms.xlsx", edit=edit)
    return repacked(
        path,
        {
            SHEET: lambda xml: xml.replace(b"</worksheet>", EXT + b"</worksheet>"),
            OTHER: lambda xml: xml.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>"),
            "xl/worksheets/_rels/sheet1.xml.rels": threaded,
        },
        EXTRA,
    )


FINDINGS = [finding(2, 2), finding(3, 3), finding(4, 1)]


RESULTS = [result(2, Status.INVALID), result(3, Status.INVALID), result(4, Status.INVALID)]


def test_only_the_parts_that_the_report_touches_change(full):
    before, after = members(full), members(report(full, results=RESULTS, findings=FINDINGS))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        *("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"),
        *("xl/styles.xml", SHEET, "xl/tables/table1.xml"),
        *(name for name in before if "omment" in name and not name.startswith("xl/threaded")),
    } - {"xl/worksheets/_rels/sheet1.xml.rels"}
    assert after.keys() - before.keys() == {"xl/worksheets/sheet3.xml"}
    assert list(after)[: len(before)] == list(before)


def test_what_is_not_touched_is_not_even_packed_anew(full):
    """The compressed bytes are those of the user's file."""
    out = report(full, results=RESULTS)
    raw = []
    for path in (full, out):
        data = path.read_bytes()
        with zipfile.ZipFile(path) as archive:
            info = archive.getinfo("customXml/item1.xml")
        raw.append((info.CRC, info.date_time, info.compress_size))
        start = data.index(b"customXml/item1.xml") + len("customXml/item1.xml")
        raw[-1] += (data[start : start + info.compress_size],)
    assert raw[0] == raw[1]


def test_what_stood_in_the_sheet_stands_there_still(full):
    """Every element of before is there, in its order; what we know nothing of among them."""
    before = members(full)[SHEET].decode()
    after = members(report(full, results=RESULTS, findings=FINDINGS))[SHEET].decode()
    assert EXT.decode() in after
    for kind in ("dataValidation ", "tablePart ", "pane ", "legacyDrawing"):
        tags = re.findall(f"<{kind}[^>]*>", before)
        assert tags == re.findall(f"<{kind}[^>]*>", after)[: len(tags)], kind
    assert _cells(after, "ABC") == _cells(before, "ABC")


def _cells(xml, columns):
    return re.findall(rf'<c r="[{columns}]\d+".*?(?:</c>|/>)', xml)


def test_values_and_results_of_formulas_are_read_as_before(full):
    out = report(full, results=RESULTS, findings=FINDINGS)
    books = [CalamineWorkbook.from_path(path) for path in (full, out)]
    assert [book.get_sheet_by_name("Other").to_python() for book in books] == [
        [["untouched", 2.0]],
        [["untouched", 2.0]],
    ]
    old, new = (book.get_sheet_by_name("Terms").to_python() for book in books)
    assert [row[:3] for row in new] == [row[:3] for row in old]


def test_a_table_takes_our_columns_in_and_hidden_ones_stay_hidden(full):
    book = opened(report(full, results=RESULTS))
    sheet = book["Terms"]
    table = sheet.tables["Mine"]
    assert table.ref == "A1:F4"
    names = [column.name for column in table.tableColumns]
    assert names == ["Term", "Description", "Owners", *("import_" + n for n in NAMES)]
    assert not sheet.column_dimensions["D"].hidden
    assert sheet.column_dimensions["G"].hidden


NAMES = ("status", "message", "id")


def test_a_users_comment_keeps_its_text_and_a_thread_is_left_alone(full):
    sheet = opened(report(full, results=RESULTS, findings=FINDINGS))["Terms"]
    assert sheet["B2"].comment.text.startswith("mine\n[importer report]\nerror: ")
    assert sheet["C3"].comment.text == "[Threaded comment]"
    assert sheet["A4"].comment.text.startswith("[importer report]\n")


def test_fixed_and_imported_again_nothing_of_the_old_errors_is_left(full, tmp_path):
    first = report(full, results=RESULTS, findings=FINDINGS)
    fine = [result(row, identity=f"g{row}") for row in (2, 3, 4)]
    second = report(first, tmp_path / "second.xlsx", [layout(width=6)], fine)
    unmarked = report(full, tmp_path / "clean.xlsx", results=fine)
    again, never = (opened(path)["Terms"] for path in (second, unmarked))
    for row in range(1, 5):
        for column in range(1, 7):
            new, clean = again.cell(row, column), never.cell(row, column)
            assert (new.value, new.fill.start_color.rgb) == (
                clean.value,
                clean.fill.start_color.rgb,
            )
            assert getattr(new.comment, "text", "") == getattr(clean.comment, "text", "")
    assert not list(again.conditional_formatting)
    assert b"importer" not in members(second)["xl/comments/comment1.xml"].replace(b"importer<", b"")
    assert again.row_dimensions[2].height == never.row_dimensions[2].height
    assert len(opened(second).sheetnames) == 3


def test_sheets_written_with_a_prefix_are_patched_with_it(tmp_path):
    path = workbook(tmp_path / "terms.xlsx")

    def prefixed(xml):
        xml = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", xml)
        return xml.replace(b"xmlns=", b"xmlns:x=", 1)

    repacked(path, {SHEET: prefixed})
    out = report(path, results=[result(2, identity="g")], findings=[finding(3)])
    rows = CalamineWorkbook.from_path(out).get_sheet_by_name("Terms").to_python()
    assert rows[1][3:] == ["created", "", "g"]
    assert b"<x:cfRule" in members(out)[SHEET]


def test_rows_and_cells_without_addresses_are_counted(tmp_path):
    path = workbook(tmp_path / "terms.xlsx")
    bare = re.compile(rb' r="[A-Z]*[0-9]+"')
    repacked(path, {SHEET: lambda xml: bare.sub(b"", xml)})
    out = report(path, results=[result(2, identity="g"), result(4)])
    rows = CalamineWorkbook.from_path(out).get_sheet_by_name("Terms").to_python()
    assert [row[3] for row in rows] == ["import_status", "created", "", "created"]


@pytest.mark.parametrize(
    ("added", "changed", "why"),
    [
        ({"_xmlsignatures/sig1.xml": b"<s/>"}, {}, "it is signed, or keeps track of changes"),
        ({}, {SHEET: lambda x: x.replace(b"<row", b"<!-- odd --><row", 1)}, "has comments among"),
        ({}, {"xl/styles.xml": lambda _: b"<styleSheet/>"}, "its styles have no"),
        ({}, {SHEET: lambda xml: LATIN + xml}, "is not written in UTF-8"),
        ({}, {SHEET: lambda xml: xml.replace(b"<sheetData>", ODD + b"<sheetData>")}, "do not know"),
    ],
    ids=["signed", "comments", "no styles", "another encoding", "odd numbers"],
)
def test_what_cannot_be_patched_safely_comes_back_as_a_copy_that_says_so(
    tmp_path, added, changed, why
):
    source = repacked(workbook(tmp_path / "terms.xlsx"), changed, added)
    before = source.read_bytes()
    out = report(source, results=[result(2)])
    texts = [cell.value for row in opened(out)["Report"].iter_rows() for cell in row if cell.value]
    assert any(why in str(text) for text in texts)
    assert source.read_bytes() == before


def test_an_undeclared_change_is_found(full, monkeypatch):
    """Whatever goes wrong in a patch, the file is verified before it replaces another."""
    spoilt = (b"jane", b"june")
    for kind in (Part, SheetPart):
        monkeypatch.setattr(kind, "pieces", _changing(kind.pieces, *spoilt))
    report_of_full = content(full, RESULTS, FINDINGS)
    with pytest.raises(PatchRefused, match="differs where nothing was to be changed"):
        patching.write(report_of_full, BytesIO())


def _changing(pieces, old, new):
    return lambda part: (piece.replace(old, new) for piece in pieces(part))


def test_a_part_that_is_lost_is_found(full, monkeypatch):
    members_of = verification.members
    lost = iter([True, False])

    def losing(data, infos):
        found = members_of(data, infos)
        return dict(list(found.items())[1:]) if next(lost) else found

    monkeypatch.setattr(verification, "members", losing)
    with pytest.raises(PatchRefused, match="parts are missing"):
        patching.write(content(full, RESULTS, FINDINGS), BytesIO())


def test_openpyxl_still_takes_what_was_written(full):
    assert openpyxl.load_workbook(report(full, results=RESULTS, findings=FINDINGS)).sheetnames == [
        "Terms",
        "Other",
        "Report",
    ]


@pytest.mark.parametrize("size", [1, 7, 64])
def test_a_part_is_the_same_however_it_is_read(full, monkeypatch, size):
    """Rows, shared strings and what stands around them may be cut anywhere when they are read."""
    whole = BytesIO()
    patching.write(content(full, RESULTS, FINDINGS), whole)
    monkeypatch.setattr(packing, "PIECE", size)
    pieced = BytesIO()
    patching.write(content(full, RESULTS, FINDINGS), pieced)
    assert members(pieced) == members(whole)


def test_rows_in_disorder_come_back_as_a_copy(tmp_path):
    """Rows pass by once: where one stands above one of a lower number, nothing can be merged."""
    path = workbook(tmp_path / "terms.xlsx")
    repacked(path, {SHEET: lambda xml: xml.replace(b'<row r="2"', b'<row r="9"', 1)})
    out = report(path, results=[result(2)])
    texts = [cell.value for row in opened(out)["Report"].iter_rows() for cell in row if cell.value]
    assert any("rows in disorder" in str(text) for text in texts)


def test_an_edit_that_would_cost_the_user_a_cell_is_refused(full, monkeypatch):
    """Also where it says that it does: only cells under our own headings are ever replaced."""

    def greedy(row, cells, height):
        return [(start, end, b"") for _, start, end in row.cells()][:1]

    monkeypatch.setattr(Row, "put", greedy)
    with pytest.raises(PatchRefused, match=r"sheet1\.xml would lose a cell that is not ours"):
        patching.write(content(full, RESULTS, FINDINGS), BytesIO())
