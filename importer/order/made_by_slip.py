"""Finds new entities that rows make on the way whose names are almost those of others."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from importer.finding_codes import FindingCode
from importer.look_alike import hidden
from importer.mapping.entity import Entity
from importer.model import Finding, Key, Severity
from importer.order.key_index import KeyIndex
from importer.order.registry import Registry

_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"\d+")
_LOOSE = re.compile(r"(?<![\s\d])[\s\-_.']+(?![\s\d])")
_ENOUGH = 5
"""How long a word must be for one letter instead of another to look like a mistake."""

_MANY = 8
"""How many names that are written almost alike are compared."""


@dataclass(slots=True)
class MadeBySlip:
    """The new entities of the files that may be misspelt names of others beside them.

    Only those that many rows state (`creates`) are made without a row of their own. `slips` are
    those that were found, each with its warning. `looked_up` says whether what is live in the
    target was asked for.
    """

    registry: Registry
    index: KeyIndex
    looked_up: bool
    slips: list[tuple[Entity, Finding]] = field(default_factory=list)

    def findings(self) -> Iterator[Finding]:
        """Yield a warning for each such entity, at the first cell that names it."""
        for kind in dict.fromkeys(entity.kind for entity in self._new()):
            groups: defaultdict[Key, list[str]] = defaultdict(list)
            for key in self.index.keys[kind]:
                groups[key[:-1]].append(key[-1])
            names = {parent: AlikeNames(found) for parent, found in groups.items()}
            for entity in self._new(kind):
                key = entity.key or entity.labels
                for other in islice(names[key[:-1]].like(key[-1]), _MANY):
                    if self._outweighs((*key[:-1], other), entity):
                        finding = self._finding(entity, other)
                        self.slips.append((entity, finding))
                        yield finding
                        break

    def _new(self, kind: str = "") -> Iterator[Entity]:
        for entity in self.registry.entities:
            if entity.bound.rule.creates and kind in ("", entity.kind) and self._is_new(entity):
                yield entity

    def _is_new(self, entity: Entity) -> bool:
        """Return whether an entity will be made, and no row of its own says so."""
        if entity.key is None or entity.live is not None or entity.delete or not entity.valid:
            return False
        return self.index.keys[entity.kind].get(entity.key) == entity.seq

    def _outweighs(self, key: Key, entity: Entity) -> bool:
        """Return whether the entity with a key has more to speak for it: live, own row, rows."""
        seq = self.index.keys[entity.kind].get(key)
        other = None if seq is None else self.registry.entities[seq]
        if other is None or other.live is not None or not other.bound.rule.creates:
            return True
        return (len(other.also), -other.seq) > (len(entity.also), -entity.seq)

    def _finding(self, entity: Entity, other: str) -> Finding:
        name, more = entity.labels[-1], len(entity.also)
        unless = "" if self.looked_up else " unless the target has it"
        message = f"`{name}` will be created{unless}; did you mean `{other}`?{_only(name, other)}"
        if more:
            message += f" {more:,} more {'row names' if more == 1 else 'rows name'} it."
        place = entity.sheet.place(entity.row, *entity.bound.origin(entity.bound.kind.key[-1]))
        code = FindingCode.LIKE_ANOTHER
        return Finding(code, message, place, Severity.WARNING, name, other)


def _only(name: str, other: str) -> str:
    """Return in what names differ that look the same, empty where the eye sees it."""
    if name.casefold() == other.casefold():
        return " They differ in case only."
    if name.split() == other.split():
        return f"{_hidden(name, other)} They differ in blanks only."
    if folded(name) == folded(other):
        return f"{_hidden(name, other)} They look alike and are not the same."
    return ""


def _hidden(name: str, other: str) -> str:
    """Return a sentence that names the character by which names differ, if it is hard to see."""
    here, there = hidden(name, other)
    return f" The first has {here}." if here else f" The second has {there}." if there else ""


class AlikeNames:
    """Names that can be asked for those written almost like another: one slip of the pen away.

    A slip is another case, blank or invisible character, or one letter missing, added, exchanged
    or in the wrong place. Numbers and short words part names on purpose: `Floor 1`, `Block B`.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._plain = {name: _plain(name) for name in names}
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


def folded(name: str) -> str:
    """Return a name without what the eye passes over: case, blanks, invisible characters."""
    return _LOOSE.sub("", _plain(name))


def _plain(name: str) -> str:
    """Return a name in small letters, with single blanks and no invisible characters."""
    if not name.isascii():
        name = unicodedata.normalize("NFKC", name)
        name = "".join(char for char in name if unicodedata.category(char) != "Cf")
    return " ".join(name.split()).casefold()


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
