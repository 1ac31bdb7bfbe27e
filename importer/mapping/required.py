"""Finds cells that must be filled and are blank, and required columns that are absent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importer.finding_codes import FindingCode
from importer.mapping.absent import absences, of_every_row, on_every_row
from importer.mapping.binding import BoundColumn, BoundEntity, BoundSheet
from importer.mapping.columns import kinds_of
from importer.mapping.conversion.values import shown
from importer.mapping.entity import MappedChunk, References
from importer.mapping.references import ReferenceReader
from importer.model import Cell, Finding, Place
from importer.template import Column as Rule

Column = list[Any]


class RequiredCells:
    """The required cells and references of one entity rule.

    A cell that helps to name a reference may be blank where another rule names the same entity.
    A row that deletes needs only its key; if its id names it, it needs nothing.
    """

    def __init__(self, sheet: BoundSheet, bound: BoundEntity, reader: ReferenceReader) -> None:
        self._sheet = sheet
        self._bound = bound
        self._reader = reader
        self._columns = [
            c
            for c in _headed(bound)
            if c.rule.required and c.sources and on_every_row(bound, c.rule)
        ]
        self._absent = [] if of_every_row(bound) else list(absences(sheet, bound))
        self._nameless = of_every_row(bound) and not any(_key_columns(bound))

    def check(
        self,
        cells: list[Column],
        numbers: list[int],
        references: list[References],
        deletes: list[bool],
        named: list[bool],
        mapped: MappedChunk,
    ) -> None:
        """Report what is missing.

        For each row, `deletes` says whether it deletes its entity, `named` whether its id names it.
        """
        for absence in self._absent:
            spared = named if absence.identifies else deletes
            for row in (row for row, spare in zip(numbers, spared, strict=True) if not spare):
                mapped.report(Finding(FindingCode.MISSING, absence.message, self._sheet.place(row)))
        for column in self._columns:
            if column.rule.default is None:
                spared = named if self._identifies(column.rule) else deletes
                self._check_column(column, cells, numbers, references, spared, mapped)
        for path in self._reader.required():
            for i in self._reader.without(path, references):
                if not named[i] and not self._is_reported(path, numbers[i], mapped):
                    columns = self._reader.blank(path, cells, i)
                    names = " or ".join(map(self._title, columns))
                    self._missing(columns[0], names, numbers[i], mapped, _at(cells, columns[0], i))

    def _is_reported(self, path: str, row: int, mapped: MappedChunk) -> bool:
        """Return whether a cell that helps to name a reference is at fault already."""
        columns = (i for ref in self._bound.references if ref.rule.path == path for i in ref.by)
        return any(self._place(row, i) in mapped.reported for i in columns if i >= 0)

    def _check_column(
        self,
        column: BoundColumn,
        cells: list[Column],
        numbers: list[int],
        references: list[References],
        spared: list[bool],
        mapped: MappedChunk,
    ) -> None:
        index = column.sources[0]
        others = self._reader.paths_of(index)
        raw = cells[index] if index < len(cells) else [""] * len(numbers)
        clear = self._sheet.clear
        if all_filled(raw) and clear not in raw:
            return
        lacking = (i for i, cell in enumerate(raw) if cell == clear or not is_filled(cell))
        for i in lacking:
            if not spared[i] and not self._reader.has(references[i], others):
                self._missing(index, self._title(index), numbers[i], mapped, raw[i])

    def unnamed(self, row: int, mapped: MappedChunk) -> None:
        """Report a row whose key lacks a label, unless that cell is at fault already.

        Where the sheet lacks the column of the key, that is said once, of the whole sheet.
        """
        each = self._bound.each
        columns = [c.sources[0] for c in _key_columns(self._bound)] if each is None else [each]
        known = any(self._place(row, index) in mapped.reported for index in columns)
        if known or self._nameless or (row in mapped.invalid and not columns):
            mapped.invalid.add(row)
        elif each is not None:
            self._missing(each, f"The name of a {self._bound.kind.word}", row, mapped)
        elif columns:
            self._missing(columns[0], self._title(columns[0]), row, mapped)
        else:
            self._missing(-1, _key_heading(self._bound), row, mapped)

    def _identifies(self, column: Rule) -> bool:
        return column.path is None or column.path in self._bound.kind.key

    def _missing(
        self, index: int, name: str, row: int, mapped: MappedChunk, cell: Cell = ""
    ) -> None:
        clears = bool(cell) and cell == self._sheet.clear
        why = "cannot be emptied: give it a value" if clears else "blank"
        value = shown(cell) if clears else None
        message = f"{name} is required and {why}."
        mapped.report(Finding(FindingCode.MISSING, message, self._place(row, index), value=value))

    def _title(self, index: int) -> str:
        """Return the heading of a column, else its name in the rule, else its letter."""
        bound = self._bound
        names = {i: name for ref in bound.references for name, i in zip(ref.rule.by, ref.by)}  # noqa: B905
        names |= {c.sources[0]: c.rule.heading for c in bound.columns if c.sources}
        known = self._sheet.heading(index) or names.get(index)
        return known or self._place(0, index).title

    def _place(self, row: int, index: int) -> Place:
        heading = self._sheet.heading(index) if index >= 0 else None
        return self._sheet.place(row, index + 1, heading)


def is_filled(cell: Cell) -> bool:
    """Return whether a cell holds anything but white space."""
    return cell.strip() != "" if isinstance(cell, str) else True


def _at(cells: list[Column], index: int, row: int) -> Cell:
    found: Cell = cells[index][row] if 0 <= index < len(cells) else ""
    return found


def all_filled(column: Column) -> bool:
    """Return whether every cell holds text, and not only white space, as in most columns."""
    texts = kinds_of(column) == {str}
    return texts and "" not in column and not any(map(str.isspace, column))


def _key_columns(bound: BoundEntity) -> Iterator[BoundColumn]:
    return (c for c in bound.columns if c.rule.path in bound.kind.key and c.sources)


def _key_heading(bound: BoundEntity) -> str:
    rules = (c for c in bound.rule.columns if c.path in bound.kind.key)
    return next((rule.heading for rule in rules if rule.heading), bound.kind.word)


def _headed(bound: BoundEntity) -> Iterator[BoundColumn]:
    """Yield the rule's columns under a heading, also those that only name a reference."""
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
