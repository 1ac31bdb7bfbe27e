"""The live entity that an entity of a file is: by id, by identifying value, by key."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from importer.order import identities_of
from tests.mapping.build import OPEN, Rows, only, template
from tests.order.build import below, live, live_index, lives, nodes, resolved, roots

R = live("root", "R")
LEAF = replace(below("leaf", "R", "x"), id="L")


def leaf(column, value):
    return Rows("Leaves", [["Root", "Leaf", column], ["R", "x", value]])


@pytest.mark.parametrize(
    ("column", "value", "found"),
    [
        ("GUID", "L", "L"),
        ("GUID", "unknown", None),
        ("GUID", "R", None),
        ("import_id", "unknown", "L"),
        ("Code", "C", "L"),
    ],
    ids=["id", "unknown id", "id of another kind", "id of an earlier report", "code"],
)
def test_an_id_decides_and_one_of_an_earlier_report_only_where_it_is_known(
    made, column, value, found
):
    assert lives(resolved(made, leaf(column, value), live=[R, LEAF]), "leaf") == [found]


def test_a_code_of_its_own_makes_it_another_entity_than_its_namesake(made):
    coded = replace(LEAF, identities=("D",))
    assert lives(resolved(made, leaf("Code", "C"), live=[R, coded]), "leaf") == [None]
    assert lives(resolved(made, leaf("Code", "D"), live=[R, coded]), "leaf") == ["L"]


def test_a_deleted_entity_is_found_by_its_key_to_be_restored(made):
    there = [replace(below("node", "R", "a"), archived=True), replace(R, archived=True)]
    assert lives(resolved(made, roots("R"), nodes(["R", "a"]), live=there), "node") == ["R/a"]


def test_namesakes_below_one_parent_get_distinct_keys_below_it(made):
    there = [R, *(replace(below("node", "R", "a"), id=i, identities=(c,)) for i, c in ("1A", "2B"))]
    index = live_index(made, there)
    assert index.names["1"] == ("node", ("R", "a (A)"))
    assert index.names["2"] == ("node", ("R", "a (B)"))
    assert index.index.sharing("node", ("R", "a")) == [("R", "a (A)"), ("R", "a (B)")]


def test_what_moves_leaves_its_former_parent(made):
    there = [R, *(below("node", "R", name) for name in "ab"), below("node", "R", "a", "c")]
    index = live_index(made, there)
    assert index.children("R/a") == ["R/a/c"]
    index.rename({"R/a/c": (("node", ("R", "c")), ("root", ("R",)))})
    assert (index.children("R/a"), index.place_of("R/a/c")) == ([], ("R",))
    assert index.names["R/a/c"] == ("node", ("R", "c"))


def test_what_stands_below_another_is_found_at_any_depth(made):
    there = [R, below("node", "R", "a"), below("node", "R", "a", "c"), live("root", "S")]
    index = live_index(made, there)
    assert index.inside("R/a/c", ("root", ("R",)))
    assert index.inside("R/a/c", ("node", ("R", "a")))
    assert not index.inside("R/a/c", ("root", ("S",)))
    assert not index.inside("R/a", ("node", ("R", "a", "c")))


def test_what_is_of_an_unknown_type_stands_in_its_parent_and_has_no_name(made):
    thing = replace(below("node", "R", "a", "t"), type="Thing")
    index = live_index(made, [R, below("node", "R", "a"), thing, replace(thing, archived=True)])
    assert list(index.inside_of("R/a")) == ["R/a/t"]
    assert (index.label("R/a/t"), index.label("R/a")) == ("t", "a")
    assert "R/a/t" not in index.names


def test_what_is_of_an_unknown_type_and_has_no_label_goes_by_its_id(made):
    thing = replace(below("node", "R", "a", ""), type="Thing")
    assert live_index(made, [R, thing]).label("R/a/") == "R/a/"


TAGS = """
[kinds.tag]
type = "Tag"
key = ["name"]
[kinds.pair]
key = ["left", "right"]
[[sheets]]
name = "Tags"
[[sheets.entities]]
kind = "tag"
columns = [{ heading = "Tag", path = "name" }]
[[sheets]]
name = "Pairs"
[[sheets.entities]]
kind = "pair"
columns = [{ heading = "Left", path = "left" }, { heading = "Right", path = "right" }]
"""


def test_the_only_label_of_a_kind_without_codes_identifies_it(tmp_path, made):
    tags = template(tmp_path, TAGS, tag=OPEN, pair=OPEN)
    found = resolved(tags, Rows("Tags", [["Tag"], ["t"]]), Rows("Pairs", [["Left", "Right"], "lr"]))
    assert [identities_of(tags, record) for record in found.records] == [("t",), ()]
    root = resolved(made, roots("R")).record(2)
    assert identities_of(made, root) == ()


def test_a_tag_is_the_live_one_that_has_its_name_as_an_alias(tmp_path):
    tags = template(tmp_path, TAGS, tag=OPEN, pair=OPEN)
    there = [live("tag", "other", identities=("t",))]
    assert lives(resolved(tags, Rows("Tags", [["Tag"], ["t"]]), live=there), "tag") == ["other"]


def test_an_entity_that_fits_several_live_ones_is_in_error(made):
    there = [replace(R, id=str(number), identities=(f"C-{number}",)) for number in range(6)]
    found = resolved(made, roots("R"), live=there)
    assert only(found.findings).message == (
        "The target has 6 roots `R`: `C-0`, `C-1`, `C-2`, `C-3`, `C-4`, .... "
        "Say which under Code or GUID."
    )
    assert not found.record(2).valid
