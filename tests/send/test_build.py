"""Items become changes with every reference as an id, or say what blocks them."""

from contextlib import contextmanager

import pytest

from importer.journal import Journal, Lease, Outbox
from importer.model import Action, Status
from importer.send import ChangeBuilder
from importer.send.build import settled
from importer.targets.planned_change import PlannedChange
from importer.targets.protocol import LiveEntity, Ref
from tests.send.build import TYPES, begin, item, pointer


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path / "journal.db")
    yield journal
    journal.close()


@contextmanager
def builder(journal, *items):
    run = begin(journal, items)
    with Lease(journal) as lease:
        lease.take(run)
        yield ChangeBuilder(Outbox(lease), TYPES, [sheet.name for sheet in run.sheets])


def build(journal, wanted, *others):
    """What becomes of one item, the others being in the journal too."""
    with builder(journal, wanted, *others) as found:
        return found.build([wanted])


def relations(entity, needs=(), **more):
    """The relations of a leaf that was there or is made by its own item."""
    later = PlannedChange(
        type="Leaf",
        action=Action.UPDATE,
        key=(f"n{entity}",),
        append={"same": [pointer(one) for one in needs]},
    )
    return item(entity, change=later, is_relations=True, **more)


def test_a_change_has_all_that_was_planned(journal):
    live = LiveEntity("Leaf", ("n0",), "L", {"name": "old"})
    planned = PlannedChange(
        type="Leaf",
        action=Action.MOVE,
        key=("n0",),
        payload={"a": 1},
        clears=("b",),
        relations={"up": [pointer("r", "root", "R")]},
        append={"same": [pointer("x", id_="X")]},
        remove={"same": [pointer("y", id_="Y")]},
        id="L",
        before=live,
        parent="up",
    )
    [change], blocked = build(journal, item(0, change=planned))
    assert blocked == []
    assert (change.seq, change.type, change.action, change.key) == (0, "Leaf", "move", ("n0",))
    assert (change.payload, change.clears, change.parent) == ({"a": 1}, ("b",), "up")
    assert change.relations == {"up": (Ref("Root", "R"),)}
    assert change.append == {"same": (Ref("Leaf", "X"),)}
    assert change.remove == {"same": (Ref("Leaf", "Y"),)}
    assert (change.id, change.before) == ("L", live)


def test_a_reference_has_the_id_and_type_that_its_entity_got(journal):
    made = item(1, "a", state=Status.CREATED, id="A")
    [change], _ = build(journal, item(0, needs=["a"]), made)
    assert change.relations == {"up": (Ref("Leaf", "A"),)}


@pytest.mark.parametrize("state", [s for s in Status if not s.fine])
def test_what_refers_to_a_row_that_was_not_imported_is_blocked(journal, state):
    """Also where the target knows it: a refused update is no ground to build on."""
    bad = item(1, "a", state=state, id="A")
    changes, [blocked] = build(journal, item(0, needs=["a"]), bad)
    assert changes == []
    assert (blocked.no, blocked.state) == (0, Status.BLOCKED)
    assert blocked.message == "`a` (row 3) is not imported."


def test_the_message_names_the_sheet_of_another_sheet(journal):
    bad = item(1, "a", state=Status.REJECTED, sheet=1)
    _, [blocked] = build(journal, item(0, needs=["a"]), bad)
    assert blocked.message == "`a` (row 3 of Roots) is not imported."


def test_what_refers_to_an_entity_without_an_id_is_blocked(journal):
    made = item(1, "a", state=Status.UNCHANGED)
    _, [blocked] = build(journal, item(0, needs=["a"]), made)
    assert "is not imported" in blocked.message


def test_what_refers_to_nothing_of_the_run_is_blocked(journal):
    _, [blocked] = build(journal, item(0, needs=["gone"]))
    assert blocked.message == "`gone` is not in the target."


def test_relations_wait_for_their_own_entity(journal):
    """They are sent with its id, whatever it was; never where it is not imported."""
    made = item(0, state=Status.CREATED, id="N")
    other = item(1, "a", state=Status.UNCHANGED, id="A")
    [change], _ = build(journal, relations(0, ["a"]), made, other)
    assert (change.id, change.append) == ("N", {"same": (Ref("Leaf", "A"),)})
    assert change.seq == 1


def test_relations_of_an_entity_that_was_not_imported_are_blocked(journal):
    bad = item(0, state=Status.REJECTED)
    other = item(1, "a", state=Status.UNCHANGED, id="A")
    changes, [blocked] = build(journal, relations(0, ["a"]), bad, other)
    assert changes == []
    assert blocked.message == "`n0` (row 2) is not imported."


def test_of_several_items_each_goes_its_own_way(journal):
    good, bad = item(0), item(1, needs=["gone"])
    with builder(journal, good, bad) as found:
        changes, blocked = found.build([good, bad])
    assert ([one.seq for one in changes], [one.no for one in blocked]) == ([0], [2])


def test_two_rows_that_may_conflict_are_named(journal):
    here, there = item(0, "a"), item(1, "b", sheet=1)
    there.key = ("R", "b")
    with builder(journal, here, there) as found:
        assert found.conflict(0, 2) == (
            "Row 3 of Roots (`b`) was sent together with it: do the two conflict?"
        )
        assert found.conflict(2, 0).startswith("Row 2 of Leaves (`a`)")


def test_the_same_outcome_for_several(journal):
    changes, _ = build(journal, item(0))
    [one] = settled(changes, Status.UNKNOWN, "Silent.")
    assert (one.no, one.state, one.id, one.message) == (0, Status.UNKNOWN, None, "Silent.")
