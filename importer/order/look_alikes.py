"""Finds names that look like another name, in the files or in the target, and are not the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter

from msgspec import Struct

from importer.finding_codes import FindingCode
from importer.look_alike import difference, is_plain, look
from importer.mapping.entity import Entity, RefText
from importer.model import Finding, Key, Severity
from importer.order.alike_names import Names, alike_among, names_that_look
from importer.order.key_index import Ambiguous, KeyIndex, Missing
from importer.order.messages import cell_of, row_of
from importer.order.registry import Registry
from importer.pieces import pieces

AT_ONCE = 1000
"""How many names are folded together: their forms are in memory meanwhile."""

_Place = tuple[str, Key, str]
"""A kind ("" where it is not known), the key of a parent, and the look of a name in it."""


class _Named(Struct, frozen=True):
    """A name and the new entity that has it or refers to it, None where it is live already."""

    name: str
    entity: Entity | None


class LookAlikes:
    """The warnings on names that look alike.

    Each distinct name is folded once; only those that share a form with another are compared.
    """

    def __init__(self, registry: Registry, index: KeyIndex) -> None:
        self._registry = registry
        self._index = index
        self._names = {kind: _names(index, kind) for kind in index.keys}

    def entities(self) -> Iterator[Finding]:
        """Yield a finding for each new entity whose name looks like that of another beside it."""
        for kind, names in self._names.items():
            if confusable := {name for group in alike_among(names) for name in group}:
                for group in self._groups(kind, confusable).values():
                    yield from self._group(group)

    def identities(self) -> Iterator[Finding]:
        """Yield a finding for each identifying value that looks like another of the same kind."""
        for kind in self._names:
            groups = list(alike_among(_codes(self._index, kind)))
            known = self._identified(kind, {value for group in groups for value in group})
            for group in groups:
                first, *others = sorted((known[value] for value in group), key=_order)
                for named in others:
                    if named.entity and not named.entity.delete:
                        yield _finding(named, named.entity, first, _identity_at(named.entity), 0)

    def _identified(self, kind: str, values: Collection[str]) -> dict[str, _Named]:
        """Return the first entity of the files with each of these values, None for a live one."""
        found: dict[str, _Named] = {}
        for entity in self._registry.identified(kind, values) if values else ():
            for value in entity.identities:
                if value in values:
                    new = entity if entity.live is None else None
                    found.setdefault(value, _Named(value, new))
        return {value: _Named(value, None) for value in values} | found

    def references(
        self,
        unanswered: Mapping[RefText, Missing | Ambiguous],
        uses: Mapping[RefText, tuple[int, int]],
        suggested: Container[tuple[str | None, str | None]],
    ) -> Iterator[Finding]:
        """Yield a finding for each text that names nothing and looks like a name that is known.

        Of several such texts that look alike, the first plain one counts as known. `uses` are the
        number of the first entity that uses a text, and how many do; `suggested` are the texts with
        the names that their own findings suggest.
        """
        found = [(t, a) for t, a in unanswered.items() if t in uses and isinstance(a, Missing)]
        missing = dict(sorted(found, key=lambda pair: not is_plain(pair[1].text)))
        known = self._known({look(answer.text) for answer in missing.values()})
        reported: set[tuple[Key, str]] = set()
        for text, answer in missing.items():
            first, users = uses[text]
            entity = self._registry.entities[first]
            here = _Named(answer.text, entity)
            there = _found(known, text, answer) or known.setdefault(
                ("", answer.within, look(answer.text)), here
            )
            if there.name == here.name or (here.name, there.name) in suggested:
                continue
            if (answer.within, here.name) not in reported:
                reported.add((answer.within, here.name))
                at = cell_of(text, answer.step, entity.sheet)
                yield _finding(here, entity, there, at, users - 1)

    def _known(self, wanted: set[str]) -> dict[_Place, _Named]:
        """Return the entities with these looks; of those that look alike, the live one.

        Each stands under its parent, and under its outermost parent for texts that name only that.
        """
        found: dict[_Place, _Named] = {}
        exact: dict[_Place, _Named] = {}
        for kind, names in self._names.items():
            if wanted and (same := names_that_look(names, wanted)):
                for place, group in self._groups(kind, same).items():
                    exact[place] = group[0]
                    found.setdefault((kind, place[1][:1], place[2]), group[0])
        return found | exact

    def _groups(self, kind: str, names: set[str]) -> dict[_Place, list[_Named]]:
        """Return the entities with these names by parent and look, live ones first."""
        groups: defaultdict[_Place, list[_Named]] = defaultdict(list)
        for key, seq in self._index.items(kind):
            if key[-1] in names:
                made = None if seq is None else self._registry.entities[seq]
                new = made if made and made.live is None else None
                groups[kind, key[:-1], look(key[-1])].append(_Named(key[-1], new))
        return {place: sorted(group, key=_order) for place, group in groups.items()}

    def _group(self, group: Sequence[_Named]) -> Iterator[Finding]:
        for named in group[1:]:
            entity = named.entity
            if entity is not None and not entity.delete and _has_row(entity):
                at = entity.bound.origin(entity.bound.kind.key[-1])
                yield _finding(named, entity, group[0], at, len(entity.also))


def _names(index: KeyIndex, kind: str) -> Names:
    """Return what tells the last labels of the keys of a kind, those of packed entities last."""
    known, packed = set(map(itemgetter(-1), index.keys[kind])), index.packed(kind)
    return lambda: chain(pieces(known, AT_ONCE), packed.labels() if packed else ())


def _codes(index: KeyIndex, kind: str) -> Names:
    """Return what tells the identifying values of a kind, those of packed entities last."""
    packed = index.packed(kind)
    codes = index.codes(kind)
    return lambda: chain(pieces(codes, AT_ONCE), packed.codes() if packed else ())


def _order(named: _Named) -> tuple[bool, bool, int]:
    """Sort names by how likely they are the right spelling: live, then plain, then the first."""
    entity = named.entity
    return entity is not None, not is_plain(named.name), entity.seq if entity else -1


def _identity_at(entity: Entity) -> tuple[int, str | None]:
    """Return the column and heading of an entity's identifying value."""
    origins = (entity.bound.origin(path) for path in entity.bound.kind.identities)
    return next((origin for origin in origins if origin[0]), (0, None))


