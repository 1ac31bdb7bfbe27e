"""Finds names that look alike among so many that they are told some at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from importer.look_alike import CASES, Case, alike, cases, look, looks
from importer.order.digests import Digests, digest

Names = Callable[[], Iterable[Collection[str]]]
"""All names each time they are asked for, some at a time, and any of them several times."""


def alike_among(names: Names) -> Iterator[list[str]]:
    """Yield the names that look alike, of those that differ; at little cost where none do."""
    if _in_one_case(names):
        return
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


def _in_one_case(names: Names) -> bool:
    """Return whether all names are written in one case, so that none looks like another."""
    known: Sequence[Case] = CASES
    for some in names():
        known = cases(some, known)
        if not known:
            return False
    return True


def names_that_look(names: Names, wanted: Collection[str]) -> set[str]:
    """Return the names that look like one of those wanted."""
    found: set[str] = set()
    for some in names():
        if not looks(set(some)).isdisjoint(wanted):
            found |= {name for name in some if look(name) in wanted}
    return found
