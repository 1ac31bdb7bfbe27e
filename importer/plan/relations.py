"""Relations among entities of one kind, stated at either end, in; what to append and remove out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from importer.model import Key

Named = tuple[str, Key]
"""Kind and key of an entity."""

Turn = tuple[int, str]
"""Number of an entity and one of its paths: who says the same earlier sends it."""


@dataclass(slots=True)
class Edges:
    """Every stated relation: (path, entity) -> what it is related to there, and who said so first.

    `stated_by` is who first said anything there, be it that there is nothing.

    A relation has two ends with a path each (the same path where it is symmetrical). Stated at
    either end it counts for both, and is sent from the end that said it first.
    """

    stated: dict[tuple[str, Named], dict[Named, int]] = field(default_factory=dict)
    stated_by: dict[tuple[str, Named], int] = field(default_factory=dict)

    def state(self, seq: int, path: str, entity: Named, others: Iterable[Named]) -> None:
        """Entity number `seq` names others at a path."""
        self.stated_by.setdefault((path, entity), seq)
        known = self.stated.setdefault((path, entity), {})
        for other in others:
            known.setdefault(other, seq)

    def said_before(self, turn: Turn, inverse: str, entity: Named, other: Named) -> bool:
        """Whether the other end said it, at an earlier turn."""
        by = self.stated.get((inverse, other), {}).get(entity)
        return by is not None and (by, inverse) < turn

    def spoke_before(self, turn: Turn, inverse: str, other: Named) -> bool:
        """Whether the other end, at an earlier turn, says what it is related to."""
        by = self.stated_by.get((inverse, other))
        return by is not None and (by, inverse) < turn

    def said_elsewhere(self, inverse: str, entity: Named, other: Named) -> bool:
        """Whether the other end says it."""
        return entity in self.stated.get((inverse, other), {})


def to_add(
    edges: Edges, seq: int, path: str, inverse: str, entity: Named, live: set[Named]
) -> Iterator[Named]:
    """What an entity must be related to at a path, and is not yet."""
    turn = seq, path
    for other in edges.stated.get((path, entity), {}):
        if other not in live and not (inverse and edges.said_before(turn, inverse, entity, other)):
            yield other


def to_remove(
    edges: Edges, seq: int, path: str, inverse: str, entity: Named, live: Iterable[Named]
) -> Iterator[Named]:
    """What an entity is related to at a path, though neither end says so; one end removes it."""
    turn = seq, path
    stated = edges.stated.get((path, entity), {})
    for other in live:
        kept = other in stated or (inverse and edges.said_elsewhere(inverse, entity, other))
        if not kept and not (inverse and edges.spoke_before(turn, inverse, other)):
            yield other
