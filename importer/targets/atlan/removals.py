"""Removes ends of relations in a later request, from an end that works.

atlas-metastore drops both parts of an entity that appends and removes at once, even of different
relations (EntityGraphMapper, since June 2025). It also ignores the removal of a symmetric relation
from the end that did not create it, and no answer says which end did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from importer.model import Action
from importer.targets.atlan.vocabulary import SYMMETRIC
from importer.targets.protocol import Change, Landed, LiveEntity, Ref, Relations

Edge = tuple[Change, str, Ref]
"""A relation to be removed: the change that asks for it, the path, and the other end."""


def first_part(change: Change) -> Change:
    """Return a change without what it removes, where it also appends."""
    return replace(change, remove={}) if change.append else change


def removals(changes: Iterable[Change]) -> list[Change]:
    """Return the changes that remove what `first_part` left out."""
    mixed = (change for change in changes if change.append and change.remove)
    return [replace(one, payload={}, relations={}, append={}, clears=()) for one in mixed]


def taken_back(part: Iterable[Change]) -> list[Change] | None:
    """Return what takes back relations that were appended or removed by a request.

    What was so before stays so. None where the request changed anything else.
    """
    part = list(part)
    if any(one.payload or one.relations or one.clears for one in part):
        return None
    back = [
        replace(one, append=_was(one, there=True), remove=_was(one, there=False)) for one in part
    ]
    return [one for one in back if one.append or one.remove]


def _was(change: Change, *, there: bool) -> Relations:
    """Return the removed ends that were there before, or the appended ones that were not."""
    before = change.before.relations if change.before else {}
    ends = change.remove if there else change.append
    found = {
        path: tuple(ref for ref in refs if (ref in before.get(path, ())) is there)
        for path, refs in ends.items()
    }
    return {path: refs for path, refs in found.items() if refs}


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
