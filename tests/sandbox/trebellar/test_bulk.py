"""Operations on Trebellar's assets: what each does, and what is read afterwards."""

import pytest

from tests.sandbox.build import add, asset, delete, move, structure, update


def bulk(trebellar, *operations):
    answer = trebellar.ok("POST", "/bulk", {"operations": operations})
    assert answer["success"] is True
    assert [one["type"] for one in answer["operations"]] == [one["type"] for one in operations]
    return answer["operations"]


def made(trebellar, one):
    return bulk(trebellar, add(one))[0]["asset"]["id"]


def read(trebellar, name):
    return trebellar.ok("GET", f"/{name}")


def test_nothing_to_do_is_a_success(trebellar):
    assert bulk(trebellar) == []


def test_the_answer_to_an_add_has_the_ids_also_of_what_is_nested(trebellar):
    desk = asset("DESK", "D1")
    floor = asset("FLOOR", "1", children=[asset("SPACE", "101", children=[desk])])
    [done] = bulk(trebellar, add(structure("Nested", children=[floor]), timestampMs=1.5))
    assert done["timestampMs"] == 1.5
    building = done["asset"]
    [floor] = building["children"]
    [space] = floor["children"]
    [desk] = space["children"]
    parents = [one.get("parentId") for one in (building, floor, space, desk)]
    assert parents == [None, building["id"], floor["id"], space["id"]]
    stored = read(trebellar, desk["id"])
    assert stored["parentIdPath"] == [building["id"], floor["id"], space["id"]]


def test_what_was_added_is_read_as_it_was_sent(trebellar):
    properties = {
        "externalId": "all-of-it",
        "seats": 1.5,
        "timezone": "Europe/Berlin",
        "coordinates": {"lat": 52.5, "lon": 13.4},
        "holidays": ["2024-01-01"],
        "photos": [{"name": "n", "url": "u"}],
        "status": "pending_new",
    }
    sent = {
        "type": "STRUCTURE",
        "label": "All of it",
        "staticProperties": properties,
        "dynamicProperties": {"any": [1, {"thing": None}]},
        "location": {"type": "Point", "coordinates": [13.4, 52.5]},
        "assetTags": ["t"],
    }
    identity = made(trebellar, sent)
    stored = read(trebellar, identity)
    assert stored == {**sent, "id": identity, "parentIdPath": [], "children": []}


def test_a_parent_may_be_named_by_the_external_id_it_gets_in_the_same_batch(trebellar):
    done = bulk(
        trebellar,
        add(structure("By eid", "by-eid")),
        add(asset("FLOOR", "1", "by-eid-1", parentId="eid:by-eid")),
        add(asset("SPACE", "101", parentId="eid:by-eid-1")),
    )
    identities = [one["asset"]["id"] for one in done]
    assert read(trebellar, identities[2])["parentIdPath"] == identities[:2]
    assert done[1]["asset"]["parentId"] == identities[0]


PLACES = [
    ("FLOOR", "SENSOR_GROUP"),
    ("FLOOR", "SENSOR"),
    ("STRUCTURE", "SENSOR"),
    ("FLOOR", "DESK"),
    ("FLOOR", "SPACE"),
]


@pytest.mark.parametrize(("above", "kind"), PLACES)
def test_what_may_be_under_what(trebellar, above, kind):
    extra = {"sensorProperties": {"sensorId": "s"}} if kind == "SENSOR" else {}
    one = asset(kind, "one", **extra)
    floor = asset("FLOOR", "1", children=[one] if above == "FLOOR" else [])
    building = structure(children=[floor, *([one] if above == "STRUCTURE" else [])])
    assert made(trebellar, building)


def test_siblings_may_have_the_same_label(trebellar):
    children = [asset("FLOOR", "1"), asset("FLOOR", "1")]
    identity = made(trebellar, structure(children=children))
    assert len(read(trebellar, identity)["children"]) == 2


