"""The inverse of what a run did to one entity, and why some of it is kept."""

import pytest
from msgspec.structs import replace

from importer.model import Action
from importer.order import Levels
from importer.plan.undo.history import AppliedChange, RunHistory
from importer.plan.undo.inverse import GONE, Inverse, inverse_of
from importer.targets.planned_change import FieldDiff, PlannedChange, Pointer
from importer.targets.protocol import LiveEntity, Ref
from tests.order.build import trees

ROOT, NODE, OTHER = Ref("Root", "R"), Ref("Node", "N"), Ref("Node", "M")
NAMES = {
    "R": ("root", ("R",)),
    "N": ("node", ("R", "n")),
    "M": ("node", ("R", "m")),
    "L": ("leaf", ("R", "a")),
    "B": ("leaf", ("R", "b")),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return trees(tmp_path_factory.mktemp("trees"))


@pytest.fixture
def history(made):
    ids = {named: one for one, named in NAMES.items()}
    later = Levels(made).later_paths()
    return RunHistory(made, dict(NAMES), ids, later, made={("leaf", ("R", "a")): "L"})


def leaf(payload=None, archived=False, **relations):
    payload = {"type": "Leaf", "name": "a", **(payload or {})}
    refs = {"root": (ROOT,), **relations}
    return LiveEntity("Leaf", ("R", "a"), "L", payload, refs, (), archived)


def applied(action, before=None, later=None, **parts):
    parts = {"parent": "root", **parts}
    change = PlannedChange(
        type="Leaf",
        action=action,
        key=("R", "a"),
        id=before.id if before else None,
        before=before,
        **parts,
    )
    return AppliedChange("leaf", change, later, before)


def text(old, new):
    return {"facts.text": FieldDiff("Text", old, new)}


CREATED = {"payload": {"type": "Leaf", "name": "a", "facts": {"text": "x"}}}
CREATED["relations"] = {"root": [Pointer("root", ("R",), "R")]}
CREATED["fields"] = text(None, "x")


def test_what_was_created_is_deleted(history):
    there = leaf({"facts": {"text": "x"}})
    inverse = inverse_of(applied(Action.CREATE, **CREATED), there, history)
    assert (inverse.action, inverse.change.action) == (Action.DELETE, Action.DELETE)
    assert (inverse.change.id, inverse.change.before) == ("L", there)
    assert inverse.change.parent == "root"
    assert inverse.later is None


@pytest.mark.parametrize("there", [None, leaf(archived=True)], ids=["gone", "archived"])
def test_what_was_created_and_is_gone_needs_nothing(history, there):
    assert inverse_of(applied(Action.CREATE, **CREATED), there, history) == Inverse()


def test_what_was_created_and_has_been_changed_is_kept(history):
    inverse = inverse_of(
        applied(Action.CREATE, **CREATED), leaf({"facts": {"text": "theirs"}}), history
    )
    assert inverse.change is None
    assert inverse.kept == "Not reverted, since it has been changed: Text (now `theirs`)."


def test_what_was_created_and_has_more_than_was_sent_is_kept(history):
    there = leaf({"facts": {"text": "x", "size": 5}})
    inverse = inverse_of(applied(Action.CREATE, **CREATED), there, history)
    assert inverse.kept == "Not reverted, since it has been changed: Size (now `5`)."


def test_what_was_created_and_refers_to_more_than_was_sent_is_kept(history):
    there = leaf({"facts": {"text": "x"}}, nodes=(NODE,))
    inverse = inverse_of(applied(Action.CREATE, **CREATED), there, history)
    assert inverse.kept == "Not reverted, since it has been changed: Nodes (now `R > n`)."


def test_what_was_created_and_refers_to_what_the_run_made_is_deleted(history):
    there = leaf({"facts": {"text": "x"}}, same=(Ref("Leaf", "L"),))
    assert inverse_of(applied(Action.CREATE, **CREATED), there, history).change


def test_what_was_updated_gets_its_old_value_back(history):
    before, there = leaf({"facts": {"text": "old"}}), leaf({"facts": {"text": "new"}})
    did = applied(
        Action.UPDATE, before, payload={"facts": {"text": "new"}}, fields=text("old", "new")
    )
    inverse = inverse_of(did, there, history)
    assert (inverse.action, inverse.change.action) == (Action.UPDATE, Action.UPDATE)
    assert inverse.change.payload == {"facts": {"text": "old"}}
    assert inverse.change.clears == ()
    assert inverse.change.fields == text("new", "old")
    assert inverse.change.before == there


def test_what_was_filled_is_cleared(history):
    before, there = leaf(), leaf({"facts": {"text": "new"}})
    did = applied(
        Action.UPDATE, before, payload={"facts": {"text": "new"}}, fields=text(None, "new")
    )
    inverse = inverse_of(did, there, history)
    assert (inverse.change.payload, inverse.change.clears) == ({}, ("facts.text",))


def test_what_is_as_it_was_needs_nothing(history):
    before = leaf({"facts": {"text": "old"}})
    did = applied(
        Action.UPDATE, before, payload={"facts": {"text": "new"}}, fields=text("old", "new")
    )
    assert inverse_of(did, before, history) == Inverse()


def test_an_update_of_what_has_been_changed_is_kept(history):
    before, there = leaf({"facts": {"text": "old"}}), leaf({"facts": {"text": "theirs"}})
    did = applied(
        Action.UPDATE, before, payload={"facts": {"text": "new"}}, fields=text("old", "new")
    )
    inverse = inverse_of(did, there, history)
    assert (inverse.change, inverse.kept) == (
        None,
        "Not reverted, since it has been changed: Text (now `theirs`).",
    )


def test_an_update_of_what_is_gone_is_kept(history):
    did = applied(Action.UPDATE, leaf(), fields=text(None, "x"))
    assert inverse_of(did, None, history) == Inverse(kept=GONE)
    assert inverse_of(did, leaf(archived=True), history) == Inverse(kept=GONE)


def moved(before, **more):
    return applied(
        Action.MOVE,
        before,
        parent="nodes",
        relations={"nodes": [Pointer("node", ("R", "m"), "M")]},
        fields={"nodes": FieldDiff("Nodes", ["R > n"], ["R > m"])},
        **more,
    )


def test_a_reference_gets_its_old_entities_back(history):
    before, there = leaf(nodes=(NODE,)), leaf(nodes=(OTHER,))
    inverse = inverse_of(moved(before), there, history)
    assert inverse.change.relations == {"nodes": [Pointer("", (), "N", "Node")]}
    assert inverse.change.fields == {"nodes": FieldDiff("Nodes", ["R > m"], ["R > n"])}
    assert inverse.action is Action.UPDATE  # `nodes` is no parent of a leaf


def test_a_parent_that_is_reverted_is_a_move(history):
    before = leaf()
    there = LiveEntity("Leaf", ("S", "a"), "L", before.payload, {"root": (Ref("Root", "S"),)})
    did = applied(
        Action.MOVE,
        before,
        relations={"root": [Pointer("root", ("S",), "S")]},
        fields={"root": FieldDiff("Root", ["R"], ["S"])},
    )
    inverse = inverse_of(did, there, history)
    assert inverse.action is Action.MOVE
    assert inverse.change.key == ("S", "a")
    update = replace(did, change=replace(did.change, action=Action.UPDATE))
    assert inverse_of(update, there, history).action is Action.UPDATE


def test_a_parent_that_is_gone_cannot_be_reverted(history):
    before = leaf(root=(Ref("Root", "lost"),))
    there = leaf(root=(ROOT,))
    did = applied(
        Action.MOVE,
        before,
        relations={"root": [Pointer("root", ("R",), "R")]},
        fields={"root": FieldDiff("Root", ["lost"], ["R"])},
    )
    assert inverse_of(did, there, history).kept == (
        "Not reverted, since it has been changed: Root (now `R`)."
    )


def test_a_reference_that_was_empty_is_cleared(history):
    inverse = inverse_of(moved(leaf()), leaf(nodes=(OTHER,)), history)
    assert (inverse.change.relations, inverse.change.clears) == ({}, ("nodes",))


def test_a_reference_as_it_was_needs_nothing(history):
    assert inverse_of(moved(leaf(nodes=(NODE,))), leaf(nodes=(NODE,)), history) == Inverse()


def test_a_reference_that_has_been_changed_is_kept(history):
    there = leaf(nodes=(NODE, OTHER))
    assert inverse_of(moved(leaf(nodes=(NODE,))), there, history).kept.endswith(
        "Nodes (now `R > m; R > n`)."
    )


def test_what_was_deleted_is_created_again(history, made):
    before = leaf({"facts": {"text": "x"}}, nodes=(NODE,), same=(Ref("Leaf", "B"),))
    history.names.pop("L")
    history.ids.pop(("leaf", ("R", "a")))
    inverse = inverse_of(applied(Action.DELETE, before), None, history)
    assert (inverse.action, inverse.change.restores) == (Action.CREATE, "L")
    assert (inverse.change.id, inverse.change.before) == (None, None)
    assert inverse.change.key == ("R", "a")
    assert inverse.change.payload == before.payload
    assert inverse.change.relations == {
        "root": [Pointer("", (), "R", "Root")],
        "nodes": [Pointer("", (), "N", "Node")],
    }
    assert inverse.later.append == {"same": [Pointer("", (), "B", "Leaf")]}
    assert (inverse.later.remove, inverse.later.before) == ({}, None)


def test_what_is_archived_is_restored_under_its_id(history):
    before, there = leaf(), leaf(archived=True)
    history.ids.pop(("leaf", ("R", "a")))
    inverse = inverse_of(applied(Action.DELETE, before), there, history)
    assert (inverse.change.id, inverse.change.before) == ("L", there)


def test_what_was_deleted_and_is_there_again_needs_nothing(history):
    assert inverse_of(applied(Action.DELETE, leaf()), leaf(), history) == Inverse()


def test_what_was_deleted_without_a_before_image_needs_nothing(history):
    assert inverse_of(applied(Action.DELETE), None, history) == Inverse()


def test_what_was_deleted_is_kept_where_its_parent_is_gone(history):
    before = leaf(root=(Ref("Root", "lost"),))
    assert inverse_of(applied(Action.DELETE, before), None, history).kept == (
        "Not reverted: what it stood in is not there any more."
    )


def test_what_was_deleted_is_kept_where_another_has_its_place(history):
    assert inverse_of(applied(Action.DELETE, leaf()), None, history).kept == (
        "Not reverted: there is another `a` in its place now."
    )


def test_the_message_names_what_has_the_place_whatever_it_stands_in(history):
    history.ids["leaf", ("R", "n", "a")] = "X"
    before = replace(leaf(), key=("R", "n", "a"))
    assert "another `a` in" in inverse_of(applied(Action.DELETE, before), None, history).kept


def test_references_to_what_comes_back_have_no_id_yet(history):
    history.restored["X"] = ("node", ("R", "x"))
    history.ids.pop(("leaf", ("R", "a")))
    before = leaf(nodes=(Ref("Node", "X"), Ref("Node", "lost")))
    inverse = inverse_of(applied(Action.DELETE, before), None, history)
    assert inverse.change.relations["nodes"] == [Pointer("node", ("R", "x"), None, "Node")]


def related(**ends):
    later = PlannedChange(
        type="Leaf",
        action=Action.UPDATE,
        key=("R", "a"),
        fields={"same": FieldDiff("Same", ["R > b"], []), "other": FieldDiff("O", 1, 2)},
        **ends,
    )
    return AppliedChange("leaf", None, later, None)


def test_an_end_that_was_added_is_removed(history):
    did = related(append={"same": [Pointer("leaf", ("R", "b"), "B", "Leaf")]})
    there = leaf(same=(Ref("Leaf", "B"),))
    inverse = inverse_of(did, there, history)
    assert (inverse.action, inverse.change) == (Action.UPDATE, None)
    assert inverse.later.remove == {"same": [Pointer("", (), "B", "Leaf")]}
    assert inverse.later.append == {}
    assert inverse.later.fields == {"same": FieldDiff("Same", [], ["R > b"])}
    assert inverse.later.before == there
    assert inverse_of(did, leaf(), history) == Inverse()


def test_an_end_that_was_removed_is_added(history):
    did = related(remove={"same": [Pointer("leaf", ("R", "b"), "B", "Leaf")]})
    inverse = inverse_of(did, leaf(), history)
    assert inverse.later.append == {"same": [Pointer("", (), "B", "Leaf")]}
    assert inverse_of(did, leaf(same=(Ref("Leaf", "B"),)), history) == Inverse()


def test_an_end_without_an_id_is_that_of_the_run(history):
    did = related(append={"same": [Pointer("leaf", ("R", "a"), None, "Leaf")]})
    inverse = inverse_of(did, leaf(same=(Ref("Leaf", "L"),)), history)
    assert inverse.later.remove == {"same": [Pointer("", (), "L", "Leaf")]}


def test_a_message_shows_three_headings_and_cuts_long_values(history):
    payload = {"facts": {"text": "x" * 99, "size": 1}, "tags": ["p"], "steps": ["q"]}
    found = inverse_of(applied(Action.CREATE, **CREATED), leaf(payload), history).kept
    assert f"Text (now `{'x' * 60}...`)" in found
    assert found.endswith(" and 1 more.")


def test_a_value_that_is_gone_is_blank_in_the_message(history):
    before = leaf({"facts": {"text": "old"}})
    did = applied(
        Action.UPDATE, before, payload={"facts": {"text": "new"}}, fields=text("old", "new")
    )
    assert inverse_of(did, leaf(), history).kept.endswith("Text (now blank).")
