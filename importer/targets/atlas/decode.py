"""Decodes a whole entity into a live entity in the shape of the templates."""

from __future__ import annotations

from importer.model import Json, Key, Payload
from importer.targets.atlas.typedefs import TypeDefs
from importer.targets.atlas.vocabulary import (
    ACTIVE,
    ATTRIBUTES,
    CATEGORY,
    CUSTOM_METADATA,
    DELETED,
    FREE,
    GLOSSARY,
    GLOSSARY_TYPES,
    LABELS,
    OTHER_NAMES,
    RELATIONS,
    TAGS,
    TERM,
)
from importer.targets.protocol import LiveEntity, Ref, Relations

EMPTY: tuple[Json, ...] = (None, "", [], {})

NOT_KEPT = frozenset({"childrenCategories"})
"""Relations that the other end shows too, in a place that a template maps."""


def live_entity(entity: Json, key: Key, typedefs: TypeDefs) -> LiveEntity:
    """Return an entity as a live entity with this key."""
    name = qualified_name_of(entity)
    return LiveEntity(
        type=entity["typeName"],
        key=key,
        id=entity["guid"],
        payload=_payload(entity, typedefs),
        relations=_relations(entity, typedefs),
        identities=(name,) if name else (),
        archived=is_archived(entity),
    )


def is_archived(entity: Json) -> bool:
    """Return whether an entity was deleted softly."""
    return bool(entity.get("status") == DELETED)


def name_of(entity: Json) -> str:
    """Return the name of an entity, or of an end of a relation."""
    return str((entity.get(ATTRIBUTES) or {}).get("name") or entity.get("displayText") or "")


def qualified_name_of(entity: Json) -> str:
    """Return the qualifiedName of an entity, empty if it has none."""
    return str((entity.get(ATTRIBUTES) or {}).get("qualifiedName") or "")


def related(entity: Json, name: str) -> list[Json]:
    """Return the active ends of a relation, as a list even for a relation to a single entity.

    Removed relations stay in the answer, beside one that was added again. An end can stand there
    twice: a symmetric relation can be made from either end.
    """
    given = (entity.get(RELATIONS) or {}).get(name)
    ends = given if isinstance(given, list) else [given] if given else []
    return [end for end in ends if end.get("guid") and _is_active(end)]


def tags_of(entity: Json) -> list[str]:
    """Return the tags put on the entity itself, without those propagated from other assets."""
    own = (None, entity["guid"])
    return [tag["typeName"] for tag in entity.get(TAGS) or () if tag.get("entityGuid") in own]


def _is_active(end: Json) -> bool:
    states = {end.get("entityStatus"), end.get("relationshipStatus")}
    return states <= {None, ACTIVE}


def _payload(entity: Json, typedefs: TypeDefs) -> Payload:
    parts = {
        ATTRIBUTES: _attributes(entity, typedefs),
        TAGS: [{"typeName": name} for name in tags_of(entity)],
        CUSTOM_METADATA: _custom_metadata(entity),
        LABELS: entity.get(LABELS),
        FREE: _filled(entity.get(FREE)),
    }
    filled = {name: value for name, value in parts.items() if value not in EMPTY}
    return {"typeName": entity["typeName"], **filled}


def _attributes(entity: Json, typedefs: TypeDefs) -> dict[str, Json]:
    """Return the attributes that are no references; those with two names under both."""
    relations = typedefs.type(entity["typeName"]).relations
    given = (entity.get(ATTRIBUTES) or {}).items()
    values = {name: _filled(value) for name, value in given if name not in relations}
    found = {
        name: value for name, value in values.items() if value not in EMPTY and not _refers(value)
    }
    if entity["typeName"] in GLOSSARY_TYPES:
        found |= {name: found[own] for name, own in OTHER_NAMES.items() if own in found}
    return found


def _filled(value: Json) -> Json:
    """Return a value; of a map only the entries that have one."""
    if not isinstance(value, dict):
        return value
    return {name: inner for name, inner in value.items() if inner is not None}


def _refers(value: Json) -> bool:
    """Return whether a value is a reference to an entity, or a list of such."""
    first = value[0] if isinstance(value, list) else value
    return isinstance(first, dict) and "guid" in first


def _custom_metadata(entity: Json) -> dict[str, Json]:
    given = entity.get(CUSTOM_METADATA) or {}
    sets = {
        name: {
            attribute: value for attribute, value in (values or {}).items() if value not in EMPTY
        }
        for name, values in given.items()
    }
    return {name: values for name, values in sets.items() if values}


def _relations(entity: Json, typedefs: TypeDefs) -> Relations:
    found = {name: related(entity, name) for name in _kept(entity, typedefs)}
    return {
        f"{RELATIONS}.{name}": tuple(
            dict.fromkeys(Ref(end.get("typeName") or "", end["guid"]) for end in ends)
        )
        for name, ends in found.items()
        if ends
    }


def _kept(entity: Json, typedefs: TypeDefs) -> list[str]:
    """Return the relations that a template can map, and those that a save must repeat.

    A glossary has none, an asset its terms.
    """
    names = (entity.get(RELATIONS) or {}).keys()
    if entity["typeName"] in (CATEGORY, TERM):
        return sorted(names - NOT_KEPT)
    demanded = typedefs.type(entity["typeName"]).demanded
    return [] if entity["typeName"] == GLOSSARY else sorted(names & {"meanings", *demanded})
