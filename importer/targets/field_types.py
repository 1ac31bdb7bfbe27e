"""Types of custom metadata, as a metastore's type definitions write them (AtlasStructDef)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from importer.field_type import FieldType
from importer.model import Json

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

BITS = {"byte": 8, "short": 16, "int": 32}
"""How many bits the whole numbers of a type have, where these are fewer than the 64 of ours."""


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
    inner = inner_type(definition)
    return FieldType(
        SCALARS.get(inner, "text"),
        many=inner != str(definition.get("typeName") or ""),
        options=options.get(inner, ()),
        refused_on=refused_on,
        single=inner == "float",
        bits=BITS.get(inner, 0),
        longest=_longest(definition) if inner == "string" else 0,
    )


def inner_type(definition: Json) -> str:
    """Return the type of an attribute, or of its items where it is a list."""
    type_name = str(definition.get("typeName") or "")
    return type_name.removeprefix("array<").removesuffix(">")


def _longest(definition: Json) -> int:
    """Return how many characters a text may have, 0 where nothing is said."""
    stated = str((definition.get("options") or {}).get("maxStrLength") or "")
    return int(stated) if re.fullmatch("[0-9]{1,9}", stated) else 0
