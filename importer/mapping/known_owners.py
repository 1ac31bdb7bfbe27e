"""Reads headings like `A::B::p` by the names that the target has: `p` of `A::B`, not `B::p` of `A`.

Without a target the first `::` parts the name of the owner from that of the field.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from importer.mapping.binding import BoundEntity, Header
from importer.mapping.header import wild
from importer.payload_path import split
from importer.template import Column


def read_by_owners(entity: BoundEntity, header: Header, paths: Iterable[str]) -> None:
    """Let the columns of patterns stand for the fields at these paths, where they can."""
    known = [split(path) for path in paths]
    for pattern in entity.rule.columns:
        if not (owners := _owners(pattern, known)):
            continue
        both = zip(wild(pattern, header), wild(pattern, header, owners), strict=True)
        for (index, old), (_, new) in both:
            if old.path and new.path and old.path != new.path:
                _move(entity, index, old.path, new.path)


def _owners(pattern: Column, known: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return what the first of several wildcards may be, the longest first."""
    steps = split(pattern.path or "")
    if "*" not in pattern.heading or steps.count("*") < 2:
        return ()
    first = steps.index("*")
    fitting = (path for path in known if len(path) == len(steps) and path[:first] == steps[:first])
    return tuple(sorted({path[first] for path in fitting}, key=lambda name: (-len(name), name)))


def _move(entity: BoundEntity, index: int, old: str, new: str) -> None:
    """Let a column fill another path."""
    entity.columns[:] = [
        replace(one, rule=replace(one.rule, path=new))
        if one.rule.path == old and one.sources == (index,)
        else one
        for one in entity.columns
    ]
    if old in entity.origins:
        entity.origins[new] = entity.origins.pop(old)
