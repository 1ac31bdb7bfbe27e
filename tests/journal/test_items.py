"""The items of a run as they are planned: handed over, held, released, sent."""

from contextlib import closing

import pytest

from importer.journal import Items, Journal, Outbox, results
from importer.journal.item import entity_no, item_no, key_of, key_text
from importer.journal.outbox import BatchResult, Settled
from importer.journal.stage import Stage
from importer.journal.tables import BATCHES
from importer.model import Status
from tests.send.build import Scripted, begin, item, sender


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path / "journal.db")
    yield journal
    journal.close()


def items_of(journal, *items, **more):
    return Items(journal, begin(journal, items, **more).name)


def all_of(items):
    return {(one.entity, one.is_relations): one for one in items.in_row_order()}


def test_an_item_comes_back_as_it_was(journal):
    one = item(
        3,
        needs=["a"],
        id="I",
        message="m",
        sheet=1,
        level=7,
        is_relations=True,
        state=Status.HELD,
    )
    assert list(items_of(journal, one).in_row_order()) == [one]


def test_the_guard_holds_what_waits_of_a_row_until_it_is_released(journal):
    waiting, same_row, other = item(0), item(1, row=2), item(2)
    done = item(3, row=2, state=Status.UNCHANGED, change=None)
    items = items_of(journal, waiting, same_row, other, done, held={(0, 2): "Too much."})
    states = {number: (one.state, one.message) for (number, _), one in all_of(items).items()}
    assert states == {
        0: (Status.HELD, "Too much."),
        1: (Status.HELD, "Too much."),
        2: (Status.PENDING, ""),
        3: (Status.UNCHANGED, ""),
    }
    items.release()
    assert [one.state for one in items.in_row_order()] == [
        Status.PENDING,
        Status.PENDING,
        Status.UNCHANGED,
        Status.PENDING,
    ]
    assert {one.message for one in items.in_row_order()} == {""}


def test_a_row_that_is_held_twice_says_the_first_reason(journal):
    run = begin(journal, [])
    with closing(Stage()) as stage:
        stage.add_rows([(0, 2)])
        stage.add_items([item(0)])
        stage.hold([(0, 2)], "Too much.")
        stage.hold([(0, 2)], "Too much again.")
        stage.hand_over(journal, run.name)
    assert list(Items(journal, run.name).held()) == [(0, 2, "Too much.")]


def test_what_is_kept_for_good_is_not_released(journal):
    """A yes of the user releases what the guard holds, not what has drifted."""
    kept = {0: "It has drifted."}
    items = items_of(journal, item(0), item(1), item(0, is_relations=True), kept=kept)
    items.release()
    kept = all_of(items)[0, False]
    assert (kept.state, kept.message, kept.change) == (Status.HELD, "It has drifted.", None)
    assert all_of(items)[1, False].state is Status.PENDING
    assert all_of(items)[0, True].state is Status.PENDING


def test_one_run_never_touches_the_items_of_another(journal):
    ours, theirs = items_of(journal, item(0), held={(0, 2): "w"}), items_of(journal, item(0))
    assert all_of(theirs)[0, False] == item(0)
    theirs.release()
    assert all_of(ours)[0, False].state is Status.HELD
    ours.release()
    assert all_of(ours)[0, False] == item(0)


def test_an_item_has_one_number_in_the_journal():
    numbers = [item_no(entity, is_relations=one) for entity in range(4) for one in (False, True)]
    assert numbers == list(range(8))
    assert [entity_no(number) for number in (0, 1, 7)] == [(0, False), (0, True), (3, True)]
    assert item(3, is_relations=True).no == 7


def test_a_key_comes_back_as_it_was():
    for key in ((), ("a",), ("a", "b > c", "")):
        assert key_of(key_text(key)) == key


def outbox(journal, run):
    return sender(journal, run, Scripted())


def test_what_waits_of_a_level_comes_in_the_order_of_its_rows(journal, monkeypatch):
    monkeypatch.setattr("importer.journal.stage.ROWS_A_CHUNK", 2)
    items = [item(n, level=n % 2) for n in range(6)]
    there = item(8, change=None, state=Status.UNCHANGED)
    run = begin(journal, [*items, item(9, level=5, state=Status.HELD), there])
    with outbox(journal, run) as sending:
        found = sending.outbox
        assert found.levels() == [0, 1, 5]
        assert [[one.entity for one in found.waiting(n)] for n in (0, 1, 5)] == [
            [0, 2, 4],
            [1, 3, 5],
            [],
        ]
        assert found.progress() == (1, 7)
        assert [one.entity for one in found.items([2, 10, 99])] == [1, 5]
        found.settle(BatchResult(None, "done", [Settled(0, Status.CREATED, "A")]))
        assert [one.entity for one in found.waiting(0)] == [2, 4]


