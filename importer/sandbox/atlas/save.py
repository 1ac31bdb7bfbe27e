"""Carries out a bulk save, all of it or nothing (Atlas 2.1, AtlasEntityStoreV2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas import entities
from importer.sandbox.atlas.changes import changed_entity, new_entity
from importer.sandbox.atlas.drafts import Draft, read_draft, read_drafts
from importer.sandbox.atlas.headers import header, short_header
from importer.sandbox.atlas.references import Resolver
from importer.sandbox.atlas.refusals import Crashed, Refused
from importer.sandbox.atlas.relate import is_same, replace
from importer.sandbox.values import java_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container, Iterable

    from importer.sandbox.atlas.catalogue import Json
    from importer.sandbox.atlas.drafts import Reference
    from importer.sandbox.atlas.entities import Entity
    from importer.sandbox.atlas.types import Types


def save(db: sqlite3.Connection, types: Types, body: Any) -> Json:
    """Save the entities of a bulk request; return the answer.

    Raises Refused or Crashed; the caller must then roll the transaction back.
    """
    return _Batch(db, types, read_drafts(types, body)).run()


def save_attributes(db: sqlite3.Connection, types: Types, stored: Entity, sent: Any) -> Json:
    """Update one entity by what is sent of it (`PUT entity/uniqueAttribute`).

    The answer names what changed under PARTIAL_UPDATE, and once more beside it.
    """
    if sent is None:
        raise Refused("invalid_parameters", "no entity to update.")
    draft = read_draft(types, {**sent, "guid": stored.guid})
    answer = _Batch(db, types, [draft], partial=True).run()
    updated = answer.get("mutatedEntities", {}).pop("UPDATE", None)
    if updated is None:
        return answer
    return {
        "mutatedEntities": {"PARTIAL_UPDATE": updated},
        "partialUpdatedEntities": updated,
        "guidAssignments": answer["guidAssignments"],
    }


class _Batch:
    """A bulk save in progress."""

    def __init__(
        self, db: sqlite3.Connection, types: Types, drafts: list[Draft], *, partial: bool = False
    ) -> None:
        self._db = db
        self._types = types
        self._drafts = drafts
        self._partial = partial
        self._resolver = Resolver(db, types, drafts)
        self._latest: dict[tuple[str, str], Entity] = {}
        self._created: dict[str, None] = {}
        self._updated: dict[str, bool] = {}

    def run(self) -> Json:
        """Carry everything out and return the answer."""
        self._resolver.resolve()
        for draft in self._drafts:
            self._settle(draft)
        for draft in self._drafts:
            self._write(draft)
        for draft in self._drafts:
            self._relate(draft)
        return self._answer()

    def _settle(self, draft: Draft) -> None:
        """Check the values of a draft, find its entity or make it."""
        draft.before = self._match(draft)
        if draft.before:
            draft.after = changed_entity(self._types, draft, draft.before, partial=self._partial)
        else:
            draft.after = new_entity(self._types, draft)
        self._refuse_taken_key(draft)
        self._latest[draft.type.name, draft.after.qualified_name] = draft.after

    def _match(self, draft: Draft) -> Entity | None:
        """Return the entity by real guid, else by type and qualifiedName, as changed so far."""
        name = (draft.sent.get("attributes") or {}).get("qualifiedName")
        found = None
        if not draft.sent_guid.startswith("-"):
            found = entities.by_guid(self._db, draft.sent_guid)
        if found is None and name is not None:
            text = java_text(name)
            made = self._latest.get((draft.type.name, text))
            found = made or entities.by_key(self._db, self._types, draft.type.name, text)
        if found is None and not draft.sent_guid.startswith("-"):
            raise Refused("reference_not_found", draft.sent_guid)
        return found

    def _refuse_taken_key(self, draft: Draft) -> None:
        """Crash as the real server does where an entity takes the qualifiedName of another."""
        before, name = draft.before, draft.result.qualified_name
        changed = before is not None and before.qualified_name != name
        if changed and entities.by_key(self._db, self._types, draft.type.name, name):
            raise Crashed("the qualifiedName is another's")

    def _write(self, draft: Draft) -> None:
        entity = draft.result
        if draft.before is None:
            entities.write(self._db, entity)
            self._created[entity.guid] = None
        elif self._is_changed(draft):
            entities.write(self._db, entity)
            if entity.guid not in self._created:
                self._updated[entity.guid] = True

    def _is_changed(self, draft: Draft) -> bool:
        """Return whether a draft changes an entity; a status DELETED counts, though ignored."""
        guid, relations = draft.result.guid, draft.type.relations
        same = (
            is_same(self._db, guid, relations[name], self._ends(references))
            for name, references in draft.relations.items()
        )
        deleted = draft.sent.get("status") == entities.DELETED
        return draft.after != draft.before or deleted or not all(same)

    def _relate(self, draft: Draft) -> None:
        """Make and remove relations, unless nothing at all changes in the entity."""
        guid = draft.result.guid
        if guid not in self._created and guid not in self._updated:
            return
        for name, references in draft.relations.items():
            end, wanted = draft.type.relations[name], self._ends(references)
            touched = replace(self._db, guid, end, wanted, for_good=draft.type.internal)
            for other in sorted(touched - self._created.keys()):
                self._updated.setdefault(other, False)

    def _ends(self, references: list[Reference]) -> dict[str, Json]:
        return {self._resolver.guid_of(one): one.attributes for one in references}

    def _answer(self) -> Json:
        for guid in self._updated:
            entities.touch(self._db, guid)
        changed = {guid for guid, own in self._updated.items() if own}
        mutated: Json = {}
        if self._created:
            made = self._headers(self._created, self._created)
            untagged: Json = {"classificationNames": [], "classifications": []}
            mutated["CREATE"] = [{**one, **untagged} for one in made]
        if self._updated:
            mutated["UPDATE"] = self._headers(self._updated, changed)
        pairs = ((draft.sent_guid, draft.result.guid) for draft in self._drafts)
        assigned = {sent: guid for sent, guid in pairs if sent != guid}
        return {**({"mutatedEntities": mutated} if mutated else {}), "guidAssignments": assigned}

    def _headers(self, guids: Iterable[str], whole: Container[str]) -> list[Json]:
        """Return headers of active entities; of those touched from another end without tags."""
        found = (entities.by_guid(self._db, guid) for guid in guids)
        return [
            header(self._db, self._types, one)
            if one.guid in whole
            else short_header(self._db, self._types, one)
            for one in found
            if one and one.status == entities.ACTIVE
        ]
