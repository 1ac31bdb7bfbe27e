"""The revision of the journal's tables: made where there are none, brought up to date where older.

Alembic is loaded only for a journal that is not of today: a command has to begin quickly.
"""

from __future__ import annotations

from importlib import import_module

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, inspect, select

from importer.journal.tables import METADATA, RUNS
from importer.journal.undisturbed import undisturbed

HEAD = "0007"
"""The revision of the tables in the code; a test compares it with Alembic's own."""

TABLES = ("tables", "people_tables", "upload_tables", "job_tables")
"""The modules of this folder that add tables to METADATA; a command loads those that it uses."""

VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""Alembic's own table."""

LOCK = 0x696D_706F_7274
"""The number of the lock under which one process at a time changes the tables on PostgreSQL."""


class NewerJournal(Exception):
    """The tables of a journal are those of an importer newer than this."""


def bring_up(engine: Engine) -> None:
    """Make the tables of today. Raises NewerJournal."""
    with engine.connect() as connection:
        if _revision(connection) == HEAD:
            return
    with undisturbed(), engine.begin() as connection:
        _lock(connection)
        found = _revision(connection)  # another process may have been faster
        if found is None and not inspect(connection).has_table(RUNS.name):
            _make(connection)
        elif found != HEAD:
            _upgrade(connection, found)


def all_tables() -> MetaData:
    """Return the tables of all modules."""
    for name in TABLES:
        import_module(f"importer.journal.{name}")
    return METADATA


def _revision(connection: Connection) -> str | None:
    """Return the revision of a journal, None where it has none yet."""
    if not inspect(connection).has_table(VERSION.name):
        return None
    return connection.execute(select(VERSION.c.version_num)).scalar()


def _lock(connection: Connection) -> None:
    """Let no other process change the tables until the transaction has ended."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _make(connection: Connection) -> None:
    all_tables().create_all(connection)
    VERSION.create(connection, checkfirst=True)
    connection.execute(VERSION.insert(), {"version_num": HEAD})


def _upgrade(connection: Connection, found: str | None) -> None:
    from importer.journal.migrations.upgrade import known, upgrade

    if found is not None and found not in known():
        raise NewerJournal(
            f"it was made by a newer importer (its tables are of revision {found}, those of this "
            f"one of {HEAD}): install that one"
        )
    upgrade(connection)
