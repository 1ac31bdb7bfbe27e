"""The uploads of a journal: added, read, and moved from one state to the next."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select

from importer.journal.store import Store
from importer.journal.upload import Upload, UploadState
from importer.journal.upload_facts import Facts, pack_facts, unpack_facts, unpack_step
from importer.journal.upload_tables import THIS_UPLOAD, UPLOADS

_NAMED = UPLOADS.c.upload == THIS_UPLOAD
_ONE = UPLOADS.select().where(_NAMED)
_LAST = select(func.max(UPLOADS.c.no))
_ALL = UPLOADS.select().order_by(UPLOADS.c.no.desc())
_OF_OWNER = _ALL.where(UPLOADS.c.owner == bindparam("of_owner"))
_OF_RUN = UPLOADS.select().where(
    or_(UPLOADS.c.run == bindparam("of_run"), UPLOADS.c.undo == bindparam("of_run"))
)
_FROM = UPLOADS.c.state.in_(bindparam("from_states", expanding=True))
_MOVE = UPLOADS.update().where(_NAMED, _FROM)


def add_upload(store: Store, upload: Upload, facts: Facts) -> None:
    """Enter an upload."""
    with store.writing() as connection:
        last = connection.execute(_LAST).scalar() or 0
        row = {"no": last + 1, "tries": 0, "task": "", "until": 0.0, "facts": pack_facts(facts)}
        connection.execute(UPLOADS.insert(), [{**_columns(upload), **row}])


def find_upload(store: Store, name: str) -> tuple[Upload, Facts] | None:
    """Return an upload and its facts, None where there is none of this name."""
    with store.reading() as connection:
        row = connection.execute(_ONE, {"this_upload": name}).mappings().first()
    return _found(row) if row else None


def upload_of_run(store: Store, run: str) -> Upload | None:
    """Return the upload that a run imports or undoes, None where there is none."""
    with store.reading() as connection:
        row = connection.execute(_OF_RUN, {"of_run": run}).mappings().first()
    return _found(row)[0] if row else None


def all_uploads(store: Store, owner: str | None = None) -> list[Upload]:
    """Return the uploads of somebody, or all, newest first."""
    with store.reading() as connection:
        query = _ALL if owner is None else _OF_OWNER
        which = {} if owner is None else {"of_owner": owner}
        return [_found(row)[0] for row in connection.execute(query, which).mappings()]


def move(
    store: Store, name: str, states: Collection[UploadState], to: UploadState, **columns: Any
) -> bool:
    """Move an upload from one of these states to another; False where it is in none of them.

    `facts` among the columns is a `Facts`. The clock of its tries begins anew.
    """
    with store.writing() as connection:
        return moved(connection, name, states, to, **columns)


def moved(
    connection: Connection,
    name: str,
    states: Collection[UploadState],
    to: UploadState,
    **columns: Any,
) -> bool:
    """Move an upload within a transaction; see `move`."""
    if isinstance(columns.get("facts"), Facts):
        columns["facts"] = pack_facts(columns["facts"])
    values = {"tries": 0, "step": None, **columns, "state": to}
    which = {"this_upload": name, "from_states": list(states)}
    return connection.execute(_MOVE.values(**values), which).rowcount == 1


def note_run(store: Store, name: str, run: str, *, undoes: bool = False) -> None:
    """Note the run that imports an upload, or that undoes its import."""
    with store.writing() as connection:
        column = {"undo" if undoes else "run": run}
        connection.execute(UPLOADS.update().where(_NAMED).values(**column), {"this_upload": name})


_SAME = ("owner", "created", "template", "target", "folder", "version", "checked", "why")
_MORE = ("run", "undo", "kept_until", "removed")


def _columns(upload: Upload) -> dict[str, Any]:
    same = {name: getattr(upload, name) for name in (*_SAME, *_MORE)}
    return {**same, "upload": upload.name, "state": upload.state}


def _found(row: Any) -> tuple[Upload, Facts]:
    facts = unpack_facts(row["facts"])
    same = {name: row[name] for name in (*_SAME, *_MORE)}
    upload = Upload(
        name=row["upload"],
        state=UploadState(row["state"]),
        **{**same, "template": same["template"] or facts.template},
        files=facts.files,
        sheets=facts.sheets,
        counts=facts.counts,
        answers=facts.answers,
        mapping=facts.mapping,
        kept=facts.kept,
        kept_by=facts.kept_by,
        only=facts.only,
        step=unpack_step(row["step"]),
    )
    return upload, facts
