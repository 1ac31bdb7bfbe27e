"""What a server's types, tags and custom metadata say of entities.

An attribute that a type does not have is dropped from an entity without a word, and so is a
relation.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from importer.field_type import FieldType
from importer.payload_path import join, split
from importer.targets.atlas.vocabulary import (
    ATTRIBUTES,
    CUSTOM_METADATA,
    KEPT,
    RELATIONS,
    TAGS,
    own_name,
)

TAG_PATH = f"{TAGS}.typeName"


class UnknownName(Exception):
    """A set of custom metadata or an attribute of a set that the server does not have."""


class Relation(Struct, frozen=True):
    """A type of relation, seen from one of its ends; `first`: from the one defined first."""

    name: str
    first: bool


class EntityType(Struct, frozen=True):
    """An entity type with all that it inherits: its attributes, and its relations by name.

    `lists` are the relations that lead to any number of entities, `demanded` the attributes and
    relations that each save of an entity must hold, changed or not. `bits` says how many bits the
    whole numbers of an attribute have, where these are fewer than 64.
    """

    attributes: frozenset[str] = frozenset()
    relations: dict[str, Relation] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()
    demanded: frozenset[str] = frozenset()
    bits: dict[str, int] = field(default_factory=dict)


class TypeDefs(Struct, frozen=True):
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
