"""Targets: the systems that changes are sent to, one package each, found by entry point."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from importer.targets.system import System

__all__ = ["GROUP", "System", "systems"]

GROUP = "importer.targets"
"""The group of entry points; the value of each is a System."""


@cache
def systems() -> dict[str, System]:
    """Return every system that an installed package offers, by its name, sorted."""
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return {point.name: point.load() for point in found}
