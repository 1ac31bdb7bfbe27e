"""The cells of reference columns in, interned RefTexts per row out."""

from __future__ import annotations

import re
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

Known = Memo[tuple[str, ...], References]
"""What the cells of one rule name, row by row."""


class Referrer:
    """Finds the references of one entity rule; equal texts give the same RefText object."""

    def __init__(self, bound: BoundEntity) -> None:
        self._references = bound.references
        self._memos: list[Known] = [Memo(_Reader(ref).found, _MANY) for ref in bound.references]
        self._everywhere: set[str] = set()

    def columns(self, cells: list[list[Any]], count: int) -> list[References]:
        """The references of every row: for each path the first rule whose cells are filled."""
        rows: list[References] = [()] * count
        taken: set[str] = set()
        self._everywhere = set()
        for reference, memo in zip(self._references, self._memos, strict=True):
            path = reference.rule.path
            found = _read(reference, memo, cells, count)
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


def _read(
    reference: BoundReference, memo: Known, cells: list[list[Any]], count: int
) -> list[References]:
    """For each row the reference with what it names, or nothing; equal cells are read once."""
    if not reference.by:
        return [((reference, (RefText(reference, (), ()),)),) for _ in range(count)]
    columns = [
        _texts_of(cells[i]) if 0 <= i < len(cells) else [""] * count
        for i in (*reference.by, *reference.within)
    ]
    return list(map(memo.__getitem__, zip(*columns, strict=True)))


class _Reader:
    """Reads the cells of one reference rule, row by row."""

    def __init__(self, reference: BoundReference) -> None:
        rule = reference.rule
        self._reference = reference
        self._named = not rule.many and rule.forms == ("{path}",)
        self._several = re.compile("|".join(map(re.escape, ('"', *rule.separators))))
        self._splits = Memo(partial(split, separators=rule.separators), _MANY)
        self._texts = Memo(partial(_text, reference))

    def found(self, row: tuple[str, ...]) -> References:
        """The reference with what a row's cells name, or nothing."""
        texts = self._parse(row)
        return () if texts is None else ((self._reference, texts),)

    def _parse(self, row: tuple[str, ...]) -> tuple[RefText, ...] | None:
        """What one row's cells name; None where a cell that is needed is blank."""
        reference, texts = self._reference, [cell.strip() for cell in row]
        count = len(reference.by)
        steps, within = texts[:count], [text for text in texts[count:] if text]
        if "" in steps:
            steps = [step or default for step, default in zip(steps, reference.defaults)]  # noqa: B905
            if "" in steps:
                return None
        if steps[-1] == reference.clear:
            return None if reference.rule.required else ()
        if self._named:
            return (self._texts[tuple(within), tuple(steps), ""],)
        scope = (*within, *steps[:-1])
        return tuple([self._texts[scope, (), item] for item in self._items(steps[-1])]) or None

    def _items(self, text: str) -> list[str]:
        several = self._reference.rule.many and self._several.search(text)
        return self._splits[text] if several else [text]


def _text(reference: BoundReference, key: tuple[Key, Key, str]) -> RefText:
    """The one RefText of these texts."""
    within, steps, item = key
    read = (readings(item, reference.rule.forms) or ((None, item),)) if item else ()
    return RefText(reference, within, steps, read)


def _texts_of(cells: list[Any]) -> list[str]:
    """What the cells say; an error cell names nothing."""
    if set(map(type, cells)) == {str}:
        return cells
    return ["" if isinstance(cell, CellFault) else shown(cell) for cell in cells]


_MANY = 150_000
"""How many rows' texts are remembered before they are forgotten again."""
