"""Finds new entities that rows make on the way whose names are almost those of others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from msgspec import Struct, field

from importer.finding_codes import FindingCode
from importer.look_alike import PLAIN_BLANKS, hidden, look
from importer.mapping.entity import Entity
from importer.model import Finding, Key, Severity
from importer.order.key_index import KeyIndex
from importer.order.own_rows import with_own_rows
from importer.order.registry import Registry
from importer.template import Template

_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"\d+")
_LOOSE = re.compile(r"(?<![\s\d])[\s\-_.']+(?![\s\d])")
_ENOUGH = 5
"""How long a word must be for one letter instead of another to look like a mistake."""

_MANY = 8
"""How many names that are written almost alike are compared."""


class MadeBySlip(Struct):
    """The new entities of the files that may be misspelt names of others beside them.

    Only those that many rows state (`creates`), and the outer levels of trees, are made without a
    row of their own. `slips` are those that were found, each with its warning. `looked_up` says
    whether what is live in the target was asked for.
    """

    template: Template
    registry: Registry
    index: KeyIndex
    looked_up: bool
    slips: list[tuple[Entity, Finding]] = field(default_factory=list)
    _own: frozenset[int] = frozenset()

    def findings(self) -> Iterator[Finding]:
        """Yield a warning for each such entity, at the first cell that names it."""
        self._own = with_own_rows(self.registry.entities.whole())
        for kind in dict.fromkeys(self._kinds()):
            made = [entity for entity in self.registry.of_kind(kind) if self._is_new(entity)]
            beside = self._beside(kind, {(entity.key or ())[:-1] for entity in made})
            for entity in made:
                other = self._meant(entity, beside)
                if other is not None:
                    self.slips.append((entity, self._finding(entity, other)))
        yield from (finding for _, finding in self.slips)

    def _kinds(self) -> Iterator[str]:
        """Yield the kinds that rows about something else may make."""
        for sheet in self.template.sheets:
            yield from (rule.kind for rule in sheet.entities if rule.creates or sheet.levels)

    def _on_the_way(self, entity: Entity) -> bool:
        """Return whether an entity is made, and no row of its own says so."""
        return entity.bound.rule.creates and entity.seq not in self._own

    def _is_new(self, entity: Entity) -> bool:
        """Return whether an entity will be made, and no row of its own says so."""
        if not self._on_the_way(entity) or entity.live is not None or entity.delete:
            return False
        return self.index.number(entity.kind, entity.key or ()) == entity.seq

    def _beside(self, kind: str, parents: set[Key]) -> dict[Key, AlikeNames]:
        """Return the names of all entities of a kind by what they stand in."""
        names: defaultdict[Key, list[str]] = defaultdict(list)
        for key in self.index.keys_of(kind) if parents else ():
            if key[:-1] in parents:
                names[key[:-1]].append(key[-1])
        return {parent: AlikeNames(found) for parent, found in names.items()}

    def _meant(self, entity: Entity, beside: Mapping[Key, AlikeNames]) -> str | None:
        """Return the name that an entity may be meant to have."""
        *above, name = entity.key or entity.labels
        alike = islice(beside[tuple(above)].like(name), _MANY)
        return next((o for o in alike if self._outweighs((*above, o), entity)), None)

    def _outweighs(self, key: Key, entity: Entity) -> bool:
        """Return whether the entity with a key has more to speak for it: live, own row, rows."""
        seq = self.index.number(entity.kind, key)
        other = None if seq is None else self.registry.entities[seq]
        if other is None or other.live is not None or not self._on_the_way(other):
            return True
        return (len(other.also), -other.seq) > (len(entity.also), -entity.seq)

    def _finding(self, entity: Entity, other: str) -> Finding:
        name, more = entity.labels[-1], len(entity.also)
        unless = "" if self.looked_up else " unless the target has it"
        message = (
            f"`{name}` will be created{unless}; did you mean `{other}`?{difference(name, other)}"
        )
        place = entity.sheet.place(entity.row, *entity.bound.origin(entity.bound.kind.key[-1]))
        code = FindingCode.LIKE_ANOTHER
        return Finding(code, message, place, Severity.WARNING, name, other, more)


class AlikeNames:
    """Names that can be asked for those written almost like another: one slip of the pen away.

    A slip is another case, blank or invisible character, or one letter missing, added, exchanged
    or in the wrong place. Numbers and short words part names on purpose: `Floor 1`, `Block B`.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._plain = {name: look(name) for name in names}
        self._by_fold: defaultdict[str, list[str]] = defaultdict(list)
        self._by_plain: defaultdict[str, list[str]] = defaultdict(list)
        for name, plain in self._plain.items():
            self._by_fold[_LOOSE.sub("", plain)].append(name)
            self._by_plain[plain].append(name)
        self._near: defaultdict[str, list[str]] = defaultdict(list)
        if len({_NUMBER.sub("", plain) for plain in self._by_plain}) > 1:
            for plain in self._by_plain:
                for text in (plain, *_shortened(plain)):
                    self._near[text].append(plain)

    def like(self, name: str) -> Iterator[str]:
        """Yield the other names that are written almost alike, the same ones but for case first."""
        plain = self._plain[name]
        yield from (other for other in self._by_fold[_LOOSE.sub("", plain)] if other != name)
        if not self._near:
            return
        near = dict.fromkeys(
            other
            for text in (plain, *_shortened(plain))
            for other in self._near.get(text, ())[:_MANY]
            if other != plain
        )
        for other in near:
            if _is_slip(plain, other):
                yield from self._by_plain[other]


def difference(name: str, other: str) -> str:
    """Return a sentence on how names differ that look the same, empty where the eye sees it."""
    if name.casefold() == other.casefold():
        return " They differ in case only."
    if name.split() == other.split():
        return f"{_hidden(name, other)} They differ in blanks only."
    if folded(name) == folded(other):
        return f"{_hidden(name, other)} They look alike and are not the same."
    return ""


def _hidden(name: str, other: str) -> str:
    """Return a sentence that names the character by which names differ, if it has a name."""
    here, there = hidden(name, other)
    if here.startswith(PLAIN_BLANKS) or there.startswith(PLAIN_BLANKS):
        return ""
    return f" The first has {here}." if here else f" The second has {there}." if there else ""


def folded(name: str) -> str:
    """Return a name without what the eye passes over: case, blanks, invisible characters."""
    return _LOOSE.sub("", look(name))


def _shortened(name: str) -> Iterator[str]:
    """Yield a name with one letter left out, not the first of a word nor any of a short word."""
    for word in _WORD.finditer(name):
        for at in range(word.start() + 1, word.end()):
            yield name[:at] + name[at + 1 :]


def _is_slip(one: str, other: str) -> bool:
    """Return whether names that differ in a letter do so by mistake rather than on purpose."""
    if _NUMBER.findall(one) != _NUMBER.findall(other):
        return False
    if len(one) != len(other) or sorted(one) == sorted(other):
        return True
    at = next(i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
    words = (word for word in _WORD.finditer(one) if word.start() <= at < word.end())
    return any(len(word[0]) >= _ENOUGH for word in words)
