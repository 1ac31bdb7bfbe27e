"""Tables of uploads: what was handed in, what was found in it, what was fixed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    _uploads()
    _parts()
    _pages()
    _fixes()
    _run_owners()


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("upload", sa.String(32), primary_key=True),
        sa.Column("no", sa.Integer, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("template", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("folder", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("checked", sa.Integer),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("run", sa.String(32), nullable=False),
        sa.Column("undo", sa.String(32), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("kept_until", sa.Text, nullable=False),
        sa.Column("removed", sa.Text, nullable=False),
        sa.Column("facts", sa.LargeBinary, nullable=False),
        sa.Column("step", sa.LargeBinary),
        sa.Column("task", sa.String(16), nullable=False),
        sa.Column("holder", sa.LargeBinary),
        sa.Column("until", sa.Float(53), nullable=False),
    )
    op.create_index("uploads_by_state", "uploads", ["state"])
    op.create_index("uploads_by_run", "uploads", ["run"])


def _parts() -> None:
    op.create_table(
        "upload_parts",
        sa.Column("upload", sa.String(32), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("part", sa.String(16), primary_key=True),
        sa.Column("no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _pages() -> None:
    op.create_table(
        "upload_pages",
        sa.Column("upload", sa.String(32), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("part", sa.String(16), primary_key=True),
        sa.Column("no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("page", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _fixes() -> None:
    op.create_table(
        "fixes",
        sa.Column("upload", sa.String(32), primary_key=True),
        sa.Column("no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("bunch", sa.Integer, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("sheet", sa.Text, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("column", sa.Integer, nullable=False),
        sa.Column("old", sa.Text, nullable=False),
        sa.Column("new", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("formula", sa.Integer, nullable=False),
        sa.Column("undone_by", sa.Text, nullable=False),
        sa.Column("undone", sa.Text, nullable=False),
    )
    cell = ["upload", "file", "sheet", "row", "column"]
    op.create_index("fixes_by_cell", "fixes", cell)


def _run_owners() -> None:
    op.create_table(
        "run_owners",
        sa.Column("run", sa.String(32), primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("upload", sa.String(32), nullable=False),
    )
