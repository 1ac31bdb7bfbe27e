"""One list cell in, its items out: texts, JSON objects or groups of neighbours, and their parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importer.mapping.lists import split
from importer.mapping.scalars import parsed_json
from importer.mapping.values import Fault, shown, unusable
from importer.model import Cell, CellFault
from importer.template import Each


def items_of(cell: Cell, each: Each) -> Iterator[Any]:
    """The items of a cell, or a Fault in place of one that cannot be read."""
    if isinstance(cell, CellFault):
        yield unusable(cell)
        return
    if each.type == "json":
        yield from _objects(shown(cell), each)
        return
    items = split(shown(cell), each.separators)
    if each.type == "text":
        yield from items
        return
    for start in range(0, len(items), each.size):
        yield items[start : start + each.size]


def _objects(text: str, each: Each) -> Iterator[Any]:
    """One JSON value (a list gives its items), else one value between two separators."""
    whole = parsed_json(text)
    if not isinstance(whole, Fault):
        yield from whole if isinstance(whole, list) else [whole]
        return
    separator = each.separators[0] if each.separators else "\n"
    for line in filter(None, map(str.strip, text.split(separator))):
        yield parsed_json(line)


def part_of(item: Any, part: str) -> Cell:
    """The piece of an item at a dotted path (a number counts list elements); blank if absent."""
    for step in filter(None, part.split(".")):
        if isinstance(item, dict):
            item = item.get(step, "")
        elif isinstance(item, list):
            item = item[int(step)] if step.isdigit() and int(step) < len(item) else ""
        else:
            return ""
    return "" if item is None else item
