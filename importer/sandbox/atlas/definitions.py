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


def is_complete(category: str, sent: Json | None) -> bool:
    """Return whether a definition has the names and types that the server cannot do without."""
    if sent is None or not sent.get("name"):
        return False
    attributes = sent.get("attributeDefs") or ()
    ends = [sent.get(end) for end in ("endDef1", "endDef2")] if category == "RELATIONSHIP" else []
    return all(one and one.get("name") and one.get("typeName") for one in attributes) and all(
        end and end.get("name") and end.get("type") for end in ends
    )


def refuse_bad_supertypes(known: dict[str, Json], one: Json) -> None:
    """Refuse supertypes of another category, and a type that is above itself."""
    waiting, seen = list(one.get("superTypes") or ()), set()
    while waiting:
        name = waiting.pop()
        if name not in known:
            raise Refused("incompatible_type", name, one["name"])
        if name == one["name"]:
            raise Refused("circular_type", name)
        if name not in seen:
            seen.add(name)
            waiting += known[name].get("superTypes") or ()


def refuse_bad(category: str, sent: Json) -> None:
    """Refuse a definition with a name that may not be, or without what it must have."""
    name = str(sent["name"])
    if not NAME.fullmatch(name) and not name.startswith("__"):
        raise Refused("bad_type_name", name, category)
    values = [(element or {}).get("value") for element in sent.get("elementDefs") or ()]
    if category == "ENUM" and not (values and all(values)):
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
    try:
        given = orjson.loads(text) if isinstance(text, str) else []
    except orjson.JSONDecodeError:
        given = []
    return [name for name in given if isinstance(name, str)] if isinstance(given, list) else []
