"""Figures of a journal for whoever watches it: how many runs, rows and passes, what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import and_, func, or_, select

from importer.journal.clock import CLOCK
from importer.journal.job_pass import PassState
from importer.journal.job_tables import ALARMS, JOB_PASSES
from importer.journal.schema import HEAD, VERSION
from importer.journal.serialize import unpack
from importer.journal.store import Store
from importer.journal.tables import RUNS
from importer.journal.upload import BUSY
from importer.journal.upload_tables import UPLOADS

Pairs = Mapping[tuple[str, str], int]

_VERSION = select(VERSION.c.version_num)
_RUNS = select(RUNS.c.target, RUNS.c.state, RUNS.c.facts)
_PASS_ENDED = JOB_PASSES.c.state == PassState.ENDED
_PASSES = (
    select(JOB_PASSES.c.job, JOB_PASSES.c.status, func.count())
    .where(_PASS_ENDED)
    .group_by(JOB_PASSES.c.job, JOB_PASSES.c.status)
)
_WELL = and_(_PASS_ENDED, or_(JOB_PASSES.c.good == 1, JOB_PASSES.c.status == 0))
_AGES = (
    select(JOB_PASSES.c.job, CLOCK - func.max(JOB_PASSES.c.ended))
    .where(_WELL)
    .group_by(JOB_PASSES.c.job)
)
_PASSES_WAITING = select(func.count()).where(JOB_PASSES.c.state == PassState.WAITING)
_UPLOADS_WAITING = select(func.count()).where(
    UPLOADS.c.state.in_([state.value for state in BUSY]),
    or_(UPLOADS.c.task == "", UPLOADS.c.until <= CLOCK),
)
_ALARMS = select(ALARMS.c.job, func.count()).group_by(ALARMS.c.job)


class Figures(Struct, frozen=True):
    """Runs by target and state, rows by target and outcome, ended passes by job and exit status.

    `ages` are the seconds since the last good pass of a job ended, `alarms` what is wrong with it.
    """

    runs: Pairs
    rows: Pairs
    passes: Pairs
    ages: Mapping[str, float]
    alarms: Mapping[str, int]
    passes_waiting: int
    uploads_waiting: int


def figures(store: Store) -> Figures:
    """Return the figures of now. Raises JournalLost."""
    with store.reading() as connection:
        runs, rows = _of_runs(connection.execute(_RUNS))
        passes = {(job, str(status)): n for job, status, n in connection.execute(_PASSES)}
        return Figures(
            runs=runs,
            rows=rows,
            passes=passes,
            ages={job: float(age) for job, age in connection.execute(_AGES)},
            alarms=dict(map(tuple, connection.execute(_ALARMS))),
            passes_waiting=connection.execute(_PASSES_WAITING).scalar_one(),
            uploads_waiting=connection.execute(_UPLOADS_WAITING).scalar_one(),
        )


def is_current(store: Store) -> bool:
    """Whether the journal answers with the tables of this version. Raises JournalLost."""
    with store.reading() as connection:
        return connection.execute(_VERSION).scalar() == HEAD


def _of_runs(found: Any) -> tuple[Pairs, Pairs]:
    """Count runs, and the rows of those that were reported."""
    runs: Counter[tuple[str, str]] = Counter()
    rows: Counter[tuple[str, str]] = Counter()
    for target, state, facts in found:
        runs[target, state] += 1
        for outcome, number in unpack(facts).get("counts", {}).items():
            rows[target, outcome] += number
    return runs, rows
