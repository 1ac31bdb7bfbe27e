"""Reads the body of a bulk request into drafts: the entities as sent, with their references."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from importer.sandbox.atlan.refusals import Crashed, Refused, blamed_on
from importer.sandbox.atlan.types import End, EntityType, entity_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from importer.sandbox.atlan.entities import Entity

MOST_ENTITIES = 10_000
LONGEST = 100_000
LONGEST_TEXT = 2_000_000
TEXTS = frozenset(
    {
        "rawQueryText",
        "variablesSchemaBase64",
        "visualBuilderSchemaBase64",
        "dataContractSpec",
        "dataContractJson",
    }
)
SHAPES: dict[str, type] = {
    "attributes": dict,
    "relationshipAttributes": dict,
    "appendRelationshipAttributes": dict,
    "removeRelationshipAttributes": dict,
    "businessAttributes": dict,
    "customAttributes": dict,
    "classifications": list,
    "addOrUpdateClassifications": list,
    "removeClassifications": list,
    "labels": list,
}
"""The JSON types of the parts of an entity; any part may be missing or null."""

_invented = itertools.count(time.time_ns())


class Reference(Struct):
    """A reference to an entity: by guid, real or temporary, or by type and qualifiedName."""

    guid: str | None
    type_name: str | None
    qualified_name: str | None
    details: dict[str, Any] | None = None

    @property
    def temporary(self) -> bool:
        """Whether it refers to an entity of the same request."""
        return self.guid is not None and self.guid.startswith("-")

    def __str__(self) -> str:
        return f"{self.type_name} {self.guid or self.qualified_name}"


References = dict[str, list[Reference]]


class Draft(Struct):
    """An entity of a request: `before` is the stored one (None for a create), `after` the result.

    `replaced` holds the new ends of a relation, `appended` and `removed` the ends to add to it and
    to remove from it.
    """

    sent_guid: str
    type: EntityType
    sent: dict[str, Any]
    attributes: dict[str, Any]
    replaced: References = field(default_factory=dict)
    appended: References = field(default_factory=dict)
    removed: References = field(default_factory=dict)
    before: Entity | None = None
    after: Entity | None = None

    @property
    def temporary(self) -> bool:
        """Whether it was sent with a temporary guid."""
        return self.sent_guid.startswith("-")

    @property
    def result(self) -> Entity:
        """The entity that will be saved; raises LookupError before the draft is matched."""
        if self.after is None:
            raise LookupError("The draft was not matched yet.")
        return self.after

    @property
    def contradictory(self) -> bool:
        """Whether it both appends and removes: then both are ignored, whatever the relations.

        So does atlas-metastore (EntityGraphMapper, `commonGuids`), without a word.
        """
        return bool(self.appended and self.removed)

    @property
    def touches_relations(self) -> bool:
        """Whether it names a relation at all, the glossary of a term say."""
        return bool(self.replaced or self.appended or self.removed)

    def references(self) -> Iterator[tuple[str, Reference]]:
        """Yield (relation, reference) for every reference of the draft."""
        for relations in (self.replaced, self.appended, self.removed):
            for attribute, references in relations.items():
                for reference in references:
                    yield attribute, reference


def read_drafts(body: Any) -> list[Draft]:
    """Read the body of a bulk request.

    Raises Refused for no or too many entities, too long a text, unknown types, and malformed
    references; Crashed for an entity that is null or has no attributes.
    """
    entities = body.get("entities") if isinstance(body, dict) else None
    if not isinstance(entities, list) or not entities:
        raise Refused("no_entities")
    if len(entities) > MOST_ENTITIES:
        raise Refused("too_many", MOST_ENTITIES, len(entities))
    for entity in entities:
        checked_shape(entity)
    _refuse_long_text(entities)
    drafts = _first_of_each(_read(entity) for entity in entities)
    return drafts + _referred(drafts, body.get("referredEntities"))


def _first_of_each(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts without those whose guid was sent before: the first one counts."""
    by_guid: dict[str, Draft] = {}
    for draft in drafts:
        by_guid.setdefault(draft.sent_guid, draft)
    return list(by_guid.values())


