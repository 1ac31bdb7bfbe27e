"""Prune: what is live in a scope and named by no file, and which of it stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct, field

from importer.plan.relations import Named


class Absent(Struct):
    """Live entities of the scopes that no file names: ids, in the order of their keys.

    `kept` maps those that stay to the reason; all others are deleted.
    """

    ids: list[str]
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def leaving(self) -> list[str]:
        """The ids of what is deleted."""
        return [one for one in self.ids if one not in self.kept]


def absent(
    names: Mapping[str, Named],
    scopes: Collection[str],
    stated: Collection[str],
    kinds: Collection[str],
) -> Absent:
    """Return what stands in a scope, is of one of these kinds, and is not stated (all by id)."""
    roots = {names[scope][1] for scope in scopes}
    gone = (
        identity
        for identity, (kind, key) in names.items()
        if kind in kinds and key[:1] in roots and len(key) > 1 and identity not in stated
    )
    return Absent(sorted(gone, key=lambda one: (names[one][1], one)))


def keep_kinds(found: Absent, names: Mapping[str, Named], why: Mapping[Named, str]) -> None:
    """Keep entities whose kind the files do not name at all in their scope: `why` says so."""
    for one in found.ids:
        kind, key = names[one]
        if (kind, key[:1]) in why:
            found.kept[one] = why[kind, key[:1]]
