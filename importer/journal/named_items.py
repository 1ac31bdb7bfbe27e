"""The entities of a run that others refer to, or that further rows state: where they are now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, and_, bindparam, select

from importer.journal.item import key_of, key_text
from importer.journal.numbers import NUMBERS, among, at_once
from importer.journal.planned_rows import STATUS, PlannedItem, PlannedRow
from importer.journal.statement import Statement
from importer.journal.tables import NAMED, OUTCOMES, THIS_RUN
from importer.model import Key, Status

ADD_NAMED = Statement(NAMED.insert(), *(column.name for column in NAMED.columns))

_COLUMNS = (
    *(NAMED.c.no, NAMED.c.sheet, NAMED.c.row, NAMED.c.key),
    *(NAMED.c.state, NAMED.c.id, NAMED.c.message),
    *(OUTCOMES.c.state.label("now"), OUTCOMES.c.id.label("now_id")),
    OUTCOMES.c.message.label("now_message"),
)
_ALL = (
    select(*_COLUMNS)
    .outerjoin(OUTCOMES, and_(OUTCOMES.c.run == NAMED.c.run, OUTCOMES.c.no == NAMED.c.no))
    .where(NAMED.c.run == THIS_RUN)
)
_BY_KEY = Statement(
    _ALL.where(NAMED.c.kind == bindparam("of_kind"), NAMED.c.key == bindparam("of_key")),
    "this_run",
    "of_kind",
    "of_key",
)
_BY_NUMBER = Statement(_ALL.where(among(NAMED.c.no)), "this_run", *NUMBERS)


class NamedItem(Struct, frozen=True):
    """An entity of the run: its number and place, its outcome so far and the target's id."""

    no: int
    sheet: int
    row: int
    key: Key
    state: Status
    id: str | None
    message: str


def named_row(run: str, row: PlannedRow, item: PlannedItem) -> tuple[Any, ...]:
    """Return an item of a row as `ADD_NAMED` takes it."""
    place = row.sheet, row.row
    return item.kind, item.key, run, item.no, *place, item.state, item.id, item.message


def by_key(
    connection: Connection, run: str, names: Iterable[tuple[str, Key]]
) -> dict[tuple[str, Key], NamedItem]:
    """Return the entities with these kinds and keys: of several, the last."""
    found = {}
    for kind, key in names:
        rows = _BY_KEY.run(connection, run, kind, key_text(key)).fetchall()
        if rows:
            last = max(rows, key=itemgetter(0))
            found[kind, key] = _named(last)
    return found


def by_number(connection: Connection, run: str, numbers: Sequence[int]) -> dict[int, NamedItem]:
    """Return the entities with these numbers."""
    found = {}
    for some in at_once(numbers):
        for row in _BY_NUMBER.run(connection, run, *some).fetchall():
            found[row[0]] = _named(row)
    return found


def _named(row: Sequence[Any]) -> NamedItem:
    no, sheet, at, key, state, id_, message, now, now_id, now_message = row
    if now is not None:
        state, id_, message = now, now_id or id_, now_message
    return NamedItem(no, sheet, at, key_of(key), STATUS[state], id_, message)
