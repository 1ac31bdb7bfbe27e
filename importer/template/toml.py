"""Writes values as TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml(value: Any) -> str:
    """Return a text, number, boolean, list or inline table as a line of TOML."""
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{key(name)} = {toml(inner)}" for name, inner in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Sequence):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value)


def key(name: str) -> str:
    """Return a key, in quotes if necessary."""
    return name if _BARE.fullmatch(name) else toml(name)


def stated(rule: Any) -> Any:
    """Return a rule of a template as a dict of what differs from its defaults."""
    if not isinstance(rule, Struct):
        return rule
    found = {}
    for field in fields(rule):
        value = getattr(rule, field.name)
        default = field.default
        if default is NODEFAULT and field.default_factory is not NODEFAULT:
            default = field.default_factory()
        if value is not None and value != default:
            found[field.name] = value
    return found
