"""The cells of reference columns in, interned RefTexts per row out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from operator import add
from typing import Any

from importer.mapping.binding import BoundEntity, BoundReference
from importer.mapping.cache import Cache
from importer.mapping.columns import kinds_of
from importer.mapping.entity import References, RefText
from importer.mapping.key_text import readings
from importer.mapping.lists import Signs, signed, split
from importer.mapping.values import shown
from importer.model import CellFault, Key

Named = tuple[RefText, ...]

Known = Cache[tuple[str, ...], References]
"""What the cells of one rule name, row by row."""


class Referrer:
    """Finds the references of one entity rule; equal texts give the same RefText object.

    `second` has, by row, the pairs of texts that name the same thing in two ways, the one that
    counts first. `new` are the texts read for the first time, till somebody takes them.
    """

    def __init__(self, bound: BoundEntity) -> None:
        self._references = bound.references
        self.new: list[RefText] = []
        self._ways = [_Way(reference, self.new) for reference in bound.references]
        self._everywhere: set[str] = set()
        self.second: dict[int, tuple[tuple[RefText, RefText], ...]] = {}

    def columns(self, cells: list[list[Any]], count: int) -> list[References]:
        """The references of every row: for each path the first rule whose cells are filled."""
        rows: list[References] = [()] * count
        cleared: dict[str, list[int]] = {}
        self._everywhere, self.second = set(), {}
        for way in self._ways:
            path = way.reference.rule.path
            found = way.read(cells, count, cleared.get(path, ()))
            if path not in cleared:
                rows = list(map(add, rows, found))
            else:
                self._fill(rows, found, path)
            cleared.setdefault(path, []).extend(way.cleared(cells))
            if all(found):
                self._everywhere.add(path)
        return rows

    def _fill(self, rows: list[References], found: list[References], path: str) -> None:
        """What a further rule names counts where no other did, and must not contradict it."""
        for i, one in enumerate(found):
            if not one:
                continue
            first = next((pair for pair in rows[i] if pair[0].rule.path == path and pair[1]), None)
            if first is None:
                rows[i] += one
            elif one[0][1] and not _is_part_of(one[0][0], first[0]):
                self.second[i] = (*self.second.get(i, ()), (first[1][0], one[0][1][0]))

    def cells(self) -> set[int]:
        """The columns whose cells name something."""
        return {i for ref in self._references for i in (*ref.by, *ref.within) if i >= 0}

    def paths_of(self, column: int) -> set[str]:
        """The reference paths that a column's cell helps to name."""
        return {ref.rule.path for ref in self._references if column in ref.by}

    def without(self, path: str, references: list[References]) -> list[int]:
        """The rows that have no reference at a path; none are looked through if all have one."""
        if path in self._everywhere:
            return []
        return [i for i, found in enumerate(references) if not self.has(found, {path})]

    @staticmethod
    def has(found: References, paths: set[str]) -> bool:
        """Whether a row has a reference at one of these paths."""
        return any(reference.rule.path in paths and texts for reference, texts in found)

    def required(self) -> Iterator[str]:
        """Each path that must be referred to."""
        return iter(dict.fromkeys(r.rule.path for r in self._references if r.rule.required))

    def blank(self, path: str, cells: list[list[Any]], at: int) -> tuple[int, ...]:
        """The columns a row should have filled: the blank ones of the way it has most of.

        The first column is that to blame; those after it are the other ways' where none is begun.
        """
        ways = [[i for i in r.by if i >= 0] for r in self._references if r.rule.path == path]
        blanks = [[i for i in way if not _said(cells, i, at)] for way in ways]
        begun = [
            (len(way) - len(left), -len(left), left)
            for way, left in zip(ways, blanks, strict=True)
            if left
        ]
        most = max(begun, key=lambda one: one[:2], default=(0, 0, [0]))
        if most[0]:
            return tuple(most[2][:1])
        return tuple(dict.fromkeys(way[0] for way in ways if way)) or (0,)


def _is_part_of(one: BoundReference, other: BoundReference) -> bool:
    """Whether the cells of one rule are the outer ones of another's."""
    return other.by[: len(one.by)] == one.by


