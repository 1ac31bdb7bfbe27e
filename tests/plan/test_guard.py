"""The guard holds changed rows that are more than ten and more than a tenth of their scope."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.plan.guard import Guard, Mass, mass_words, scope_of
from tests.order.build import trees

HERE, ELSEWHERE = ("", ("A",)), ("", ("B",))


def live(count, name="A"):
    return [("leaf", (name, str(number))) for number in range(count)]


def guarding(changes, **limits):
    guard = Guard(**limits)
    for row in range(changes):
        guard.note(HERE, (0, row))
    return guard


@pytest.mark.parametrize(
    ("changes", "there", "held"),
    [(10, 10, False), (11, 110, False), (11, 109, True), (50, 1000, False), (101, 1000, True)],
)
def test_rows_are_held_that_are_more_than_ten_and_more_than_a_tenth(changes, there, held):
    assert bool(list(guarding(changes).over(live(there)))) is held


def test_a_row_counts_once_and_where_it_changes_something():
    """Two relations of a row are one change; another glossary is counted separately."""
    guard = guarding(11)
    guard.note(HERE, (0, 3))
    guard.note(ELSEWHERE, (0, 100))
    [mass] = guard.over([*live(20), *live(2, "B")])
    assert (mass.scope, mass.changed, mass.there) == (HERE, 11, 20)


@given(st.integers(0, 60), st.integers(0, 300), st.integers(0, 30), st.floats(0, 1))
def test_all_rows_of_a_scope_are_held_or_none(changes, there, rows, share):
    held = list(guarding(changes, rows=rows, share=share).over(live(there)))
    assert sum(mass.changed for mass in held) in {0, changes}
    assert bool(held) == (changes > rows and changes > share * there)


def test_the_message_names_the_scope_or_the_kind(tmp_path):
    made = trees(tmp_path)
    inside = Mass(("", ("R",)), ((0, 2), (0, 3)), 1200)
    assert mass_words(inside, made).startswith("This would change 2 of the 1,200 objects in `R` at")
    alone = Mass(("root", ()), ((0, 2),), 3)
    assert "1 of the 3 roots at once" in mass_words(alone, made)


def test_the_scope_of_an_object_without_parent_is_its_kind():
    assert scope_of("root", ("A",), inside=False) == ("root", ())
    assert scope_of("leaf", ("A", "b", "c"), inside=True) == HERE