def _referred(drafts: list[Draft], referred: Any) -> list[Draft]:
    """Return drafts of those `referredEntities` that an entity of the request refers to."""
    if not isinstance(referred, dict):
        return []
    known = {draft.sent_guid for draft in drafts}
    asked = {reference.guid for draft in drafts for _, reference in draft.references()}
    return [
        _read({**checked_shape(entity), "guid": guid})
        for guid, entity in referred.items()
        if guid in asked and guid not in known
    ]


def checked_shape(entity: Any) -> dict[str, Any]:
    """Return the entity; raises Refused where a part of it is not of the JSON type it must be."""
    if entity is None:
        raise Crashed("an entity is null")
    if not isinstance(entity, dict):
        raise Refused("invalid_parameters", "an entity is no JSON object")
    for part, shape in SHAPES.items():
        if entity.get(part) is not None and not isinstance(entity[part], shape):
            raise Refused("invalid_parameters", f"{part} is not a JSON {shape.__name__}")
    return entity


def _refuse_long_text(entities: list[Any]) -> None:
    messages = [
        f"Length of {name} is {len(value)}, allowed are {_longest(name)} characters"
        for entity in entities
        for name, value in (entity.get("attributes") or {}).items()
        if isinstance(value, str) and len(value) > _longest(name)
    ]
    if messages:
        raise Refused("too_long", messages)


def _longest(name: str) -> int:
    return LONGEST_TEXT if name in TEXTS else LONGEST


def _read(entity: dict[str, Any]) -> Draft:
    guid = str(entity.get("guid") or f"-{next(_invented)}")
    with blamed_on(guid):
        known = entity_type(str(entity.get("typeName")))
        if known is None:
            raise Refused("unknown_type", entity.get("typeName"))
        if entity.get("attributes") is None:
            raise Crashed("an entity has no attributes")
        sent = entity["attributes"]
        attributes = {name: value for name, value in sent.items() if name in known.attributes}
        draft = Draft(guid, known, entity, attributes)
        for attribute, end in known.relations.items():
            _sort_references(draft, attribute, end)
    return draft


def _sort_references(draft: Draft, attribute: str, end: End) -> None:
    """Read a relation; relationshipAttributes take precedence over attributes."""
    related = draft.sent.get("relationshipAttributes") or {}
    append = draft.sent.get("appendRelationshipAttributes") or {}
    remove = draft.sent.get("removeRelationshipAttributes") or {}
    plain = draft.sent.get("attributes") or {}
    if attribute in related and (attribute in append or attribute in remove):
        raise Refused("relation_twice", attribute)
    if attribute in related:
        draft.replaced[attribute] = _references(draft, attribute, end, related[attribute])
    elif plain.get(attribute) is not None:
        draft.replaced[attribute] = _references(draft, attribute, end, plain[attribute])
    else:
        for where, changes in ((append, draft.appended), (remove, draft.removed)):
            if where.get(attribute) is not None:
                changes[attribute] = _references(draft, attribute, end, where[attribute])


def _references(draft: Draft, attribute: str, end: End, value: Any) -> list[Reference]:
    if value is None:
        return []
    if end.many:
        if not isinstance(value, list):
            shown = f"array<{end.other_type}>"
            raise Refused("bad_value", draft.type.name, attribute, value, shown)
        return [_reference(end, item) for item in value]
    return [_reference(end, _single(end, value))] if value != [] else []


def _single(end: End, value: Any) -> Any:
    """Return the reference; the asset of a Link may be in a list (Atlan developer docs, links)."""
    if isinstance(value, list) and end.relationship.name == "asset_links" and len(value) == 1:
        return value[0]
    return value


def _reference(end: End, value: Any) -> Reference:
    if not isinstance(value, dict):
        raise Refused("malformed_reference", value)
    unique = value.get("uniqueAttributes")
    guid, type_name = _text(value.get("guid")), _text(value.get("typeName"))
    qualified_name = _text(unique.get("qualifiedName")) if isinstance(unique, dict) else None
    if guid is None and (type_name is None or qualified_name is None):
        raise Refused("malformed_reference", value)
    return Reference(guid, type_name, qualified_name, _details(end, value))


def _details(end: End, value: dict[str, Any]) -> dict[str, Any] | None:
    """Return the attributes of the relation itself, which a reference may carry."""
    given = value.get("relationshipAttributes")
    if not isinstance(given, dict):
        return None
    return {
        "typeName": str(value.get("relationshipType") or end.relationship.name),
        "attributes": given.get("attributes") or {},
    }


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
