"""Resolves the references of a bulk request (atlas-metastore, IDBasedEntityResolver).

A temporary guid must be that of an entity of the request; a real guid or a qualifiedName that of a
stored entity: what the same request creates cannot be found by its qualifiedName.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.sandbox.atlan import entities
from importer.sandbox.atlan.refusals import Refused, blamed_on
from importer.sandbox.atlan.types import entity_type

if TYPE_CHECKING:
    import sqlite3

    from importer.sandbox.atlan.drafts import Draft, Reference
    from importer.sandbox.atlan.entities import Entity


class Resolver:
    """The references of a request, and the entities they lead to.

    `mentioned` maps a guid to the guid of the first entity that names it: errors blame that entity.
    """

    def __init__(self, db: sqlite3.Connection, drafts: list[Draft]) -> None:
        self.db = db
        self.drafts = drafts
        self.by_sent_guid: dict[str, Draft] = {}
        self.mentioned: dict[str, str] = {}
        self._types: dict[str, str] = {}
        self._keys: dict[tuple[str, str], str] = {}
        self._stored: dict[str, Entity] = {}
        for draft in drafts:
            self._note(draft)

    def _note(self, draft: Draft) -> None:
        self.by_sent_guid.setdefault(draft.sent_guid, draft)
        self.mentioned.setdefault(draft.sent_guid, draft.sent_guid)
        for _, reference in draft.references():
            if reference.guid:
                self.mentioned.setdefault(reference.guid, draft.sent_guid)

    def resolve(self) -> None:
        """Look up every reference, first those by guid, then those by qualifiedName.

        Raises Refused for a missing entity, or for one of a type the relation does not take.
        """
        for guid, blamed in self.mentioned.items():
            if guid not in self.by_sent_guid and not self._is_stored(guid):
                raise Refused("reference_not_found", guid, guid=blamed)
        for draft in self.drafts:
            with blamed_on(draft.sent_guid):
                for attribute, reference in draft.references():
                    self._find_by_key(reference)
                    self._check_type(draft, attribute, reference)

    def _is_stored(self, guid: str) -> bool:
        if guid.startswith("-"):
            return False
        row = self.db.execute("SELECT type FROM entity WHERE guid = ?", (guid,)).fetchone()
        if row:
            self._types[guid] = row[0]
        return row is not None

    def _find_by_key(self, reference: Reference) -> None:
        if reference.guid is not None:
            return
        key = (reference.type_name or "", reference.qualified_name or "")
        if key not in self._keys:
            found = entities.by_key(self.db, *key)
            if found is None:
                raise Refused("reference_not_found", reference)
            self._keys[key], self._types[found.guid] = found.guid, found.type_name
            self._stored[found.guid] = found
        reference.guid = self._keys[key]

    def _check_type(self, draft: Draft, attribute: str, reference: Reference) -> None:
        known = entity_type(self._type_of(reference.guid or ""))
        end = draft.type.relations[attribute]
        if known is None or not known.is_a(end.other_type):
            types = (draft.type.name, self._type_of(reference.guid or ""))
            raise Refused("wrong_end", end.relationship.name, *types)

    def _type_of(self, guid: str) -> str:
        draft = self.by_sent_guid.get(guid)
        return draft.type.name if draft else self._types[guid]

    def guid_of(self, reference: Reference) -> str:
        """Return the real guid of the entity referred to; all drafts must have been matched."""
        draft = self.by_sent_guid.get(reference.guid or "")
        return draft.result.guid if draft else reference.guid or ""

    def stored(self, reference: Reference) -> Entity | None:
        """Return the entity referred to, None where this request creates it."""
        guid = self.guid_of(reference)
        if guid not in self._stored:
            found = entities.by_guid(self.db, guid)
            if found is None:
                return None
            self._stored[guid] = found
        return self._stored[guid]
