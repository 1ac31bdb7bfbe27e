"""The report inside a workbook: our columns, marks and notes, and nothing of the user's changed."""

import datetime as dt
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table

from importer.model import Severity, Status
from tests.report.build import (
    GUID,
    comments,
    dump,
    finding,
    highlights,
    layout,
    opened,
    report,
    result,
    values,
    workbook,
)

YELLOW = PatternFill("solid", start_color="FFFFFF00", end_color="FFFFFF00")


@pytest.fixture
def source(tmp_path):
    return workbook(tmp_path / "terms.xlsx")


def test_a_highlighted_cell_can_be_read(source):
    """A highlight is light and the text of many headings is white: it becomes black."""
    path = report(source, findings=[finding(1), finding(2)])
    (block,) = opened(path)["Terms"].conditional_formatting
    assert [rule.dxf.font.color.rgb for rule in block.rules] == ["FF000000"]


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


def test_the_last_outcome_of_a_row_counts(source):
    results = [result(2, Status.PENDING), result(2, Status.UPDATED)]
    assert values(report(source, results=results), rows=[2])[0][0] == "updated"


def test_only_what_concerns_the_file_is_written(source):
    results = [result(2, file="terms.xlsx"), result(3, file="other.xlsx")]
    findings = [finding(4, file="other.xlsx")]
    path = report(
        source, layouts=[layout(), layout("X", file="b")], results=results, findings=findings
    )
    assert values(path, rows=[2, 3, 4], columns="DE") == [
        ["created", None],
        [None, None],
        [None, None],
    ]
    assert highlights(path) == {}


def test_a_message_joins_the_outcome_and_the_findings_once_each(source):
    findings = [finding(2), finding(2), finding(2, 0, "same as row 3"), finding(3, message="no")]
    results = [result(2, Status.INVALID, "not sent"), result(3, Status.INVALID, "no")]
    path = report(source, results=results, findings=findings)
    assert values(path, rows=[2, 3], columns="E") == [
        ["not sent\nOwners: no such owner\nsame as row 3"],
        ["Owners: no"],
    ]


def test_a_message_never_outgrows_a_cell(source):
    findings = [finding(2, message="😀" * 9_000), finding(2, message="é" * 30_000)]
    text = values(report(source, findings=findings), rows=[2], columns="E")[0][0]
    assert len(text.encode("utf-16-le")) == 64_000
    assert text.endswith("…")


def test_a_finding_on_the_heading_leaves_the_heading_alone(source):
    path = report(source, findings=[finding(1, message="unknown heading")])
    assert values(path, rows=[1], columns="CE") == [["Owners", "import_message"]]
    assert list(highlights(path)) == ["C1"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "=HYPERLINK(A1)", "#N/A"])
def test_text_of_ours_never_becomes_a_formula(source, text):
    path = report(source, results=[result(2, Status.REJECTED, text, text)], findings=[
        finding(3, value=text, message=text, heading=None, column=0, suggestion=text)
    ])  # fmt: skip
    book = openpyxl.load_workbook(path)
    cells = [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == text
    ]
    assert len(cells) >= 5
    assert {cell.data_type for cell in cells} == {"s"}
    assert {bool(cell.quotePrefix) for cell in cells} == {text[0] != "#"}


def test_characters_that_xml_forbids_are_left_out(source):
    path = report(source, results=[result(2, Status.REJECTED, "a\x00\x0b\ud800b")])
    assert values(path, rows=[2], columns="E") == [["ab"]]


def test_cells_with_errors_and_warnings_are_coloured_and_say_why(source):
    findings = [
        finding(2, suggestion="jane.d"),
        finding(3),
        finding(4, 1, "odd", severity=Severity.WARNING),
        finding(4, 2, "by the way", severity=Severity.INFO),
        finding(3, 0, "the whole row"),
    ]
    path = report(source, findings=findings)
    assert highlights(path) == {"C2:C3": "FFF8CBCB", "A4": "FFFFE7B3"}
    assert comments(path) == {
        "C2": "[importer report]\nerror: no such owner\nSuggestion: jane.d",
        "C3": "[importer report]\nerror: no such owner",
        "A4": "[importer report]\nwarning: odd",
    }


def test_merged_cells_are_highlighted_on_their_first_cell(tmp_path):
    source = workbook(tmp_path / "m.xlsx", edit=lambda book: book.active.merge_cells("B2:C3"))
    assert list(highlights(report(source, findings=[finding(3, 3)]))) == ["B2"]


