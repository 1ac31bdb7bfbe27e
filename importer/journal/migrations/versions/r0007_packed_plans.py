"""Plans are packed: what was a line for each row and item becomes chunks and outcomes."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterator
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ROWS_A_CHUNK = 500
MANY = 500
VALID = 1

_RUN: sa.BindParameter[str] = sa.bindparam("of_run", type_=sa.String)
_ROWS = sa.table("rows", *map(sa.column, ("run", "sheet", "row", "valid")))
_MERGED = sa.table("merged", *map(sa.column, ("run", "sheet", "row", "no")))
_ITEMS = sa.table(
    "items",
    *map(sa.column, ("run", "no", "sheet", "row", "kind", "key", "level", "state", "action")),
    *(sa.column("id"), sa.column("message"), sa.column("change", sa.LargeBinary)),
)
_CHUNKS = sa.table("chunks", sa.column("sha256"), sa.column("content", sa.LargeBinary))
_UNCHANGED = sa.table("unchanged", *map(sa.column, ("run", "no", "sha256")))
_PLANNED = sa.table(
    "planned",
    *map(sa.column, ("run", "no", "sheet", "sha256", "first", "last")),
    *(sa.column(name, sa.LargeBinary) for name in ("levels", "changes", "shown")),
)
_NAMED = sa.table(
    "named",
    *map(sa.column, ("run", "kind", "key", "no", "sheet", "row", "state", "id", "message")),
)
_OUTCOMES = sa.table("outcomes", *map(sa.column, ("run", "no", "state", "id", "message", "guard")))


def upgrade() -> None:
    """Make the new tables, pack what the old ones hold, and drop these."""
    _make()
    old = op.get_bind()
    runs = sa.union(*(sa.select(one.c.run) for one in (_ROWS, _ITEMS, _UNCHANGED)))
    for (run,) in old.execute(runs).all():
        _Packer(old, run).pack()
    kept = sa.select(_PLANNED.c.sha256)
    old.execute(_CHUNKS.delete().where(_CHUNKS.c.sha256.not_in(kept)))
    for table in ("unchanged", "merged", "items", "rows"):
        op.drop_table(table)


def _of_run() -> sa.Column[str]:
    return sa.Column("run", sa.String(32), primary_key=True)


def _make() -> None:
    op.create_table(
        "planned",
        _of_run(),
        sa.Column("no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sheet", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("levels", sa.LargeBinary, nullable=False),
        sa.Column("changes", sa.LargeBinary, nullable=False),
        sa.Column("shown", sa.LargeBinary, nullable=False),
    )
    op.create_index("planned_by_chunk", "planned", ["sha256"])
    op.create_table(
        "named",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        _of_run(),
        sa.Column("no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sheet", sa.Integer, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("id", sa.Text),
        sa.Column("message", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("named_by_number", "named", ["run", "no"], unique=True)
    op.create_table(
        "outcomes",
        _of_run(),
        sa.Column("no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("id", sa.Text),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("guard", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )


class _Packer:
    """Packs one run: its rows in order, with what they make and what they state again."""

    def __init__(self, connection: sa.Connection, run: str) -> None:
        self._connection = connection
        self._run = run
        self._no = 0
        self._rows: list[Any] = []
        self._changes: list[bytes] = []
        self._shown: list[bytes] = []
        self._levels: Counter[tuple[int, str]] = Counter()
        self._numbers: list[int] = []

    def pack(self) -> None:
        """Write the chunks of the run."""
        every = sorted((*self._stated(), *self._unchanged()), key=itemgetter(0))
        for at, mark, items, merged in every:
            if self._rows and (len(self._rows) == ROWS_A_CHUNK or self._rows[0][0] != at[0]):
                self._write()
            self._rows.append((*at, mark, [self._item(at, *item) for item in items], merged))
        self._write()

    def _read(self, table: sa.TableClause, *columns: str) -> list[Any]:
        wanted = [table.c[name] for name in columns]
        query = sa.select(*wanted).where(table.c.run == _RUN).order_by(*wanted[:3])
        return list(self._connection.execute(query, {"of_run": self._run}))

    def _stated(self) -> Iterator[tuple[tuple[int, int], int, list[Any], list[int]]]:
        """Yield the rows that stand in the old tables."""
        marks = {(row[0], row[1]): row[2] for row in self._read(_ROWS, "sheet", "row", "valid")}
        columns = ("kind", "key", "level", "state", "action", "id", "message", "change")
        items: dict[tuple[int, int], list[Any]] = {}
        for sheet, row, *item in self._read(_ITEMS, "sheet", "row", "no", *columns):
            items.setdefault((sheet, row), []).append(item)
        merged: dict[tuple[int, int], list[int]] = {}
        for sheet, row, no in self._read(_MERGED, "sheet", "row", "no"):
            merged.setdefault((sheet, row), []).append(no)
        for at in {**marks, **items}:
            yield at, marks.get(at, VALID), items.get(at, []), merged.get(at, [])

    def _unchanged(self) -> Iterator[tuple[tuple[int, int], int, list[Any], list[int]]]:
        """Yield the rows that were packed already."""
        chunks = (
            sa.select(_CHUNKS.c.content)
            .join(_UNCHANGED, _UNCHANGED.c.sha256 == _CHUNKS.c.sha256)
            .where(_UNCHANGED.c.run == _RUN)
            .order_by(_UNCHANGED.c.no)
        )
        for (content,) in self._connection.execute(chunks, {"of_run": self._run}).all():
            for sheet, row, entities, merged in json.loads(zlib.decompress(content)):
                same = ("unchanged", "unchanged")
                items = [(*one[:4], *same, one[4], "", None) for one in entities]
                yield (sheet, row), VALID, items, [no for no, _ in merged]

    def _item(self, at: tuple[int, int], *item: Any) -> tuple[Any, ...]:
        """Return an item as it was planned; its outcome is written apart."""
        no, kind, key, level, state, action, id_, message, change = item
        key, said = key or "", message
        planned = "unchanged" if state == "pending" else state  # before a plan nothing is sent
        if change is not None:
            planned, said = "pending", ""
            sent = json.loads(change)
            self._shown.append(_plain(sent.pop("fields")))
            self._changes.append(_plain(sent))
            self._levels[level, kind] += 1
            self._numbers.append(no)
            if state != "pending":
                guard = int(state == "held")
                outcome = {"no": no, "state": state, "id": id_, "message": message, "guard": guard}
                self._connection.execute(_OUTCOMES.insert(), {"run": self._run, **outcome})
        if no % 2 == 0 and key:
            named = {"kind": kind, "key": key, "no": no, "sheet": at[0], "row": at[1]}
            self._connection.execute(
                _NAMED.insert(),
                {"run": self._run, **named, "state": planned, "id": id_, "message": said},
            )
        return no, kind, key, level, planned, action, id_, said

    def _write(self) -> None:
        if not self._rows:
            return
        self._no += 1
        content = zlib.compress(_plain(self._rows), 1)
        digest = hashlib.sha256(content).hexdigest()
        there = sa.select(_CHUNKS.c.sha256).where(_CHUNKS.c.sha256 == digest)
        if self._connection.execute(there).first() is None:
            self._connection.execute(_CHUNKS.insert(), {"sha256": digest, "content": content})
        chunk = {
            "run": self._run,
            "no": self._no,
            "sheet": self._rows[0][0],
            "sha256": digest,
            "first": min(self._numbers, default=-1),
            "last": max(self._numbers, default=-1),
            "levels": _plain([(*at, number) for at, number in self._levels.items()]),
            "changes": _lines(self._changes),
            "shown": _lines(self._shown),
        }
        self._connection.execute(_PLANNED.insert(), chunk)
        for some in (self._rows, self._changes, self._shown, self._levels, self._numbers):
            some.clear()


def _lines(lines: list[bytes]) -> bytes:
    return zlib.compress(b"\n".join(lines), 1) if lines else b""


def _plain(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
