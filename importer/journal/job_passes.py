"""The passes of jobs in a journal: added, found, ended."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from importer.journal.clock import CLOCK
from importer.journal.job_pass import JobPass, PassFacts, PassState, pack_facts, unpack_facts
from importer.journal.job_tables import JOB_PASSES
from importer.journal.process import Process, gone, this_process
from importer.journal.serialize import unpack
from importer.journal.store import BEGIN_AGAIN, Store

NO_END = 2**31 - 1
"""A number greater than that of any pass."""

_OPEN = (PassState.WAITING.value, PassState.RUNNING.value)
_ALL = JOB_PASSES.select().add_columns((JOB_PASSES.c.until - CLOCK).label("left"))
_ONE = _ALL.where(JOB_PASSES.c.no == bindparam("this_pass"))
_SAY = JOB_PASSES.update().where(JOB_PASSES.c.no == bindparam("this_pass"))
_OF_JOB = JOB_PASSES.c.job == bindparam("of_job")
_BEFORE = JOB_PASSES.c.no < bindparam("before")
_NEWEST = _ALL.where(_OF_JOB, _BEFORE).order_by(JOB_PASSES.c.no.desc()).limit(bindparam("most"))
_ENDED = _NEWEST.where(JOB_PASSES.c.state == PassState.ENDED)
_GOOD = _ENDED.where(JOB_PASSES.c.good == 1)
_READ = _ENDED.where(JOB_PASSES.c.rows.is_not(None))
_NOT_ENDED = _ALL.where(JOB_PASSES.c.state.in_(_OPEN)).order_by(JOB_PASSES.c.due, JOB_PASSES.c.no)
_WAITS = select(func.count()).where(_OF_JOB, JOB_PASSES.c.state == PassState.WAITING)
_IDLE = (
    _OF_JOB,
    JOB_PASSES.c.state == PassState.ENDED,
    (JOB_PASSES.c.status == 0) == bindparam("well"),
    JOB_PASSES.c.rows.is_(None),
)
_OLDEST_IDLE = (
    select(JOB_PASSES.c.no)
    .where(*_IDLE)
    .order_by(JOB_PASSES.c.no.desc())
    .offset(bindparam("kept"))
    .limit(1)
)
_FORGET_IDLE = JOB_PASSES.delete().where(*_IDLE, JOB_PASSES.c.no <= bindparam("oldest"))
_BLANK = {"state": PassState.WAITING, "task": "", "until": 0.0, "tries": 0, "good": 0}


def add_pass(store: Store, job: str, target: str, by: str) -> int:
    """Enter a pass that is due now; return its number."""
    with store.writing(BEGIN_AGAIN) as connection:
        return entered(connection, job, target, CLOCK, by)


def entered(connection: Connection, job: str, target: str, due: Any, by: str = "") -> int:
    """Enter a pass within a transaction; return its number."""
    row = {**_BLANK, "job": job, "target": target, "by": by, "run": "", "why": ""}
    made = JOB_PASSES.insert().values(**row, due=due, facts=pack_facts(PassFacts()))
    no = connection.execute(made.returning(JOB_PASSES.c.no)).scalar_one()
    return int(no)


def waits(connection: Connection, job: str) -> bool:
    """Whether a pass of a job waits already."""
    return bool(connection.execute(_WAITS, {"of_job": job}).scalar_one())


def withdraw_pass(store: Store, no: int, status: int, why: str) -> bool:
    """End a pass that has not begun; False where it has, or has ended."""
    waiting = (JOB_PASSES.c.state == PassState.WAITING, JOB_PASSES.c.started.is_(None))
    ended = {"state": PassState.ENDED, "status": status, "why": why, "ended": CLOCK}
    statement = JOB_PASSES.update().where(JOB_PASSES.c.no == no, *waiting).values(**ended)
    with store.writing() as connection:
        return connection.execute(statement).rowcount == 1


def add_words(store: Store, no: int, words: str) -> None:
    """Add a sentence to what there is to say of a pass."""
    with store.writing() as connection:
        said = connection.execute(_ONE, {"this_pass": no}).mappings().one()["why"]
        why = " ".join(filter(None, (said, words)))
        connection.execute(_SAY, {"this_pass": no, "why": why})


def amend_facts(store: Store, no: int, facts: PassFacts) -> None:
    """Note what has become of a pass after its end."""
    with store.writing() as connection:
        connection.execute(_SAY.values(facts=pack_facts(facts)), {"this_pass": no})


def forget_idle(store: Store, job: str, kept: int, *, well: bool = True) -> None:
    """Drop the passes of a job that read no file, but the newest: those that ended well, or not."""
    with store.writing() as connection:
        which = {"of_job": job, "well": well}
        oldest = connection.execute(_OLDEST_IDLE, {**which, "kept": kept}).scalar()
        if oldest is not None:
            connection.execute(_FORGET_IDLE, {**which, "oldest": oldest})


def find_pass(store: Store, no: int) -> JobPass | None:
    """Return a pass, None where there is none of this number."""
    with store.reading() as connection:
        row = connection.execute(_ONE, {"this_pass": no}).mappings().first()
    return _pass(row) if row else None


def newest_passes(store: Store, job: str, most: int = 10, before: int = NO_END) -> list[JobPass]:
    """Return the last passes of a job before number `before`, the newest first."""
    return _found(store, _NEWEST, {"of_job": job, "most": most, "before": before})


def last_ended(store: Store, job: str, before: int = NO_END) -> JobPass | None:
    """Return the last pass of a job that has ended, before number `before`."""
    found = _found(store, _ENDED, {"of_job": job, "most": 1, "before": before})
    return found[0] if found else None


def last_good(store: Store, job: str, before: int = NO_END) -> JobPass | None:
    """Return the last pass of a job whose runs were finished, before number `before`."""
    found = _found(store, _GOOD, {"of_job": job, "most": 1, "before": before})
    return found[0] if found else None


def newest_read(store: Store, job: str, most: int, before: int = NO_END) -> list[JobPass]:
    """Return the last passes of a job that have ended and read files, the newest first."""
    return _found(store, _READ, {"of_job": job, "most": most, "before": before})


def open_passes(store: Store) -> list[JobPass]:
    """Return the passes that wait or run, in the order in which they were due."""
    return _found(store, _NOT_ENDED, {})


def is_free(row: Any) -> bool:
    """Whether no process that lives works on a pass, by its row with `left`."""
    if not row["task"] or row["left"] <= 0:
        return True
    return gone(Process(**unpack(row["holder"])), this_process())


def _found(store: Store, query: Any, which: dict[str, Any]) -> list[JobPass]:
    with store.reading() as connection:
        return [_pass(row) for row in connection.execute(query, which).mappings()]


_SAME = ("no", "job", "target", "due", "by", "tries", "started", "ended", "status", "run", "rows")


def _pass(row: Any) -> JobPass:
    same = {name: row[name] for name in _SAME}
    return JobPass(
        **same,
        state=PassState(row["state"]),
        held=row["state"] == PassState.RUNNING and not is_free(row),
        good=bool(row["good"]),
        why=row["why"],
        facts=unpack_facts(row["facts"]),
    )
