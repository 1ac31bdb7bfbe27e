"""Refuses what a field of the target cannot store: a number too large, a text too long."""

from __future__ import annotations

from typing import Any

from importer.field_type import FieldType
from importer.finding_codes import FindingCode
from importer.mapping.conversion.values import Convert, Doubt, Edit, Fault, shown
from importer.model import Cell

_WIDEST = 40
"""How much of a cell a message shows."""


def within(convert: Convert, field: FieldType) -> Convert:
    """Return a converter that takes only what the field can store."""

    def storable(cell: Cell) -> Any:
        value = convert(cell)
        return _fault(cell, _sent(value), field) or value

    return storable


def _fault(cell: Cell, sent: Any, field: FieldType) -> Fault | None:
    if why := field.too_large(sent):
        return Fault(FindingCode.TOO_LARGE, f"`{_short(cell)}` {why}.")
    if why := field.too_long(sent):
        return Fault(FindingCode.TOO_LONG, f"`{_short(cell)}` {why}.")
    return None


def _sent(value: Any) -> Any:
    """Return what of a cell's value would be stored."""
    if isinstance(value, Doubt):
        return value.value
    return value.added if isinstance(value, Edit) else value


def _short(cell: Cell) -> str:
    text = shown(cell)
    return text if len(text) <= _WIDEST else f"{text[:_WIDEST]}…"
