"""What is planned comes out of the journal as it went onto the stage, whole and in order."""

from contextlib import closing
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from importer.journal import Items, Journal
from importer.journal.history import merged_rows_of, rows_of
from importer.journal.planned_rows import Plan
from importer.journal.stage import Stage
from importer.journal.store import Store
from importer.journal.tables import PLANNING
from importer.model import Status
from tests.send.build import Scripted, begin, item, sender

PLACES = st.tuples(st.integers(0, 1), st.integers(-2, 9))


@st.composite
def plans(draw):
    """Items on rows in any order, some with nothing to send, and rows that state some again."""
    places = draw(st.lists(PLACES, min_size=1, max_size=12))
    items = []
    for entity, (sheet, row) in enumerate(places):
        at = {"sheet": sheet, "row": row, "level": draw(st.integers(0, 2))}
        made = item(entity, needs=draw(st.lists(st.sampled_from(["n0", "n1"]), max_size=1)), **at)
        if draw(st.booleans()):
            made = replace(made, change=None, state=Status.UNCHANGED, id=f"i{entity}")
        items.append(made)
        if draw(st.booleans()):
            items.append(item(entity, is_relations=True, **at | {"level": 9}))
    again = draw(st.lists(st.tuples(st.just(1), st.integers(20, 23), st.just(0)), max_size=3))
    return items, sorted(set(again))


def planned(journal, items, merged):
    return begin(journal, items, rows=[(sheet, row) for sheet, row, _ in merged], merged=merged)


def in_process():
    return closing(Journal.of(Store.of_process(PLANNING)))


@given(plans(), st.integers(1, 4))
def test_nothing_is_lost_nothing_is_there_twice_and_the_order_is_that_of_the_rows(plan, size):
    items, merged = plan
    expected = sorted(items, key=lambda one: (*one.row_no, one.no))
    with in_process() as journal, chunks_of(size):
        run = planned(journal, items, merged).name
        assert list(Items(journal, run).in_row_order()) == expected
        rows = {*(one.row_no for one in items), *((sheet, row) for sheet, row, _ in merged)}
        assert list(rows_of(journal, run)) == sorted(rows)
        assert list(merged_rows_of(journal, run)) == merged
        chunks = [len(rows) for rows in Plan(journal.store, run).rows()]
        assert all(0 < length <= size for length in chunks)


@given(plans(), st.integers(1, 4))
def test_what_is_to_be_sent_waits_once_at_its_level(plan, size):
    items, merged = plan
    with in_process() as journal, chunks_of(size):
        run = planned(journal, items, merged)
        with sender(journal, run, Scripted()) as sending:
            outbox = sending.outbox
            found = [(level, one.no) for level in outbox.levels() for one in outbox.waiting(level)]
            sent = [one for one in items if one.change]
            assert sorted(found) == sorted((one.level, one.no) for one in sent)
            assert outbox.progress() == (0, len(sent))
            numbers = sorted(one.no for one in sent)
            assert [one.no for one in outbox.items(range(99))] == numbers


def chunks_of(size):
    """Let chunks hold so many rows."""
    return patch("importer.journal.stage.ROWS_A_CHUNK", size)


def test_a_plan_of_no_rows_is_none():
    with in_process() as journal, closing(Stage()) as stage:
        run = begin(journal, [])
        assert stage.hand_over(journal, run.name) == {}
        assert list(Items(journal, run.name).in_row_order()) == []
