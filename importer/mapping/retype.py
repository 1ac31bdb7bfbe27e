"""Gives columns of custom metadata the types that the target's own definitions say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundColumn, BoundSheet
from importer.mapping.converters import converter
from importer.mapping.survey import ColumnTexts
from importer.mapping.values import BLANK, Convert, Fault
from importer.model import Cell, FieldType
from importer.template import Column, Kind, SheetRule
from importer.template.blank import OwnColumn
from importer.template.paths import split

NOTES = {
    "boolean": "yes or no",
    "integer": "a whole number",
    "number": "a number",
    "date": "a date",
}
"""What stands under a heading of custom metadata, by its type; otherwise a text."""


def retype(sheets: Sequence[BoundSheet], fields: Mapping[str, FieldType]) -> None:
    """Let the columns of these fields (by payload path) be read by their types.

    Columns that the template itself gives a type keep it.
    """
    for sheet in sheets if fields else ():
        for entity in sheet.entities:
            entity.columns[:] = [
                _retyped(sheet, entity.kind, column, field)
                if column.rule.type == "text" and (field := fields.get(column.rule.path or ""))
                else column
                for column in entity.columns
            ]


def typed(column: Column, field: FieldType) -> Column:
    """Return a column as the definition of its field has it."""
    unit = "ms" if field.type == "date" else ""
    if field.many:
        return replace(column, type="list", item=field.type, unit=unit)
    return replace(column, type=field.type, unit=unit)


def own_columns(
    sheet: SheetRule, fields: Mapping[str, FieldType]
) -> Iterator[tuple[str, FieldType, OwnColumn]]:
    """Yield a column for each of these fields that a pattern of a sheet, like `*::*`, stands for.

    With it come the kind of entity that has the field, and the field itself.
    """
    for entity in sheet.entities:
        for pattern in (one for one in entity.columns if "*" in one.heading and one.offered):
            for path, field in sorted(fields.items()):
                if heading := _heading(pattern, path):
                    rule = replace(pattern, heading=heading, path=path, aliases=(), example="")
                    rule = replace(typed(rule, field), note=_note(field))
                    yield entity.kind, field, OwnColumn(rule, field.options)


def _heading(pattern: Column, path: str) -> str:
    """Return the heading by which a pattern stands for a path, empty where it does not."""
    wild, steps = split(pattern.path or ""), split(path)
    if len(wild) != len(steps):
        return ""
    pairs = list(zip(wild, steps, strict=True))
    heading = pattern.heading
    for one, step in pairs:
        if one == "*":
            heading = heading.replace("*", step, 1)
    return heading if all(one in ("*", step) for one, step in pairs) else ""


def _note(field: FieldType) -> str:
    """Return what a person must know to fill a column of custom metadata."""
    words = NOTES.get(field.type, "a text")
    if field.many:
        return f"Custom metadata: one or several items, one a line or parted by ; ({words} each)."
    return f"Custom metadata: {words}."


def _retyped(sheet: BoundSheet, kind: Kind, column: BoundColumn, field: FieldType) -> BoundColumn:
    rule = typed(column.rule, field)
    node: dict[str, Any] = {"enum": list(field.options)} if field.options else {}
    if field.many:
        node = {"items": node, "uniqueItems": True}
    texts = ColumnTexts(sheet.survey, column.sources[0] if len(column.sources) == 1 else None)
    convert = converter(rule, node, sheet.clear, texts)
    if kind.type in field.refused_on:
        convert = _refusing(convert, f"The target has no {rule.heading} on a {kind.word}.")
    return BoundColumn(rule, column.sources, convert)


def _refusing(convert: Convert, words: str) -> Convert:
    """Return a converter that takes blank cells only."""

    def refuse(cell: Cell) -> Any:
        value = convert(cell)
        return value if value is BLANK else Fault(FindingCode.NOT_ALLOWED, words)

    return refuse
