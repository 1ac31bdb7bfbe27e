"""What Apache Atlas refuses, and crashes at; nothing of the request is stored then."""

import pytest

from tests.sandbox.atlas.build import (
    CATEGORY,
    GLOSSARY,
    TERM,
    UNKNOWN,
    entity,
    glossary,
    key,
    ref,
    table,
    term,
)


@pytest.fixture(scope="module", autouse=True)
def world(atlas):
    atlas.save(glossary(), term("-t", "t", "-g"), table("-tb", "tb"), glossary("-h", "h"))


def nameless(type_name, **attributes):
    return {"typeName": type_name, "guid": "-1", "attributes": attributes}


INVALID = (404, "ATLAS-404-00-007")
NOT_FOUND = (404, "ATLAS-404-00-00A")
MALFORMED = (400, "ATLAS-400-00-021")
CRASH = (500, "crash")

REFUSED = [
    ("no type", {"guid": "-1", "attributes": {}}, (400, "ATLAS-400-00-014")),
    ("an unknown type", entity("none", "-1", "x"), (400, "ATLAS-400-00-014")),
    ("null", None, (400, "ATLAS-400-00-01A")),
    ("no attributes", {"typeName": GLOSSARY, "guid": "-1"}, INVALID),
    ("no qualifiedName", nameless(GLOSSARY, name="x"), INVALID),
    ("no name", nameless("hive_table", qualifiedName="<run>x"), INVALID),
    ("an update without a name", {**nameless("hive_table"), "guid": "<tb>"}, INVALID),
    ("a term without a glossary", entity(TERM, "-1", "x"), INVALID),
    ("a category without a glossary", entity(CATEGORY, "-1", "x"), INVALID),
    ("an update of a term without its glossary", entity(TERM, "<t>", "t"), INVALID),
    ("no number", table("-1", "x", attributes={"retention": "abc"}), INVALID),
    ("no flag", table("-1", "x", attributes={"temporary": 1}), INVALID),
    ("a day alone", table("-1", "x", attributes={"createTime": "2024-01-31"}), INVALID),
    ("a text for a list", table("-1", "x", attributes={"aliases": "a"}), INVALID),
    ("a text for a map", glossary("-1", "x", attributes={"additionalAttributes": "a"}), INVALID),
    ("an unknown guid", glossary(UNKNOWN, "x"), NOT_FOUND),
    ("an end with an unknown guid", term("-1", "x", UNKNOWN), NOT_FOUND),
    ("an end with an unknown temporary guid", term("-1", "x", "-99"), NOT_FOUND),
    (
        "an end with an unknown key",
        entity(TERM, "-1", "x", {"anchor": key(GLOSSARY, "none")}),
        NOT_FOUND,
    ),
    ("an empty end", entity(TERM, "-1", "x", {"anchor": {}}), MALFORMED),
    (
        "an end with a type only",
        entity(TERM, "-1", "x", {"anchor": {"typeName": GLOSSARY}}),
        MALFORMED,
    ),
    ("an end that is a text", entity(TERM, "-1", "x", {"anchor": "<g>"}), MALFORMED),
    (
        "a list at a single end",
        entity(TERM, "-1", "x", {"anchor": [ref(GLOSSARY, "<g>")]}),
        MALFORMED,
    ),
    ("one end for a list", term("-1", "x", related={"synonyms": ref(TERM, "<t>")}), INVALID),
    ("an end of another type", term("-1", "x", "<tb>"), (400, "ATLAS-400-00-036")),
    ("a label with a space", glossary("-1", "x", labels=["a b"]), (400, "ATLAS-400-00-090")),
    ("a long label", glossary("-1", "x", labels=["a" * 51]), (400, "ATLAS-400-00-08F")),
    (
        "a key with a space",
        glossary("-1", "x", customAttributes={"a b": "c"}),
        (400, "ATLAS-400-00-08D"),
    ),
    (
        "a long key",
        glossary("-1", "x", customAttributes={"a" * 51: "c"}),
        (400, "ATLAS-400-00-08C"),
    ),
    ("an unknown tag", glossary("-1", "x", classifications=[{"typeName": "none"}]), CRASH),
    (
        "metadata that is no number",
        glossary("-1", "x", businessAttributes={"Stewardship": {"priority": "x"}}),
        CRASH,
    ),
    (
        "metadata with a date as text",
        glossary(
            "-1",
            "x",
            businessAttributes={"Stewardship": {"reviewedOn": "2024-01-31T00:00:00.000Z"}},
        ),
        CRASH,
    ),
    ("the key of another", glossary("<g>", "h"), CRASH),
    ("attributes that are a list", {"typeName": GLOSSARY, "attributes": []}, CRASH),
    ("labels that are a text", glossary("-1", "x", labels="a"), CRASH),
]


