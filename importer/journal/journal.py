"""The durable record of runs: what was read, what was planned, what was sent, what became of it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from importer.errors import UsageError
from importer.journal.serialize import (
    pack,
    pack_finding,
    pack_live,
    unpack,
    unpack_finding,
    unpack_live,
)
from importer.journal.store import Store
from importer.model import Finding, Key, Status
from importer.targets.protocol import LiveEntity

SEPARATOR = "\x1f"

SENDING = "sending"
"""The state of a batch that went out: what became of it is not known yet."""


@dataclass(slots=True)
class Run:
    """One run as the journal knows it. `facts` is free JSON of the pipeline."""

    run: str
    state: str
    target: str
    identity: str
    system: str
    template: str
    started: str
    finished: str | None = None
    why: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Item:
    """One thing to send: an entity (even `no`) or its relations among its own kind (odd)."""

    no: int
    sheet: int
    row: int
    kind: str
    key: str | None = None
    level: int | None = None
    state: str = Status.PENDING
    action: str | None = None
    id: str | None = None
    message: str = ""
    doubts: int = 0
    mapped: bytes | None = None
    change: bytes | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A batch whose answer nobody has written down: its items, and seconds since it was sent."""

    no: int
    items: list[int]
    age: float


def key_text(key: Key) -> str:
    """A key as one column holds it."""
    return SEPARATOR.join(key)


def key_label(text: str) -> str:
    """What an entity is called, of its key as one column holds it."""
    return text.rsplit(SEPARATOR, 1)[-1]


