"""The other columns tell whether rows have names and numbers of their own."""

from __future__ import annotations

from importer.proposal.around import has_codes, has_names
from tests.proposal.build import columns, rules

ROWS = [(f"R{at}", f"Room {at}") for at in range(5)]


def test_a_column_of_codes_that_differ_tells_rows_apart():
    found = columns(["Room no.", "Room name"], *ROWS)
    assert has_codes(found, ("space",), {})
    assert not has_codes(found, ("building",), {})
    assert not has_codes(found, ("space",), {0: 0.5})


def test_numbers_that_only_count_the_rows_are_no_codes():
    found = columns(["Room no."], *([str(at)] for at in range(1, 6)))
    assert not has_codes(found, ("space",), {})


def test_a_column_of_names_that_differ_tells_rows_apart():
    assert has_names(columns(["Room no.", "Room name"], *ROWS), rules("space"))
    assert not has_names(columns(["Room no."], *ROWS), rules("space"))
