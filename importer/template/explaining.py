"""The validator that explains what a schema refuses; it fetches nothing and no pattern hangs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from importer.template.paths import Schema
from importer.template.patterns import screen


def explaining_validator(schema: Schema) -> Any:
    """Return jsonschema's validator of a schema, with the patterns of the fast one."""
    from referencing import Registry

    return _validator_class()(schema, registry=Registry())


@cache
def _validator_class() -> Any:
    from jsonschema.validators import Draft202012Validator, extend

    plain = Draft202012Validator.VALIDATORS["additionalProperties"]

    def additional(validator: Any, extra: Any, value: Any, schema: Schema) -> Iterator[Any]:
        if isinstance(value, dict) and (patterns := schema.get("patternProperties")):
            value = {key: at for key, at in value.items() if not _fits_any(patterns, key)}
            schema = {key: at for key, at in schema.items() if key != "patternProperties"}
        yield from plain(validator, extra, value, schema)

    own = {
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": additional,
    }
    return extend(Draft202012Validator, own)  # type: ignore[no-untyped-call]


def _fits_any(patterns: Schema, key: str) -> bool:
    return any(screen(pattern).is_valid(key) for pattern in patterns)


def _pattern(_: Any, pattern: str, value: Any, __: Schema) -> Iterator[Any]:
    from jsonschema import ValidationError

    if isinstance(value, str) and not screen(pattern).is_valid(value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _pattern_properties(validator: Any, patterns: Schema, value: Any, _: Schema) -> Iterator[Any]:
    if not isinstance(value, dict):
        return
    for pattern, inner in patterns.items():
        for key in filter(screen(pattern).is_valid, value):
            yield from validator.descend(value[key], inner, path=key, schema_path=pattern)
