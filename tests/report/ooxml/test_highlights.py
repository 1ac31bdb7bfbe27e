"""Highlights: coloured cells with comments for errors and warnings, which can be removed."""

from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

from importer.model import Severity
from tests.report.build import (
    comments,
    finding,
    highlights,
    layout,
    opened,
    report,
    workbook,
)

YELLOW = PatternFill("solid", start_color="FFFFFF00", end_color="FFFFFF00")


def test_a_highlighted_cell_can_be_read(source):
    """A highlight is light and the text of many headings is white: it becomes black."""
    path = report(source, findings=[finding(1), finding(2)])
    (block,) = opened(path)["Terms"].conditional_formatting
    assert [rule.dxf.font.color.rgb for rule in block.rules] == ["FF000000"]


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
    assert any(
        t.startswith("Not every marked cell has a comment: a sheet gets 2,000") for t in texts
    )
