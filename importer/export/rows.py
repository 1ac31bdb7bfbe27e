"""Turns the live entities of a target into rows of a template's sheets."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from importer.export.cells import cell_of, unfit
from importer.export.kept import Kept
from importer.export.references import cells_of, fits
from importer.field_type import FieldType
from importer.finding_codes import FindingCode
from importer.mapping import own_columns, typed
from importer.model import Cell, CellFault, Key
from importer.order import LiveIndex
from importer.payload_path import join, split, value_at
from importer.plan.headings import concrete
from importer.targets.protocol import LiveEntity, Query, Target
from importer.template import Column, EntityRule, SheetRule, Template
from importer.template.blank import OwnColumn
from importer.template.paths import Schema, node_at

Row = dict[str, Cell]
"""Heading -> cell."""


class Rows(Kept[Row]):
    """The rows of a sheet, and all headings under which any of them has a cell."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: dict[str, None] = {}

    def add(self, one: Row) -> None:
        """Add a row. Raises UsageError where the disk is full."""
        self.headings.update(dict.fromkeys(one))
        super().add(one)


class Export(Struct):
    """The rows of each sheet, sorted by key, and a message for each cell or row left out.

    `own` are the columns of each sheet that are for fields of the target's users.
    """

    rows: dict[str, Rows] = field(default_factory=dict)
    own: dict[str, list[OwnColumn]] = field(default_factory=dict)
    left_blank: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """The number of rows on all sheets."""
        return sum(map(len, self.rows.values()))


def export_rows(
    template: Template, target: Target, assets: Sequence[tuple[str, str]] = ()
) -> Export:
    """Return the live entities of the template's kinds as rows.

    `assets` are (type, identity) of entities to include that are not fetched by their type alone.

    Raises TargetUnreachable or CredentialsRefused.
    """
    state = _State(template, LiveIndex(template), target.fields())
    for live in target.fetch(_all(template, assets)):
        state.add(live)
    found = Export()
    for sheet in template.sheets:
        rule = _main(sheet)
        if sheet.header and rule is not None:
            rows = found.rows[sheet.name] = Rows()
            for live, key in state.in_order(rule.kind):
                row = state.row(sheet, rule, live, key)
                found.left_blank += _blanked(sheet.name, len(rows) + 2, row)
                rows.add(row)
            found.own[sheet.name] = list(_own(sheet, rows, state.fields))
            found.left_blank += state.nameless(rule.kind)
    return found


def _own(sheet: SheetRule, rows: Rows, fields: Mapping[str, FieldType]) -> Iterator[OwnColumn]:
    """Yield the columns for fields of the target's users that any row fills."""
    filled = rows.headings if fields else {}
    yield from (one for _, _, one in own_columns(sheet, fields) if one.rule.heading in filled)


def _nameless(word: str, live: LiveEntity) -> str:
    """Return the message for an entity left out because no row could name it."""
    if not live.key[-1]:
        return f"The {word} {live.id} has no name, and was left out."
    return f"The {word} {live.key[-1]} is inside something without a name, and was left out."


def _blanked(sheet: str, number: int, row: Row) -> Iterator[str]:
    """Blank the cells of a row that no spreadsheet can hold and yield a message for each.

    A blank cell leaves the field alone when the row is imported.
    """
    for heading, cell in row.items():
        if why := unfit(cell):
            row[heading] = ""
            yield f"{sheet} row {number}: {heading} {why}, and was left blank."


def _main(sheet: SheetRule) -> EntityRule | None:
    """Return the rule by which each row of a sheet is an entity of its own."""
    return next((rule for rule in sheet.entities if not rule.creates and not rule.each), None)


def _all(template: Template, assets: Sequence[tuple[str, str]]) -> Query:
    """Return a query for everything of the template's types, with all paths of its columns."""
    query = Query(whole=True)
    query.keys = {kind.type: set() for kind in template.kinds.values() if kind.type}
    for type_name, name in assets:
        query.identities.setdefault(type_name, set()).add(name)
    query.paths = {
        column.path
        for sheet in template.sheets
        for rule in sheet.entities
        for column in rule.columns
        if column.path
    }
    return query


