"""Each column gets at most one field and each field at most one column, at the highest sum."""

from __future__ import annotations

from itertools import permutations
from random import Random

from importer.proposal.assignment import assign, cheapest


def test_a_better_sum_wins_over_the_best_single_score():
    assert assign([{"name": 0.9, "code": 0.8}, {"name": 0.85}]) == ["code", "name"]


def test_a_column_that_fits_hardly_is_left_out():
    assert assign([{"name": 0.2}, {}]) == [None, None]


def test_of_two_columns_for_one_field_the_worse_is_left_out():
    assert assign([{"name": 0.5}, {"name": 0.6}]) == [None, "name"]


def test_a_list_without_columns_has_no_fields():
    assert assign([]) == []


def test_no_other_way_costs_less():
    random = Random(1)
    for _ in range(50):
        costs = [[random.random() for _ in range(5)] for _ in range(4)]
        chosen = cheapest(costs)
        least = min(
            sum(costs[row][column] for row, column in enumerate(way))
            for way in permutations(range(5), 4)
        )
        assert len(set(chosen)) == 4
        assert abs(sum(costs[row][column] for row, column in enumerate(chosen)) - least) < 1e-9
