"""What the cells of a column look like."""

from __future__ import annotations

import pytest

from importer.proposal.profile import number_of, separator_of
from tests.proposal.build import profile


def test_fill_and_different_cells_are_counted():
    found = profile("a", "A", "", "b")
    assert (found.rows, found.filled, found.distinct, found.fill) == (4, 3, 2, 0.75)


def test_words_for_blank_have_no_share_in_the_forms():
    assert profile("n/a", "4", "-", "5").numbers == 1.0


def test_typical_cells_are_shown():
    assert profile("a", "b", "b", "c", "d").samples == ("b", "a", "c")


def test_a_sparse_column_tells_rows_less_apart():
    assert profile("a", "b", "c").apart == 1.0
    assert profile("a", "", "", "", "").apart < 0.5


def test_a_column_of_few_words_has_them():
    assert profile(*["Lab", "Office"] * 4).words == ["lab", "office"]
    assert profile("Lab", "Office", "Den", "Hall").words == []


def test_the_share_of_known_words_is_told():
    assert profile("Open", "closed", "x", "y").share_of({"open", "closed"}) == 0.5


def test_a_column_may_only_count_the_rows():
    assert profile("1", "2", "3").runs
    assert not profile("1", "3", "2").runs


def test_a_column_tells_rows_apart_together_with_outer_ones():
    rooms, floors = profile("1", "2", "1", "2"), profile("a", "a", "b", "b")
    assert (rooms.unique, rooms.apart_with([floors])) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("text", "number"), [("5", 5.0), ("5,5", 5.5), ("-2.5", -2.5), ("a", None)]
)
def test_numbers_are_read_in_plain_forms(text, number):
    assert number_of(text) == number


def test_a_separator_counts_where_a_tenth_of_the_cells_have_it():
    assert separator_of(profile("a; b", "c")) == ";"
    assert separator_of(profile("a; b", *(f"c{at}" for at in range(20)))) == ""


def test_the_range_of_numbers_is_known():
    assert (profile("4", "8", "x").least, profile("4", "8").most) == (4.0, 8.0)
