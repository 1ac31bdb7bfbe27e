"""What a run did, entity by entity, and what is there now: the nouns of an undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from importer.mapping.key_text import show
from importer.model import Payload
from importer.plan.diff import same, unreadable
from importer.plan.headings import Headings
from importer.plan.planner import Pointer
from importer.plan.relations import Named
from importer.targets.protocol import LiveEntity, Ref
from importer.template import Template
from importer.template.paths import split


@dataclass(frozen=True, slots=True)
class AppliedChange:
    """What a run did to one entity: its change as the journal has it, None where there was none.

    `later` is the change of its relations among its own kind, `before` what was live of it then.
    """

    kind: str
    change: Payload | None
    later: Payload | None = None
    before: LiveEntity | None = None

    @property
    def sent(self) -> Payload:
        """The change, empty where there was none."""
        return self.change or {"fields": {}, "payload": {}, "relations": {}, "clears": []}

    def ends(self, sign: str) -> dict[str, list[Pointer]]:
        """The ends that were added (`append`) or taken away (`remove`) later, by path."""
        return dict(self.later[sign]) if self.later else {}

    def held(self, path: str) -> tuple[Ref, ...]:
        """What it referred to at a path."""
        return self.before.relations.get(path, ()) if self.before else ()


@dataclass
class RunHistory:
    """What is known of the run and of what is there now.

    `made` has the ids of the run's entities, by kind and key; `back` says of each id that was
    deleted, and comes back, what it is called. `names` are all that are live, by id, `ids` the
    reverse. References at the paths of `later` wait until all of their kind exist.
    """

    template: Template
    names: Mapping[str, Named]
    ids: Mapping[Named, str]
    later: frozenset[tuple[str, str]]
    made: dict[Named, str] = field(default_factory=dict)
    back: dict[str, Named] = field(default_factory=dict)

    @cached_property
    def run(self) -> set[str]:
        """The ids of all that the run was about."""
        return set(self.made.values())

    @cached_property
    def headings(self) -> Headings:
        """The template's."""
        return Headings(self.template)

    def parents(self, kind: str) -> set[str]:
        """The paths that say what entities of a kind stand in."""
        rules = (one for sheet in self.template.sheets for one in sheet.entities)
        references = (ref for rule in rules if rule.kind == kind for ref in rule.references)
        return {reference.path for reference in references if reference.parent}

    def same(self, kind: str, path: str, one: Any, other: Any) -> bool:
        """Whether two values mean the same, or nobody can tell."""
        schema, steps = self.template.kinds[kind].schema, split(path)
        return same(one, other, schema, steps) or unreadable(schema, steps)

    def exists(self, identity: str) -> bool:
        """Whether it is there, or comes back."""
        return identity in self.names or identity in self.back

    def id_of(self, pointer: Pointer) -> str:
        """The id that a reference of the run came to."""
        named = pointer["kind"], tuple(pointer["key"])
        return str(pointer["id"] or self.made.get(named, ""))

    def ids_of(self, pointers: Iterable[Pointer]) -> set[str]:
        """The ids that references of the run came to."""
        return {self.id_of(pointer) for pointer in pointers}

    def pointers(self, refs: Iterable[Ref]) -> list[Pointer]:
        """References to what is there, or comes back before them."""
        return [self._pointer(ref) for ref in refs if self.exists(ref.id)]

    def shown(self, ids: Iterable[str]) -> list[str]:
        """What entities are called, for people."""
        return sorted(show(self.names[one][1]) if one in self.names else one for one in ids)

    def _pointer(self, ref: Ref) -> Pointer:
        kind, key = self.back.get(ref.id, ("", ()))
        known = None if kind else ref.id
        return {"kind": kind, "key": list(key), "id": known, "type": ref.type}


def ids_at(live: LiveEntity, path: str) -> set[str]:
    """The ids of what something live refers to at a path."""
    return {ref.id for ref in live.relations.get(path, ())}
