"""A chunk of rows and the sheet they are bound to in, entities and findings out."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any, Protocol

from importer.mapping.bind import DOT, BoundColumn, BoundEntity, BoundSheet, own_column
from importer.mapping.convert import BLANK, CLEAR, Fault, shown
from importer.mapping.entity import Entity, Mapped
from importer.mapping.parts import items_of, part_of
from importer.mapping.refer import Referrer
from importer.model import Cell, Finding, Key, Payload
from importer.template import fold

Column = list[Any]


class Rows(Protocol):
    """Consecutive rows with the spreadsheet's number of the first."""

    first_row: int
    rows: list[list[Cell]]


class SheetMapper:
    """Maps the chunks of one bound sheet."""

    def __init__(self, sheet: BoundSheet) -> None:
        self.sheet = sheet
        self._mappers = [_EntityMapper(sheet, bound) for bound in sheet.entities]

    def map(self, chunk: Rows) -> Mapped:
        """Map one chunk; blank rows are no rows."""
        cells = [list(column) for column in zip_longest(*chunk.rows, fillvalue="")]
        keep = self._filled(cells, len(chunk.rows))
        if len(keep) < len(chunk.rows):
            cells = [[column[i] for i in keep] for column in cells]
        mapped = Mapped([chunk.first_row + i for i in keep], [])
        for mapper in self._mappers:
            mapper.map(cells, mapped)
        _drop_beside_deletes(mapped)
        if self.sheet.refused:
            mapped.invalid.update(mapped.rows)
        for entity in mapped.entities:
            if entity.row in mapped.invalid:
                entity.valid = False
        return mapped

    def _filled(self, cells: list[Column], count: int) -> list[int]:
        known = [cells[index] for index in self.sheet.known if index < len(cells)]
        if not known:
            return []
        rows = zip(*known, strict=True)
        filled = [i for i, row in enumerate(rows) if any(row) or any(_says(c) for c in row)]
        return filled if len(filled) < count else list(range(count))


def _drop_beside_deletes(mapped: Mapped) -> None:
    """A row that deletes makes nothing else."""
    deleted = {entity.row for entity in mapped.entities if entity.delete}
    if deleted:
        kept = [e for e in mapped.entities if e.delete or e.row not in deleted]
        mapped.entities[:] = kept


def _says(cell: Cell) -> bool:
    return cell.strip() != "" if isinstance(cell, str) else True


