"""Atlan's type definitions in; what people call tags and custom metadata <-> internal names out."""

from __future__ import annotations

from dataclasses import dataclass, field

from importer.model import Json
from importer.targets.atlan.vocabulary import CUSTOM_METADATA, TAGS, TYPEDEFS
from importer.targets.transport import Transport


class UnknownName(Exception):
    """A tag, a set of custom metadata or an attribute of one that Atlan does not have."""


@dataclass(frozen=True, slots=True)
class MetadataSet:
    """One set of custom metadata: its internal name, and those of its attributes by shown name."""

    id: str
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Shown names of tags and custom metadata, and the internal names the API wants instead."""

    tags: dict[str, str] = field(default_factory=dict)
    sets: dict[str, MetadataSet] = field(default_factory=dict)

    def tag_id(self, shown: str) -> str:
        """Raises UnknownName."""
        if shown not in self.tags:
            raise UnknownName(f"Atlan has no tag {shown!r}")
        return self.tags[shown]

    def set_of(self, shown: str) -> MetadataSet:
        """Raises UnknownName."""
        if shown not in self.sets:
            raise UnknownName(f"Atlan has no custom metadata {shown!r}")
        return self.sets[shown]

    def attribute_id(self, shown: str, attribute: str) -> str:
        """Raises UnknownName."""
        attributes = self.set_of(shown).attributes
        if attribute not in attributes:
            raise UnknownName(f"The custom metadata {shown!r} has no attribute {attribute!r}")
        return attributes[attribute]

    def shown_tags(self) -> dict[str, str]:
        """Internal name of each tag -> shown name."""
        return {internal: shown for shown, internal in self.tags.items()}

    def shown_attributes(self) -> dict[str, tuple[str, str]]:
        """`<set id>.<attribute id>`, as a search asks for it -> the shown names of both."""
        return {
            f"{one.id}.{internal}": (shown, attribute)
            for shown, one in self.sets.items()
            for attribute, internal in one.attributes.items()
        }

    def by_path(self) -> dict[str, frozenset[str]]:
        """Payload path -> the names there are."""
        sets = {
            f"{CUSTOM_METADATA}.{shown}": frozenset(one.attributes)
            for shown, one in self.sets.items()
        }
        return {
            f"{TAGS}.typeName": frozenset(self.tags),
            CUSTOM_METADATA: frozenset(self.sets),
            **sets,
        }


def load(transport: Transport) -> Dictionary:
    """Ask the tenant for its tags and custom metadata."""
    tags = _typedefs(transport, "CLASSIFICATION").get("classificationDefs") or []
    sets = _typedefs(transport, "BUSINESS_METADATA").get("businessMetadataDefs") or []
    return Dictionary(
        tags={_shown(tag): tag["name"] for tag in tags},
        sets={_shown(one): MetadataSet(one["name"], _attributes(one)) for one in sets},
    )


def _typedefs(transport: Transport, category: str) -> Json:
    return transport.read("GET", TYPEDEFS, query=[("type", category), ("type", "STRUCT")])


def _attributes(definition: Json) -> dict[str, str]:
    live = (one for one in definition.get("attributeDefs") or [] if not _archived(one))
    return {_shown(one): one["name"] for one in live}


def _archived(definition: Json) -> bool:
    return str((definition.get("options") or {}).get("isArchived", "")).lower() == "true"


def _shown(definition: Json) -> str:
    return str(definition.get("displayName") or definition["name"])
