"""Reads the references of rows: cells that name other entities become shared RefTexts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from operator import add, itemgetter
from typing import Any

from importer.cache import Cache
from importer.mapping.binding import BoundEntity, BoundReference
from importer.mapping.columns import kinds_of
from importer.mapping.conversion.lists import Signs, signed, split
from importer.mapping.conversion.rewording import Rewording
from importer.mapping.conversion.values import shown
from importer.mapping.entity import References, RefText
from importer.mapping.key_text import readings
from importer.model import CellFault, Key

RowCache = Cache[tuple[str, ...], References]
"""The references of rows under one rule, by the texts of their cells."""


class ReferenceReader:
    """The references of one entity rule; equal texts give the same RefText object.

    `second` has, by position of the row, the pairs of texts that name the same entity in two ways;
    the first text counts. `new` are the texts read for the first time; the caller empties it.
    """

    def __init__(self, bound: BoundEntity) -> None:
        self._references = bound.references
        self.new: list[RefText] = []
        self._rules = [_RuleReader(reference, self.new) for reference in bound.references]
        self._everywhere: set[str] = set()
        self.second: dict[int, tuple[tuple[RefText, RefText], ...]] = {}

    def columns(self, cells: list[list[Any]], count: int) -> list[References]:
        """Return the references of every row: for each path by the first rule with filled cells."""
        rows: list[References] = [()] * count
        cleared: dict[str, list[int]] = {}
        self._everywhere, self.second = set(), {}
        for rule in self._rules:
            path = rule.reference.rule.path
            found = rule.read(cells, count, cleared.get(path, ()))
            if path not in cleared:
                rows = list(map(add, rows, found))
            else:
                self._fill(rows, found, path)
            cleared.setdefault(path, []).extend(rule.cleared(cells))
            if all(found):
                self._everywhere.add(path)
        return rows

    def _fill(self, rows: list[References], found: list[References], path: str) -> None:
        """Add what a further rule names where no other did; note it for comparison elsewhere."""
        for i, references in enumerate(found):
            if not references:
                continue
            first = next((pair for pair in rows[i] if pair[0].rule.path == path and pair[1]), None)
            reference, texts = references[0]
            if first is None:
                rows[i] += references
            elif texts and first[0].by[: len(reference.by)] != reference.by:
                self.second[i] = (*self.second.get(i, ()), (first[1][0], texts[0]))

    def cells(self) -> set[int]:
        """Return the columns (0-based) whose cells help to name an entity."""
        return {i for ref in self._references for i in (*ref.by, *ref.within) if i >= 0}

    def paths_of(self, column: int) -> set[str]:
        """Return the reference paths that a column's cells help to name."""
        return {ref.rule.path for ref in self._references if column in ref.by}

    def without(self, path: str, references: list[References]) -> list[int]:
        """Return the rows that have no reference at a path, at no cost where all have one."""
        if path in self._everywhere:
            return []
        return [i for i, found in enumerate(references) if not self.has(found, {path})]

    @staticmethod
    def has(found: References, paths: set[str]) -> bool:
        """Return whether a row has a reference at one of these paths."""
        return any(reference.rule.path in paths and texts for reference, texts in found)

    def unfit(self, cells: list[list[Any]]) -> Iterator[tuple[int, int, Rewording]]:
        """Yield column and position of each filled cell that names nothing a row could do without.

        The rewording that refuses it follows.
        """
        for reference in self._references:
            read = zip(reference.by, reference.rewordings, strict=False)
            for index, words in read:
                if words is None or words.pattern is None or not 0 <= index < len(cells):
                    continue
                if not (reference.rule.required or words.strict):
                    continue
                listed = reference.rule.many and index == reference.by[-1]
                separators = reference.rule.separators if listed else ()
                for at, text in enumerate(_texts_of(cells[index])):
                    if any(map(words.refuses, _names_in(text, separators))):
                        yield index, at, words

    def required(self) -> Iterator[str]:
        """Yield each path whose reference is required."""
        return iter(dict.fromkeys(r.rule.path for r in self._references if r.rule.required))

    def blank(self, path: str, cells: list[list[Any]], at: int) -> tuple[int, ...]:
        """Return the columns a row should have filled: blanks of the rule it has most cells of.

        The first column is to blame. Where the row has no cell of any rule, the first columns of
        the other rules follow.
        """
        ways = [[i for i in r.by if i >= 0] for r in self._references if r.rule.path == path]
        blanks = [[i for i in way if _is_blank(cells, i, at)] for way in ways]
        begun = [
            (len(way) - len(left), -len(left), left)
            for way, left in zip(ways, blanks, strict=True)
            if left
        ]
        filled, _, left = max(begun, key=itemgetter(0, 1), default=(0, 0, [0]))
        if filled:
            return (left[0],)
        return tuple(dict.fromkeys(way[0] for way in ways if way)) or (0,)


