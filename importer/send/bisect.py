"""A refused batch in, the changes to blame and the parts to send again out."""

from __future__ import annotations

from collections.abc import Sequence

from importer.targets.protocol import Change, Refused


def culprits(changes: Sequence[Change], reply: Refused) -> list[Change]:
    """The change that is alone, or that the target names; none where nobody can tell yet.

    Atlan names the first entity that mentions the faulty one, so a change that refers to another
    one of its batch may be named in its place.
    """
    if len(changes) == 1:
        return list(changes)
    ids = {change.id for change in changes}
    return [
        change
        for change in changes
        if change.seq == reply.culprit and not _mentioned(change) & (ids - {change.id})
    ]


def parts(changes: Sequence[Change], blamed: Sequence[Change]) -> list[list[Change]]:
    """What goes out again: all but the culprits, in halves where nobody was blamed."""
    rest = [change for change in changes if change not in blamed]
    middle = 0 if blamed else len(rest) // 2
    return [part for part in (rest[:middle], rest[middle:]) if part]


def rival(change: Change, whole: Sequence[Change]) -> Change | None:
    """The one other change of a refused batch that this one may exclude; None where none or many.

    The two have one name but for case and blanks, or each refers to the other.
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
