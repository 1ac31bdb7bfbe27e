"""Databases before `Store` has opened them: without tables, or with those of a revision."""

from contextlib import closing
from types import SimpleNamespace

from sqlalchemy import MetaData, inspect, select

from importer.journal import schema
from importer.journal.migrations.upgrade import upgrade
from importer.journal.store import _engine


def empty(place):
    """The engine of a database, as the journal makes it."""
    engine = _engine(str(place))
    return SimpleNamespace(engine=engine, close=engine.dispose)


def to_revision(place, revision, *, stated=True):
    """Make the tables of a revision; `stated` says whether the journal knows which it is."""
    with closing(empty(place)) as store, store.engine.begin() as connection:
        upgrade(connection, revision)
        if not stated:
            schema.VERSION.drop(connection)


def copy(path, place):
    """Copy all rows of a journal on SQLite into one that has its tables already."""
    with closing(empty(path)) as old, closing(empty(place)) as new:
        tables = MetaData()
        tables.reflect(old.engine)
        with old.engine.connect() as reading, new.engine.begin() as writing:
            for table in tables.sorted_tables:
                if rows := reading.execute(table.select()).mappings().all():
                    writing.execute(table.insert(), [dict(row) for row in rows])


def revision_of(store):
    with store.engine.connect() as connection:
        return connection.execute(select(schema.VERSION.c.version_num)).scalar_one()


def tables_of(store):
    """Table -> its columns with type and whether they may be blank, its key and its indexes."""
    found = inspect(store.engine)
    return {
        table: {
            "columns": {
                one["name"]: (str(one["type"]), one["nullable"], one["default"])
                for one in found.get_columns(table)
            },
            "key": found.get_pk_constraint(table)["constrained_columns"],
            "unique": found.get_unique_constraints(table),
            "indexes": found.get_indexes(table),
            "foreign": found.get_foreign_keys(table),
        }
        for table in found.get_table_names()
    }
