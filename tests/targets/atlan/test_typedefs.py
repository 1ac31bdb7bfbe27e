"""The names and the types of a tenant's tags and custom metadata."""

import pytest

from importer.model import FieldType
from tests.targets.scripted import Says


def test_names_lists_tags_sets_and_their_attributes(atlan):
    names = atlan.names()
    assert names["classifications.typeName"] == {"PII", "Confidential", "Public", "GDPR"}
    assert names["businessAttributes"] == {"Data Quality"}
    assert "Score" in names["businessAttributes.Data Quality"]


def test_fields_are_typed_as_they_are_defined(atlan):
    fields = atlan.fields()
    assert fields["businessAttributes.Data Quality.Score"] == FieldType("number")
    assert fields["businessAttributes.Data Quality.Checks"] == FieldType("text", many=True)
    assert fields["businessAttributes.Data Quality.Measured on"] == FieldType("date")
    options = ("Gold", "Silver", "Bronze")
    assert fields["businessAttributes.Data Quality.Level"] == FieldType("text", options=options)


GLOSSARY, TERM = "AtlasGlossary", "AtlasGlossaryTerm"
ALL = {GLOSSARY, TERM, "AtlasGlossaryCategory"}
APPLICABLE = {
    "nothing is said": ({}, set()),
    "all assets": ({"applicableEntityTypes": '["Asset"]'}, set()),
    "tables": ({"applicableEntityTypes": '["Table"]'}, ALL),
    "terms only": ({"applicableGlossaryTypes": '["AtlasGlossaryTerm"]'}, ALL - {TERM}),
    "no glossary object": ({"applicableGlossaryTypes": "[]"}, ALL),
    "no list": ({"applicableEntityTypes": "?", "applicableGlossaryTypes": "1"}, set()),
}


@pytest.mark.parametrize(("options", "refused"), APPLICABLE.values(), ids=APPLICABLE)
def test_a_field_is_refused_on_the_types_it_does_not_apply_to(against, scripted, options, refused):
    attribute = {"name": "a", "displayName": "A", "typeName": "string", "options": options}
    definition = {"name": "s", "displayName": "S", "attributeDefs": [attribute]}
    scripted.will_say(Says(200, {"businessMetadataDefs": [definition]}))
    assert against("atlan").fields()["businessAttributes.S.A"].refused_on == refused
