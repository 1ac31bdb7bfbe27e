"""Orders the kinds of a template in levels: parents before children, deletions last."""

from __future__ import annotations

from importer.template import Reference, Template

STRIDE = 1000
"""The number of levels of a kind: its depths first, then relations among its entities."""

LATER = STRIDE - 1
DEEPEST = LATER - 1
"""The greatest depth at which parents still are sent before their children."""

DELETES = 1_000_000


class Levels:
    """The levels of a template's kinds: the more a kind needs, the higher its level."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._ranks = _ranks(_needs(template))

    def of(self, kind: str, depth: int = 0) -> int:
        """Return the level of entities of a kind; `depth` counts parents of its own kind."""
        return self._ranks[kind] * STRIDE + min(depth, DEEPEST)

    def later(self, kind: str) -> int:
        """Return the level at which relations among entities of a kind are sent."""
        return self._ranks[kind] * STRIDE + LATER

    def delete(self, kind: str, depth: int = 0) -> int:
        """Return the level at which entities are deleted: last of all, children first."""
        return DELETES - self.of(kind, depth)

    def later_paths(self) -> frozenset[tuple[str, str]]:
        """Return kind and path of the references that wait until all of their kind exist."""
        return frozenset(
            (rule.kind, reference.path)
            for sheet in self._template.sheets
            for rule in sheet.entities
            for reference in rule.references
            if self.later_reference(rule.kind, reference)
        )

    def later_reference(self, kind: str, reference: Reference) -> bool:
        """Return whether a reference waits until all entities of its kind exist."""
        if reference.parent:
            return False
        return any(self._ranks[to] >= self._ranks[kind] for to in reference.to)

    @staticmethod
    def opposite(level: int) -> int:
        """Return the level at which what is made at a level is deleted, or the reverse."""
        return DELETES - level

    def order(self) -> list[str]:
        """Return the kinds, parents first."""
        return sorted(self._ranks, key=lambda kind: self._ranks[kind])


def _needs(template: Template) -> dict[str, set[str]]:
    """Return the kinds that each kind refers to, without references that can wait."""
    needs: dict[str, set[str]] = {kind: set() for kind in template.kinds}
    for sheet in template.sheets:
        for entity in sheet.entities:
            for reference in entity.references:
                if reference.parent or not reference.inverse:
                    needs[entity.kind].update(reference.to)
    return {kind: others - {kind} for kind, others in needs.items()}


def _ranks(needs: dict[str, set[str]]) -> dict[str, int]:
    """Return the longest path from each kind to a kind that needs nothing, without cycles."""
    ranks: dict[str, int] = {}

    def rank(kind: str, above: frozenset[str]) -> int:
        if kind not in ranks:
            below = [rank(other, above | {kind}) for other in needs[kind] if other not in above]
            ranks[kind] = 1 + max(below, default=-1)
        return ranks[kind]

    for kind in needs:
        rank(kind, frozenset())
    return ranks
