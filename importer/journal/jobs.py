"""When jobs are due, and whether they run by the clock, as the journal has it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.exc import IntegrityError

from importer.journal.clock import CLOCK
from importer.journal.job_passes import entered, waits
from importer.journal.job_tables import JOBS
from importer.journal.store import Store

_NAMED = JOBS.c.job == bindparam("this_job")
_ALL = JOBS.select()
_ADVANCE = JOBS.update().where(_NAMED, JOBS.c.due == bindparam("was_due"))
_SET = JOBS.update().where(_NAMED)
_SEEN = JOBS.update().where(_NAMED, JOBS.c.changed.is_(None))
_CHANGE = JOBS.update().where(_NAMED)


class JobRow(Struct, frozen=True):
    """A job as the journal has it: `due` is the next time by `schedule`, None where not known.

    `enabled` is None as long as nobody has changed what the settings say; `changed` is when
    somebody did, until then when the job was seen first.
    """

    job: str
    schedule: str = ""
    due: float | None = None
    enabled: bool | None = None
    changed_by: str = ""
    changed: float | None = None


def database_now(store: Store) -> float:
    """Return the time of the database in seconds since 1970."""
    with store.reading() as connection:
        return float(connection.execute(select(CLOCK)).scalar_one())


def job_rows(store: Store) -> dict[str, JobRow]:
    """Return what the journal has of jobs, by name."""
    with store.reading() as connection:
        return {row["job"]: _row(row) for row in connection.execute(_ALL).mappings()}


def set_due(store: Store, job: str, schedule: str, due: float | None) -> None:
    """Note when a job is due next, by its schedule."""
    _ensure(store, job)
    with store.writing() as connection:
        connection.execute(_SET.values(schedule=schedule, due=due), {"this_job": job})


def claim_due(store: Store, job: str, target: str, due: float, then: float | None) -> int | None:
    """Enter the pass of a job that is due; return its number.

    None where another process was faster, or where a pass of the job still waits: times that were
    missed are made up for once. `then` is when it is due next.
    """
    with store.writing() as connection:
        which = {"this_job": job, "was_due": due}
        if connection.execute(_ADVANCE.values(due=then), which).rowcount != 1:
            return None
        return None if waits(connection, job) else entered(connection, job, target, due)


def set_enabled(store: Store, job: str, *, enabled: bool, by: str) -> None:
    """Let a job run by the clock, or not; from now on, whatever was missed."""
    _ensure(store, job)
    values = {"enabled": int(enabled), "changed_by": by, "due": None}
    with store.writing() as connection:
        connection.execute(_CHANGE.values(**values, changed=CLOCK), {"this_job": job})


def first_seen(store: Store, job: str) -> float:
    """Return since when a job is known, which it is from now on; of one that was enabled, since."""
    _ensure(store, job)
    with store.writing() as connection:
        connection.execute(_SEEN.values(changed=CLOCK), {"this_job": job})
    return job_rows(store)[job].changed or database_now(store)


def _ensure(store: Store, job: str) -> None:
    """Enter a job that the journal does not know yet."""
    if job in job_rows(store):
        return
    try:
        with store.writing() as connection:
            _enter(connection, job)
    except IntegrityError:  # another process was faster
        return


def _enter(connection: Connection, job: str) -> None:
    connection.execute(JOBS.insert(), {"job": job, "schedule": "", "changed_by": ""})


def _row(row: Any) -> JobRow:
    enabled = None if row["enabled"] is None else bool(row["enabled"])
    same = {name: row[name] for name in ("job", "schedule", "due", "changed_by", "changed")}
    return JobRow(**same, enabled=enabled)
