"""What is live in a scope and what the files name in, what is gone from the files out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from importer.plan.relations import Named


@dataclass(slots=True)
class Absent:
    """What stands in the scopes and no file names: ids, in the order of their keys.

    `kept` are those that stay, with the reason; of the others all is deleted.
    """

    ids: list[str]
    kept: dict[str, str] = field(default_factory=dict)


def absent(
    names: Mapping[str, Named],
    scopes: Collection[str],
    stated: Collection[str],
    kinds: Collection[str],
) -> Absent:
    """Whatever of these kinds stands in a scope, both by id, and is not among what is stated."""
    roots = {names[scope][1] for scope in scopes}
    gone = (
        identity
        for identity, (kind, key) in names.items()
        if kind in kinds and key[:1] in roots and len(key) > 1 and identity not in stated
    )
    return Absent(sorted(gone, key=lambda one: (names[one][1], one)))


def keep_kinds(found: Absent, names: Mapping[str, Named], why: Mapping[Named, str]) -> None:
    """Keep what is of a kind that the files do not name at all in its scope: `why` says so."""
    for one in found.ids:
        kind, key = names[one]
        if (kind, key[:1]) in why:
            found.kept[one] = why[kind, key[:1]]


def keep_full(
    found: Absent,
    names: Mapping[str, Named],
    leaving: Iterable[str],
    children: Callable[[str], Iterable[str]],
) -> None:
    """Keep what holds something that stays; `leaving` are ids that go in any case."""
    going = {*leaving, *(one for one in found.ids if one not in found.kept)}
    for one in sorted(found.ids, key=lambda each: -len(names[each][1])):
        left = [names[child][1][-1] for child in children(one) if child not in going]
        if left and one not in found.kept:
            found.kept[one] = f"It is not in the file, but {still_has(left)}."
            going.discard(one)


def still_has(labels: Sequence[str], shown: int = 3) -> str:
    """``still has `A`, `B` and 2 more in it``."""
    listed = ", ".join(f"`{label}`" for label in labels[:shown])
    more = f" and {len(labels) - shown:,} more" if len(labels) > shown else ""
    return f"still has {listed}{more} in it"
