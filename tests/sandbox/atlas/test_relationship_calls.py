"""Single relationships of Apache Atlas: made, changed, read and deleted by calls of their own."""

import pytest

from tests.sandbox.atlas.build import (
    CATEGORY,
    GLOSSARY,
    TERM,
    UNKNOWN,
    category,
    glossary,
    key,
    ref,
    table,
    term,
)

IS_A = "AtlasGlossaryIsARelationship"
SYNONYM = "AtlasGlossarySynonym"
CATEGORIES = "AtlasGlossaryTermCategorization"
MEANING = "AtlasGlossarySemanticAssignment"


@pytest.fixture(autouse=True)
def world(atlas, request):
    name = request.node.name
    atlas.save(
        glossary("-g", "g"),
        category("-c", f"c {name}", "-g"),
        *(term(f"-t{n}", f"t{n} {name}", "-g") for n in (1, 2)),
        table("-tb", f"tb {name}"),
    )


def relation(kind, first, second, **rest):
    return {"typeName": kind, "end1": first, "end2": second, **rest}


def terms(kind, first="<t1>", second="<t2>", **rest):
    return relation(kind, ref(TERM, first), ref(TERM, second), **rest)


def post(atlas, body):
    made = atlas.ok("POST", "/relationship", body)
    atlas.names["rel"] = made["guid"]
    return made


def test_a_relationship_is_made_and_shown_at_both_ends(atlas):
    made = post(atlas, terms(IS_A, attributes={"description": "d", "none": 1}))
    assert (made["typeName"], made["status"]) == (IS_A, "ACTIVE")
    assert (made["label"], made["propagateTags"]) == (f"r:{IS_A}", "NONE")
    assert [atlas.name(made[end]["guid"]) for end in ("end1", "end2")] == ["t1", "t2"]
    assert (atlas.ends("t1", "classifies"), atlas.ends("t2", "isA")) == (["t2"], ["t1"])


def test_options_among_the_attributes_of_a_relationship_are_never_shown(atlas):
    made = post(atlas, terms(IS_A, attributes={"description": "d", "status": "ACTIVE"}))
    told = {"description": "d", "expression": None, "source": None, "status": None, "steward": None}
    assert made["attributes"] == told


def test_ends_are_found_by_key(atlas, request):
    name = request.node.name
    post(atlas, relation(CATEGORIES, key(CATEGORY, f"c {name}"), key(TERM, f"t1 {name}")))
    assert atlas.ends("t1", "categories") == ["c"]


def test_a_symmetric_relationship_is_made_once_more_the_other_way_round(atlas):
    post(atlas, terms(SYNONYM))
    post(atlas, terms(SYNONYM, "<t2>", "<t1>"))
    assert atlas.ends("t1", "synonyms") == ["t2", "t2"]


def test_exchanged_ends_make_a_relationship_that_no_entity_shows(atlas):
    post(atlas, relation(CATEGORIES, ref(TERM, "<t1>"), ref(CATEGORY, "<c>")))
    assert (atlas.ends("t1", "categories"), atlas.ends("c", "terms")) == ([], [])


REFUSED = [
    (terms("none"), (400, "ATLAS-400-00-028")),
    (terms(SYNONYM, UNKNOWN), (400, "ATLAS-400-00-07D")),
    (relation(SYNONYM, {}, ref(TERM, "<t1>")), (400, "ATLAS-400-00-07D")),
    (relation(SYNONYM, key(TERM, "none"), ref(TERM, "<t1>")), (400, "ATLAS-400-00-07D")),
    ({"typeName": SYNONYM}, (500, "crash")),
    ([], (500, "crash")),
    (relation(CATEGORIES, ref("hive_table", "<tb>"), ref(TERM, "<t1>")), (400, "ATLAS-400-00-036")),
    (terms(IS_A, attributes={"status": "none"}), (404, "ATLAS-404-00-00D")),
    (
        relation("AtlasGlossaryTermAnchor", ref(GLOSSARY, "<g>"), ref(TERM, "<t1>")),
        (409, "ATLAS-409-00-004"),
    ),
]


@pytest.mark.parametrize(("body", "expected"), REFUSED)
def test_a_relationship_that_is_refused(atlas, body, expected):
    assert atlas.refusal("POST", "/relationship", body) == expected


def test_a_relationship_is_not_made_twice(atlas):
    post(atlas, terms(IS_A))
    assert atlas.refusal("POST", "/relationship", terms(IS_A)) == (409, "ATLAS-409-00-004")


def test_attributes_are_changed_where_the_body_says_how_tags_propagate(atlas):
    post(atlas, terms(IS_A, attributes={"description": "d", "steward": "s"}))
    change = terms(IS_A, guid="<rel>", attributes={"description": "e"})
    assert atlas.refusal("PUT", "/relationship", change) == (500, "crash")
    made = atlas.ok("PUT", "/relationship", {**change, "propagateTags": "NONE"})
    assert (made["attributes"]["description"], made["attributes"]["steward"]) == ("e", "s")


def test_a_relationship_is_read_with_headers_of_its_ends_if_asked(atlas):
    made = post(atlas, terms(IS_A))
    assert atlas.ok("GET", "/relationship/guid/<rel>")["relationship"]["end1"] == made["end1"]
    found = atlas.ok("GET", "/relationship/guid/<rel>?extendedInfo=true")
    assert {atlas.name(guid) for guid in found["referredEntities"]} == {"t1", "t2"}


def test_between_glossary_objects_a_relationship_is_deleted_for_good(atlas):
    post(atlas, terms(IS_A))
    assert atlas.send("DELETE", "/relationship/guid/<rel>").status_code == 204
    assert (atlas.ends("t1", "classifies"), atlas.ends("t2", "isA")) == ([], [])
    for method in ("GET", "DELETE"):
        refused = atlas.refusal(method, "/relationship/guid/<rel>")
        assert refused == (404, "ATLAS-404-00-00C")
    post(atlas, terms(IS_A))
    assert atlas.ends("t1", "classifies") == ["t2"]


def test_a_deleted_meaning_stays_visible_and_can_be_posted_again(atlas):
    meaning = relation(MEANING, ref(TERM, "<t1>"), ref("hive_table", "<tb>"))
    post(atlas, meaning)
    assert atlas.send("DELETE", "/relationship/guid/<rel>").status_code == 204
    assert atlas.ends("tb", "meanings") == ["t1 gone"]
    assert atlas.refusal("DELETE", "/relationship/guid/<rel>") == (404, "ATLAS-404-00-00F")
    post(atlas, meaning)
    assert atlas.ends("tb", "meanings") == ["t1", "t1 gone"]