def test_an_update_replaces_everything_but_place_and_children(trebellar):
    floor = asset("FLOOR", "1", "floor-before", dynamicProperties={"a": 1})
    identity = made(trebellar, structure("Updated", "updated", children=[floor]))
    new = asset("FLOOR", "First", properties={"seats": 3}, id="eid:floor-before")
    [done] = bulk(trebellar, update({**new, "parentId": "eid:updated"}))
    [stored] = read(trebellar, identity)["children"]
    assert stored["id"] == done["asset"]["id"]
    assert (stored["label"], stored["staticProperties"]) == ("First", {"seats": 3})
    assert "dynamicProperties" not in stored
    assert trebellar.send("GET", "/eid:floor-before").status_code == 404


def test_a_move_takes_everything_along(trebellar):
    tree = asset("FLOOR", "1", "moving", children=[asset("DESK", "D", "moving-desk")])
    first = made(trebellar, structure("From", children=[tree]))
    second = made(trebellar, structure("To", "moved-to"))
    bulk(trebellar, move("eid:moving", "eid:moved-to"))
    assert read(trebellar, first)["children"] == []
    assert read(trebellar, "eid:moving-desk")["parentIdPath"][0] == second


def test_a_deletion_from_the_leaves_up(trebellar):
    identity = made(trebellar, structure("Gone", "gone", children=[asset("FLOOR", "1", "gone-1")]))
    bulk(trebellar, delete("eid:gone-1"), delete(identity))
    assert trebellar.send("GET", f"/{identity}").status_code == 404
    assert made(trebellar, structure("Gone", "gone")) != identity


def test_a_get_asks_whether_an_asset_is_there(trebellar):
    identity = made(trebellar, structure())
    sent = {"type": "get", "id": identity, "embedChildren": True}
    assert bulk(trebellar, sent) == [sent]


def test_unknown_keys_are_dropped(trebellar):
    sent = asset("STRUCTURE", "Keys", properties={"timezone": "UTC", "seat": 3}, lable="x")
    stored = read(trebellar, made(trebellar, sent))
    assert "lable" not in stored
    assert stored["staticProperties"] == {"timezone": "UTC"}


def test_sensors_keep_any_property(trebellar):
    sensor = asset("SENSOR", "S", "sensor-1", properties={"anything": 1})
    sensor["sensorProperties"] = {"sensorId": "s-1", "name": "n"}
    made(trebellar, structure(children=[asset("FLOOR", "1", children=[sensor])]))
    stored = read(trebellar, "eid:sensor-1")
    assert stored["staticProperties"] == {"anything": 1, "externalId": "sensor-1"}
    assert stored["sensorProperties"] == {"sensorId": "s-1", "name": "n"}


def test_one_asset_is_added_by_itself(trebellar):
    body = {"asset": structure("Single", children=[asset("FLOOR", "1")])}
    answer = trebellar.ok("POST", "", body)
    assert answer["success"] is True
    assert answer["asset"] == read(trebellar, answer["asset"]["id"])


@pytest.mark.parametrize("query", ["", "?fromAssetType=ROOT", "?fromAssetType=STRUCTURE"])
def test_the_list_holds_every_structure_with_all_that_is_in_it(trebellar, query):
    identity = made(trebellar, structure("Listed", children=[asset("FLOOR", "1")]))
    listed = trebellar.ok("GET", query)["data"]
    assert {one["type"] for one in listed} == {"STRUCTURE"}
    [ours] = [one for one in listed if one["id"] == identity]
    assert ours == read(trebellar, identity)
    assert [child["label"] for child in ours["children"]] == ["1"]


def test_the_list_starts_at_the_type_asked_for(trebellar):
    inside = [asset("SPACE", "101", "space-listed", children=[asset("DESK", "D")])]
    made(trebellar, structure(children=[asset("FLOOR", "1", children=inside)]))
    listed = trebellar.ok("GET", "?fromAssetType=SPACE")["data"]
    assert {one["type"] for one in listed} == {"SPACE"}
    [ours] = [one for one in listed if one["staticProperties"].get("externalId") == "space-listed"]
    assert [child["label"] for child in ours["children"]] == ["D"]
    assert trebellar.ok("GET", "?fromAssetType=OTHER") == {"data": []}
