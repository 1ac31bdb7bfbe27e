"""The outcome of a row, combined from the items that it made and those that another row made."""

from itertools import pairwise

import pytest

from importer.journal import Item, Items, Journal, counts, results
from importer.journal.outcomes import blocked_by
from importer.model import RowResult, Status
from tests.send.build import begin, item


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path / "journal.db")
    yield journal
    journal.close()


def run_of(journal, *items, merged=(), rows=(), invalid=()):
    return begin(journal, items, rows=rows, merged=merged, invalid=invalid)


def found(journal, run, sheets=None):
    return {(row.sheet, row.row): row for row in results(journal, run, sheets)}


def test_a_row_has_the_outcome_message_and_id_of_its_item(journal):
    made = item(0, state=Status.REJECTED, id="A", message="No.")
    run = run_of(journal, made)
    assert list(results(journal, run)) == [
        RowResult("Leaves", 2, Status.REJECTED, "No.", "A", "f.xlsx", "", made.key)
    ]


def test_a_row_that_only_restates_an_invalid_entity_is_blocked_by_its_row(journal):
    """The row itself is right; it is the other one that failed the checks."""
    run = run_of(
        journal,
        item(0, "HQ", state=Status.INVALID, change=None),
        merged=[(0, 9, 0), (1, 3, 0)],
        rows=[(0, 9), (1, 3)],
        invalid=[(0, 2)],
    )
    rows = found(journal, run)
    assert rows["Leaves", 2].status is Status.INVALID
    assert rows["Leaves", 9].status is Status.BLOCKED
    assert rows["Leaves", 9].message == "`HQ` (row 2) is not imported."
    assert rows["Roots", 3].message == "`HQ` (row 2 of Leaves) is not imported."


def test_a_row_that_made_nothing_has_none_of_the_next_rows_outcome(journal):
    made = item(0, state=Status.REJECTED, message="No.")
    run = run_of(journal, made, rows=[(0, 1), (0, 3)])
    statuses = [(row.row, row.status) for row in results(journal, run)]
    unchanged = Status.UNCHANGED
    assert statuses == [(1, unchanged), (2, Status.REJECTED), (3, unchanged)]


@pytest.mark.parametrize("state", [s for s in Status if s is not Status.INVALID])
def test_a_row_that_only_restates_an_entity_is_merged_or_shares_its_failure(journal, state):
    run = run_of(
        journal,
        item(0, state=state, id="A", message="m"),
        merged=[(0, 9, 0)],
        rows=[(0, 9)],
    )
    shared = found(journal, run)["Leaves", 9]
    assert (shared.status, shared.id) == (Status.MERGED if state.fine else state, "A")
    assert shared.message == ("" if state.fine else "m")


def test_of_several_items_the_worst_counts(journal):
    order = [
        Status.INVALID,
        Status.REJECTED,
        Status.BLOCKED,
        Status.UNKNOWN,
        Status.HELD,
        Status.PENDING,
    ]
    for worse, better in pairwise(order):
        first = item(0, state=better, row=2, message="b")
        second = item(1, state=worse, row=2, message="w")
        run = run_of(journal, first, second)
        [row] = results(journal, run)
        assert (row.status, row.message) == (worse, "w")


def test_relations_that_wait_for_others_do_not_hide_that_the_row_was_imported(journal):
    for state, words in ((Status.CREATED, "is created"), (Status.UNCHANGED, "is there already")):
        main = item(0, state=state)
        later = item(0, is_relations=True, state=Status.BLOCKED, message="Because.")
        [row] = results(journal, run_of(journal, main, later))
        assert row.message == (
            f"The row itself {words}, but not linked to all that it names: Because."
        )


def test_relations_of_a_row_that_was_not_imported_say_just_why(journal):
    main = item(0, state=Status.HELD, message="held")
    later = item(0, is_relations=True, state=Status.BLOCKED, message="Because.")
    [row] = results(journal, run_of(journal, main, later))
    assert row.message == "Because."
    refused = item(0, is_relations=True, state=Status.REJECTED, message="No.")
    [row] = results(journal, run_of(journal, item(0, state=Status.CREATED), refused))
    assert (row.status, row.message) == (Status.REJECTED, "No.")


def test_a_row_is_updated_where_only_something_beside_it_was_changed(journal):
    main, beside = item(0, state=Status.UNCHANGED), item(1, state=Status.CREATED, row=2)
    assert [row.status for row in results(journal, run_of(journal, main, beside))] == ["updated"]
    same = item(1, state=Status.UNCHANGED, row=2)
    assert [row.status for row in results(journal, run_of(journal, main, same))] == ["unchanged"]
    created = item(0, state=Status.CREATED)
    assert [row.status for row in results(journal, run_of(journal, created, beside))] == ["created"]


def test_a_row_without_items_is_unchanged(journal):
    run = run_of(journal, item(0), rows=[(0, 7)])
    row = found(journal, run)["Leaves", 7]
    assert (row.status, row.message, row.id) == (Status.UNCHANGED, "", "")


def test_what_no_row_names_has_a_name(journal):
    absent = Item(
        entity=0, sheet=0, row=-1, kind="leaf", key=("R", "a"), state=Status.DELETED, id="A"
    )
    run = run_of(journal, absent, item(1))
    rows = found(journal, run)
    assert (rows["Leaves", -1].name, rows["Leaves", 3].name) == ("R > a", "")


def test_rows_come_sheet_by_sheet_in_order_and_of_the_sheets_asked_for(journal):
    items = [item(0, sheet=1), item(1), item(2, sheet=1), item(3)]
    run = run_of(journal, *items)
    assert list(found(journal, run)) == [
        ("Leaves", 3),
        ("Leaves", 5),
        ("Roots", 2),
        ("Roots", 4),
    ]
    assert list(found(journal, run, [1])) == [("Roots", 2), ("Roots", 4)]
    assert list(found(journal, run, [])) == []


def test_other_runs_do_not_matter(journal):
    run = run_of(journal, item(0, state=Status.CREATED), merged=[(0, 2, 0)])
    other = run_of(journal, item(0, state=Status.REJECTED), merged=[(0, 2, 0)])
    assert [row.status for row in results(journal, run)] == ["created"]
    assert [row.status for row in results(journal, other)] == ["rejected"]


def test_counts_are_by_outcome_in_their_order_and_without_zeros():
    rows = [RowResult("S", n, s) for n, s in enumerate([Status.HELD, Status.CREATED, Status.HELD])]
    assert list(counts(rows).items()) == [("created", 1), ("held", 2)]


def test_a_blocker_without_a_key_is_still_named_by_its_row():
    assert blocked_by((), 3, None) == "`` (row 3) is not imported."


def test_items_are_listed_in_the_order_of_the_rows_with_their_relations(journal):
    items = [
        item(0, row=9),
        item(0, row=9, is_relations=True),
        item(1, row=2),
        item(2, row=5),
        item(2, row=5, is_relations=True),
    ]
    run = run_of(journal, *items)
    pairs = Items(journal, run.name).entities()
    assert [(one.entity, later is not None) for one, later in pairs] == [
        (1, False),
        (2, True),
        (0, True),
    ]
