"""The calls that tags, labels, custom metadata and ends of relations have."""

import pytest

from importer.targets.atlas.separate import calls, has_own_calls
from importer.targets.protocol import Ref
from tests.targets.atlas.definitions import TERM, TYPEDEFS
from tests.targets.build import ANCHOR, GLOSSARY, held, update

LIVE = held(TERM, "t", "G", "T", relations={ANCHOR: Ref(GLOSSARY, "g")})
SYNONYMS = "relationshipAttributes.synonyms"
IS_A = "relationshipAttributes.isA"
CATEGORIES = "relationshipAttributes.categories"


def end(guid, relationship, *, status="ACTIVE", type_name=TERM):
    return {
        "guid": guid,
        "typeName": type_name,
        "entityStatus": "ACTIVE",
        "relationshipStatus": status,
        "relationshipGuid": relationship,
    }


NOW = {
    "guid": "t",
    "typeName": TERM,
    "attributes": {},
    "classifications": [
        {"typeName": "PII", "entityGuid": "t"},
        {"typeName": "Inherited", "entityGuid": "x"},
    ],
    "labels": ["a", "b"],
    "businessAttributes": {"Quality": {"score": 1.5, "level": ["Gold"]}},
    "relationshipAttributes": {
        "synonyms": [
            end("u", "r1"),
            end("u", "r2"),
            end("v", "r3"),
            end("w", "r4", status="DELETED"),
        ],
        "isA": [],
        "categories": [end("c", "r5", type_name="AtlasGlossaryCategory")],
    },
}


def made(change):
    return [(one.method, one.path, one.body) for one in calls(change, NOW, TYPEDEFS)]


def test_tags_are_added_and_removed_one_by_one():
    tags = [{"typeName": "Public"}, {"typeName": "Secret"}]
    added = [
        {"typeName": name, "propagate": False, "removePropagationsOnEntityDelete": True}
        for name in ("Public", "Secret")
    ]
    assert made(update(LIVE, classifications=tags)) == [
        ("DELETE", "/entity/guid/t/classification/PII", None),
        ("POST", "/entity/guid/t/classifications", added),
    ]
    assert made(update(LIVE, clears=["classifications"])) == [
        ("DELETE", "/entity/guid/t/classification/PII", None)
    ]


def test_labels_are_replaced():
    assert made(update(LIVE, labels=["c"])) == [("POST", "/entity/guid/t/labels", ["c"])]
    assert made(update(LIVE, clears=["labels"])) == [("POST", "/entity/guid/t/labels", [])]


def test_metadata_is_merged_and_what_is_emptied_deleted():
    change = update(
        LIVE,
        clears=["businessAttributes.Quality.level", "businessAttributes.Nix.nix"],
        businessAttributes={"Quality": {"score": 2.5}},
    )
    assert made(change) == [
        ("DELETE", "/entity/guid/t/businessmetadata", {"Quality": {"level": None}}),
        ("POST", "/entity/guid/t/businessmetadata", {"Quality": {"score": 2.5}}),
    ]
    both = {"Quality": {"score": None, "level": None}}
    for path in ("businessAttributes", "businessAttributes.Quality"):
        assert made(update(LIVE, clears=[path])) == [
            ("DELETE", "/entity/guid/t/businessmetadata", both)
        ]


def test_an_end_is_removed_as_often_as_it_stands_there():
    assert made(update(LIVE, remove={SYNONYMS: Ref(TERM, "u")})) == [
        ("DELETE", "/relationship/guid/r1", None),
        ("DELETE", "/relationship/guid/r2", None),
    ]


def test_an_end_that_was_removed_once_is_added_again_and_one_that_is_there_is_not():
    ends = (Ref(TERM, "u"), Ref(TERM, "w"))
    body = {
        "typeName": "Synonym",
        "end1": {"typeName": TERM, "guid": "t"},
        "end2": {"typeName": TERM, "guid": "w"},
    }
    assert made(update(LIVE, append={SYNONYMS: ends})) == [("POST", "/relationship", body)]


@pytest.mark.parametrize(
    ("path", "first"), [(IS_A, "u"), ("relationshipAttributes.classifies", "t")]
)
def test_the_ends_stand_in_the_order_of_the_definition(path, first):
    [(_, _, body)] = made(update(LIVE, append={path: Ref(TERM, "u")}))
    assert body["typeName"] == "IsA"
    assert body["end1"]["guid"] == first


def test_a_whole_list_is_brought_about_end_by_end():
    wanted = Ref("AtlasGlossaryCategory", "d")
    body = {
        "typeName": "Categorization",
        "end1": {"typeName": "AtlasGlossaryCategory", "guid": "d"},
        "end2": {"typeName": TERM, "guid": "t"},
    }
    assert made(update(LIVE, {CATEGORIES: wanted})) == [
        ("DELETE", "/relationship/guid/r5", None),
        ("POST", "/relationship", body),
    ]
    assert made(update(LIVE, clears=[CATEGORIES])) == [("DELETE", "/relationship/guid/r5", None)]


def test_what_is_so_already_needs_no_call():
    change = update(
        LIVE,
        {CATEGORIES: Ref("AtlasGlossaryCategory", "c")},
        append={SYNONYMS: Ref(TERM, "v")},
        remove={SYNONYMS: Ref(TERM, "w")},
        classifications=[{"typeName": "PII"}],
        labels=["b", "a"],
    )
    assert has_own_calls(change, TYPEDEFS)
    assert made(change) == []


def test_fields_and_single_relations_have_no_calls_of_their_own():
    change = update(LIVE, {ANCHOR: Ref(GLOSSARY, "h")}, attributes={"usage": "u"})
    assert not has_own_calls(change, TYPEDEFS)
