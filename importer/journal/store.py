"""A database URL or path in, the journal's connection out; every write is one transaction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from importer.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


class Store:
    """One journal database. SQLite by path (or `:memory:`), any other database by URL."""

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

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()


def _without_password(where: str) -> str:
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", where)


def _engine(where: str) -> Engine:
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool

    if "://" in where:
        return create_engine(where)
    if where == ":memory:":
        return create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    Path(where).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{where}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def durable(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    return engine
