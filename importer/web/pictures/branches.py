"""A tree made of paths: what stands below what, and what is new, changed or gone in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

DEEPEST = 12
"""Paths of more names are drawn at that depth, with the names between left out."""


class Leaf(Struct, frozen=True):
    """Something by its path, the topmost name first; `change` is `new`, `changed`, `gone` or ""."""

    path: tuple[str, ...]
    change: str = ""


class Branch(Struct):
    """A name of the tree, what happens to it, and what stands below it."""

    name: str
    change: str = ""
    below: dict[str, Branch] = field(default_factory=dict)

    def counted(self) -> Counter[str]:
        """Return how many names stand from here on down, by what happens to them."""
        found, open_ = Counter[str](), [self]
        while open_:
            one = open_.pop()
            found[one.change] += 1
            open_ += one.below.values()
        return found


class Row(Struct, frozen=True):
    """A line of the drawing: a name at its depth, or how many more there are.

    `path` is the whole way to it, or to what the others stand below.
    """

    depth: int
    path: tuple[str, ...]
    change: str
    more: Counter[str] = field(default_factory=Counter)


def grown(leaves: Iterable[Leaf]) -> Branch:
    """Return the tree of all paths; names that only stand above others are unchanged."""
    root = Branch("")
    for leaf in leaves:
        here = root
        for name in _short(leaf.path):
            here = here.below.setdefault(name, Branch(name))
        if here is not root and leaf.change:
            here.change = leaf.change
    return root


def _short(path: tuple[str, ...]) -> tuple[str, ...]:
    return path if len(path) <= DEEPEST else (*path[: DEEPEST - 2], "…", path[-1])


def rows(root: Branch, most: int, most_below: int) -> Iterator[Row]:
    """Yield the lines from the top down: at most so many names, and so many below each of them.

    The names nearest to the top are shown first, of those below one name those that change. What
    is left out is counted in its place.
    """
    yield from _below(root, (), _chosen(root, most, most_below))


def _chosen(root: Branch, most: int, most_below: int) -> dict[int, list[Branch]]:
    """Return what is shown below each branch, by the branch's identity."""
    shown: dict[int, list[Branch]] = {}
    level, left = [root], most
    while level and left:
        deeper: list[Branch] = []
        for branch in level:
            ordered = sorted(branch.below.values(), key=_is_still)
            shown[id(branch)] = ordered[: min(most_below, left)]
            left -= len(shown[id(branch)])
            deeper += shown[id(branch)]
        level = deeper
    return shown


def _below(above: Branch, path: tuple[str, ...], shown: dict[int, list[Branch]]) -> Iterator[Row]:
    chosen = shown.get(id(above), [])
    for branch in chosen:
        here = (*path, branch.name)
        yield Row(len(here), here, branch.change)
        yield from _below(branch, here, shown)
    names = {branch.name for branch in chosen}
    hidden = (branch for name, branch in above.below.items() if name not in names)
    if more := sum((branch.counted() for branch in hidden), Counter[str]()):
        yield Row(len(path) + 1, path, "", more)


def _is_still(branch: Branch) -> bool:
    """Return whether nothing changes from here on down."""
    counted = branch.counted()
    return counted[""] == counted.total()
