"""Checks a type definition that is sent, and fills in what was left out (Atlas 2.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import orjson

from importer.sandbox.atlas.catalogue import MOST, definition
from importer.sandbox.atlas.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importer.sandbox.atlas.catalogue import Json

PRIMITIVES = frozenset(
    {
        *("boolean", "byte", "short", "int", "long", "float", "double"),
        *("biginteger", "bigdecimal", "string", "date"),
    }
)
NAME = re.compile("[a-zA-Z][a-zA-Z0-9_ ]*")
PARTS: dict[str, tuple[str, ...]] = {
    "ENUM": ("elementDefs",),
    "CLASSIFICATION": ("attributeDefs", "superTypes", "entityTypes"),
    "ENTITY": ("attributeDefs", "superTypes"),
}
"""Category -> the lists that its definitions have; others have `attributeDefs`."""


def refuse_bad(category: str, sent: Json) -> None:
    """Refuse a definition with a name that may not be, or without what it must have."""
    name = sent["name"]
    if not NAME.fullmatch(name) and not name.startswith("__"):
        raise Refused("bad_type_name", name, category)
    if category == "ENUM" and not sent.get("elementDefs"):
        raise Refused("missing_part", f"{name}.values")
    for attribute in sent.get("attributeDefs") or ():
        text = str(attribute.get("typeName")) in {"string", "array<string>"}
        longest = (attribute.get("options") or {}).get("maxStrLength")
        if category == "BUSINESS_METADATA" and text and not longest:
            raise Refused("missing_part", f"{attribute['name']}.options.maxStrLength")


def refuse_change(before: Json, after: Json) -> None:
    """Refuse a change that takes an attribute away or adds a mandatory one."""
    held = {one["name"] for one in before.get("attributeDefs") or ()}
    wanted = {one["name"]: one for one in after.get("attributeDefs") or ()}
    for name in sorted(held - wanted.keys()):
        raise Refused("attribute_lost", before["name"], name)
    for name in sorted(wanted.keys() - held):
        if not wanted[name]["isOptional"]:
            raise Refused("attribute_mandatory", before["name"], name)


def filled(category: str, sent: Json, before: Json | None = None) -> Json:
    """Return a definition as it is stored; `before` is the one that it replaces."""
    given = {key: value for key, value in sent.items() if value is not None}
    made = {**definition(category, sent["name"]), **given, "category": category}
    made["guid"] = before["guid"] if before else str(uuid4())
    made["version"] = before["version"] + 1 if before else 1
    for part in PARTS.get(category, ("attributeDefs",)):
        made.setdefault(part, [])
    if "attributeDefs" in made:
        made["attributeDefs"] = [filled_attribute(one) for one in made["attributeDefs"]]
    return made


def filled_attribute(sent: Json) -> Json:
    """Return an attribute as it is stored; it is mandatory unless it says otherwise."""
    given = {key: value for key, value in sent.items() if value is not None}
    many = given.get("cardinality", "SINGLE") != "SINGLE"
    return {
        "isOptional": False,
        "cardinality": "SINGLE",
        "valuesMinCount": 0 if given.get("isOptional") else 1,
        "valuesMaxCount": MOST if many else 1,
        "isUnique": False,
        "isIndexable": False,
        "includeInNotification": False,
        "searchWeight": -1,
        **given,
    }


def names_in(one: Json) -> set[str]:
    """Return the names of the types that a definition refers to, without primitive ones."""
    ends = {one[end]["type"] for end in ("endDef1", "endDef2") if end in one}
    return {*_named(one), *ends, *(one.get("superTypes") or ()), *(one.get("entityTypes") or ())}


def _named(one: Json) -> Iterator[str]:
    """Yield the types that the attributes of a definition have, or are for."""
    for attribute in one.get("attributeDefs") or ():
        parts = str(attribute["typeName"]).replace("<", ",").replace(">", "").split(",")
        yield from {part.strip() for part in parts} - PRIMITIVES - {"array", "map"}
        yield from applicable_types(attribute)


def applicable_types(attribute: Json) -> list[str]:
    """Return the entity types that an attribute of business metadata is for."""
    text = (attribute.get("options") or {}).get("applicableEntityTypes")
    return list(orjson.loads(text)) if text else []
