"""A template and a target in, every live entity as a row of its sheet out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from importer.export.cells import cell_of, unfit
from importer.export.references import cells_of, fits
from importer.model import Cell, Key
from importer.order import LiveIndex
from importer.plan.diff import value_at
from importer.plan.headings import concrete
from importer.targets.protocol import LiveEntity, Query, Target
from importer.template import Column, EntityRule, SheetRule, Template
from importer.template.paths import join, split

Row = dict[str, Cell]
"""Heading -> cell."""


@dataclass(slots=True)
class Filled:
    """Sheet -> its rows, in the order of their keys; `left_blank` tells of cells that cannot be."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    left_blank: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(map(len, self.rows.values()))


def filled(template: Template, target: Target, assets: Sequence[tuple[str, str]] = ()) -> Filled:
    """The live state as rows. Of what only exists elsewhere, that named in `assets` (type, name).

    Raises TargetUnreachable or CredentialsRefused.
    """
    state = _State(template, LiveIndex(template))
    for live in target.fetch(_all(template, assets)):
        state.add(live)
    found = Filled()
    for sheet in template.sheets:
        rule = _main(sheet)
        if sheet.header and rule is not None:
            rows = ((live, state.key(live)) for live in state.of_kind(rule.kind))
            found.rows[sheet.name] = [
                state.row(sheet, rule, live, key) for live, key in sorted(rows, key=_by_key)
            ]
            found.left_blank += _blanked(sheet.name, found.rows[sheet.name])
    return found


def _blanked(sheet: str, rows: Sequence[Row]) -> Iterator[str]:
    """Blank what no cell can hold, since a blank cell leaves what is there alone; tell of each."""
    for number, row in enumerate(rows, 2):
        for heading, cell in row.items():
            if why := unfit(cell):
                row[heading] = ""
                yield f"{sheet} row {number}: {heading} {why}, and was left blank."


def _by_key(row: tuple[LiveEntity, Key]) -> Key:
    return row[1]


def _main(sheet: SheetRule) -> EntityRule | None:
    """The rule by which each row of a sheet is an entity of its own."""
    return next((rule for rule in sheet.entities if not rule.creates and not rule.each), None)


def _all(template: Template, assets: Sequence[tuple[str, str]]) -> Query:
    """Everything of the template's types, with all that its columns can say."""
    wanted = Query(whole=True)
    wanted.keys = {kind.type: set() for kind in template.kinds.values() if kind.type}
    for type_name, name in assets:
        wanted.identities.setdefault(type_name, set()).add(name)
    wanted.paths = {
        column.path
        for sheet in template.sheets
        for rule in sheet.entities
        for column in rule.columns
        if column.path
    }
    return wanted


@dataclass(slots=True)
class _State:
    """All that is live, by kind; `hung` are entities that hang from another, by its id and kind."""

    template: Template
    directory: LiveIndex
    _kinds: defaultdict[str, list[LiveEntity]] = field(default_factory=lambda: defaultdict(list))
    _hung: dict[tuple[str, str], LiveEntity] = field(default_factory=dict)

    def add(self, live: LiveEntity) -> None:
        kind = self.template.kind_of(live.type)
        self.directory.add(live)
        if kind is None or live.archived:
            return
        self._kinds[kind.name].append(live)
        for refs in live.relations.values():
            for ref in refs:
                self._hung.setdefault((ref.id, kind.name), live)

    def of_kind(self, kind: str) -> list[LiveEntity]:
        return self._kinds[kind]

    def key(self, live: LiveEntity) -> Key:
        return self.directory.names[live.id][1]

    def row(self, sheet: SheetRule, rule: EntityRule, live: LiveEntity, key: Key) -> Row:
        row: Row = {heading: "" for heading in sheet.columns if "*" not in heading}
        row.update(self._named(rule, live, key))
        row.update(_said(rule, live))
        for beside in sheet.entities:
            if beside is not rule and beside.when and not beside.each:
                other = self._hung.get((live.id, beside.kind))
                row.update(_said(beside, other) if other else {})
        return row

    def _named(self, rule: EntityRule, live: LiveEntity, key: Key) -> Row:
        """What the row refers to: for each path the first rule that can name all of it.

        Where something cannot be named the cell stays blank: a list without it would take it away.
        """
        row: Row = {}
        for path in dict.fromkeys(reference.path for reference in rule.references):
            refs = live.relations.get(path, ())
            named = [self.directory.names[ref.id] for ref in refs if ref.id in self.directory.names]
            for reference in (one for one in rule.references if one.path == path):
                if len(named) == len(refs) and all(fits(reference, *one) for one in named):
                    row.update(cells_of(reference, [one for _, one in named], key))
                    break
        return row


def _said(rule: EntityRule, live: LiveEntity) -> Row:
    """What the entity's own fields say, each under its heading."""
    row: Row = {}
    for column in rule.columns:
        if column.type == "id" and column.heading:
            row[column.heading] = live.id
        elif column.path and column.heading:
            row.update(dict(_cells(column, live.payload)))
    return row


def _cells(column: Column, payload: dict[str, Any]) -> Iterator[tuple[str, Cell]]:
    """A column's heading and cell; of one with wildcards those of all that is there."""
    for heading, path in concrete(column.heading, split(column.path or ""), payload):
        value = value_at(payload, path)
        exact = replace(column, heading=heading, path=join(path))
        if value is not None:
            yield heading, cell_of(exact, value)
