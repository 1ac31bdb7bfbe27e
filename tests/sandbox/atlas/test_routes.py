"""Reads of Apache Atlas, and the forms of its errors: pages, plain text, JSON."""

import pytest
import requests

from tests.sandbox.atlas.build import (
    TERM,
    UNKNOWN,
    category,
    entity,
    glossary,
    ref,
    table,
    term,
)


@pytest.fixture(scope="module", autouse=True)
def world(atlas):
    atlas.save(
        glossary(),
        term("-t", "t", "-g"),
        category("-c", "c", "-g"),
        table("-tb", "tb", attributes={"description": "d"}),
        entity("hive_column", "-col", "col", {"table": ref("hive_table", "-tb")}),
    )


def test_an_entity_is_read_whole(atlas):
    held = atlas.get("t")
    assert (held["typeName"], held["status"], held["isIncomplete"]) == (TERM, "ACTIVE", False)
    assert held["attributes"]["usage"] is None
    related = held["relationshipAttributes"]
    assert related["synonyms"] == []
    anchor = related["anchor"]
    assert (anchor["displayText"], anchor["entityStatus"]) == ("g", "ACTIVE")
    assert anchor["relationshipType"] == "AtlasGlossaryTermAnchor"
    assert anchor["relationshipGuid"]
    absent = {"classifications", "customAttributes", "businessAttributes"}
    assert not absent & held.keys()


def test_what_an_entity_owns_comes_along(atlas):
    read = atlas.ok("GET", "/entity/guid/<g>")["referredEntities"]
    assert {atlas.name(guid) for guid in read} == {"t", "c"}
    both = atlas.ok("GET", "/entity/bulk?guid=<tb>&guid=<col>")
    assert [atlas.name(one["guid"]) for one in both["entities"]] == ["tb", "col"]
    assert both["referredEntities"] == {}


def test_what_an_entity_owns_may_be_cut_down_also_behind_its_owner(atlas):
    read = atlas.ok("GET", "/entity/bulk?guid=<col>&guid=<g>&guid=<t>&minExtInfo=true")
    column, _, cut = read["entities"]
    assert (column["attributes"]["position"], "relationshipAttributes" in column) == (0, True)
    kept = {"name": "t", "qualifiedName": atlas.named("<run>t")}
    assert (cut["attributes"], "relationshipAttributes" in cut) == (kept, False)
    [category] = read["referredEntities"].values()
    assert (category["attributes"]["name"], "relationshipAttributes" in category) == ("c", False)


def test_relations_are_left_out_if_asked(atlas):
    read = atlas.ok("GET", "/entity/guid/<g>?ignoreRelationships=true")
    assert "relationshipAttributes" not in read["entity"]
    assert read["referredEntities"] == {}


def test_a_header_is_read(atlas):
    header = atlas.ok("GET", "/entity/guid/<tb>/header")
    run = atlas.named("<run>tb")
    assert header["attributes"] == {
        "name": "tb",
        "qualifiedName": run,
        "description": "d",
        "createTime": 0,
    }
    assert (header["displayText"], header["meanings"], header["labels"]) == ("tb", [], [])


@pytest.mark.parametrize("type_name", ["hive_table", "DataSet"])
def test_an_entity_is_read_by_its_key_and_a_type_above(atlas, type_name):
    path = f"/entity/uniqueAttribute/type/{type_name}?attr:qualifiedName=<run>tb"
    assert atlas.ok("GET", path)["entity"]["guid"] == atlas.names["tb"]


def test_of_many_keys_the_unknown_ones_are_left_out(atlas):
    path = "/entity/bulk/uniqueAttribute/type/hive_table?attr_0:qualifiedName="
    read = atlas.ok("GET", f"{path}none&attr_1:qualifiedName=<run>tb")
    assert [atlas.name(one["guid"]) for one in read["entities"]] == ["tb"]
    assert atlas.ok("GET", f"{path}none") == {}


MISSING = [
    (f"guid/{UNKNOWN}", (404, "ATLAS-404-00-005")),
    (f"bulk?guid=<tb>&guid={UNKNOWN}", (404, "ATLAS-404-00-005")),
    ("bulk", (404, "ATLAS-404-00-005")),
    ("uniqueAttribute/type/hive_table?attr:qualifiedName=none", (404, "ATLAS-404-00-009")),
    ("uniqueAttribute/type/hive_table", (400, "ATLAS-400-00-013")),
    ("uniqueAttribute/type/none?attr:qualifiedName=<run>tb", (400, "ATLAS-400-00-014")),
    ("bulk/uniqueAttribute/type/none?attr_0:qualifiedName=x", (400, "ATLAS-400-00-014")),
]


@pytest.mark.parametrize(("path", "expected"), MISSING)
def test_what_is_not_there_is_refused(atlas, path, expected):
    assert atlas.refusal("GET", f"/entity/{path}") == expected


@pytest.mark.parametrize(("method", "path"), [("GET", "/none"), ("PUT", "/entity/bulk")])
def test_an_unknown_call_crashes_in_plain_text(atlas, method, path):
    answer = atlas.send(method, path, {})
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("content_type", [None, "text/plain"])
def test_a_write_without_json_as_its_content_type_crashes(atlas, content_type):
    body = atlas.named('{"entities": []}')
    headers = {"Content-Type": content_type}
    answer = atlas.session.post(f"{atlas.base}/entity/bulk", data=body, headers=headers, timeout=10)
    assert (answer.status_code, answer.text[:22]) == (500, "There was an error pro")


def test_a_body_that_is_no_json_crashes(atlas):
    answer = atlas.session.post(f"{atlas.base}/entity/bulk", data="{", timeout=10)
    assert (answer.status_code, answer.text[:22]) == (500, "There was an error pro")


def test_without_credentials_there_is_a_page(atlas):
    answer = requests.get(f"{atlas.base}/types/typedefs/headers", timeout=10)
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("text/html")


BASIC = {"good": 200, "expired": 401, "forbidden": 403}


@pytest.mark.parametrize(("secret", "status"), BASIC.items())
def test_the_sandbox_takes_any_password_or_token_but_two(box_atlas, secret, status):
    url = f"{box_atlas.base}/types/typedefs/headers"
    bearer = {"Authorization": f"Bearer {secret}"}
    for answer in (
        requests.get(url, auth=("ann", secret), timeout=10),
        requests.get(url, headers=bearer, timeout=10),
    ):
        assert answer.status_code == status
    if status == 403:
        assert answer.json()["errorCode"] == "ATLAS-403-00-001"


@pytest.mark.parametrize("header", ["Basic", "Basic x", "Basic eA==", "Digest x"])
def test_the_sandbox_refuses_credentials_that_it_cannot_read(box_atlas, header):
    url = f"{box_atlas.base}/types/typedefs/headers"
    answer = requests.get(url, headers={"Authorization": header}, timeout=10)
    assert answer.status_code == 401


def test_the_two_systems_of_a_sandbox_know_nothing_of_each_other(box_atlas, atlan):
    box_atlas.save(glossary("-apart", "apart"))
    guid = box_atlas.names["apart"]
    assert atlan.send("GET", f"/entity/guid/{guid}").status_code == 404
