"""Cells fit a field if they are what it holds."""

from __future__ import annotations

import pytest

from importer.proposal.fit import EMPTY, fit
from tests.proposal.build import profile, rules


def fits(kind, field, *cells):
    found = profile(*cells)
    return fit(field, rules(kind), found, found.unique)


@pytest.mark.parametrize(
    ("kind", "field", "good", "bad"),
    [
        ("building", "Latitude", ["52.5", "48.1"], ["481.2", "520.1"]),
        ("building", "Timezone", ["Europe/Berlin"], ["Berlin"]),
        ("space", "Bookable", ["ja", "nein", "ja"], ["a", "b", "c", "d"]),
        ("space", "Capacity", ["4", "8"], ["big", "small"]),
        ("link", "URL", ["https://a.org"], ["a"]),
        ("term", "Description", ["What it is."], ["12", "13"]),
        ("term", "Term", ["Net", "Gross"], ["2026-01-01", "2026-01-02"]),
        ("space", "External ID", ["R1", "R2"], ["R1", "R1"]),
        ("term", "Certificate", ["approved", "draft", "draft"], ["yes", "no", "yes"]),
        ("term", "GUID", ["b267858d-8316-4c41-a56a-6e9b840cef4a"], ["7"]),
    ],
)
def test_cells_that_are_what_a_field_holds_fit_better(kind, field, good, bad):
    assert fits(kind, field, *good) > fits(kind, field, *bad)


def test_names_that_repeat_are_no_names():
    assert fits("space", "Space", *["Office"] * 9, "Lab", "Store") < 0.3


def test_a_column_without_cells_is_taken_at_its_word():
    assert fits("space", "Capacity", "", "") == EMPTY


def test_decimals_are_names_only_where_the_heading_says_so():
    found = profile("1.01", "1.02")
    assert fit("Space", rules("space"), found, 1.0, own=True) == 1.0
    assert fit("Space", rules("space"), found, 1.0) < 0.5
