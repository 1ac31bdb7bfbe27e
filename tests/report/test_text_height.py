"""How many lines a text takes in a column that wraps it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.report.text_height import lines_high, points


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("1234567890", 1),
        ("12345 7890", 1),
        ("12345 78901", 2),
        ("1\n2\n\n3", 4),
        ("12345678901234567890123", 3),
        ("123456 7 12345678901", 3),
        ("漢字漢字漢", 1),
        ("漢字漢字漢字", 2),
        ("ä" * 10, 1),
    ],
)
def test_words_stay_whole_where_a_line_can_hold_them(text, lines):
    assert lines_high(text, 10) == lines


@given(st.text("ab \n", max_size=200), st.integers(1, 40))
def test_no_line_holds_more_letters_than_the_column_is_wide(text, width):
    letters = sum(len(line.replace(" ", "")) for line in text.split("\n"))
    assert lines_high(text, width) * width >= letters
    assert lines_high(text, width) >= 1 + text.count("\n")


def test_no_row_is_higher_than_a_spreadsheet_allows():
    assert (points(2), points(1_000)) == (30, 409)
