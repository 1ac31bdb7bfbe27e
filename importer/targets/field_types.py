"""Types of custom metadata, as a metastore's type definitions write them (AtlasStructDef)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from importer.model import FieldType, Json

SCALARS = {
    "byte": "integer",
    "short": "integer",
    "int": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "boolean": "boolean",
    "date": "date",
}
"""Primitive types of the metastore (AtlasBaseTypeDef) that a column reads as something but text."""


def options_of(definitions: Sequence[Json]) -> dict[str, tuple[str, ...]]:
    """Return the values of each enumeration, by its name."""
    return {
        one["name"]: tuple(str(element["value"]) for element in one.get("elementDefs") or ())
        for one in definitions
    }


def field_type(
    definition: Json, options: Mapping[str, tuple[str, ...]], refused_on: frozenset[str]
) -> FieldType:
    """Return the type of an attribute; what we do not know is text."""
    type_name = str(definition.get("typeName") or "")
    many = type_name.startswith("array<")
    inner = type_name.removeprefix("array<").removesuffix(">")
    of_enum, single = options.get(inner, ()), inner == "float"
    return FieldType(SCALARS.get(inner, "text"), many, of_enum, refused_on, single=single)
