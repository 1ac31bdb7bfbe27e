"""The change that one entity asks for: its desired state compared with its live state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from msgspec import Struct, field

from importer.mapping.key_text import show
from importer.model import Action, Key, Payload
from importer.payload_path import split, value_at
from importer.plan.diff import differences, put
from importer.plan.live_type import as_live
from importer.plan.new_values import ByShape, NewValues
from importer.plan.relations import Edges, Named, to_add, to_remove
from importer.targets.planned_change import FieldDiff, PlannedChange, Pointer, Pointers
from importer.targets.protocol import LiveEntity
from importer.template import Kind, Reference


class Desired(Struct):
    """The desired state of one entity, references resolved to (kind, key).

    A reference without entities is to be emptied, like the payload paths of `clears`. `whole` are
    the payload paths whose objects are compared as one value.
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


class Planned(Struct):
    """What an entity asks of the target: `change` is sent, None where there is nothing to do.

    `later` is the change of its relations among its own kind, which waits until all of them exist.
    `fields` maps payload paths to old and new value, as a plan shows them; of something new only
    its references: `new` are the paths of its values. `unsent` are the paths of what the row states
    and the target would not take, or not show.
    """

    action: Action
    change: PlannedChange | None = None
    later: PlannedChange | None = None
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    new: tuple[str, ...] = ()
    id: str | None = None
    unsent: tuple[str, ...] = ()


class LiveNames(Protocol):
    """What is live: `ids` by kind and key, and the reverse in `names`."""

    ids: dict[Named, str]
    names: dict[str, Named]

    def type_of(self, live_id: str) -> str:
        """Return the target's type of an entity that has a name."""
        ...

    def inside(self, identity: str, named: Named) -> bool:
        """Whether the entity with this id stands anywhere below another."""
        ...


