"""Tables of jobs: when they are due, their passes, what they have taken, alarms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    _jobs()
    _passes()
    _taken()
    _alarms()


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("job", sa.String(64), primary_key=True),
        sa.Column("schedule", sa.Text, nullable=False),
        sa.Column("due", sa.Float(53)),
        sa.Column("enabled", sa.Integer),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed", sa.Float(53)),
    )


def _passes() -> None:
    op.create_table(
        "job_passes",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("job", sa.String(64), nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("due", sa.Float(53), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("turn", sa.Text),
        sa.Column("task", sa.String(16), nullable=False),
        sa.Column("holder", sa.LargeBinary),
        sa.Column("until", sa.Float(53), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("started", sa.Float(53)),
        sa.Column("ended", sa.Float(53)),
        sa.Column("status", sa.Integer),
        sa.Column("good", sa.Integer, nullable=False),
        sa.Column("run", sa.String(32), nullable=False),
        sa.Column("rows", sa.Integer),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("facts", sa.LargeBinary, nullable=False),
    )
    op.create_index("job_passes_by_job", "job_passes", ["job", "no"])
    op.create_index("job_passes_by_state", "job_passes", ["state"])
    op.create_index("job_passes_turn", "job_passes", ["turn"], unique=True)


def _taken() -> None:
    op.create_table(
        "taken",
        sa.Column("job", sa.String(64), primary_key=True),
        sa.Column("identity", sa.Text, primary_key=True),
        sa.Column("mapping", sa.String(64), primary_key=True),
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("run", sa.String(32), nullable=False),
        sa.Column("at", sa.Float(53), nullable=False),
    )
    op.create_index("taken_by_name", "taken", ["job", "name"])


def _alarms() -> None:
    op.create_table(
        "alarms",
        sa.Column("job", sa.String(64), primary_key=True),
        sa.Column("cause", sa.String(200), primary_key=True),
        sa.Column("since", sa.Float(53), nullable=False),
        sa.Column("told", sa.Float(53)),
    )
