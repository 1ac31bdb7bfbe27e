"""Numbered columns are the levels of a tree of categories, unless rooms stand beside them."""

from __future__ import annotations

import pytest

from tests.proposal.build import columns

TREE = [["Money", "Taxes", "VAT"], ["Money", "Taxes", "Duty"], ["People", "Pay", "Bonus"]]


def keys(found):
    return [column.concept.key for column in found]


@pytest.mark.parametrize("word", ["Level {}", "Category L{}", "Ebene {}", "Topic {} name"])
def test_the_last_level_is_the_row_and_the_one_before_its_parent(word):
    found = columns([word.format(at) for at in (1, 2, 3)], *TREE)
    assert keys(found) == [("category", "level"), ("category", "parent"), ("category", "name")]


def test_levels_beside_rooms_are_floors():
    found = columns(["Level 1", "Level 2", "Room"], *TREE)
    assert keys(found)[:2] == [("floor", ""), ("floor", "")]


def test_numbers_that_do_not_count_make_no_tree():
    assert ("category", "parent") not in keys(columns(["Level 2", "Level 7", "Level 9"], *TREE))


STEPS = [
    ["Money", "", ""], ["", "Taxes", ""], ["", "", "VAT"], ["", "", "Duty"], ["", "Fees", ""],
    ["", "Fines", ""], ["People", "", ""], ["", "Pay", ""], ["", "Leave", ""],
]  # fmt: skip


def test_steps_of_one_level_in_each_row_are_a_tree_however_many_are_deep():
    found = columns(["Level 1", "Level 2", "Level 3"], *STEPS)
    assert keys(found) == [("category", "level"), ("category", "parent"), ("category", "name")]


def test_headings_with_numbers_of_their_own_are_counted_by_the_others():
    found = columns(["1. Level 1", "2. Level 2", "3. Level 3"], *TREE)
    assert keys(found)[-1] == ("category", "name")
