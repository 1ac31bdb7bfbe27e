"""What a tenant defines itself: tags, custom metadata and their enumerations.

To those of the catalogue come those that a tester posts to `types/typedefs`. The server gives tags,
sets of custom metadata and their attributes an internal name; an enumeration keeps its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from msgspec import Struct

from importer.sandbox.atlan.catalogue import (
    CUSTOM_METADATA,
    CUSTOM_METADATA_NAMES,
    ENUMS,
    TAGS,
    CustomAttribute,
    internal_name,
)
from importer.sandbox.atlan.refusals import Refused

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    Json = dict[str, Any]

ENUM, TAG, CUSTOM = "ENUM", "CLASSIFICATION", "BUSINESS_METADATA"
LISTS = {ENUM: "enumDefs", TAG: "classificationDefs", CUSTOM: "businessMetadataDefs"}
"""Category -> the list that holds its definitions; enumerations first, others name them."""
PRIMITIVES = frozenset({"string", "int", "long", "float", "boolean", "date"})
MADE = {"version": 1, "typeVersion": "1.0", "createdBy": "sandbox", "updatedBy": "sandbox"}


class Tenant(Struct, frozen=True):
    """The definitions of a tenant, by internal name; tags and sets with what people see."""

    enums: dict[str, tuple[str, ...]]
    tags: dict[str, str]
    sets: dict[str, str]
    custom_metadata: dict[str, dict[str, CustomAttribute]]

    def names(self, category: str) -> dict[str, str]:
        """Return internal name -> the name people see of everything of a category."""
        enums = {name: name for name in self.enums}
        return {ENUM: enums, TAG: self.tags, CUSTOM: self.sets}[category]


CATALOGUE = Tenant(ENUMS, TAGS, CUSTOM_METADATA_NAMES, CUSTOM_METADATA)


def tenant(db: sqlite3.Connection) -> Tenant:
    """Return all definitions: those of the catalogue and those posted."""
    posted = {category: stored(db, category) for category in LISTS}
    if not any(posted.values()):
        return CATALOGUE
    enums = {one["name"]: _values(one) for one in posted[ENUM]}
    tags = {one["name"]: one["displayName"] for one in posted[TAG]}
    sets = {one["name"]: one["displayName"] for one in posted[CUSTOM]}
    attributes = {one["name"]: dict(_attributes(one)) for one in posted[CUSTOM]}
    return Tenant(
        ENUMS | enums, TAGS | tags, CUSTOM_METADATA_NAMES | sets, CUSTOM_METADATA | attributes
    )


def stored(db: sqlite3.Connection, category: str) -> list[Json]:
    """Return the posted definitions of a category as the API shows them."""
    rows = db.execute("SELECT body FROM typedef WHERE category = ? ORDER BY rowid", (category,))
    return [orjson.loads(body) for (body,) in rows]


def define(db: sqlite3.Connection, body: Any) -> dict[str, list[Json]]:
    """Add what a request defines; return it with internal names.

    Raises Refused for a name that is taken, and for anything but tags, custom metadata and
    enumerations.
    """
    return _each(db, body, new=True)


def redefine(db: sqlite3.Connection, body: Any) -> dict[str, list[Json]]:
    """Replace posted definitions; raises Refused for one that was not posted."""
    return _each(db, body, new=False)


def undefine(db: sqlite3.Connection, name: str) -> None:
    """Delete a posted definition, by its internal name.

    Raises Refused for one that is not there, one of the catalogue, and one that is used: a tag or a
    set that an entity has (AtlasBusinessMetadataDefStoreV2), an enumeration of an attribute.
    """
    known = tenant(db)
    if not any(name in known.names(category) for category in LISTS):
        raise Refused("unknown_type_name", name)
    posted = {one["name"] for category in LISTS for one in stored(db, category)}
    if name not in posted or _is_used(db, known, name):
        raise Refused("type_in_use", name)
    db.execute("DELETE FROM typedef WHERE name = ?", (name,))


def _is_used(db: sqlite3.Connection, known: Tenant, name: str) -> bool:
    attributes = (one for found in known.custom_metadata.values() for one in found.values())
    if any(_inner(one.type_name) == name for one in attributes):
        return True
    tagged = "EXISTS (SELECT 1 FROM json_each(body, '$.tags') WHERE value ->> 'typeName' = :name)"
    described = "EXISTS (SELECT 1 FROM json_each(body, '$.custom_metadata') WHERE key = :name)"
    query = f"SELECT 1 FROM entity WHERE {tagged} OR {described}"  # noqa: S608
    return db.execute(query, {"name": name}).fetchone() is not None


def _each(db: sqlite3.Connection, body: Any, *, new: bool) -> dict[str, list[Json]]:
    if not isinstance(body, dict):
        raise Refused("invalid_parameters", "the body is no JSON object")
    others = sorted(key for key in body.keys() - set(LISTS.values()) if body[key])
    if others:
        raise Refused("invalid_parameters", f"the sandbox does not define {', '.join(others)}")
    made = {
        key: [_one(db, category, one, new=new) for one in _list(body, key)]
        for category, key in LISTS.items()
    }
    return {**made, "entityDefs": [], "structDefs": [], "relationshipDefs": []}


def _one(db: sqlite3.Connection, category: str, sent: Any, *, new: bool) -> Json:
    shown = _shown(sent, LISTS[category])
    name = internal_name(category, shown) if new else str(sent.get("name"))
    name = shown if category == ENUM else name
    _check_name(db, category, name, shown, new=new)
    made = {**sent, **MADE, "category": category, "name": name, "guid": name, "displayName": shown}
    if category == CUSTOM:
        kept = set(tenant(db).custom_metadata.get(name, {}))
        given = _list(sent, "attributeDefs")
        made["attributeDefs"] = [_attribute(db, shown, one, kept) for one in given]
    if category == ENUM and not _values(made):
        raise Refused("invalid_parameters", f"the enumeration {name} has no values")
    _keep(db, made)
    return made


def _shown(sent: Any, where: str) -> str:
    """Return the name that people see. Raises Refused without one."""
    shown = (sent.get("displayName") or sent.get("name")) if isinstance(sent, dict) else None
    if not isinstance(shown, str) or not shown:
        raise Refused("invalid_parameters", f"a definition in {where} has no name")
    return shown


def _keep(db: sqlite3.Connection, made: Json) -> None:
    db.execute(
        "INSERT OR REPLACE INTO typedef (name, category, body) VALUES (?, ?, ?)",
        (made["name"], made["category"], orjson.dumps(made).decode()),
    )


def _check_name(db: sqlite3.Connection, category: str, name: str, shown: str, *, new: bool) -> None:
    known = tenant(db).names(category)
    others = {seen for internal, seen in known.items() if new or internal != name}
    if shown in others:
        raise Refused("type_exists", shown)
    if not new and name not in {one["name"] for one in stored(db, category)}:
        raise Refused("unknown_type_name", name)


def _attribute(db: sqlite3.Connection, owner: str, sent: Any, kept: set[str]) -> Json:
    """Return an attribute of custom metadata with an internal name and a type that is known.

    An attribute that the set has already keeps its internal name, one of those in `kept`.
    """
    shown = _shown(sent, f"the attributes of {owner}")
    name = str(sent.get("name"))
    inner = _inner(str(sent.get("typeName")))
    if inner not in PRIMITIVES and inner not in tenant(db).enums:
        raise Refused("unknown_type", sent.get("typeName"))
    many = str(sent["typeName"]).startswith("array<")
    return {
        "isOptional": True,
        "isUnique": False,
        **sent,
        "name": name if name in kept else internal_name(f"attribute of {owner}", shown),
        "displayName": shown,
        "cardinality": "SET" if many else "SINGLE",
        "options": _options(sent.get("options"), inner, many=many),
    }


def _options(sent: Any, inner: str, *, many: bool) -> dict[str, str]:
    """Return the options as the API keeps them: every value a text."""
    given = {} if not isinstance(sent, dict) else sent
    texts = {
        key: value if isinstance(value, str) else orjson.dumps(value).decode()
        for key, value in given.items()
        if value is not None
    }
    enum = inner not in PRIMITIVES
    return {
        "applicableEntityTypes": '["Asset"]',
        **texts,
        "primitiveType": "enum" if enum else inner,
        "multiValueSelect": str(many).lower(),
        "isEnum": str(enum).lower(),
        **({"enumType": inner} if enum else {}),
    }


def _values(definition: Json) -> tuple[str, ...]:
    elements = _list(definition, "elementDefs")
    return tuple(str(one["value"]) for one in elements if isinstance(one, dict) and "value" in one)


def _attributes(definition: Json) -> Iterator[tuple[str, CustomAttribute]]:
    for one in definition["attributeDefs"]:
        options = one["options"]
        longest = str(options.get("maxStrLength", ""))
        yield (
            one["name"],
            CustomAttribute(
                one["displayName"],
                one["typeName"],
                int(longest) if longest.isdigit() else None,
                _types(options["applicableEntityTypes"]),
            ),
        )


def _types(text: str) -> tuple[str, ...]:
    """Return the types of `applicableEntityTypes`, a list as JSON in a text."""
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError:
        given = None
    return tuple(given) if isinstance(given, list) else ("Asset",)


def _list(given: Json, key: str) -> list[Any]:
    value = given.get(key) or []
    if not isinstance(value, list):
        raise Refused("invalid_parameters", f"{key} is no list")
    return value


def _inner(type_name: str) -> str:
    return type_name.removeprefix("array<").removesuffix(">")
