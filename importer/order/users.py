"""The entities that use one text, each made when it is asked for: there may be a million."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import overload

from importer.mapping.entity import Entity
from importer.order.registry import Registry


class Users(Sequence[Entity]):
    """Entities by their numbers, and then others that have none."""

    def __init__(
        self, registry: Registry, numbers: Sequence[int], others: Sequence[Entity] = ()
    ) -> None:
        self._registry = registry
        self._numbers = numbers
        self._others = others

    def __iter__(self) -> Iterator[Entity]:
        return chain(self._registry.entities.some(self._numbers), self._others)

    def __len__(self) -> int:
        return len(self._numbers) + len(self._others)

    @overload
    def __getitem__(self, at: int) -> Entity: ...
    @overload
    def __getitem__(self, at: slice) -> list[Entity]: ...
    def __getitem__(self, at: int | slice) -> Entity | list[Entity]:
        if isinstance(at, slice):
            return [self[one] for one in range(len(self))[at]]
        if at < len(self._numbers):
            return self._registry.entities[self._numbers[at]]
        return self._others[at - len(self._numbers)]
