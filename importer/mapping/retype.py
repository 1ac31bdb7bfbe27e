"""Gives columns of custom metadata the types that the target's own definitions say."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from importer.field_type import FieldType
from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundColumn, BoundSheet
from importer.mapping.conversion.converters import converter
from importer.mapping.conversion.lists import quoted
from importer.mapping.conversion.survey import ColumnTexts
from importer.mapping.conversion.values import BLANK, Convert, Fault
from importer.mapping.field_limits import within
from importer.mapping.header import filled_in
from importer.mapping.known_owners import read_by_owners
from importer.model import Cell
from importer.payload_path import split
from importer.template import Column, Kind, SheetRule

if TYPE_CHECKING:
    from importer.template.blank import OwnColumn

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
            read_by_owners(entity, sheet.header, fields)
            entity.columns[:] = [
                _limited(sheet, entity.kind, column, field)
                if (field := fields.get(column.rule.path or ""))
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
    from importer.template.blank import OwnColumn

    for entity in sheet.entities:
        for pattern in (one for one in entity.columns if "*" in one.heading and one.offered):
            for path, field in sorted(fields.items()):
                if heading := _heading(pattern, path):
                    rule = replace(pattern, heading=heading, path=path, aliases=(), example="")
                    rule = replace(typed(rule, field), note=_note(field))
                    yield entity.kind, field, OwnColumn(rule, _words(rule, field))


def _words(rule: Column, field: FieldType) -> tuple[str, ...]:
    """Return the values of a field as a cell of its column must have them."""
    if not field.many:
        return field.options
    return tuple(quoted(word, rule.separators) for word in field.options)


def _heading(pattern: Column, path: str) -> str:
    """Return the heading by which a pattern stands for a path, empty where it does not."""
    wild, steps = split(pattern.path or ""), split(path)
    if len(wild) != len(steps):
        return ""
    pairs = list(zip(wild, steps, strict=True))
    heading = filled_in(pattern.heading, (step for one, step in pairs if one == "*"))
    return heading if all(one in ("*", step) for one, step in pairs) else ""


def _note(field: FieldType) -> str:
    """Return what a person must know to fill a column of custom metadata."""
    words = NOTES.get(field.type, "a text")
    if field.many:
        return f"Custom metadata: one or several items, one a line or parted by ; ({words} each)."
    return f"Custom metadata: {words}."


def _limited(sheet: BoundSheet, kind: Kind, column: BoundColumn, field: FieldType) -> BoundColumn:
    """Return a column that takes only what its field can store."""
    read = _retyped(sheet, kind, column, field) if column.rule.type == "text" else column
    if not field.limited:
        return read
    return replace(read, convert=within(read.convert, field), plain=False)


def _retyped(sheet: BoundSheet, kind: Kind, column: BoundColumn, field: FieldType) -> BoundColumn:
    rule = typed(column.rule, field)
    node: dict[str, Any] = {"enum": list(field.options)} if field.options else {}
    if field.many:
        node = {"items": node, "uniqueItems": True}
    texts = ColumnTexts(sheet.survey, column.sources[0] if len(column.sources) == 1 else None)
    convert = converter(rule, node, sheet.clear, texts)
    if field.single:
        convert = _in_single_precision(convert)
    if kind.type in field.refused_on:
        convert = _refusing(convert, f"The target has no {rule.heading} on a {kind.word}.")
    return BoundColumn(rule, column.sources, convert, pieces=column.pieces)


def _in_single_precision(convert: Convert) -> Convert:
    """Return a converter to the numbers that the target will hold, so that they stay unchanged."""

    def rounded(cell: Cell) -> Any:
        value = convert(cell)
        return list(map(as_single, value)) if isinstance(value, list) else as_single(value)

    return rounded


def as_single(value: Any) -> Any:
    """Return a number as single precision holds it, in its fewest digits: 1/3 -> 0.33333334."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    try:
        stored = struct.pack("<f", value)
    except OverflowError:
        return value
    [exact] = struct.unpack("<f", stored)
    shorter = (float(f"{exact:.{digits}g}") for digits in range(1, 10))
    found = next(one for one in shorter if struct.pack("<f", one) == stored)
    return int(found) if isinstance(value, int) else found


def _refusing(convert: Convert, words: str) -> Convert:
    """Return a converter that takes blank cells only."""

    def refuse(cell: Cell) -> Any:
        value = convert(cell)
        return value if value is BLANK else Fault(FindingCode.NOT_ALLOWED, words)

    return refuse
