"""What people are told of a job: that a pass has begun, and how it has ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from importer.settings import Settings


@dataclass(frozen=True, slots=True)
class PassEnd:
    """How a pass of a job has ended; `before` are the rows by outcome of its last good pass.

    `status` is its exit status, `why` a sentence where there is something to say, `reports` are the
    addresses of its reports, `held` the rows that wait for somebody's approval. Times are seconds
    since 1970.
    """

    job: str
    target: str
    no: int
    status: int
    counts: Mapping[str, int]
    before: Mapping[str, int]
    why: str
    reports: tuple[str, ...]
    held: int
    runs: tuple[str, ...]
    started: float
    ended: float


def begun(settings: Settings, job: str) -> None:
    """Tell that a pass of a job has begun."""


def tell(settings: Settings, end: PassEnd) -> None:
    """Tell how a pass of a job has ended."""


def overdue(settings: Settings, job: str, since: float) -> None:
    """Tell that a job has not run for too long, and when it last did."""
