"""Relations among entities of one kind, stated at either end: what to append and to remove."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from importer.model import Key

Named = tuple[str, Key]
"""Kind and key of an entity."""

Turn = tuple[int, str]
"""Number of an entity and one of its paths: the end that states a relation first sends it."""


class Edges(Struct):
    """Every stated relation: (path, entity) -> related entities, and the number that stated each.

    `stated_by` is the number of the entity that first stated anything at that path, even nothing.
    A relation has two ends with a path each (the same path where it is symmetric). Stated at
    either end it counts for both, and is sent from the end that stated it first.
    """

    stated: dict[tuple[str, Named], dict[Named, int]] = field(default_factory=dict)
    stated_by: dict[tuple[str, Named], int] = field(default_factory=dict)

    def state(self, seq: int, path: str, entity: Named, others: Iterable[Named]) -> None:
        """Note that entity number `seq` states these relations at a path."""
        self.stated_by.setdefault((path, entity), seq)
        known = self.stated.setdefault((path, entity), {})
        for other in others:
            known.setdefault(other, seq)

    def stated_before(self, turn: Turn, inverse: str, entity: Named, other: Named) -> bool:
        """Whether the other end states this relation at an earlier turn."""
        by = self.stated.get((inverse, other), {}).get(entity)
        return by is not None and (by, inverse) < turn

    def states_any_before(self, turn: Turn, inverse: str, other: Named) -> bool:
        """Whether the other end states any relations at an earlier turn."""
        by = self.stated_by.get((inverse, other))
        return by is not None and (by, inverse) < turn

    def stated_at_other_end(self, inverse: str, entity: Named, other: Named) -> bool:
        """Whether the other end states this relation."""
        return entity in self.stated.get((inverse, other), {})


def to_add(
    edges: Edges, seq: int, path: str, inverse: str, entity: Named, live: set[Named]
) -> Iterator[Named]:
    """Yield what an entity must be related to at a path, and is not yet."""
    turn = seq, path
    for other in edges.stated.get((path, entity), {}):
        sent_there = inverse and edges.stated_before(turn, inverse, entity, other)
        if other not in live and not sent_there:
            yield other


def to_remove(
    edges: Edges, seq: int, path: str, inverse: str, entity: Named, live: Iterable[Named]
) -> Iterator[Named]:
    """Yield the live relations that neither end states any more, from the end that removes them."""
    turn = seq, path
    stated = edges.stated.get((path, entity), {})
    for other in live:
        kept = other in stated or (inverse and edges.stated_at_other_end(inverse, entity, other))
        if not kept and not (inverse and edges.states_any_before(turn, inverse, other)):
            yield other
