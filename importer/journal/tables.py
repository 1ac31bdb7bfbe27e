"""The journal's tables: runs, their rows and items, the batches sent, the findings made."""

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

ROWS = Table(
    "rows",
    METADATA,
    Column("run", String(32), primary_key=True),
    Column("sheet", Integer, primary_key=True),
    Column("row", Integer, primary_key=True),
    Column("valid", Integer, nullable=False),
)
"""`valid` is 1 for a row that passed the checks, 0 for one that failed, 2 for one left out."""

ITEMS = Table(
    "items",
    METADATA,
    Column("run", String(32), primary_key=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("sheet", Integer, nullable=False),
    Column("row", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text),
    Column("level", Integer),
    Column("state", String(16), nullable=False),
    Column("action", String(16)),
    Column("id", Text),
    Column("message", Text, nullable=False, default=""),
    Column("doubts", Integer, nullable=False, default=0),
    Column("mapped", LargeBinary),
    Column("change", LargeBinary),
)
"""One entity, or its relations: `no` is that of `item.item_no`. `mapped` and `change` are JSON."""

Index("items_by_level", ITEMS.c.run, ITEMS.c.state, ITEMS.c.level, ITEMS.c.no)
Index("items_by_key", ITEMS.c.run, ITEMS.c.kind, ITEMS.c.key)

MERGED = Table(
    "merged",
    METADATA,
    Column("run", String(32), primary_key=True),
    Column("sheet", Integer, primary_key=True),
    Column("row", Integer, primary_key=True),
    Column("no", Integer, primary_key=True),
)
"""Rows that state an entity which another row made."""

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
"""Rows that are as they should be, many in one: what `unchanged.pack_rows` returns, by its hash.

The same list read night after night is kept once.
"""

UNCHANGED = Table(
    "unchanged",
    METADATA,
    Column("run", String(32), primary_key=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("sha256", String(64), nullable=False),
)
"""The chunks of a run, in the order of their rows; these stand in no other table."""

Index("unchanged_by_chunk", UNCHANGED.c.sha256)

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
    RUNS, ROWS, ITEMS, MERGED, LIVE, CHUNKS, UNCHANGED, BATCHES, HOLDS, APPROVALS, FINDINGS,
)  # fmt: skip
"""The tables that a plan needs."""
