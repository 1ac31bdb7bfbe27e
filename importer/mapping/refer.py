"""The cells of reference columns in, interned RefTexts per row out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importer.mapping.bind import BoundEntity, BoundReference
from importer.mapping.convert import shown, split
from importer.mapping.entity import References, RefText
from importer.mapping.forms import Reading, readings
from importer.model import Cell, CellFault, Key


class Referrer:
    """Finds the references of one entity rule; equal texts give the same RefText object."""

    def __init__(self, bound: BoundEntity) -> None:
        self._references = bound.references
        self._memo: dict[int, dict[tuple[Cell, ...], tuple[RefText, ...]]] = {}
        self._everywhere: set[str] = set()
        self._interned: dict[tuple[int, Key, Key, tuple[Reading, ...]], RefText] = {}

    def columns(self, cells: list[list[Any]], count: int) -> list[References]:
        """The references of every row: for each path the first rule whose cells are filled."""
        rows: list[References] = [()] * count
        taken: set[str] = set()
        self._everywhere = set()
        for reference in self._references:
            path = reference.rule.path
            found = list(self._texts(reference, cells, count))
            for i, texts in enumerate(found):
                if texts and not (path in taken and self.has(rows[i], {path})):
                    rows[i] = (*rows[i], (reference, texts))
            taken.add(path)
            if all(found):
                self._everywhere.add(path)
        return rows

    def _texts(
        self, reference: BoundReference, cells: list[list[Any]], count: int
    ) -> Iterator[tuple[RefText, ...]]:
        if not reference.by:
            yield from ((RefText(reference, (), ()),) for _ in range(count))
            return
        blank = [""] * count
        columns = [
            cells[i] if 0 <= i < len(cells) else blank for i in (*reference.by, *reference.within)
        ]
        memo = self._memo.setdefault(reference.no, {})
        if len(memo) > _MANY:
            memo.clear()
        for row in zip(*columns, strict=True):
            found = memo.get(row)
            if found is None:
                found = memo[row] = tuple(self._parse(reference, row))
            yield found

    def _parse(self, reference: BoundReference, row: tuple[Cell, ...]) -> Iterator[RefText]:
        """The references that one row's cells make; none where a cell that is needed is blank."""
        rule = reference.rule
        count = len(reference.by)
        named = zip(row[:count], reference.defaults, strict=True)
        steps = tuple(_text(cell) or default for cell, default in named)
        if not all(steps):
            return
        within = tuple(text for cell in row[count:] if (text := _text(cell)))
        if not rule.many and rule.forms == ("{path}",):
            yield self._known(reference, within, steps, ())
            return
        within += steps[:-1]
        for item in split(steps[-1], rule.separators) if rule.many else steps[-1:]:
            yield self._known(reference, within, (), readings(item, rule.forms))

    def _known(
        self, reference: BoundReference, within: Key, steps: Key, read: tuple[Reading, ...]
    ) -> RefText:
        """The one RefText of these texts."""
        key = (reference.no, within, steps, read)
        found = self._interned.get(key)
        if found is None:
            found = self._interned[key] = RefText(reference, within, steps, read)
        return found

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
        return any(reference.rule.path in paths for reference, _ in found)

    def required(self) -> Iterator[tuple[str, int]]:
        """Each path that must be referred to, with the column to blame if it is not."""
        seen: set[str] = set()
        for reference in self._references:
            if reference.rule.required and reference.rule.path not in seen:
                seen.add(reference.rule.path)
                yield reference.rule.path, max((*reference.by, 0)[0], 0)


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell.strip()
    return "" if isinstance(cell, CellFault) else shown(cell).strip()


_MANY = 50_000
"""How many rows' texts are remembered before they are forgotten again."""
