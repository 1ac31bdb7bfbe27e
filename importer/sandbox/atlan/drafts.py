"""A bulk request's body in, drafts out: each entity as sent, its references read and sorted."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from importer.sandbox.atlan.refusals import Refused, blamed_on
from importer.sandbox.atlan.types import End, EntityType, entity_type

if TYPE_CHECKING:
    from collections.abc import Iterator

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
"""What the parts of an entity must be, where they are there and not null."""

_invented = itertools.count(time.time_ns())


@dataclass(slots=True)
class Reference:
    """What points at another entity: a guid, real or temporary, or a type and a qualifiedName."""

    guid: str | None
    type_name: str | None
    qualified_name: str | None
    details: dict[str, Any] | None = None

    @property
    def temporary(self) -> bool:
        """Whether it points at an entity of the same request."""
        return self.guid is not None and self.guid.startswith("-")

    def __str__(self) -> str:
        return f"{self.type_name} {self.guid or self.qualified_name}"


References = dict[str, list[Reference]]


@dataclass(slots=True)
class Draft:
    """One entity of a request; `before` is None where it is created, `after` what is to be saved.

    `replaced` says what a relation shall lead to from now on, `appended` and `removed` what is
    added to it and taken from it.
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
        """Whether the guid it was sent with is not one of the server's."""
        return self.sent_guid.startswith("-")

    @property
    def result(self) -> Entity:
        """The entity as it will be saved."""
        if self.after is None:
            raise LookupError("The draft was not matched yet.")
        return self.after

    def references(self) -> Iterator[tuple[str, Reference]]:
        """Every reference with the relation it stands in."""
        for relations in (self.replaced, self.appended, self.removed):
            for attribute, references in relations.items():
                for reference in references:
                    yield attribute, reference


def read_drafts(body: Any) -> list[Draft]:
    """Read the body of a bulk request.

    Refuses: no or too many entities, over-long text, unknown types, references that are none.
    """
    entities = body.get("entities") if isinstance(body, dict) else None
    if not isinstance(entities, list) or not entities:
        raise Refused("no_entities")
    if len(entities) > MOST_ENTITIES:
        raise Refused("too_many", MOST_ENTITIES, len(entities))
    for entity in entities:
        _check_shape(entity)
    _refuse_long_text(entities)
    drafts = [_read(entity) for entity in entities]
    return drafts + _referred(drafts, body.get("referredEntities"))


def _referred(drafts: list[Draft], referred: Any) -> list[Draft]:
    """The entities sent beside the main ones, where one of the main ones refers to them."""
    if not isinstance(referred, dict):
        return []
    known = {draft.sent_guid for draft in drafts}
    asked = {reference.guid for draft in drafts for _, reference in draft.references()}
    return [
        _read({**_check_shape(entity), "guid": guid})
        for guid, entity in referred.items()
        if guid in asked and guid not in known
    ]


def _check_shape(entity: Any) -> dict[str, Any]:
    """The parts must be lists and objects where they must be; return the entity."""
    if not isinstance(entity, dict):
        raise Refused("invalid_parameters", "found null entity")
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
        sent = entity.get("attributes") or {}
        attributes = {name: value for name, value in sent.items() if name in known.attributes}
        draft = Draft(guid, known, entity, attributes)
        for attribute, end in known.relations.items():
            _sort_references(draft, attribute, end)
    return draft


def _sort_references(draft: Draft, attribute: str, end: End) -> None:
    """Put one relation where it belongs; what stands in relationshipAttributes goes first."""
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
    """One reference; only a Link's asset may also be a list of one, as the documentation has it."""
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
    """The attributes of the relation itself, which a reference may carry."""
    given = value.get("relationshipAttributes")
    if not isinstance(given, dict):
        return None
    return {
        "typeName": str(value.get("relationshipType") or end.relationship.name),
        "attributes": given.get("attributes") or {},
    }


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
