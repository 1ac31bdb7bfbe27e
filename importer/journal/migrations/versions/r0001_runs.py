"""The journal before it had revisions: runs and what belongs to them.

Such a journal has the tables already; one whose process ended while it made them lacks some.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables that are not there."""
    _runs()
    _rows()
    _items()
    _live()
    _batches()
    _holds()


def _table(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(name, *columns, if_not_exists=True)


def _runs() -> None:
    _table(
        "runs",
        sa.Column("run", sa.String(32), primary_key=True),
        sa.Column("no", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("system", sa.Text, nullable=False),
        sa.Column("template", sa.Text, nullable=False),
        sa.Column("started", sa.Text, nullable=False),
        sa.Column("finished", sa.Text),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("facts", sa.LargeBinary, nullable=False),
    )


def _rows() -> None:
    _table(
        "rows",
        sa.Column("run", sa.String(32), primary_key=True),
        sa.Column("sheet", sa.Integer, primary_key=True),
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("valid", sa.Integer, nullable=False),
    )
    _table(
        "merged",
        sa.Column("run", sa.String(32), primary_key=True),
        sa.Column("sheet", sa.Integer, primary_key=True),
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("no", sa.Integer, primary_key=True),
    )
    _table(
        "findings",
        sa.Column("run", sa.String(32), primary_key=True),
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("finding", sa.LargeBinary, nullable=False),
    )


def _items() -> None:
    _table(
        "items",
        sa.Column("run", sa.String(32), primary_key=True),
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("sheet", sa.Integer, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text),
        sa.Column("level", sa.Integer),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("action", sa.String(16)),
        sa.Column("id", sa.Text),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("doubts", sa.Integer, nullable=False),
        sa.Column("mapped", sa.LargeBinary),
        sa.Column("change", sa.LargeBinary),
    )
    by_level = ["run", "state", "level", "no"]
    op.create_index("items_by_level", "items", by_level, if_not_exists=True)
    op.create_index("items_by_key", "items", ["run", "kind", "key"], if_not_exists=True)


def _live() -> None:
    _table(
        "live",
        sa.Column("run", sa.String(32), primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("entity", sa.LargeBinary, nullable=False),
    )


def _batches() -> None:
    _table(
        "batches",
        sa.Column("run", sa.String(32), primary_key=True),
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("items", sa.LargeBinary, nullable=False),
        sa.Column("sent", sa.Float(53)),
        sa.Column("settled", sa.Float(53)),
        sa.Column("http_status", sa.Integer),
        sa.Column("words", sa.Text, nullable=False),
    )


def _holds() -> None:
    _table(
        "holds",
        sa.Column("identity", sa.Text, primary_key=True),
        sa.Column("run", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(16), nullable=False),
        sa.Column("holder", sa.LargeBinary, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("until", sa.Float(53), nullable=False),
        sa.Column("cancelled", sa.Integer, nullable=False),
    )
