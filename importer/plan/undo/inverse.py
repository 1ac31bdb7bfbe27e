"""The inverse of what a run did to one entity, or why it cannot be undone."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from importer.model import Action, Payload
from importer.payload_path import split, value_at
from importer.plan.diff import put
from importer.plan.undo.drift import Drift, drift, drift_message
from importer.plan.undo.history import AppliedChange, RunHistory, ids_at
from importer.targets.planned_change import FieldDiff, PlannedChange, Pointers
from importer.targets.protocol import LiveEntity, Ref

GONE = "Not reverted: it has been deleted since."


class Inverse(Struct, frozen=True):
    """The changes that undo one, None where there is nothing to do; `kept` says why it stays."""

    action: Action = Action.UNCHANGED
    change: PlannedChange | None = None
    later: PlannedChange | None = None
    kept: str = ""


def inverse_of(applied: AppliedChange, live: LiveEntity | None, history: RunHistory) -> Inverse:
    """Return what makes an entity as it was before the run, as far as it has not drifted."""
    there = live if live and not live.archived else None
    if applied.action is Action.CREATE:
        return _delete(applied, there, history)
    if applied.action is Action.DELETE:
        return Inverse() if there else _restore(applied, live, history)
    if there is None:
        return Inverse(kept=GONE)
    return _Reversal(applied, there, history).inverse()


def _delete(applied: AppliedChange, there: LiveEntity | None, history: RunHistory) -> Inverse:
    """Delete what was created."""
    if there is None:
        return Inverse()
    if found := list(drift(applied, there, history)):
        return Inverse(kept=drift_message(found))
    return Inverse(Action.DELETE, _change(applied, Action.DELETE, there))


def _restore(applied: AppliedChange, live: LiveEntity | None, history: RunHistory) -> Inverse:
    """Create again what was deleted; references to its own kind wait until all of it exist."""
    before = applied.before
    if before is None:
        return Inverse()
    if why := _no_place(applied.kind, before, history):
        return Inverse(kept=f"Not reverted: {why}")
    now: Pointers = {}
    later: Pointers = {}
    for path, refs in before.relations.items():
        if path == history.template.kinds[applied.kind].members:
            refs = tuple(ref for ref in refs if ref.id in history.names)  # others come back later
        (later if (applied.kind, path) in history.later else now)[path] = history.pointers(refs)
    change = replace(
        _change(applied, Action.CREATE, live),
        key=before.key,
        payload=before.payload,
        relations=now,
        restores=before.id,
    )
    return Inverse(Action.CREATE, change, _relations(applied, live, later, {}))


def inverse_along(applied: AppliedChange, live: LiveEntity | None, history: RunHistory) -> Inverse:
    """Return what brings back an entity that was deleted along with what it is in.

    What is still live, but in nothing any more, is put into the new entity.
    """
    if live is None or live.archived:
        return _restore(applied, live, history)
    before, parents = applied.before, history.parents(applied.kind)
    refs = before.relations if before else {}
    lost = [path for path in refs if path in parents and not ids_at(live, path)]
    if not before or not lost:
        return Inverse()
    into = {path: history.pointers(refs[path]) for path in lost}
    change = replace(_change(applied, Action.UPDATE, live), key=before.key, relations=into)
    return Inverse(Action.UPDATE, change)


def _no_place(kind: str, before: LiveEntity, history: RunHistory) -> str:
    """Return why an entity cannot be created again, "" where it can."""
    parents = [ref for path in history.parents(kind) for ref in before.relations.get(path, ())]
    if any(not history.exists(ref.id) for ref in parents):
        return "what it stood in is not there any more."
    if (kind, before.key) in history.ids:
        return f"there is another `{before.key[-1]}` in its place now."
    return ""


class _Reversal(Struct):
    """The old values of an entity that was updated or moved, and its drift."""

    applied: AppliedChange
    live: LiveEntity
    history: RunHistory
    drift: list[Drift] = field(default_factory=list)
    fields: dict[str, FieldDiff] = field(default_factory=dict)
    payload: Payload = field(default_factory=dict)
    clears: list[str] = field(default_factory=list)
    relations: Pointers = field(default_factory=dict)

    def inverse(self) -> Inverse:
        """Return the change back to the old values, or why the entity stays as it is."""
        applied = self.applied
        for path, diff in applied.fields.items():
            if path in applied.appended or path in applied.removed:
                continue
            if path in applied.relations or applied.refs_before(path):
                self._reference(path, diff)
            else:
                self._value(path, diff.heading)
        if self.drift:
            return Inverse(kept=drift_message(self.drift))
        later, change = self._ends(), None
        if self.payload or self.clears or self.relations:
            change = self._changed()
        action = change.action if change else Action.UPDATE if later else Action.UNCHANGED
        return Inverse(action, change, later)

    def _changed(self) -> PlannedChange:
        parents = self.history.parents(self.applied.kind)
        moved = self.applied.action is Action.MOVE
        moves = moved and any(path in self.relations for path in parents)
        return replace(
            _change(self.applied, Action.MOVE if moves else Action.UPDATE, self.live),
            payload=self.payload,
            clears=tuple(self.clears),
            relations=self.relations,
            fields=self.fields,
        )

    def _value(self, path: str, heading: str) -> None:
        applied, steps, kind = self.applied, split(path), self.applied.kind
        old = value_at(applied.before.payload, steps) if applied.before else None
        new, now = value_at(applied.payload, steps), value_at(self.live.payload, steps)
        field = self.history.template.kinds[kind].fields[steps]
        if self.history.same(kind, path, now, old) or field.unreadable:
            return
        if not self.history.same(kind, path, now, new):
            self.drift.append((heading, now))
            return
        self.fields[path] = FieldDiff(heading, now, old)
        if old is None:
            self.clears.append(path)
        else:
            put(self.payload, steps, old)

    def _reference(self, path: str, diff: FieldDiff) -> None:
        old = self.applied.refs_before(path)
        new = self.history.ids_of(self.applied.relations.get(path, ()))
        now = ids_at(self.live, path)
        if now == {ref.id for ref in old}:
            return
        gone = any(not self.history.exists(ref.id) for ref in old)
        if now != new or (gone and path in self.history.parents(self.applied.kind)):
            self.drift.append((diff.heading, self.history.shown(now)))
            return
        self.fields[path] = FieldDiff(diff.heading, diff.new, diff.old)
        if old:
            self.relations[path] = self.history.pointers(old)
        else:
            self.clears.append(path)

    def _ends(self) -> PlannedChange | None:
        """Return the change that removes the ends that were added and adds those removed."""
        remove = self._ends_of(self.applied.appended, live=True)
        append = self._ends_of(self.applied.removed, live=False)
        return _relations(self.applied, self.live, append, remove)

    def _ends_of(self, pointers: Pointers, *, live: bool) -> Pointers:
        """Return the ends among `pointers` that are, or are not, live, by path."""
        found: Pointers = {}
        for path, some in pointers.items():
            now = ids_at(self.live, path)
            refs = [Ref(self.history.type_of(one), self.history.id_of(one)) for one in some]
            if ends := self.history.pointers(ref for ref in refs if (ref.id in now) == live):
                found[path] = ends
        return found


def _relations(
    applied: AppliedChange, live: LiveEntity | None, append: Pointers, remove: Pointers
) -> PlannedChange | None:
    """Return the change of relations among entities of one kind."""
    if not (append or remove):
        return None
    shown = applied.later.fields if applied.later else {}
    fields = {
        path: FieldDiff(diff.heading, diff.new, diff.old)
        for path, diff in shown.items()
        if path in append or path in remove
    }
    before = live if live and not live.archived else None
    change = _change(applied, Action.UPDATE, live)
    return replace(change, append=append, remove=remove, fields=fields, before=before)


def _change(applied: AppliedChange, action: Action, live: LiveEntity | None) -> PlannedChange:
    was = applied.either
    return PlannedChange(
        type=was.type,
        action=action,
        key=live.key if live else was.key,
        id=live.id if live else None,
        before=live,
        parent=was.parent,
    )