def _has_row(entity: Entity) -> bool:
    """Return whether an entity has a row of its own, and a key that ends with a name.

    What rows make on the way is compared elsewhere.
    """
    path = entity.bound.kind.key[-1]
    return not entity.bound.rule.creates and any(
        c.rule.path == path and c.rule.type == "name" for c in entity.bound.columns
    )


def _found(known: Mapping[_Place, _Named], text: RefText, answer: Missing) -> _Named | None:
    """Return the known name that looks like a text, of the kinds that the text may name."""
    last = answer.step == len(text.within + text.steps) - 1
    kinds = text.rule.rule.to if last or text.readings else dict.fromkeys(k for k, _, _ in known)
    within = [answer.within, answer.within[:1]] if text.readings else [answer.within]
    places = ((kind, scope, look(answer.text)) for scope in within for kind in kinds)
    return next((known[place] for place in places if place in known), None)


def _finding(
    here: _Named, entity: Entity, there: _Named, at: tuple[int, str | None], more: int
) -> Finding:
    """Return the warning on a name at a row's column and heading; `more` rows have it too."""
    sheet, other = entity.sheet, there.entity
    where = f"in {row_of(other.sheet, other.row, sheet)}" if other else "in the target"
    unlike = difference(here.name, there.name)
    message = (
        f"`{here.name}` looks like `{there.name}` {where}, {unlike}: spell both alike if they are "
        "one."
    )
    place = sheet.place(entity.row, *at)
    names = here.name, there.name
    return Finding(FindingCode.LOOK_ALIKE, message, place, Severity.WARNING, *names, more)
