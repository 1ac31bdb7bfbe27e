"""Reads the body of a bulk request into drafts: the entities as sent, with their references."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from importer.sandbox.atlas.refusals import Crashed, Refused
from importer.sandbox.atlas.shapes import ENTITY, check
from importer.sandbox.atlas.values import invalid
from importer.sandbox.values import java_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from importer.sandbox.atlas.catalogue import Json
    from importer.sandbox.atlas.entities import Entity
    from importer.sandbox.atlas.types import EntityType, Types

STATUSES = frozenset({None, "ACTIVE", "DELETED", "PURGED"})

_invented = itertools.count(time.time_ns())


class Reference(Struct):
    """A reference to an entity: by guid, real or temporary, or by type and qualifiedName.

    `attributes` are those of the relationship; they only count beside its type.
    """

    guid: str | None
    type_name: str | None
    qualified_name: str | None
    attributes: Json = field(default_factory=dict)

    def __str__(self) -> str:
        unique = f"qualifiedName:{self.qualified_name}" if self.qualified_name else ""
        return (
            f"AtlasObjectId{{guid='{self.guid or 'null'}', typeName='{self.type_name or 'null'}',"
            f" uniqueAttributes={{{unique}}}}}"
        )


class Draft(Struct):
    """An entity of a request: `before` is the stored one (None for a create), `after` the result.

    `relations` holds the new ends of each relation that is sent.
    """

    sent_guid: str
    type: EntityType
    sent: Json
    relations: dict[str, list[Reference]] = field(default_factory=dict)
    before: Entity | None = None
    after: Entity | None = None

    @property
    def result(self) -> Entity:
        """The entity that will be saved; raises LookupError before the draft is matched."""
        if self.after is None:
            raise LookupError("The draft was not matched yet.")
        return self.after

    def references(self) -> Iterator[tuple[str, Reference]]:
        """Yield (relation, reference) for every reference of the draft."""
        for attribute, references in self.relations.items():
            for reference in references:
                yield attribute, reference


def read_drafts(types: Types, body: Any) -> list[Draft]:
    """Read the body of a bulk request. Raises Refused or Crashed."""
    entities = body.get("entities")
    if entities is None:
        raise Crashed("no list of entities")
    if not entities:
        raise Refused("invalid_parameters", "no entities to create/update.")
    drafts = _first_of_each(read_draft(types, entity) for entity in entities)
    return drafts + _referred(types, drafts, body.get("referredEntities"))


def read_draft(types: Types, entity: Any) -> Draft:
    """Read one entity. Raises Refused or Crashed."""
    sent = _known_form(entity)
    known = types.entity(str(sent.get("typeName")))
    if known is None:
        raise Refused("unknown_type", java_text(sent.get("typeName")))
    draft = Draft(str(sent.get("guid") or f"-{next(_invented)}"), known, sent)
    plain, related = sent.get("attributes") or {}, sent.get("relationshipAttributes") or {}
    for attribute in known.relations:
        value = related.get(attribute)
        value = plain.get(attribute) if value is None else value
        if attribute in related or value is not None:
            draft.relations[attribute] = _references(draft, attribute, value)
    return draft


def _first_of_each(drafts: Iterable[Draft]) -> list[Draft]:
    by_guid: dict[str, Draft] = {}
    for draft in drafts:
        by_guid.setdefault(draft.sent_guid, draft)
    return list(by_guid.values())


def _referred(types: Types, drafts: list[Draft], referred: Any) -> list[Draft]:
    """Return drafts of those `referredEntities` that an entity of the request refers to."""
    check(referred, dict.fromkeys(referred or (), ENTITY))
    sent = {draft.sent_guid for draft in drafts}
    asked = {reference.guid for draft in drafts for _, reference in draft.references()}
    return [
        read_draft(types, {**_known_form(entity), "guid": guid})
        for guid, entity in (referred or {}).items()
        if guid in asked and guid not in sent
    ]


def _known_form(entity: Json | None) -> Json:
    """Return the entity. Raises Refused where it is null, Crashed for an unknown status."""
    if entity is None:
        raise Refused("invalid_parameters", "found null entity")
    if entity.get("status") not in STATUSES:
        raise Crashed("an unknown status")
    return entity


def _references(draft: Draft, attribute: str, value: Any) -> list[Reference]:
    end = draft.type.relations[attribute]
    if value is None or value == []:
        return []
    if not end.many:
        return [reference_to(value)]
    if not isinstance(value, list):
        raise invalid(f"{draft.type.name}.{attribute}", value, "array<objectid>")
    return [reference_to(item) for item in value]


def reference_to(value: Any) -> Reference:
    """Read a reference. Raises Refused."""
    if not isinstance(value, dict):
        raise Refused("malformed_reference", java_text(value))
    unique = value.get("uniqueAttributes")
    guid, type_name = _text(value.get("guid")), _text(value.get("typeName"))
    qualified_name = _text(unique.get("qualifiedName")) if isinstance(unique, dict) else None
    if guid is None and (type_name is None or qualified_name is None):
        raise Refused("malformed_reference", Reference(guid, type_name, qualified_name))
    given = value.get("relationshipAttributes")
    details = given.get("attributes") if isinstance(given, dict) else None
    typed = bool(value.get("relationshipType"))
    return Reference(guid, type_name, qualified_name, (details or {}) if typed else {})


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
