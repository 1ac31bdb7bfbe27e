"""What a schema says of a payload path: of the path itself, and of what it leads through."""

import pytest

from importer.template import schema_fields
from importer.template.schema_fields import SchemaFields

SCHEMA = {
    "properties": {
        "a": {
            "writeOnly": True,
            "properties": {"b": {"type": ["string", "null"]}, "c": {"$ref": "#/$defs/tags"}},
        },
        "new": {"x-only-new": True, "type": "number"},
        "own": {"readOnly": True, "anyOf": [{"type": "boolean"}, {"type": ["string"]}]},
    },
    "additionalProperties": False,
    "$defs": {"tags": {"type": "array", "uniqueItems": True}},
}
FIELDS = {
    "below what is never shown": (("a", "b"), {"string", "null"}, {"unreadable"}),
    "a set, through a reference": (("a", "c"), {"array"}, {"unreadable", "is_set"}),
    "only new": (("new",), {"number"}, {"only_new"}),
    "made by the target, of several types": (("own",), {"boolean", "string"}, {"never_sent"}),
    "what the schema does not allow": (("other", "deep"), set(), set()),
}
MARKS = ("unreadable", "only_new", "never_sent", "is_set")


@pytest.mark.parametrize(("steps", "types", "marks"), FIELDS.values(), ids=FIELDS)
def test_a_field_says_what_its_schema_says(steps, types, marks):
    field = SchemaFields(SCHEMA)[steps]
    assert (field.steps, field.path, field.types) == (steps, ".".join(steps), types)
    assert {mark for mark in MARKS if getattr(field, mark)} == marks


def test_only_so_many_paths_are_remembered(monkeypatch):
    monkeypatch.setattr(schema_fields, "MOST", 3)
    fields = SchemaFields({})
    for number in range(10):
        assert fields[f"x{number}",].path == f"x{number}"
    assert len(fields) <= 3
