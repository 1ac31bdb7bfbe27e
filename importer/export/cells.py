"""Writes live payload values as the cells that would import them again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from importer.mapping.dates import moment_text
from importer.mapping.lists import quoted
from importer.model import Cell, CellFault
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
        pairs = (f"{name}{column.pair}{text}" for name, text in value.items())
        return joined(pairs, column.separators)
    if column.type == "json":
        return json.dumps(value, ensure_ascii=False)
    if column.type == "date":
        return _date(column, value)
    if isinstance(value, bool) and (column.type != "text" or column.values):
        return "yes" if value else "no"
    return value if isinstance(value, int | float) else str(value)


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
    return moment_text(value) if column.unit == "ms" else str(value)


def _date(column: Column, value: Any) -> Cell:
    if column.unit != "ms":
        return str(value)
    return moment_text(value)
