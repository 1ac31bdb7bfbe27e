"""A database URL or path in, the journal's connection out; every write is one transaction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from importer.errors import JournalLost, UsageError

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Engine

_JULIAN_1970 = 2440587.5


class Store:
    """One journal database: SQLite by path, PostgreSQL by URL."""

    def __init__(self, where: str | Path) -> None:
        from sqlalchemy.exc import SQLAlchemyError

        from importer.journal.tables import METADATA

        self._name = _without_password(str(where))
        try:
            self._engine = _engine(str(where))
            METADATA.create_all(self._engine)
        except (SQLAlchemyError, OSError, ImportError) as error:
            reason = str(error.__cause__ or error).splitlines()[0]
            raise UsageError(f"The journal {self._name} cannot be opened: {reason}.") from None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is written, or nothing. Raises JournalLost."""
        with self._told(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads. Raises JournalLost."""
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """A database that fails stops the run in a sentence; a row that is there twice is news."""
        from sqlalchemy.exc import IntegrityError, SQLAlchemyError

        try:
            yield
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise JournalLost(
                f"The journal {self._name} failed: {reason}. When that is mended, `importer runs` "
                "names the run, and `importer resume RUN` goes on where it stopped."
            ) from None

    def clock(self) -> ColumnElement[float]:
        """Seconds since 1970 by the database's clock, to the millisecond: all processes' clock."""
        from sqlalchemy import Float, cast, extract, func

        if self._engine.dialect.name == "sqlite":
            return cast((func.julianday("now") - _JULIAN_1970) * 86400.0, Float)
        return cast(extract("epoch", func.clock_timestamp()), Float)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()


def _without_password(where: str) -> str:
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", where)


def _engine(where: str) -> Engine:
    from sqlalchemy import create_engine, event

    if "://" in where:
        return create_engine(_with_driver(where), pool_pre_ping=True)
    Path(where).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{where}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def durable(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # a batch is on the disk before it is sent
        cursor.close()

    return engine


def _with_driver(url: str) -> str:
    """`postgres://` and `postgresql://` mean the driver that the extra installs."""
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)
