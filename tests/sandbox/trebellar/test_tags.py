"""Tags: listed, added, changed, deleted, bound; and what only the client knows of assets."""

import pytest

from tests.sandbox.build import add, asset, structure


@pytest.fixture(scope="module", autouse=True)
def world(trebellar):
    done = trebellar.ok("POST", "/bulk", {"operations": [add(structure("HQ", "tagged"))]})
    trebellar.names["hq"] = done["operations"][0]["asset"]["id"]
    for name, types in (("quiet", ["SPACE", "DESK"]), ("green", ["STRUCTURE"])):
        trebellar.ok("POST", "/tags/add", {"assetTag": tag(name, types)})


def tag(name, types):
    return {"id": name, "name": name.capitalize(), "description": "", "assetTypes": types}


LISTED = [
    ({}, ["quiet", "green"]),
    ({"assetTypes": "DESK"}, ["quiet"]),
    ({"assetTypes": "FLOOR"}, []),
]


@pytest.mark.parametrize(("query", "expected"), LISTED)
def test_tags_are_listed_by_the_types_they_are_for(trebellar, query, expected):
    answer = trebellar.ok("GET", "/tags/list", **query)
    assert [one["id"] for one in answer["data"]] == expected


def test_tags_are_bound_to_an_asset_once_and_taken_from_it(trebellar):
    both = {"assetId": "<hq>", "assetTagIds": ["quiet", "green"]}
    for _ in range(2):
        assert trebellar.ok("POST", "/tags/bind", both) == {"data": {}}
    assert trebellar.ok("GET", "/<hq>")["assetTags"] == ["quiet", "green"]
    trebellar.ok("POST", "/tags/unbind", {"assetId": "<hq>", "assetTagIds": ["quiet"]})
    assert trebellar.ok("GET", "/<hq>")["assetTags"] == ["green"]


def test_what_is_sent_of_a_tag_is_changed(trebellar):
    trebellar.ok("POST", "/tags/add", {"assetTag": tag("old", ["FLOOR"])})
    change = {"id": "old", "name": "New", "color": "red"}
    changed = trebellar.ok("PUT", "/tags/update", {"assetTag": change})["data"]
    assert (changed["name"], changed["color"], changed["assetTypes"]) == ("New", "red", ["FLOOR"])
    assert trebellar.ok("GET", "/tags/list", assetTypes="FLOOR")["data"] == [changed]
    trebellar.ok("DELETE", "/tags/delete/old")


def test_a_tag_is_deleted_and_taken_from_its_assets(trebellar):
    trebellar.ok("POST", "/tags/add", {"assetTag": tag("short lived", ["STRUCTURE"])})
    bound = {"assetId": "<hq>", "assetTagIds": ["short lived"]}
    trebellar.ok("POST", "/tags/bind", bound)
    before = trebellar.ok("GET", "/<hq>")["assetTags"]
    assert trebellar.ok("DELETE", "/tags/delete/short lived")["data"]["name"] == "Short lived"
    assert trebellar.ok("GET", "/<hq>")["assetTags"] == [
        one for one in before if one != "short lived"
    ]
    assert trebellar.send("DELETE", "/tags/delete/short lived").status_code == 404


NO_CHANGE = [
    ({"assetTag": {"name": "New"}}, 400),
    ({"assetTag": {"id": "quiet", "name": 7}}, 400),
    ({"assetTag": {"id": "quiet", "assetTypes": ["ROOM"]}}, 400),
    ({"assetTag": {"id": "none"}}, 404),
    (None, 400),
]


@pytest.mark.parametrize(("body", "status"), NO_CHANGE)
def test_a_change_of_a_tag_that_is_refused_says_why(trebellar, body, status):
    before = trebellar.ok("GET", "/tags/list")
    answer = trebellar.send("PUT", "/tags/update", body)
    assert (answer.status_code, answer.json()["code"]) == (status, status)
    assert trebellar.ok("GET", "/tags/list") == before


REFUSED = [
    ("add", {"assetTag": tag("quiet", [])}, 400),
    ("add", {"assetTag": tag("new", ["ROOM"])}, 400),
    ("add", {"assetTag": {"id": "new"}}, 400),
    ("add", [], 400),
    ("bind", {"assetId": "none", "assetTagIds": []}, 404),
    ("bind", {"assetId": "<hq>", "assetTagIds": ["none"]}, 404),
    ("bind", {"assetId": "<hq>"}, 400),
    ("unbind", None, 400),
]


@pytest.mark.parametrize(("call", "body", "status"), REFUSED)
def test_a_call_about_tags_that_is_refused_says_why(trebellar, call, body, status):
    before = trebellar.ok("GET", "/tags/list")
    answer = trebellar.send("POST", f"/tags/{call}", body)
    assert (answer.status_code, answer.json()["code"]) == (status, status)
    assert trebellar.ok("GET", "/tags/list") == before


def test_an_asset_of_the_type_other_and_an_inactive_building_are_kept(trebellar):
    other = asset("OTHER", "Locker", "locker", properties={"size": 3}, parentId="eid:tagged")
    closed = asset("STRUCTURE", "Old", "old", {"timezone": "UTC", "status": "inactive"})
    trebellar.ok("POST", "/bulk", {"operations": [add(other), add(closed)]})
    held = trebellar.ok("GET", "/eid:locker")
    assert (held["type"], held["parentId"]) == ("OTHER", trebellar.names["hq"])
    assert held["staticProperties"] == {"size": 3, "externalId": "locker"}
    assert trebellar.ok("GET", "/eid:old")["staticProperties"]["status"] == "inactive"
    assert [one["label"] for one in trebellar.ok("GET", "", fromAssetType="OTHER")["data"]] == [
        "Locker"
    ]
