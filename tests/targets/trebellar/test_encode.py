"""Operations in requests to Trebellar: the documented shapes, and updates that lose nothing."""

import json
from pathlib import Path

import pytest

from importer.targets.protocol import Ref
from importer.targets.trebellar.encode import operations
from tests.targets.build import create, delete, held, move, update

GOLDEN = Path(__file__).parent / "golden" / "operations.json"


def test_every_operation_has_the_vendor_s_shape():
    expected = json.loads(GOLDEN.read_text())["operations"]
    properties = expected[0]["asset"]["staticProperties"]
    desk = held(
        "DESK",
        "d-1",
        "Desk 1",
        type="DESK",
        label="Desk 1",
        staticProperties={"externalId": "d1", "seats": 1, "bookable": True, "headcount": 4},
    )
    space = held("SPACE", "sp-1", "42", "A", relations={"parentId": Ref("FLOOR", "f-42")})
    start, end = 1767225600000, 1798761600000
    changes = [
        create("STRUCTURE", "SF", label=expected[0]["asset"]["label"], staticProperties=properties),
        create(
            "FLOOR",
            "SF",
            "42",
            relations={"parentId": Ref("STRUCTURE", "s-1")},
            type="FLOOR",
            label="42",
            staticProperties={"externalId": "f-42", "seats": 10},
            operation={"timestampMs": start, "timestampMsDelete": end},
        ),
        update(
            desk,
            clears=["staticProperties.headcount"],
            staticProperties={"seats": 2},
            dynamicProperties={"cost": 7},
            operation={"timestampMs": start, "timestampMsDelete": end},
        ),
        move(space, {"parentId": Ref("FLOOR", "f-9")}),
        delete(held("SPACE", "sp-2", "42", "B")),
    ]
    assert [one for change in changes for one in operations(change)] == expected


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
