"""The durable record of runs: which there are, their findings, and what the target held."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Self

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from importer.errors import UsageError
from importer.journal.absent import insert_unless_there
from importer.journal.clock import CLOCK
from importer.journal.run import Run, RunSpec
from importer.journal.serialize import (
    pack_finding,
    pack_live,
    pack_run,
    unpack,
    unpack_finding,
    unpack_live,
    unpack_run,
)
from importer.journal.settled import Settled, settled_among, write_settled
from importer.journal.statement import Statement
from importer.journal.store import BEGIN_AGAIN, Store
from importer.journal.tables import BATCHES, FINDINGS, LIVE, OF_RUN, RUNS, THIS_RUN
from importer.model import Finding, RunState, Status
from importer.now import utc_now
from importer.pieces import pieces
from importer.targets.protocol import LiveEntity

IN_FLIGHT = "sending"
"""The state of a batch that was sent and whose answer is not in the journal yet."""

LISTED = "`importer runs` lists them."

MANY = 500
"""How many ids one query asks for."""

_NAMED = RUNS.c.run == THIS_RUN
_LAST = select(func.max(RUNS.c.no))
_NO = select(RUNS.c.no).where(_NAMED)
_RUN = RUNS.select().where(_NAMED)
_RUNS = RUNS.select().order_by(RUNS.c.no.desc())
_SAVE = RUNS.update().where(_NAMED)
_DISCARD = RUNS.delete().where(_NAMED)
_INTERRUPT = RUNS.update().where(_NAMED, RUNS.c.state == RunState.SENDING)
_IN_DOUBT = (
    BATCHES.select()
    .add_columns((CLOCK - BATCHES.c.sent).label("age"))
    .where(BATCHES.c.run == THIS_RUN, BATCHES.c.state == IN_FLIGHT)
    .order_by(BATCHES.c.no)
)
_ABANDON_BATCH = (
    BATCHES.update()
    .where(BATCHES.c.run == THIS_RUN, BATCHES.c.no == bindparam("batch"))
    .values(state="abandoned")
)
_FORGET = [table.delete().where(table.c.run == THIS_RUN) for table in OF_RUN]
_ADD_FINDING = Statement(FINDINGS.insert(), "run", "no", "finding")
_LAST_FINDING = select(func.max(FINDINGS.c.no)).where(FINDINGS.c.run == THIS_RUN)
_FINDINGS = FINDINGS.select().where(FINDINGS.c.run == THIS_RUN).order_by(FINDINGS.c.no)
_LIVE = LIVE.select().where(LIVE.c.run == THIS_RUN, LIVE.c.id.in_(bindparam("ids", expanding=True)))
_ADD_LIVE = Statement(
    partial(insert_unless_there, table=LIVE), *(column.name for column in LIVE.columns)
)
_DROP_LIVE = LIVE.delete().where(LIVE.c.run == THIS_RUN)


class Doubt(Struct, frozen=True):
    """A batch whose answer is not in the journal: its items, and seconds since it was sent."""

    no: int
    items: list[int]
    age: float


class RunTarget(Struct, frozen=True, kw_only=True):
    """Where a run goes: the target's name, its identity, the system, and the template's name."""

    target: str
    identity: str
    system: str
    template: str


class Journal:
    """All runs of one journal database; a `passing` one ends with its process."""

    passing = False

    def __init__(self, where: str | Path) -> None:
        self.store = Store(where)

    @classmethod
    def of(cls, store: Store) -> Self:
        """Return the journal in a database that is open already."""
        journal = cls.__new__(cls)
        journal.store, journal.passing = store, True
        return journal

    def close(self) -> None:
        """Give the connections back."""
        self.store.close()

    # --- runs -------------------------------------------------------------------------------

    def begin(self, to: RunTarget, spec: RunSpec) -> Run:
        """Start a run and give it a name."""
        started = utc_now()
        name = f"{started[:10].replace('-', '')}-{secrets.token_hex(3)}"
        run = Run(
            name=name,
            state=RunState.MAPPING,
            target=to.target,
            identity=to.identity,
            system=to.system,
            template=to.template,
            started=started,
            spec=spec,
        )
        with self.store.writing(BEGIN_AGAIN) as connection:
            last = connection.execute(_LAST).scalar() or 0
            connection.execute(RUNS.insert(), [{**_run_row(run), "no": last + 1}])
        return run

    def save(self, run: Run) -> None:
        """Write a run's own fields."""
        with self.store.writing() as connection:
            connection.execute(_SAVE, {"this_run": run.name, **_run_row(run)})

    def run(self, name: str) -> Run:
        """Return the run of this name. Raises UsageError where the journal has none."""
        with self.store.reading() as connection:
            row = connection.execute(_RUN, {"this_run": name}).mappings().first()
        if row is None:
            raise UsageError(f"There is no run called {name}. {LISTED}")
        return _run(row)

    def runs(self) -> list[Run]:
        """Return every run, newest first."""
        with self.store.reading() as connection:
            rows = connection.execute(_RUNS).mappings().all()
        return [_run(row) for row in rows]

    def newest(self, most: int | None, before: str = "") -> list[Run]:
        """Return runs, newest first: at most so many, and older than one. Raises UsageError."""
        query = _RUNS.limit(most) if most is not None else _RUNS
        with self.store.reading() as connection:
            if before:
                no = connection.execute(_NO, {"this_run": before}).scalar()
                if no is None:
                    raise UsageError(f"There is no run called {before}. {LISTED}")
                query = query.where(RUNS.c.no < no)
            return [_run(row) for row in connection.execute(query).mappings()]

    def discard(self, run: str) -> None:
        """Drop a run that could not begin."""
        with self.store.writing() as connection:
            connection.execute(_DISCARD, {"this_run": run})

    def interrupt(self, run: str, why: str) -> None:
        """Note that the process which sent a run has ended in the middle of it."""
        values = {"state": RunState.INTERRUPTED, "why": why, "finished": utc_now()}
        with self.store.writing() as connection:
            connection.execute(_INTERRUPT, {"this_run": run, **values})

    def abandon(self, run: str) -> None:
        """Give a run up: the outcome of its batches in doubt stays unknown."""
        doubts = self.in_doubt(run)
        why = "Given up; what was in doubt was not looked up."
        with self.store.writing() as connection:
            for doubt in doubts:
                known = settled_among(connection, run, doubt.items)
                left = (no for no in doubt.items if _is_open(known.get(no)))
                unknown = [Settled(no, Status.UNKNOWN, message=why) for no in left]
                write_settled(connection, run, unknown)
                connection.execute(_ABANDON_BATCH, {"this_run": run, "batch": doubt.no})
            ended = {"state": RunState.ABANDONED, "why": "Given up.", "finished": utc_now()}
            connection.execute(_SAVE, {"this_run": run, **ended})

    def in_doubt(self, run: str) -> list[Doubt]:
        """Return the batches that were sent and whose answer is not in the journal."""
        with self.store.reading() as connection:
            rows = connection.execute(_IN_DOUBT, {"this_run": run}).mappings().all()
        return [Doubt(row["no"], unpack(row["items"]), float(row["age"])) for row in rows]

    def forget(self, run: str) -> None:
        """Drop what was written of a run's rows: its files are about to be read again."""
        with self.store.writing() as connection:
            for statement in _FORGET:
                connection.execute(statement, {"this_run": run})

    # --- findings ---------------------------------------------------------------------------

    def add_findings(self, run: str, findings: Sequence[Finding]) -> None:
        """Append findings."""
        if not findings:
            return
        with self.store.writing() as connection:
            first = (connection.execute(_LAST_FINDING, {"this_run": run}).scalar() or 0) + 1
            for some in pieces(enumerate(findings, first), MANY):  # orjson takes 4 KB for each
                rows = [(run, no, pack_finding(finding)) for no, finding in some]
                _ADD_FINDING.run_many(connection, rows)

    def findings(self, run: str) -> list[Finding]:
        """Return every finding of a run, in order."""
        with self.store.reading() as connection:
            rows = connection.execute(_FINDINGS, {"this_run": run})
            return [unpack_finding(row.finding) for row in rows]

    # --- the live state, until the run has its plan -----------------------------------------

    def add_live(self, run: str, entities: Iterable[LiveEntity]) -> None:
        """Keep what the target holds until the run has its plan; what is kept already stays."""
        rows = [(run, live.id, pack_live(live)) for live in entities]
        if rows:
            with self.store.writing() as connection:
                _ADD_LIVE.run_many(connection, rows)

    def live(self, run: str, ids: Sequence[str]) -> dict[str, LiveEntity]:
        """Return the live entities with these ids, by id."""
        found: dict[str, LiveEntity] = {}
        with self.store.reading() as connection:
            for some in pieces(ids, MANY):
                for row in connection.execute(_LIVE, {"this_run": run, "ids": some}):
                    found[row.id] = unpack_live(row.entity)
        return found

    def drop_live(self, run: str) -> None:
        """Forget what the target held; a passing journal is forgotten as a whole."""
        if self.passing:
            return
        with self.store.writing() as connection:
            connection.execute(_DROP_LIVE, {"this_run": run})


def _is_open(outcome: Settled | None) -> bool:
    """Return whether nothing is known yet of an item."""
    return outcome is None or outcome.state is Status.PENDING


_COLUMNS = ("target", "identity", "system", "template", "started", "finished", "why")


def _run_row(run: Run) -> dict[str, Any]:
    row = {name: getattr(run, name) for name in _COLUMNS}
    facts = pack_run(run.spec, run.plan, run.reports, run.stop, run.counts)
    return {**row, "run": run.name, "state": run.state, "facts": facts}


def _run(row: Any) -> Run:
    spec, plan, reports, stop, counts = unpack_run(row["facts"])
    fields = {name: row[name] for name in _COLUMNS}
    more: dict[str, Any] = {"plan": plan, "reports": reports, "stop": stop, "counts": counts}
    return Run(row["run"], RunState(row["state"]), **fields, spec=spec, **more)
