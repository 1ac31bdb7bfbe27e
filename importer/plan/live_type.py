"""Texts and the values they stand for, where a field takes values of several types.

A target may hold a number, a truth value, a list, an object or a text there, and a cell is read the
same way whatever is live. So a text that says what is live already is no change, and a change keeps
the live type.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from math import isfinite
from typing import Any

from importer.mapping.conversion.numbers import LONGEST, WHOLE
from importer.mapping.conversion.scalars import SCALARS, parsed_json
from importer.plan.equality import equal
from importer.template.schema_fields import SchemaField

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


def same_in_words(one: Any, other: Any, field: SchemaField) -> bool:
    """Whether one value is a text that says what the other value is."""
    if isinstance(one, str) == isinstance(other, str):
        return False
    text, value = (one, other) if isinstance(one, str) else (other, one)
    return equal(as_live(text, value, field), value)


def as_live(text: Any, live: Any, field: SchemaField) -> Any:
    """Return what a text says as a value of the type that is live; the text where it says none."""
    if not isinstance(text, str):
        return text
    name, types = _type_name(live), field.types
    if not {name, "string"} <= types:
        return text
    read = _READERS[name](text)
    return read if _type_name(read) in types else text


def _type_name(value: Any) -> str:
    """Return the JSON name of the type of a value, empty for a text and for nothing."""
    if isinstance(value, bool):
        return "boolean"
    return next((name for name, kinds in _KINDS.items() if isinstance(value, kinds)), "")


def _number(text: str) -> float | None:
    """Return the number that a text is, None where it is none or would lose digits as one."""
    text = text.strip()
    if len(text) > LONGEST or not _NUMBER.fullmatch(text):
        return None
    exact, near = Decimal(text), float(text)
    if WHOLE.start <= exact < WHOLE.stop and exact == int(exact):
        return int(exact)
    return near if isfinite(near) and Decimal(repr(near)) == exact else None


def _structure(text: str) -> list[Any] | dict[str, Any] | None:
    """Return the list or object that a text is as JSON, None where it is neither."""
    read = parsed_json(text)
    return read if isinstance(read, list | dict) else None


_KINDS: dict[str, tuple[type, ...]] = {"number": (int, float), "array": (list,), "object": (dict,)}
_READERS: dict[str, Callable[[str], Any]] = {
    "boolean": SCALARS["boolean"],
    "number": _number,
    "array": _structure,
    "object": _structure,
}
