"""Build the changes of a batch: every reference becomes an id, or the item is blocked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from importer.journal import Item, Outbox, blocked_by
from importer.journal.named_items import NamedItem
from importer.journal.settled import Settled
from importer.model import Status
from importer.plan.relations import Named
from importer.suggest import listed
from importer.targets.planned_change import FieldDiff, PlannedChange, Pointer, Pointers
from importer.targets.protocol import Change, Ref, Relations

Referenced: TypeAlias = Mapping[Named, NamedItem]
"""The items of the run that others refer to, by kind and key."""


class ChangeBuilder:
    """Turns items into changes. `types` maps kinds to the target's type names."""

    def __init__(self, outbox: Outbox, types: dict[str, str], sheets: Sequence[str]) -> None:
        self._outbox = outbox
        self._types = types
        self._sheets = sheets

    def build(self, items: Sequence[Item]) -> tuple[list[Change], list[Settled]]:
        """Return the changes that can be sent, and the items that are blocked."""
        planned = [(item, item.change, _named(item, item.change)) for item in items if item.change]
        wanted = {name for _, _, names in planned for name in names}
        referenced = self._outbox.referenced(wanted)
        changes: list[Change] = []
        blocked: list[Settled] = []
        for item, change, names in planned:
            blocker = self._blocker(item, names, referenced)
            if blocker:
                blocked.append(Settled(item.no, Status.BLOCKED, item.id, blocker))
            else:
                changes.append(self._change(item, change, referenced))
        return changes, blocked

    def conflict(self, refused: int, other: int) -> str:
        """Return what to add to a refusal that may be due to another item of the same batch."""
        items = {item.no: item for item in self._outbox.items([refused, other])}
        here, there = items[refused], items[other]
        elsewhere = f" of {self._sheets[there.sheet]}" if there.sheet != here.sheet else ""
        name = there.key[-1] if there.key else ""
        return (
            f"Row {there.row}{elsewhere} (`{name}`) was sent together with it: do the two conflict?"
        )

    def ignored(self, no: int, paths: Sequence[str]) -> str:
        """Return why an item is rejected whose fields at these paths the target did not take."""
        fields = {path: diff for item in self._outbox.items([no]) for path, diff in _fields(item)}
        shown = [fields[path].heading if path in fields else path for path in paths if path]
        return f"The target ignored it: {listed(shown)}." if shown else "The target ignored it."

    def _blocker(
        self, item: Item, names: Mapping[Named, bool], referenced: Referenced
    ) -> str | None:
        """Return why an item cannot be sent: what it refers to was not imported."""
        for name, needs_id in names.items():
            other = referenced.get(name)
            if other is None:
                return f"`{name[1][-1] if name[1] else ''}` is not in the target."
            if not other.state.fine or (other.id is None and needs_id):
                elsewhere = self._sheets[other.sheet] if other.sheet != item.sheet else None
                return blocked_by(name[1], other.row, elsewhere)
        return None

    def _change(self, item: Item, change: PlannedChange, referenced: Referenced) -> Change:
        identity = change.id
        if identity is None and item.is_relations:
            identity = referenced[item.kind, item.key].id
        return Change(
            seq=item.no,
            type=change.type,
            action=change.action,
            key=change.key,
            payload=change.payload,
            relations=self._relations(change.relations, referenced),
            append=self._relations(change.append, referenced),
            remove=self._relations(change.remove, referenced),
            clears=change.clears,
            id=identity,
            before=change.before,
            parent=change.parent,
        )

    def _relations(self, pointers: Pointers, referenced: Referenced) -> Relations:
        if not pointers:
            return {}
        return {
            path: tuple([self._ref(pointer, referenced) for pointer in some])
            for path, some in pointers.items()
        }

    def _ref(self, pointer: Pointer, referenced: Referenced) -> Ref:
        identity = pointer.id or referenced[pointer.named].id or ""
        return Ref(pointer.type or self._types.get(pointer.kind, ""), identity)


def _named(item: Item, change: PlannedChange) -> dict[Named, bool]:
    """Return what must be there before a change is sent, and whether its id is needed."""
    names = {pointer.named: True for pointer in change.open_pointers()}
    if item.is_relations:
        names.setdefault((item.kind, item.key), False)
    return names


def _fields(item: Item) -> Iterable[tuple[str, FieldDiff]]:
    return item.change.fields.items() if item.change else ()


def settled(changes: Iterable[Change], state: Status, message: str) -> list[Settled]:
    """Return the same outcome for several changes."""
    return [Settled(change.seq, state, change.id, message) for change in changes]
