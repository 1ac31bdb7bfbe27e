"""Decodes an entity of a search answer into a live entity in the shape of the templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from importer.cache import Cache
from importer.model import Json, Key, Payload
from importer.targets.atlan.typedefs import TypeDefs
from importer.targets.atlan.vocabulary import (
    ATTRIBUTES,
    CUSTOM_METADATA,
    DELETED,
    README,
    RELATIONS,
    TAGS,
    attributes_of,
    relation_path,
    relations_of,
)
from importer.targets.protocol import LiveEntity, Ref, Relations

MOST_TYPES = 1_000
"""Of so many types the names to read are kept: a tenant says what types it has."""

_PATHS = Cache[str, list[tuple[str, str]]](
    lambda type_name: [(name, relation_path(name)) for name in relations_of(type_name)], MOST_TYPES
)
"""Name and payload path of each relation that a template can map, by type."""


class Decoder:
    """The reader of entities; `extra` are attributes besides those the shipped templates map."""

    def __init__(self, typedefs: TypeDefs, extra: tuple[str, ...] = ()) -> None:
        self.extra = extra
        self._wanted = Cache[str, tuple[str, ...]](
            lambda type_name: (*attributes_of(type_name), *extra), MOST_TYPES
        )
        self._tags = typedefs.tag_display_names()
        self._custom = typedefs.attribute_display_names()
        self._many = {
            (set_name, attribute): found.many
            for set_name, one in typedefs.sets.items()
            for attribute, found in one.types.items()
        }

    def requested(self, type_name: str) -> list[str]:
        """Return the names of attributes and relations a search must request for `live`."""
        own = [*attributes_of(type_name), *self.extra, *relations_of(type_name)]
        return list(dict.fromkeys([*own, *self._custom]))

    def live(self, entity: Json, key: Key) -> LiveEntity:
        """Return an entity of a search answer as a live entity with this key."""
        return LiveEntity(
            type=entity["typeName"],
            key=key,
            id=entity["guid"],
            payload=self._payload(entity),
            relations=_relations(entity),
            identities=(name,) if (name := qualified_name_of(entity)) else (),
            archived=is_archived(entity),
        )

    def _payload(self, entity: Json) -> Payload:
        parts = {
            ATTRIBUTES: self._attributes(entity),
            TAGS: self._direct_tags(entity),
            CUSTOM_METADATA: self._custom_metadata(entity),
            "labels": entity.get("labels"),
            "customAttributes": entity.get("customAttributes"),
        }
        return {"typeName": entity["typeName"], **_filled(parts, parts)}

    def _attributes(self, entity: Json) -> Json:
        found = _filled(entity.get(ATTRIBUTES) or {}, self._wanted[entity["typeName"]])
        # pyatlan 11.6 sends the HTML of a readme percent-encoded, and Atlan stores it like that
        if entity["typeName"] == README and "description" in found:
            found["description"] = unquote(found["description"])
        return found

    def _direct_tags(self, entity: Json) -> list[Json]:
        """Return the tags put on the entity itself, without those propagated from other assets."""
        tags = entity.get(TAGS) or []
        own = [tag for tag in tags if tag.get("entityGuid") in {None, entity["guid"]}]
        return [{"typeName": self._tags.get(tag["typeName"], tag["typeName"])} for tag in own]

    def _custom_metadata(self, entity: Json) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for name, value in _filled(entity.get(ATTRIBUTES) or {}, self._custom).items():
            set_name, attribute = self._custom[name]
            one = self._many.get((set_name, attribute)) and not isinstance(value, list)
            found.setdefault(set_name, {})[attribute] = [value] if one else value
        return found


def _filled(given: Mapping[str, Json], names: Iterable[str]) -> dict[str, Json]:
    """Return the values of some names, without null and what is empty; 0 and false are values."""
    return {name: value for name in names if (value := given.get(name)) or value == 0}


def is_archived(entity: Json) -> bool:
    """Return whether an entity was deleted softly."""
    return bool(entity.get("status") == DELETED)


def related(entity: Json, name: str) -> list[Json]:
    """Return the active ends of a relation, as a list even for a relation to a single entity."""
    return _ends(
        (entity.get(ATTRIBUTES) or {}).get(name) or (entity.get(RELATIONS) or {}).get(name)
    )


def _ends(given: Json) -> list[Json]:
    ends = given if isinstance(given, list) else [given] if given else []
    return [end for end in ends if end.get("guid") and not _is_deleted(end)]


def name_of(entity: Json) -> str:
    """Return the name of an entity, or of an end of a relation."""
    return str((entity.get(ATTRIBUTES) or {}).get("name") or entity.get("displayText") or "")


def qualified_name_of(entity: Json) -> str:
    """Return the qualifiedName of an entity or of an end of a relation, empty if not given."""
    places = (entity.get(ATTRIBUTES) or {}, entity.get("uniqueAttributes") or {})
    return next((str(names["qualifiedName"]) for names in places if names.get("qualifiedName")), "")


def _is_deleted(end: Json) -> bool:
    """Return whether the end, or the relation to it, is deleted; Atlan may still list it."""
    return DELETED in (end.get("status"), end.get("entityStatus"), end.get("relationshipStatus"))


def _relations(entity: Json) -> Relations:
    own, others = entity.get(ATTRIBUTES) or {}, entity.get(RELATIONS) or {}
    found: Relations = {}
    for name, path in _PATHS[entity["typeName"]]:
        given = own.get(name) or others.get(name)
        if given and (ends := _ends(given)):
            found[path] = tuple([Ref(end["typeName"], end["guid"]) for end in ends])
    return found
