"""Reads a server's type definitions, all of them from one `GET types/typedefs`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct

from importer.field_type import FieldType
from importer.model import Json
from importer.targets.atlas.typedefs import EntityType, Relation, TypeDefs
from importer.targets.atlas.vocabulary import TYPEDEFS
from importer.targets.field_types import BITS, field_type, inner_type, options_of
from importer.targets.transport import Transport


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


class _Inherited(Struct, frozen=True):
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
        {one["name"]: bits for one in attributes if (bits := BITS.get(inner_type(one)))},
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
