"""Splits a list cell into the items of an `each` rule: texts, JSON objects or groups of texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importer.mapping.conversion.lists import split
from importer.mapping.conversion.scalars import parsed_json
from importer.mapping.conversion.values import Fault, shown, unusable
from importer.model import Cell, CellFault
from importer.template import Each


def items_of(cell: Cell, each: Each) -> Iterator[Any]:
    """Yield the items of a cell, with a Fault in place of an item that cannot be read."""
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
    """Yield the items of one JSON list, else one JSON value for each separated line."""
    whole = parsed_json(text)
    if not isinstance(whole, Fault):
        yield from whole if isinstance(whole, list) else [whole]
        return
    separator = each.separators[0] if each.separators else "\n"
    for line in filter(None, map(str.strip, text.split(separator))):
        yield parsed_json(line)


def part_of(item: Any, part: str) -> Cell:
    """Return the part of an item at a dotted path (numbers are list indices); blank if none."""
    for step in filter(None, part.split(".")):
        if isinstance(item, dict):
            item = item.get(step, "")
        elif isinstance(item, list):
            item = item[int(step)] if step.isdigit() and int(step) < len(item) else ""
        else:
            return ""
    return "" if item is None else item
