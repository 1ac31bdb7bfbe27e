"""Maps one entity rule: from the cells of a chunk to its entities."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

from msgspec import Struct, field

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundColumn, BoundEntity, BoundSheet
from importer.mapping.columns import Column, converted, kinds_of, raw_cells, remarkable, with_kinds
from importer.mapping.conversion.converters import converter
from importer.mapping.conversion.each import items_of
from importer.mapping.conversion.rewording import form_of, unfit
from importer.mapping.conversion.values import BLANK, CLEAR, Doubt, Edit, Fault, shown, unusable
from importer.mapping.entity import NOT_BUILT, Entity, MappedChunk, References
from importer.mapping.header import own_column
from importer.mapping.levels import named_only, rows_of
from importer.mapping.payload import PayloadBuilder
from importer.mapping.references import ReferenceReader
from importer.mapping.required import RequiredCells, is_filled
from importer.model import Cell, CellFault, Finding, Payload, Severity


class _Requests(Struct):
    """The payload paths to empty and the list items to remove, by position of the row."""

    clears: dict[int, list[str]] = field(default_factory=dict)
    edits: dict[int, dict[str, list[Any]]] = field(default_factory=dict)


Fits = Callable[[BoundEntity, Sequence[Column]], bool]
"""Whether the payload of each row surely fits, by their columns: then none of them is built."""


class EntityMapper:
    """Maps the chunks of a sheet by one entity rule."""

    def __init__(self, sheet: BoundSheet, bound: BoundEntity, fits: Fits | None = None) -> None:
        self.sheet = sheet
        self.bound = bound
        self._fits = fits
        self._reader = ReferenceReader(bound)
        self._builder = PayloadBuilder(bound)
        self._required = RequiredCells(sheet, bound, self._reader)
        self._import_id = self._own_id()
        self._action = _action_column(bound)

    def _own_id(self) -> int | None:
        """Return the column of an earlier report's ids, for the main entity of a row."""
        rules = self.sheet.rule.entities
        first = next((r for r in rules if not r.creates and r.each is None), rules[0])
        rule = self.bound.rule
        alternative = bool(rule.when) and rule.when.keys() == first.when.keys()
        of_level = self.bound.level is not None and not rule.creates
        stated = rule is first or of_level or self.bound.naming is not None
        if stated or (alternative and rule.each is None):
            return own_column(self.sheet.header, "import_id")
        return None

    def map(self, cells: list[Column], mapped: MappedChunk) -> None:
        """Add the entities that the rows of a chunk make, and the findings on their cells."""
        rows = self._active(cells, mapped.rows)
        if not rows:
            return
        cells = named_only(self.bound, self.sheet, cells)
        if len(rows) < len(mapped.rows):
            cells = [[column[i] for i in rows] for column in cells]
        numbers = [mapped.rows[i] for i in rows]
        if self.bound.each is not None:
            cells, numbers, parts = self._spread(cells, numbers, mapped)
        else:
            parts = None
        self._build(cells, numbers, parts, mapped)

    def findings(self) -> Iterator[Finding]:
        """Yield one finding for each column of which words of other languages were understood."""
        for column in self.bound.columns:
            if column.choices and (said := column.choices.said()):
                place = self.sheet.place(0, 0, self.sheet.heading(column.sources[0]))
                yield Finding(FindingCode.READ_AS, f"{said}.", place, Severity.INFO)

    def _active(self, cells: list[Column], numbers: list[int]) -> list[int]:
        """Return the positions of the rows whose `when` cells ask for this entity."""
        active = list(range(len(numbers)))
        for condition in self.bound.when:
            active = condition.among(cells, active)
        if self.bound.level is not None:
            mine = rows_of(self.bound, self.sheet, cells, len(numbers))
            active = [at for at in active if at in mine]
        return active

    def _spread(
        self, cells: list[Column], numbers: list[int], mapped: MappedChunk
    ) -> tuple[list[Column], list[int], list[Any]]:
        """Return cells, row numbers and items, with one row for every item of the `each` cell."""
        each, index = self.bound.rule.each, self.bound.each
        if each is None or index is None:
            return cells, numbers, []
        rows: list[int] = []
        parts: list[Any] = []
        for i, cell in enumerate(cells[index] if index < len(cells) else ()):
            for item in items_of(cell, each):
                if isinstance(item, Fault):
                    self._fault(item, numbers[i], (index,), cell, mapped)
                    continue
                rows.append(i)
                parts.append(item)
        return [[c[i] for i in rows] for c in cells], [numbers[i] for i in rows], parts

    def _build(
        self, cells: list[Column], numbers: list[int], parts: list[Any] | None, mapped: MappedChunk
    ) -> None:
        requests = _Requests()
        values = [
            self._column(column, cells, numbers, parts, requests, mapped)
            for column in self.bound.columns
        ]
        references = self._references(cells, numbers, mapped)
        deletes = self._deletes(cells, numbers, mapped)
        ids, hints = self._ids(cells, numbers, mapped)
        named = [bool(d and i and not h) for d, i, h in zip(deletes, ids, hints, strict=True)]
        self._required.check(cells, numbers, references, deletes, named, mapped)
        payloads = self._payloads(values, len(numbers))
        labels = self._builder.labels(values, payloads)
        for i in () if all(labels) else range(len(labels)):
            labels[i] = labels[i] or ((ids[i] or "",) if named[i] else ())
        identities = self._builder.identities(values, payloads)
        columns = (numbers, labels, payloads, references, identities, ids, hints)
        entities = self._entities(columns, deletes, requests)
        for i, pairs in self._reader.second.items():
            mapped.second += ((entities[i], *pair) for pair in pairs)
        self._add(entities, mapped)

    def _payloads(self, values: list[Column], count: int) -> list[Payload]:
        """Return the payload of each row."""
        named = not self.bound.rule.creates and self._builder.tell_names(values)
        if named and self._fits and self._fits(self.bound, values):
            return [NOT_BUILT] * count
        return self._builder.build(values, count)

    def _references(
        self, cells: list[Column], numbers: list[int], mapped: MappedChunk
    ) -> list[References]:
        """Return the references of each row; texts read for the first time go to the chunk."""
        references = self._reader.columns(cells, len(numbers))
        mapped.texts += self._reader.new
        self._reader.new.clear()
        self._check_references(cells, numbers, mapped)
        return references

    def _entities(
        self, columns: Sequence[list[Any]], deletes: list[bool], requests: _Requests
    ) -> list[Entity]:
        """Return an entity for each row: made all at once, which is faster than in a loop."""
        clears: Iterable[tuple[str, ...]] = repeat(())
        if requests.clears:
            clears = [tuple(requests.clears.get(i, ())) for i in range(len(deletes))]
        same = (repeat(self.sheet), repeat(self.bound), repeat(self.bound.kind.name))
        entities = list(map(Entity, *same, *columns, clears, deletes))
        for i, edits in requests.edits.items():
            entities[i].edits = edits
        return entities

    def _add(self, entities: list[Entity], mapped: MappedChunk) -> None:
        """Add the entities that have a name, and report those that have none."""
        if all(entity.labels for entity in entities):
            mapped.entities += entities
            return
        mapped.entities += (entity for entity in entities if entity.labels)
        for entity in entities:
            if not entity.labels:
                mapped.nameless.append(entity)
                self._required.unnamed(entity.row, mapped)

    def _column(
        self,
        column: BoundColumn,
        cells: list[Column],
        numbers: list[int],
        parts: list[Any] | None,
        requests: _Requests,
        mapped: MappedChunk,
    ) -> Column:
        """Return the converted values of one column; faults become findings."""
        raw = raw_cells(column, cells, len(numbers), parts)
        values = _read(column, raw)
        if column.rule.extract and column.rule.path in self.bound.kind.key:
            self._check_form(column, raw, values, numbers, mapped)
        default = column.rule.default
        if default is not None:
            values = [copy.deepcopy(default) if value is BLANK else value for value in values]
        values = with_kinds(values)
        found = remarkable(values)
        for i in found:
            value, values[i] = values[i], BLANK
            sources = column.sources or (self.bound.each or 0,)
            if isinstance(value, Doubt):
                self._doubt(value, numbers[i], sources, raw[i], mapped)
                value = values[i] = value.value
            if isinstance(value, Fault):
                self._fault(value, numbers[i], sources, raw[i], mapped)
            elif value is CLEAR:
                requests.clears.setdefault(i, []).append(column.rule.path or "")
            elif isinstance(value, Edit):
                requests.edits.setdefault(i, {})[column.rule.path or ""] = value.removed
                values[i] = value.added or BLANK
        return with_kinds([*values]) if found else values

    def _check_form(
        self,
        column: BoundColumn,
        raw: Column,
        values: Column,
        numbers: list[int],
        mapped: MappedChunk,
    ) -> None:
        """Report filled cells whose text does not fit the pattern by which they name the row."""
        sources = column.sources or (self.bound.each or 0,)
        for row, cell, value in zip(numbers, raw, values, strict=True):
            if value is BLANK and is_filled(cell):
                heading = self.sheet.heading(sources[0])
                fault = unfit(shown(cell), heading, form_of(column.rule))
                self._fault(fault, row, sources, cell, mapped)

    def _fault(
        self, fault: Fault, row: int, sources: Sequence[int], cell: Cell, mapped: MappedChunk
    ) -> None:
        mapped.report(self._finding(fault, row, sources, cell, Severity.ERROR))

    def _doubt(
        self, doubt: Doubt, row: int, sources: Sequence[int], cell: Cell, mapped: MappedChunk
    ) -> None:
        for reason in doubt.reasons:
            mapped.findings.append(self._finding(reason, row, sources, cell, Severity.WARNING))

    def _finding(
        self, fault: Fault, row: int, sources: Sequence[int], cell: Cell, severity: Severity
    ) -> Finding:
        place = self.sheet.place(row, sources[0] + 1, self.sheet.heading(sources[0]))
        value = None if fault.of_column else shown(cell)
        return Finding(fault.code, fault.message, place, severity, value, fault.suggestion)

    def _check_references(
        self, cells: list[Column], numbers: list[int], mapped: MappedChunk
    ) -> None:
        """Report error cells under references: they name no entity, and are not blank either."""
        for index in self._reader.cells():
            column = cells[index] if index < len(cells) else []
            if CellFault in kinds_of(column):
                for row, cell in zip(numbers, column, strict=True):
                    if isinstance(cell, CellFault):
                        self._fault(unusable(cell), row, (index,), cell, mapped)
        for index, at, words in self._reader.unfit(cells):
            fault = unfit(shown(cells[index][at]), self.sheet.heading(index), words.form)
            self._fault(fault, numbers[at], (index,), cells[index][at], mapped)

    def _deletes(self, cells: list[Column], numbers: list[int], mapped: MappedChunk) -> list[bool]:
        """Return which rows delete their entity, by their action or by clearing its cell."""
        deletes = [False] * len(numbers)
        if self._action is not None:
            values = self._column(self._action, cells, numbers, None, _Requests(), mapped)
            deletes = [value == "delete" for value in values]
            mapped.deleted.update(row for row, gone in zip(numbers, deletes, strict=True) if gone)
        for i in self._cleared(cells):
            deletes[i] = True
        return deletes

    def _cleared(self, cells: list[Column]) -> list[int]:
        """Return the rows that clear a cell without which this entity would not be made."""
        columns = [cells[one.column] for one in self.bound.when if one.any_text]
        clear = self.sheet.clear
        return [
            i
            for column in columns
            if self.bound.each is None and clear in column
            for i, cell in enumerate(column)
            if cell == clear
        ]

    def _ids(
        self, cells: list[Column], numbers: list[int], mapped: MappedChunk
    ) -> tuple[list[str | None], list[bool]]:
        """Return the target's ids, and whether they come from an earlier report only."""
        ids: list[str | None] = [None] * len(numbers)
        hints = [False] * len(numbers)
        own = () if self._import_id is None else (self._import_id,)
        for index in (*self.bound.id_columns, *own):
            for i, cell in enumerate(cells[index] if index < len(cells) else ()):
                text = shown(cell).strip()
                if text and ids[i] not in (None, text):
                    self._contradiction(index, ids[i] or "", text, numbers[i], mapped)
                elif text and ids[i] is None:
                    ids[i], hints[i] = text, index in own
        return ids, hints

    def _contradiction(
        self, index: int, one: str, other: str, row: int, mapped: MappedChunk
    ) -> None:
        place = self.sheet.place(row, index + 1, self.sheet.heading(index))
        message = f"{place.heading} says `{other}`, but the row's id is `{one}`: keep one of them."
        mapped.report(Finding(FindingCode.CONTRADICTING_ID, message, place, value=other))


def _read(column: BoundColumn, raw: Column) -> Column:
    """Return the payload values of cells; words of other languages among them are counted."""
    values = converted(column, raw)
    if column.choices:
        column.choices.count(raw)
    return values


def _action_column(bound: BoundEntity) -> BoundColumn | None:
    for rule in bound.rule.columns:
        if rule.type == "action" and bound.action_column is not None:
            return BoundColumn(rule, (bound.action_column,), converter(rule, {}, "\0"))
    return None
