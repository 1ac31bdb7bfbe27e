"""Where Huey keeps a line of a queue: an SQLite file, PostgreSQL or Redis, by the address."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from huey.storage import PostgresStorage, RedisStorage, SqliteStorage

from importer.atomic import private_file
from importer.errors import UsageError
from importer.work.outage import Outage

TABLES = "importer_queue"
"""How the names of the tables in PostgreSQL begin."""

PATIENCE = 5
"""Seconds in which a server must let itself be connected to."""

_MAKING = 7_081_909_310
"""The number of the lock under which tables are made: two processes at once would both fail."""


class _Patient:
    """Asks again, at a quiet pace, where the queue is away."""

    outage: Outage

    def dequeue(self) -> Any:
        """Return what is next, None where nothing is or the queue is away."""
        return self.outage.bridge(super().dequeue, None)  # type: ignore[misc]

    def read_schedule(self, ts: dt.datetime) -> Any:
        """Return what has its time now; nothing where the queue is away."""
        read = super().read_schedule  # type: ignore[misc]
        return self.outage.bridge(lambda: read(ts), [])


class InFile(_Patient, SqliteStorage):  # type: ignore[misc]
    """A line in an SQLite file."""


class InPostgresql(_Patient, PostgresStorage):  # type: ignore[misc]
    """A line in tables of PostgreSQL."""

    def __init__(self, *args: Any, **given: Any) -> None:
        self._listening: set[Any] = set()
        super().__init__(*args, **given)

    def close(self) -> bool:
        """Close its connections, also those on which threads that have ended listened."""
        for connection in self._listening:
            self._close_quiet(connection)
        self._listening.clear()
        return bool(super().close())

    def _listen_conn(self) -> Any:
        """Return the connection on which this thread listens, and know it."""
        connection = super()._listen_conn()
        self._listening.add(connection)
        return connection

    def initialize_schema(self) -> None:
        """Make the tables, one process at a time."""
        with self.db(commit=True, close=True) as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_MAKING,))
            for statement in self.ddl:
                cursor.execute(statement)


class InRedis(_Patient, RedisStorage):  # type: ignore[misc]
    """A line in a list of Redis."""


def storage_at(address: str) -> tuple[type[Any], dict[str, Any]]:
    """Return what keeps a line at an address, and its arguments. Raises UsageError."""
    scheme = address.partition("://")[0].partition("+")[0] if "://" in address else ""
    if not scheme:
        private_file(Path(address))
        return InFile, {"filename": address, "timeout": 30}
    if scheme in ("postgres", "postgresql"):
        return InPostgresql, _postgresql(address)
    if scheme in ("redis", "rediss", "unix"):
        return InRedis, {"connection_pool": _redis(address)}
    raise UsageError(
        f"The queue is at {scheme}://, which is not known: name a file, postgresql://..., "
        "redis://... or rediss://..."
    )


def _postgresql(address: str) -> dict[str, Any]:
    """Return how PostgreSQL is reached; the address may be written as that of a journal."""
    from sqlalchemy.engine import make_url

    plain = make_url(address).set(drivername="postgresql")
    return {
        "dsn": plain.render_as_string(hide_password=False),
        "table_prefix": TABLES,
        "connect_timeout": PATIENCE,
        "keepalives_idle": 30,
    }


def _redis(address: str) -> Any:
    try:
        from redis import ConnectionPool
    except ImportError:
        raise UsageError(
            "A queue in Redis needs a package more: pip install 'importer[redis]'."
        ) from None
    return ConnectionPool.from_url(
        address, socket_connect_timeout=PATIENCE, socket_timeout=2 * PATIENCE
    )
