"""The hold of a process on an upload that it works on, and the uploads that nobody works on.

A hold is renewed as a lease of a target is; one whose process has ended is free for another.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Collection
from typing import Any, Self

from msgspec import Struct, field
from sqlalchemy import bindparam, or_, select

from importer.errors import JournalLost
from importer.journal.clock import CLOCK
from importer.journal.process import Process, gone, this_process
from importer.journal.serialize import pack, unpack
from importer.journal.store import Store
from importer.journal.upload import BUSY, Step, UploadState
from importer.journal.upload_facts import pack_step
from importer.journal.upload_tables import THIS_UPLOAD, UPLOADS
from importer.journal.uploads import moved

OF_TASK = ("upload", "owner", "state", "tries")

_NAMED = UPLOADS.c.upload == THIS_UPLOAD
_MINE = (_NAMED, UPLOADS.c.task == bindparam("my_task"))
_LEFT = (UPLOADS.c.until - CLOCK).label("left")
_HELD = UPLOADS.select().add_columns(_LEFT).where(_NAMED)
_BUSY = (
    select(*(UPLOADS.c[name] for name in (*OF_TASK, "task", "holder")), _LEFT)
    .where(UPLOADS.c.state.in_(sorted(BUSY)))
    .order_by(UPLOADS.c.no)
)
_TAKE = (
    UPLOADS.update()
    .where(_NAMED, or_(UPLOADS.c.task == "", UPLOADS.c.task == bindparam("gone_task")))
    .values(until=CLOCK + bindparam("seconds"), tries=UPLOADS.c.tries + 1)
)
_RENEW = UPLOADS.update().where(*_MINE).values(until=CLOCK + bindparam("seconds"))
_CLOSE = UPLOADS.update().where(*_MINE).values(task="", holder=None, until=0.0, step=None)
_STEP = UPLOADS.update().where(*_MINE)


class Hold(Struct):
    """The right of this process to work on one upload, from `take` to `close`."""

    store: Store
    upload: str
    _task: str = field(default_factory=lambda: secrets.token_hex(8))
    _asked: bool = False
    _renewer: threading.Thread | None = None
    _closed: threading.Event = field(default_factory=threading.Event)

    def take(self) -> bool:
        """Take it; False where another process that lives has it."""
        with self.store.reading() as connection:
            row = connection.execute(_HELD, {"this_upload": self.upload}).mappings().first()
        if row is None or not _free(row):
            return False
        seconds = {"seconds": self.store.lease}
        which = {"this_upload": self.upload, "gone_task": row["task"], **seconds}
        mine = {"task": self._task, "holder": pack(this_process().as_json())}
        self._asked = True  # first: whatever interrupts it, `close` gives it back
        with self.store.writing() as connection:
            taken = connection.execute(_TAKE.values(**mine), which).rowcount == 1
        if taken:
            self._renewer = threading.Thread(target=self._keep_alive, daemon=True, name="hold")
            self._renewer.start()
        return taken

    def note(self, step: Step) -> None:
        """Note what is done now, for everybody to see."""
        with self.store.writing() as connection:
            connection.execute(_STEP.values(step=pack_step(step)), self._which())

    def close(self) -> None:
        """Give it back."""
        self._closed.set()
        if not self._asked:
            return
        if self._renewer is not None and self._renewer.ident:
            self._renewer.join()
        with self.store.writing() as connection:
            connection.execute(_CLOSE, self._which())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _which(self) -> dict[str, Any]:
        return {"this_upload": self.upload, "my_task": self._task}

    def _keep_alive(self) -> None:
        while not self._closed.wait(self.store.lease / 3):
            try:
                with self.store.writing() as connection:
                    connection.execute(_RENEW, {**self._which(), "seconds": self.store.lease})
            except JournalLost:
                continue


class BusyUpload(Struct, frozen=True):
    """An upload that a process works on (`held`) or should, with how often one began."""

    name: str
    owner: str
    state: UploadState
    tries: int
    held: bool


def busy_uploads(store: Store) -> list[BusyUpload]:
    """Return the uploads that processes work on or should, in the order in which they came."""
    with store.reading() as connection:
        rows = connection.execute(_BUSY).mappings().all()
    return [_busy(row) for row in rows]


def left_alone(store: Store) -> list[tuple[str, int]]:
    """Return the uploads that a process should work on and none does, with how often one began."""
    return [(one.name, one.tries) for one in busy_uploads(store) if not one.held]


def _busy(row: Any) -> BusyUpload:
    name, owner, state, tries = (row[column] for column in OF_TASK)
    return BusyUpload(name, owner, UploadState(state), tries, not _free(row))


def moved_unheld(
    store: Store, name: str, states: Collection[UploadState], to: UploadState, **columns: Any
) -> bool:
    """Move an upload that no process works on; False where one does, or where it is in no state.

    Its row is locked until it is moved, so that no process takes it meanwhile.
    """
    with store.writing() as connection:
        which = {"this_upload": name}
        row = connection.execute(_HELD.with_for_update(), which).mappings().first()
        unheld = row is not None and _free(row)
        return unheld and moved(connection, name, states, to, **columns)


def _free(row: Any) -> bool:
    if not row["task"] or row["left"] <= 0:
        return True
    return gone(Process(**unpack(row["holder"])), this_process())
