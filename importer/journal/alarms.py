"""Alarms of jobs: the same one is told once, until it is over; then that is told once."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam
from sqlalchemy.exc import IntegrityError

from importer.journal.clock import CLOCK
from importer.journal.job_tables import ALARMS
from importer.journal.store import Store

CAUSE_LENGTH = 200

_OF_JOB = ALARMS.c.job == bindparam("of_job")
_ALL = ALARMS.select().where(_OF_JOB).order_by(ALARMS.c.since)
_RAISE = ALARMS.insert().values(since=CLOCK, told=CLOCK)
_END = ALARMS.delete().where(_OF_JOB, ALARMS.c.cause == bindparam("of_cause"))


class Alarm(Struct, frozen=True):
    """What is wrong with a job; times are seconds since 1970."""

    job: str
    cause: str
    since: float
    told: float | None


def raise_alarm(store: Store, job: str, cause: str) -> bool:
    """Note what is wrong with a job; whether that is new, so that people are to be told."""
    try:
        with store.writing() as connection:
            connection.execute(_RAISE, {"job": job, "cause": cause[:CAUSE_LENGTH]})
    except IntegrityError:
        return False
    return True


def end_alarm(store: Store, job: str, cause: str) -> bool:
    """Note that something is over; whether it was wrong until now, so that people are told."""
    which = {"of_job": job, "of_cause": cause[:CAUSE_LENGTH]}
    with store.writing() as connection:
        return connection.execute(_END, which).rowcount == 1


def alarms_of(store: Store, job: str) -> list[Alarm]:
    """Return what is wrong with a job, the oldest first."""
    with store.reading() as connection:
        return [_alarm(row) for row in connection.execute(_ALL, {"of_job": job}).mappings()]


def _alarm(row: Any) -> Alarm:
    return Alarm(row["job"], row["cause"], row["since"], row["told"])
