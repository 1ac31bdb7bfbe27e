"""The Report sheet: what happened, why, and where, with links to the cells."""

import pytest
from msgspec.structs import replace

from importer.model import Severity, Status
from importer.report import report_sheet
from importer.report.content import Summary
from tests.report.build import content, finding, layout, opened, report, result, workbook


@pytest.fixture
def source(tmp_path):
    def edit(book):
        book.create_sheet("It's here").append(["Title"])

    return workbook(tmp_path / "terms.xlsx", edit=edit)


def table(path, heading, name="Report"):
    """The rows below the heading (a text of column A), up to the next blank row, as texts."""
    rows = [[cell.value for cell in row] for row in opened(path)[name].iter_rows()]
    start = next(i for i, row in enumerate(rows) if str(row[0]).startswith(heading)) + 1
    end = next((i for i in range(start, len(rows)) if not any(rows[i])), len(rows))
    return rows[start:end]


def links(path):
    cells = (cell for row in opened(path)["Report"].iter_rows() for cell in row)
    return {cell.coordinate: cell.hyperlink.location for cell in cells if cell.hyperlink}


def test_it_is_the_last_sheet_and_says_what_the_run_was(source):
    book = opened(report(source, results=[result(2), result(3, Status.INVALID)]))
    assert book.sheetnames == ["Terms", "It's here", "Report"]
    top = [[cell.value for cell in row[:2]] for row in book["Report"]["A1:B10"]]
    assert top == [
        ["Import of terms.xlsx", None],
        ["1 of 2 rows is fine, 1 needs attention.", None],
        ["Written by importer; the next report takes the place of this sheet.", None],
        [None, None],
        ["Target", "sandbox"],
        ["Run", "r1"],
        ["State", "finished"],
        ["Started", "10:00"],
        ["Finished", "10:01"],
        ["File", "terms.xlsx"],
    ]


def test_it_counts_rows_by_outcome_and_says_what_each_means(source):
    path = report(source, results=[result(2), result(3), result(4, Status.BLOCKED)])
    assert [row[:3] for row in table(path, "Outcome")] == [
        ["created", 2, "new in the target"],
        ["blocked", 1, "not sent: something it refers to was not imported"],
        ["all", 3, None],
    ]


def test_findings_are_grouped_by_cause_then_listed_row_by_row(source):
    findings = [
        finding(4, suggestion="jane.d"),
        finding(2, suggestion="jane.d"),
        finding(3, 1, "odd", code="odd", heading="Term", value=None, severity=Severity.WARNING),
        finding(2, 1, "bad", code="url", heading="Title", sheet="It's here", value="x"),
    ]
    path = report(source, findings=findings)
    assert [row[:8] for row in table(path, "Problems by cause (3)")[1:]] == [
        [
            *("error", "2 rows", "Terms C2", "Owners", "jane", "no such owner", "jane.d"),
            "Terms column C, rows 2 and 4",
        ],
        ["error", "1 row", "It's here A2", "Title", "x", "bad", None, "It's here A2"],
        ["warning", "1 row", "Terms A3", "Term", None, "odd", None, "Terms A3"],
    ]
    assert [row[:7] for row in table(path, "Every problem")[1:]] == [
        ["error", "It's here", "A2", "Title", "x", "bad", None],
        ["error", "Terms", "C2", "Owners", "jane", "no such owner", "jane.d"],
        ["warning", "Terms", "A3", "Term", None, "odd", None],
        ["error", "Terms", "C4", "Owners", "jane", "no such owner", "jane.d"],
    ]


def test_a_mistake_on_many_rows_is_one_cause_with_its_values_as_the_command_line_says(source):
    hints = {"jane": "jane.d", "bob": None}
    words = ["jane", "bob", "jane", "ann"]
    findings = [finding(i, value=w, suggestion=hints.get(w)) for i, w in enumerate(words, 2)]
    [[_, *cells]] = table(report(source, findings=findings), "Problems by cause (1)")[1:]
    values = "`jane`, `bob` and `ann`"
    where = "Terms column C, rows 2 to 5"
    assert cells == ["4 rows", "Terms C2", "Owners", values, "no such owner", None, where]


def test_each_place_is_a_link_to_its_cell(source):
    findings = [finding(2), finding(3, 0, "row"), finding(2, 1, "bad", sheet="It's here")]
    targets = list(links(report(source, findings=findings)).values())
    assert sorted(targets) == sorted(2 * ["'Terms'!C2", "'Terms'!A3", "'It''s here'!A2"])


def test_a_place_that_is_not_in_the_workbook_is_no_link(source):
    info = finding(0, 0, "Sheet Notes is left out", sheet="Notes", severity=Severity.INFO)
    path = report(source, findings=[info])
    assert links(path) == {}
    assert table(path, "Every problem")[1][:3] == ["info", "Notes", "Notes"]


def test_a_row_that_failed_without_a_finding_is_a_problem_too(source):
    results = [result(2), result(3, Status.BLOCKED), result(4, Status.REJECTED, "refused: 42")]
    path = report(source, results=results, findings=[finding(4)])
    assert [row[1:6] for row in table(path, "Every problem")[1:]] == [
        ["Terms", "row 3", None, None, "not sent: something it refers to was not imported"],
        ["Terms", "C4", "Owners", "jane", "no such owner"],
    ]


def test_where_nothing_is_wrong_it_says_so(source):
    texts = [cell.value for cell in opened(report(source, results=[result(2)]))["Report"]["A"]]
    assert texts[-1] == "No problems were found."


