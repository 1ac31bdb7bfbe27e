"""Columns of custom metadata read by the types that the target's definitions say."""

import pytest

from importer.mapping.retype import as_single


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (0.1, 0.1),
        (1 / 3, 0.33333334),
        (33.333333333, 33.333332),
        (16777217, 16777216),
        (7, 7),
        (-1.5, -1.5),
        (0, 0),
        (1e39, 1e39),  # more than it can hold: the target refuses it in its own words
        (True, True),
        ("text", "text"),
    ],
)
def test_a_number_is_rounded_to_what_single_precision_holds(value, held):
    assert (as_single(value), type(as_single(value))) == (held, type(value))
