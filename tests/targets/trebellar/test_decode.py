"""Any listing of a tree of assets gives the same live entities, in memory and on the disk."""

import io

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.errors import TargetUnreachable
from importer.targets.trebellar.decode import AssetsInMemory, live_assets
from importer.targets.trebellar.on_disk import AssetsOnDisk

Tree = st.recursive(st.just([]), lambda children: st.lists(children, max_size=3), max_leaves=12)


def grown(shape, label="r"):
    """A shape of lists as a nested asset; its label is its path."""
    children = [grown(child, f"{label}{place}") for place, child in enumerate(shape)]
    return {"id": f"id-{label}", "type": "SPACE", "label": label, "children": children}


def flat(node, parent=None):
    own = {name: value for name, value in node.items() if name != "children"}
    yield {**own, **({"parentId": parent} if parent else {})}
    for child in node["children"]:
        yield from flat(child, node["id"])


def one_level(node, parent=None):
    """Each asset with its immediate children, which say nothing of their own."""
    [own, *_] = flat(node, parent)
    bare = [next(flat(child, node["id"])) for child in node["children"]]
    yield {**own, "children": bare}
    for child in node["children"]:
        yield from one_level(child, node["id"])


def top_only(node):
    return [next(one_level(node))]


def on_disk(listed):
    return AssetsOnDisk.of(io.BytesIO(orjson.dumps({"data": listed})))


WAYS = pytest.mark.parametrize("assets", [AssetsInMemory.of, on_disk], ids=["memory", "disk"])

LISTINGS = {
    "nested": lambda root: [root],
    "flat": lambda root: list(flat(root)),
    "children first": lambda root: list(flat(root))[::-1],
    "one level": lambda root: list(one_level(root)),
    "only the top, one level": top_only,
    "nested and flat": lambda root: [root, *flat(root)],
}


@WAYS
@pytest.mark.parametrize("listing", LISTINGS.values(), ids=LISTINGS)
@given(shape=Tree)
def test_the_same_assets_come_out_however_the_list_nests_them(listing, assets, shape):
    root = grown(shape)
    by_id = {node["id"]: node for node in _nodes(root)}
    lives = list(live_assets(assets(listing(root)), by_id.get))
    assert {live.id: live.key for live in lives} == dict(_paths(root, ()))
    assert len(lives) == len(by_id)
    seen = set()
    for live in lives:
        assert {ref.id for ref in live.relations.get("parentId", ())} <= seen
        seen.add(live.id)


def _nodes(node):
    yield node
    for child in node["children"]:
        yield from _nodes(child)


def _paths(node, above):
    key = (*above, node["label"])
    yield node["id"], key
    for child in node["children"]:
        yield from _paths(child, key)


@WAYS
def test_a_root_above_the_buildings_is_no_part_of_their_keys(assets):
    tree = {
        "id": "0",
        "type": "ROOT",
        "label": "Company",
        "children": [{"id": "1", "type": "STRUCTURE", "label": "B", "children": []}],
    }
    [live] = live_assets(assets([tree]), {}.get)
    assert live.key == ("B",)


@WAYS
def test_nothing_that_is_null_is_in_the_payload(assets):
    listed = {
        "id": "1",
        "type": "FLOOR",
        "label": "1",
        "location": None,
        "staticProperties": {"seats": None, "headcount": 0},
    }
    [live] = live_assets(assets([listed]), {}.get)
    assert live.payload == {"type": "FLOOR", "label": "1", "staticProperties": {"headcount": 0}}


@WAYS
@pytest.mark.parametrize("label", [{"label": None}, {}])
def test_an_asset_without_a_label_has_a_blank_name(label, assets):
    [live] = live_assets(assets([{"id": "1", "type": "STRUCTURE", **label}]), {}.get)
    assert live.key == ("",)


@WAYS
def test_another_asset_than_the_one_asked_for_ends_the_listing(assets):
    """It would be asked for without end."""
    listed = [{"id": "r", "type": "STRUCTURE", "children": [{"id": "x", "type": "FLOOR"}]}]
    with pytest.raises(TargetUnreachable, match="the asset other where x was asked for"):
        list(live_assets(assets(listed), lambda _id: {"id": "other", "type": "SPACE"}))


BUILDING = {"id": "b", "type": "STRUCTURE", "label": "B"}


@WAYS
def test_siblings_keep_the_order_of_the_list(assets):
    floors = [{"id": f"f{n}", "type": "FLOOR", "label": str(n), "parentId": "b"} for n in range(9)]
    desks = [{"id": f"d{n}", "type": "DESK", "parentId": "f0", "label": str(n)} for n in range(600)]
    lives = live_assets(assets([*desks, *floors[::-1], BUILDING]), {}.get)
    expected = ["b", *(f"f{n}" for n in range(8, -1, -1)), *(f"d{n}" for n in range(600))]
    assert [live.id for live in lives] == expected


@WAYS
def test_an_asset_whose_parent_is_not_visible_stands_at_the_top(assets):
    desk = {"id": "d", "type": "DESK", "label": "D", "parentId": "elsewhere"}
    [live, _] = live_assets(assets([desk, BUILDING]), {}.get)
    assert (live.key, live.relations["parentId"][0].type) == (("D",), "")


@WAYS
def test_what_is_said_of_an_asset_at_several_places_is_put_together(assets):
    """The parent that it is nested in counts where it names none; what is said last counts."""
    nested = {**BUILDING, "children": [{"id": "f", "type": "FLOOR", "label": "old"}]}
    alone = {"id": "f", "label": "new", "assetTags": ["t"]}
    [_, floor] = live_assets(assets([nested, alone]), {}.get)
    assert floor.key == ("B", "new")
    assert floor.payload == {"type": "FLOOR", "label": "new", "assetTags": ["t"]}
    assert floor.relations["parentId"][0].type == "STRUCTURE"
