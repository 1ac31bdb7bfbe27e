"""The journal's database: SQLite by path, PostgreSQL by URL; every write is one transaction."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, StaticPool, Table, create_engine, event
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from importer.atomic import private_file
from importer.credentials import without_password
from importer.errors import JournalLost, UsageError
from importer.journal.schema import NewerJournal, bring_up
from importer.journal.tables import RUNS
from importer.journal.undisturbed import undisturbed

GO_ON = (
    "When that is fixed, `importer runs` names the run, and `importer resume RUN` goes on where it "
    "stopped."
)
"""The way out where the journal fails; a run that is not in it yet has another."""

LEAST_FREE = 5
"""Less than one part in so many is not given back: it is soon written again."""

BEGIN_AGAIN = "Nothing was sent. When that is fixed, give the command again."


LEASE = 60.0
"""Seconds after which what a process works on is free for another, if it is not heard of."""


class Store:
    """One journal database. Raises UsageError where it cannot be opened.

    `lease` is in seconds; it is the same for all that share the journal.
    """

    lease = LEASE

    def __init__(self, where: str | Path) -> None:
        self._name = without_password(str(where))
        try:
            self._engine = _opened(str(where))
        except (SQLAlchemyError, OSError, ImportError, NewerJournal) as error:
            reason = str(error.__cause__ or error).splitlines()[0]
            raise UsageError(f"The journal {self._name} cannot be opened: {reason}.") from None

    @classmethod
    def of_process(cls, tables: Sequence[Table]) -> Self:
        """Open a database with these tables that ends with this process, and waits for no disk.

        SQLite keeps it in memory, and in a file without a name where it is large.
        """
        store = cls.__new__(cls)
        store._name = "of this process"
        store._engine = create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect("", check_same_thread=False),
            poolclass=StaticPool,
        )
        RUNS.metadata.create_all(store._engine, tables=tables)
        return store

    @contextmanager
    def writing(self, way_out: str = GO_ON) -> Iterator[Connection]:
        """Open a transaction: all of it is written, or nothing. Raises JournalLost.

        `way_out` is what the user reads then. Signals are heeded after it.
        """
        with (
            undisturbed(),
            self._one_sentence(way_out),
            self._engine.begin() as connection,
            self._dropped_if_broken(connection),
        ):
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that only reads. Raises JournalLost."""
        with (
            self._one_sentence(),
            self._engine.connect() as connection,
            self._dropped_if_broken(connection),
        ):
            yield connection

    @contextmanager
    def _dropped_if_broken(self, connection: Connection) -> Iterator[None]:
        """Drop a connection that breaks in a Statement: SQLAlchemy would not see that it did."""
        dialect = self._engine.dialect
        try:
            yield
        except dialect.loaded_dbapi.Error as error:
            if dialect.is_disconnect(error, connection.connection.dbapi_connection, None):
                connection.invalidate(error)
            raise

    @contextmanager
    def _one_sentence(self, way_out: str = GO_ON) -> Iterator[None]:
        """Turn a failure of the database into one sentence; a duplicate row is for the caller."""
        driver = self._engine.dialect.loaded_dbapi
        try:
            yield
        except IntegrityError:
            raise
        except driver.IntegrityError as error:  # of a Statement, which SQLAlchemy does not see
            raise IntegrityError(None, None, error) from None
        except (SQLAlchemyError, driver.Error) as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise JournalLost(f"The journal {self._name} failed: {reason}. {way_out}") from None

    def give_back(self) -> None:
        """Give the disk what is free in a SQLite file, unless somebody is at work with it.

        PostgreSQL does that by itself.
        """
        if self._engine.dialect.name != "sqlite":
            return
        engine = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        with suppress(SQLAlchemyError), engine.connect() as connection:
            free, pages = (
                connection.exec_driver_sql(f"PRAGMA {name}").scalar() or 0
                for name in ("freelist_count", "page_count")
            )
            if free * LEAST_FREE > pages:
                connection.exec_driver_sql("VACUUM")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()


def _opened(where: str) -> Engine:
    """Return the engine of a journal whose tables are those of today."""
    engine = _engine(where)
    try:
        bring_up(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _engine(where: str) -> Engine:
    if "://" in where:
        return create_engine(_with_driver(where), pool_pre_ping=True)
    private_file(Path(where))  # SQLite gives the files beside it the same permissions
    engine = create_engine(f"sqlite:///{where}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def durable(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # a batch is on the disk before it is sent
        cursor.close()

    return engine


def _with_driver(url: str) -> str:
    """Return a `postgres://` or `postgresql://` URL with the driver that the extra installs."""
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)
