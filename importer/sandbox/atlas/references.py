"""Resolves the references of a bulk request (Atlas 2.1, IDBasedEntityResolver).

A temporary guid must be that of an entity of the request; a real guid or a qualifiedName that of a
stored entity: what the same request creates cannot be found by its qualifiedName.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.sandbox.atlas import entities
from importer.sandbox.atlas.refusals import Refused

if TYPE_CHECKING:
    import sqlite3

    from importer.sandbox.atlas.drafts import Draft, Reference
    from importer.sandbox.atlas.types import Types


class Resolver:
    """The references of a request, and the entities they lead to."""

    def __init__(self, db: sqlite3.Connection, types: Types, drafts: list[Draft]) -> None:
        self._db = db
        self._types = types
        self._drafts = drafts
        self._by_sent_guid = {draft.sent_guid: draft for draft in drafts}

    def resolve(self) -> None:
        """Look up every reference.

        Raises Refused for a missing entity, or for one of a type the relation does not take.
        """
        for draft in self._drafts:
            for attribute, reference in draft.references():
                other = self._type_of(reference)
                end = draft.type.relations[attribute]
                known = self._types.entity(other)
                if known is None or not known.is_a(end.other_type):
                    raise Refused("wrong_end", end.relationship, draft.type.name, other)

    def guid_of(self, reference: Reference) -> str:
        """Return the real guid of the entity referred to; all drafts must have been matched."""
        draft = self._by_sent_guid.get(reference.guid or "")
        return draft.result.guid if draft else reference.guid or ""

    def _type_of(self, reference: Reference) -> str:
        """Return the type of the entity referred to, and note its guid in the reference."""
        draft = self._by_sent_guid.get(reference.guid or "")
        if draft:
            return draft.type.name
        found = found_by(self._db, self._types, reference)
        reference.guid = found.guid
        return found.type_name


def found_by(db: sqlite3.Connection, types: Types, reference: Reference) -> entities.Entity:
    """Return the stored entity referred to. Raises Refused."""
    if reference.guid is not None:
        found = entities.by_guid(db, reference.guid)
    else:
        key = (reference.type_name or "", reference.qualified_name or "")
        found = entities.by_key(db, types, *key)
    if found is None:
        raise Refused("reference_not_found", reference.guid or reference)
    return found
