"""Gives an end of a relation what a bulk request says, as Apache Atlas 2.1 does it (tried on it).

The server goes through a list place by place, and compares each with what stands there. What it
holds and is to lose is only removed where that is behind the places of the new list; else all of
it stays. At a place where another entity stood, a symmetric relation is made once more.
An entity of an internal type removes relations for good. Other entities only mark them as removed:
these go on to be shown, and cannot be made again by a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.sandbox.atlas import relationships
from importer.sandbox.entity_table import ACTIVE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from importer.sandbox.atlas.catalogue import Json
    from importer.sandbox.atlas.relationships import Relationship
    from importer.sandbox.atlas.types import End


def is_same(db: sqlite3.Connection, guid: str, end: End, wanted: Iterable[str]) -> bool:
    """Return whether an end shows just what is wanted there; a list shows removed ones, too."""
    return {one.other(guid) for one in _held(db, guid, end)} == set(wanted)


def replace(
    db: sqlite3.Connection, guid: str, end: End, wanted: dict[str, Json], *, for_good: bool
) -> set[str]:
    """Give an end what is wanted there: guid -> attributes of a relationship that is made.

    Return the guids of the entities touched by it.
    """
    held = _held(db, guid, end)
    used, touched = _place(db, guid, end, held, wanted)
    gone = [one for one in held if one.guid not in used]
    touched |= {one.other(guid) for one in gone}
    within = any(one.guid not in used for one in held[: len(wanted)])
    if not (for_good and within and end.many):
        for one in gone:
            _remove(db, one, for_good=for_good)
    return touched


def _place(
    db: sqlite3.Connection, guid: str, end: End, held: list[Relationship], wanted: dict[str, Json]
) -> tuple[set[str], set[str]]:
    """Make what is missing; return the relationships that stay, and the entities touched."""
    used: set[str] = set()
    touched: set[str] = set()
    for place, (other, attributes) in enumerate(wanted.items()):
        there = held[place] if place < len(held) else None
        if there and there.other(guid) == other:
            used.add(there.guid)
            continue
        active = (one for one in held if one.status == ACTIVE)
        found = next((one for one in active if one.other(guid) == other), None)
        if found is None or (end.symmetric and there):
            relationships.write(db, relationships.made(guid, end, other, attributes))
            touched.add(other)
        else:
            used.add(found.guid)
            touched |= {other} if there else set()
    return used, touched


def _held(db: sqlite3.Connection, guid: str, end: End) -> list[Relationship]:
    """Return what a list is compared with, place by place: removed relations come last.

    Of two that are alike only the first counts. At a single end that is what the entity shows.
    """
    if not end.many:
        shown = relationships.shown(db, guid, end)
        return [shown] if shown else []
    found: dict[tuple[str, str], Relationship] = {}
    for one in relationships.at(db, guid, end):
        found.setdefault((one.status, one.other(guid)), one)
    return sorted(found.values(), key=lambda one: one.status != ACTIVE)


def _remove(db: sqlite3.Connection, one: Relationship, *, for_good: bool) -> None:
    if for_good and one.status == ACTIVE:
        relationships.remove(db, one)
    elif one.status == ACTIVE:
        relationships.end_it(db, one)
