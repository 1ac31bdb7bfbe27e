"""Rows that are no data are left out, each with its reason."""

from __future__ import annotations

import pytest

from importer.proposal.skipped import blank_words, data_rows
from tests.proposal.build import rows_of

HEADINGS = ("Building", "Room", "Seats")
DATA = [("A", "R1", "4"), ("A", "R2", "6"), ("B", "R3", "8")]


def reasons(*rows):
    _, left = data_rows(rows_of(*rows), HEADINGS)
    return [(skipped.row, skipped.reason) for skipped in left]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (HEADINGS, "repeats the headings"),
        (("Total", "", "18"), "`Total`: a line of totals"),
        (("Zwischensumme A", "", "18"), "`Zwischensumme A`: a line of totals"),
        (("", "Sub-total", "18"), "`Sub-total`: a line of totals"),
        (("n/a", "-", ""), "has only words that mean blank"),
        (("North wing", "", ""), "a single cell is filled: a section or a note"),
        (("text", "text", "number"), "says what the columns hold"),
        (("All of it", "", "18"), "its numbers are the sums of those above"),
    ],
)
def test_a_row_that_is_no_data_is_left_out(row, reason):
    assert reasons(*DATA, row) == [(5, reason)]


def test_a_row_of_units_below_the_headings_is_left_out():
    assert reasons(("", "", "m²"), *DATA) == [(2, "says what the columns hold")]


def test_a_term_called_total_is_data():
    rows = [("Total", "All that there is.", "ann"), ("Net", "After tax.", "bob")]
    assert reasons(*rows) == []


def test_a_name_alone_is_data_where_two_cells_are_usual():
    assert reasons(("Net", "After tax.", ""), ("Gross", "", ""), ("Tax", "Due.", "")) == []


ROOMS = (("N", "G", "1", "4"), ("", "", "2", "6"), ("", "1", "3", "8"), ("S", "G", "1", "5"))


@pytest.mark.parametrize(
    ("row", "left"),
    [
        (("", "", "4", ""), []),
        (("", "", "Shut until next May", ""), [6]),
        (("West", "", "", ""), [6]),
        (("", "", "", "30"), [6]),
    ],
)
def test_a_name_alone_is_data_where_its_parents_stand_in_a_row_above(row, left):
    _, found = data_rows(rows_of(*ROOMS, row), ("Building", "Floor", "Room", "Seats"))
    assert [one.row for one in found] == left


def test_words_for_blank_are_told_as_they_are_written():
    assert list(blank_words(rows_of(("a", "N/A"), ("-", "N/A")))) == ["N/A", "-"]


def left_out(headings, *rows):
    left = data_rows(rows_of(*rows), headings)[1]
    return [(each.row, each.reason) for each in left]


def test_a_total_may_end_with_its_word():
    rows = [("North", "1", "5"), ("South", "2", "6"), ("South total", "", "11"), ("West", "4", "3")]
    assert left_out(("House", "Floor", "Rooms"), *rows) == [(4, "`South total`: a line of totals")]


def test_a_row_that_numbers_the_columns_is_no_data():
    rows = [("1", "2", "3"), ("North", "1", "5"), ("South", "2", "6")]
    assert left_out(("House", "Floor", "Rooms"), *rows) == [(2, "numbers the columns")]


def test_a_row_that_explains_the_columns_is_no_data():
    told = ("What it is called", "Number of the floor", "How many rooms it has")
    rows = [told, ("North", "1", "5"), ("South", "2", "6")]
    assert left_out(("House", "Floor", "Rooms"), *rows) == [(2, "says what the columns hold")]
