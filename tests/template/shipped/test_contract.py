"""Our schemas agree with Trebellar's OpenAPI, property by property."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from importer.template import Kind, find
from tests.template.shipped.derive_contract import contract, properties

FACTS = json.loads(Path(__file__).with_name("trebellar_contract.json").read_text("utf-8"))
KINDS = {kind.type: kind for kind in find("trebellar-portfolio").kinds.values()}


def _ours(kind: Kind) -> dict[str, dict[str, object]]:
    return properties(kind.schema, kind.schema, stop=("children",))


def test_there_is_a_kind_for_every_asset_type():
    assert KINDS.keys() == FACTS["assets"].keys()


@pytest.mark.parametrize("name", FACTS["assets"])
def test_every_property_has_the_vendors_type_enum_and_requirement(name):
    ours = _ours(KINDS[name])
    theirs = FACTS["assets"][name]
    assert {path: ours.get(path) for path in theirs} == theirs


@pytest.mark.parametrize("name", FACTS["assets"])
def test_beside_the_vendors_properties_there_is_only_the_operation(name):
    extra = {path for path in _ours(KINDS[name]) if path not in FACTS["assets"][name]}
    of_add = FACTS["operations"]["add"].keys() - {"type", "asset"}
    assert extra == {"operation", *(f"operation.{path}" for path in of_add)}


def test_the_operations_times_have_the_vendors_types():
    ours, theirs = _ours(KINDS["DESK"]), FACTS["operations"]["add"]
    for name in ("timestampMs", "timestampMsDelete"):
        assert ours[f"operation.{name}"] == theirs[name]


def test_facts_are_derived_from_references_lists_and_alternatives():
    document = {
        "components": {
            "schemas": {
                "AssetInput": {"oneOf": [{"$ref": "#/components/schemas/Shed"}]},
                "AssetOperations": {"oneOf": []},
                "Shed": {
                    "required": ["type"],
                    "properties": {
                        "type": {"type": "string", "enum": ["SHED"]},
                        "open": {"oneOf": [{"type": "boolean"}, {"type": "string"}]},
                        "tools": {"type": "array", "items": {"$ref": "#/components/schemas/Tool"}},
                    },
                },
                "Tool": {"type": "object", "properties": {"weight": {"type": "number"}}},
            }
        }
    }
    assert contract(document)["assets"] == {
        "SHED": {
            "type": {"types": ["string"], "enum": ["SHED"], "required": True},
            "open": {"types": ["boolean", "string"], "required": False},
            "tools": {"types": ["array"], "required": False},
            "tools[]": {"types": ["object"], "required": False},
            "tools[].weight": {"types": ["number"], "required": False},
        }
    }