def test_long_lists_end_with_how_many_more(source, monkeypatch):
    monkeypatch.setattr(report_sheet, "PROBLEM_LIMIT", 5)
    monkeypatch.setattr(report_sheet, "CAUSE_LIMIT", 3)
    path = report(source, findings=[finding(row, message="x" * row) for row in range(2, 13)])
    assert table(path, "Problems by cause (11)")[4][0] == "and 8 more causes"
    problems = table(path, "Every problem")
    assert len(problems) == 1 + 5 + 1
    assert problems[-1][0] == "and 6 more problems; each row says its own in its sheet"


def test_the_real_limits_leave_a_workbook_that_opens():
    """A spreadsheet takes at most 65,530 links on one sheet."""
    assert report_sheet.PROBLEM_LIMIT + 4 * report_sheet.CAUSE_LIMIT < 65_530


@pytest.mark.parametrize(
    ("results", "findings", "shown"),
    [
        ([result(2)], [], "It's here"),
        ([result(2)], [finding(0, 0, severity=Severity.INFO)], "It's here"),
        ([result(2)], [finding(2, severity=Severity.WARNING)], "Report"),
        ([result(2, Status.PENDING)], [], "Report"),
    ],
)
def test_the_workbook_opens_on_it_only_if_something_needs_attention(
    tmp_path, results, findings, shown
):
    def edit(book):
        book.active = book.create_sheet("It's here")

    source = workbook(tmp_path / "terms.xlsx", edit=edit)
    book = opened(report(source, results=results, findings=findings))
    assert book.active.title == shown
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [shown]


def test_the_next_report_takes_its_place_and_forgets_it(source, tmp_path):
    first = report(source, results=[result(2, Status.INVALID)])
    book = opened(report(first, tmp_path / "b.xlsx", results=[result(2)]))
    assert book.sheetnames == ["Terms", "It's here", "Report"]
    assert book.active.title == "Terms"


def test_a_users_own_sheet_called_report_is_not_touched(tmp_path):
    source = workbook(tmp_path / "t.xlsx", [["Term"], ["mine"]], sheet="report")
    first = report(source, layouts=[layout("report", last=2, width=1)])
    second = report(first, tmp_path / "b.xlsx", layouts=[layout("report", last=2, width=1)])
    book = opened(second)
    assert book.sheetnames == ["report", "Import report"]
    assert book["report"]["A2"].value == "mine"


def test_it_can_be_read_and_printed(source):
    sheet = opened(report(source, findings=[finding(2)]))["Report"]
    assert sheet.freeze_panes == "A3"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert (sheet.page_setup.fitToWidth or 1, sheet.oddFooter.right.text) == (1, "Page &P of &N")
    assert sheet.print_title_rows == "$20:$20"
    assert sheet["A20"].value == "Severity", "the longest table's headings stand on every page"
    assert sheet.column_dimensions["F"].width == 56


def test_without_problems_its_title_is_printed_on_every_page(source):
    assert opened(report(source, results=[result(2)]))["Report"].print_title_rows == "$1:$2"


def test_the_next_report_repeats_its_own_headings(source, tmp_path):
    first = report(source, findings=[finding(2)])
    second = opened(
        report(first, tmp_path / "b.xlsx", findings=[finding(2), finding(3, code="odd")])
    )
    assert second["Report"].print_title_rows == "$21:$21"
    assert second["Report"]["A21"].value == "Severity"


def test_a_row_is_as_high_as_the_name_of_its_place(tmp_path):
    name = "A sheet with a rather long name"
    source = workbook(tmp_path / "t.xlsx", sheet=name)
    found = [finding(1_000_000, sheet=name)]
    sheet = opened(report(source, layouts=[layout(name)], findings=found))["Report"]
    assert sheet["C17"].value == f"{name} C1000000"
    assert sheet.row_dimensions[17].height == 15 * 3
    assert sheet["C17"].alignment.wrap_text


def test_a_check_counts_the_rows_that_passed(source):
    page = _Lines()
    counts = {"valid": 98, "invalid": 3}
    report_sheet.write_page(page, replace(content(source), summary=_summary(counts)), ())
    assert page.lines[1] == ("98 of 101 rows are fine, 3 need attention.",)
    assert ("valid", "", "passed the checks; nothing was sent") in page.lines


def test_what_there_is_not_has_no_line_and_long_texts_have_several(source):
    page = _Lines()
    files = tuple(f"{number}.csv" for number in range(23))
    summary = replace(_summary({"valid": 1}), target="", files=files)
    report_sheet.write_page(page, replace(content(source), summary=summary), ["word " * 60])
    firsts = [line[0] for line in page.lines if line]
    assert "Target" not in firsts
    assert ("Files", "0.csv") in page.lines
    assert ("", "and 3 more files") in page.lines
    words = ("word " * 30).strip()
    at = page.lines.index(("Note", words))
    assert page.lines[at + 1] == ("", words)


class _Lines:
    """A page that keeps the texts of its lines."""

    def __init__(self):
        self.lines = []

    def line(self, *texts, **_style):
        self.lines.append(texts)

    def number(self, column, number):
        pass

    def place(self, column, place, text):
        pass

    def repeat(self):
        pass


def _summary(counts):
    return Summary("Check", "sandbox", "", "checked", "", "", counts, ("terms.xlsx",))
