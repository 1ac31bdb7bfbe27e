# ruff: noqa: E501 - one row of a table, one line
"""Whatever breaks Trebellar's schema or its tree is refused whole, and nothing is saved."""

import re

import pytest

from importer.sandbox.database import Database
from importer.sandbox.trebellar.bulk import carry_out
from importer.sandbox.trebellar.shapes import Refused
from tests.sandbox.build import add, asset, delete, move, structure, update

GOOD = add(structure("bystander"))


@pytest.fixture(scope="module", autouse=True)
def world(trebellar):
    """A building with two floors, a space on the first, a desk in that; and another building."""
    desk = asset("DESK", "D", "desk")
    floors = [
        asset("FLOOR", "1", "floor", children=[asset("SPACE", "101", "space", children=[desk])]),
        asset("FLOOR", "2", "empty"),
    ]
    operations = [add(structure("HQ", "hq", children=floors)), add(structure("Other", "other"))]
    done = trebellar.ok("POST", "/bulk", {"operations": operations})["operations"]
    trebellar.names["hq"] = done[0]["asset"]["id"]


def having(**properties):
    return add(asset("STRUCTURE", "x", properties={"timezone": "UTC", **properties}))


def floor(**rest):
    return add(asset("FLOOR", "x", parentId="eid:hq", **rest))


def without(operation, *path):
    *above, last = path
    place = operation
    for step in above:
        place = place[step]
    del place[last]
    return operation


def location(kind, coordinates):
    return floor(location={"type": kind, "coordinates": coordinates})


