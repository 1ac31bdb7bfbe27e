"""Type definitions as they are read (Atlas 2.1, TypesREST)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.sandbox.atlas.definitions import applicable_types, filled_attribute
from importer.sandbox.atlas.refusals import Refused
from importer.sandbox.atlas.types import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importer.sandbox.atlas.catalogue import Json
    from importer.sandbox.atlas.types import End, EntityType, Types


def listed(known: Types, asked: str | None = None, name: str | None = None) -> Json:
    """Return all definitions, or those of one category (`entity` say), or of one name."""
    return {
        CATEGORIES[category]: [
            shown(known, category, one) for one in found if name in (None, one["name"])
        ]
        for category, found in _of_category(known, asked)
    }


def headers(known: Types, asked: str | None = None) -> list[Json]:
    """Return guid, name and category of every definition, or of those of one category."""
    return [
        {"guid": one["guid"], "name": one["name"], "category": category}
        for category, found in _of_category(known, asked)
        for one in found
    ]


def _of_category(known: Types, asked: str | None) -> Iterator[tuple[str, list[Json]]]:
    """Yield every category with its definitions, none of them where another one is asked for."""
    wanted = _plain(asked or "")
    for category, found in known.definitions.items():
        yield category, list(found.values()) if wanted in ("", _plain(category)) else []


def one_of(known: Types, name: str, asked: str | None = None) -> Json:
    """Return the definition called `name`, of one category if that is named. Raises Refused."""
    found = known.find(name)
    if found is None or _plain(asked or found["category"]) != _plain(found["category"]):
        raise Refused("unknown_type_name", name)
    return shown(known, found["category"], found)


def _plain(category: str) -> str:
    return category.replace("_", "").upper()


def shown(known: Types, category: str, one: Json) -> Json:
    """Return a definition with those below it, an entity type with its relations as well."""
    if category not in {"ENTITY", "CLASSIFICATION"}:
        return one
    below = [
        each["name"]
        for each in known.definitions[category].values()
        if one["name"] in (each.get("superTypes") or ())
    ]
    kind = known.entity(one["name"]) if category == "ENTITY" else None
    return {**one, "subTypes": below, **(_relations(known, kind) if kind else {})}


def _relations(known: Types, kind: EntityType) -> Json:
    sets = known.definitions["BUSINESS_METADATA"].values()
    described = {one["name"]: _for_type(one, kind) for one in sets}
    return {
        "relationshipAttributeDefs": [_relation(end) for end in kind.relations.values()],
        "businessAttributeDefs": {name: found for name, found in described.items() if found},
    }


def _for_type(metadata: Json, kind: EntityType) -> list[Json]:
    """Return the attributes of a set of business metadata that entities of `kind` have."""
    attributes = metadata.get("attributeDefs") or ()
    return [one for one in attributes if any(kind.is_a(name) for name in applicable_types(one))]


def _relation(end: End) -> Json:
    bounds = {"valuesMinCount": 0} if end.legacy else {"valuesMinCount": -1, "valuesMaxCount": -1}
    return {
        **filled_attribute(
            {
                "name": end.attribute,
                "typeName": f"array<{end.other_type}>" if end.many else end.other_type,
                "isOptional": not end.owned,
                "cardinality": "SET" if end.many else "SINGLE",
                **bounds,
            }
        ),
        **({"constraints": [{"type": "ownedRef"}]} if end.owns else {}),
        "relationshipTypeName": end.relationship,
        "isLegacyAttribute": end.legacy,
    }