class _EntityMapper:
    """Maps one entity rule over chunks."""

    def __init__(self, sheet: BoundSheet, bound: BoundEntity) -> None:
        self.sheet = sheet
        self.bound = bound
        self.referrer = Referrer(bound)
        self._containers = _containers(bound)
        self._key = [path.split(".") for path in bound.kind.key]
        self._identities = [path.split(".") for path in bound.kind.identities]
        self._required = [
            c for c in _headed(bound) if c.rule.required and c.sources and _on_every_row(bound, c)
        ]
        self._import_id = self._own_id()
        self._action = (
            next(c for c in _action_columns(bound)) if bound.action_column is not None else None
        )

    def _own_id(self) -> int | None:
        """The column of an earlier report's ids, for the entity that stands for the row."""
        rules = self.sheet.rule.entities
        first = next((r for r in rules if not r.creates and r.each is None), rules[0])
        rule = self.bound.rule
        alternative = bool(rule.when) and rule.when.keys() == first.when.keys()
        if rule is first or (alternative and rule.each is None):
            return own_column(self.sheet.header, "import_id")
        return None

    def map(self, cells: list[Column], mapped: Mapped) -> None:
        rows = self._active(cells, mapped.rows)
        if not rows:
            return
        if len(rows) < len(mapped.rows):
            cells = [[column[i] for i in rows] for column in cells]
        numbers = [mapped.rows[i] for i in rows]
        if self.bound.each is not None:
            cells, numbers, parts = self._spread(cells, numbers, mapped)
        else:
            parts = None
        self._build(cells, numbers, parts, mapped)

    def _active(self, cells: list[Column], numbers: list[int]) -> list[int]:
        """The rows whose `when` cells ask for this entity."""
        active: Any = range(len(numbers))
        for index, values in self.bound.when:
            column = cells[index] if index < len(cells) else [""] * len(numbers)
            words = [fold(shown(column[i])) for i in active]
            wanted = zip(active, words, strict=True)
            active = [i for i, word in wanted if word and (not values or word in values)]
        return list(active)

    def _spread(
        self, cells: list[Column], numbers: list[int], mapped: Mapped
    ) -> tuple[list[Column], list[int], list[Any]]:
        """One row for every item of the `each` cell."""
        each, index = self.bound.rule.each, self.bound.each
        if each is None or index is None:
            return cells, numbers, []
        rows: list[int] = []
        parts: list[Any] = []
        for i, cell in enumerate(cells[index]):
            for item in items_of(cell, each):
                if isinstance(item, Fault):
                    self._fault(item, numbers[i], (index,), cell, mapped)
                    continue
                rows.append(i)
                parts.append(item)
        return [[c[i] for i in rows] for c in cells], [numbers[i] for i in rows], parts

    def _build(
        self, cells: list[Column], numbers: list[int], parts: list[Any] | None, mapped: Mapped
    ) -> None:
        clears: dict[int, list[str]] = {}
        values = [
            self._column(column, cells, numbers, parts, clears, mapped)
            for column in self.bound.columns
        ]
        references = self.referrer.columns(cells, len(numbers))
        deletes = self._deletes(cells, numbers, mapped)
        ids, hints = self._ids(cells, numbers, mapped)
        named = [bool(d and i and not h) for d, i, h in zip(deletes, ids, hints, strict=True)]
        self._check_required(cells, numbers, references, deletes, named, mapped)
        payloads = self._payloads(values, len(numbers))
        for i, payload in enumerate(payloads):
            labels = _labels(payload, self._key)
            if labels is None and named[i]:
                labels = (ids[i] or "",)
            if labels is None:
                mapped.invalid.add(numbers[i])
                continue
            mapped.entities.append(
                Entity(
                    self.sheet,
                    self.bound,
                    numbers[i],
                    labels,
                    payload,
                    references[i],
                    _labels(payload, self._identities, partial=True) or (),
                    ids[i],
                    hints[i],
                    tuple(clears.get(i, ())),
                    deletes[i],
                )
            )

    def _column(
        self,
        column: BoundColumn,
        cells: list[Column],
        numbers: list[int],
        parts: list[Any] | None,
        clears: dict[int, list[str]],
        mapped: Mapped,
    ) -> Column:
        """The converted values of one column, faults turned into findings."""
        raw = _raw(column, cells, len(numbers), parts)
        values = _converted(column, raw)
        for i in [i for i, value in enumerate(values) if type(value) in _MARKED]:
            value = values[i]
            if value is BLANK and column.rule.default is not None:
                values[i] = copy.deepcopy(column.rule.default)
            elif value is CLEAR:
                clears.setdefault(i, []).append(column.rule.path or "")
                values[i] = BLANK
            elif isinstance(value, Fault):
                sources = column.sources or (self.bound.each or 0,)
                self._fault(value, numbers[i], sources, raw[i], mapped)
                values[i] = BLANK
        return values

    def _fault(
        self, fault: Fault, row: int, sources: Sequence[int], cell: Cell, mapped: Mapped
    ) -> None:
        mapped.invalid.add(row)
        mapped.findings.append(
            Finding(
                fault.code,
                fault.message,
                self.sheet.place(row, sources[0] + 1, self._heading(sources[0])),
                value=shown(cell),
                suggestion=fault.suggestion,
            )
        )

    def _heading(self, index: int) -> str | None:
        headings = self.sheet.header.headings
        return headings[index] or None if index < len(headings) else None

    def _payloads(self, values: list[Column], count: int) -> Iterator[Payload]:
        """The payload objects, one container of columns at a time."""
        made = [
            (path, _objects(keys, [values[i] for i in columns], count))
            for path, keys, columns in self._containers
        ]
        constants = [(p.split("."), v) for p, v in self.bound.kind.constants.items()]
        for i in range(count):
            payload: Payload = {}
            for path, objects in made:
                if objects[i]:
                    _attach(payload, path, objects[i])
            for steps, value in constants:
                _default(payload, steps, value)
            yield payload

    def _check_required(
        self,
        cells: list[Column],
        numbers: list[int],
        references: list[Any],
        deletes: list[bool],
        named: list[bool],
        mapped: Mapped,
    ) -> None:
        """A blank cell that must be filled; a row that deletes needs its identity only."""
        for column in self._required:
            index = column.sources[0]
            complete = self.referrer.paths_of(index)
            spared = named if self._identifies(column) else deletes
            raw = cells[index] if index < len(cells) else [""] * len(numbers)
            for i, cell in enumerate(raw):
                if cell or _says(cell) or spared[i] or column.rule.default is not None:
                    continue
                if not self.referrer.has(references[i], complete):
                    self._missing(index, column.rule.heading, numbers[i], mapped)
        for path, index in self.referrer.required():
            for i, found in enumerate(references):
                told = numbers[i] in mapped.invalid or named[i]
                if not told and not self.referrer.has(found, {path}):
                    self._missing(index, self._heading(index) or "", numbers[i], mapped)

    def _identifies(self, column: BoundColumn) -> bool:
        return column.rule.path is None or column.rule.path in self.bound.kind.key

    def _missing(self, index: int, name: str, row: int, mapped: Mapped) -> None:
        place = self.sheet.place(row, index + 1, self._heading(index))
        mapped.invalid.add(row)
        if any(f.place == place and f.code == "missing" for f in mapped.findings[-50:]):
            return
        mapped.findings.append(Finding("missing", f"{name} is required and blank.", place))

    def _deletes(self, cells: list[Column], numbers: list[int], mapped: Mapped) -> list[bool]:
        if self._action is None:
            return [False] * len(numbers)
        values = self._column(self._action, cells, numbers, None, {}, mapped)
        return [value == "delete" for value in values]

    def _ids(
        self, cells: list[Column], numbers: list[int], mapped: Mapped
    ) -> tuple[list[str | None], list[bool]]:
        """The target's ids, and whether they come from an earlier report only."""
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

    def _contradiction(self, index: int, one: str, other: str, row: int, mapped: Mapped) -> None:
        place = self.sheet.place(row, index + 1, self._heading(index))
        message = f"{place.heading} says `{other}`, but the row's id is `{one}`: keep one of them."
        mapped.invalid.add(row)
        mapped.findings.append(Finding("contradicting_id", message, place, value=other))


