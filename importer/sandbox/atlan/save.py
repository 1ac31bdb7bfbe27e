"""Carries out a bulk save, all of it or nothing.

The steps have the order of atlas-metastore's AtlasEntityStoreV2, so that the first error is the
same: resolve references, check and match each entity, drop unchanged ones, apply the rules of the
types (creates first), write everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from importer.sandbox.atlan import entities, relations, views
from importer.sandbox.atlan.changes import Flags, changed_entity, check_extras, new_entity
from importer.sandbox.atlan.drafts import Draft, checked_shape, read_drafts
from importer.sandbox.atlan.glossary import (
    CATEGORY,
    GLOSSARY,
    refresh_parent,
    refuse_without_anchor,
)
from importer.sandbox.atlan.references import Resolver
from importer.sandbox.atlan.refusals import Crashed, Refused, blamed_on
from importer.sandbox.atlan.rules import apply_rules
from importer.sandbox.atlan.tenant import tenant
from importer.sandbox.atlan.values import normal_attributes
from importer.sandbox.variants import Updates

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from importer.sandbox.atlan.entities import Entity
    from importer.sandbox.atlan.types import End

Join = tuple["End", str, Any]
BESIDE = "partialUpdatedEntities"
"""Where an answer may name updates beside `mutatedEntities`."""


def save(db: sqlite3.Connection, body: Any, flags: Flags, updates: Updates) -> dict[str, Any]:
    """Save the entities of a bulk request; return the answer.

    `updates` says where the answer names what was updated.
    Raises Refused or Crashed; the caller must then roll the transaction back.
    """
    if flags.contradictory:
        raise Refused(
            "bad_request", "Only one of replaceClassifications, replaceTags, appendTags may be true"
        )
    drafts = read_drafts(body)
    batch = _Batch(db, flags, drafts)
    batch.run()
    return batch.answer(updates)


def save_attributes(db: sqlite3.Connection, stored: Entity, sent: Any) -> dict[str, Any]:
    """Update one entity by what is sent of it; the answer names it under PARTIAL_UPDATE.

    What need not be sent here (`PUT entity/uniqueAttribute`) is taken from the entity itself.
    Raises what `save` raises.
    """
    if not isinstance(sent, dict) or not checked_shape(sent).get("attributes"):
        raise Refused("invalid_parameters", "an entity with attributes is expected")
    related = {**_anchor(db, stored), **(sent.get("relationshipAttributes") or {})}
    whole = {
        **sent,
        "typeName": stored.type_name,
        "guid": stored.guid,
        "attributes": {**stored.attributes, **sent["attributes"]},
        "relationshipAttributes": related,
    }
    answer = save(db, {"entities": [whole]}, Flags(), Updates.UPDATE)
    if "UPDATE" in answer.get("mutatedEntities", {}):
        answer["mutatedEntities"] = {"PARTIAL_UPDATE": answer["mutatedEntities"]["UPDATE"]}
    return answer


def _anchor(db: sqlite3.Connection, stored: Entity) -> dict[str, Any]:
    guid = next(iter(relations.targets(db, stored.guid, "anchor")), None)
    return {"anchor": {"typeName": GLOSSARY, "guid": guid}} if guid else {}


class _Step(Struct):
    """A draft that changes something, with the relations it makes and those it removes.

    `named` is whether the answer names it: labels alone are stored without a word, as was seen on
    atlas-metastore.
    """

    draft: Draft
    joins: list[Join]
    parts: list[tuple[End, str]]
    named: bool


class _Batch:
    """A bulk save in progress; `updated` maps a guid to whether a relation of it was touched."""

    def __init__(self, db: sqlite3.Connection, flags: Flags, drafts: list[Draft]) -> None:
        self.db = db
        self.flags = flags
        self.tenant = tenant(db)
        self.drafts = drafts
        self.resolver = Resolver(db, drafts)
        self.latest: dict[str, Entity] = {}
        self.keys: dict[tuple[str, str], str] = {}
        self.created: dict[str, None] = {}
        self.updated: dict[str, bool] = {}

    def run(self) -> None:
        self.resolver.resolve()
        for draft in self.drafts:
            with blamed_on(self.resolver.mentioned[draft.sent_guid]):
                self._settle(draft)
        steps = [step for draft in self.drafts if (step := self._step(draft))]
        steps.sort(key=lambda step: step.draft.before is not None)
        for step in steps:
            if step.named:
                self._note_updated(apply_rules(self.resolver, step.draft), related=True)
        for step in steps:
            self._write(step)
        for step in steps:
            with blamed_on(self.resolver.mentioned[step.draft.sent_guid]):
                self._relate(step)
        self._refresh_parents()

    def _settle(self, draft: Draft) -> None:
        """Check the values of a draft, find its entity or make it."""
        values = normal_attributes(draft.type, draft.attributes)
        refuse_without_anchor(draft)
        check_extras(draft)
        draft.before = self._match(draft, values["qualifiedName"])
        if draft.before:
            draft.after = changed_entity(draft, draft.before, values, self.flags, self.tenant)
        else:
            draft.after = new_entity(draft, values, self.flags, self.tenant)
            self.keys[draft.type.name, values["qualifiedName"]] = draft.after.guid
        self.latest[draft.after.guid] = draft.after

    def _match(self, draft: Draft, qualified_name: str) -> Entity | None:
        """Return the entity by real guid, else by type and qualifiedName, as changed so far."""
        made = self.keys.get((draft.type.name, qualified_name))
        if made and draft.type.name == GLOSSARY:
            raise Crashed("two new glossaries of one qualifiedName")
        if made:
            return self.latest[made]
        found = None if draft.temporary else entities.by_guid(self.db, draft.sent_guid)
        found = found or entities.by_key(self.db, draft.type.name, qualified_name)
        if found is None and not draft.temporary:
            raise Refused("reference_not_found", draft.sent_guid)
        return self.latest.get(found.guid, found) if found else None

    def _step(self, draft: Draft) -> _Step | None:
        """Return what a draft changes, None for nothing."""
        joins, parts = self._joins(draft), self._separations(draft)
        before, after = draft.before, draft.result
        if before is None or joins or parts:
            return _Step(draft, joins, parts, named=True)
        if before == after:
            return None
        return _Step(draft, joins, parts, named=replace(before, labels=after.labels) != after)

    def _joins(self, draft: Draft) -> list[Join]:
        """Return the relations a draft makes: (end, guid, details)."""
        joins = []
        for wanted in (draft.replaced, {} if draft.contradictory else draft.appended):
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
        return found if draft.contradictory else found + self._removals(draft)

    def _removals(self, draft: Draft) -> list[tuple[End, str]]:
        """Return the relations a draft removes by name: (end, guid).

        A symmetric relation is removed only from the end that made it (atlas-metastore, tried).
        """
        found = []
        for attribute, references in draft.removed.items():
            end = draft.type.relations[attribute]
            have = self._targets(draft, attribute)
            named = [self.resolver.guid_of(reference) for reference in references]
            found += [
                (end, guid)
                for guid in named
                if guid in have and relations.may_remove(self.db, draft.result.guid, end, guid)
            ]
        return found

    def _targets(self, draft: Draft, attribute: str) -> dict[str, Any]:
        if draft.before is None:
            return {}
        return relations.active_targets(self.db, draft.result.guid, attribute)

    def _write(self, step: _Step) -> None:
        draft, entity = step.draft, step.draft.result
        entities.write(self.db, entity)
        if draft.before is None:
            self.created[entity.guid] = None
        elif step.named:
            self._note_updated([entity.guid], related=draft.touches_relations)

    def _relate(self, step: _Step) -> None:
        guid = step.draft.result.guid
        touched: set[str] = set()
        for end, target in step.parts:
            touched |= relations.separate(self.db, guid, end, target)
        for end, target, details in step.joins:
            touched |= relations.join(self.db, guid, end, target, details)
        self._note_updated(sorted(touched), related=True)

    def _note_updated(self, guids: Iterable[str], *, related: bool) -> None:
        for guid in guids:
            if guid not in self.created:
                self.updated[guid] = related or self.updated.get(guid, False)

    def _refresh_parents(self) -> None:
        """Refresh the parents of categories: a relation from the other end changes them too."""
        if any(draft.type.name == CATEGORY for draft in self.drafts):
            for guid in (*self.created, *self.updated):
                refresh_parent(self.db, guid)

    def answer(self, updates: Updates) -> dict[str, Any]:
        for guid in self.updated:
            entities.touch(self.db, guid)
        places = _places(self.updated, updates)
        beside = self._headers(places.pop(BESIDE, []))
        mutated = self._mutated({"CREATE": self.created, **places})
        pairs = ((draft.sent_guid, draft.result.guid) for draft in self.drafts)
        assigned = {sent: guid for sent, guid in pairs if sent != guid}
        return {
            **({"mutatedEntities": mutated} if mutated else {}),
            **({BESIDE: beside} if beside else {}),
            "guidAssignments": assigned,
        }

    def _mutated(self, named: dict[str, Iterable[str]]) -> dict[str, list[dict[str, Any]]]:
        lists = {operation: self._headers(guids) for operation, guids in named.items()}
        return {operation: headers for operation, headers in lists.items() if headers}

    def _headers(self, guids: Iterable[str]) -> list[dict[str, Any]]:
        found = (entities.by_guid(self.db, guid) for guid in guids)
        return [views.header(self.db, entity) for entity in found if entity]


def _places(updated: dict[str, bool], updates: Updates) -> dict[str, list[str]]:
    """Return where an answer names which of the entities that were updated."""
    if updates == Updates.UPDATE:
        return {"UPDATE": list(updated)}
    related = [guid for guid, touched in updated.items() if touched]
    plain = [guid for guid, touched in updated.items() if not touched]
    place = BESIDE if updates == Updates.TOP_LEVEL else "UPDATE"
    return {place: plain, "PARTIAL_UPDATE": related}
