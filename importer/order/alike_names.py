"""Finds names that look alike among so many that they are told some at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from importer.look_alike import alike, look, looks
from importer.order.digests import Digests, digest

Names = Callable[[], Iterable[Collection[str]]]
"""All names each time they are asked for, some at a time, and any of them several times."""


def alike_among(names: Names) -> Iterator[list[str]]:
    """Yield the names that look alike, of those that differ; at little cost where none do."""
    found = Digests()
    for some in names():
        differing = set(some)
        seen = looks(differing)
        found.add(seen if len(seen) == len(differing) else map(look, differing))
    again = found.twice()
    del found
    if again:
        mine = (one for some in names() for one in set(some) if digest(look(one)) in again)
        yield from alike(set(mine))


def names_that_look(names: Names, wanted: Collection[str]) -> set[str]:
    """Return the names that look like one of those wanted."""
    found: set[str] = set()
    for some in names():
        if not looks(set(some)).isdisjoint(wanted):
            found |= {name for name in some if look(name) in wanted}
    return found