def now() -> str:
    """The time, to the second, in UTC."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Journal:
    """All runs of one journal database."""

    def __init__(self, where: str | Path) -> None:
        self.store = Store(where)

    def close(self) -> None:
        """Give the connections back."""
        self.store.close()

    # --- runs -------------------------------------------------------------------------------

    def begin(
        self, *, target: str, identity: str, system: str, template: str, facts: dict[str, Any]
    ) -> Run:
        """Start a run and give it its name."""
        from sqlalchemy import func, select

        from importer.journal.tables import RUNS

        started = now()
        name = f"{started[:10].replace('-', '')}-{secrets.token_hex(3)}"
        run = Run(name, "mapping", target, identity, system, template, started, facts=facts)
        with self.store.writing() as connection:
            last = connection.execute(select(func.max(RUNS.c.no))).scalar() or 0
            connection.execute(RUNS.insert(), [{**_run_row(run), "no": last + 1}])
        return run

    def save(self, run: Run) -> None:
        """Write a run's own fields."""
        from importer.journal.tables import RUNS

        with self.store.writing() as connection:
            connection.execute(RUNS.update().where(RUNS.c.run == run.run).values(**_run_row(run)))

    def run(self, name: str) -> Run:
        """The run called so. Raises UsageError where there is none."""
        from importer.journal.tables import RUNS

        with self.store.reading() as connection:
            row = connection.execute(RUNS.select().where(RUNS.c.run == name)).mappings().first()
        if row is None:
            raise UsageError(f"There is no run called {name}. `importer runs` lists them.")
        return _run(row)

    def discard(self, run: str) -> None:
        """Drop a run that could not begin."""
        from importer.journal.tables import RUNS

        with self.store.writing() as connection:
            connection.execute(RUNS.delete().where(RUNS.c.run == run))

    def interrupt(self, run: str, why: str) -> None:
        """Note that the process which sent a run has ended in the middle of it."""
        from importer.journal.tables import RUNS

        where = (RUNS.c.run == run, RUNS.c.state == "sending")
        values = {"state": "interrupted", "why": why, "finished": now()}
        with self.store.writing() as connection:
            connection.execute(RUNS.update().where(*where).values(**values))

    def abandon(self, run: str) -> None:
        """Give a run up: what became of its batches in doubt stays unknown."""
        from importer.journal.tables import BATCHES, ITEMS, RUNS

        doubts = self.in_doubt(run)
        why = "Given up; what was in doubt was not looked up."
        with self.store.writing() as connection:
            for doubt in doubts:
                mine = ITEMS.c.no.in_(doubt.items)
                here = (ITEMS.c.run == run, mine, ITEMS.c.state == Status.PENDING)
                unknown = {"state": Status.UNKNOWN, "message": why}
                connection.execute(ITEMS.update().where(*here).values(**unknown))
                batch = (BATCHES.c.run == run, BATCHES.c.no == doubt.no)
                connection.execute(BATCHES.update().where(*batch).values(state="abandoned"))
            ended = {"state": "abandoned", "why": "Given up.", "finished": now()}
            connection.execute(RUNS.update().where(RUNS.c.run == run).values(**ended))

    def in_doubt(self, run: str) -> list[Doubt]:
        """Batches found `sending`: nobody wrote down what became of them."""
        from importer.journal.tables import BATCHES

        age = (self.store.clock() - BATCHES.c.sent).label("age")
        query = BATCHES.select().add_columns(age)
        query = query.where(BATCHES.c.run == run, BATCHES.c.state == SENDING)
        with self.store.reading() as connection:
            rows = connection.execute(query.order_by(BATCHES.c.no)).mappings().all()
        return [Doubt(row["no"], unpack(row["items"]), float(row["age"])) for row in rows]

    def forget(self, run: str) -> None:
        """Drop what was written of a run's rows: they are about to be read again."""
        from importer.journal.tables import FINDINGS, ITEMS, LIVE, MERGED, ROWS

        with self.store.writing() as connection:
            for table in (FINDINGS, ITEMS, LIVE, MERGED, ROWS):
                connection.execute(table.delete().where(table.c.run == run))

    def runs(self) -> list[Run]:
        """Every run, newest first."""
        from importer.journal.tables import RUNS

        with self.store.reading() as connection:
            rows = connection.execute(RUNS.select().order_by(RUNS.c.no.desc())).mappings().all()
        return [_run(row) for row in rows]

    # --- what was read ----------------------------------------------------------------------

    def add_rows(self, run: str, rows: Iterable[tuple[int, int]]) -> None:
        """Note the rows (sheet number, row) that the run answers for."""
        from importer.journal.tables import ROWS

        self._insert(ROWS, [{"run": run, "sheet": s, "row": r, "valid": 1} for s, r in rows])

    def invalidate_rows(self, run: str, rows: Iterable[tuple[int, int]]) -> None:
        """Note the rows that failed the checks."""
        from sqlalchemy import bindparam

        from importer.journal.tables import ROWS

        values = [{"s": sheet, "r": row} for sheet, row in rows]
        if not values:
            return
        where = (ROWS.c.run == run, ROWS.c.sheet == bindparam("s"), ROWS.c.row == bindparam("r"))
        with self.store.writing() as connection:
            connection.execute(ROWS.update().where(*where).values(valid=0), values)

    def add_items(self, run: str, items: Iterable[Item]) -> None:
        """Note items as they are mapped or planned."""
        from importer.journal.tables import ITEMS

        self._insert(ITEMS, [{"run": run, **item_row(item)} for item in items])

    def add_merged(self, run: str, rows: Iterable[tuple[int, int, int]]) -> None:
        """Note rows (sheet, row) that stated item `no` again."""
        from importer.journal.tables import MERGED

        self._insert(MERGED, [{"run": run, "sheet": s, "row": r, "no": n} for s, r, n in rows])

    def add_findings(self, run: str, findings: Sequence[Finding]) -> None:
        """Append findings."""
        from sqlalchemy import func, select

        from importer.journal.tables import FINDINGS

        if not findings:
            return
        with self.store.writing() as connection:
            last = select(func.max(FINDINGS.c.no)).where(FINDINGS.c.run == run)
            first = (connection.execute(last).scalar() or 0) + 1
            rows = [
                {"run": run, "no": no, "finding": pack_finding(finding)}
                for no, finding in enumerate(findings, first)
            ]
            connection.execute(FINDINGS.insert(), rows)

    def findings(self, run: str) -> list[Finding]:
        """Every finding of a run, in order."""
        from importer.journal.tables import FINDINGS

        query = FINDINGS.select().where(FINDINGS.c.run == run).order_by(FINDINGS.c.no)
        with self.store.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return [unpack_finding(row["finding"]) for row in rows]

    def add_live(self, run: str, entities: Iterable[LiveEntity]) -> None:
        """Keep what the target holds until the run has its plan."""
        from importer.journal.tables import LIVE

        rows = [{"run": run, "id": live.id, "entity": pack_live(live)} for live in entities]
        self._insert(LIVE, rows)

    def live(self, run: str, ids: Sequence[str]) -> dict[str, LiveEntity]:
        """The live entities with these ids."""
        from importer.journal.tables import LIVE

        found: dict[str, LiveEntity] = {}
        with self.store.reading() as connection:
            for start in range(0, len(ids), 500):
                some = LIVE.c.id.in_(ids[start : start + 500])
                for row in connection.execute(LIVE.select().where(LIVE.c.run == run, some)):
                    found[row.id] = unpack_live(row.entity)
        return found

    def drop_live(self, run: str) -> None:
        """Forget what the target held."""
        from importer.journal.tables import LIVE

        with self.store.writing() as connection:
            connection.execute(LIVE.delete().where(LIVE.c.run == run))

    def _insert(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            with self.store.writing() as connection:
                connection.execute(table.insert(), rows)


_FIELDS = tuple(Item.__dataclass_fields__)


def _run_row(run: Run) -> dict[str, Any]:
    row = {name: getattr(run, name) for name in Run.__dataclass_fields__}
    return {**row, "facts": pack(run.facts)}


def _run(row: Any) -> Run:
    fields = {name: row[name] for name in Run.__dataclass_fields__}
    return Run(**{**fields, "facts": unpack(row["facts"])})


def item_row(item: Item) -> dict[str, Any]:
    """An item as a row of the table."""
    return {name: getattr(item, name) for name in _FIELDS}


def item_of(row: Any) -> Item:
    """The item that a row of the table holds."""
    return Item(**{name: row[name] for name in _FIELDS})
