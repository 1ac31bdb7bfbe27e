"""Derives the facts of Trebellar's OpenAPI that our schemas must match: paths, types, enums.

Run `python tests/template/shipped/derive_contract.py bulk.openapi.yaml > trebellar_contract.json`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

Node = dict[str, Any]


def main(path: str) -> None:
    """Write the facts of the OpenAPI document at `path` to standard output."""
    import yaml

    document = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    json.dump(contract(document), sys.stdout, indent=1, sort_keys=True)
    sys.stdout.write("\n")


def contract(document: Node) -> Node:
    """Facts of every asset type and of every operation, by the word in its `type`."""
    schemas = document["components"]["schemas"]
    return {
        "assets": _alternatives(document, schemas["AssetInput"]),
        "operations": _alternatives(document, schemas["AssetOperations"]),
    }


def _alternatives(document: Node, node: Node) -> Node:
    found = {}
    for alternative in node["oneOf"]:
        facts = properties(document, alternative, stop=("asset", "children"))
        found[facts["type"]["enum"][0]] = facts
    return found


def properties(document: Node, node: Node, prefix: str = "", stop: tuple[str, ...] = ()) -> Node:
    """Dotted path -> types, enum and whether it is required; `[]` steps into a list's items."""
    node = resolved(document, node)
    found: Node = {}
    for name, child in node.get("properties", {}).items():
        fact = _fact(resolved(document, child), document)
        fact["required"] = name in node.get("required", ())
        found[prefix + name] = fact
        if name not in stop:
            found |= properties(document, child, f"{prefix}{name}.", stop)
    if "items" in node:
        here = prefix.removesuffix(".") + "[]"
        found[here] = {**_fact(resolved(document, node["items"]), document), "required": False}
        found |= properties(document, node["items"], f"{here}.", stop)
    return found


def resolved(document: Node, node: Node) -> Node:
    """The node itself, or what its `$ref` leads to."""
    while "$ref" in node:
        target: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


def _fact(node: Node, document: Node) -> Node:
    fact: Node = {"types": sorted(_types(node, document))}
    if "enum" in node:
        fact["enum"] = node["enum"]
    return fact


def _types(node: Node, document: Node) -> set[str]:
    if "oneOf" not in node:
        return {_shape(node, document)}
    return {_shape(resolved(document, one), document) for one in node["oneOf"]}


def _shape(node: Node, document: Node) -> str:
    """`number`, or for a list of lists of numbers `array of array of number`."""
    if node.get("type") == "array" and "items" in node:
        inner = resolved(document, node["items"])
        if inner.get("type") in ("number", "array"):
            return f"array of {_shape(inner, document)}"
    return str(node.get("type", "any"))


if __name__ == "__main__":
    main(*sys.argv[1:])
