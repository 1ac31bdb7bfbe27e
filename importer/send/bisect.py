"""Bisection: find the change at fault in a batch that the target refused."""

from __future__ import annotations

from collections.abc import Sequence

from importer.targets.protocol import Change, Refused


def culprits(changes: Sequence[Change], reply: Refused) -> list[Change]:
    """Return the changes at fault: the only one, or the one that the target names.

    Returns none where that cannot be told yet. Atlan names the first entity that mentions the
    faulty one, so a change that refers to another one of its batch may be named in its place.
    """
    if len(changes) == 1:
        return list(changes)
    ids = {change.id for change in changes}
    return [
        change
        for change in changes
        if change.seq == reply.culprit and not _mentioned(change) & (ids - {change.id})
    ]


def halves(changes: Sequence[Change], at_fault: Sequence[Change]) -> list[list[Change]]:
    """Return the batches to send again: all but the culprits, in halves where there are none."""
    rest = [change for change in changes if change not in at_fault]
    middle = 0 if at_fault else len(rest) // 2
    return [part for part in (rest[:middle], rest[middle:]) if part]


def rival(change: Change, whole: Sequence[Change]) -> Change | None:
    """Return the only other change of a refused batch that may exclude this one, if there is one.

    Two changes exclude each other where they have one name but for case and blanks, or where each
    refers to the other.
    """
    others = [one for one in whole if one.seq != change.seq and _close(one, change)]
    return others[0] if len(others) == 1 else None


def _close(one: Change, other: Change) -> bool:
    if one.type == other.type and _folded(one) == _folded(other):
        return True
    known = one.id is not None and other.id is not None
    return known and one.id in _mentioned(other) and other.id in _mentioned(one)


def _folded(change: Change) -> str:
    return "".join(change.key[-1].split()).casefold()


def _mentioned(change: Change) -> set[str | None]:
    maps = (change.relations, change.append, change.remove)
    return {ref.id for relations in maps for refs in relations.values() for ref in refs}
