"""A row compared with live state is created, updated, moved or left unchanged."""

from __future__ import annotations

import pytest

from importer.model import Action
from importer.targets.planned_change import Pointer
from importer.targets.protocol import LiveEntity, Ref
from tests.mapping.build import Rows
from tests.order.build import live, nodes, roots, trees
from tests.plan.build import plan

ROOT = live("root", "R")
ROOTS = (Ref("Root", "R"),)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return trees(tmp_path_factory.mktemp("trees"))


def leaf(name: str, payload=None, archived=False, **relations) -> LiveEntity:
    """Return a live leaf of root R; relations name other leaves."""
    refs = {path: tuple(Ref("Leaf", f"R/{n}") for n in names) for path, names in relations.items()}
    stated = {"type": "Leaf", "name": name, **(payload or {})}
    return LiveEntity(
        "Leaf", ("R", name), f"R/{name}", stated, {"root": ROOTS, **refs}, (), archived
    )


def rows(headings: str, *cells) -> Rows:
    return Rows("Leaves", [["Root", "Leaf", *headings.split()], *(["R", *line] for line in cells)])


def test_a_missing_object_is_created_with_all_fields(made):
    found = plan(made, [roots("R"), rows("Text Size", ["a", "x", 5])])
    assert found.actions == [Action.CREATE, Action.CREATE]
    change = found.of(2).change
    assert change.payload == {"type": "Leaf", "name": "a", "facts": {"text": "x", "size": 5}}
    assert change.relations["root"] == [Pointer("root", ("R",), None, "")]
    assert (change.id, change.parent) == (None, "root")
    assert found.of(2).new == ("type", "name", "facts.text", "facts.size")


def test_what_a_new_object_refers_to_is_shown_besides_its_parent(made):
    there = [ROOT, live("node", "R", "n"), live("node", "R", "m")]
    found = plan(made, [rows("Nodes Text", ["a", "n; m", "x"])], there).of(2)
    assert found.action is Action.CREATE
    assert found.fields["nodes"] == ([], ["R > n", "R > m"])
    assert "root" not in found.fields


def test_an_archived_object_is_created_again_under_its_old_id(made):
    found = plan(made, [rows("Text", ["a", "x"])], [ROOT, leaf("a", archived=True)])
    assert found.of(2).action is Action.CREATE
    assert found.of(2).change.id == "R/a"


def test_only_differences_are_sent(made):
    there = leaf("a", {"facts": {"text": "old", "size": 5}, "tags": ["t"]})
    found = plan(made, [rows("Text Size Tags", ["a", "new", 5, "t"])], [ROOT, there]).of(2)
    assert found.action is Action.UPDATE
    assert found.change.payload == {"facts": {"text": "new"}}
    assert found.change.relations == {}
    assert found.change.before is there
    assert found.fields == {"facts.text": ("old", "new")}


SAME = [
    ("Text", "x", {"facts": {"text": "x"}}),
    ("Text", "", {"facts": {"text": "x"}}),
    ("Text", "one\r\ntwo", {"facts": {"text": "one\ntwo\n"}}),
    ("Size", 5.0, {"facts": {"size": 5}}),
    ("Size", 5, {"facts": {"size": 5.0}}),
    ("Tags", "b; a", {"tags": ["a", "b"]}),
    ("Steps", "a; b", {"steps": ["a", "b"]}),
    ("Shape", '{"b": 1, "a": [1]}', {"shape": {"a": [1], "b": 1}}),
    ("Shape", "", {"shape": {"a": 1}}),
    ("Secret", "s", {}),
    ("Text", "<clear>", {}),
    ("Text", "<clear>", {"facts": {"size": 1}}),
    ("Same", "<clear>", {}),
    ("Nodes", "<clear>", {}),
]


@pytest.mark.parametrize(("heading", "cell", "payload"), SAME)
def test_a_cell_equal_to_live_state_is_unchanged(made, heading, cell, payload):
    found = plan(made, [rows(heading, ["a", cell])], [ROOT, leaf("a", payload)]).of(2)
    assert (found.action, found.change, found.later) == (Action.UNCHANGED, None, None)
    assert found.fields == {}
    assert found.id == "R/a"


OTHER = [
    ("Text", "x ", {"facts": {"text": "y"}}, {"facts": {"text": "x "}}),
    ("Text", "1", {"facts": {"text": 1}}, {"facts": {"text": "1"}}),
    ("Size", 1, {"facts": {"size": True}}, {"facts": {"size": 1}}),
    ("Size", 0, {}, {"facts": {"size": 0}}),
    ("Tags", "a; c", {"tags": ["a", "b"]}, {"tags": ["a", "c"]}),
    ("Tags", "a", {"tags": ["a", "b"]}, {"tags": ["a"]}),
    ("Steps", "b; a", {"steps": ["a", "b"]}, {"steps": ["b", "a"]}),
    ("Shape", '{"a": 1}', {"shape": {"a": 1, "b": 2}}, {"shape": {"a": 1}}),
    ("Shape", "{}", {"shape": {"a": 1}}, {"shape": {}}),
]


