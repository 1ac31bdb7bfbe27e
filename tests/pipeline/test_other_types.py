"""What a template has no sheet for still stands in what holds it, and keeps it from deletion."""

import pytest

from tests.pipeline.bench import building, floor

ROOMS = {"Buildings": [building()], "Floors": [floor("1")]}
GONE = {"Buildings": [building(Action="delete")], "Floors": [floor("1", Action="delete")]}


@pytest.fixture
def made(bench):
    """Return the run that made a building and a floor; a locker was put into the floor since."""
    run = bench.portfolio(ROOMS)
    asset = {"type": "OTHER", "label": "Locker", "parentId": "eid:F-HQ-1", "staticProperties": {}}
    bench.trebellar.bulk({"type": "add", "asset": asset})
    return run


def places(bench):
    return {" > ".join(place) for place in bench.trebellar.places()}


def test_a_deletion_is_an_error_where_something_of_another_type_is_inside(bench, made):
    before = places(bench)
    result = bench.silent(lambda: bench.portfolio(GONE, allow_mass_change=True))
    words = [one.message for one in result.findings if one.code == "not_empty"]
    assert "`1` still has `Locker` in it: delete or move what is in it too." in words
    assert (len(words), places(bench)) == (2, before)


def test_an_undo_keeps_what_something_of_another_type_is_in(bench, made):
    before = places(bench)
    result = bench.silent(lambda: bench.undo(made))
    assert bench.statuses(result) == {"Buildings": ["held"], "Floors": ["held"]}
    assert places(bench) == before


def test_a_prune_keeps_what_something_of_another_type_is_in(bench, made):
    before = places(bench)
    rows = {"Buildings": [building()], "Floors": [floor("2")]}
    result = bench.portfolio(rows, prune=("HQ",), allow_mass_change=True)
    [held] = [one.message for one in result.findings if one.code == "held"]
    assert held == "It is not in the file, but still has `Locker` in it."
    assert before < places(bench)
