"""Removes ends of relations in a later request, from an end that works.

atlas-metastore drops both parts of an entity that appends and removes at once, even of different
relations (EntityGraphMapper, since June 2025). It also ignores the removal of a symmetric relation
from the end that did not create it, and no answer says which end did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from importer.model import Action
from importer.targets.atlan.vocabulary import SYMMETRIC
from importer.targets.protocol import Change, Landed, LiveEntity, Ref

Edge = tuple[Change, str, Ref]
"""A relation to be removed: the change that asks for it, the path, and the other end."""


def first_part(change: Change) -> Change:
    """Return a change without what it removes, where it also appends."""
    return replace(change, remove={}) if change.append else change


def removals(changes: Iterable[Change]) -> list[Change]:
    """Return the changes that remove what `first_part` left out."""
    mixed = (change for change in changes if change.append and change.remove)
    return [replace(one, payload={}, relations={}, append={}, clears=()) for one in mixed]


def removes_symmetric(change: Change) -> bool:
    """Return whether a change removes a relation that is the same from both ends."""
    return any(path in SYMMETRIC for path in change.remove)


def still_there(changes: Sequence[Change], found: Mapping[int, LiveEntity]) -> Iterator[Edge]:
    """Yield the symmetric relations to be removed that live entities, by seq, still have."""
    for change in changes:
        live = found.get(change.seq)
        for path in SYMMETRIC & change.remove.keys():
            unwanted = {ref.id for ref in change.remove[path]}
            now = live.relations.get(path, ()) if live else ()
            yield from ((change, path, ref) for ref in now if ref.id in unwanted)


def from_other_ends(edges: Iterable[Edge]) -> list[Change]:
    """Return the changes that remove relations from their other ends, one for each entity."""
    turned: dict[str, Change] = {}
    for change, path, other in edges:
        known = turned.get(other.id) or Change(
            change.seq, other.type, Action.UPDATE, ("",), {}, id=other.id
        )
        ends = (*known.remove.get(path, ()), Ref(change.type, change.id or ""))
        turned[other.id] = replace(known, remove={**known.remove, path: ends})
    return list(turned.values())


def both(first: Sequence[Landed], second: Sequence[Landed]) -> tuple[Landed, ...]:
    """Return the outcomes of two requests as one: named only where both answers name it."""
    later = {one.seq: one for one in second}
    return tuple(_both(one, later.get(one.seq, one)) for one in first)


def _both(one: Landed, later: Landed) -> Landed:
    return replace(one if one.named else later, named=one.named and later.named)
