"""What type definitions say of entities, relations, tags and custom metadata."""

import pytest

from importer.field_type import FieldType
from importer.targets.atlas.definitions import parsed
from importer.targets.atlas.typedefs import UnknownName
from tests.targets.atlas.definitions import TERM, TYPEDEFS, attribute

LACKING = {
    "attributes.userDescription": False,  # it has it under the name longDescription
    "attributes.description": True,  # it would be called shortDescription
    "attributes.usage": False,
    "attributes.certificateStatus": True,
    "relationshipAttributes.synonyms": False,
    "relationshipAttributes.seeAlso": True,
    "starred": True,
    "labels": False,
    "classifications": False,
    "customAttributes.*": False,
    "businessAttributes.*.*": False,
    "typeName": False,
}


def test_what_a_type_does_not_define_is_lacking():
    lacking = {path for path, lacks in LACKING.items() if lacks}
    assert TYPEDEFS.lacks(TERM, LACKING) == lacking


def test_of_a_type_that_is_not_there_nothing_is_said():
    assert TYPEDEFS.lacks("Nix", ["attributes.x", "starred"]) == {"starred"}


def test_attributes_of_custom_metadata_have_types_and_limits():
    fields = TYPEDEFS.fields()
    glossary_types = {"AtlasGlossary", "AtlasGlossaryCategory", TERM}
    score = FieldType("number", refused_on=frozenset(glossary_types), single=True)
    assert fields["businessAttributes.Quality.score"] == score
    level = fields["businessAttributes.Quality.level"]
    assert (level.many, level.options) == (True, ("Gold", "Silver"))
    assert level.refused_on == {*glossary_types, "Asset", "Column"}


def test_attributes_say_how_much_they_hold():
    sizes = [
        attribute("tiny", "byte"),
        attribute("counts", "array<int>"),
        attribute("large", "long"),
        attribute("text", maxStrLength="50"),
        attribute("texts", "array<string>", maxStrLength=60),
        attribute("odd", maxStrLength="9" * 5000),
        attribute("none"),
    ]
    sets = [{"name": "Sizes", "attributeDefs": sizes}]
    found = parsed({"businessMetadataDefs": sets}).sets["Sizes"]
    assert {name: (one.bits, one.longest) for name, one in found.items()} == {
        "tiny": (8, 0),
        "counts": (32, 0),
        "large": (0, 0),
        "text": (0, 50),
        "texts": (0, 60),
        "odd": (0, 0),
        "none": (0, 0),
    }
    assert TYPEDEFS.type("Column").bits == {"position": 32}


@pytest.mark.parametrize(
    ("type_name", "path", "name", "refused"),
    [
        ("Column", "classifications.typeName", "Columns", True),
        ("Table", "classifications.typeName", "Columns", False),
        (TERM, "classifications.typeName", "PII", False),
        (TERM, "businessAttributes", "Quality", True),
        ("Column", "businessAttributes", "Quality", False),
        (TERM, "businessAttributes.Quality", "score", False),
    ],
)
def test_tags_and_sets_may_be_limited_to_some_types(type_name, path, name, refused):
    assert TYPEDEFS.refuses(type_name, path, name) is refused


def test_names_are_those_of_tags_sets_and_attributes():
    assert TYPEDEFS.by_path() == {
        "classifications.typeName": {"PII", "Columns"},
        "businessAttributes": {"Quality"},
        "businessAttributes.Quality": {"score", "level"},
    }


def test_an_unknown_name_is_told():
    TYPEDEFS.demand("Quality", "score")
    with pytest.raises(UnknownName, match="no business metadata 'Nix'"):
        TYPEDEFS.demand("Nix")
    with pytest.raises(UnknownName, match="'Quality' has no attribute 'nix'"):
        TYPEDEFS.demand("Quality", "nix")
