"""The sub-schemas that payload paths (`attributes.name`) lead to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from importer.payload_path import split

Schema = dict[str, Any]


def node_at(schema: Schema, path: str) -> Schema | None:
    """Return the sub-schema at a payload path, None if the schema does not allow that path.

    A step into an object with `additionalProperties` leads to their schema.
    """
    node = schema
    for step in split(path):
        child = _child(schema, resolve(schema, node), step)
        if child is None:
            return None
        node = child
    return resolve(schema, node)


def resolve(schema: Schema, node: Schema) -> Schema:
    """Return a sub-schema with its `$ref`, into the same document, resolved."""
    while "$ref" in node:
        target = referred(schema, node["$ref"])
        node = {**_as_object(target), **{key: at for key, at in node.items() if key != "$ref"}}
    return node


def referred(schema: Schema, reference: str) -> Any:
    """Return what a `$ref` like `#/$defs/point` leads to, None where there is nothing."""
    found: Any = schema
    for step in unquote(reference).split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, list) and key.isdecimal() and int(key) < len(found):
            found = found[int(key)]
        elif isinstance(found, dict) and key in found:
            found = found[key]
        else:
            return None
    return found


def _child(schema: Schema, node: Schema, step: str) -> Schema | None:
    properties = node.get("properties", {})
    if step in properties:
        return None if properties[step] is False else dict(_as_object(properties[step]))
    extra = node.get("additionalProperties", True)
    if extra is False or node.get("type", "object") != "object":
        return None
    return resolve(schema, extra) if isinstance(extra, dict) else {}


def _as_object(node: Any) -> Schema:
    """Return a sub-schema as an object: `true` takes all, as `{}` does."""
    return node if isinstance(node, dict) else {} if node is True else {"not": {}}


def leaves(schema: Schema, node: Schema | None = None, prefix: str = "") -> Iterator[str]:
    """Yield every payload path the schema names, depth first."""
    resolved = resolve(schema, schema if node is None else node)
    for name, child in resolved.get("properties", {}).items():
        path = f"{prefix}{name}"
        yield path
        yield from leaves(schema, _as_object(child), f"{path}.")