@pytest.mark.parametrize(("heading", "cell", "payload", "sent"), OTHER)
def test_a_cell_that_differs_from_live_state_is_an_update(made, heading, cell, payload, sent):
    found = plan(made, [rows(heading, ["a", cell])], [ROOT, leaf("a", payload)]).of(2)
    assert found.action is Action.UPDATE
    assert found.change.payload == sent


def test_a_write_only_field_is_sent_only_with_another_change(made):
    """Otherwise every run would be an update."""
    there = [ROOT, leaf("a", {"facts": {"text": "old"}})]
    found = plan(made, [rows("Text Secret", ["a", "new", "s"])], there).of(2)
    assert found.change.payload == {"facts": {"text": "new"}, "secret": "s"}


def test_clearing_shows_the_old_value(made):
    there = leaf("a", {"facts": {"text": "old"}, "free": {"v1.2": "x"}})
    sheet = Rows(
        "Leaves", [["Root", "Leaf", "Text", "Free: v1.2"], ["R", "a", "<clear>", "<clear>"]]
    )
    found = plan(made, [sheet], [ROOT, there]).of(2)
    assert found.action is Action.UPDATE
    assert found.change.payload == {}
    assert len(found.change.clears) == 2
    assert list(found.fields.values()) == [("old", None), ("x", None)]


def test_a_full_stop_within_a_name_is_kept_in_the_shown_key(made):
    sheet = Rows("Leaves", [["Root", "Leaf", "Free: v1.2"], ["R", "a", "new"]])
    there = leaf("a", {"free": {"v1.2": "old", "v1": "other"}})
    found = plan(made, [sheet], [ROOT, there])
    assert found.of(2).change.payload == {"free": {"v1.2": "new"}}
    assert list(found.of(2).fields.values()) == [("old", "new")]
    bound_path = next(iter(found.of(2).fields))
    assert "v1" not in bound_path.split(".")


def test_another_parent_is_a_move(made):
    there = [
        ROOT,
        live("node", "R", "a", relations={"root": ROOTS}),
        live("node", "R", "b", relations={"root": ROOTS}),
        live(
            "node",
            *("R", "a", "x"),
            relations={"root": ROOTS, "up": (Ref("Node", "R/a"),)},
            identities=("X",),
        ),
    ]
    sheet = Rows("Nodes", [["Root", "Node", "Parent", "Code"], ["R", "x", "b", "X"]])
    found = plan(made, [sheet], there).of(2, "node")
    assert found.action is Action.MOVE
    assert found.fields["up"] == (["R > a"], ["R > b"])
    assert [p.id for p in found.change.relations["up"]] == ["R/b"]


def test_a_parent_that_is_cleared_is_a_move_to_the_top(made):
    up = (Ref("Node", "R/a"),)
    there = [
        ROOT,
        live("node", "R", "a", relations={"root": ROOTS}),
        live("node", "R", "a", "x", relations={"root": ROOTS, "up": up}, identities=("X",)),
    ]
    sheet = Rows("Nodes", [["Root", "Node", "Parent", "Code"], ["R", "x", "<clear>", "X"]])
    found = plan(made, [sheet], there).of(2, "node")
    assert found.action is Action.MOVE
    assert found.change.clears == ("up",)
    assert found.fields["up"] == (["R > a"], None)


def test_a_parent_in_the_same_file_is_no_move(made):
    there = [ROOT, live("node", "R", "a", relations={"root": ROOTS})]
    there.append(
        live("node", "R", "a", "x", relations={"root": ROOTS, "up": (Ref("Node", "R/a"),)})
    )
    found = plan(made, [roots("R"), nodes(["R", "x", "a"], ["R", "a"])], there)
    assert found.actions == [Action.UNCHANGED] * 3


DELETE = ("Action", ["a", "delete"])


@pytest.mark.parametrize("there", [[], [leaf("a", archived=True)]])
def test_deleting_a_missing_object_changes_nothing(made, there):
    assert plan(made, [rows(*DELETE)], [ROOT, *there]).of(2).action is Action.UNCHANGED


def test_deleting_sends_no_fields(made):
    found = plan(made, [rows("Text Action", ["a", "x", "delete"])], [ROOT, leaf("a")]).of(2)
    assert (found.action, found.id) == (Action.DELETE, "R/a")
    assert (found.change.id, found.change.payload) == ("R/a", {})


