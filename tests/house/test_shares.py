"""The order of the tests gives each worker its share of the slow ones."""

import pytest

from tests.shares import shares

SLOW = {"a": 3, "b": 9, "c": 0, "d": 5, "e": 0, "f": 0, "g": 4, "h": 0}


def test_the_run_of_each_worker_begins_with_the_slowest_and_quick_ones_stay_side_by_side():
    assert shares([*SLOW], 2, SLOW.get) == ["b", "a", "c", "e", "d", "g", "f", "h"]


@pytest.mark.parametrize("workers", range(1, 12))
def test_no_test_is_lost_or_doubled_however_many_workers_there_are(workers):
    assert sorted(shares([*SLOW], workers, SLOW.get)) == sorted(SLOW)


def test_those_that_have_something_in_common_are_begun_by_one_worker():
    common = {"a": "office", "d": "office", "g": "office", "e": "office"}
    ordered = shares([*SLOW], 2, SLOW.get, common.get)
    assert ordered == ["a", "d", "g", "c", "b", "e", "f", "h"]
