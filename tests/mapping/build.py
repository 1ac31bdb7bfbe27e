"""Builds templates from texts and sheets from literal rows, and maps them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from importer.mapping import Binder, BoundSheet, Entity, MappedChunk, SheetMapper
from importer.mapping.recognition.recognise import match_sheet
from importer.model import Cell, Finding, Severity
from importer.order import Registry
from importer.pipeline.steps.intake import Intake, NullSink, Source
from importer.read import Chunk, InputSheet
from importer.template import Template, load

FILE = "things.xlsx"
TEXT = {"type": "string"}
OPEN = {"type": "object"}
Line = Sequence[Cell]
THINGS = """
[kinds.thing]
key = ["name"]
[[sheets]]
name = "Things"
[[sheets.entities]]
kind = "thing"
"""
"""The beginning of a mapping: a sheet of things, known by their names; its columns follow."""


class Rows(InputSheet):
    """A sheet of literal rows; element 0 is spreadsheet row 1."""

    def __init__(self, name: str, rows: Sequence[Line]) -> None:
        super().__init__(name)
        self._rows = rows

    @property
    def hidden_rows(self) -> int:
        return 0

    def parsed(self) -> Iterator[list[Cell]]:
        return (list(row) for row in self._rows)


def template(folder: Path, mapping: str, **schemas: dict[str, Any]) -> Template:
    """Write a template folder and load it; a kind without a schema takes any object."""
    folder.mkdir(exist_ok=True)
    head = 'title = "Things"\nsystem = "sandbox"\n'
    (folder / "mapping.toml").write_text(head + mapping, encoding="utf-8")
    for kind, schema in schemas.items():
        (folder / f"{kind}.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    return load(folder)


def bound(made: Template, rows: Sequence[Line], name: str = "Things") -> BoundSheet:
    """The sheet, recognised and bound to its rule."""
    match = match_sheet(made, name, [list(row) for row in rows])
    assert match is not None, "the sheet follows no rule"
    return Binder(made).bind(FILE, name, match.rule, match.header)


def mapped(made: Template, rows: Sequence[Line], name: str = "Things") -> MappedChunk:
    """All rows below the headings, mapped in one chunk; findings on headings come first."""
    sheet = bound(made, rows, name)
    first = sheet.header.row
    found = SheetMapper(sheet).map(Chunk(first + 1, [list(row) for row in rows[first:]]))
    found.findings[:0] = sheet.findings
    return found


def taken(made: Template, *sheets: Rows, sink: Any = None) -> Intake:
    """Sheets read, mapped and checked."""
    found = opened(made, *sheets)
    found.read(sink or NullSink())
    return found


def opened(made: Template, *sheets: Rows) -> Intake:
    """Sheets recognised and bound, not read yet."""
    binder = Binder(made)
    found = Intake([], made, [], [])
    for sheet in sheets:
        match = match_sheet(made, sheet.name, sheet.head())
        assert match is not None, f"the sheet {sheet.name} follows no rule"
        bound_sheet = binder.bind(FILE, sheet.name, match.rule, match.header)
        found.sources.append(Source(bound_sheet, sheet))
    return found


class Entities:
    """A sink that keeps the entities."""

    looks_at_payloads = True

    def __init__(self) -> None:
        self.kept: list[Entity] = []
        self.counted: list[tuple[int, int]] = []
        self.left_out: list[tuple[int, int]] = []
        self.stated: dict[int, list[tuple[int, int]]] = {}

    def rows(self, sheet: BoundSheet, rows: Sequence[int]) -> None:
        self.counted += [(sheet.no, row) for row in rows]

    def skipped(self, sheet: BoundSheet, rows: Sequence[int]) -> None:
        self.left_out += [(sheet.no, row) for row in rows]

    def entities(self, registry: Registry, entities: Sequence[Entity]) -> None:
        self.kept += map(copy.copy, entities)

    def merged(self, entity: Entity, rows: Sequence[tuple[int, int]]) -> None:
        self.stated[entity.seq] = list(rows)


def reported(findings: Sequence[Finding]) -> list[tuple[str, str | None]]:
    """Code and cell of each error and warning, in the order of the cells."""
    loud = [f for f in findings if f.severity is not Severity.INFO]
    places = [(f.place.row, f.place.column, f.code, f.place.cell) for f in loud]
    return [(code, cell) for _, _, code, cell in sorted(places, key=lambda p: p[:3])]


def only(findings: Sequence[Finding]) -> Finding:
    """The one finding there is."""
    assert len(findings) == 1, [f.message for f in findings]
    return findings[0]
