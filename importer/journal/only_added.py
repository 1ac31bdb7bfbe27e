"""A table whose rows are only ever added: the database itself refuses to change or drop one."""

from __future__ import annotations

from sqlalchemy import DDL, Table, event

WORDS = "rows are only ever added here"

SQLITE = (
    """CREATE TRIGGER {table}_not_changed BEFORE UPDATE ON {table}
    BEGIN SELECT RAISE(ABORT, '{words}'); END""",
    """CREATE TRIGGER {table}_not_dropped BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, '{words}'); END""",
)
POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION {table}_only_added() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{words}'; END $$""",
    """CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_added()""",
)


def only_added(table: Table) -> None:
    """Let a table be made with triggers that refuse anything but new rows."""
    for dialect, statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
        for statement in statements:
            made = DDL(statement.format(table=table.name, words=WORDS))  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", made.execute_if(dialect=dialect))
