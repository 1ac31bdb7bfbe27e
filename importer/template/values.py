"""Checks that the values which a column states itself are such as its field takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from importer.template.columns import Column
from importer.template.locate import Location, Mistake
from importer.template.model import Kind
from importer.template.paths import Schema, node_at, resolve

_TYPES: dict[str, tuple[str, tuple[type, ...]]] = {
    "string": ("text", (str,)),
    "number": ("a number", (int, float)),
    "integer": ("a whole number", (int,)),
    "boolean": ("true or false", (bool,)),
    "array": ("a list", (list,)),
    "object": ("a table", (dict,)),
}
"""The types of a schema, each with its name in messages and the types of Python that it takes."""


def unfit_values(kind: Kind, column: Column, location: Location) -> Iterator[Mistake]:
    """Yield a mistake for each value of `values`, `default` or `constant` of another type."""
    node = None if column.path is None else node_at(kind.schema, column.path)
    if node is None:
        return
    item = _item(kind.schema, node, column.item_path) if column.type == "list" else node
    stated = [("values", value, item) for value in column.values.values()]
    stated += [(key, getattr(column, key), node) for key in ("default", "constant")]
    for key, value, of in stated:
        if value is not None and not _fits(value, of):
            yield (*location, key), _words(value, of)


def _item(schema: Schema, node: Schema, path: str) -> Schema:
    """Return the sub-schema of what an item of a list states."""
    items = resolve(schema, node.get("items", {}))
    inside = {**items, "$defs": schema.get("$defs", {})}
    return (node_at(inside, path) or {}) if path else items


def _types(node: Schema) -> list[str]:
    types = node.get("type", [])
    return [types] if isinstance(types, str) else types


def _fits(value: Any, node: Schema) -> bool:
    """Return whether a sub-schema takes the type of a value; without a type it takes any."""
    known = [_TYPES[name][1] for name in _types(node) if name in _TYPES]
    if isinstance(value, bool):
        return not known or (bool,) in known
    return not known or any(isinstance(value, types) for types in known)


def _words(value: Any, node: Schema) -> str:
    shown = value if isinstance(value, str) else json.dumps(value, default=str)
    wanted = " or ".join(_TYPES[name][0] for name in _types(node) if name in _TYPES)
    hint = f': write "{shown}"' if wanted == "text" and not isinstance(value, (list, dict)) else ""
    return f"`{shown}` is not {wanted}{hint}."