REFUSALS = [
    ("no operation", 7, "an operation has the type None"),
    ("operation without type", {"asset": structure()}, "an operation has the type None"),
    ("unknown operation", {"type": "upsert", "asset": structure()}, "an operation has the type 'upsert'"),
    ("operation in capitals", {"type": "ADD", "asset": structure()}, "an operation has the type 'ADD'"),
    ("add without asset", {"type": "add"}, "add.asset is missing"),
    ("asset is a list", {"type": "add", "asset": []}, "add.asset does not take"),
    ("time is text", add(structure(), timestampMs="now"), "add.timestampMs does not take"),
    ("end time is text", add(structure(), timestampMsDelete="now"), "add.timestampMsDelete does not take"),
    ("embedChildren is text", {"type": "get", "id": "eid:hq", "embedChildren": "yes"}, "get.embedChildren does not take"),
    ("type missing", without(add(structure()), "asset", "type"), "an asset has the type None"),
    ("type in small letters", add(asset("structure", "x")), "an asset has the type 'structure'"),
    ("type of the placeholder", add(asset("string", "x")), "an asset has the type 'string'"),
    ("other without a place", add(asset("OTHER", "x")), "a OTHER needs a parent"),
    ("status of no tenant", having(status="asleep"), "STRUCTURE.status does not take"),
    ("label missing", without(add(structure()), "asset", "label"), "STRUCTURE.label is missing"),
    ("label is a number", add(structure(label=5)), "STRUCTURE.label does not take"),
    ("label is null", add(structure(label=None)), "STRUCTURE.label does not take"),
    ("static properties missing", without(floor(), "asset", "staticProperties"), "FLOOR.staticProperties is missing"),
    ("timezone missing", without(add(structure()), "asset", "staticProperties", "timezone"), "STRUCTURE.timezone is missing"),
    ("timezone null", having(timezone=None), "STRUCTURE.timezone does not take"),
    ("seats as text", having(seats="5"), "STRUCTURE.seats does not take"),
    ("seats null", having(seats=None), "STRUCTURE.seats does not take"),
    ("seats true", having(seats=True), "STRUCTURE.seats does not take"),
    ("external id as number", having(externalId=5), "STRUCTURE.externalId does not take"),
    ("status in capitals", having(status="Active"), "STRUCTURE.status does not take"),
    ("half of the coordinates", having(coordinates={"lat": 1}), "STRUCTURE.coordinates does not take"),
    ("coordinates as list", having(coordinates=[1, 2]), "STRUCTURE.coordinates does not take"),
    ("holidays as text", having(holidays="2024-01-01"), "STRUCTURE.holidays does not take"),
    ("photo as text", having(photos=["https://x.org/a.png"]), "STRUCTURE.photos does not take"),
    ("url of a photo as number", having(photos=[{"url": 1}]), "STRUCTURE.photos does not take"),
    ("bookable as number", add(asset("SPACE", "x", properties={"bookable": 1}, parentId="eid:floor")), "SPACE.bookable does not take"),
    ("image as text", floor(properties={"image": "a.png"}), "FLOOR.image does not take"),
    ("dynamic properties as list", floor(dynamicProperties=[]), "FLOOR.dynamicProperties does not take"),
    ("location of an unknown type", location("Circle", [1, 2]), "FLOOR.location does not take"),
    ("location without coordinates", floor(location={"type": "Point"}), "FLOOR.location does not take"),
    ("location with empty coordinates", location("Point", []), "FLOOR.location does not take"),
    ("location with text", location("Point", ["1", "2"]), "FLOOR.location does not take"),
    ("location too deep", location("Polygon", [[[[1]]]]), "FLOOR.location does not take"),
    ("children as object", floor(children={}), "FLOOR.children does not take"),
    ("child of a wrong shape", floor(children=[asset("SPACE", 5)]), "SPACE.label does not take"),
    ("sensor without its properties", add(asset("SENSOR", "x", parentId="eid:floor")), "SENSOR.sensorProperties is missing"),
    ("sensor without its id", add(asset("SENSOR", "x", parentId="eid:floor", sensorProperties={})), "SENSOR.sensorId is missing"),
    ("id chosen by the client", add(structure(id="mine")), "ids are given by the server"),
    ("id of a child chosen by the client", floor(children=[asset("SPACE", "x", id="mine")]), "ids are given by the server"),
    ("parent of a nested child", floor(children=[asset("SPACE", "x", parentId="eid:floor")]), "a nested asset must not name a parent"),
    ("parent not there", add(asset("FLOOR", "x", parentId="none")), "there is no asset none"),
    ("external id of the parent not there", add(asset("FLOOR", "x", parentId="eid:none")), "there is no asset eid:none"),
    ("external id without eid:", add(asset("FLOOR", "x", parentId="hq")), "there is no asset hq"),
    ("floor without a building", add(asset("FLOOR", "x")), "a FLOOR needs a parent"),
    ("sensor without a place", add(asset("SENSOR", "x", sensorProperties={"sensorId": "s"})), "a SENSOR needs a parent"),
    ("building in a building", add(structure(parentId="eid:hq")), "a STRUCTURE cannot be under a STRUCTURE"),
    ("space in a building", add(asset("SPACE", "x", parentId="eid:hq")), "a SPACE cannot be under a STRUCTURE"),
    ("desk in a building", add(asset("DESK", "x", parentId="eid:hq")), "a DESK cannot be under a STRUCTURE"),
    ("floor on a floor", add(asset("FLOOR", "x", parentId="eid:floor")), "a FLOOR cannot be under a FLOOR"),
    ("space in a space", add(asset("SPACE", "x", parentId="eid:space")), "a SPACE cannot be under a SPACE"),
    ("nested child of a wrong type", floor(children=[asset("FLOOR", "x")]), "a FLOOR cannot be under a FLOOR"),
    ("external id taken", add(structure("x", "hq")), "there is an asset with the externalId hq"),
    ("external id taken by another type", floor(external_id="hq"), "there is an asset with the externalId hq"),
    ("external id twice in one tree", floor(external_id="new", children=[asset("SPACE", "x", "new")]), "there is an asset with the externalId new"),
    ("update without id", update(structure("HQ", "hq")), "an update needs the id of its asset"),
    ("update of what is not there", update(structure(id="none")), "there is no asset none"),
    ("update to another type", update(asset("FLOOR", "x", id="eid:hq")), "its type cannot change"),
    ("update to another parent", update(asset("FLOOR", "x", id="eid:floor", parentId="eid:other")), "an update cannot change the parent, a move can"),
    ("update with children", update(structure(id="eid:hq", children=[asset("FLOOR", "x")])), "an update cannot carry children"),
    ("update to a taken external id", update(structure("HQ", "other", id="eid:hq")), "there is an asset with the externalId other"),
    ("update of a part", update({"id": "eid:hq", "type": "STRUCTURE", "label": "x"}), "STRUCTURE.staticProperties is missing"),
    ("move without a parent", {"type": "move", "id": "eid:floor"}, "move.newParentId is missing"),
    ("move of what is not there", move("none", "eid:hq"), "there is no asset none"),
    ("move to what is not there", move("eid:floor", "none"), "there is no asset none"),
    ("move under itself", move("eid:space", "eid:space"), "a SPACE cannot be under a SPACE"),
    ("move under its own child", move("eid:floor", "eid:space"), "a FLOOR cannot be under a SPACE"),
    ("move to a wrong type", move("eid:floor", "eid:empty"), "a FLOOR cannot be under a FLOOR"),
    ("move of a building", move("eid:hq", "eid:other"), "a STRUCTURE cannot be under a STRUCTURE"),
    ("delete of what is not there", delete("none"), "there is no asset none"),
    ("delete of what has children", delete("eid:floor"), "eid:floor has children"),
    ("get of what is not there", {"type": "get", "id": "none"}, "there is no asset none"),
    ("id is a number", delete(5), "delete.id does not take"),
]  # fmt: skip


