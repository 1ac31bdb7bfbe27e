"""Payload paths: `attributes.name` leads to the value of `name` in the object `attributes`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

DOT = "\u2024"
"""The character that stands for a full stop within a step of a path."""


@lru_cache(4096)
def split(path: str) -> tuple[str, ...]:
    """Return the steps of a path: `attributes.name` -> `("attributes", "name")`."""
    return tuple(step.replace(DOT, ".") for step in path.split("."))


def join(steps: Iterable[str]) -> str:
    """Return the path with these steps, the inverse of `split`."""
    return ".".join(step.replace(".", DOT) for step in steps)


def value_at(payload: dict[str, Any], path: tuple[str, ...]) -> Any:
    """Return the value at a path, None where the payload has none."""
    node: Any = payload
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
    return node
