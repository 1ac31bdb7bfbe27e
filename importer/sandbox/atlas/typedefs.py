"""The calls about type definitions: listed, posted, replaced, deleted (Atlas 2.1, TypesREST)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import orjson

from importer.sandbox.atlas.catalogue import Json, definition
from importer.sandbox.atlas.refusals import Crashed, Refused
from importer.sandbox.atlas.types import CATEGORIES, Types, types

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

PRIMITIVES = frozenset(
    [
        "boolean",
        "byte",
        "short",
        "int",
        "long",
        "float",
        "double",
        "biginteger",
        "bigdecimal",
        "string",
        "date",
    ]
)


def listed(known: Types, asked: str | None = None, name: str | None = None) -> Json:
    """Return all definitions, or those of one category (`entity` say), or of one name."""
    wanted = (asked or "").replace("_", "").upper()
    return {
        key: [
            _shown(known, category, one)
            for one in known.definitions[category].values()
            if wanted in ("", category.replace("_", "")) and name in (None, one["name"])
        ]
        for category, key in CATEGORIES.items()
    }


def headers(known: Types) -> list[Json]:
    """Return guid, name and category of every definition."""
    return [
        {"guid": one["guid"], "name": one["name"], "category": category}
        for category in CATEGORIES
        for one in known.definitions[category].values()
    ]


def one_of(known: Types, name: str) -> Json:
    """Return the definition called `name`. Raises Refused."""
    found = known.find(name)
    if found is None:
        raise Refused("unknown_type_name", name)
    return _shown(known, found["category"], found)


def define(db: sqlite3.Connection, body: Any) -> Json:
    """Add what a request defines. Raises Refused for a name that is taken."""
    known = types(db)
    for _, sent in _sent(body):
        if known.find(sent["name"]):
            raise Refused("type_exists", sent["name"])
    return _kept(db, body, known)


def redefine(db: sqlite3.Connection, body: Any) -> Json:
    """Replace definitions. Raises Refused for one that is not there."""
    known = types(db)
    for category, sent in _sent(body):
        if sent["name"] not in known.definitions[category]:
            raise Refused("unknown_type_name", sent["name"])
    return _kept(db, body, known)


def remove(db: sqlite3.Connection, body: Any) -> None:
    """Remove the definitions that a body names. Raises Refused for one that is used."""
    for _, sent in _sent(body):
        remove_one(db, sent["name"])


def remove_one(db: sqlite3.Connection, name: str) -> None:
    """Remove a definition; a built-in one cannot be. Raises Refused for one that is used."""
    known = types(db)
    found = known.find(name)
    if found is None:
        raise Refused("unknown_type_name", name)
    stored = db.execute("SELECT 1 FROM atlas_typedef WHERE name = ?", (name,)).fetchone()
    if stored is None or _is_used(db, known, name):
        raise Refused("type_in_use", name)
    db.execute("DELETE FROM atlas_typedef WHERE name = ?", (name,))


def _is_used(db: sqlite3.Connection, known: Types, name: str) -> bool:
    """Return whether an entity, a tag on one or another definition needs a definition."""
    others = (one for found in known.definitions.values() for one in found.values())
    if any(name in _needs(one) for one in others if one["name"] != name):
        return True
    tagged = "EXISTS (SELECT 1 FROM json_each(body, '$.tags') WHERE value ->> 'typeName' = :name)"
    metadata = "EXISTS (SELECT 1 FROM json_each(body, '$.custom_metadata') WHERE key = :name)"
    query = f"SELECT 1 FROM atlas_entity WHERE type = :name OR {tagged} OR {metadata}"  # noqa: S608
    return db.execute(query, {"name": name}).fetchone() is not None


def _needs(one: Json) -> set[str]:
    """Return the names of the types that a definition refers to."""
    attributes = {part for each in one.get("attributeDefs") or () for part in _parts(each)}
    ends = {one[end]["type"] for end in ("endDef1", "endDef2") if end in one}
    return {*attributes, *ends, *(one.get("superTypes") or ())}


def _parts(attribute: Json) -> list[str]:
    return str(attribute["typeName"]).replace("<", ",").replace(">", "").split(",")


def _sent(body: Any) -> Iterator[tuple[str, Json]]:
    """Yield (category, definition) of a body. Raises Crashed, Refused."""
    if not isinstance(body, dict):
        raise Crashed("the body is no JSON object")
    for category, key in CATEGORIES.items():
        for one in body.get(key) or ():
            if not isinstance(one, dict):
                raise Crashed(f"{key} holds no definition")
            if not isinstance(one.get("name"), str) or not one["name"]:
                raise Refused("nameless_type", category)
            yield category, one


def _kept(db: sqlite3.Connection, body: Any, known: Types) -> Json:
    made: Json = {key: [] for key in CATEGORIES.values()}
    for category, sent in _sent(body):
        before = known.definitions[category].get(sent["name"])
        one = _made(category, sent, before)
        made[CATEGORIES[category]].append(one)
        db.execute(
            "INSERT OR REPLACE INTO atlas_typedef (name, category, body) VALUES (?, ?, ?)",
            (one["name"], category, orjson.dumps(one).decode()),
        )
    _refuse_unknown(types(db), made)
    return made


def _made(category: str, sent: Json, before: Json | None) -> Json:
    guid = before["guid"] if before else str(uuid4())
    version = before["version"] + 1 if before else 1
    kept = {key: value for key, value in sent.items() if value is not None}
    return {**definition(category, sent["name"]), **kept, "guid": guid, "version": version} | {
        "category": category
    }


def _refuse_unknown(known: Types, made: Json) -> None:
    """Refuse what names a type that is not there."""
    for one in (one for found in made.values() for one in found):
        for name in _needs(one) - PRIMITIVES - {"array", "map"}:
            if known.find(name) is None:
                raise Refused("unknown_type_name", name)


def _shown(known: Types, category: str, one: Json) -> Json:
    """Return a definition as it is read: an entity type with its relations."""
    if category != "ENTITY":
        return one
    kind = known.entity(one["name"])
    ends = kind.relations.values() if kind else ()
    below = [
        each["name"]
        for each in known.definitions["ENTITY"].values()
        if one["name"] in (each.get("superTypes") or ())
    ]
    relations = [
        {
            "name": end.attribute,
            "typeName": f"array<{end.other_type}>" if end.many else end.other_type,
            "isOptional": True,
            "cardinality": "SET" if end.many else "SINGLE",
            "relationshipTypeName": end.relationship,
        }
        for end in ends
    ]
    return {**one, "subTypes": below, "relationshipAttributeDefs": relations}