@pytest.fixture(scope="module")
def second_connection(box):
    """The same file, where the reason of a refusal can be seen: the API does not tell it."""
    database = Database(box.database)
    yield database
    database.close()


@pytest.mark.parametrize(
    ("operation", "reason"), [pytest.param(*case[1:], id=case[0]) for case in REFUSALS]
)
def test_a_refused_operation_rolls_back_the_whole_batch_without_a_message(
    trebellar, second_connection, operation, reason
):
    before = trebellar.stored()
    with (
        pytest.raises(Refused, match=re.escape(reason)),
        second_connection.transaction() as db,
    ):
        carry_out(db, {"operations": [GOOD, operation]})
    answer = trebellar.send("POST", "/bulk", {"operations": [GOOD, operation, GOOD]})
    assert (answer.status_code, answer.json()) == (400, {})
    assert trebellar.stored() == before


@pytest.mark.parametrize("body", [None, [], {}, {"operations": None}, {"operations": {}}])
def test_a_request_without_operations_is_refused(trebellar, body):
    answer = trebellar.send("POST", "/bulk", body)
    assert (answer.status_code, answer.json()) == (400, {})


def test_a_parent_must_come_before_its_child(trebellar):
    before = trebellar.stored()
    child = add(asset("FLOOR", "1", parentId="eid:later"))
    parent = add(structure("Later", "later"))
    answer = trebellar.send("POST", "/bulk", {"operations": [child, parent]})
    assert answer.status_code == 400
    assert trebellar.stored() == before


def test_what_an_earlier_operation_deleted_is_gone_for_the_later_ones(trebellar):
    before = trebellar.stored()
    operations = [delete("eid:empty"), move("eid:empty", "eid:other")]
    assert trebellar.send("POST", "/bulk", {"operations": operations}).status_code == 400
    assert trebellar.stored() == before


SPOKEN = [
    ("GET", "/none", None, 404),
    ("GET", "/eid:none", None, 404),
    ("GET", "?fromAssetType=floor", None, 400),
    ("POST", "", {}, 400),
    ("POST", "", [], 400),
    ("POST", "", {"asset": {"type": "STRUCTURE"}}, 400),
    ("POST", "", {"asset": asset("FLOOR", "x", parentId="none")}, 400),
    ("POST", "", {"asset": structure("x", "hq")}, 400),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), SPOKEN)
def test_the_other_calls_say_what_is_wrong(trebellar, method, path, body, status):
    before = trebellar.stored()
    answer = trebellar.send(method, path, body)
    assert answer.status_code == status
    assert answer.json()["code"] == status
    assert answer.json()["message"]
    assert trebellar.stored() == before


@pytest.mark.parametrize(("path", "has_body"), [("/bulk", False), ("", True)])
def test_a_body_that_is_no_json_is_refused(trebellar, path, has_body):
    answer = trebellar.session.post(trebellar.base + path, data="{", timeout=10)
    assert answer.status_code == 400
    assert bool(answer.json()) is has_body


LOCATIONS = [("Point", [1, 2.5]), ("Line", [[1, 2], [3, 4]]), ("Polygon", [[[1, 2], [3, 4]]])]


@pytest.mark.parametrize(("kind", "coordinates"), LOCATIONS)
def test_a_location_of_each_depth_passes(trebellar, kind, coordinates):
    trebellar.ok("POST", "/bulk", {"operations": [location(kind, coordinates)]})
