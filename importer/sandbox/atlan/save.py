"""Carries out a bulk save, all of it or nothing.

The steps have the order of atlas-metastore's AtlasEntityStoreV2, so that the first error is the
same: resolve references, check and match each entity, drop unchanged ones, apply the rules of the
types (creates first), write everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlan import entities, relations, views
from importer.sandbox.atlan.changes import Flags, changed_entity, new_entity
from importer.sandbox.atlan.drafts import Draft, read_drafts
from importer.sandbox.atlan.glossary import CATEGORY, refresh_parent
from importer.sandbox.atlan.references import Resolver
from importer.sandbox.atlan.refusals import Refused, blamed_on
from importer.sandbox.atlan.rules import apply_rules
from importer.sandbox.atlan.values import normal_attributes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from importer.sandbox.atlan.entities import Entity
    from importer.sandbox.atlan.types import End

Join = tuple["End", str, Any]


def save(db: sqlite3.Connection, body: Any, flags: Flags) -> dict[str, Any]:
    """Save the entities of a bulk request; return the answer.

    Raises Refused or Crashed; the caller must then roll the transaction back.
    """
    if flags.contradictory:
        raise Refused(
            "bad_request", "Only one of replaceClassifications, replaceTags, appendTags may be true"
        )
    drafts = read_drafts(body)
    batch = _Batch(db, flags, drafts)
    batch.run()
    return batch.answer()


class _Batch:
    """A bulk save in progress."""

    def __init__(self, db: sqlite3.Connection, flags: Flags, drafts: list[Draft]) -> None:
        self.db = db
        self.flags = flags
        self.drafts = drafts
        self.resolver = Resolver(db, drafts)
        self.latest: dict[str, Entity] = {}
        self.keys: dict[tuple[str, str], str] = {}
        self.created: dict[str, None] = {}
        self.updated: dict[str, None] = {}

    def run(self) -> None:
        self.resolver.resolve()
        for draft in self.drafts:
            with blamed_on(self.resolver.mentioned[draft.sent_guid]):
                self._settle(draft)
        work = [(draft, self._joins(draft), self._separations(draft)) for draft in self.drafts]
        work = [
            (draft, joins, parts)
            for draft, joins, parts in work
            if joins or parts or _differs(draft)
        ]
        work.sort(key=lambda step: step[0].before is not None)
        for draft, _, _ in work:
            self._note_updated(apply_rules(self.resolver, draft))
        for draft, _, _ in work:
            self._write(draft)
        for draft, joins, parts in work:
            with blamed_on(self.resolver.mentioned[draft.sent_guid]):
                self._relate(draft, joins, parts)
        self._refresh_parents()

    def _settle(self, draft: Draft) -> None:
        """Check the values of a draft, find its entity or make it."""
        values = normal_attributes(draft.type, draft.attributes)
        draft.before = self._match(draft, values["qualifiedName"])
        if draft.before:
            draft.after = changed_entity(draft, draft.before, values, self.flags)
        else:
            draft.after = new_entity(draft, values, self.flags)
            self.keys[draft.type.name, values["qualifiedName"]] = draft.after.guid
        self.latest[draft.after.guid] = draft.after

    def _match(self, draft: Draft, qualified_name: str) -> Entity | None:
        """Return the entity by real guid, else by type and qualifiedName, as changed so far."""
        made = self.keys.get((draft.type.name, qualified_name))
        if made:
            return self.latest[made]
        found = None if draft.temporary else entities.by_guid(self.db, draft.sent_guid)
        found = found or entities.by_key(self.db, draft.type.name, qualified_name)
        if found is None and not draft.temporary:
            raise Refused("reference_not_found", draft.sent_guid)
        return self.latest.get(found.guid, found) if found else None

    def _joins(self, draft: Draft) -> list[Join]:
        """Return the relations a draft makes: (end, guid, details)."""
        joins = []
        for wanted in (draft.replaced, draft.appended):
            for attribute, references in wanted.items():
                have = self._targets(draft, attribute)
                for reference in references:
                    guid = self.resolver.guid_of(reference)
                    known = guid in have and reference.details in (None, have[guid])
                    end = draft.type.relations[attribute]
                    joins += [] if known else [(end, guid, reference.details)]
        return joins

    def _separations(self, draft: Draft) -> list[tuple[End, str]]:
        """Return the relations a draft removes: (end, guid)."""
        found = []
        for attribute, references in draft.replaced.items():
            wanted = {self.resolver.guid_of(reference) for reference in references}
            gone = [guid for guid in self._targets(draft, attribute) if guid not in wanted]
            found += [(draft.type.relations[attribute], guid) for guid in gone]
        for attribute, references in draft.removed.items():
            have = self._targets(draft, attribute)
            named = [self.resolver.guid_of(reference) for reference in references]
            found += [(draft.type.relations[attribute], guid) for guid in named if guid in have]
        return found

    def _targets(self, draft: Draft, attribute: str) -> dict[str, Any]:
        if draft.before is None:
            return {}
        return relations.active_targets(self.db, draft.result.guid, attribute)

    def _write(self, draft: Draft) -> None:
        entity = draft.result
        entity.updated = entities.now()
        entities.write(self.db, entity)
        if draft.before is None:
            self.created[entity.guid] = None
        else:
            self._note_updated([entity.guid])

    def _relate(self, draft: Draft, joins: list[Join], parts: list[tuple[End, str]]) -> None:
        guid = draft.result.guid
        touched: set[str] = set()
        for end, target in parts:
            touched |= relations.separate(self.db, guid, end, target)
        for end, target, details in joins:
            touched |= relations.join(self.db, guid, end, target, details)
        self._note_updated(sorted(touched))

    def _note_updated(self, guids: Iterable[str]) -> None:
        for guid in guids:
            if guid not in self.created:
                self.updated[guid] = None

    def _refresh_parents(self) -> None:
        """Refresh the parents of categories: a relation from the other end changes them too."""
        if any(draft.type.name == CATEGORY for draft in self.drafts):
            for guid in (*self.created, *self.updated):
                refresh_parent(self.db, guid)

    def answer(self) -> dict[str, Any]:
        for guid in self.updated:
            entities.touch(self.db, guid)
        lists = {"CREATE": self._headers(self.created), "UPDATE": self._headers(self.updated)}
        mutated = {operation: headers for operation, headers in lists.items() if headers}
        assigned = {draft.sent_guid: draft.result.guid for draft in self.drafts if draft.temporary}
        return {
            **({"mutatedEntities": mutated} if mutated else {}),
            "guidAssignments": assigned,
        }

    def _headers(self, guids: Iterable[str]) -> list[dict[str, Any]]:
        found = (entities.by_guid(self.db, guid) for guid in guids)
        return [views.header(self.db, entity) for entity in found if entity]


def _differs(draft: Draft) -> bool:
    return draft.before is None or draft.before != draft.result
