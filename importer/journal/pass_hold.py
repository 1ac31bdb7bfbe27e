"""The hold of a process on a pass of a job: one pass of a target at a time, the oldest first.

A hold is renewed as a lease of a target is; that of a process that has ended is free for another,
which goes on with the pass before any other of its target has its turn.
"""

from __future__ import annotations

import secrets
import threading
from typing import Any, Self

from msgspec import Struct, field
from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.exc import IntegrityError

from importer.errors import JournalLost, LeaseLost
from importer.journal.clock import CLOCK
from importer.journal.job_pass import JobPass, PassFacts, PassState, pack_facts
from importer.journal.job_passes import is_free
from importer.journal.job_tables import JOB_PASSES
from importer.journal.process import this_process
from importer.journal.serialize import pack
from importer.journal.store import Store

_NOBODY: dict[str, Any] = {"turn": None, "task": "", "holder": None, "until": 0.0}
"""A pass on which no process works."""

_NAMED = JOB_PASSES.c.no == bindparam("this_pass")
_MINE = (_NAMED, JOB_PASSES.c.task == bindparam("my_task"))
_WAITS = JOB_PASSES.c.state == PassState.WAITING
_HELD = JOB_PASSES.select().add_columns((JOB_PASSES.c.until - CLOCK).label("left")).where(_NAMED)
_FIRST = (
    select(JOB_PASSES.c.no)
    .where(_WAITS, JOB_PASSES.c.target == bindparam("of_target"))
    .order_by(JOB_PASSES.c.due, JOB_PASSES.c.no)
    .limit(1)
)
_TAKE = (
    JOB_PASSES.update()
    .where(_NAMED, JOB_PASSES.c.state != PassState.ENDED)
    .where(or_(JOB_PASSES.c.task == "", JOB_PASSES.c.task == bindparam("gone_task")))
    .values(
        state=PassState.RUNNING,
        turn=JOB_PASSES.c.target,
        until=CLOCK + bindparam("seconds"),
        tries=JOB_PASSES.c.tries + 1,
        started=func.coalesce(JOB_PASSES.c.started, CLOCK),
    )
)
_RENEW = JOB_PASSES.update().where(*_MINE).values(until=CLOCK + bindparam("seconds"))
_PROGRESSED = JOB_PASSES.update().where(*_MINE).values(tries=0)
_GIVE_BACK = JOB_PASSES.update().where(*_MINE).values(**_NOBODY, state=PassState.WAITING, tries=0)


class PassHold(Struct):
    """The right of this process to work on one pass, from `take` to `close`."""

    store: Store
    no: int
    _task: str = field(default_factory=lambda: secrets.token_hex(8))
    _renewer: threading.Thread | None = None
    _closed: threading.Event = field(default_factory=threading.Event)

    def take(self) -> bool:
        """Take it; False where it has ended, or another has it or comes first."""
        with self.store.reading() as connection:
            row = connection.execute(_HELD, {"this_pass": self.no}).mappings().first()
            if row is None or row["state"] == PassState.ENDED or not is_free(row):
                return False
            first = connection.execute(_FIRST, {"of_target": row["target"]}).scalar()
        if row["state"] == PassState.WAITING and first != self.no:
            return False
        if not self._taken(row["task"]):
            return False
        self._renewer = threading.Thread(target=self._keep_alive, daemon=True, name="pass")
        self._renewer.start()
        return True

    def progressed(self) -> None:
        """Note that something was sent: it is not begun in vain."""
        with self.store.writing() as connection:
            connection.execute(_PROGRESSED, self._which())

    def wait(self, why: str) -> None:
        """Write what the pass waits for. Raises LeaseLost."""
        self._write({"why": why})

    def note(self, facts: PassFacts, run: str | None = None) -> None:
        """Write what is worked on, and the run that was begun. Raises LeaseLost."""
        named = {} if run is None else {"run": run}
        self._write({"facts": pack_facts(facts), **named})

    def end(self, one: JobPass) -> None:
        """Write how the pass has ended. Raises LeaseLost."""
        written = {name: getattr(one, name) for name in ("status", "rows", "why", "run")}
        facts = {"good": int(one.good), "facts": pack_facts(one.facts), "ended": CLOCK}
        self._write({**written, **facts, "state": PassState.ENDED, **_NOBODY})

    def _write(self, values: dict[str, Any]) -> None:
        with self.store.writing() as connection:
            mine = JOB_PASSES.update().where(*_MINE).values(**values)
            if connection.execute(mine, self._which()).rowcount != 1:
                raise LeaseLost(f"Another process took pass {self.no} over.")

    def close(self) -> None:
        """Give it back: one that has not ended waits for its turn again, as the oldest."""
        self._closed.set()
        if self._renewer is None:
            return
        self._renewer.join()
        self._renewer = None
        with self.store.writing() as connection:
            connection.execute(_GIVE_BACK, self._which())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _taken(self, gone_task: str) -> bool:
        which = {"this_pass": self.no, "gone_task": gone_task, "seconds": self.store.lease}
        mine = {"task": self._task, "holder": pack(this_process().as_json())}
        try:
            with self.store.writing() as connection:
                return connection.execute(_TAKE.values(**mine), which).rowcount == 1
        except IntegrityError:  # another pass of the target runs
            return False

    def _which(self) -> dict[str, Any]:
        return {"this_pass": self.no, "my_task": self._task}

    def _keep_alive(self) -> None:
        while not self._closed.wait(self.store.lease / 3):
            try:
                with self.store.writing() as connection:
                    connection.execute(_RENEW, {**self._which(), "seconds": self.store.lease})
            except JournalLost:
                continue
