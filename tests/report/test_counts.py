"""Counts of outcomes in words."""

import pytest

from importer.report.counts import count_lines, headline


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


def test_outcomes_are_counted_in_their_order_and_none_without_rows():
    counts = {"invalid": 3, "created": 1_200}
    assert count_lines(counts) == ["1,203 rows: 1,200 created, 3 invalid"]
    assert count_lines({}) == []
