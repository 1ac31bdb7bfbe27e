"""The cells of a chunk in, a finding for every cell that must be filled and is not out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importer.mapping.bind import BoundColumn, BoundEntity, BoundSheet
from importer.mapping.convert import shown
from importer.mapping.entity import Mapped, References
from importer.mapping.refer import Referrer
from importer.model import Cell, Finding

Column = list[Any]


class RequiredCells:
    """Finds blank cells under required headings, and rows that lack a required reference.

    A cell that helps to name a reference may be blank where another way of naming it is filled.
    A row that deletes (`deletes`) needs only what identifies it; one `named` by its id nothing.
    """

    def __init__(self, sheet: BoundSheet, bound: BoundEntity, referrer: Referrer) -> None:
        self._sheet = sheet
        self._kind = bound.kind
        self._referrer = referrer
        self._columns = [
            c for c in _headed(bound) if c.rule.required and c.sources and _on_every_row(bound, c)
        ]

    def check(
        self,
        cells: list[Column],
        numbers: list[int],
        references: list[References],
        deletes: list[bool],
        named: list[bool],
        mapped: Mapped,
    ) -> None:
        """Add what is missing to the findings."""
        for column in self._columns:
            if column.rule.default is None:
                spared = named if self._identifies(column) else deletes
                self._check_column(column, cells, numbers, references, spared, mapped)
        for path, index in self._referrer.required():
            for i in self._referrer.without(path, references):
                if not named[i] and numbers[i] not in mapped.invalid:
                    self._missing(index, self._sheet.heading(index) or "", numbers[i], mapped)

    def _check_column(
        self,
        column: BoundColumn,
        cells: list[Column],
        numbers: list[int],
        references: list[References],
        spared: list[bool],
        mapped: Mapped,
    ) -> None:
        index = column.sources[0]
        others = self._referrer.paths_of(index)
        raw = cells[index] if index < len(cells) else [""] * len(numbers)
        for i in [i for i, cell in enumerate(raw) if not cell and not says(cell)]:
            if not spared[i] and not self._referrer.has(references[i], others):
                self._missing(index, column.rule.heading, numbers[i], mapped)
        for i in [i for i, cell in enumerate(raw) if type(cell) is str and cell.isspace()]:
            if not spared[i] and not self._referrer.has(references[i], others):
                self._missing(index, column.rule.heading, numbers[i], mapped)

    def _identifies(self, column: BoundColumn) -> bool:
        return column.rule.path is None or column.rule.path in self._kind.key

    def _missing(self, index: int, name: str, row: int, mapped: Mapped) -> None:
        place = self._sheet.place(row, index + 1, self._sheet.heading(index))
        mapped.invalid.add(row)
        if any(f.place == place and f.code == "missing" for f in mapped.findings[-50:]):
            return
        mapped.findings.append(Finding("missing", f"{name} is required and blank.", place))


def says(cell: Cell) -> bool:
    """Whether a cell holds anything but blanks."""
    return cell.strip() != "" if isinstance(cell, str) else True


def _on_every_row(bound: BoundEntity, column: BoundColumn) -> bool:
    """What many rows state together may be filled on one of them; its key stands on each."""
    return not bound.rule.creates or column.rule.path is None or column.rule.path in bound.kind.key


def _headed(bound: BoundEntity) -> Iterator[BoundColumn]:
    """The rule's columns that stand under a heading, those only referred to among them."""
    yield from bound.columns
    taken = {column.rule.heading for column in bound.columns}
    places = {
        heading: index
        for reference in bound.references
        for heading, index in zip(reference.rule.by, reference.by, strict=True)
        if index >= 0
    }
    for column in bound.rule.columns:
        if column.heading in places and column.heading not in taken:
            yield BoundColumn(column, (places[column.heading],), shown)
