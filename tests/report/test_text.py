"""The report on a terminal: causes first, then counts."""

import pytest

from importer.model import Severity
from importer.report.text import cause_lines, headline, summarise
from tests.report.build import finding


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, "No rows."),
        ({"created": 1}, "The only row is fine."),
        ({"created": 2, "unchanged": 1}, "All 3 rows are fine."),
        ({"created": 1, "invalid": 1}, "1 of 2 rows is fine, 1 needs attention."),
        ({"invalid": 1}, "The only row needs attention."),
        ({"invalid": 2}, "0 of 2 rows are fine, 2 need attention."),
        ({"updated": 998, "held": 2}, "998 of 1,000 rows are fine, 2 need attention."),
    ],
)
def test_the_headline_says_how_many_rows_need_attention(counts, expected):
    assert headline(counts) == expected


def test_a_wrong_value_on_many_rows_is_reported_once():
    findings = [finding(row) for row in range(2, 14)]
    assert cause_lines(findings) == [
        "error: 12 rows: Owners: no such owner",
        "    Terms C2, Terms C3, Terms C4, Terms C5 and 8 more",
    ]


def test_the_gravest_and_most_frequent_cause_comes_first_and_the_counts_last():
    findings = [
        finding(2, code="x", severity=Severity.WARNING, message="odd"),
        finding(4, code="one", message="once"),
        *[finding(row, code="two", message="twice") for row in (7, 8)],
        finding(0, 0, severity=Severity.INFO, message="Sheet Notes is left out"),
    ]
    assert summarise({"created": 5, "invalid": 3}, findings).split("\n") == [
        "error: 2 rows: Owners: twice",
        "    Terms C7, Terms C8",
        "error: 1 row: Owners: once",
        "    Terms C4",
        "warning: 1 row: Owners: odd",
        "    Terms C2",
        "info: Sheet Notes is left out",
        "    Terms",
        "8 rows: 5 created, 3 invalid",
    ]


def test_at_most_twenty_causes_are_reported_and_the_rest_counted():
    lines = cause_lines([finding(row, value=str(row)) for row in range(2, 24)])
    assert len(lines) == 41
    assert lines[-1] == "and 2 more causes"


def test_two_findings_on_one_row_are_one_row():
    assert cause_lines([finding(2), finding(2)])[0] == "error: 1 row: Owners: no such owner"


def test_causes_that_differ_in_words_say_so():
    lines = cause_lines([finding(2, message="as row 9"), finding(3, message="as row 8")])
    assert lines[0] == "error: 2 rows: Owners: as row 9 (and others like it)"


def test_files_are_named_where_there_are_several():
    lines = cause_lines([finding(2, file="a.csv"), finding(2, file="b.csv")])
    assert lines[1] == "    a.csv: Terms C2, b.csv: Terms C2"


def test_a_message_stays_on_its_line():
    assert len(cause_lines([finding(2, message="a\nb\x1b[2J" + "c" * 999)])) == 2
