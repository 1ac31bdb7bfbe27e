"""The journal's tables: runs and their plans, the batches sent, the outcomes, the findings."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
)

METADATA = MetaData()
THIS_RUN = bindparam("this_run", type_=String)
"""The run that a statement is about."""

RUNS = Table(
    "runs",
    METADATA,
    Column("run", String(32), primary_key=True),
    Column("no", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("target", Text, nullable=False),
    Column("identity", Text, nullable=False),
    Column("system", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("finished", Text),
    Column("why", Text, nullable=False, default=""),
    Column("facts", LargeBinary, nullable=False),
)
"""`no` is the order in which runs began. `facts` is the JSON of `serialize.pack_run`."""

LIVE = Table(
    "live",
    METADATA,
    Column("run", String(32), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("entity", LargeBinary, nullable=False),
)
"""What the target holds while the run is planned; dropped once it has its plan."""

CHUNKS = Table(
    "chunks",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""Rows, many in one: what `planned_rows.pack_rows` returns, by its hash.

The same list read night after night is kept once.
"""

PLANNED = Table(
    "planned",
    METADATA,
    Column("run", String(32), primary_key=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("sheet", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("levels", LargeBinary, nullable=False),
    Column("changes", LargeBinary, nullable=False),
    Column("shown", LargeBinary, nullable=False),
)
"""The plan of a run: its chunks in the order of their rows, each of one sheet.

`first` and `last` are the least and the greatest number (`item.item_no`) of the items to send.
`levels` is JSON, how many they are: a list of level, kind and number. `changes` is what is sent of
each, `shown` what a plan shows of it, as `planned_rows.pack_lines` returns them. Nothing of a plan
is ever changed.
"""

Index("planned_by_chunk", PLANNED.c.sha256)

NAMED = Table(
    "named",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("run", String(32), primary_key=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("sheet", Integer, nullable=False),
    Column("row", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("id", Text),
    Column("message", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Entities that others of the run refer to, or that further rows state: as they are planned.

The key begins with what differs most: SQLite takes it for granted that a run has few of them.
"""

Index("named_by_number", NAMED.c.run, NAMED.c.no, unique=True)

OUTCOMES = Table(
    "outcomes",
    METADATA,
    Column("run", String(32), primary_key=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("id", Text),
    Column("message", Text, nullable=False),
    Column("guard", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""What became of what is to be sent. `guard` is 1 where the guard holds it until its release."""

BATCHES = Table(
    "batches",
    METADATA,
    Column("run", String(32), primary_key=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("level", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("items", LargeBinary, nullable=False),
    Column("sent", Float(53)),
    Column("settled", Float(53)),
    Column("http_status", Integer),
    Column("words", Text, nullable=False, default=""),
)

HOLDS = Table(
    "holds",
    METADATA,
    Column("identity", Text, primary_key=True),
    Column("run", String(32), nullable=False),
    Column("owner", String(16), nullable=False),
    Column("holder", LargeBinary, nullable=False),
    Column("since", Text, nullable=False),
    Column("until", Float(53), nullable=False),
    Column("cancelled", Integer, nullable=False),
)
"""Leases, one row a target. `owner` is a random number of the process, `holder` says which process
it is, `until` is the end of the lease in seconds since 1970.
"""

APPROVALS = Table(
    "approvals",
    METADATA,
    Column("run", String(32), primary_key=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("at", Float(53), nullable=False),
    Column("who", Text, nullable=False),
    Column("by", String(16), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("items", LargeBinary, nullable=False),
)
"""Who has approved held rows, when (seconds since 1970), how many, and the numbers of their items;
`by` says how we know who it was.
"""

DROPPED = Table(
    "dropped",
    METADATA,
    Column("run", String(32), primary_key=True),
    Column("at", Float(53), nullable=False),
    Column("summary", LargeBinary, nullable=False),
)
"""Runs whose rows, items and before-images are kept no longer; `summary` has their counts."""

FINDINGS = Table(
    "findings",
    METADATA,
    Column("run", String(32), primary_key=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("finding", LargeBinary, nullable=False),
)

PLANNING = (
    RUNS, LIVE, CHUNKS, PLANNED, NAMED, OUTCOMES, BATCHES, HOLDS, APPROVALS, FINDINGS,
)  # fmt: skip
"""The tables that a plan needs."""

OF_RUN = (FINDINGS, LIVE, NAMED, OUTCOMES, PLANNED)
"""The tables that say what a run has read and planned, and what became of it."""
