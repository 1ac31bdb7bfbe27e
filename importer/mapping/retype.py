"""Gives columns of custom metadata the types that the target's own definitions say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundColumn, BoundSheet
from importer.mapping.converters import converter
from importer.mapping.survey import ColumnTexts
from importer.mapping.values import BLANK, Convert, Fault
from importer.model import Cell, FieldType
from importer.template import Column, Kind


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
