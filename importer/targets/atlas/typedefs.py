"""What a server's type definitions say: attributes, relations, tags, custom metadata.

Read from one `GET types/typedefs`. An attribute that a type does not have is dropped from an entity
without a word, and so is a relation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

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
    """Entity types by name, names of tags, custom metadata: set -> attribute -> type."""

    entities: dict[str, EntityType] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
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
            f"{TAGS}.typeName": self.tags,
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
        frozenset(one["name"] for one in definitions.get("classificationDefs") or ()),
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

    def parts(self, names: Iterable[str], kind: str) -> Iterator[Json]:
        """Yield what the definitions of some types list."""
        for name in names:
            yield from self.definitions.get(name, {}).get(kind) or ()


_End = tuple[str, str, bool, Relation]
"""An end of a relation: its type, the name of the relation there, whether it is a list."""


def _ends(definitions: Iterable[Json]) -> Iterator[_End]:
    for one in definitions:
        for place in ("endDef1", "endDef2"):
            end = one[place]
            many = end.get("cardinality", "SINGLE") != "SINGLE"
            yield end["type"], end["name"], many, Relation(one["name"], place == "endDef1")


def _entity_type(inherited: _Inherited, name: str, ends: Iterable[_End]) -> EntityType:
    line = inherited.line(name)
    own = [end for end in ends if end[0] in line]
    attributes = list(inherited.parts(line, "attributeDefs"))
    both = [*attributes, *inherited.parts(line, "relationshipAttributeDefs")]
    return EntityType(
        frozenset(one["name"] for one in attributes),
        {relation_name: relation for _, relation_name, _, relation in own},
        frozenset(relation_name for _, relation_name, many, _ in own if many),
        frozenset(one["name"] for one in both if one.get("isOptional") is False),
    )


def _attributes(
    definition: Json, options: Mapping[str, tuple[str, ...]], inherited: _Inherited
) -> dict[str, FieldType]:
    return {
        one["name"]: field_type(one, options, frozenset(_refused_on(one, inherited)))
        for one in definition.get("attributeDefs") or ()
    }


def _refused_on(attribute: Json, inherited: _Inherited) -> Iterator[str]:
    """Yield the types whose entities do not have an attribute of custom metadata.

    The option is a list as JSON in a text.
    """
    text = (attribute.get("options") or {}).get("applicableEntityTypes") or ""
    try:
        applicable = set(map(str, json.loads(text)))
    except (TypeError, ValueError):
        return
    for name in inherited.definitions:
        if not inherited.line(name) & applicable:
            yield name
