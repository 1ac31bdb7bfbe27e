"""In which order kinds are sent: parents first, relations among one kind last, deletes reversed."""

from __future__ import annotations

import pytest

from importer.order import Levels
from importer.order.levels import STRIDE
from importer.template import find, find_all
from tests.mapping.build import OPEN, Rows, template
from tests.order.build import leaves, nodes, resolved, roots

SHIPPED = {template.name: template for template in find_all()}


def test_parents_come_before_children(made):
    levels = Levels(made)
    assert levels.order() == ["root", "node", "leaf", "seat"]
    assert levels.of("root") < levels.of("node") < levels.of("node", 1) < levels.of("node", 2)
    assert levels.of("node", 998) < levels.of("leaf")


def test_depth_grows_from_parent_to_child(made):
    rows = nodes(["R", "c", "b"], ["R", "b", "a"], ["R", "a"], ["R", "x", "gone > y"])
    found = resolved(made, roots("R"), rows, looked_up=False)
    depths = [found.record(row, "node").depth for row in (4, 3, 2)]
    assert depths == sorted(set(depths))
    assert depths[0] == 0


def test_relations_among_a_kind_come_after_all_of_the_kind(made):
    levels = Levels(made)
    assert levels.of("leaf", 10_000) < levels.later("leaf")
    assert levels.of("node", 10_000) <= levels.later("node") < levels.of("leaf")


def test_deletes_come_last_and_children_first(made):
    levels = Levels(made)
    turns = [levels.delete(*of) for of in (("leaf",), ("node", 2), ("node", 1), ("node",))]
    assert turns == sorted(turns)
    assert levels.later("leaf") < turns[0]
    assert turns[-1] < levels.delete("root")


def test_only_relations_that_are_no_parent_wait(made):
    levels = Levels(made)
    rules = {
        (rule.kind, reference.path): levels.later_reference(rule.kind, reference)
        for sheet in made.sheets
        for rule in sheet.entities
        for reference in rule.references
    }
    waiting = {key for key, later in rules.items() if later}
    assert waiting == {("leaf", "same"), ("leaf", "above"), ("leaf", "below")}


EXPECTED = {
    "atlan-glossary": ["glossary", "category", "term", "asset", "link"],
    "trebellar-portfolio": ["building", "floor", "space", "desk"],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_kinds_of_a_shipped_template_are_sent_in_the_order_of_their_needs(name):
    order = Levels(find(name)).order()
    assert [kind for kind in order if kind in EXPECTED[name]] == EXPECTED[name]


@pytest.mark.parametrize("name", SHIPPED)
def test_in_every_shipped_template_a_reference_waits_or_is_there_before(name):
    template = SHIPPED[name]
    levels = Levels(template)
    for sheet in template.sheets:
        for rule in sheet.entities:
            for reference in rule.references:
                later = levels.later_reference(rule.kind, reference)
                own = reference.parent and rule.kind in reference.to
                before = [levels.of(kind) < levels.of(rule.kind) for kind in reference.to]
                assert later or own or all(before), (rule.kind, reference.path)


def test_leaves_are_below_their_root_whatever_their_relations(made):
    rows = leaves(["R", "a", "", "b"], ["R", "b", "", "a"])
    found = resolved(made, roots("R"), rows)
    assert {found.record(row, "leaf").key for row in (2, 3)} == {("R", "a"), ("R", "b")}


def test_levels_begin_at_zero(made):
    assert Levels(made).of("root") == 0


def test_the_opposite_of_a_level_is_that_of_the_deletion_and_back(made):
    levels = Levels(made)
    assert levels.opposite(levels.of("node", 3)) == levels.delete("node", 3)
    assert Levels.opposite(levels.delete("leaf")) == levels.of("leaf")


INVERSE = """
[kinds.term]
key = ["name"]
[kinds.topic]
key = ["name"]
[[sheets]]
name = "Terms"
[[sheets.entities]]
kind = "term"
columns = [{ heading = "Term", path = "name" }, { heading = "Topics" }, { heading = "Owner" }]
[[sheets.entities.references]]
path = "topics"
to = ["topic"]
by = ["Topics"]
%s
"""


@pytest.mark.parametrize(
    ("relation", "level"),
    [('inverse = "terms"', 0), ("", STRIDE), ('inverse = "terms"\nparent = true', STRIDE)],
)
def test_only_a_relation_with_an_inverse_can_wait(tmp_path, relation, level):
    levels = Levels(template(tmp_path, INVERSE % relation, term=OPEN, topic=OPEN))
    assert (levels.of("topic"), levels.of("term")) == (0, level)


def test_depth_is_counted_from_parents_named_before_their_children(made):
    rows = nodes(["R", "a"], ["R", "b", "a"], ["R", "c", "a > b"])
    found = resolved(made, roots("R"), rows, looked_up=False)
    assert [found.record(row, "node").depth for row in (2, 3, 4)] == [0, 2, 3]


NESTED = """
[kinds.area]
key = ["name"]
[kinds.zone]
key = ["name"]
[[sheets]]
name = "Zones"
[[sheets.entities]]
kind = "zone"
columns = [{ heading = "Zone", path = "name" }, { heading = "Area" }, { heading = "In" }]
[[sheets.entities.references]]
path = "in"
to = ["zone"]
by = ["In"]
parent = true
[[sheets.entities.references]]
path = "area"
to = ["area"]
by = ["Area"]
parent = true
[[sheets]]
name = "Areas"
[[sheets.entities]]
kind = "area"
columns = [{ heading = "Area", path = "name", required = true }]
"""


def test_depth_does_not_depend_on_what_the_kinds_are_called(tmp_path):
    made = template(tmp_path, NESTED, area=OPEN, zone=OPEN)
    zones = Rows("Zones", [["Zone", "Area", "In"], ["a", "A"], ["b", "", "A > a"]])
    found = resolved(made, Rows("Areas", [["Area"], ["A"]]), zones, looked_up=False)
    assert found.findings == []
    assert [found.record(row, "zone").depth for row in (2, 3)] == [0, 2]
