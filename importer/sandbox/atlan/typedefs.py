"""The type definitions, tags and custom metadata as `GET /types/typedefs` returns them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlan.catalogue import (
    ATTRIBUTES,
    CUSTOM_METADATA,
    CUSTOM_METADATA_NAMES,
    ENUMS,
    RELATIONSHIPS,
    STRUCTS,
    SUPERTYPES,
    TAGS,
    CustomAttribute,
    Relationship,
)
from importer.sandbox.atlan.tenant import MADE, stored

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable


def typedefs(db: sqlite3.Connection, categories: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the definitions of these categories (in any letter case), of all if none is named."""
    asked = {category.upper() for category in categories} or set(_MAKERS)
    return {
        key: make() + stored(db, name) if name in asked else []
        for name, (key, make) in _MAKERS.items()
    }


def _enums() -> list[dict[str, Any]]:
    return [
        {
            "category": "ENUM",
            "name": name,
            "guid": name,
            **MADE,
            "elementDefs": [
                {"value": value, "ordinal": place} for place, value in enumerate(values)
            ],
        }
        for name, values in ENUMS.items()
    ]


def _structs() -> list[dict[str, Any]]:
    return [
        {
            "category": "STRUCT",
            "name": name,
            "guid": name,
            **MADE,
            "attributeDefs": [_attribute(field, "string") for field in fields.split()],
        }
        for name, fields in STRUCTS.items()
    ]


def _tags() -> list[dict[str, Any]]:
    return [
        {
            "category": "CLASSIFICATION",
            "name": name,
            "guid": name,
            "displayName": display_name,
            "description": "",
            **MADE,
            "attributeDefs": [],
            "superTypes": [],
            "entityTypes": [],
            "subTypes": [],
            "options": {"color": "Gray"},
        }
        for name, display_name in TAGS.items()
    ]


def _custom_metadata() -> list[dict[str, Any]]:
    return [
        {
            "category": "BUSINESS_METADATA",
            "name": name,
            "guid": name,
            "displayName": CUSTOM_METADATA_NAMES[name],
            "description": "",
            **MADE,
            "attributeDefs": [_custom_attribute(*pair) for pair in attributes.items()],
            "options": {"logoType": "emoji", "emoji": "✅"},
        }
        for name, attributes in CUSTOM_METADATA.items()
    ]


def _custom_attribute(name: str, attribute: CustomAttribute) -> dict[str, Any]:
    many = attribute.type_name.startswith("array<")
    enum = attribute.type_name in ENUMS
    options = {
        "applicableEntityTypes": '["Asset"]',
        "primitiveType": "enum" if enum else attribute.type_name.removeprefix("array<").rstrip(">"),
        "isEnum": str(enum).lower(),
        "multiValueSelect": str(many).lower(),
        "maxStrLength": str(attribute.max_length or 100_000),
        **({"enumType": attribute.type_name} if enum else {}),
    }
    return {
        "name": name,
        "displayName": attribute.display_name,
        "description": "",
        "typeName": attribute.type_name,
        "isOptional": True,
        "isUnique": False,
        "cardinality": "SET" if many else "SINGLE",
        "options": options,
    }


def _entity_types() -> list[dict[str, Any]]:
    return [
        {
            "category": "ENTITY",
            "name": name,
            "guid": name,
            **MADE,
            "superTypes": [above] if above else [],
            "attributeDefs": _attributes(name),
            "relationshipAttributeDefs": _relation_attributes(name),
        }
        for name, above in SUPERTYPES.items()
    ]


def _attributes(owner: str) -> list[dict[str, Any]]:
    return [
        _attribute(name, value_type)
        for value_type, names in ATTRIBUTES.get(owner, {}).items()
        for name in names.split()
    ]


def _attribute(name: str, value_type: str) -> dict[str, Any]:
    return {
        "name": name.rstrip("!"),
        "typeName": value_type,
        "isOptional": not name.endswith("!"),
        "isUnique": name == "qualifiedName!",
        "cardinality": "SET" if value_type.startswith("array<") else "SINGLE",
    }


def _relation_attributes(owner: str) -> list[dict[str, Any]]:
    ends = [
        (known.first, known.second_type, known.first_many, known.name)
        for known in RELATIONSHIPS
        if known.first_type == owner
    ] + [
        (known.second, known.first_type, known.second_many, known.name)
        for known in RELATIONSHIPS
        if known.second_type == owner and known.second != known.first
    ]
    return [
        {
            "name": name,
            "typeName": f"array<{other}>" if many else other,
            "isOptional": True,
            "cardinality": "SET" if many else "SINGLE",
            "relationshipTypeName": relationship,
        }
        for name, other, many, relationship in ends
    ]


def _relationships() -> list[dict[str, Any]]:
    return [
        {
            "category": "RELATIONSHIP",
            "name": known.name,
            "guid": known.name,
            **MADE,
            "relationshipCategory": "COMPOSITION" if known.owns else "ASSOCIATION",
            "endDef1": _end(known, first=True),
            "endDef2": _end(known, first=False),
        }
        for known in RELATIONSHIPS
    ]


def _end(known: Relationship, *, first: bool) -> dict[str, Any]:
    many = known.first_many if first else known.second_many
    return {
        "type": known.first_type if first else known.second_type,
        "name": known.first if first else known.second,
        "cardinality": "SET" if many else "SINGLE",
    }


_MAKERS: dict[str, tuple[str, Callable[[], list[dict[str, Any]]]]] = {
    "ENUM": ("enumDefs", _enums),
    "STRUCT": ("structDefs", _structs),
    "CLASSIFICATION": ("classificationDefs", _tags),
    "ENTITY": ("entityDefs", _entity_types),
    "RELATIONSHIP": ("relationshipDefs", _relationships),
    "BUSINESS_METADATA": ("businessMetadataDefs", _custom_metadata),
}
