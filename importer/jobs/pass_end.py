"""How a pass of a job has ended, as it is told to people."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from importer.model import FINE, Status


class PassEnd(Struct, frozen=True):
    """How a pass of a job has ended; `before` are the rows by outcome of its last good pass.

    `status` is its exit status and `code` that of the reason for it, `why` a sentence where there
    is something to say. `reports` are the addresses of its reports, `held` the rows that wait for
    somebody's approval, `late` how many reports and files of former passes were made up for. Times
    are seconds since 1970.
    """

    job: str
    target: str
    no: int
    status: int
    counts: Mapping[str, int]
    before: Mapping[str, int]
    why: str
    code: str
    reports: tuple[str, ...]
    held: int
    runs: tuple[str, ...]
    started: float
    ended: float
    late: int = 0

    @property
    def bad(self) -> int:
        """Return how many rows were not imported and do not wait for an approval either."""
        fine = {*FINE, Status.HELD}
        return sum(number for name, number in self.counts.items() if Status(name) not in fine)