class _RuleReader:
    """The references of rows by one rule; rows with equal cells are read once."""

    def __init__(self, reference: BoundReference, new: list[RefText]) -> None:
        self.reference = reference
        self._known: RowCache = Cache(_RowReader(reference, new).found, _MANY)
        exact = reference.exact
        self._names = list(_names(reference))
        self._exact: RowCache | None = Cache(_RowReader(exact, new).found, _MANY) if exact else None

    def read(self, cells: list[list[Any]], count: int, exactly: Iterable[int]) -> list[References]:
        """Return for each row the reference with its texts, or nothing.

        The rows `exactly` stand directly in what they name, not somewhere below it.
        """
        reference = self.reference
        if not reference.by:
            return [((reference, (RefText(reference, (), ()),)),) for _ in range(count)]
        columns = [
            _texts_of(cells[i]) if 0 <= i < len(cells) else [""] * count
            for i in (*reference.by, *reference.within)
        ]
        for at, names in self._names:
            columns[at] = [names[text] for text in columns[at]]
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
        """Return the rows whose last cell asks for the reference to be emptied."""
        reference = self.reference
        last = reference.by[-1] if reference.by else -1
        if not 0 <= last < len(cells) or reference.clear not in cells[last]:
            return []
        return [i for i, cell in enumerate(cells[last]) if cell == reference.clear]


def _names(reference: BoundReference) -> Iterator[tuple[int, Cache[str, str]]]:
    """Yield the columns whose texts are reworded, as positions among all that the rule reads.

    A list is not: its items are.
    """
    listed = len(reference.by) - 1 if reference.rule.many else -1
    for at, words in enumerate(reference.rewordings):
        if words is not None and at != listed:
            yield at, Cache(words, _MANY)


class _RowReader:
    """The reference of one row by one rule, from the texts of its cells."""

    def __init__(self, reference: BoundReference, new: list[RefText]) -> None:
        rule = reference.rule
        self._reference = reference
        self._count = len(reference.by)
        self._named = not rule.many and rule.forms == ("{path}",)
        separators = rule.separators if rule.many else ()
        words = (
            reference.rewordings[self._count - 1] if rule.many and reference.rewordings else None
        )
        items = partial(_items, separators, words)
        self._lists: Cache[str, list[str] | Signs] = Cache(items, _MANY)
        self._texts: Cache[Key, _Texts] = Cache(partial(_Texts, reference, new))
        self._edits = [
            (edit, Cache(partial(_Texts, edit, new)))
            for edit in (reference.adds, reference.drops)
            if edit is not None
        ]

    def found(self, row: tuple[str, ...]) -> References:
        """Return the reference with the texts of a row; nothing where a needed cell is blank."""
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

    def _edited(
        self, scope: Key, signs: Signs
    ) -> Iterator[tuple[BoundReference, tuple[RefText, ...]]]:
        """Yield the reference that adds to the live list and the one that removes from it."""
        for (reference, texts), items in zip(self._edits, signs, strict=True):
            if items:
                yield reference, tuple(map(texts[scope].__getitem__, items))


def _items(separators: tuple[str, ...], words: Rewording | None, text: str) -> list[str] | Signs:
    """Return the names in a list cell; without separators the text is the only one."""
    if not separators:
        return [text]
    signs = signed(text, separators)
    items = signs if isinstance(signs, tuple) else split(text, separators)
    if words is None:
        return items
    if isinstance(items, tuple):
        return _reworded(words, items[0]), _reworded(words, items[1])
    return _reworded(words, items)


def _names_in(text: str, separators: tuple[str, ...]) -> list[str]:
    """Return the names in a cell, those to add and to remove alike."""
    items = _items(separators, None, text)
    return [*items[0], *items[1]] if isinstance(items, tuple) else items


def _reworded(words: Rewording, items: list[str]) -> list[str]:
    return list(filter(None, map(words, items)))


class _Texts(dict[Key | str, RefText]):
    """The RefTexts of one scope: one for the texts of the `by` cells, or for a list item.

    It does not refer to its maker: reference cycles are freed late and slowly.
    """

    __slots__ = ("_new", "_reference", "_within")

    def __init__(self, reference: BoundReference, new: list[RefText], within: Key) -> None:
        super().__init__()
        self._reference, self._new, self._within = reference, new, within

    def __missing__(self, text: Key | str) -> RefText:
        if isinstance(text, tuple):
            found = RefText(self._reference, self._within, text)
        else:
            read = readings(text, self._reference.rule.forms) or ((None, text),)
            found = RefText(self._reference, self._within, (), read)
        self[text] = found
        self._new.append(found)
        return found


def _is_blank(cells: list[list[Any]], index: int, at: int) -> bool:
    return index >= len(cells) or not shown(cells[index][at]).strip()


def _texts_of(cells: list[Any]) -> list[str]:
    """Return the texts of cells; an error cell names nothing."""
    if kinds_of(cells) == {str}:
        return cells
    return ["" if isinstance(cell, CellFault) else shown(cell) for cell in cells]


_MANY = 150_000
"""How many rows are cached before the cache is emptied."""
