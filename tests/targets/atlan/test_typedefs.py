"""The names and the types of a tenant's tags and custom metadata."""

import uuid

import pytest

from importer.errors import TargetUnreachable
from importer.field_type import FieldType
from tests.targets.atlan.build import made
from tests.targets.build import create
from tests.targets.scripted import Says


def test_names_lists_tags_sets_and_their_attributes(atlan):
    names = atlan.names()
    assert names["classifications.typeName"] == {"PII", "Confidential", "Public", "GDPR"}
    assert names["businessAttributes"] == {"Data Quality"}
    assert "Score" in names["businessAttributes.Data Quality"]


def test_fields_are_typed_as_they_are_defined(atlan):
    fields = atlan.fields()
    assert fields["businessAttributes.Data Quality.Score"] == FieldType("number", single=True)
    assert fields["businessAttributes.Data Quality.Checks"] == FieldType(
        "text", many=True, longest=200
    )
    assert fields["businessAttributes.Data Quality.Measured on"] == FieldType("date")
    options = ("Gold", "Silver", "Bronze")
    assert fields["businessAttributes.Data Quality.Level"] == FieldType("text", options=options)


GLOSSARY, TERM = "AtlasGlossary", "AtlasGlossaryTerm"
ALL = {GLOSSARY, TERM, "AtlasGlossaryCategory"}
APPLICABLE = {
    "nothing is said": ({}, set()),
    "all assets": ({"applicableEntityTypes": '["Asset"]'}, set()),
    "tables": ({"applicableEntityTypes": '["Table"]'}, ALL),
    "terms only": ({"glossaryTypeList": '["AtlasGlossaryTerm"]'}, ALL - {TERM}),
    "no glossary object": ({"glossaryTypeList": "[]"}, ALL),
    "no list": ({"applicableEntityTypes": "?", "glossaryTypeList": "1"}, set()),
}


@pytest.mark.parametrize(("options", "refused"), APPLICABLE.values(), ids=APPLICABLE)
def test_a_field_is_refused_on_the_types_it_does_not_apply_to(against, scripted, options, refused):
    attribute = {"name": "a", "displayName": "A", "typeName": "string", "options": options}
    definition = {"name": "s", "displayName": "S", "attributeDefs": [attribute]}
    scripted.will_say(Says(200, {"businessMetadataDefs": [definition]}))
    assert against("atlan").fields()["businessAttributes.S.A"].refused_on == refused


TABLE, COLUMN, NEW = "Table", "Column", "NewType"
ENTITIES = [
    {"name": "Asset", "superTypes": ["Referenceable"]},
    {"name": "SQL", "superTypes": ["Asset"]},
    {"name": TABLE, "superTypes": ["SQL"]},
    {"name": COLUMN, "superTypes": ["SQL"]},
]
OF_TAGS = {
    "nothing is said": ([], TABLE, False),
    "the type itself": ([TABLE], TABLE, False),
    "a type above": (["SQL"], TABLE, False),
    "what is above all": (["Asset"], TABLE, False),
    "another type": ([TABLE], COLUMN, True),
    "another type than a term": ([TABLE], TERM, True),
    "a type that is not defined": ([TABLE], NEW, False),
}
PII = "classifications.typeName", "PII"


def tag(*types):
    return Says(
        200,
        {"classificationDefs": [{"name": "x", "displayName": "PII", "entityTypes": list(types)}]},
    )


NONE = Says(200, {"enumDefs": []})


@pytest.mark.parametrize(("types", "type_name", "refused"), OF_TAGS.values(), ids=OF_TAGS)
def test_a_tag_is_refused_on_the_types_it_is_not_for(against, scripted, types, type_name, refused):
    scripted.will_say(tag(*types), NONE, NONE, Says(200, {"entityDefs": ENTITIES}))
    assert against("atlan").refuses(type_name, *PII) == refused


def test_the_types_are_read_once_and_only_where_they_decide(against, scripted):
    scripted.will_say(tag("SQL"), NONE, NONE, Says(200, {"entityDefs": ENTITIES}))
    target = against("atlan")
    assert not target.refuses("SQL", *PII)
    assert len(scripted.requests) == 3
    assert [target.refuses(one, *PII) for one in (TABLE, COLUMN, NEW, TERM)] == [False] * 3 + [True]
    assert len(scripted.requests) == 4


OF_ATTRIBUTES = {
    "tables": ({"applicableEntityTypes": '["Table"]'}, COLUMN, True),
    "all assets": ({"applicableEntityTypes": '["Asset"]'}, COLUMN, False),
    "its list": ({"assetTypesList": '["Table"]'}, TABLE, False),
    "another list": ({"assetTypesList": "[]", "otherAssetTypeList": '["Column"]'}, COLUMN, False),
    "the list of another type": ({"assetTypesList": '["Table"]'}, COLUMN, True),
    "a type that no list names": ({"assetTypesList": '["Table"]'}, NEW, False),
    "only terms": (
        {"assetTypesList": "[]", "glossaryTypeList": '["AtlasGlossaryTerm"]'},
        TABLE,
        True,
    ),
    "no list of assets": ({"otherAssetTypeList": '["File"]'}, TABLE, False),
}


@pytest.mark.parametrize(
    ("options", "type_name", "refused"), OF_ATTRIBUTES.values(), ids=OF_ATTRIBUTES
)
def test_an_attribute_is_refused_on_assets_of_other_types(
    against, scripted, options, type_name, refused
):
    """Another attribute is for tables and columns, so that both are known to the lists."""
    both = {"assetTypesList": '["Table", "Column"]'}
    attributes = [
        {"name": name, "displayName": name, "typeName": "string", "options": given}
        for name, given in (("A", options), ("B", both))
    ]
    definition = {"name": "s", "displayName": "S. x", "attributeDefs": attributes}
    scripted.will_say(
        NONE,
        Says(200, {"businessMetadataDefs": [definition]}),
        NONE,
        Says(200, {"entityDefs": ENTITIES}),
    )
    target = against("atlan")
    [path] = [one for one in target.names() if one.startswith("businessAttributes.")]
    assert target.refuses(type_name, path, "A") == refused


def test_domains_are_read_with_one_search_when_they_are_asked_for(atlan, box):
    domains = [made(atlan, create("DataDomain", "DataDomain", f"d/{n}", **domain(n))) for n in "ab"]
    names = atlan.names()
    before = len(box.requests)
    assert {one.id for one in domains} <= names["attributes.domainGUIDs"]
    assert names["attributes.domainGUIDs"]
    assert len(box.requests) == before + 1
    assert not atlan.refuses(TABLE, "attributes.domainGUIDs", domains[0].id)
    assert atlan.refuses("DataProduct", "attributes.domainGUIDs", domains[0].id)


def domain(name):
    return {
        "typeName": "DataDomain",
        "attributes": {"name": name, "qualifiedName": f"d/{uuid.uuid4()}"},
    }


def test_an_enumeration_with_nameless_values_is_no_enumeration(against, scripted):
    scripted.will_say(NONE, NONE, Says(200, {"enumDefs": [{"name": "e", "elementDefs": [{}]}]}))
    with pytest.raises(TargetUnreachable, match="value"):
        against("atlan").names()
