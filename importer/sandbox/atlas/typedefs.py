"""The calls about type definitions: posted, replaced, deleted (Atlas 2.1, TypesREST)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from importer.sandbox.atlas.definitions import (
    filled,
    is_complete,
    names_in,
    refuse_bad,
    refuse_bad_supertypes,
    refuse_change,
)
from importer.sandbox.atlas.refusals import Crashed, Refused
from importer.sandbox.atlas.type_views import shown
from importer.sandbox.atlas.types import CATEGORIES, Types, types

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from importer.sandbox.atlas.catalogue import Json


def define(db: sqlite3.Connection, body: Json) -> Json:
    """Add what a request defines. Raises Refused for a name that is taken."""
    known = types(db)
    sent = list(_sent(body))
    for category, one in sent:
        refuse_bad(category, one)
        if known.find(one["name"]):
            raise Refused("type_exists", one["name"])
    return _kept(db, [(category, filled(category, one)) for category, one in sent])


def redefine(db: sqlite3.Connection, body: Json) -> Json:
    """Replace definitions. Raises Refused for one that is not there."""
    known = types(db)
    changed = []
    for category, one in _sent(body):
        before = known.definitions[category].get(one["name"])
        if before is None:
            raise Refused("unknown_type_name", one["name"])
        refuse_bad(category, one)
        after = filled(category, one, before)
        refuse_change(before, after)
        changed.append((category, after))
    return _kept(db, changed)


def remove(db: sqlite3.Connection, body: Json | None) -> None:
    """Remove the definitions that a body names. Raises Refused for one that is used."""
    for _, sent in _sent(body):
        remove_one(db, sent["name"])


def remove_one(db: sqlite3.Connection, name: str) -> None:
    """Remove a definition; a built-in one cannot be. Raises Refused for one that is used."""
    known = types(db)
    if known.find(name) is None:
        raise Refused("unknown_type_name", name)
    stored = db.execute("SELECT 1 FROM atlas_typedef WHERE name = ?", (name,)).fetchone()
    if stored is None or _is_used(db, known, name):
        raise Refused("type_in_use", name)
    db.execute("DELETE FROM atlas_typedef WHERE name = ?", (name,))


def _is_used(db: sqlite3.Connection, known: Types, name: str) -> bool:
    """Return whether an entity, a tag on one or another definition needs a definition.

    Business metadata that entities hold may go: they lose it (tried on 2.1).
    """
    others = (one for found in known.definitions.values() for one in found.values())
    if any(name in names_in(one) for one in others if one["name"] != name):
        return True
    tagged = "EXISTS (SELECT 1 FROM json_each(body, '$.tags') WHERE value ->> 'typeName' = :name)"
    query = f"SELECT 1 FROM atlas_entity WHERE type = :name OR {tagged}"  # noqa: S608
    return db.execute(query, {"name": name}).fetchone() is not None


def _sent(body: Json | None) -> Iterator[tuple[str, Json]]:
    """Yield (category, definition) of a body. Raises Crashed."""
    if body is None:
        raise Crashed("no body")
    for category, key in CATEGORIES.items():
        for one in body.get(key) or ():
            if not is_complete(category, one):
                raise Crashed(f"{key} holds no definition with a name")
            yield category, one


def _kept(db: sqlite3.Connection, definitions: list[tuple[str, Json]]) -> Json:
    """Store definitions and return them. Raises Refused for one that names an unknown type."""
    made: Json = {key: [] for key in CATEGORIES.values()}
    for category, one in definitions:
        db.execute(
            "INSERT OR REPLACE INTO atlas_typedef (name, category, body) VALUES (?, ?, ?)",
            (one["name"], category, orjson.dumps(one).decode()),
        )
    known = types(db)
    for category, one in definitions:
        for name in names_in(one):
            if known.find(name) is None:
                raise Refused("bad_request", f"Given typename {name} was invalid")
        refuse_bad_supertypes(known.definitions[category], one)
    for category, one in definitions:
        made[CATEGORIES[category]].append(shown(known, category, one))
    return made
