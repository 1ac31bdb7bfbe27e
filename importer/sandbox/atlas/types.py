"""The types of a server: what is defined, with everything that is inherited."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson
from msgspec import Struct

from importer.sandbox.atlas.catalogue import INTERNAL, Json, definitions

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

CATEGORIES: dict[str, str] = {
    "ENUM": "enumDefs",
    "STRUCT": "structDefs",
    "CLASSIFICATION": "classificationDefs",
    "ENTITY": "entityDefs",
    "RELATIONSHIP": "relationshipDefs",
    "BUSINESS_METADATA": "businessMetadataDefs",
}
"""Category -> the list of `types/typedefs` that holds its definitions."""


class Attribute(Struct, frozen=True):
    """An attribute; `owner` is the type that defines it."""

    name: str
    type_name: str
    optional: bool
    unique: bool
    is_set: bool
    owner: str


class End(Struct, frozen=True):
    """An end of a relationship: the attribute at this type, type and attribute at the other end.

    `owns`: what is at the other end is deleted with the entity at this one; `owned` is the opposite
    end of that, and cannot do without it. `receives`: the entity at this end is shown with the tags
    of those at the other. `legacy`: it is shown among the attributes as well. `first` is whether
    this is the first end; a relationship between equal ends has only one.
    """

    relationship: str
    attribute: str
    many: bool
    other_type: str
    inverse: str
    inverse_many: bool
    first: bool
    owns: bool
    owned: bool
    receives: bool
    legacy: bool

    @property
    def symmetric(self) -> bool:
        """Whether both ends are of one type and name."""
        return self.attribute == self.inverse


class EntityType(Struct, frozen=True):
    """An entity type, with inherited attributes and relations; `lineage` begins with itself."""

    name: str
    lineage: tuple[str, ...]
    attributes: dict[str, Attribute]
    relations: dict[str, End]

    @property
    def internal(self) -> bool:
        """Whether entities of it are deleted for good."""
        return INTERNAL in self.lineage

    def is_a(self, name: str) -> bool:
        """Return whether this is the type `name` or a subtype of it."""
        return name in self.lineage


class Types:
    """All definitions: category -> name -> definition; posted ones replace built-in ones."""

    def __init__(self, posted: Iterable[Json]) -> None:
        self.definitions: dict[str, dict[str, Json]] = {
            category: {one["name"]: one for one in definitions().get(category, ())}
            for category in CATEGORIES
        }
        for one in posted:
            self.definitions[one["category"]][one["name"]] = one
        self.enums = {name: tuple(_values(one)) for name, one in self.definitions["ENUM"].items()}
        self._entities: dict[str, EntityType] = {}

    def find(self, name: str) -> Json | None:
        """Return the definition called `name`, of any category."""
        return next((found[name] for found in self.definitions.values() if name in found), None)

    def entity(self, name: str) -> EntityType | None:
        """Return the entity type called `name`, None for an unknown one."""
        if name not in self._entities and name in self.definitions["ENTITY"]:
            lineage = tuple(dict.fromkeys(self._lineage("ENTITY", name)))
            relations = {end.attribute: end for end in self._ends(lineage)}
            attributes = {
                one.name: one
                for one in self.attributes("ENTITY", name).values()
                if one.name not in relations
            }
            self._entities[name] = EntityType(name, lineage, attributes, relations)
        return self._entities.get(name)

    def subtypes(self, name: str) -> tuple[str, ...]:
        """Return the names of the entity types below `name`, without itself."""
        return tuple(
            below
            for below in self.definitions["ENTITY"]
            if below != name and name in self._lineage("ENTITY", below)
        )

    def attributes(self, category: str, name: str) -> dict[str, Attribute]:
        """Return the attributes of a definition, inherited ones first."""
        lineage = dict.fromkeys(self._lineage(category, name))
        return {
            one["name"]: Attribute(
                one["name"],
                one["typeName"],
                bool(one.get("isOptional", True)),
                bool(one.get("isUnique")),
                one.get("cardinality") == "SET",
                owner,
            )
            for owner in reversed(lineage)
            for one in self.definitions[category][owner].get("attributeDefs") or ()
        }

    def is_a_tag(self, name: str, above: str) -> bool:
        """Return whether a classification is `above` or below it."""
        return above in self._lineage("CLASSIFICATION", name)

    def _lineage(self, category: str, name: str) -> Iterator[str]:
        yield name
        for above in self.definitions[category][name].get("superTypes") or ():
            yield from self._lineage(category, above)

    def _ends(self, lineage: tuple[str, ...]) -> Iterator[End]:
        """Yield the ends at a type; the first end of a symmetric relation stands for both."""
        for one in self.definitions["RELATIONSHIP"].values():
            for first in (False, True):
                end = _end(one, first=first)
                if one["endDef1" if first else "endDef2"]["type"] in lineage:
                    yield end


def types(db: sqlite3.Connection) -> Types:
    """Return all definitions: built-in ones and those posted."""
    rows = db.execute("SELECT body FROM atlas_typedef ORDER BY rowid")
    return _types(tuple(body for (body,) in rows))


@lru_cache(maxsize=8)
def _types(bodies: tuple[str, ...]) -> Types:
    return Types([orjson.loads(body) for body in bodies])


def _values(definition: Json) -> Iterator[str]:
    for element in definition.get("elementDefs") or ():
        yield str(element["value"])


def _end(definition: Json, *, first: bool) -> End:
    here, there = ("endDef1", "endDef2") if first else ("endDef2", "endDef1")
    own, other = definition[here], definition[there]
    composition = definition.get("relationshipCategory") == "COMPOSITION"
    return End(
        definition["name"],
        own["name"],
        _many(own),
        other["type"],
        other["name"],
        _many(other),
        first,
        composition and bool(own.get("isContainer")),
        composition and not own.get("isContainer"),
        definition.get("propagateTags") in ("BOTH", "TWO_TO_ONE" if first else "ONE_TO_TWO"),
        bool(own.get("isLegacyAttribute")),
    )


def _many(end: dict[str, Any]) -> bool:
    return str(end.get("cardinality", "SINGLE")) != "SINGLE"
