"""Relations among entities of one kind, stated at either end, in; what to append and remove out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from importer.model import Key

Named = tuple[str, Key]
"""Kind and key of an entity."""


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

    def said_before(self, seq: int, inverse: str, entity: Named, other: Named) -> bool:
        """Whether the other end said it, earlier in the file."""
        by = self.stated.get((inverse, other), {}).get(entity)
        return by is not None and by < seq

    def removed_before(self, seq: int, inverse: str, other: Named) -> bool:
        """Whether the other end, earlier in the file, says what it is related to."""
        return self.stated_by.get((inverse, other), seq) < seq

    def said_elsewhere(self, inverse: str, entity: Named, other: Named) -> bool:
        """Whether the other end says it."""
        return entity in self.stated.get((inverse, other), {})


def to_add(
    edges: Edges, seq: int, path: str, inverse: str, entity: Named, live: set[Named]
) -> Iterator[Named]:
    """What an entity must be related to at a path, and is not yet."""
    for other in edges.stated.get((path, entity), {}):
        if other not in live and not (inverse and edges.said_before(seq, inverse, entity, other)):
            yield other


def to_remove(
    edges: Edges, seq: int, path: str, inverse: str, entity: Named, live: Iterable[Named]
) -> Iterator[Named]:
    """What an entity is related to at a path, though neither end says so; one end removes it."""
    stated = edges.stated.get((path, entity), {})
    for other in live:
        kept = other in stated or (inverse and edges.said_elsewhere(inverse, entity, other))
        if not kept and not (inverse and edges.removed_before(seq, inverse, other)):
            yield other
