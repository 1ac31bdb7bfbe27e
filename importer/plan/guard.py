"""Rows that change what is there in, those that would change too much of it at once out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from importer.plan.relations import Named
from importer.template import Template

Scope: TypeAlias = Named
"""What an entity stands in, by kind "" and name; what stands in nothing, by its own kind alone."""

RowNo: TypeAlias = tuple[int, int]
"""Number of a sheet, and row."""


@dataclass(frozen=True, slots=True)
class Mass:
    """Rows that together change `changed` of `there` live entities of a scope."""

    scope: Scope
    rows: tuple[RowNo, ...]
    there: int

    @property
    def changed(self) -> int:
        """How many rows."""
        return len(self.rows)


@dataclass(slots=True)
class Guard:
    """Lets rows pass that change no more than `rows` entities of a scope, or `share` of it.

    New entities are no change; nor is what only adds to entities that others look after.
    """

    rows: int = 10
    share: float = 0.1
    _changed: defaultdict[Scope, dict[RowNo, None]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def note(self, scope: Scope, row: RowNo) -> None:
        """A row updates, moves or deletes something in a scope."""
        self._changed[scope][row] = None

    def over(self, live: Iterable[Named]) -> Iterator[Mass]:
        """What is too much at once, measured by what is live."""
        there = Counter(scope_of(kind, key, inside=len(key) > 1) for kind, key in live)
        for scope, rows in self._changed.items():
            if len(rows) > self.rows and len(rows) > self.share * there[scope]:
                yield Mass(scope, tuple(rows), max(there[scope], len(rows)))


def mass_words(mass: Mass, template: Template) -> str:
    """Why rows are held, and the way out."""
    kind, name = mass.scope
    said = f"objects in `{name[0]}`" if name else f"{template.kinds[kind].word}s"
    what = f"the {mass.there:,} {said}"
    return (
        f"This would change {mass.changed:,} of {what} at once, so it waits for somebody to look "
        "at it: see `importer plan`, then say --allow-mass-change, or run that plan."
    )


def scope_of(kind: str, key: tuple[str, ...], *, inside: bool) -> Scope:
    """The outermost thing that an entity stands in; of one that stands in nothing, its kind."""
    return ("", (key[0],)) if inside else (kind, ())
