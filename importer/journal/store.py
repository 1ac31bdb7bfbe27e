"""A database URL or path in, the journal's connection out; every write is one transaction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from importer.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Engine

_JULIAN_1970 = 2440587.5


class Store:
    """One journal database: SQLite by path, PostgreSQL by URL."""

    def __init__(self, where: str | Path) -> None:
        from sqlalchemy.exc import SQLAlchemyError

        from importer.journal.tables import METADATA

        try:
            self._engine = _engine(str(where))
            METADATA.create_all(self._engine)
        except (SQLAlchemyError, OSError, ImportError) as error:
            reason = str(error.__cause__ or error).splitlines()[0]
            named = _without_password(str(where))
            raise UsageError(f"The journal {named} cannot be opened: {reason}.") from None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is written, or nothing."""
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads."""
        with self._engine.connect() as connection:
            yield connection

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
