"""What is measured: sides that run in turns, and figures made of them, each with its bar."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec

from tests.benchmarks.place import Place
from tests.benchmarks.process import Usage

Turn = dict[str, Usage]
"""What each side used in one round, by the name of the side."""


@dataclass(frozen=True)
class Figure:
    """A figure of each turn: a ratio, or a quantity in `unit`; `most` or `least` is its bar."""

    what: str
    of: Callable[[Turn], float]
    unit: str = "x"
    most: float | None = None
    least: float | None = None


@dataclass(frozen=True)
class Case:
    """Sides that are compared; `how` says what cannot be seen from their names.

    `rows` is the size where it is not that of the command, and `needs` the packages of peers.
    """

    name: str
    title: str
    sides: dict[str, Callable[[Place], Usage]]
    figures: tuple[Figure, ...]
    rows: int | None = None
    how: str = ""
    needs: tuple[str, ...] = ()

    @property
    def lacking(self):
        """The packages that are not installed."""
        return [name for name in self.needs if find_spec(name) is None]


@dataclass(frozen=True)
class Measured:
    """A figure as it was found: its median, and the lowest and highest of all turns."""

    case: str
    what: str
    unit: str
    median: float
    lowest: float
    highest: float
    most: float | None
    least: float | None

    @property
    def bar(self):
        """The bar, in words."""
        if self.most is not None:
            return f"<= {shown(self.most, self.unit)}"
        return f">= {shown(self.least, self.unit)}" if self.least is not None else ""

    @property
    def missed(self):
        """By how much the bar is missed, as a factor; 1 or less where it is met."""
        if self.most is not None:
            return self.median / self.most
        return self.least / self.median if self.least is not None and self.median else 0.0

    @property
    def verdict(self):
        """Whether the bar is met, or by how much it is missed."""
        if not self.bar:
            return ""
        return "met" if self.missed <= 1 else f"missed by {self.missed:.2f}x"


@dataclass
class Found:
    """All that was measured of a case, and with how many rows."""

    case: Case
    rows: int
    turns: list[Turn] = field(default_factory=list)

    def figures(self):
        """The figures with their medians and spread."""
        for figure in self.case.figures:
            values = sorted(figure.of(turn) for turn in self.turns)
            middle = statistics.median(values)
            ends = (values[0], values[-1])
            bars = (figure.most, figure.least)
            yield Measured(self.case.name, figure.what, figure.unit, middle, *ends, *bars)

    def used(self, side):
        """The medians of CPU, memory and wall clock of a side."""
        used = [turn[side] for turn in self.turns]
        return [statistics.median(getattr(one, name) for one in used) for name in USED]


USED = ("cpu", "memory", "wall")


def measure(case, place, rounds, said):
    """Run the sides of a case in turns; `said` is told what is running."""
    place = place.sized(case.rows) if case.rows else place
    found = Found(case, place.rows)
    for number in range(rounds):
        turn = {}
        for name, side in case.sides.items():
            said(f"{case.name}: {name}, round {number + 1} of {rounds}")
            turn[name] = side(place)
        found.turns.append(turn)
    return found


def shown(value, unit):
    """A figure with its unit, with as many digits as mean something."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 20 else 2
    return f"{value:.{digits}f}{'' if unit == 'x' else ' '}{unit}"
