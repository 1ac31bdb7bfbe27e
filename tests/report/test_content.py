"""What a report says on a row: its last outcome and all findings, of this file only."""

from importer.finding_codes import FindingCode
from importer.model import Status
from tests.report.build import (
    content,
    finding,
    highlights,
    layout,
    opened,
    report,
    result,
    values,
    workbook,
)


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


def test_rows_of_a_second_table_say_why_they_are_not_imported(source):
    second = finding(3, 0, "Row 3 looks like headings.", code="second_headings")
    results = [result(3, Status.INVALID), result(4, Status.INVALID)]
    path = report(source, results=results, findings=[second])
    assert values(path, rows=[3, 4], columns="E") == [["Row 3 looks like headings."]] * 2


def test_rows_that_fail_for_their_headings_are_not_listed_as_problems_of_their_own(source):
    """One cause is one problem, however many rows it keeps back."""
    wrong = finding(1, 0, "Owners is required.", code="missing")
    results = [result(row, Status.INVALID) for row in (2, 3, 4)]
    sheet = opened(report(source, results=results, findings=[wrong]))["Report"]
    texts = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "Problems by cause (1)" in texts
    assert texts.count("Owners is required.") == 2


def test_what_was_guessed_of_a_file_is_no_message_of_a_row(tmp_path):
    guess = finding(2, message="Read as MacRoman.", code=FindingCode.GUESSED_ENCODING)
    of_file = content(workbook(tmp_path / "a.xlsx"), findings=[guess])
    assert list(of_file.lines(of_file.layouts[0])) == []
    assert list(of_file.problems()) == [guess]
