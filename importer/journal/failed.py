"""Failed sign-ins, as the journal counts them: by name, address or browser, each as a hash."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, bindparam, select

from importer.journal.absent import insert_absent
from importer.journal.clock import CLOCK
from importer.journal.people_tables import FAILED

FORGOTTEN = 24 * 3600.0
"""Seconds after the last failure until it counts no more."""

_THIS = FAILED.c.about == bindparam("this_one")
_FIND = select(FAILED.c.failures, (FAILED.c.until - CLOCK).label("wait")).where(_THIS)
_NEXT = (
    FAILED.update()
    .where(_THIS, FAILED.c.failures == bindparam("seen"), FAILED.c.until <= CLOCK)
    .values(failures=FAILED.c.failures + 1, last=CLOCK)
)
_FORGET = FAILED.delete().where(_THIS)
_ONE_LESS = (
    FAILED.update()
    .where(_THIS, FAILED.c.failures > 0)
    .values(failures=FAILED.c.failures - 1, until=0.0)
)
_DROP_OLD = FAILED.delete().where(CLOCK - FAILED.c.last > FORGOTTEN)


class Slowing(Struct, frozen=True):
    """The first `free` failures cost nothing; each after them twice the one before, up to `most`.

    Times are in seconds.
    """

    free: int
    most: float = 300.0

    def after(self, count: int) -> float:
        """Return the seconds to wait after so many failures."""
        over = min(count - self.free, 30)
        return min(2.0**over, self.most) if over >= 0 else 0.0


def waiting(connection: Connection, about: str) -> float:
    """Return the seconds until another attempt is taken; 0 or less: one is taken now."""
    row = connection.execute(_FIND, {"this_one": about}).first()
    return row.wait if row else 0.0


def count(connection: Connection, about: str, slowing: Slowing) -> bool:
    """Count an attempt as failed before it is made; False where another was made meanwhile."""
    connection.execute(_DROP_OLD)
    row = connection.execute(_FIND, {"this_one": about}).first()
    if row is None:
        first = {"about": about, "failures": 1, "last": CLOCK, "until": _until(slowing.after(1))}
        return insert_absent(connection, FAILED, first)
    next_ = _NEXT.values(until=_until(slowing.after(row.failures + 1)))
    return connection.execute(next_, {"this_one": about, "seen": row.failures}).rowcount == 1


def _until(wait: float) -> ColumnElement[float] | float:
    """Return when a wait ends; no wait has ended always, whichever way a clock is put right."""
    return CLOCK + wait if wait else 0.0


def forget(connection: Connection, about: str) -> None:
    """Forget the failures of one."""
    connection.execute(_FORGET, {"this_one": about})


def one_less(connection: Connection, about: str) -> None:
    """Take back one attempt that did not fail; the failures before it stay.

    It was made after its wait, so that another may be made now.
    """
    connection.execute(_ONE_LESS, {"this_one": about})