def test_what_others_refer_to_is_found_by_kind_and_key(journal):
    made = item(0, "a", state=Status.CREATED, id="A")
    later = item(0, "a", is_relations=True, id="wrong")
    run = begin(journal, [made, later, item(1, "b", sheet=1), item(2, "c", needs=["b"])])
    with outbox(journal, run) as sending:
        found = sending.outbox.referenced([("leaf", ("a",)), ("leaf", ("b",)), ("root", ("a",))])
    assert set(found) == {("leaf", ("a",)), ("leaf", ("b",))}
    a, b = found["leaf", ("a",)], found["leaf", ("b",)]
    assert (a.row, a.sheet, a.state, a.id) == (2, 0, Status.CREATED, "A")
    assert (b.row, b.sheet, b.state, b.id) == (3, 1, Status.PENDING, None)


def test_all_are_found_however_few_are_remembered(journal, monkeypatch):
    monkeypatch.setattr("importer.journal.outbox.REMEMBERED", 2)
    names = [f"n{n}" for n in range(5)]
    run = begin(journal, [*(item(n) for n in range(5)), item(5, needs=names)])
    with outbox(journal, run) as sending:
        found = sending.outbox.referenced(("leaf", (f"n{n}",)) for n in range(5))
    assert len(found) == 5


def test_a_batch_is_recorded_before_it_is_sent_and_settled_after_it(journal):
    run = begin(journal, [item(0), item(1)])
    with outbox(journal, run) as sending:
        found = sending.outbox
        assert found.record_sending(0, [0]) == 1
        assert found.record_sending(3, [2]) == 2
        assert [(doubt.no, doubt.items) for doubt in found.in_doubt()] == [(1, [0]), (2, [2])]
        assert all(0 <= doubt.age < 60 for doubt in found.in_doubt())
        landed = Settled(0, Status.CREATED, "A", "m")
        found.settle(BatchResult(1, "done", [landed], "w", 200))
        assert [doubt.no for doubt in found.in_doubt()] == [2]
        [one] = found.items([0])
        assert (one.state, one.id, one.message) == (Status.CREATED, "A", "m")


def test_a_run_given_up_leaves_what_was_in_doubt_unknown_and_the_rest_as_it_is(journal):
    """What was settled before stays settled, though its batch is in doubt."""
    run = begin(journal, [item(0), item(1), item(2), item(3)])
    other = begin(journal, [item(0)])
    with outbox(journal, run) as sending:
        sending.outbox.record_sending(0, [0, 2])
        sending.outbox.settle(BatchResult(None, "done", [Settled(0, Status.CREATED, "A")]))
    journal.abandon(run.name)
    assert [(row.status.value, row.message) for row in results(journal, run)] == [
        ("created", ""),
        ("unknown", "Given up; what was in doubt was not looked up."),
        ("pending", ""),
        ("pending", ""),
    ]
    found = journal.run(run.name)
    assert (found.state, found.why) == ("abandoned", "Given up.")
    assert found.finished is not None
    assert journal.in_doubt(run.name) == []
    assert journal.run(other.name).state == "mapping"
    assert [row.status for row in results(journal, other)] == ["pending"]


def test_a_run_given_up_leaves_the_batches_of_others_in_doubt(journal):
    run = begin(journal, [item(0)])
    with journal.store.writing() as connection:
        for name in ("0", run.name, "z"):
            values = {"run": name, "no": 1, "level": 0, "state": "sending", "items": b"[0]"}
            connection.execute(BATCHES.insert().values(**values, sent=0.0))
    journal.abandon(run.name)
    assert journal.in_doubt(run.name) == []
    assert [len(journal.in_doubt(name)) for name in ("0", "z")] == [1, 1]


def test_what_was_read_of_a_run_is_forgotten_and_nothing_else(journal):
    run, other = begin(journal, [item(0)]), begin(journal, [item(0)])
    journal.forget(run.name)
    assert list(results(journal, run)) == []
    assert len(list(results(journal, other))) == 1
    journal.discard(run.name)
    assert [one.name for one in journal.runs()] == [other.name]


def test_only_a_run_that_is_being_sent_is_interrupted(journal):
    run, other = begin(journal, [item(0)]), begin(journal, [item(0)])
    run.state = "sending"
    journal.save(run)
    journal.interrupt(run.name, "Broken off.")
    journal.interrupt(other.name, "Broken off.")
    assert (journal.run(run.name).state, journal.run(run.name).why) == (
        "interrupted",
        "Broken off.",
    )
    assert journal.run(other.name).state == "mapping"


def test_the_outbox_is_that_of_the_run_that_has_the_lease(journal):
    run = begin(journal, [item(0)])
    with outbox(journal, run) as sending:
        assert sending.outbox.run == run.name
        assert sending.outbox.sure is False
        sending.outbox.claim()
        assert isinstance(sending.outbox, Outbox)
        assert sending.outbox.sure is True
