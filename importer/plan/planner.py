"""One entity with its references resolved and its live state in, the change it asks for out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from importer.mapping.key_text import show
from importer.model import Action, Key, Payload
from importer.plan.diff import differences, put, unreadable, value_at
from importer.plan.relations import Edges, Named, to_add, to_remove
from importer.targets.protocol import LiveEntity
from importer.template import Kind, Reference
from importer.template.paths import join, split

Pointer = dict[str, Any]
"""A reference as a change carries it: `kind`, `key`, and `type` and `id` where they are known."""


@dataclass(slots=True)
class Desired:
    """What one row says of one entity, references resolved to (kind, key).

    A reference that names nothing asks to be emptied. `whole` are the payload paths whose objects
    are one value each.
    """

    seq: int
    kind: Kind
    type: str
    key: Key
    payload: Payload
    clears: tuple[str, ...] = ()
    references: list[tuple[Reference, list[Named]]] = field(default_factory=list)
    delete: bool = False
    whole: frozenset[str] = frozenset()


@dataclass(slots=True)
class Planned:
    """What an entity asks of the target: `change` is what is sent, None if there is nothing to do.

    `later` is the change of its relations among its own kind. `fields` maps payload paths to old
    and new value, for people.
    """

    action: Action
    change: Payload | None = None
    later: Payload | None = None
    fields: dict[str, list[Any]] = field(default_factory=dict)
    id: str | None = None


class Known(Protocol):
    """What is live: `ids` by kind and key, the reverse in `names`, types by id."""

    ids: dict[Named, str]
    names: dict[str, Named]
    types: dict[str, str]

    def inside(self, identity: str, named: Named) -> bool:
        """Whether what has this id stands anywhere below another."""
        ...


class Planner:
    """Compares what is stated with what is live, as `known` names it.

    References `later`, by kind and path, wait until all entities of their kind exist.
    """

    def __init__(self, edges: Edges, known: Known, later: frozenset[tuple[str, str]]) -> None:
        self.edges = edges
        self.known = known
        self.later = later

    def plan(self, stated: Desired, live: LiveEntity | None) -> Planned:
        """The change that makes the target as the row says."""
        if stated.delete:
            return self._delete(stated, live)
        planned = self._create(stated, live) if _absent(live) else self._update(stated, live)
        planned.later = self._later(stated, live, planned)
        if planned.later and planned.action is Action.UNCHANGED:
            planned.action = Action.UPDATE
        return planned

    def _delete(self, stated: Desired, live: LiveEntity | None) -> Planned:
        if live is None or live.archived:
            return Planned(Action.UNCHANGED)
        change = self._change(stated, Action.DELETE, live, {}, (), {})
        return Planned(Action.DELETE, change, id=live.id)

    def _create(self, stated: Desired, live: LiveEntity | None) -> Planned:
        relations = {ref.path: self._pointers(named) for ref, named in self._now(stated) if named}
        change = self._change(stated, Action.CREATE, live, stated.payload, (), relations)
        fields = {
            join(path): [old, new]
            for path, (old, new) in differences(
                stated.payload, {}, stated.kind.schema, stated.whole
            ).items()
        }
        return Planned(Action.CREATE, change, fields=fields)

    def _update(self, stated: Desired, live: LiveEntity | None) -> Planned:
        if live is None:
            return Planned(Action.UNCHANGED)
        payload, fields = self._set(stated, live)
        relations, moved = self._relations(stated, live, fields)
        emptied = [path for path, pointers in relations.items() if not pointers]
        relations = {path: pointers for path, pointers in relations.items() if pointers}
        clears = (*self._cleared(stated, live, fields), *emptied)
        if not (payload or clears or relations):
            return Planned(Action.UNCHANGED, id=live.id)
        action = Action.MOVE if moved else Action.UPDATE
        change = self._change(stated, action, live, payload, clears, relations)
        return Planned(action, change, fields=fields, id=live.id)

    def _set(self, stated: Desired, live: LiveEntity) -> tuple[Payload, dict[str, list[Any]]]:
        payload: Payload = {}
        fields: dict[str, list[Any]] = {}
        found = differences(stated.payload, live.payload, stated.kind.schema, stated.whole)
        if all(unreadable(stated.kind.schema, path) for path in found):
            return {}, {}
        for path, (old, new) in found.items():
            put(payload, path, new)
            fields[join(path)] = [old, new]
        return payload, fields

    def _cleared(
        self, stated: Desired, live: LiveEntity, fields: dict[str, list[Any]]
    ) -> Iterator[str]:
        for path in stated.clears:
            old = value_at(live.payload, split(path))
            if old is not None:
                fields[path] = [old, None]
                yield path

    def _relations(
        self, stated: Desired, live: LiveEntity, fields: dict[str, list[Any]]
    ) -> tuple[dict[str, list[Pointer]], bool]:
        """The references that differ, and whether the parent is among them."""
        found: dict[str, list[Pointer]] = {}
        moved = False
        for reference, named in self._now(stated):
            old = {ref.id for ref in live.relations.get(reference.path, ())}
            if reference.or_below and self._stays(old, named):
                continue
            pointers = self._pointers(named)
            if old != {pointer["id"] for pointer in pointers}:
                found[reference.path] = pointers
                fields[reference.path] = [self._shown(old), [show(key) for _, key in named] or None]
                moved = moved or reference.parent
        return found, moved

    def _stays(self, old: set[str], named: Iterable[Named]) -> bool:
        """Whether what an entity stands in stands itself below what is named."""
        return any(self.known.inside(above, one) for above in old for one in named)

    def _later(self, stated: Desired, live: LiveEntity | None, planned: Planned) -> Payload | None:
        """Relations among entities of one kind: appended and removed once all of them exist."""
        entity = (stated.kind.name, stated.key)
        append: dict[str, list[Pointer]] = {}
        remove: dict[str, list[Pointer]] = {}
        for reference, _ in self._afterwards(stated):
            path, inverse = reference.path, reference.inverse
            now = self._live_names(live, path)
            added = list(to_add(self.edges, stated.seq, path, inverse, entity, now))
            gone = list(to_remove(self.edges, stated.seq, path, inverse, entity, now))
            if added:
                append[path] = self._pointers(added)
            if gone:
                remove[path] = self._pointers(gone)
            if added or gone:
                kept = sorted({*now, *added} - set(gone))
                planned.fields[path] = [
                    [show(k) for _, k in sorted(now)],
                    [show(k) for _, k in kept],
                ]
        if not (append or remove):
            return None
        change = self._change(stated, Action.UPDATE, None if _absent(live) else live, {}, (), {})
        return {**change, "append": append, "remove": remove}

    def _now(self, stated: Desired) -> Iterator[tuple[Reference, list[Named]]]:
        return (
            (ref, named)
            for ref, named in stated.references
            if (stated.kind.name, ref.path) not in self.later
        )

    def _afterwards(self, stated: Desired) -> Iterator[tuple[Reference, list[Named]]]:
        return (
            (ref, named)
            for ref, named in stated.references
            if (stated.kind.name, ref.path) in self.later
        )

    def _live_names(self, live: LiveEntity | None, path: str) -> set[Named]:
        refs = live.relations.get(path, ()) if live and not live.archived else ()
        return {self.known.names[ref.id] for ref in refs if ref.id in self.known.names}

    def _pointers(self, named: Iterable[Named]) -> list[Pointer]:
        return [
            {
                "kind": kind,
                "key": list(key),
                "id": self.known.ids.get((kind, key)),
                "type": self.known.types.get(self.known.ids.get((kind, key), ""), ""),
            }
            for kind, key in named
        ]

    def _shown(self, ids: set[str]) -> list[str]:
        return [show(self.known.names[i][1]) if i in self.known.names else i for i in sorted(ids)]

    def _change(
        self,
        stated: Desired,
        action: Action,
        live: LiveEntity | None,
        payload: Payload,
        clears: tuple[str, ...],
        relations: dict[str, list[Pointer]],
    ) -> Payload:
        parent = next((ref.path for ref, _ in stated.references if ref.parent), None)
        return {
            "type": stated.type,
            "action": action.value,
            "key": list(stated.key),
            "payload": payload,
            "clears": list(clears),
            "relations": relations,
            "append": {},
            "remove": {},
            "id": live.id if live else None,
            "before": live,
            "parent": parent,
        }


def _absent(live: LiveEntity | None) -> bool:
    return live is None or live.archived
