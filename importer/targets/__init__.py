"""Targets: the systems that changes are sent to, one package each, found by entry point."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from importer.suggest import did_you_mean, nearest
from importer.targets.system import System

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["GROUP", "System", "broken_systems", "systems", "unknown_systems"]

GROUP = "importer.targets"
"""The group of entry points; the value of each is a System."""

OURS = "importer"
"""The package whose own systems no other may replace."""


class _Unusable(Exception):
    """An entry point that leads to no system that can be used; its text says why."""


def systems() -> dict[str, System]:
    """Return every system that an installed package offers, by its name, sorted."""
    return _found()[0]


def broken_systems() -> list[str]:
    """Return a sentence for each system that a package offers and that cannot be used."""
    return _found()[1]


def unknown_systems(named: Iterable[str]) -> list[str]:
    """Return a sentence for each of these systems that no installed package offers."""
    known = systems()
    return [_unknown(name, known) for name in named if name not in known]


def _unknown(name: str, known: Iterable[str]) -> str:
    hint = did_you_mean(nearest(name, known), f"There are: {', '.join(known)}.")
    return f"No installed package offers the system {name}{hint}"


@cache
def _found() -> tuple[dict[str, System], list[str]]:
    """Return the systems and what is wrong with the others: one package must not stop all."""
    from importlib.metadata import entry_points

    good: dict[str, System] = {}
    wrong: list[str] = []
    points = entry_points(group=GROUP)
    for point in sorted(points, key=lambda one: (_package(one) != OURS, one.name)):
        try:
            good[point.name] = _loaded(point, good)
        except _Unusable as error:
            wrong.append(f"The system {point.name} of the package {_package(point)} {error}.")
    return dict(sorted(good.items())), wrong


def _loaded(point: EntryPoint, known: dict[str, System]) -> System:
    """Return the system of an entry point. Raises _Unusable."""
    try:
        system = point.load()
    except (Exception, SystemExit) as error:  # the code of others: whatever it does
        raise _Unusable(f"cannot be loaded ({type(error).__name__})") from None
    if not isinstance(system, System) or system.name != point.name:
        raise _Unusable("is no System of this name")
    if point.name in known:
        raise _Unusable("has the name of another one")
    stated = (system.address, system.key, system.user, system.password, system.token_command)
    prefix = f"{point.name.upper()}_"
    if strange := [name for name in stated if name and not name.startswith(prefix)]:
        raise _Unusable(f"looks at {strange[0]}; its variables must begin with {prefix}")
    return system


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else "?"
