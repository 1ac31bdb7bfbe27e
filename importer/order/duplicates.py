"""Finds rows that state the same entity twice, by key or by an identifying value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from operator import attrgetter

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundEntity, BoundSheet
from importer.mapping.entity import Entity
from importer.mapping.header import own_column
from importer.mapping.key_text import show
from importer.model import Finding
from importer.order.messages import row_of, rows_of
from importer.order.registry import Registry
from importer.template import Template

Origin = tuple[int, str | None]
"""1-based column and heading."""


class Duplicates:
    """The findings on entities that are stated twice, one on each of the rows.

    `_same` maps the first entity with a key (by number) to all that have that key. Entities that
    are not kept whole share nothing with any other.
    """

    def __init__(self, template: Template, registry: Registry) -> None:
        self._kinds = template.kinds
        self._registry = registry
        self._same: dict[int, list[Entity]] = {}

    def note(self, first: Entity, second: Entity) -> None:
        """Note two entities with one key, and mark them invalid.

        A key whose parent the row fails to name is no key yet.
        """
        if not (_lacks_parent(first) or _lacks_parent(second)):
            first.valid = second.valid = False
            self._same.setdefault(first.seq, [first]).append(second)

    def keys(self) -> Iterator[Finding]:
        """Yield a finding for each row whose key other rows have too."""
        for same in self._same.values():
            key = same[0].key or same[0].labels
            words = _words(f"The {self._kinds[same[0].kind].word} `{show(key)}`", same)
            for entity in same:
                origin = entity.bound.origin(entity.bound.kind.key[-1])
                yield _finding(entity, words(entity), origin, key[-1])

    def identities(self) -> Iterator[Finding]:
        """Yield findings on rows that state one id or identifying value under several keys."""
        for name, same in () if self._all_apart() else self._identical():
            words = _words(f"`{name}`", same)
            for entity in same:
                yield _finding(entity, words(entity), _identity_origin(entity, name), name)

    def _all_apart(self) -> bool:
        """Return whether no entity states an id, or an identifying value that another one does."""
        for kind in self._kinds:
            entities = self._registry.of_kind(kind)
            stated = list(chain.from_iterable(map(attrgetter("identities"), entities)))
            if any(map(attrgetter("id"), entities)) or len(set(stated)) < len(stated):
                return False
        return True

    def _identical(self) -> Iterator[tuple[str, list[Entity]]]:
        """Yield each id or identifying value that several keys have, with its entities."""
        known: dict[tuple[str, str], Entity] = {}
        same: dict[tuple[str, str], list[Entity]] = {}
        on_the_way: dict[int, bool] = {}
        for entity in self._registry.entities.whole():
            if entity.id is None and not entity.identities:
                continue
            bound = entity.bound
            if id(bound) not in on_the_way:
                on_the_way[id(bound)] = _on_the_way(bound, entity.sheet)
            if on_the_way[id(bound)]:
                continue
            for name in filter(None, (entity.id, *entity.identities)):
                first = known.setdefault((entity.kind, name), entity)
                if first is not entity and _are_two(first, entity):
                    found = same.setdefault((entity.kind, name), [first])
                    found += () if found[-1] is entity else (entity,)
        return ((name, entities) for (_, name), entities in same.items())


def _on_the_way(bound: BoundEntity, sheet: BoundSheet) -> bool:
    """Return whether rows that are about something else create such entities besides.

    Where they create all that they make, they are about that to which nothing else of them refers.
    """
    others = [other for other in sheet.entities if other is not bound]
    named = {kind for other in others for one in other.references for kind in one.rule.to}
    about = any(not other.rule.creates for other in others)
    return bound.rule.creates and (about or bound.kind.name in named)


def _are_two(first: Entity, second: Entity) -> bool:
    return first.key != second.key and first.where != second.where


def _lacks_parent(entity: Entity) -> bool:
    """Return whether the row of an entity fails to name what the entity must stand in."""
    needed = any(ref.parent and ref.required for ref in entity.bound.rule.references)
    return needed and entity.parent is None


def _words(what: str, same: Sequence[Entity]) -> Callable[[Entity], str]:
    """Return what to say of an entity that stands in several places: two name each other."""
    places = list(dict.fromkeys((entity.sheet.no, entity.row) for entity in same))
    if len(places) == 1:
        often = "twice" if len(same) == 2 else f"{len(same):,} times"
        return lambda _: f"{what} stands {often} in this row: keep one of them."
    if len(same) == 2:
        return partial(_pair, what, *same)
    everywhere = f"{what} stands in {rows_of(same)}: keep one of them."
    return lambda _: everywhere


def _pair(what: str, first: Entity, second: Entity, here: Entity) -> str:
    other = second if here is first else first
    where = row_of(other.sheet, other.row, here.sheet)
    return f"{what} stands here and in {where}: keep one of them."


def _identity_origin(entity: Entity, name: str) -> Origin:
    sheet, bound = entity.sheet, entity.bound
    if name == entity.id:
        own = own_column(sheet.header, "import_id")
        index = own if entity.hint and own is not None else bound.id_columns[0]
        return index + 1, sheet.heading(index)
    origins = (bound.origin(path) for path in bound.kind.identities)
    return next((origin for origin in origins if origin[0]), (0, None))


def _finding(entity: Entity, message: str, origin: Origin, value: str) -> Finding:
    entity.valid = False
    place = entity.sheet.place(entity.row, *origin)
    return Finding(FindingCode.DUPLICATE_KEY, message, place, value=value)
