"""Checks that a schema refers to nothing outside itself, is finite, and cannot hang a check.

A template may come from a stranger: what its schema asks for must be in the file itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importer.template.paths import Schema, referred
from importer.template.patterns import PatternError, compiled, linear, screen

DRAFT = "https://json-schema.org/draft/2020-12/schema"
MAX_DEPTH = 60
MAX_PARTS = 20_000
"""How many sub-schemas a schema may have, each counted as often as it is referred to."""

ONE = frozenset({
    "additionalProperties", "contains", "contentSchema", "else", "if", "items", "not",
    "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties",
})  # fmt: skip
LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
NAMED = frozenset({
    "$defs", "definitions", "dependentSchemas", "patternProperties", "properties",
})  # fmt: skip
"""The keywords of sub-schemas (JSON Schema Core, section 10)."""

ELSEWHERE = ("$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveAnchor", "$recursiveRef")

At = tuple[str, ...]


class SchemaError(ValueError):
    """A schema is not one that is read; it has a location and words."""

    def __init__(self, at: At, words: str) -> None:
        super().__init__(words)
        self.where = ".".join(at) or "file"


def nests_deeply(value: Any) -> bool:
    """Return whether a JSON value has more levels than a schema may have; it does not recurse."""
    level = [value]
    for _ in range(2 * MAX_DEPTH):
        inner = [part for node in level if isinstance(node, (dict, list)) for part in _parts(node)]
        if not inner:
            return False
        level = inner
    return True


def _parts(node: dict[str, Any] | list[Any]) -> list[Any]:
    return list(node.values()) if isinstance(node, dict) else node


def demand_2020_12(schema: Any) -> None:
    """Raise SchemaError where a JSON value is no schema of the kind that is read."""
    if not isinstance(schema, dict):
        raise SchemaError((), "not a JSON Schema: it is no object")
    named = schema.get("$schema", DRAFT)
    if not isinstance(named, str) or named.rstrip("#") != DRAFT:
        words = f"`$schema` is {named!r}, and only {DRAFT} is read: nothing is fetched"
        raise SchemaError(("$schema",), words)


def demand_local(schema: Schema) -> None:
    """Raise SchemaError where a valid schema reaches out, never ends or has an unfit pattern."""
    walk = _Walk(schema)
    walk.measure(schema, ())
    if walk.keywords >= {"unevaluatedProperties", "patternProperties"}:
        words = "a schema has `unevaluatedProperties` or `patternProperties`, and not both"
        raise SchemaError((), words)
    _demand_that_it_compiles(schema)


class _Walk:
    """A walk through a schema along its references, each sub-schema once.

    `_known` holds the size and the height of what was seen, `_open` what is being looked at.
    """

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._known: dict[int, tuple[int, int]] = {}
        self._open: set[int] = set()
        self.keywords: set[str] = set()

    def measure(self, node: Any, at: At, depth: int = 0) -> tuple[int, int]:
        """Return how many parts a sub-schema has with all that it refers to, and its height."""
        if not isinstance(node, dict):
            return 1, 1
        if id(node) in self._open:
            raise SchemaError(at, "the schema refers to itself, and must end somewhere")
        if id(node) not in self._known:
            self._demand_depth(at, depth)
            self._open.add(id(node))
            self._known[id(node)] = self._sum(node, at, depth)
            self._open.remove(id(node))
        size, height = self._known[id(node)]
        self._demand_depth(at, depth + height)
        if size > MAX_PARTS:
            words = f"the schema has over {MAX_PARTS:,} parts with all that it refers to"
            raise SchemaError(at[:3], words)
        return size, height

    def _demand_depth(self, at: At, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise SchemaError(at[:3], f"the schema has more than {MAX_DEPTH} levels")

    def _sum(self, node: Schema, at: At, depth: int) -> tuple[int, int]:
        self.keywords |= node.keys()
        _demand_known(node, at)
        _demand_patterns(node, at)
        inner = [self.measure(part, step, depth + 1) for part, step in self._below(node, at)]
        return 1 + sum(size for size, _ in inner), 1 + max((h for _, h in inner), default=0)

    def _below(self, node: Schema, at: At) -> Iterator[tuple[Any, At]]:
        for key, value in node.items():
            if key in ONE:
                yield value, (*at, key)
            elif key in LISTS and isinstance(value, list):
                yield from ((part, (*at, key, str(no))) for no, part in enumerate(value))
            elif key in NAMED and isinstance(value, dict):
                yield from ((part, (*at, key, name)) for name, part in value.items())
        if "$ref" in node:
            yield self._target(node["$ref"], (*at, "$ref")), (*at, "$ref")

    def _target(self, reference: Any, at: At) -> Any:
        if not isinstance(reference, str) or not (reference == "#" or reference[:2] == "#/"):
            words = "a `$ref` leads into the same file, like `#/$defs/name`: nothing is fetched"
            raise SchemaError(at, f"`{reference}` leads out of the schema; {words}")
        target = referred(self._schema, reference)
        if not isinstance(target, (dict, bool)):
            raise SchemaError(at, f"there is no schema at `{reference}`")
        return target


def _demand_known(node: Schema, at: At) -> None:
    """Refuse what gives a part of the schema another address or another meaning."""
    elsewhere = [key for key in ELSEWHERE if key in node]
    if at:
        elsewhere += [key for key in ("$id", "$schema") if key in node]
    if elsewhere:
        words = f"`{elsewhere[0]}` is not read here: name a part with `$defs`, use it with `$ref`"
        raise SchemaError((*at, elsewhere[0]), words)


def _demand_patterns(node: Schema, at: At) -> None:
    """Refuse patterns that are not of RE2's language."""
    patterns = [node["pattern"]] if "pattern" in node else []
    patterns += node.get("patternProperties", ())
    for pattern in patterns:
        try:
            compiled(pattern)
            screen(pattern)
        except PatternError as problem:
            key = "pattern" if "pattern" in node else "patternProperties"
            raise SchemaError((*at, key), str(problem)) from None


def _demand_that_it_compiles(schema: Schema) -> None:
    import jsonschema_rs

    try:
        jsonschema_rs.Draft202012Validator(schema, pattern_options=linear())
    except ValueError as problem:
        raise SchemaError((), str(problem).partition("\n")[0]) from None