def test_a_reference_list_is_replaced_as_a_whole(made):
    """For example the categories of a term: the cell gives the whole list."""
    there = [
        ROOT,
        *(live("node", "R", n, relations={"root": ROOTS}) for n in "abc"),
        leaf("x"),
    ]
    there[-1].relations["nodes"] = (Ref("Node", "R/a"), Ref("Node", "R/b"))
    assert plan(made, [rows("Nodes", ["x", "b; a"])], there).of(2).action is Action.UNCHANGED
    assert plan(made, [rows("Nodes", ["x", ""])], there).of(2).action is Action.UNCHANGED
    found = plan(made, [rows("Nodes", ["x", "b; c"])], there).of(2)
    assert [p.id for p in found.change.relations["nodes"]] == ["R/b", "R/c"]
    cleared = plan(made, [rows("Nodes", ["x", "<clear>"])], there).of(2)
    assert cleared.change.clears == ("nodes",)
    assert cleared.fields == {"nodes": (["R > a", "R > b"], None)}


def relations(made, headings, lines, there):
    """Return for each leaf by row what is appended and removed, as `path+name` and `path-name`."""
    found = plan(made, [rows(headings, *lines)], [ROOT, *there])
    ends = []
    for planned in found.planned:
        append, remove = (planned.later.append, planned.later.remove) if planned.later else ({}, {})
        added = [f"{path}+{one.key[-1]}" for path, some in append.items() for one in some]
        gone = [f"{path}-{one.key[-1]}" for path, some in remove.items() for one in some]
        ends.append(sorted([*added, *gone]))
    return ends


ALONE = [leaf("a"), leaf("b"), leaf("c")]
PAIR = [leaf("a", same=["b"]), leaf("b", same=["a"]), leaf("c")]
STAIR = [leaf("a", above=["b"]), leaf("b", below=["a"]), leaf("c")]
RELATED = [
    ("stated at one end", "Same", [["a", "b"]], ALONE, [["same+b"]]),
    ("stated at either end", "Same", [["a", "b"], ["b", "a"]], ALONE, [["same+b"], []]),
    ("stated at the other end", "Same", [["a", ""], ["b", "a"]], ALONE, [[], ["same+a"]]),
    ("both new", "Same", [["a", "b"], ["b", "a"]], [], [["same+b"], []]),
    ("live already", "Same", [["a", "b"], ["b", "a"]], PAIR, [[], []]),
    ("live, one end says so", "Same", [["a", "b"], ["b", ""]], PAIR, [[], []]),
    ("live, blank says nothing", "Same", [["a", ""], ["b", ""]], PAIR, [[], []]),
    ("the other end still says so", "Same", [["a", "c"], ["b", "a"]], PAIR, [["same+c"], []]),
    ("neither end says so", "Same", [["a", "c"], ["b", ""]], PAIR, [["same+c", "same-b"], []]),
    (
        "neither end says so, sent once",
        "Same",
        [["a", "c"], ["b", "c"]],
        PAIR,
        [["same+c", "same-b"], ["same+c"]],
    ),
    ("cleared", "Same", [["a", "<clear>"]], PAIR, [["same-b"]]),
    ("cleared at both ends", "Same", [["a", "<clear>"], ["b", "<clear>"]], PAIR, [["same-b"], []]),
    ("cleared, the other end says so", "Same", [["a", "<clear>"], ["b", "a"]], PAIR, [[], []]),
    ("both directions", "Above Below", [["a", "b", ""], ["b", "", "a"]], ALONE, [["above+b"], []]),
    ("from below", "Above Below", [["a", "", ""], ["b", "", "a"]], ALONE, [[], ["below+a"]]),
    ("up and down is two", "Above Below", [["a", "b", "b"]], ALONE, [["above+b", "below+b"]]),
    ("live from above", "Above Below", [["a", "b", ""], ["b", "", "a"]], STAIR, [[], []]),
    ("turned round", "Above Below", [["a", "c", ""]], STAIR, [["above+c", "above-b"]]),
    (
        "dropped at both ends",
        "Above Below",
        [["a", "c", ""], ["b", "", "c"]],
        STAIR,
        [["above+c", "above-b"], ["below+c"]],
    ),
]


@pytest.mark.parametrize(
    ("headings", "lines", "there", "sent"), [c[1:] for c in RELATED], ids=[c[0] for c in RELATED]
)
def test_a_relation_counts_for_both_ends_and_is_sent_once(made, headings, lines, there, sent):
    assert relations(made, headings, lines, there) == sent


def test_a_relation_makes_the_row_an_update_and_shows_both_lists(made):
    found = plan(made, [rows("Same", ["a", "c"])], [ROOT, *PAIR]).of(2)
    assert found.action is Action.UPDATE
    assert found.change is None
    assert found.fields == {"same": (["R > b"], ["R > c"])}


def test_a_cleared_reference_of_a_new_object_is_no_change(made):
    found = plan(made, [rows("Nodes Same", ["a", "<clear>", "<clear>"])], [ROOT]).of(2)
    assert found.action is Action.CREATE
    assert list(found.change.relations) == ["root"]
    assert (found.change.clears, found.later) == ((), None)
