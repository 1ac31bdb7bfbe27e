"""The contents that jobs have imported: each is taken once for its job, its target, its mapping."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import bindparam

from importer.journal.clock import CLOCK
from importer.journal.job_tables import TAKEN
from importer.journal.store import Store

_KEY = tuple(TAKEN.c[name] == bindparam(f"k_{name}") for name in ("job", "identity", "mapping"))
_CONTENT = (*_KEY, TAKEN.c.sha256 == bindparam("k_sha256"))
_BY_CONTENT = TAKEN.select().where(*_CONTENT)
_BY_NAME = (
    TAKEN.select()
    .where(*_KEY, TAKEN.c.name == bindparam("k_name"))
    .order_by(TAKEN.c.at.desc())
    .limit(1)
)
_DROP = TAKEN.delete().where(*_CONTENT)
_MARK = TAKEN.update().where(*_CONTENT)


class Taker(Struct, frozen=True):
    """For what a content counts as taken: a job, its target, its mapping (a hash)."""

    job: str
    identity: str
    mapping: str


class TakenContent(Struct, frozen=True):
    """A content that was taken: the file that had it last, its rows, the run that imported it."""

    sha256: str
    name: str
    mark: str
    rows: int
    run: str


def last_of_name(store: Store, by: Taker, name: str) -> TakenContent | None:
    """Return the last content that a file of this name had when it was taken."""
    return _first(store, _BY_NAME, by, k_name=name)


def of_content(store: Store, by: Taker, sha256: str) -> TakenContent | None:
    """Return what is known of a content that was taken."""
    return _first(store, _BY_CONTENT, by, k_sha256=sha256)


def take(store: Store, by: Taker, one: TakenContent) -> None:
    """Note that a content is taken; it is the last of its file now."""
    with store.writing() as connection:
        connection.execute(_DROP, {**_key(by), "k_sha256": one.sha256})
        connection.execute(TAKEN.insert().values(at=CLOCK), {**asdict(by), **asdict(one)})


def note_mark(store: Store, by: Taker, sha256: str, mark: str) -> None:
    """Note the mark of a file whose content is still the one that was taken."""
    with store.writing() as connection:
        connection.execute(_MARK.values(mark=mark), {**_key(by), "k_sha256": sha256})


def _first(store: Store, query: Any, by: Taker, **which: str) -> TakenContent | None:
    with store.reading() as connection:
        row = connection.execute(query, {**_key(by), **which}).mappings().first()
    names = ("sha256", "name", "mark", "rows", "run")
    return TakenContent(**{name: row[name] for name in names}) if row else None


def _key(by: Taker) -> dict[str, str]:
    return {f"k_{name}": value for name, value in asdict(by).items()}