class _Way:
    """One rule by which rows name something; equal cells are read once."""

    def __init__(self, reference: BoundReference, new: list[RefText]) -> None:
        self.reference = reference
        self._known: Known = Cache(_Reader(reference, new).found, _MANY)
        exact = reference.exact
        self._exact: Known | None = Cache(_Reader(exact, new).found, _MANY) if exact else None

    def read(self, cells: list[list[Any]], count: int, exactly: Iterable[int]) -> list[References]:
        """For each row the reference with what it names, or nothing.

        Rows `exactly` ask to stand just there.
        """
        reference = self.reference
        if not reference.by:
            return [((reference, (RefText(reference, (), ()),)),) for _ in range(count)]
        columns = [
            _texts_of(cells[i]) if 0 <= i < len(cells) else [""] * count
            for i in (*reference.by, *reference.within)
        ]
        rows = zip(*columns, strict=True)
        if len(reference.by) == 1 and "" in columns[0] and not reference.defaults[0]:
            found = [self._known[row] if row[0] else () for row in rows]
        else:
            found = list(map(self._known.__getitem__, rows))
        if self._exact is not None:
            for i in exactly:
                found[i] = self._exact[tuple(column[i] for column in columns)]
        return found

    def cleared(self, cells: list[list[Any]]) -> list[int]:
        """The rows whose last cell asks that nothing be named in this way."""
        reference = self.reference
        last = reference.by[-1] if reference.by else -1
        if not 0 <= last < len(cells) or reference.clear not in cells[last]:
            return []
        return [i for i, cell in enumerate(cells[last]) if cell == reference.clear]


class _Reader:
    """Reads the cells of one reference rule, row by row."""

    def __init__(self, reference: BoundReference, new: list[RefText]) -> None:
        rule = reference.rule
        self._reference = reference
        self._count = len(reference.by)
        self._named = not rule.many and rule.forms == ("{path}",)
        separators = rule.separators if rule.many else ()
        self._lists: Cache[str, list[str] | Signs] = Cache(partial(_listed, separators), _MANY)
        self._texts: Cache[Key, _Texts] = Cache(partial(_Texts, reference, new))
        self._edits = [
            (one, Cache(partial(_Texts, one, new)))
            for one in (reference.adds, reference.drops)
            if one is not None
        ]

    def found(self, row: tuple[str, ...]) -> References:
        """The reference with what a row's cells name; nothing where one that is needed is blank."""
        reference, texts = self._reference, tuple(map(str.strip, row))
        steps, within = texts[: self._count], texts[self._count :]
        if "" in within:
            within = tuple(filter(None, within))
        if "" in steps:
            pairs = zip(steps, reference.defaults, strict=True)
            steps = tuple([step or default for step, default in pairs])
            if "" in steps:
                return ()
        if steps[-1] == reference.clear:
            return () if reference.rule.required else ((reference, ()),)
        if self._named:
            return ((reference, (self._texts[within][steps],)),)
        scope, listed = within + steps[:-1], self._lists[steps[-1]]
        if isinstance(listed, tuple):
            return tuple(self._edited(scope, listed))
        named = tuple(map(self._texts[scope].__getitem__, listed))
        return ((reference, named),) if named else ()

    def _edited(self, scope: Key, signs: Signs) -> Iterator[tuple[BoundReference, Named]]:
        """What a cell adds, and what it takes away."""
        for (reference, texts), items in zip(self._edits, signs, strict=True):
            if items:
                yield reference, tuple(map(texts[scope].__getitem__, items))


def _listed(separators: tuple[str, ...], text: str) -> list[str] | Signs:
    """The items of a list; a text that no list is has one."""
    if not separators:
        return [text]
    signs = signed(text, separators)
    return signs if isinstance(signs, tuple) else split(text, separators)


class _Texts(dict[Key | str, RefText]):
    """The one RefText of what the `by` cells say, or of a list item, within what others say.

    It knows nothing of what made it: what points in a circle is freed late and slowly.
    """

    __slots__ = ("_new", "_reference", "_within")

    def __init__(self, reference: BoundReference, new: list[RefText], within: Key) -> None:
        super().__init__()
        self._reference, self._new, self._within = reference, new, within

    def __missing__(self, said: Key | str) -> RefText:
        if isinstance(said, tuple):
            found = RefText(self._reference, self._within, said)
        else:
            read = readings(said, self._reference.rule.forms) or ((None, said),)
            found = RefText(self._reference, self._within, (), read)
        self[said] = found
        self._new.append(found)
        return found


def _said(cells: list[list[Any]], index: int, at: int) -> bool:
    return index < len(cells) and bool(shown(cells[index][at]).strip())


def _texts_of(cells: list[Any]) -> list[str]:
    """What the cells say; an error cell names nothing."""
    if kinds_of(cells) == {str}:
        return cells
    return ["" if isinstance(cell, CellFault) else shown(cell) for cell in cells]


_MANY = 150_000
"""How many rows' texts are remembered before they are forgotten again."""
