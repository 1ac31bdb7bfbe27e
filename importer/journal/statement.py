"""Statements that are carried out for every batch or row: compiled once for each kind of database.

SQLAlchemy makes the SQL and keeps the transaction; the driver then gets plain tuples, without what
SQLAlchemy does for each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.elements import ClauseElement

from importer.cache import Cache

Values = Sequence[Any]


class _Compiled(Struct, frozen=True):
    """SQL of one kind of database; `ordered` puts values into the order of its parameters."""

    sql: str
    ordered: Callable[[Values], tuple[Any, ...]]


class Statement:
    """One statement of the journal; `names` are its parameters, in the order of the values given.

    Parameters with a value of their own are not named. It takes no list of any length (IN). Where
    each database has a form of its own, `clause` returns that by the database's name.
    """

    def __init__(self, clause: ClauseElement | Callable[[str], ClauseElement], *names: str) -> None:
        self._clause = clause
        self._names = names
        self._compiled = Cache[type[Dialect], _Compiled](self._compile)

    def run(self, connection: Connection, *values: Any) -> DBAPICursor:
        """Carry the statement out and return the driver's cursor."""
        compiled = self._compiled[type(connection.dialect)]
        cursor = connection.connection.cursor()
        cursor.execute(compiled.sql, compiled.ordered(values))
        return cursor

    def run_many(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Carry the statement out for each row of values; for none, do nothing."""
        if rows:
            compiled = self._compiled[type(connection.dialect)]
            cursor = connection.connection.cursor()
            cursor.executemany(compiled.sql, [compiled.ordered(row) for row in rows])

    def _compile(self, dialect: type[Dialect]) -> _Compiled:
        of_kind: Any = dialect
        positional = of_kind(paramstyle="qmark" if dialect.name == "sqlite" else "format")
        whole = (
            self._clause if isinstance(self._clause, ClauseElement) else self._clause(dialect.name)
        )
        made: Any = whole.compile(dialect=positional, column_keys=list(self._names))
        return _Compiled(str(made), _ordering(self._names, made.positiontup or [], made.params))


def _ordering(
    names: Sequence[str], order: Sequence[str], params: dict[str, Any]
) -> Callable[[Values], tuple[Any, ...]]:
    """Return what puts values, in the order of `names`, among those that the statement has."""
    own = [name for name in order if name not in names]
    fixed = tuple(params[name] for name in own)
    places = [
        names.index(name) if name in names else len(names) + own.index(name) for name in order
    ]
    if places == list(range(len(names))):
        return tuple
    if not places:
        return lambda _values: ()
    if len(places) == 1:
        return lambda values: ((*values, *fixed)[places[0]],)
    pick = itemgetter(*places)
    return lambda values: pick((*values, *fixed))
