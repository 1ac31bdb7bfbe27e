"""What a run did, entity by entity, and what is live now: what an undo compares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from importer.mapping.key_text import show
from importer.model import Action
from importer.payload_path import split
from importer.plan.diff import same
from importer.plan.headings import Headings
from importer.plan.relations import Named
from importer.targets.planned_change import FieldDiff, PlannedChange, Pointer, Pointers
from importer.targets.protocol import LiveEntity, Ref
from importer.template import Template


class AppliedChange(Struct, frozen=True):
    """What a run did to one entity: `change`, and `later` for the relations among its own kind.

    Either is None where that was not sent. `before` is the before-image.
    """

    kind: str
    change: PlannedChange | None
    later: PlannedChange | None = None
    before: LiveEntity | None = None

    @property
    def either(self) -> PlannedChange:
        """The change, or that of the relations where there is no other."""
        found = self.change or self.later
        if found is None:
            raise ValueError("a change that changes nothing")
        return found

    @property
    def action(self) -> Action:
        """What the change did to the entity itself."""
        return self.change.action if self.change else Action.UNCHANGED

    @property
    def payload(self) -> dict[str, Any]:
        """The values that were set."""
        return self.change.payload if self.change else {}

    @property
    def relations(self) -> Pointers:
        """The references that were set."""
        return self.change.relations if self.change else {}

    @property
    def fields(self) -> dict[str, FieldDiff]:
        """What the plan showed of it."""
        return self.change.fields if self.change else {}

    @property
    def appended(self) -> Pointers:
        """The ends of relations that were added later, by path."""
        return self.later.append if self.later else {}

    @property
    def removed(self) -> Pointers:
        """The ends of relations that were removed later, by path."""
        return self.later.remove if self.later else {}

    def refs_before(self, path: str) -> tuple[Ref, ...]:
        """Return what the entity referred to at a path before the run."""
        return self.before.relations.get(path, ()) if self.before else ()


class RunHistory(Struct, dict=True):
    """What is known of a run, and of what is live now.

    `names` are all live entities by id, `ids` the reverse. References at the paths of `later` wait
    until all of their kind exist. `made` has the ids of the run's entities, by kind and key;
    `restored` maps the id of what the run deleted, and the undo creates again, to kind and key.
    """

    template: Template
    names: Mapping[str, Named]
    ids: Mapping[Named, str]
    later: frozenset[tuple[str, str]]
    made: dict[Named, str] = field(default_factory=dict)
    restored: dict[str, Named] = field(default_factory=dict)

    @cached_property
    def run(self) -> set[str]:
        """The ids of all entities of the run."""
        return set(self.made.values())

    @cached_property
    def headings(self) -> Headings:
        """The template's headings."""
        return Headings(self.template)

    def parents(self, kind: str) -> set[str]:
        """Return the paths of a kind's references to its parent."""
        rules = (one for sheet in self.template.sheets for one in sheet.entities)
        references = (ref for rule in rules if rule.kind == kind for ref in rule.references)
        return {reference.path for reference in references if reference.parent}

    def same(self, kind: str, path: str, one: Any, other: Any) -> bool:
        """Whether two values mean the same, or the target does not show the value."""
        field = self.template.kinds[kind].fields[split(path)]
        return same(one, other, field) or field.unreadable

    def exists(self, identity: str) -> bool:
        """Whether an entity is live, or will be once the undo is done."""
        return identity in self.names or identity in self.restored

    def id_of(self, pointer: Pointer) -> str:
        """Return the id that a reference of the run was sent with."""
        return pointer.id or self.made.get(pointer.named, "")

    def type_of(self, pointer: Pointer) -> str:
        """Return the target's type of what a reference of the run leads to."""
        kind = self.template.kinds.get(pointer.kind)
        return pointer.type or (kind.type if kind else None) or ""

    def ids_of(self, pointers: Iterable[Pointer]) -> set[str]:
        """Return the ids that references of the run were sent with."""
        return {self.id_of(pointer) for pointer in pointers}

    def pointers(self, refs: Iterable[Ref]) -> list[Pointer]:
        """Return references to those entities that exist; restored ones have no id yet."""
        return [self._pointer(ref) for ref in refs if self.exists(ref.id)]

    def shown(self, ids: Iterable[str]) -> list[str]:
        """Return the names of entities, for people."""
        return sorted(show(self.names[one][1]) if one in self.names else one for one in ids)

    def _pointer(self, ref: Ref) -> Pointer:
        if ref.id in self.restored:
            return Pointer(*self.restored[ref.id], None, ref.type)
        return Pointer("", (), ref.id, ref.type)


def ids_at(live: LiveEntity, path: str) -> set[str]:
    """Return the ids of what a live entity refers to at a path."""
    return {ref.id for ref in live.relations.get(path, ())}