def test_a_highlight_keeps_the_users_own_fill_rules_and_comment(tmp_path):
    def edit(book):
        sheet = book.active
        sheet["C2"].fill, sheet["C2"].comment = YELLOW, Comment("Ask Bob\nor Ann", "Ann")
        sheet.conditional_formatting.add(
            "A2:C4", CellIsRule(operator="equal", formula=["1"], fill=YELLOW)
        )

    source = workbook(tmp_path / "terms.xlsx", edit=edit)
    first = report(source, findings=[finding(2)])
    assert opened(first)["Terms"]["C2"].fill == YELLOW
    assert comments(first)["C2"] == "Ask Bob\nor Ann\n[importer report]\nerror: no such owner"
    second = report(first, tmp_path / "second.xlsx")
    assert (highlights(second), comments(second)) == ({}, {"C2": "Ask Bob\nor Ann"})
    assert opened(second)["Terms"]["C2"].comment.author == "Ann"
    assert [str(block.sqref) for block in opened(second)["Terms"].conditional_formatting] == [
        "A2:C4"
    ]


def test_many_highlights_are_split_into_rules_of_a_hundred_ranges(source):
    path = report(source, findings=[finding(row) for row in range(2, 502, 2)])
    sizes = [len(block.split()) for block in highlights(path)]
    rules = [rule for block in opened(path)["Terms"].conditional_formatting for rule in block.rules]
    assert sorted(sizes) == [50, 100, 100]
    assert len({rule.priority for rule in rules}) == 3


def test_a_second_report_takes_the_place_of_the_first(source, tmp_path):
    first = report(
        source, results=[result(2, identity="g"), result(3, Status.INVALID)], findings=[finding(3)]
    )
    second = report(first, tmp_path / "b.xlsx", results=[result(2, Status.UNCHANGED), result(3)])
    fresh = report(
        source, tmp_path / "c.xlsx", results=[result(2, Status.UNCHANGED, identity="g"), result(3)]
    )
    assert dump(second) == dump(fresh)
    assert values(second, rows=[2]) == [["unchanged", None, "g"]], "an id stays: it is identity"


def test_our_columns_are_found_wherever_the_user_moved_them(tmp_path):
    rows = [["import_id", "Term", " Import_Status ", "Owners"], ["g", "t", "old", "jane"]]
    source = workbook(tmp_path / "terms.xlsx", rows)
    path = report(source, layouts=[layout(last=2, width=4)], results=[result(2, message="m")])
    assert values(path, rows=[1, 2], columns="ABCDEF") == [
        ["import_id", "Term", " Import_Status ", "Owners", "import_message", None],
        ["g", "t", "created", "jane", "m", None],
    ]


def test_rows_without_an_outcome_lose_the_old_one(source, tmp_path):
    first = report(source, results=[result(2, Status.REJECTED, "line\n" * 5, "g")])
    second = report(first, tmp_path / "b.xlsx")
    assert values(second, rows=[2]) == [[None, None, "g"]]
    assert opened(first)["Terms"].row_dimensions[2].height == 75
    assert opened(second)["Terms"].row_dimensions[2].height is None


def test_a_height_the_user_set_stays(tmp_path):
    def edit(book):
        book.active.row_dimensions[2].height = 21

    source = workbook(tmp_path / "terms.xlsx", edit=edit)
    path = report(source, results=[result(2, Status.REJECTED, "line\n" * 5)])
    assert opened(path)["Terms"].row_dimensions[2].height == 21


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


def test_status_cells_are_coloured_by_outcome(source):
    path = report(source, results=[result(2), result(3, Status.REJECTED), result(4, Status.HELD)])
    sheet = opened(path)["Terms"]
    colours = [sheet[f"D{row}"].fill.fgColor.rgb for row in (2, 3, 4)]
    assert colours == ["FFDDF0D8", "FFF8CBCB", "FFFFE7B3"]


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


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
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


def test_a_sheet_with_very_many_mistakes_can_still_be_opened(tmp_path):
    """Only the first cells get a comment: programs take forever to read tens of thousands."""
    rows = [["Term", "Description", "Owners"], *[["t", "d", "jane"]] * 3_000]
    source = workbook(tmp_path / "terms.xlsx", rows)
    wrong = [finding(row) for row in range(2, 3_002)]
    out = report(source, layouts=[layout(last=3_001)], findings=wrong)
    sheet = opened(out)["Terms"]
    assert sum(1 for row in sheet for cell in row if cell.comment) == 2_000
    assert sheet["C2001"].comment
    assert "C2:C3001" in highlights(out)
    texts = [str(cell.value) for cell in opened(out)["Report"]["B"]]
    assert any("The first 2,000 marked cells of the sheet Terms have a comment" in t for t in texts)
