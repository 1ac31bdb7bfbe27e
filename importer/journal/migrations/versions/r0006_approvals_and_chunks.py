"""Approvals of held rows; what is unchanged, packed; runs whose rows were dropped."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    _approvals()
    _unchanged()
    _dropped()


def _approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("run", sa.String(32), primary_key=True),
        sa.Column("no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("items", sa.LargeBinary, nullable=False),
    )


def _unchanged() -> None:
    op.create_table(
        "chunks",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "unchanged",
        sa.Column("run", sa.String(32), primary_key=True),
        sa.Column("no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sha256", sa.String(64), nullable=False),
    )
    op.create_index("unchanged_by_chunk", "unchanged", ["sha256"])


def _dropped() -> None:
    op.create_table(
        "dropped",
        sa.Column("run", sa.String(32), primary_key=True),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("summary", sa.LargeBinary, nullable=False),
    )
