"""Finds the parts of a graph whose nodes all lead to each other, without recursion."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


class Components(Generic[Node]):
    """The strongly connected components of a graph (Tarjan's algorithm).

    `after` returns the nodes that a node leads to.
    """

    def __init__(self, after: Callable[[Node], Iterable[Node]]) -> None:
        self._after = after
        self._numbers: dict[Node, int] = {}
        self._lowest: dict[Node, int] = {}
        self._open: dict[Node, None] = {}

    def among(self, nodes: Iterable[Node]) -> Iterator[list[Node]]:
        """Yield the components of the nodes, and of all that they lead to."""
        for root in nodes:
            if root not in self._numbers:
                yield from self._from(root)

    def _from(self, root: Node) -> Iterator[list[Node]]:
        way = [(root, self._opened(root))]
        while way:
            node, left = way[-1]
            other = self._next(node, left)
            if other is not None:
                way.append((other, self._opened(other)))
                continue
            way.pop()
            if way:
                self._lower(way[-1][0], self._lowest[node])
            if self._lowest[node] == self._numbers[node]:
                yield self._closed(node)

    def _opened(self, node: Node) -> Iterator[Node]:
        self._numbers[node] = self._lowest[node] = len(self._numbers)
        self._open[node] = None
        return iter(self._after(node))

    def _next(self, node: Node, left: Iterator[Node]) -> Node | None:
        """Return the next node that is new; note how far back those lead that are still open."""
        for other in left:
            if other not in self._numbers:
                return other
            if other in self._open:
                self._lower(node, self._numbers[other])
        return None

    def _lower(self, node: Node, number: int) -> None:
        self._lowest[node] = min(self._lowest[node], number)

    def _closed(self, first: Node) -> list[Node]:
        found = [self._open.popitem()[0]]
        while found[-1] != first:
            found.append(self._open.popitem()[0])
        return found
