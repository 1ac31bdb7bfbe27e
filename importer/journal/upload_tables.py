"""The journal's tables of uploads: what was handed in, what was found in it, what was fixed."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, String, Table, Text, bindparam

from importer.journal.tables import METADATA

THIS_UPLOAD = bindparam("this_upload", type_=String)
"""The upload that a statement is about."""

UPLOADS = Table(
    "uploads",
    METADATA,
    Column("upload", String(32), primary_key=True),
    Column("no", Integer, nullable=False),
    Column("owner", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("template", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("folder", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("checked", Integer),
    Column("why", Text, nullable=False),
    Column("run", String(32), nullable=False),
    Column("undo", String(32), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("kept_until", Text, nullable=False),
    Column("removed", Text, nullable=False),
    Column("facts", LargeBinary, nullable=False),
    Column("step", LargeBinary),
    Column("task", String(16), nullable=False),
    Column("holder", LargeBinary),
    Column("until", Float(53), nullable=False),
)
"""`no` is the order in which they came. `facts` is the JSON of `upload_facts.pack_facts`, `step`
that of what its task does now. `task` is a random number of the process that works on it, `holder`
says which process that is, `until` is the end of its hold in seconds since 1970.
"""

Index("uploads_by_state", UPLOADS.c.state)
Index("uploads_by_run", UPLOADS.c.run)

UPLOAD_PARTS = Table(
    "upload_parts",
    METADATA,
    Column("upload", String(32), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("part", String(16), primary_key=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
"""What a page shows beside rows, packed: a sheet, a cause with the places of its rows, a plan."""

UPLOAD_PAGES = Table(
    "upload_pages",
    METADATA,
    Column("upload", String(32), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("part", String(16), primary_key=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("page", Integer, primary_key=True, autoincrement=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Rows, a page each: those of a sheet that have findings, or those of a plan. `first` and `last`
are the numbers of its first and last row.
"""

FIXES = Table(
    "fixes",
    METADATA,
    Column("upload", String(32), primary_key=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("bunch", Integer, nullable=False),
    Column("file", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Column("column", Integer, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("formula", Integer, nullable=False),
    Column("undone_by", Text, nullable=False),
    Column("undone", Text, nullable=False),
)
"""Cells that somebody has changed. `formula` is 1 where a formula may be overwritten."""

Index(
    "fixes_by_cell",
    FIXES.c.upload,
    FIXES.c.file,
    FIXES.c.sheet,
    FIXES.c.row,
    FIXES.c.column,
)

RUN_OWNERS = Table(
    "run_owners",
    METADATA,
    Column("run", String(32), primary_key=True),
    Column("owner", Text, nullable=False),
    Column("upload", String(32), nullable=False),
)
"""Who began a run on the page; those of the command line are not in it."""
