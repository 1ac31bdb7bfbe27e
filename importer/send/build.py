"""Items of the journal in, changes with every reference as an id out; or what blocks them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from importer.journal import Item, blocked_by, key_label, key_text
from importer.journal.outbox import Known, Outbox, Settled
from importer.journal.serialize import live_of, unpack
from importer.model import Action, Status
from importer.targets.protocol import Change, Ref, Relations

Pointer = dict[str, Any]
_MAPS = ("relations", "append", "remove")


class ChangeBuilder:
    """Turns items into changes. `types` maps kinds to the target's names of them."""

    def __init__(self, outbox: Outbox, types: dict[str, str], sheets: Sequence[str]) -> None:
        self._outbox = outbox
        self._types = types
        self._sheets = sheets

    def prepare(self, items: Sequence[Item]) -> tuple[list[Change], list[Settled]]:
        """The changes that can go out, and the items that something blocks."""
        raw = {item.no: unpack(item.change or b"{}") for item in items}
        wanted = {_named(pointer) for change in raw.values() for pointer in _open(change)}
        wanted |= {(item.kind, item.key or "") for item in items if item.no % 2}
        known = self._outbox.known(wanted)
        changes: list[Change] = []
        blocked: list[Settled] = []
        for item in items:
            blocker = self._blocker(item, raw[item.no], known)
            if blocker:
                blocked.append(Settled(item.no, Status.BLOCKED, item.id, blocker))
            else:
                changes.append(self._change(item, raw[item.no], known))
        return changes, blocked

    def conflict(self, refused: int, other: int) -> str:
        """What else to say of an item that the target may only refuse beside another one."""
        items = {item.no: item for item in self._outbox.items([refused, other])}
        here, there = items[refused], items[other]
        elsewhere = f" of {self._sheets[there.sheet]}" if there.sheet != here.sheet else ""
        name = key_label(there.key or "")
        return (
            f"Row {there.row}{elsewhere} (`{name}`) was sent together with it: do the two conflict?"
        )

    def _blocker(self, item: Item, raw: Any, known: dict[tuple[str, str], Known]) -> str | None:
        """Why an item cannot go out: the row that it refers to did not make it."""
        names = [_named(pointer) for pointer in _open(raw)]
        if item.no % 2:
            names.append((item.kind, item.key or ""))
        for name in names:
            other = known.get(name)
            if other is None:
                return f"`{key_label(name[1])}` is not in the target."
            if not other.state.fine or (other.id is None and name in map(_named, _open(raw))):
                elsewhere = self._sheets[other.sheet] if other.sheet != item.sheet else None
                return blocked_by(name[1], other.row, elsewhere)
        return None

    def _change(self, item: Item, raw: Any, known: dict[tuple[str, str], Known]) -> Change:
        identity = raw["id"]
        if identity is None and item.no % 2:
            identity = known[item.kind, item.key or ""].id
        maps = {name: self._relations(raw[name], known) for name in _MAPS}
        return Change(
            seq=item.no,
            type=raw["type"],
            action=Action(raw["action"]),
            key=tuple(raw["key"]),
            payload=raw["payload"],
            clears=tuple(raw["clears"]),
            id=identity,
            before=live_of(raw["before"]) if raw["before"] else None,
            parent=raw["parent"],
            **maps,
        )

    def _relations(
        self, raw: dict[str, list[Pointer]], known: dict[tuple[str, str], Known]
    ) -> Relations:
        return {
            path: tuple(self._ref(pointer, known) for pointer in pointers)
            for path, pointers in raw.items()
        }

    def _ref(self, pointer: Pointer, known: dict[tuple[str, str], Known]) -> Ref:
        identity = pointer["id"] or known[_named(pointer)].id or ""
        return Ref(pointer["type"] or self._types.get(pointer["kind"], ""), identity)


def _named(pointer: Pointer) -> tuple[str, str]:
    return pointer["kind"], key_text(tuple(pointer["key"]))


def _open(raw: Any) -> Iterator[Pointer]:
    """The references of a change whose ids are not known yet."""
    for name in _MAPS:
        for pointers in raw.get(name, {}).values():
            yield from (pointer for pointer in pointers if not pointer["id"])


def settled(changes: Iterable[Change], state: Status, message: str) -> list[Settled]:
    """The same outcome for several changes."""
    return [Settled(change.seq, state, change.id, message) for change in changes]
