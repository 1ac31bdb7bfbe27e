"""Texts and the values they stand for, where a field takes values of several types.

A target may hold a number, a truth value or a text there, and a cell is read the same way whatever
is live. So a text that says what is live already is no change, and a change keeps the live type.
"""

from __future__ import annotations

import re
from decimal import Decimal
from math import isfinite
from typing import Any

from importer.mapping.numbers import LONGEST, WHOLE
from importer.mapping.scalars import SCALARS
from importer.plan.equality import equal
from importer.template.paths import Schema, node_at

ALTERNATIVES = ("oneOf", "anyOf")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


def same_in_words(one: Any, other: Any, schema: Schema, path: str) -> bool:
    """Whether one value is a text that says what the other value is."""
    if isinstance(one, str) == isinstance(other, str):
        return False
    text, value = (one, other) if isinstance(one, str) else (other, one)
    return equal(as_live(text, value, schema, path), value)


def as_live(text: Any, live: Any, schema: Schema, path: str) -> Any:
    """Return what a text says as a value of the type that is live; the text where it says none."""
    name = _type_name(live)
    if not isinstance(text, str) or not name or not {name, "string"} <= _types(schema, path):
        return text
    read = SCALARS["boolean"](text) if name == "boolean" else _number(text)
    return read if isinstance(read, bool | int | float) else text


def _type_name(value: Any) -> str:
    """Return the JSON name of the type of a truth value or a number, empty for any other."""
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else ""


def _types(schema: Schema, path: str) -> set[str]:
    """Return the JSON types that a schema names for a path."""
    node = node_at(schema, path) or {}
    nodes = [node, *(one for name in ALTERNATIVES for one in node.get(name, ()))]
    named = (one.get("type", ()) for one in nodes if isinstance(one, dict))
    return {name for one in named for name in ([one] if isinstance(one, str) else one)}


def _number(text: str) -> float | None:
    """Return the number that a text is, None where it is none or would lose digits as one."""
    text = text.strip()
    if len(text) > LONGEST or not _NUMBER.fullmatch(text):
        return None
    exact, near = Decimal(text), float(text)
    if WHOLE.start <= exact < WHOLE.stop and exact == int(exact):
        return int(exact)
    return near if isfinite(near) and Decimal(repr(near)) == exact else None
