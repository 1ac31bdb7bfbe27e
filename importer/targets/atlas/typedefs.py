"""What a server's type definitions say: attributes, relations, tags, custom metadata.

Read from one `GET types/typedefs`. An attribute that a type does not have is dropped from an entity
without a word, and so is a relation.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from importer.model import FieldType, Json
from importer.targets.atlas.vocabulary import (
    ATTRIBUTES,
    CUSTOM_METADATA,
    KEPT,
    RELATIONS,
    TAGS,
    TYPEDEFS,
    own_name,
)
from importer.targets.field_types import field_type, options_of
from importer.targets.transport import Transport
from importer.template.paths import join, split

TAG_PATH = f"{TAGS}.typeName"


class UnknownName(Exception):
    """A set of custom metadata or an attribute of a set that the server does not have."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A type of relation, seen from one of its ends; `first`: from the one defined first."""

    name: str
    first: bool


@dataclass(frozen=True, slots=True)
class EntityType:
    """An entity type with all that it inherits: its attributes, and its relations by name.

    `lists` are the relations that lead to any number of entities, `demanded` the attributes and
    relations that each save of an entity must hold, changed or not.
    """

    attributes: frozenset[str] = frozenset()
    relations: dict[str, Relation] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()
    demanded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TypeDefs:
    """Entity types by name, tags, and custom metadata: set -> attribute -> type.

    Each tag has the types whose entities may not have it.
    """

    entities: dict[str, EntityType] = field(default_factory=dict)
    tags: dict[str, frozenset[str]] = field(default_factory=dict)
    sets: dict[str, dict[str, FieldType]] = field(default_factory=dict)

    def lacks(self, type_name: str, paths: Iterable[str]) -> frozenset[str]:
        """Return the payload paths at which a server drops values for entities of a type."""
        return frozenset(path for path in paths if self._dropped(type_name, split(path)))

    def _dropped(self, type_name: str, steps: tuple[str, ...]) -> bool:
        part, name = steps[0], steps[1] if len(steps) > 1 else ""
        if part not in KEPT:
            return True
        if type_name not in self.entities or part not in (ATTRIBUTES, RELATIONS):
            return False
        known = self.entities[type_name]
        names = known.relations.keys() if part == RELATIONS else known.attributes
        return own_name(type_name, name) not in names and "*" not in name

    def refuses(self, type_name: str, path: str, name: str) -> bool:
        """Return whether no entity of a type may have a tag, or anything of a metadata set."""
        if path == TAG_PATH:
            return type_name in self.tags.get(name, ())
        attributes = self.sets.get(name, {}) if path == CUSTOM_METADATA else {}
        return bool(attributes) and all(type_name in one.refused_on for one in attributes.values())

    def type(self, name: str) -> EntityType:
        """Return an entity type; one that the server does not have has nothing."""
        return self.entities.get(name, EntityType())

    def demand(self, set_name: str, attribute: str | None = None) -> None:
        """Raise UnknownName unless there is such a set of custom metadata, with this attribute."""
        if set_name not in self.sets:
            raise UnknownName(f"The target has no business metadata {set_name!r}")
        if attribute is not None and attribute not in self.sets[set_name]:
            raise UnknownName(f"The business metadata {set_name!r} has no attribute {attribute!r}")

    def fields(self) -> dict[str, FieldType]:
        """Return payload path -> the type of an attribute of custom metadata."""
        return {
            join((CUSTOM_METADATA, set_name, attribute)): found
            for set_name, attributes in self.sets.items()
            for attribute, found in attributes.items()
        }

    def by_path(self) -> dict[str, frozenset[str]]:
        """Return payload path -> the names that are valid for it."""
        return {
            TAG_PATH: frozenset(self.tags),
            CUSTOM_METADATA: frozenset(self.sets),
            **{join((CUSTOM_METADATA, one)): frozenset(self.sets[one]) for one in self.sets},
        }


def load(transport: Transport) -> TypeDefs:
    """Read the type definitions. Raises TargetUnreachable or CredentialsRefused."""
    return parsed(transport.read("GET", TYPEDEFS))


def parsed(definitions: Json) -> TypeDefs:
    """Return what the answer to `GET types/typedefs` says."""
    inherited = _Inherited({one["name"]: one for one in definitions.get("entityDefs") or ()})
    options = options_of(definitions.get("enumDefs") or ())
    ends = list(_ends(definitions.get("relationshipDefs") or ()))
    return TypeDefs(
        {name: _entity_type(inherited, name, ends) for name in inherited.definitions},
        {
            one["name"]: inherited.others(one.get("entityTypes") or ())
            for one in definitions.get("classificationDefs") or ()
        },
        {
            one["name"]: _attributes(one, options, inherited)
            for one in definitions.get("businessMetadataDefs") or ()
        },
    )


@dataclass(frozen=True, slots=True)
class _Inherited:
    """The definitions of entity types by name."""

    definitions: Mapping[str, Json]

    def line(self, name: str) -> set[str]:
        """Return a type and all types above it."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self.definitions.get(one, {}).get("superTypes") or ()
        return found

    def attributes(self, names: Iterable[str]) -> Iterator[Json]:
        """Yield the definitions of the attributes that some types have."""
        for name in names:
            yield from self.definitions.get(name, {}).get("attributeDefs") or ()

    def others(self, names: Collection[str]) -> frozenset[str]:
        """Return the types that are none of these, nor below one; none where nothing is named."""
        wanted = set(names)
        return frozenset(one for one in self.definitions if wanted and not self.line(one) & wanted)


class _End(NamedTuple):
    """One end of a relation, as an entity of `type` shows it under `name`."""

    type: str
    name: str
    many: bool
    demanded: bool
    relation: Relation


def _ends(definitions: Iterable[Json]) -> Iterator[_End]:
    """Yield both ends of each relation; what is a part of another entity must always name it."""
    for one in definitions:
        owned = one.get("relationshipCategory") == "COMPOSITION"
        for place in ("endDef1", "endDef2"):
            end = one[place]
            many = end.get("cardinality", "SINGLE") != "SINGLE"
            demanded = owned and not end.get("isContainer")
            relation = Relation(one["name"], place == "endDef1")
            yield _End(end["type"], end["name"], many, demanded, relation)


def _entity_type(inherited: _Inherited, name: str, ends: Iterable[_End]) -> EntityType:
    line = inherited.line(name)
    own = [end for end in ends if end.type in line]
    attributes = list(inherited.attributes(line))
    demanded = [one["name"] for one in attributes if one.get("isOptional") is False]
    return EntityType(
        frozenset(one["name"] for one in attributes),
        {end.name: end.relation for end in reversed(own)},
        frozenset(end.name for end in own if end.many),
        frozenset([*demanded, *(end.name for end in own if end.demanded)]),
    )


def _attributes(
    definition: Json, options: Mapping[str, tuple[str, ...]], inherited: _Inherited
) -> dict[str, FieldType]:
    return {
        one["name"]: field_type(one, options, inherited.others(_applicable(one)))
        for one in definition.get("attributeDefs") or ()
    }


def _applicable(attribute: Json) -> list[str]:
    """Return the types whose entities have an attribute: the option is a list as JSON in a text."""
    text = (attribute.get("options") or {}).get("applicableEntityTypes") or ""
    try:
        return list(map(str, json.loads(text)))
    except (TypeError, ValueError):
        return []
