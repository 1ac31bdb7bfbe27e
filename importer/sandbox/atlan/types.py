"""Entity types with everything they inherit."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from importer.sandbox.atlan.catalogue import (
    ATTRIBUTES,
    RELATIONSHIPS,
    SUPERTYPES,
    Relationship,
)


class End(Struct, frozen=True):
    """An end of a relation: the attribute at this type, and the type and attribute opposite."""

    relationship: Relationship
    attribute: str
    many: bool
    other_type: str
    inverse: str
    inverse_many: bool


class EntityType(Struct, frozen=True):
    """An entity type; `attributes` maps names to value types, inherited ones included.

    `mandatory` maps the name of each mandatory attribute to the type that defines it.
    """

    name: str
    supertypes: tuple[str, ...]
    attributes: dict[str, str]
    mandatory: dict[str, str]
    relations: dict[str, End]

    def is_a(self, name: str) -> bool:
        """Return whether this is the type `name` or a subtype of it."""
        return name == self.name or name in self.supertypes


@cache
def entity_type(name: str) -> EntityType | None:
    """Return the type called `name`, None for an unknown one.

    The abstract ones of a tenant are no exception: atlas-metastore creates entities of them.
    """
    if name not in SUPERTYPES:
        return None
    lineage = _lineage(name)
    attributes, mandatory = _attributes(lineage)
    relations = {end.attribute: end for end in _ends(lineage)}
    return EntityType(name, lineage[1:], attributes, mandatory, relations)


@cache
def subtypes(name: str) -> tuple[str, ...]:
    """Return the names of the types below `name`, without itself."""
    return tuple(below for below in SUPERTYPES if name in _lineage(below)[1:])


def _lineage(name: str) -> tuple[str, ...]:
    above = SUPERTYPES[name]
    return (name, *(_lineage(above) if above else ()))


def _attributes(lineage: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
    found: dict[str, str] = {}
    mandatory: dict[str, str] = {}
    for owner in reversed(lineage):
        for value_type, names in ATTRIBUTES.get(owner, {}).items():
            for name in names.split():
                found[name.rstrip("!")] = value_type
                if name.endswith("!"):
                    mandatory[name.rstrip("!")] = owner
    return found, mandatory


def _ends(lineage: tuple[str, ...]) -> list[End]:
    ends = []
    for known in RELATIONSHIPS:
        first = End(
            known, known.first, known.first_many, known.second_type, known.second, known.second_many
        )
        second = End(
            known, known.second, known.second_many, known.first_type, known.first, known.first_many
        )
        ends += [first] if known.first_type in lineage else []
        ends += [second] if known.second_type in lineage else []
    return ends
