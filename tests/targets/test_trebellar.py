"""The Trebellar target against the sandbox, and its reading of any shape of tree."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.model import Status
from importer.targets.protocol import Accepted, InDoubt, Query, Ref, Refused
from importer.targets.trebellar.decode import live_assets
from importer.targets.trebellar.encode import operations
from tests.targets.changes import create, delete, held, move, update
from tests.targets.scripted import HTML, Says


def land(trebellar, *changes):
    reply = trebellar.submit(changes)
    assert isinstance(reply, Accepted), reply
    assert [one.seq for one in reply.landed] == [change.seq for change in changes]
    return [one.status for one in reply.landed], [one.id for one in reply.landed]


def asset(type_name, *key, parent=None, **properties):
    relations = {"parentId": parent} if parent else {}
    return create(
        type_name,
        *key,
        relations=relations,
        type=type_name,
        label=key[-1],
        staticProperties=properties,
    )


def building(label, **properties):
    return asset("STRUCTURE", label, timezone="Europe/Berlin", **properties)


def made(trebellar, change):
    [status], [asset_id] = land(trebellar, change)
    assert status is Status.CREATED
    return Ref(change.type, asset_id)


@pytest.fixture
def name():
    return f"Building {uuid.uuid4()}"


def all_of(trebellar, name):
    return {live.key: live for live in trebellar.fetch(Query()) if live.key[0] == name}


def test_a_portfolio_is_found_again_by_the_path_of_its_labels(trebellar, name):
    structure = made(trebellar, building(name, externalId=name, seats=5))
    floor = made(trebellar, asset("FLOOR", name, "1", parent=structure))
    space = made(trebellar, asset("SPACE", name, "1", "A", parent=floor, bookable=True))
    desk = made(trebellar, asset("DESK", name, "1", "A", "D", parent=space))
    lives = all_of(trebellar, name)
    assert list(lives) == [(name,), (name, "1"), (name, "1", "A"), (name, "1", "A", "D")]
    assert [live.id for live in lives.values()] == [structure.id, floor.id, space.id, desk.id]
    assert lives[name,].identities == (name,)
    assert lives[name,].payload == {
        "type": "STRUCTURE",
        "label": name,
        "staticProperties": {"timezone": "Europe/Berlin", "externalId": name, "seats": 5},
    }
    assert lives[name,].relations == {}
    assert lives[name, "1", "A"].relations == {"parentId": (floor,)}


def test_an_update_keeps_all_that_it_does_not_name(trebellar, name):
    made(trebellar, building(name, coordinates={"lat": 1.0, "lon": 2.0}, seats=5, address="x"))
    before = all_of(trebellar, name)[name,]
    change = update(
        before,
        clears=["staticProperties.seats"],
        staticProperties={"coordinates": {"lat": 3.0}, "headcount": 1},
        dynamicProperties={"Cost center": 7},
    )
    assert land(trebellar, change) == ([Status.UPDATED], [before.id])
    assert all_of(trebellar, name)[name,].payload == {
        "type": "STRUCTURE",
        "label": name,
        "staticProperties": {
            "timezone": "Europe/Berlin",
            "coordinates": {"lat": 3.0, "lon": 2.0},
            "address": "x",
            "headcount": 1,
        },
        "dynamicProperties": {"Cost center": 7},
    }


def test_a_move_and_new_fields_travel_together(trebellar, name):
    structure = made(trebellar, building(name))
    one, two = (made(trebellar, asset("FLOOR", name, n, parent=structure)) for n in "12")
    made(trebellar, asset("SPACE", name, "1", "A", parent=one))
    before = all_of(trebellar, name)[name, "1", "A"]
    change = move(before, {"parentId": two}, staticProperties={"seats": 3})
    assert land(trebellar, change) == ([Status.MOVED], [before.id])
    after = all_of(trebellar, name)[name, "2", "A"]
    assert after.payload["staticProperties"] == {"seats": 3}
    back = move(after, {"parentId": one})
    assert [one["type"] for one in operations(back)] == ["move"]
    assert land(trebellar, back)[0] == [Status.MOVED]


def test_deleting_takes_an_asset_away(trebellar, name):
    made(trebellar, building(name))
    live = all_of(trebellar, name)[name,]
    assert land(trebellar, delete(live)) == ([Status.DELETED], [live.id])
    assert all_of(trebellar, name) == {}


def test_a_refused_batch_has_no_words_and_blames_nobody(trebellar, name):
    changes = [building(name), building(f"{name} 2", seats="many")]
    reply = trebellar.submit(changes)
    assert reply == Refused("Trebellar refused the batch and gave no reason (HTTP 400)", 400)
    assert all_of(trebellar, name) == {}


def test_an_update_without_a_new_parent_names_none():
    before = held("FLOOR", "f", "B", "1", relations={"parentId": Ref("STRUCTURE", "s")})
    [operation] = operations(
        update(before, relations={"parentId": Ref("STRUCTURE", "s")}, label="2")
    )
    assert operation["type"] == "update"
    assert "parentId" not in operation["asset"]


WHOLE_VALUES = [
    ({"image": {"a": 1}}, {"image": {"b": 2}}),
    ({"holidays": ["x", "y"]}, {"holidays": ["z"]}),
]


@pytest.mark.parametrize(("old", "new"), WHOLE_VALUES)
def test_an_object_that_is_one_value_is_replaced_whole(old, new):
    before = held("FLOOR", "f", "B", "1", label="1", staticProperties=old)
    [operation] = operations(update(before, staticProperties=new))
    assert operation["asset"]["staticProperties"] == new


def test_clearing_the_last_coordinate_clears_the_coordinates():
    coordinates = {"lat": 1, "lon": 2}
    before = held("STRUCTURE", "s", "B", label="B", staticProperties={"coordinates": coordinates})
    clears = ["staticProperties.coordinates.lat", "staticProperties.coordinates.lon"]
    [operation] = operations(update(before, clears=clears))
    assert operation["asset"]["staticProperties"] == {}


def test_a_property_whose_name_has_a_dot_is_cleared():
    before = held("DESK", "d", "D", label="D", dynamicProperties={"a.b": 1, "c": 2})
    [operation] = operations(update(before, clears=["dynamicProperties.a.b"]))
    assert operation["asset"]["dynamicProperties"] == {"c": 2}


# ---- ids of new assets


def test_the_echo_tells_the_id(against, scripted):
    echo = {"type": "add", "asset": {"type": "STRUCTURE", "label": "B", "id": "new"}}
    scripted.will_say(Says(200, {"success": True, "operations": [echo]}))
    assert land(against("trebellar"), building("B"))[1] == ["new"]


STRANGE_ECHOES = {
    "none": [],
    "of something else": [{"type": "add", "asset": {"type": "FLOOR", "label": "B", "id": "no"}}],
    "without an id": [{"type": "add", "asset": {"type": "STRUCTURE", "label": "B"}}],
    "of no object": ["ok"],
}


@pytest.mark.parametrize("echo", STRANGE_ECHOES.values(), ids=STRANGE_ECHOES)
def test_an_echo_without_the_id_makes_us_ask_by_external_id(echo, against, scripted):
    scripted.will_say(
        Says(200, {"success": True, "operations": echo}),
        Says(200, {"id": "new", "type": "STRUCTURE", "label": "B"}),
    )
    assert land(against("trebellar"), building("B", externalId="e/1"))[1] == ["new"]
    assert scripted.requests[1][1] == "/api/v2/assets/eid:e%2F1"


def test_without_an_external_id_the_list_tells_by_label_and_parent(against, scripted):
    listed = [
        {
            "id": "b1",
            "type": "STRUCTURE",
            "label": "B1",
            "children": [{"id": "no", "type": "FLOOR", "label": "1"}],
        },
        {
            "id": "b2",
            "type": "STRUCTURE",
            "label": "B2",
            "children": [{"id": "new", "type": "FLOOR", "label": "1", "children": []}],
        },
    ]
    listed[0]["children"][0]["children"] = []
    scripted.will_say(Says(200, {"success": True, "operations": []}), Says(200, {"data": listed}))
    change = asset("FLOOR", "B2", "1", parent=Ref("STRUCTURE", "b2"))
    assert land(against("trebellar"), change)[1] == ["new"]


@pytest.mark.parametrize("then", [Says(200, {"data": []}), Says(502, HTML)])
def test_an_id_nobody_tells_leaves_the_batch_in_doubt(then, against, scripted):
    scripted.will_say(Says(200, {"success": True, "operations": []}), then)
    assert isinstance(against("trebellar").submit([building("B")]), InDoubt)


def test_success_false_is_a_refusal_although_the_status_is_200(against, scripted):
    said = {"success": False, "operations": [], "message": "not today"}
    scripted.will_say(Says(200, said))
    reply = against("trebellar").submit([building("B")])
    assert reply == Refused("not today (HTTP 200)", 200)


def test_the_vendor_s_error_schema_gives_the_words(against, scripted):
    scripted.will_say(Says(409, {"code": 409, "message": "conflict", "error": "parent is gone"}))
    reply = against("trebellar").submit([building("B")])
    assert reply == Refused("conflict: parent is gone (HTTP 409)", 409)


# ---- settling a doubt


def test_find_sees_what_of_a_batch_has_landed(trebellar, name):
    with_id = building(name, externalId=name)
    assert trebellar.find([with_id]) == {}
    structure = made(trebellar, with_id)
    floor = asset("FLOOR", name, "1", parent=structure)
    live = all_of(trebellar, name)[name,]
    doubtful = [with_id, floor, update(live, label="x")]
    assert set(trebellar.find(doubtful)) == {with_id.seq, doubtful[2].seq}
    made(trebellar, floor)
    found = trebellar.find(doubtful)
    assert {seq: one.key for seq, one in found.items()} == {
        change.seq: change.key for change in doubtful
    }


def test_a_large_batch_is_settled_by_one_list(trebellar, box, name):
    changes = [building(f"{name} {number}", externalId=f"{name} {number}") for number in range(30)]
    _, ids = land(trebellar, *changes)
    asked = len(box.requests)
    found = trebellar.find(changes)
    assert [found[change.seq].id for change in changes] == ids
    assert len(box.requests) == asked + 1


# ---- any tree, however it is listed

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


LISTINGS = {
    "nested": lambda root: [root],
    "flat": lambda root: list(flat(root)),
    "children first": lambda root: list(flat(root))[::-1],
    "one level": lambda root: list(one_level(root)),
    "only the top, one level": top_only,
    "nested and flat": lambda root: [root, *flat(root)],
}


@pytest.mark.parametrize("listing", LISTINGS.values(), ids=LISTINGS)
@given(shape=Tree)
def test_the_same_assets_come_out_however_the_list_nests_them(listing, shape):
    root = grown(shape)
    by_id = {node["id"]: node for node in _nodes(root)}
    lives = list(live_assets(listing(root), by_id.get))
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


def test_a_root_above_the_buildings_is_no_part_of_their_keys():
    tree = {
        "id": "0",
        "type": "ROOT",
        "label": "Company",
        "children": [{"id": "1", "type": "STRUCTURE", "label": "B", "children": []}],
    }
    [live] = live_assets([tree], {}.get)
    assert live.key == ("B",)


def test_nothing_that_is_null_is_in_the_payload():
    listed = {
        "id": "1",
        "type": "FLOOR",
        "label": "1",
        "location": None,
        "staticProperties": {"seats": None, "headcount": 0},
    }
    [live] = live_assets([listed], {}.get)
    assert live.payload == {"type": "FLOOR", "label": "1", "staticProperties": {"headcount": 0}}