class Planner:
    """Compares desired with live state.

    `later` are the references, by kind and path, that wait until all entities of the kind exist.
    """

    def __init__(
        self, edges: Edges, live_names: LiveNames, later: frozenset[tuple[str, str]]
    ) -> None:
        self.edges = edges
        self.live_names = live_names
        self.later = later
        self._by_shape: dict[tuple[str, frozenset[str]], ByShape] = {}

    def plan(self, desired: Desired, live: LiveEntity | None) -> Planned:
        """Return what makes the target as the row says."""
        if desired.delete:
            return self._delete(desired, live)
        absent = live is None or live.archived
        later, shown = self._later_change(desired, live)
        if absent:
            planned = self._create(desired, live)
        else:
            planned = self._update(desired, live, also=later is not None)
        planned.later = later
        planned.fields |= shown
        if planned.later and planned.action is Action.UNCHANGED:
            planned.action = Action.UPDATE
        return planned

    def _delete(self, desired: Desired, live: LiveEntity | None) -> Planned:
        if live is None or live.archived:
            return Planned(Action.UNCHANGED)
        return Planned(Action.DELETE, self.deletion(desired, live), id=live.id)

    def deletion(self, desired: Desired, live: LiveEntity) -> PlannedChange:
        """Return the change that deletes a live entity; it shows which members lose it."""
        path = desired.kind.members
        members = self._shown({ref.id for ref in live.relations.get(path, ())})
        heading = path.rpartition(".")[2].capitalize()
        fields = {path: FieldDiff(heading, sorted(members), None)} if members else {}
        change = _change(desired, Action.DELETE, live)
        change.fields = fields
        return change

    def _create(self, desired: Desired, live: LiveEntity | None) -> Planned:
        relations = {
            ref.path: self._pointers(named)
            for ref, named in desired.references
            if named and not self._waits(desired, ref)
        }
        values = self._new_values(desired)
        change = _change(desired, Action.CREATE, live)
        change.payload = _without(desired.payload, [one.steps for one in values.unsent])
        change.relations = relations
        fields: dict[str, tuple[Any, Any]] = {
            ref.path: ([], [show(key) for _, key in named])
            for ref, named in desired.references
            if ref.path in relations and not ref.parent  # its parent is a part of its key
        }
        names = tuple(one.path for one in values.unsent)
        return Planned(Action.CREATE, change, fields=fields, new=values.paths, unsent=names)

    def _new_values(self, desired: Desired) -> NewValues:
        at = desired.kind.name, desired.whole
        if at not in self._by_shape:
            self._by_shape[at] = ByShape(desired.kind.fields, desired.whole)
        return self._by_shape[at].of(desired.payload)

    def _update(self, desired: Desired, live: LiveEntity | None, *, also: bool) -> Planned:
        """Return what makes a live entity as the row says; `also`: relations follow later.

        Fields that the target never shows are sent only with something else.
        """
        if live is None:
            return Planned(Action.UNCHANGED)
        payload, fields, unsent = self._set(desired, live)
        seen = any(not desired.kind.fields[split(path)].unreadable for path in fields)
        relations, moved = self._relations(desired, live, fields)
        emptied = [path for path, pointers in relations.items() if not pointers]
        relations = {path: pointers for path, pointers in relations.items() if pointers}
        clears = (*self._cleared(desired, live, fields), *emptied)
        if not (seen or clears or relations or (also and payload)):
            return Planned(Action.UNCHANGED, id=live.id, unsent=(*fields, *unsent))
        action = Action.MOVE if moved else Action.UPDATE
        change = _change(desired, action, live)
        change.payload, change.clears, change.relations = payload, clears, relations
        return Planned(action, change, fields=fields, id=live.id, unsent=tuple(unsent))

    def _set(
        self, desired: Desired, live: LiveEntity
    ) -> tuple[Payload, dict[str, tuple[Any, Any]], list[str]]:
        """Return the values to set, of the live types where that can be, and what a plan shows.

        The paths of values that only something new can have follow.
        """
        found = differences(desired.payload, live.payload, desired.kind.fields, desired.whole)
        unsent: list[str] = []
        payload: Payload = {}
        fields: dict[str, tuple[Any, Any]] = {}
        for one, (old, stated) in found.items():
            if one.only_new or one.never_sent:
                unsent.append(one.path)
                continue
            new = as_live(stated, old, one)
            put(payload, one.steps, new)
            fields[one.path] = (old, new)
        return payload, fields, unsent

    def _cleared(
        self, desired: Desired, live: LiveEntity, fields: dict[str, tuple[Any, Any]]
    ) -> Iterator[str]:
        for path in desired.clears:
            old = value_at(live.payload, split(path))
            if old is not None:
                fields[path] = (old, None)
                yield path

    def _relations(
        self, desired: Desired, live: LiveEntity, fields: dict[str, tuple[Any, Any]]
    ) -> tuple[Pointers, bool]:
        """Return the references that differ, and whether the parent is among them."""
        found: Pointers = {}
        moved = False
        for reference, named in desired.references:
            if self._waits(desired, reference):
                continue
            old = {ref.id for ref in live.relations.get(reference.path, ())}
            if reference.or_below and self._stays(old, named):
                continue
            if old != {self.live_names.ids.get(one) for one in named}:
                found[reference.path] = self._pointers(named)
                fields[reference.path] = (self._shown(old), [show(key) for _, key in named] or None)
                moved = moved or reference.parent
        return found, moved

    def _stays(self, old: set[str], named: Iterable[Named]) -> bool:
        """Whether the live parent itself stands below what the row names."""
        return any(self.live_names.inside(above, one) for above in old for one in named)

    def _later_change(
        self, desired: Desired, live: LiveEntity | None
    ) -> tuple[PlannedChange | None, dict[str, tuple[Any, Any]]]:
        """Return the relations among one kind, appended and removed once all of it exist.

        With them comes what a plan shows of them.
        """
        fields: dict[str, tuple[Any, Any]] = {}
        entity = (desired.kind.name, desired.key)
        append: Pointers = {}
        remove: Pointers = {}
        for reference, _ in desired.references:
            if not self._waits(desired, reference):
                continue
            path, inverse = reference.path, reference.inverse
            now = self._related(live, path)
            added = list(to_add(self.edges, desired.seq, path, inverse, entity, now))
            gone = list(to_remove(self.edges, desired.seq, path, inverse, entity, now))
            if added:
                append[path] = self._pointers(added)
            if gone:
                remove[path] = self._pointers(gone)
            if added or gone:
                kept = sorted({*now, *added} - set(gone))
                fields[path] = (
                    [show(k) for _, k in sorted(now)],
                    [show(k) for _, k in kept],
                )
        if not (append or remove):
            return None, fields
        before = None if live is None or live.archived else live
        change = _change(desired, Action.UPDATE, before)
        change.append, change.remove = append, remove
        return change, fields

    def _waits(self, desired: Desired, reference: Reference) -> bool:
        return (desired.kind.name, reference.path) in self.later

    def _related(self, live: LiveEntity | None, path: str) -> set[Named]:
        refs = live.relations.get(path, ()) if live and not live.archived else ()
        names = self.live_names.names
        return {names[ref.id] for ref in refs if ref.id in names}

    def _pointers(self, named: Iterable[Named]) -> list[Pointer]:
        ids, type_of = self.live_names.ids, self.live_names.type_of
        found = ((kind, key, ids.get((kind, key))) for kind, key in named)
        return [Pointer(*one, type_of(one[2]) if one[2] else "") for one in found]

    def _shown(self, ids: set[str]) -> list[str]:
        names = self.live_names.names
        return [show(names[one][1]) if one in names else one for one in sorted(ids)]


def _change(desired: Desired, action: Action, before: LiveEntity | None) -> PlannedChange:
    parent = next((ref.path for ref, _ in desired.references if ref.parent), None)
    return PlannedChange(
        type=desired.type,
        action=action,
        key=desired.key,
        id=before.id if before else None,
        before=before,
        parent=parent,
    )


def _without(payload: Payload, paths: Sequence[Key]) -> Payload:
    """Return a payload without the values at some paths; the same object where there are none."""
    for first, *rest in paths:
        if first in payload:
            inner = _without(payload[first], [tuple(rest)]) if rest else None
            others = {name: value for name, value in payload.items() if name != first}
            payload = {**others, first: inner} if inner else others
    return payload
