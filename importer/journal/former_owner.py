"""What a person owned who had a name before: it does not fall to the next person of that name."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam

from importer.journal.upload_tables import RUN_OWNERS, UPLOADS

_GIVEN_UP = tuple(
    table.update().where(table.c.owner == bindparam("of_owner")).values(owner=bindparam("former"))
    for table in (UPLOADS, RUN_OWNERS)
)


def give_up(connection: Connection, name: str) -> None:
    """Let uploads and runs of this name be those of `name (former)`, which nobody can be called."""
    for statement in _GIVEN_UP:
        connection.execute(statement, {"of_owner": name, "former": f"{name} (former)"})
