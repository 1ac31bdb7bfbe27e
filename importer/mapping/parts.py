"""One list cell in, its items out: texts, JSON objects or groups of neighbours, and their parts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from importer.mapping.convert import Fault, shown, split
from importer.model import Cell, CellFault
from importer.template import Each


def items_of(cell: Cell, each: Each) -> Iterator[Any]:
    """The items of a cell, or a Fault in place of one that cannot be read."""
    if isinstance(cell, CellFault):
        yield Fault(cell.code, f"The cell holds {cell.text}.")
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
    whole = text.strip()
    if whole.startswith("["):
        found = _json(whole)
        yield from found if isinstance(found, list) else [found]
        return
    for line in filter(
        None, map(str.strip, whole.split(each.separators[0] if each.separators else "\n"))
    ):
        yield _json(line)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        return Fault("not_json", f"The text is not JSON: {error}.")


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
