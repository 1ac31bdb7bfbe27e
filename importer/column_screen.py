"""Accepts all rows of a chunk by their columns, before payloads are made of them.

The schema of a payload becomes that of a payload of columns: where it says what a value is, each
item of a list is to be so. Only that all rows fit is ever said: which one does not, payloads tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from importer.mapping.columns import kinds_of
from importer.mapping.conversion.values import BLANK
from importer.payload_path import split
from importer.template.paths import referred
from importer.template.patterns import linear

if TYPE_CHECKING:
    from importer.mapping.binding import BoundEntity
    from importer.model import Key
    from importer.template.paths import Schema

Tree = dict[str, Any]
"""The steps of payload paths; at the end of each the numbers of the columns that stand there."""

PAYLOAD, COLUMNS = "urn:payload", "payload-of-columns"
_SAID = {"type", "properties", "required", "additionalProperties", "propertyNames"}
"""What may be said of an object that holds columns: nothing else is true of each row by itself."""
_BLANK, _MADE = type(BLANK), {list, dict}
_NOTES = {"$defs", "$schema", "title", "description", "readOnly", "writeOnly", "default"}


class Screen(Protocol):
    """A compiled schema that only accepts or refuses."""

    def is_valid(self, instance: Any) -> bool:
        """Return whether the instance fits."""
        ...


class ColumnScreen:
    """The screen of what one entity rule makes."""

    def __init__(self, bound: BoundEntity) -> None:
        schema, stated = bound.kind.schema, bound.kind.constants.items()
        constants = {tuple(path.split(".")): value for path, value in stated}
        held = [path for path, value in constants.items() if value == {}]
        values = {path: value for path, value in constants.items() if value != {}}
        paths = [split(column.rule.path or "") for column in bound.columns]
        self._tree = _tree([*paths, *values], held)
        self._constants = [[value] for value in values.values()]
        self._screen = _screen(schema, self._tree) if self._tree else None
        self._needed = list(_needed(schema, schema, self._tree, held)) if self._screen else []

    def fits(self, values: Sequence[list[Any]]) -> bool:
        """Return True only where every row of these columns fits the schema."""
        if self._screen is None:
            return False
        columns = [*values, *self._constants]
        whole = {at for at, column in enumerate(columns) if _BLANK not in kinds_of(column)}
        if any(map(whole.isdisjoint, self._needed)):
            return False
        return self._screen.is_valid(_with(self._tree, list(map(_distinct, columns))))


def _distinct(column: list[Any]) -> list[Any]:
    """Return the values that are not blank; equal cells of lists and objects have one object."""
    kinds = kinds_of(column)
    if _BLANK in kinds:
        column = [value for value in column if value is not BLANK]
    if kinds.isdisjoint(_MADE):
        return column
    return list({id(value): value for value in column}.values())


def _tree(paths: Iterable[Key], held: Iterable[Key]) -> Tree:
    """Return the tree of the paths, empty where one leads through the value of another.

    At those that are `held` each row has an object, whatever is in it.
    """
    tree: Tree = {}
    for number, path in enumerate(paths):
        node = _node(tree, path[:-1])
        end = None if node is None else node.setdefault(path[-1], [])
        if not isinstance(end, list):
            return {}
        end.append(number)
    return {} if None in [_node(tree, path) for path in held] else tree


def _node(tree: Tree, path: Key) -> Tree | None:
    """Return the object at a path, None where a value stands on the way."""
    for step in path:
        below = tree.setdefault(step, {})
        if not isinstance(below, dict):
            return None
        tree = below
    return tree


def _screen(schema: Schema, tree: Tree) -> Screen | None:
    """Return the compiled schema of columns, None where the payload's schema cannot be one."""
    import jsonschema_rs

    columns = _of_columns(schema, schema, tree)
    if columns is None:
        return None
    known = {**schema.get("$defs", {}), COLUMNS: columns}
    payload = {**schema, "$id": PAYLOAD, "$defs": known}
    own = {"$ref": f"{PAYLOAD}#/$defs/{COLUMNS}", "$defs": {"payload": payload}}
    found: Screen = jsonschema_rs.Draft202012Validator(own, pattern_options=linear())
    return found


def _of_columns(schema: Schema, node: Any, tree: Tree) -> Schema | None:
    """Return the schema of an object of columns, None where its rows have to be seen."""
    node = _plain_object(schema, node)
    if node is None or not tree.keys() >= {*node.get("required", ())}:
        return None
    properties = {}
    for step, below in tree.items():
        child = _child(node, step)
        is_value = isinstance(below, list)
        properties[step] = {"items": child} if is_value else _of_columns(schema, child, below)
    if None in properties.values():
        return None
    return {"properties": properties, "propertyNames": node.get("propertyNames", True)}


def _plain_object(schema: Schema, node: Any) -> Schema | None:
    """Return the schema of an object, None where it says more than what its values are."""
    while isinstance(node, dict):
        said = {key for key in node.keys() - _NOTES if not key.startswith("x-")}
        if said == {"$ref"}:
            node = referred(schema, node["$ref"])
        else:
            return node if said <= _SAID and node.get("type") == "object" else None
    return None


def _child(node: Schema, step: str) -> Any:
    """Return what an object says of the value at a step."""
    return node.get("properties", {}).get(step, node.get("additionalProperties", True))


def _needed(
    schema: Schema, node: Any, tree: Tree, held: Collection[Key], above: Key = ()
) -> Iterator[set[int]]:
    """Yield for each required name the columns one of which must have a value in every row."""
    found = _plain_object(schema, node) or {}
    for name in found.get("required", ()):
        if (*above, name) not in held:
            yield set(_numbers(tree[name]))
    for step, below in tree.items():
        if isinstance(below, dict):
            yield from _needed(schema, _child(found, step), below, held, (*above, step))


def _numbers(below: Any) -> Iterator[int]:
    for each in below.values() if isinstance(below, dict) else ():
        yield from _numbers(each)
    if isinstance(below, list):
        yield from below


def _with(tree: Tree, columns: Sequence[list[Any]]) -> dict[str, Any]:
    """Return the tree with all values of its columns."""
    return {
        step: _with(below, columns)
        if isinstance(below, dict)
        else list(chain.from_iterable(columns[number] for number in below))
        for step, below in tree.items()
    }
