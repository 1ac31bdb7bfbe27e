"""What a run did to one entity and how that stands now in, what takes it back out; or why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from importer.model import Action, Payload
from importer.plan.diff import put, unreadable, value_at
from importer.plan.planner import Pointer
from importer.plan.undo.drift import Since, changed_since, since_words
from importer.plan.undo.history import AppliedChange, RunHistory, ids_at
from importer.targets.protocol import LiveEntity, Ref
from importer.template.paths import split

GONE = "Not taken back: it was deleted since."


@dataclass(frozen=True, slots=True)
class Inverse:
    """The changes that take it back, None where there is nothing to do; or why it is `kept`."""

    action: Action = Action.UNCHANGED
    change: Payload | None = None
    later: Payload | None = None
    kept: str = ""


def taken_back(done: AppliedChange, live: LiveEntity | None, past: RunHistory) -> Inverse:
    """What makes the target as it was before the run, as far as nobody has changed it since."""
    did = Action(done.sent.get("action", Action.UNCHANGED))
    there = live if live and not live.archived else None
    if did is Action.CREATE:
        return _delete(done, there, past)
    if did is Action.DELETE:
        return Inverse() if there else _restore(done, live, past)
    return _Setting(done, there, past).back(did) if there else Inverse(kept=GONE)


def _delete(done: AppliedChange, there: LiveEntity | None, past: RunHistory) -> Inverse:
    """What was made goes."""
    if there is None:
        return Inverse()
    if since := list(changed_since(done, there, past)):
        return Inverse(kept=since_words(since))
    return Inverse(Action.DELETE, _change(done, Action.DELETE, there))


def _restore(done: AppliedChange, live: LiveEntity | None, past: RunHistory) -> Inverse:
    """What was deleted comes back; what refers to its own kind waits for all of them."""
    before = done.before
    if before is None:
        return Inverse()
    if why := _no_place(done.kind, before, past):
        return Inverse(kept=f"Not taken back: {why}")
    now: dict[str, list[Pointer]] = {}
    later: dict[str, list[Pointer]] = {}
    for path, refs in before.relations.items():
        (later if (done.kind, path) in past.later else now)[path] = past.pointers(refs)
    parts = {"payload": before.payload, "relations": now, "key": list(before.key)}
    change = _change(done, Action.CREATE, live, **parts, restores=before.id)
    return Inverse(Action.CREATE, change, _afterwards(done, live, later, {}))


def _no_place(kind: str, before: LiveEntity, past: RunHistory) -> str:
    """Why it cannot come back, blank where it can."""
    above = [ref for path in past.parents(kind) for ref in before.relations.get(path, ())]
    if any(not past.exists(ref.id) for ref in above):
        return "what it stood in is not there any more."
    if (kind, before.key) in past.ids:
        return f"there is another `{before.key[-1]}` in its place now."
    return ""


@dataclass(slots=True)
class _Setting:
    """Sets back what was changed of something that is there; notes what others changed `since`."""

    done: AppliedChange
    there: LiveEntity
    past: RunHistory
    since: list[Since] = field(default_factory=list)
    fields: dict[str, list[Any]] = field(default_factory=dict)
    payload: Payload = field(default_factory=dict)
    clears: list[str] = field(default_factory=list)
    relations: dict[str, list[Pointer]] = field(default_factory=dict)

    def back(self, did: Action) -> Inverse:
        """The old values, or what somebody has put in their place."""
        for path, (heading, *shown) in self.done.sent["fields"].items():
            if path in self.done.ends("append") or path in self.done.ends("remove"):
                continue
            if path in self.done.sent["relations"] or self.done.held(path):
                self._references(path, heading, shown)
            else:
                self._value(path, heading)
        if self.since:
            return Inverse(kept=since_words(self.since))
        later, change = self._ends(), None
        if self.payload or self.clears or self.relations:
            change = self._changed(did)
        does = Action(change["action"]) if change else Action.UPDATE if later else Action.UNCHANGED
        return Inverse(does, change, later)

    def _changed(self, did: Action) -> Payload:
        parents = self.past.parents(self.done.kind)
        moves = did is Action.MOVE and any(path in self.relations for path in parents)
        return _change(
            self.done,
            Action.MOVE if moves else Action.UPDATE,
            self.there,
            payload=self.payload,
            clears=self.clears,
            relations=self.relations,
            fields=self.fields,
        )

    def _value(self, path: str, heading: str) -> None:
        steps, kind = split(path), self.done.kind
        old = value_at(self.done.before.payload, steps) if self.done.before else None
        new, now = value_at(self.done.sent["payload"], steps), value_at(self.there.payload, steps)
        schema = self.past.template.kinds[kind].schema
        if self.past.same(kind, path, now, old) or unreadable(schema, steps):
            return
        if not self.past.same(kind, path, now, new):
            self.since.append((heading, now))
            return
        self.fields[path] = [heading, now, old]
        if old is None:
            self.clears.append(path)
        else:
            put(self.payload, steps, old)

    def _references(self, path: str, heading: str, shown: list[Any]) -> None:
        old = self.done.held(path)
        new = self.past.ids_of(self.done.sent["relations"].get(path, ()))
        now = ids_at(self.there, path)
        if now == {ref.id for ref in old}:
            return
        gone = any(not self.past.exists(ref.id) for ref in old)
        if now != new or (gone and path in self.past.parents(self.done.kind)):
            self.since.append((heading, self.past.shown(now)))
            return
        self.fields[path] = [heading, *reversed(shown)]
        if old:
            self.relations[path] = self.past.pointers(old)
        else:
            self.clears.append(path)

    def _ends(self) -> Payload | None:
        """Ends that were added go, and those that were taken away come back."""
        append: dict[str, list[Pointer]] = {}
        remove: dict[str, list[Pointer]] = {}
        for sign, undone in (("append", remove), ("remove", append)):
            for path, pointers in self.done.ends(sign).items():
                now = ids_at(self.there, path)
                ends = [Ref(one["type"], self.past.id_of(one)) for one in pointers]
                undo = [ref for ref in ends if (ref.id in now) == (sign == "append")]
                if found := self.past.pointers(undo):
                    undone[path] = found
        return _afterwards(self.done, self.there, append, remove)


def _afterwards(
    done: AppliedChange,
    live: LiveEntity | None,
    append: dict[str, list[Pointer]],
    remove: dict[str, list[Pointer]],
) -> Payload | None:
    """The change of relations among entities of one kind."""
    if not (append or remove):
        return None
    said = done.later["fields"] if done.later else {}
    paths = {**append, **remove}
    fields = {path: [h, new, old] for path, (h, old, new) in said.items() if path in paths}
    change = _change(done, Action.UPDATE, live, append=append, remove=remove, fields=fields)
    return {**change, "before": live if live and not live.archived else None}


def _change(done: AppliedChange, action: Action, live: LiveEntity | None, **parts: Any) -> Payload:
    of = done.change or done.later or {}
    return {
        "type": of["type"],
        "action": action.value,
        "key": list(live.key) if live else of["key"],
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
