"""Business metadata of Apache Atlas: typed, merged, overwritten, removed; hardly checked if new."""

import pytest

from tests.sandbox.atlas.build import glossary, table

PATH = "/entity/guid/<tb>/businessmetadata"


@pytest.fixture(autouse=True)
def new_table(atlas, request):
    atlas.save(table("-tb", request.node.name))


def held(atlas, name="tb"):
    return atlas.get(name).get("businessAttributes", {}).get("Stewardship")


def put(atlas, method="POST", path=PATH, **values):
    assert atlas.send(method, path, {"Stewardship": values}).status_code == 204
    return held(atlas)


VALUES = [
    ("steward", "ann", "ann"),
    ("steward", 7, "7"),
    ("reviewers", ["b", "a", "b"], ["b", "a", "b"]),
    ("priority", "5", 5),
    ("score", "1.5", 1.5),
    ("score", 33.333333333, 33.333332),
    ("score", 0.1, 0.1),
    ("score", 16777217, 16777216.0),
    ("approved", "true", True),
    ("reviewedOn", 1706659200000, 1706659200000),
    ("level", "gold", "gold"),
]


@pytest.mark.parametrize(("attribute", "sent", "kept"), VALUES)
def test_values_are_kept_in_their_type_and_options_as_sent(atlas, attribute, sent, kept):
    assert put(atlas, **{attribute: sent}) == {attribute: kept}


def test_metadata_is_merged_and_null_clears(atlas):
    assert put(atlas, steward="ann", priority=3) == {"steward": "ann", "priority": 3}
    assert put(atlas, priority=4) == {"steward": "ann", "priority": 4}
    assert put(atlas, steward=None, score=None) == {"priority": 4}
    assert put(atlas, none=1) == {"priority": 4}
    assert put(atlas, priority=None) == {"priority": 0}


def test_metadata_is_overwritten_where_the_query_says_so(atlas):
    put(atlas, steward="ann", priority=3)
    assert put(atlas, path=f"{PATH}?isOverwrite=true", score=0.5) == {"score": 0.5}
    assert put(atlas, path=f"{PATH}?isOverwrite=true") is None


def test_one_set_is_written_and_emptied_by_its_name(atlas):
    path = f"{PATH}/Stewardship"
    assert atlas.send("POST", path, {"steward": "ann", "score": 1}).status_code == 204
    assert held(atlas) == {"steward": "ann", "score": 1}
    assert atlas.send("DELETE", path, {"score": None}).status_code == 204
    assert put(atlas, "DELETE", steward=None) is None


REFUSED = [
    ({"Stewardship": {"priority": "x"}}, (404, "ATLAS-404-00-007")),
    ({"Stewardship": {"score": 1e39}}, (404, "ATLAS-404-00-007")),
    ({"Stewardship": {"steward": "x" * 51}}, (404, "ATLAS-404-00-007")),
    ({"Stewardship": {"reviewers": "x"}}, (404, "ATLAS-404-00-007")),
    ({"Stewardship": {"level": "x"}}, (404, "ATLAS-404-00-007")),
    ({"Stewardship": {"reviewedOn": "2024-01-31"}}, (404, "ATLAS-404-00-007")),
    ({"Stewardship": {"reviewedOn": "2024-01-31T00:00:00.000Z"}}, (500, "crash")),
    ({"Stewardship": None}, (500, "crash")),
    ({"none": {"a": 1}}, (404, "ATLAS-404-00-007")),
    ({}, (400, "ATLAS-400-00-01A")),
]


@pytest.mark.parametrize(("body", "expected"), REFUSED)
def test_metadata_that_is_refused_changes_nothing(atlas, body, expected):
    put(atlas, steward="kept")
    assert atlas.refusal("POST", PATH, body) == expected
    assert held(atlas) == {"steward": "kept"}


NEW = [
    ({"Stewardship": {"steward": "x" * 51}}, {"steward": "x" * 51}),
    ({"Stewardship": {"level": "none"}}, {"level": "none"}),
    ({"Stewardship": {"none": 1}}, None),
    ({"none": {"a": 1}}, None),
]


@pytest.mark.parametrize(("sent", "kept"), NEW)
def test_the_metadata_of_a_new_entity_is_hardly_checked(atlas, request, sent, kept):
    atlas.save(table("-new", f"new {request.node.name}", businessAttributes=sent))
    assert held(atlas, "new") == kept


def test_a_glossary_has_metadata_too(atlas):
    atlas.save(glossary())
    body = {"Stewardship": {"steward": "ann"}}
    assert atlas.send("POST", "/entity/guid/<g>/businessmetadata", body).status_code == 204
    assert held(atlas, "g") == {"steward": "ann"}