class _State(Struct):
    """The live entities, packed, each with a number; `_ids` are their ids by number.

    `_kinds` has the numbers of those that a row can name, `_nameless` messages about the others.
    `_attached` maps (id, kind) to the number of an entity that refers to the id. `_columns` are
    those of single fields: there may be as many as there are fields with names of their own.
    """

    template: Template
    index: LiveIndex
    fields: Mapping[str, FieldType]
    _lives: Kept[LiveEntity] = field(default_factory=Kept)
    _ids: list[str] = field(default_factory=list)
    _kinds: defaultdict[str, array[int]] = field(
        default_factory=lambda: defaultdict(partial(array, "L"))
    )
    _nameless: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _attached: dict[tuple[str, str], int] = field(default_factory=dict)
    _columns: dict[tuple[int, str, Key], tuple[Column, frozenset[str] | None]] = field(
        default_factory=dict
    )

    def add(self, live: LiveEntity) -> None:
        kind = self.template.kind_of(live.type)
        self.index.add(live)
        if kind is None or live.archived:
            return
        number = len(self._ids)
        self._ids.append(live.id)
        self._lives.add(live)
        if all(live.key):
            self._kinds[kind.name].append(number)
        else:
            self._nameless[kind.name].append(_nameless(kind.word, live))
        for refs in live.relations.values():
            for ref in refs:
                self._attached.setdefault((ref.id, kind.name), number)

    def in_order(self, kind: str) -> Iterator[tuple[LiveEntity, Key]]:
        """Yield the entities of a kind that a row can name, sorted by key, each with its key."""
        for number in sorted(self._kinds[kind], key=self._key):
            yield self._lives[number], self._key(number)

    def nameless(self, kind: str) -> list[str]:
        """Return a message for each entity of a kind that no row can name."""
        return self._nameless[kind]

    def _key(self, number: int) -> Key:
        return self.index.names[self._ids[number]][1]

    def row(self, sheet: SheetRule, rule: EntityRule, live: LiveEntity, key: Key) -> Row:
        offered = (heading for heading, column in sheet.columns.items() if column.offered)
        row: Row = {heading: "" for heading in offered if "*" not in heading}
        row.update(self._named(rule, live, key))
        row.update(self._own_cells(rule, live))
        for beside in sheet.entities:
            if beside is not rule and beside.when and not beside.each:
                other = self._attached.get((live.id, beside.kind))
                row.update(self._own_cells(beside, self._lives[other]) if other is not None else {})
        return row

    def _named(self, rule: EntityRule, live: LiveEntity, key: Key) -> Row:
        """Return the cells of references: for each path by the first rule that can name all ends.

        If an end cannot be named the cell stays blank: a list without it would remove it.
        """
        row: Row = {}
        for path in dict.fromkeys(reference.path for reference in rule.references):
            refs = live.relations.get(path, ())
            named = [self.index.names[ref.id] for ref in refs if ref.id in self.index.names]
            for reference in (one for one in rule.references if one.path == path):
                if len(named) == len(refs) and all(fits(reference, *one) for one in named):
                    row.update(cells_of(reference, [one for _, one in named], key))
                    break
        return row

    def _own_cells(self, rule: EntityRule, live: LiveEntity) -> Row:
        """Return the cells of an entity's own fields, by heading."""
        row: Row = {}
        for column in rule.columns:
            if column.type == "id" and column.heading:
                row[column.heading] = live.id
            elif column.path and column.heading:
                schema = self.template.kinds[rule.kind].schema
                row.update(dict(self._cells(column, live.payload, schema)))
        return row

    def _cells(
        self, column: Column, payload: dict[str, Any], schema: Schema
    ) -> Iterator[tuple[str, Cell]]:
        """Yield (heading, cell) of a column; of a pattern those of all fields that fit it.

        A value that is none of those which the schema lists could not be imported again.
        """
        for heading, path in concrete(column.heading, split(column.path or ""), payload):
            if (value := value_at(payload, path)) is None:
                continue
            exact, listed = self._exact(column, heading, path, schema)
            if listed is None or str(value).casefold() in listed:
                yield heading, cell_of(exact, value)
            else:
                yield heading, CellFault(FindingCode.NOT_ALLOWED, str(value))

    def _exact(
        self, column: Column, heading: str, path: Key, schema: Schema
    ) -> tuple[Column, frozenset[str] | None]:
        """Return a column as it is for one field, and the words that it takes; looked for once."""
        one = id(column), heading, path
        if one not in self._columns:
            exact = replace(column, heading=heading, path=join(path))
            if field := self.fields.get(join(path)):
                exact = typed(exact, field)
            self._columns[one] = exact, _listed(schema, join(path))
        return self._columns[one]


def _listed(schema: Schema, path: str) -> frozenset[str] | None:
    """Return the values that the schema lists, without their letter case; None for any."""
    words = (node_at(schema, path) or {}).get("enum")
    return None if words is None else frozenset(str(word).casefold() for word in words)
