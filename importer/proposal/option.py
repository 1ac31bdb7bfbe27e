"""A field that a column may fill: how well, and why."""

from __future__ import annotations

from typing import NamedTuple

LATER = 0.001
"""Of two columns that fit as well, the first counts."""


class Option(NamedTuple):
    """A field that a column may fill: how well, and why."""

    score: float
    reason: str
