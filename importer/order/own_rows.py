"""Tells which entities of trees have a row of their own: one that names nothing further in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from importer.mapping.entity import Entity


def with_own_rows(entities: Iterable[Entity]) -> frozenset[int]:
    """Return the numbers of the entities of levels whose level is the innermost of some row."""
    levels = [one for one in entities if one.bound.level is not None]
    innermost: dict[tuple[int, int], int] = {}
    for entity in levels:
        for where in _rows(entity):
            innermost[where] = max(innermost.get(where, 0), entity.bound.level or 0)
    return frozenset(
        one.seq
        for one in levels
        if any(innermost[where] == one.bound.level for where in _rows(one))
    )


def _rows(entity: Entity) -> Iterator[tuple[int, int]]:
    yield entity.where
    yield from entity.also
