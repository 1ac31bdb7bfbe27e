"""Which cells a condition asks for: words, patterns, blank cells, any text, or the opposite."""

import pytest

from importer.mapping.conditions import conditions

CASES = [
    (["Desk"], ["desk", " DESK "], ["", "desks", "des"]),
    ([], ["x", 0, "0"], ["", " "]),
    ([""], ["", " "], ["x"]),
    (["/(?i)total.*/"], ["Total", "total of all"], ["Subtotal", ""]),
    (["/[0-9]+/", "none"], ["12", 12, "None"], ["1a", ""]),
    (["/"], ["/"], ["x", ""]),
]


@pytest.mark.parametrize(("words", "yes", "no"), CASES)
@pytest.mark.parametrize("negated", [False, True])
def test_a_condition_holds_for_the_cells_it_asks_for(words, yes, no, negated):
    [condition] = conditions({"Kind": words}, {"Kind": 1}, negated=negated)
    column = [*yes, *no]
    held = condition.among([[""] * len(column), column], range(len(column)))
    wanted = no if negated else yes
    assert [column[at] for at in held] == wanted


def test_a_column_that_a_chunk_does_not_reach_is_blank():
    filled, blank = conditions({"A": [], "B": [""]}, {"A": 4, "B": 4})
    assert (filled.among([["x"]], [0]), blank.among([["x"]], [0])) == ([], [0])


def test_a_heading_that_is_absent_has_no_condition():
    assert conditions({"Kind": ["x"]}, {}) == [None]
