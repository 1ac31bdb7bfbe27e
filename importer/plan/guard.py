"""The guard: it holds rows that together change too much of what is live."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct, field

from importer.plan.relations import Named
from importer.template import Template
from importer.way_out import way_out

Scope: TypeAlias = Named
"""The outermost parent of an entity, as kind "" and name; its own kind where it has no parent."""

RowNo: TypeAlias = tuple[int, int]
"""Number of a sheet, and row."""


BY_COMMAND = ": see `importer plan`, then say --allow-mass-change, or run that plan."
"""How held rows are released on the command line: the end of their message."""


class Mass(Struct, frozen=True):
    """Rows that together change `changed` of `there` live entities of a scope."""

    scope: Scope
    rows: tuple[RowNo, ...]
    there: int

    @property
    def changed(self) -> int:
        """The number of rows."""
        return len(self.rows)


class Guard(Struct):
    """Lets rows pass that change at most `rows` entities of a scope, or the share `share` of it.

    The share `alone` (None: any) is never exceeded, however few there are; but one change is no
    mass. Only changes of live entities count, and only of kinds that the files themselves maintain.
    """

    rows: int = 10
    share: float = 0.1
    alone: float | None = None
    _changed: defaultdict[Scope, dict[RowNo, None]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def note(self, scope: Scope, row: RowNo) -> None:
        """Note that a row updates, moves or deletes something in a scope."""
        self._changed[scope][row] = None

    def over(self, live: Iterable[Named]) -> Iterator[Mass]:
        """Yield what is too much at once, given the kinds and keys of all that is live."""
        there = Counter(scope_of(kind, key, inside=len(key) > 1) for kind, key in live)
        for scope, rows in self._changed.items():
            if self._too_much(len(rows), there[scope]):
                yield Mass(scope, tuple(rows), max(there[scope], len(rows)))

    def _too_much(self, changed: int, there: int) -> bool:
        alone = self.alone is not None and changed > 1 and changed > self.alone * there
        return alone or (changed > self.rows and changed > self.share * there)


def mass_words(mass: Mass, template: Template) -> str:
    """Return the message of held rows: why, and the way out."""
    kind, name = mass.scope
    said = f"objects in `{name[0]}`" if name else f"{template.kinds[kind].word}s"
    what = f"the {mass.there:,} {said}"
    why = f"This would change {mass.changed:,} of {what} at once, so it waits for somebody to look "
    return f"{why}at it{way_out(BY_COMMAND, '.')}"


def scope_of(kind: str, key: tuple[str, ...], *, inside: bool) -> Scope:
    """Return the scope that an entity counts for; `inside` says that it has a parent."""
    return ("", (key[0],)) if inside else (kind, ())