_MARKED = frozenset({type(BLANK), Fault})


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


def _action_columns(bound: BoundEntity) -> Iterator[BoundColumn]:
    from importer.mapping.convert import converter

    for rule in bound.rule.columns:
        if rule.type == "action" and bound.action_column is not None:
            yield BoundColumn(rule, (bound.action_column,), converter(rule, {}, "\0"))


def _raw(column: BoundColumn, cells: list[Column], count: int, parts: list[Any] | None) -> Column:
    """The cells of a column, or the joined cells of several, or pieces of the `each` items."""
    rule = column.rule
    if rule.constant is not None:
        return [rule.constant] * count
    if rule.part is not None:
        return [part_of(item, rule.part) for item in parts or ()]
    sources = [cells[i] if i < len(cells) else [""] * count for i in column.sources]
    if len(sources) == 1:
        return sources[0]
    if not sources:
        return [""] * count
    texts = ([shown(cell).strip() for cell in source] for source in sources)
    return [rule.join.join(filter(None, row)) for row in zip(*texts, strict=True)]


def _converted(column: BoundColumn, raw: Column) -> Column:
    rule, convert = column.rule, column.convert
    if rule.constant is not None:
        return [copy.deepcopy(value) for value in raw]
    if column.plain:
        return [v if type(v) is str and v and v[0] > "<" else convert(v) for v in raw]
    if rule.type in ("list", "json", "map"):
        return [BLANK if v == "" else convert(v) for v in raw]
    memo: dict[Any, Any] = {}
    values = []
    for cell in raw:
        if type(cell) is not str:
            values.append(convert(cell))
            continue
        if cell not in memo:
            memo[cell] = convert(cell)
        values.append(memo[cell])
    return values


def _containers(bound: BoundEntity) -> list[tuple[Key, Key, list[int]]]:
    """Container path, the keys in it and the columns they come from; outer containers first."""
    found: dict[Key, tuple[list[str], list[int]]] = {}
    for index, column in enumerate(bound.columns):
        steps = tuple(step.replace(DOT, ".") for step in (column.rule.path or "").split("."))
        keys, columns = found.setdefault(steps[:-1], ([], []))
        keys.append(steps[-1])
        columns.append(index)
    return [(path, tuple(k), c) for path, (k, c) in sorted(found.items(), key=lambda i: len(i[0]))]


def _objects(keys: Key, columns: list[Column], count: int) -> list[Payload]:
    if not columns:
        return [{} for _ in range(count)]
    rows = zip(*columns, strict=True)
    return [{k: v for k, v in zip(keys, row, strict=True) if v is not BLANK} for row in rows]


def _attach(payload: Payload, path: Key, found: Payload) -> None:
    if not path:
        payload.update(found)
        return
    for step in path[:-1]:
        payload = payload.setdefault(step, {})
    payload.setdefault(path[-1], {}).update(found)


def _default(payload: Payload, path: list[str], value: Any) -> None:
    for step in path[:-1]:
        payload = payload.setdefault(step, {})
    if path[-1] not in payload:
        payload[path[-1]] = copy.copy(value) if isinstance(value, (dict, list)) else value


def _labels(payload: Payload, paths: list[list[str]], *, partial: bool = False) -> Key | None:
    """The texts at the paths; None if one is missing, unless `partial`."""
    found: list[str] = []
    for path in paths:
        node: Any = payload
        for step in path:
            node = node.get(step) if isinstance(node, dict) else None
        if node is None or node == "":
            if partial:
                continue
            return None
        found.append(str(node))
    return tuple(found)
