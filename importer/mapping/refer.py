"""The cells of reference columns in, interned RefTexts per row out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importer.mapping.bind import BoundEntity, BoundReference
from importer.mapping.convert import shown, split
from importer.mapping.entity import References, RefText
from importer.mapping.forms import readings
from importer.model import Cell, CellFault


class Referrer:
    """Finds the references of one entity rule; equal texts give the same RefText object."""

    def __init__(self, bound: BoundEntity) -> None:
        self._references = bound.references
        self._memo: dict[tuple[int, tuple[Cell, ...]], tuple[RefText, ...]] = {}

    def columns(self, cells: list[list[Any]], count: int) -> list[References]:
        """The references of every row: for each path the first rule whose cells are filled."""
        rows: list[dict[str, Any]] = [{} for _ in range(count)]
        for reference in self._references:
            for i, texts in enumerate(self._texts(reference, cells, count)):
                if texts and reference.rule.path not in rows[i]:
                    rows[i][reference.rule.path] = (reference, texts)
        return [tuple(row.values()) for row in rows]

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
        memo = self._memo
        for row in zip(*columns, strict=True):
            key = (reference.no, row)
            found = memo.get(key)
            if found is None:
                found = memo[key] = tuple(_parse(reference, row))
            yield found

    def paths_of(self, column: int) -> set[str]:
        """The reference paths that a column's cell helps to name."""
        return {ref.rule.path for ref in self._references if column in ref.by}

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


def _parse(reference: BoundReference, row: tuple[Cell, ...]) -> Iterator[RefText]:
    rule = reference.rule
    count = len(reference.by)
    steps = tuple(
        _text(cell) or default
        for cell, default in zip(row[:count], reference.defaults, strict=True)
    )
    within = tuple(filter(None, map(_text, row[count:])))
    if not all(steps):
        return
    if not rule.many and rule.forms == ("{path}",):
        yield RefText(reference, within, steps)
        return
    for item in split(steps[-1], rule.separators) if rule.many else [steps[-1]]:
        yield RefText(reference, (*within, *steps[:-1]), (), readings(item, rule.forms))


def _text(cell: Cell) -> str:
    return "" if isinstance(cell, CellFault) else shown(cell).strip()
