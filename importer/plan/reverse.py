"""What a run did to one entity and how that stands now in, what takes it back out; or why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from importer.mapping.forms import show
from importer.model import Action, Payload
from importer.plan.compare import put, same, unreadable, value_at
from importer.plan.headings import Headings
from importer.plan.planner import Pointer
from importer.plan.relations import Named
from importer.targets.protocol import Live, Ref
from importer.template import Kind, Template
from importer.template.paths import split

Since: TypeAlias = tuple[str, Any]
"""A heading, and what somebody has put there since."""

SHOWN, LONGEST = 3, 60
"""How many changes of others are named, and how much of each."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did to one entity: its change as the journal has it, None where there was none.

    `later` is the change of its relations among its own kind, `before` what was live of it then.
    """

    kind: str
    change: Payload | None
    later: Payload | None = None
    before: Live | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The changes that take it back, None where there is nothing to do; or why it is `kept`."""

    action: Action = Action.UNCHANGED
    change: Payload | None = None
    later: Payload | None = None
    kept: str = ""


@dataclass
class Past:
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


def taken_back(done: Done, live: Live | None, past: Past) -> TakenBack:
    """What makes the target as it was before the run, as far as nobody has changed it since."""
    return _Reverse(done, live, past).taken_back()


@dataclass(slots=True)
class _Reverse:
    done: Done
    live: Live | None
    past: Past
    since: list[Since] = field(default_factory=list)
    fields: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        return self.past.template.kinds[self.done.kind]

    def taken_back(self) -> TakenBack:
        did = Action(self.done.change["action"]) if self.done.change else Action.UNCHANGED
        there = self.live if self.live and not self.live.archived else None
        if did is Action.CREATE:
            return self._delete(there)
        if did is Action.DELETE:
            return TakenBack() if there else self._restore()
        if there is None:
            return TakenBack(kept="Not taken back: it was deleted since.")
        return self._set_back(there, did)

    # --- what was made goes ----------------------------------------------------------------------

    def _delete(self, there: Live | None) -> TakenBack:
        if there is None:
            return TakenBack()
        self._changed_values(there)
        self._changed_relations(there)
        if self.since:
            return TakenBack(kept=_since_words(self.since))
        return TakenBack(Action.DELETE, self._change(Action.DELETE, there))

    def _changed_values(self, there: Live) -> None:
        """What is not what was sent, and what was filled in since."""
        sent = self._sent["payload"]
        for path, (heading, _, _) in self._sent["fields"].items():
            new, now = value_at(sent, split(path)), value_at(there.payload, split(path))
            if new is not None and not self._same(path, new, now):
                self.since.append((heading, now))
        for heading, steps in self.past.headings.filled(self.done.kind, there.payload):
            if value_at(sent, steps) is None:
                self.since.append((heading, value_at(there.payload, steps)))

    def _changed_relations(self, there: Live) -> None:
        """Where it refers to less than was sent, or to more than the run has named."""
        stated = {path: self._ids(refs) for path, refs in self._sent["relations"].items()}
        added = {path: self._ids(refs) for path, refs in self._later("append").items()}
        for path in {**stated, **there.relations}:
            now = {ref.id for ref in there.relations.get(path, ())}
            known = stated.get(path, set()) | added.get(path, set())
            if now - known - self.past.run or stated.get(path, set()) - now:
                self.since.append((self.past.headings.of(self.done.kind, path), self._names(now)))

    # --- what was deleted comes back -------------------------------------------------------------

    def _restore(self) -> TakenBack:
        before = self.done.before
        if before is None:
            return TakenBack()
        if why := self._no_place(before):
            return TakenBack(kept=f"Not taken back: {why}")
        now: dict[str, list[Pointer]] = {}
        later: dict[str, list[Pointer]] = {}
        for path, refs in before.relations.items():
            pointers = self._pointers(refs)
            (later if self._waits(path) else now)[path] = pointers
        parts = {"payload": before.payload, "relations": now, "key": list(before.key)}
        change = self._change(Action.CREATE, self.live, **parts, restores=before.id)
        return TakenBack(Action.CREATE, change, self._afterwards(later, {}, self.live))

    def _no_place(self, before: Live) -> str:
        """Why it cannot come back, blank where it can."""
        above = [ref for path in self._parents for ref in before.relations.get(path, ())]
        if any(not self._exists(ref.id) for ref in above):
            return "what it stood in is not there any more."
        if (self.done.kind, before.key) in self.past.ids:
            return f"there is another `{before.key[-1]}` in its place now."
        return ""

    # --- what was changed is set back ------------------------------------------------------------

    def _set_back(self, there: Live, did: Action) -> TakenBack:
        payload, clears, relations = self._old_state(there) if self.done.change else ({}, [], {})
        if self.since:
            return TakenBack(kept=_since_words(self.since))
        later = self._ends_back(there)
        change = None
        if payload or clears or relations:
            moves = did is Action.MOVE and any(path in relations for path in self._parents)
            action = Action.MOVE if moves else Action.UPDATE
            parts = {"payload": payload, "clears": clears, "relations": relations}
            change = self._change(action, there, **parts, fields=self.fields)
        does = Action(change["action"]) if change else Action.UPDATE if later else Action.UNCHANGED
        return TakenBack(does, change, later)

    def _old_state(self, there: Live) -> tuple[Payload, list[str], dict[str, list[Pointer]]]:
        """The old values to set, the paths to empty, the old references."""
        payload: Payload = {}
        clears: list[str] = []
        relations: dict[str, list[Pointer]] = {}
        for path, (heading, shown_old, shown_new) in self._sent["fields"].items():
            if path in self._later("append") or path in self._later("remove"):
                continue
            if self._refers(path):
                old = self._old_references(path, heading, there)
                if old:
                    relations[path] = self._pointers(old)
                elif old is not None:
                    clears.append(path)
                if old is not None:
                    self.fields[path] = [heading, shown_new, shown_old]
            else:
                self._old_value(path, heading, there, payload, clears)
        return payload, clears, relations

    def _old_value(
        self, path: str, heading: str, there: Live, payload: Payload, clears: list[str]
    ) -> None:
        steps = split(path)
        old = value_at(self.done.before.payload, steps) if self.done.before else None
        new, now = value_at(self._sent["payload"], steps), value_at(there.payload, steps)
        if self._same(path, now, old) or unreadable(self.kind.schema, steps):
            return
        if not self._same(path, now, new):
            self.since.append((heading, now))
            return
        self.fields[path] = [heading, now, old]
        if old is None:
            clears.append(path)
        else:
            put(payload, steps, old)

    def _old_references(self, path: str, heading: str, there: Live) -> tuple[Ref, ...] | None:
        """What it referred to; None where it does already, or where somebody has changed it."""
        old = self.done.before.relations.get(path, ()) if self.done.before else ()
        new = self._ids(self._sent["relations"].get(path, ()))
        now = {ref.id for ref in there.relations.get(path, ())}
        if now == {ref.id for ref in old}:
            return None
        gone = any(not self._exists(ref.id) for ref in old) and path in self._parents
        if now != new or gone:
            self.since.append((heading, self._names(now)))
            return None
        return old

    def _ends_back(self, there: Live) -> Payload | None:
        """Ends that were added go, and those that were taken away come back."""
        append: dict[str, list[Pointer]] = {}
        remove: dict[str, list[Pointer]] = {}
        for sign, undone in (("append", remove), ("remove", append)):
            for path, pointers in self._later(sign).items():
                now = {ref.id for ref in there.relations.get(path, ())}
                ends = [Ref(one["type"], self._id(one)) for one in pointers]
                undo = [ref for ref in ends if (ref.id in now) == (sign == "append")]
                if found := self._pointers(undo):
                    undone[path] = found
        return self._afterwards(append, remove, there)

    def _afterwards(
        self, append: dict[str, list[Pointer]], remove: dict[str, list[Pointer]], live: Live | None
    ) -> Payload | None:
        if not (append or remove):
            return None
        said = self.done.later["fields"] if self.done.later else {}
        paths = {**append, **remove}
        fields = {path: [h, new, old] for path, (h, old, new) in said.items() if path in paths}
        change = self._change(Action.UPDATE, live, append=append, remove=remove, fields=fields)
        return {**change, "before": live if live and not live.archived else None}

    # --- what both need --------------------------------------------------------------------------

    @property
    def _sent(self) -> Payload:
        return self.done.change or {}

    def _later(self, sign: str) -> dict[str, list[Pointer]]:
        return dict(self.done.later[sign]) if self.done.later else {}

    @property
    def _parents(self) -> set[str]:
        sheets = self.past.template.sheets
        rules = (one for sheet in sheets for one in sheet.entities if one.kind == self.done.kind)
        return {ref.path for rule in rules for ref in rule.references if ref.parent}

    def _refers(self, path: str) -> bool:
        """Whether a path holds references, not a value."""
        before = self.done.before.relations if self.done.before else {}
        return path in self._sent["relations"] or path in before

    def _waits(self, path: str) -> bool:
        return (self.done.kind, path) in self.past.later

    def _same(self, path: str, one: Any, other: Any) -> bool:
        steps = split(path)
        return same(one, other, self.kind.schema, steps) or unreadable(self.kind.schema, steps)

    def _exists(self, identity: str) -> bool:
        return identity in self.past.names or identity in self.past.back

    def _id(self, pointer: Pointer) -> str:
        named = pointer["kind"], tuple(pointer["key"])
        return str(pointer["id"] or self.past.made.get(named, ""))

    def _ids(self, pointers: Iterable[Pointer]) -> set[str]:
        return {self._id(pointer) for pointer in pointers}

    def _pointers(self, refs: Iterable[Ref]) -> list[Pointer]:
        """References to what is there, or comes back before them."""
        return [self._pointer(ref) for ref in refs if self._exists(ref.id)]

    def _pointer(self, ref: Ref) -> Pointer:
        kind, key = self.past.back.get(ref.id, ("", ()))
        known = None if kind else ref.id
        return {"kind": kind, "key": list(key), "id": known, "type": ref.type}

    def _names(self, ids: Iterable[str]) -> list[str]:
        return sorted(show(self.past.names[i][1]) if i in self.past.names else i for i in ids)

    def _change(self, action: Action, live: Live | None, **parts: Any) -> Payload:
        of = self.done.change or self.done.later or {}
        key = list(live.key) if live else of["key"]
        return {
            "type": of["type"],
            "action": action.value,
            "key": key,
            "payload": {},
            "clears": [],
            "relations": {},
            "append": {},
            "remove": {},
            "id": live.id if live else None,
            "before": live,
            "parent": of["parent"],
            "fields": {},
            **parts,
        }


def _since_words(since: Iterable[Since]) -> str:
    said = list(dict(_shown(since)).items())
    listed = ", ".join(f"{heading} (now {now})" for heading, now in said[:SHOWN])
    more = f" and {len(said) - SHOWN} more" if len(said) > SHOWN else ""
    return f"Not taken back, since somebody has changed it: {listed}{more}."


def _shown(since: Iterable[Since]) -> Iterator[tuple[str, str]]:
    for heading, now in since:
        text = "; ".join(map(str, now)) if isinstance(now, list) else str(now or "")
        cut = f"{text[:LONGEST]}..." if len(text) > LONGEST else text
        yield heading, f"`{cut}`" if text else "blank"
