"""Writes live payload values as the cells that would import them again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from importer.mapping.conversion.dates import moment_text
from importer.mapping.conversion.lists import quoted
from importer.mapping.conversion.numbers import WHOLE
from importer.model import Cell, CellFault
from importer.read.cells import LONG_NUMBER
from importer.template import Column

LONGEST = 32_767
"""UTF-16 units that a cell of a spreadsheet holds."""

_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cell_of(column: Column, value: Any) -> Cell:
    """Return what a person would write under the column's heading, blank for no value."""
    if value is None:
        return ""
    if column.type == "list":
        return joined((_item(column, one) for one in value), column.separators)
    if column.type == "map":
        pairs = (f"{name}{column.pair}{_text(one)}" for name, one in value.items())
        return joined(pairs, column.separators)
    if column.type == "json":
        return _json(value)
    if column.type == "date":
        return _date(column, value)
    if isinstance(value, bool):
        return value if column.type == "text" and not column.values else _yes_or_no(value)
    return _number(value) if isinstance(value, int | float) else _text(value)


def unfit(cell: Cell) -> str:
    """Return why no cell can hold this, empty if a cell can."""
    if isinstance(cell, CellFault):
        return f"is `{cell.text}`, which the template does not take"
    if not isinstance(cell, str):
        return ""
    if len(cell.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST:
        return "is too long for a cell"
    return "holds a control character" if _UNWRITABLE.search(cell) else ""


def joined(items: Iterable[str], separators: Sequence[str]) -> str:
    """Return items as a list cell; those that would be split are in double quotes."""
    return f"{separators[0]} ".join(quoted(item, separators) for item in items)


def _item(column: Column, value: Any) -> str:
    for step in filter(None, column.item_path.split(".")):
        value = value[step]
    return moment_text(value) if column.unit == "ms" else _text(value)


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def _number(value: float) -> Cell:
    """Return a number; as a text where a reader would take it for one that was rounded."""
    if abs(value) < LONG_NUMBER:
        return value
    whole = int(value)
    return str(whole if whole == value and whole in WHOLE else value)


def _text(value: Any) -> str:
    """Return a value as a text; a list or an object is JSON."""
    return _json(value) if isinstance(value, list | dict) else str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _date(column: Column, value: Any) -> Cell:
    if column.unit != "ms":
        return str(value)
    return moment_text(value)