@pytest.mark.parametrize(("what", "sent", "expected"), REFUSED, ids=[one[0] for one in REFUSED])
def test_an_entity_that_is_refused_takes_its_request_along(atlas, what, sent, expected):
    good = table("-2", f"beside {what}")
    assert atlas.refusal("POST", "/entity/bulk", {"entities": [good, sent]}) == expected
    path = f"/entity/uniqueAttribute/type/hive_table?attr:qualifiedName=<run>beside {what}"
    assert atlas.refusal("GET", path) == (404, "ATLAS-404-00-009")


def test_a_refusal_never_says_which_entity_is_to_blame(atlas):
    bad = table("-2", "x", attributes={"retention": "abc"})
    answer = atlas.send("POST", "/entity/bulk", {"entities": [table("-1", "y"), bad]})
    words = "Invalid instance creation/updation parameters passed : "
    assert answer.json() == {
        "errorCode": "ATLAS-404-00-007",
        "errorMessage": words + "hive_table.retention=abc: invalid value for type int",
    }


def test_a_missing_value_is_told_with_the_type_that_defines_it(atlas):
    sent = {"entities": [nameless("hive_table", qualifiedName="x")]}
    told = atlas.send("POST", "/entity/bulk", sent).json()["errorMessage"]
    assert told.endswith("hive_table.name: mandatory attribute value missing in type Asset")


BODIES = [
    ({"entities": []}, (400, "ATLAS-400-00-01A")),
    ({}, CRASH),
    ([], CRASH),
    ({"entities": "x"}, CRASH),
]


@pytest.mark.parametrize(("body", "expected"), BODIES)
def test_a_body_without_entities_is_refused(atlas, body, expected):
    assert atlas.refusal("POST", "/entity/bulk", body) == expected


PARTS = [
    (
        "uniqueAttribute/type/hive_table?attr:qualifiedName=<run>none",
        {"entity": {"typeName": "hive_table"}},
        (404, "ATLAS-404-00-009"),
    ),
    (
        "uniqueAttribute/type/hive_table?attr:qualifiedName=<run>tb",
        {"entity": {}},
        (400, "ATLAS-400-00-014"),
    ),
    ("uniqueAttribute/type/hive_table?attr:qualifiedName=<run>tb", {}, (400, "ATLAS-400-00-01A")),
    ("uniqueAttribute/type/none?attr:qualifiedName=<run>tb", {}, (400, "ATLAS-400-00-014")),
    ("guid/<tb>?name=none", "x", (400, "ATLAS-400-00-023")),
    ("guid/<tb>?name=aliases", ["x"], (400, "ATLAS-400-00-027")),
    (f"guid/{UNKNOWN}?name=description", "x", (404, "ATLAS-404-00-005")),
]


@pytest.mark.parametrize(("path", "body", "expected"), PARTS)
def test_part_of_an_entity_that_is_refused(atlas, path, body, expected):
    assert atlas.refusal("PUT", f"/entity/{path}", body) == expected
