"""Insert a row that is not there yet; each database has a form of its own for that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_absent(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row; False where one with this key is there already, which stays."""
    form = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = form.insert(table).values(row).on_conflict_do_nothing().inline()
    inserted = connection.execute(insert, execution_options={"preserve_rowcount": True})
    return inserted.rowcount == 1
