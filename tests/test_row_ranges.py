"""Rows and lists in words."""

from hypothesis import given
from hypothesis import strategies as st

from importer.row_ranges import and_more, in_words


def test_rows_are_ranges_and_a_number():
    assert in_words([4]) == "row 4"
    assert in_words([4, 5]) == "rows 4 and 5"
    assert in_words(list(range(4, 3002))) == "rows 4 to 3001"
    assert in_words([4, 7, 9, *range(20, 380, 3)]) == "rows 4, 7, 9 and 120 more"
    assert in_words([2, 4, 5, 6, 9]) == "rows 2, 4 to 6 and 9"


def test_words_are_listed_like_a_sentence():
    assert and_more(["a"]) == "a"
    assert and_more(["a", "b", "c"]) == "a, b and c"
    assert and_more(["a", "b"], 1200) == "a, b and 1,200 more"


def test_rows_in_any_order_and_twice_are_the_same_rows():
    assert in_words([9, 4, 4]) == "rows 4 and 9"


@given(st.sets(st.integers(1, 60), min_size=1))
def test_no_row_is_lost_in_words(rows):
    words = in_words(rows).removeprefix("rows ").removeprefix("row ")
    counted = 0
    for part in words.replace(" and ", ", ").split(", "):
        first, _, last = part.removesuffix(" more").partition(" to ")
        counted += int(first) if part.endswith("more") else int(last or first) - int(first) + 1
    assert counted == len(rows)
