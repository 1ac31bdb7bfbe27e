"""An entity as Atlan writes it in, a Live entity in the shape of the templates out."""

from __future__ import annotations

from urllib.parse import unquote

from importer.model import Json, Key, Payload
from importer.targets.atlan.typedefs import Dictionary
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

EMPTY: tuple[Json, ...] = (None, "", [], {})


class Decoder:
    """Reads entities; `extra` are attributes asked for besides those the templates shipped map."""

    def __init__(self, dictionary: Dictionary, extra: tuple[str, ...] = ()) -> None:
        self.extra = extra
        self._tags = dictionary.shown_tags()
        self._custom = dictionary.shown_attributes()

    def asked_for(self, type_name: str) -> list[str]:
        """The names a search must ask for, so that `live` finds everything."""
        own = [*attributes_of(type_name), *self.extra, *relations_of(type_name)]
        return list(dict.fromkeys([*own, *self._custom]))

    def live(self, entity: Json, key: Key) -> LiveEntity:
        """One entity of a search's answer."""
        return LiveEntity(
            type=entity["typeName"],
            key=key,
            id=entity["guid"],
            payload=self._payload(entity),
            relations=_relations(entity),
            identities=_identities(entity),
            archived=archived(entity),
        )

    def _payload(self, entity: Json) -> Payload:
        parts = {
            ATTRIBUTES: self._attributes(entity),
            TAGS: self._direct_tags(entity),
            CUSTOM_METADATA: self._custom_metadata(entity),
            "labels": entity.get("labels"),
            "customAttributes": entity.get("customAttributes"),
        }
        filled = {name: value for name, value in parts.items() if value not in EMPTY}
        return {"typeName": entity["typeName"], **filled}

    def _attributes(self, entity: Json) -> Json:
        given = entity.get(ATTRIBUTES) or {}
        wanted = [*attributes_of(entity["typeName"]), *self.extra]
        found = {name: given[name] for name in wanted if given.get(name) not in EMPTY}
        if entity["typeName"] == README and "description" in found:
            found["description"] = unquote(found["description"])
        return found

    def _direct_tags(self, entity: Json) -> list[Json]:
        """Tags put on the entity itself; those it has from elsewhere are not its own."""
        tags = entity.get(TAGS) or []
        own = [tag for tag in tags if tag.get("entityGuid") in {None, entity["guid"]}]
        return [{"typeName": self._tags.get(tag["typeName"], tag["typeName"])} for tag in own]

    def _custom_metadata(self, entity: Json) -> dict[str, Json]:
        given = entity.get(ATTRIBUTES) or {}
        found: dict[str, Json] = {}
        for name, (shown_set, shown) in self._custom.items():
            if given.get(name) not in EMPTY:
                found.setdefault(shown_set, {})[shown] = given[name]
        return found


def archived(entity: Json) -> bool:
    """Whether it was deleted softly."""
    return bool(entity.get("status") == DELETED)


def related(entity: Json, name: str) -> list[Json]:
    """The live entities at a relation of an entity, as a list also where there can be one only."""
    given = (entity.get(ATTRIBUTES) or {}).get(name) or (entity.get(RELATIONS) or {}).get(name)
    ends = given if isinstance(given, list) else [given] if given else []
    return [end for end in ends if end.get("guid") and not _parted(end)]


def name_of(entity: Json) -> str:
    """The name of an entity, or of one end of a relation."""
    return str((entity.get(ATTRIBUTES) or {}).get("name") or entity.get("displayText") or "")


def qualified_name_of(entity: Json) -> str:
    """The qualifiedName of an entity, or of one end of a relation; empty where it is not said."""
    places = (entity.get(ATTRIBUTES) or {}, entity.get("uniqueAttributes") or {})
    return next((str(one["qualifiedName"]) for one in places if one.get("qualifiedName")), "")


def _parted(end: Json) -> bool:
    return DELETED in {end.get("status"), end.get("entityStatus"), end.get("relationshipStatus")}


def _relations(entity: Json) -> Relations:
    found = {name: related(entity, name) for name in relations_of(entity["typeName"])}
    return {
        relation_path(name): tuple(Ref(end["typeName"], end["guid"]) for end in ends)
        for name, ends in found.items()
        if ends
    }


def _identities(entity: Json) -> tuple[str, ...]:
    name = qualified_name_of(entity)
    return (name,) if name else ()
