"""The cells of reference columns in, interned RefTexts per row out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from operator import add
from typing import Any

from importer.mapping.bound import BoundEntity, BoundReference
from importer.mapping.convert import shown, split
from importer.mapping.entity import References, RefText
from importer.mapping.forms import readings
from importer.mapping.memo import Memo
from importer.model import CellFault, Key
from importer.template import Reference


class Referrer:
    """Finds the references of one entity rule; equal texts give the same RefText object."""

    def __init__(self, bound: BoundEntity) -> None:
        self._references = bound.references
        self._memos = [Memo(partial(self._found, ref), _MANY) for ref in bound.references]
        self._everywhere: set[str] = set()
        self._splits: Memo[tuple[tuple[str, ...], str], list[str]] = Memo(_split, _MANY)
        self._interned: dict[tuple[int, Key, Key, str], RefText] = {}

    def columns(self, cells: list[list[Any]], count: int) -> list[References]:
        """The references of every row: for each path the first rule whose cells are filled."""
        rows: list[References] = [()] * count
        taken: set[str] = set()
        self._everywhere = set()
        for reference, memo in zip(self._references, self._memos, strict=True):
            path = reference.rule.path
            found = self._texts(reference, memo, cells, count)
            if path not in taken:
                rows = list(map(add, rows, found)) if taken else found
            else:
                for i, one in enumerate(found):
                    if one and not self.has(rows[i], {path}):
                        rows[i] += one
            taken.add(path)
            if all(found):
                self._everywhere.add(path)
        return rows

    def _texts(
        self, reference: BoundReference, memo: Memo[Any, References], cells: list[list[Any]], n: int
    ) -> list[References]:
        """For each row the reference with what it names, or nothing."""
        if not reference.by:
            return [((reference, (RefText(reference, (), ()),)),) for _ in range(n)]
        columns = [
            _texts_of(cells[i]) if 0 <= i < len(cells) else [""] * n
            for i in (*reference.by, *reference.within)
        ]
        return list(map(memo.__getitem__, zip(*columns, strict=True)))

    def _found(self, reference: BoundReference, row: tuple[str, ...]) -> References:
        texts = self._parse(reference, row)
        return () if texts is None else ((reference, texts),)

    def _parse(self, reference: BoundReference, row: tuple[str, ...]) -> tuple[RefText, ...] | None:
        """What one row's cells name; None where a cell that is needed is blank."""
        rule = reference.rule
        count = len(reference.by)
        steps = tuple(map(str.strip, row[:count]))
        if not all(steps):
            steps = tuple(map(_either, steps, reference.defaults))
            if not all(steps):
                return None
        if steps[-1] == reference.clear:
            return None if rule.required else ()
        within = tuple(filter(None, map(str.strip, row[count:])))
        if not rule.many and rule.forms == ("{path}",):
            return (self._known(reference, within, steps, ""),)
        within += steps[:-1]
        items = self._items(rule, steps[-1])
        return tuple([self._known(reference, within, (), item) for item in items]) or None

    def _items(self, rule: Reference, text: str) -> list[str]:
        if not rule.many or not ('"' in text or any(sign in text for sign in rule.separators)):
            return [text]
        return self._splits[rule.separators, text]

    def _known(self, reference: BoundReference, within: Key, steps: Key, item: str) -> RefText:
        """The one RefText of these texts."""
        key = (reference.no, within, steps, item)
        found = self._interned.get(key)
        if found is None:
            read = (readings(item, reference.rule.forms) or ((None, item),)) if item else ()
            found = self._interned[key] = RefText(reference, within, steps, read)
        return found

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

    def required(self) -> Iterator[tuple[str, int]]:
        """Each path that must be referred to, with the column to blame if it is not."""
        seen: set[str] = set()
        for reference in self._references:
            if reference.rule.required and reference.rule.path not in seen:
                seen.add(reference.rule.path)
                yield reference.rule.path, max((*reference.by, 0)[0], 0)


def _either(text: str, default: str) -> str:
    return text or default


def _split(key: tuple[tuple[str, ...], str]) -> list[str]:
    separators, text = key
    return split(text, separators)


def _texts_of(cells: list[Any]) -> list[str]:
    """What the cells say; an error cell names nothing."""
    if set(map(type, cells)) == {str}:
        return cells
    return ["" if isinstance(cell, CellFault) else shown(cell) for cell in cells]


_MANY = 150_000
"""How many rows' texts are remembered before they are forgotten again."""
