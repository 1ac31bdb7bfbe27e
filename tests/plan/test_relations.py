"""Relations stated at either end: which end sends what is added, and what is removed."""

import pytest

from importer.plan.relations import Edges, to_add, to_remove

A, B, C = (("leaf", (name,)) for name in "abc")


def edges(*stated):
    """Number, path, entity and others, as rows state them."""
    found = Edges()
    for seq, path, entity, others in stated:
        found.state(seq, path, entity, others)
    return found


def add(found, seq, entity, live=(), path="same", inverse="same"):
    return list(to_add(found, seq, path, inverse, entity, set(live)))


def remove(found, seq, entity, live=(), path="same", inverse="same"):
    return list(to_remove(found, seq, path, inverse, entity, live))


def test_what_is_stated_and_not_live_is_added():
    found = edges((0, "same", A, [B, C]))
    assert add(found, 0, A) == [B, C]
    assert add(found, 0, A, live=[B]) == [C]
    assert add(found, 1, B) == []


def test_a_relation_stated_at_both_ends_is_sent_by_the_first():
    found = edges((0, "same", A, [B]), (1, "same", B, [A]))
    assert (add(found, 0, A), add(found, 1, B)) == ([B], [])
    turned = edges((0, "same", B, [A]), (1, "same", A, [B]))
    assert (add(turned, 1, A), add(turned, 0, B)) == ([], [A])


def test_of_one_entity_the_path_that_comes_first_sends_it():
    """An entity related to itself, at both paths of a directed relation."""
    found = edges((0, "above", A, [A]), (0, "below", A, [A]))
    assert add(found, 0, A, path="above", inverse="below") == [A]
    assert add(found, 0, A, path="below", inverse="above") == []


def test_a_relation_without_an_inverse_is_sent_by_the_end_that_states_it():
    found = edges((0, "up", A, [B]), (1, "", B, [A]))
    assert add(found, 1, A, path="up", inverse="") == [B]
    assert remove(found, 1, A, live=[C], path="up", inverse="") == [C]


def test_a_second_statement_of_a_row_adds_to_the_first():
    found = edges((0, "same", A, [B]), (5, "same", A, [C, B]))
    assert found.stated["same", A] == {B: 0, C: 5}
    assert found.stated_by["same", A] == 0


def test_what_neither_end_states_is_removed():
    assert remove(edges((0, "same", A, [C])), 0, A, live=[B, C]) == [B]


def test_what_the_other_end_still_states_stays():
    found = edges((0, "same", A, []), (1, "same", B, [A]))
    assert remove(found, 0, A, live=[B]) == []


@pytest.mark.parametrize(("first", "second"), [(0, 1), (1, 0)])
def test_what_both_ends_drop_is_removed_by_the_first(first, second):
    found = edges((first, "same", A, []), (second, "same", B, []))
    removed = remove(found, first, A, live=[B]), remove(found, second, B, live=[A])
    assert removed == (([B], []) if first < second else ([], [A]))
