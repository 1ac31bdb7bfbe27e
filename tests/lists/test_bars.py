"""The bars hold on the lists that are there to be looked at."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest

from tests.lists.__main__ import BARS
from tests.lists.measure import fields_of, is_target, measure


@pytest.fixture(scope="module")
def measured():
    return list(measure(Path(__file__).parent / "seen"))


@pytest.mark.parametrize("what", [what for what, bar in BARS.items() if bar])
def test_the_parts_of_proposals_are_right_as_often_as_they_must_be(measured, what):
    assert mean(hit for each in measured for hit in each.hits.get(what, ())) >= BARS[what]


def test_few_edits_are_left(measured):
    assert mean(each.edits for each in measured) <= 0.7


def test_hardly_a_wrong_kind_is_sure(measured):
    assert mean(each.misled for each in measured) <= 0.05


@pytest.mark.parametrize(
    ("field", "right", "target"),
    [
        ("Term", ["Term"], True),
        (None, [None], False),
        (["Term", None], ["Term", None], True),
        ("Property: X", ["Property: X", None], False),
        ([None, "Custom: X"], [None, "Custom: X"], False),
    ],
)
def test_a_property_of_peoples_own_may_be_left_out(field, right, target):
    column = {"field": field}
    assert (fields_of(column), is_target(column)) == (right, target)
