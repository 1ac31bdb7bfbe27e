"""Whether a change that somebody approved is stale: what it changes is not what they were shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from importer.mapping.key_text import show
from importer.model import Action
from importer.payload_path import join, split, value_at
from importer.plan.diff import leaves, same
from importer.plan.headings import Headings
from importer.plan.relations import Named
from importer.plan.undo.drift import Drift, drift_words
from importer.plan.undo.history import ids_at
from importer.targets.planned_change import PlannedChange
from importer.targets.protocol import LiveEntity
from importer.template import Template

STALE = "Approved, and yet not sent: since it was planned, "
"""How the message of a row begins that is not sent any more."""

AGAIN = " Import it anew."


@dataclass(slots=True)
class Staleness:
    """What is live now, to be compared with the before-images of changes.

    `names` are all live entities by id, `ids` the reverse; `own` are the ids of the run's own
    entities, and `attached` yields what would be deleted along with one.
    """

    template: Template
    names: Mapping[str, Named]
    ids: Mapping[Named, str]
    own: Set[str]
    attached: Callable[[str], Iterator[str]]
    _headings: Headings = field(init=False)

    def __post_init__(self) -> None:
        self._headings = Headings(self.template)

    def of(self, kind: str, change: PlannedChange, live: LiveEntity | None) -> str:
        """Return why a change is stale; "" where what it changes is as it was planned."""
        there = live if live and not live.archived else None
        if change.action is Action.CREATE:
            taken = there is not None or (kind, change.key) in self.ids
            return f"{STALE}`{show(change.key)}` has been made.{AGAIN}" if taken else ""
        if there is None:
            return f"{STALE}it has been deleted."
        if change.before is None:
            return ""
        found = list(self._drift(kind, change, change.before, there))
        return f"{STALE}it has been changed: {drift_words(found)}.{AGAIN}" if found else ""

    def _drift(
        self, kind: str, change: PlannedChange, before: LiveEntity, live: LiveEntity
    ) -> Iterator[Drift]:
        """Yield each heading under which the live value is not that of the before-image."""
        if change.action is Action.DELETE:
            yield from self._of_deletion(kind, change, before, live)
            return
        for path in changed_paths(change):
            yield from self._value(kind, change, path, before, live)
        for path in (*change.clears, *change.relations):
            if ids_at(live, path) != ids_at(before, path):
                yield self._references(kind, change, path, live)
        for path in {**change.append, **change.remove}:
            if (ids_at(live, path) ^ ids_at(before, path)) - self.own:
                yield self._references(kind, change, path, live)

    def _of_deletion(
        self, kind: str, change: PlannedChange, before: LiveEntity, live: LiveEntity
    ) -> Iterator[Drift]:
        """Yield all that is different, but for what the run itself has done to its neighbours."""
        stated = (join(path) for one in (before, live) for path, _ in leaves(one.payload))
        for path in dict.fromkeys(stated):
            yield from self._value(kind, change, path, before, live)
        for path in {**before.relations, **live.relations}:
            if (ids_at(live, path) ^ ids_at(before, path)) - self.own:
                yield self._references(kind, change, path, live)
        known = {one.id for one in change.along or ()}
        more = [one for one in self.attached(live.id) if one not in known]
        if more:
            yield "what is attached to it", [show(self.names[one][1]) for one in more]

    def _value(
        self, kind: str, change: PlannedChange, path: str, before: LiveEntity, live: LiveEntity
    ) -> Iterator[Drift]:
        steps = split(path)
        old, now = value_at(before.payload, steps), value_at(live.payload, steps)
        if not same(old, now, self.template.kinds[kind].fields[steps]):
            yield self._heading(kind, change, path), now

    def _heading(self, kind: str, change: PlannedChange, path: str) -> str:
        diff = change.fields.get(path)
        return diff.heading if diff else self._headings.of(kind, path)

    def _references(
        self, kind: str, change: PlannedChange, path: str, live: LiveEntity
    ) -> tuple[str, Any]:
        ids = sorted(ids_at(live, path))
        shown = [show(self.names[one][1]) if one in self.names else one for one in ids]
        return self._heading(kind, change, path), shown


def changed_paths(change: PlannedChange) -> list[str]:
    """Return the paths of all values that a change sets or empties."""
    stated = [join(path) for path, _ in leaves(change.payload)]
    shown = [path for path in change.fields if value_at(change.payload, split(path)) is not None]
    return list(dict.fromkeys((*stated, *shown, *change.clears)))
