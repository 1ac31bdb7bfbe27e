"""The tenant's tags and custom metadata: display names <-> the internal names the API uses.

Read from `GET /api/meta/types/typedefs` as pyatlan 11.6 does (AtlanTagCache, CustomMetadataCache).
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from importer.field_type import FieldType
from importer.model import Json
from importer.payload_path import join, split
from importer.targets.atlan.limits import Limit, types_above
from importer.targets.atlan.vocabulary import CUSTOM_METADATA, GLOSSARY_TYPES, TAGS, TYPEDEFS
from importer.targets.field_types import field_type, options_of
from importer.targets.transport import Transport

EMPTY: frozenset[str] = frozenset()
TAG_PATH = f"{TAGS}.typeName"


class UnknownName(Exception):
    """A tag, a set of custom metadata or an attribute of a set that the tenant does not have."""


class MetadataSet(Struct, frozen=True):
    """A set of custom metadata: its internal name, and display -> internal name of attributes.

    `types` are the types of the attributes by display name, `limits` where they may stand.
    """

    id: str
    attributes: dict[str, str]
    types: dict[str, FieldType] = field(default_factory=dict)
    limits: dict[str, Limit] = field(default_factory=dict)


class TypeDefs(Struct, frozen=True):
    """The internal names of tags and the sets of custom metadata, by display name.

    `tag_limits` says where tags may stand, `judged` are the types that any list of types names.
    """

    tags: dict[str, str] = field(default_factory=dict)
    sets: dict[str, MetadataSet] = field(default_factory=dict)
    tag_limits: dict[str, Limit] = field(default_factory=dict)
    judged: frozenset[str] = frozenset()

    def tag_id(self, display_name: str) -> str:
        """Return the internal name of a tag. Raises UnknownName."""
        if display_name not in self.tags:
            raise UnknownName(f"Atlan has no tag {display_name!r}")
        return self.tags[display_name]

    def metadata_set(self, display_name: str) -> MetadataSet:
        """Return a set of custom metadata. Raises UnknownName."""
        if display_name not in self.sets:
            raise UnknownName(f"Atlan has no custom metadata {display_name!r}")
        return self.sets[display_name]

    def attribute_id(self, display_name: str, attribute: str) -> str:
        """Return the internal name of an attribute of a set. Raises UnknownName."""
        attributes = self.metadata_set(display_name).attributes
        if attribute not in attributes:
            raise UnknownName(
                f"The custom metadata {display_name!r} has no attribute {attribute!r}"
            )
        return attributes[attribute]

    def tag_display_names(self) -> dict[str, str]:
        """Return internal name -> display name of every tag."""
        return {internal: display_name for display_name, internal in self.tags.items()}

    def attribute_display_names(self) -> dict[str, tuple[str, str]]:
        """Return `<set id>.<attribute id>`, as a search requests it -> both display names."""
        return {
            f"{one.id}.{internal}": (display_name, attribute)
            for display_name, one in self.sets.items()
            for attribute, internal in one.attributes.items()
        }

    def fields(self) -> dict[str, FieldType]:
        """Return payload path -> the type of an attribute of custom metadata."""
        return {
            join((CUSTOM_METADATA, set_name, attribute)): found
            for set_name, one in self.sets.items()
            for attribute, found in one.types.items()
        }

    def limit_of(self, path: str, name: str) -> Limit:
        """Return where a name, of those at a payload path, may stand."""
        if path == TAG_PATH:
            return self.tag_limits.get(name, Limit())
        owner = self.sets.get(split(path)[-1])
        return owner.limits.get(name, Limit()) if owner else Limit()

    def by_path(self) -> dict[str, frozenset[str]]:
        """Return payload path -> the display names that are valid for it."""
        sets = {
            join((CUSTOM_METADATA, display_name)): frozenset(one.attributes)
            for display_name, one in self.sets.items()
        }
        return {
            TAG_PATH: frozenset(self.tags),
            CUSTOM_METADATA: frozenset(self.sets),
            **sets,
        }


def load(transport: Transport) -> TypeDefs:
    """Read the tenant's tags and custom metadata.

    Raises TargetUnreachable or CredentialsRefused.
    """
    tags = _typedefs(transport, "CLASSIFICATION").get("classificationDefs") or []
    sets = _typedefs(transport, "BUSINESS_METADATA").get("businessMetadataDefs") or []
    options = options_of(_typedefs(transport, "ENUM").get("enumDefs") or [])
    metadata = {_display_name(one): _metadata_set(one, options) for one in sets}
    limits = (limit for one in metadata.values() for limit in one.limits.values())
    return TypeDefs(
        tags={_display_name(tag): tag["name"] for tag in tags},
        sets=metadata,
        tag_limits={_display_name(tag): Limit.of_tag(tag) for tag in tags},
        judged=frozenset[str]().union(*(limit.others for limit in limits if limit.others)),
    )


def load_types(transport: Transport) -> Mapping[str, frozenset[str]]:
    """Return each of the tenant's types of entities -> all types above it: a large answer.

    Raises TargetUnreachable or CredentialsRefused.
    """
    return types_above(_typedefs(transport, "ENTITY").get("entityDefs") or [])


def _typedefs(transport: Transport, category: str) -> Json:
    return transport.read("GET", TYPEDEFS, query=[("type", category), ("type", "STRUCT")])


def _metadata_set(definition: Json, options: Mapping[str, tuple[str, ...]]) -> MetadataSet:
    names = _attributes(definition)
    types = {
        _display_name(attribute): field_type(attribute, options, _refused_on(attribute))
        for attribute in definition.get("attributeDefs") or []
        if _display_name(attribute) in names
    }
    limits = {
        _display_name(attribute): Limit.of_attribute(attribute.get("options") or {})
        for attribute in definition.get("attributeDefs") or []
    }
    return MetadataSet(definition["name"], names, types, limits)


def _refused_on(definition: Json) -> frozenset[str]:
    """Return the glossary types whose entities do not have an attribute."""
    limit = Limit.of_attribute(definition.get("options") or {})
    return frozenset(one for one in GLOSSARY_TYPES if limit.refuses(one, _glossary, EMPTY))


def _glossary(_type_name: str) -> frozenset[str]:
    """Return what stands above a glossary type, besides what stands above all."""
    return frozenset()


def _attributes(definition: Json) -> dict[str, str]:
    """Return display -> internal name of a set's attributes; archived ones cannot be set."""
    found = {}
    for attribute in definition.get("attributeDefs") or []:
        archived = (attribute.get("options") or {}).get("isArchived", "")
        if str(archived).lower() != "true":
            found[_display_name(attribute)] = attribute["name"]
    return found


def _display_name(definition: Json) -> str:
    return str(definition.get("displayName") or definition["name"])
