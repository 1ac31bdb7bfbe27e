"""A look-up in the journal finds what it asks for, and does not walk through the run for it."""

from contextlib import closing

import pytest

from importer.journal import Journal
from importer.journal.named_items import _BY_KEY, _BY_NUMBER, by_number
from importer.journal.numbers import MANY, NUMBERS
from importer.journal.settled import _SETTLED, settled_among
from importer.model import Status
from tests.send.build import begin, item


@pytest.fixture
def journal(tmp_path):
    with closing(Journal(tmp_path / "journal.db")) as journal:
        yield journal


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        (_BY_KEY, ("leaf", "n0")),
        (_BY_NUMBER, range(len(NUMBERS))),
        (_SETTLED, range(len(NUMBERS))),
    ],
    ids=["by kind and key", "by number", "outcomes by number"],
)
def test_an_index_leads_to_it(journal, statement, values):
    """Without it a run of many rows costs the square of its length."""
    with journal.store.reading() as connection:
        compiled = statement._compile(type(connection.dialect))
        cursor = connection.connection.cursor()
        cursor.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", compiled.ordered(("run", *values)))
        steps = [step for _, _, _, step in cursor.fetchall()]
    assert steps
    assert all(step.startswith("SEARCH") and step.count("=?") > 1 for step in steps)


def test_as_many_are_found_as_are_asked_for(journal):
    items = [item(n, state=Status.CREATED, id=f"i{n}") for n in range(MANY + 3)]
    rows = [(1, n) for n in range(2, MANY + 5)]
    merged = [(1, n + 2, n) for n in range(MANY + 3)]
    run = begin(journal, items, rows=rows, merged=merged).name
    numbers = [one.no for one in items]
    with journal.store.reading() as connection:
        settled = settled_among(connection, run, [*numbers, 9999])
        named = by_number(connection, run, [*numbers, 9999])
        assert settled_among(connection, run, []) == by_number(connection, run, []) == {}
    assert [settled[no].id for no in numbers] == [one.id for one in items]
    assert [named[no].id for no in numbers] == [one.id for one in items]
    assert 9999 not in {*settled, *named}
