"""Tags of Apache Atlas: calls of their own, and tags that a term hands on to its assets."""

import pytest

from tests.sandbox.atlas.build import TERM, UNKNOWN, glossary, ref, table, term


@pytest.fixture(scope="module", autouse=True)
def world(atlas):
    atlas.save(glossary(), term("-t", "t", "-g"))


@pytest.fixture(autouse=True)
def new_table(atlas, request):
    atlas.save(table("-tb", request.node.name))
    atlas.ok("GET", "/entity/guid/<tb>")


PATH = "/entity/guid/<tb>/classifications"


def done(atlas, method, path, body=None):
    answer = atlas.send(method, path, body)
    assert (answer.status_code, answer.text) == (204, "")


def tags(atlas, name="tb"):
    """Name -> tag, with the name of the entity that has it."""
    held = atlas.get(name).get("classifications", [])
    return {tag["typeName"]: {**tag, "entityGuid": atlas.name(tag["entityGuid"])} for tag in held}


def test_a_tag_is_added_with_the_flags_it_has_by_default(atlas):
    done(atlas, "POST", PATH, [{"typeName": "PII"}])
    assert tags(atlas)["PII"] == {
        "typeName": "PII",
        "entityGuid": "tb",
        "entityStatus": "ACTIVE",
        "propagate": True,
        "removePropagationsOnEntityDelete": False,
    }


def test_a_tag_shows_all_attributes_of_its_type(atlas):
    sent = {"typeName": "Confidential", "attributes": {"level": "a", "none": 1}}
    done(atlas, "POST", PATH, [sent])
    assert tags(atlas)["Confidential"]["attributes"] == {"level": "a", "until": 0}


@pytest.mark.parametrize("given", [{}, {"attributes": None}, {"attributes": {}}])
def test_a_tag_given_without_attributes_stores_none(atlas, given):
    done(atlas, "POST", PATH, [{"typeName": "Confidential", **given}])
    assert tags(atlas)["Confidential"]["attributes"] == {"level": None, "until": None}


def test_an_update_changes_what_is_sent_of_a_tag(atlas):
    first = {"typeName": "Confidential", "attributes": {"level": "a", "until": 5}}
    done(atlas, "POST", PATH, [{**first, "propagate": False}])
    done(atlas, "PUT", PATH, [{"typeName": "Confidential", "attributes": {"level": "b"}}])
    tag = tags(atlas)["Confidential"]
    assert (tag["attributes"], tag["propagate"]) == ({"level": "b", "until": 5}, False)


def test_a_tag_is_read_and_taken_away(atlas):
    done(atlas, "POST", PATH, [{"typeName": "PII"}, {"typeName": "Public"}])
    assert {one["typeName"] for one in atlas.ok("GET", PATH)["list"]} == {"PII", "Public"}
    one = "/entity/guid/<tb>/classification/PII"
    assert atlas.ok("GET", one)["typeName"] == "PII"
    done(atlas, "DELETE", one)
    assert set(tags(atlas)) == {"Public"}
    assert atlas.refusal("GET", one) == (404, "ATLAS-404-00-008")


REFUSED = [
    ("POST", PATH, [{"typeName": "Public"}], (400, "ATLAS-400-00-01A")),
    ("POST", PATH, [{"typeName": "PII"}, {"typeName": "none"}], (404, "ATLAS-404-00-008")),
    ("POST", PATH, [{}], (404, "ATLAS-404-00-008")),
    ("POST", PATH, [], (400, "ATLAS-400-00-01A")),
    ("POST", PATH, {"typeName": "PII"}, (500, "crash")),
    (
        "POST",
        PATH,
        [{"typeName": "Confidential", "attributes": {"until": "x"}}],
        (400, "ATLAS-400-00-01A"),
    ),
    (
        "POST",
        f"/entity/guid/{UNKNOWN}/classifications",
        [{"typeName": "PII"}],
        (404, "ATLAS-404-00-005"),
    ),
    ("PUT", PATH, [{"typeName": "PII"}], (400, "ATLAS-400-00-06D")),
    ("PUT", PATH, [{"typeName": "none"}], (404, "ATLAS-404-00-008")),
    ("DELETE", "/entity/guid/<tb>/classification/PII", None, (400, "ATLAS-400-00-06D")),
    ("DELETE", "/entity/guid/<tb>/classification/none", None, (400, "ATLAS-400-00-014")),
    ("DELETE", "/entity/guid/<g>/classification/PII", None, (404, "ATLAS-404-00-003")),
]


@pytest.mark.parametrize(("method", "path", "body", "expected"), REFUSED)
def test_a_call_about_tags_that_is_refused_changes_nothing(atlas, method, path, body, expected):
    done(atlas, "POST", PATH, [{"typeName": "Public"}])
    before = tags(atlas)
    assert atlas.refusal(method, path, body) == expected
    assert tags(atlas) == before


def test_one_tag_is_added_to_many_entities_or_to_none(atlas):
    body = {"classification": {"typeName": "Public"}, "entityGuids": ["<tb>"]}
    done(atlas, "POST", "/entity/bulk/classification", body)
    atlas.save(table("-second", "second"))
    both = {**body, "entityGuids": ["<second>", "<tb>"]}
    refused = (400, "ATLAS-400-00-01A")
    assert atlas.refusal("POST", "/entity/bulk/classification", both) == refused
    assert tags(atlas, "second") == {}
    for bad in ({**body, "entityGuids": []}, {"entityGuids": ["<tb>"]}):
        assert atlas.refusal("POST", "/entity/bulk/classification", bad) == refused


def test_a_term_hands_its_tags_on_to_its_assets(atlas, request):
    atlas.save(term("-own", f"own {request.node.name}"))
    sent = [{"typeName": "PII"}, {"typeName": "Public", "propagate": False}]
    done(atlas, "POST", "/entity/guid/<own>/classifications", sent)
    meanings = {"meanings": [ref(TERM, "<own>")]}
    atlas.save(table("<tb>", request.node.name, meanings))
    assert {name: tag["entityGuid"] for name, tag in tags(atlas).items()} == {"PII": "own"}
    assert atlas.ok("GET", "/entity/guid/<tb>/header")["classificationNames"] == ["PII"]
    for held in ([], meanings["meanings"]):  # it stays, and shows once
        atlas.save(table("<tb>", request.node.name, {"meanings": held}))
        assert len(atlas.get("tb")["classifications"]) == 1
    done(atlas, "DELETE", "/entity/guid/<own>/classification/PII")
    assert tags(atlas) == {}


def test_a_glossary_and_a_term_take_tags(atlas):
    for name in ("g", "t"):
        done(atlas, "POST", f"/entity/guid/<{name}>/classifications", [{"typeName": "PII"}])
        assert set(tags(atlas, name)) == {"PII"}
        done(atlas, "DELETE", f"/entity/guid/<{name}>/classification/PII")
