"""Insert a row that is not there yet; each database has a form of its own for that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Insert, Table


def insert_absent(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row; False where one with this key is there already, which stays."""
    insert = insert_unless_there(connection.dialect.name, table).values(row).inline()
    inserted = connection.execute(insert, execution_options={"preserve_rowcount": True})
    return inserted.rowcount == 1


def insert_unless_there(database: str, table: Table) -> Insert:
    """Return the statement that inserts rows which are not there yet, of a kind of database."""
    if database == "postgresql":
        from sqlalchemy.dialects import postgresql  # takes long to load

        return postgresql.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table).on_conflict_do_nothing()
