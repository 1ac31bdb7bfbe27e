"""Makes an entity of what is sent, or changes one by it (Atlas 2.1, EntityGraphMapper)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.sandbox.atlas import entities, metadata
from importer.sandbox.atlas.labels import checked_labels, free_attributes
from importer.sandbox.atlas.refusals import crashing
from importer.sandbox.atlas.tags import new_tags
from importer.sandbox.atlas.values import missing, normal_attributes, unset

if TYPE_CHECKING:
    from importer.sandbox.atlas.catalogue import Json
    from importer.sandbox.atlas.drafts import Draft
    from importer.sandbox.atlas.entities import Entity
    from importer.sandbox.atlas.types import Types


def new_entity(types: Types, draft: Draft) -> Entity:
    """Return the entity a draft creates, with all that only a create takes.

    Raises Refused, and Crashed for what is wrong in tags and business metadata.
    """
    values, sent = _values(types, draft, partial=False), draft.sent
    made = entities.Entity(draft.type.name, attributes=_filled(draft, values))
    made.custom_attributes = free_attributes(sent.get("customAttributes"))
    made.labels = checked_labels(sent.get("labels") or [])
    with crashing():
        made.tags = new_tags(types, draft.type, made.guid, sent.get("classifications") or [])
        made.custom_metadata = metadata.of_new(
            types, draft.type, sent.get("businessAttributes") or {}
        )
    return made


def changed_entity(types: Types, draft: Draft, before: Entity, *, partial: bool) -> Entity:
    """Return an entity as it is after a draft. Raises Refused.

    Tags, labels, business metadata and the status are ignored. With `partial` what is mandatory
    may be left out.
    """
    values = _values(types, draft, partial=partial)
    after = before.copy()
    after.attributes = _filled(draft, {**before.attributes, **values})
    free = free_attributes(draft.sent.get("customAttributes"))
    after.custom_attributes = before.custom_attributes if free is None else free
    return after


def _values(types: Types, draft: Draft, *, partial: bool) -> Json:
    """Return the attributes sent, as they are stored. Raises Refused.

    What is owned (a term by its glossary) must name its owner, on updates too.
    """
    sent, kind = draft.sent.get("attributes") or {}, draft.type
    values = normal_attributes(types, kind.name, kind.attributes, sent, partial=partial)
    for attribute, end in kind.relations.items():
        if end.owned and not partial and not draft.relations.get(attribute):
            raise missing(kind.name, attribute, kind.name)
    return values


def _filled(draft: Draft, values: Json) -> Json:
    """Return attributes without null, and nought for numbers and flags that are not set."""
    kept = {name: value for name, value in values.items() if value is not None}
    return {**unset(draft.type.attributes), **kept}
