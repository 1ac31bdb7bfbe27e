"""People: who they are, how they sign in, what is shared with them, what they did."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _people()
    _signing_in()
    _tokens()
    _shares()
    _audit()


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("added", sa.Float(53), nullable=False),
    )


def _signing_in() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("began", sa.Float(53), nullable=False),
        sa.Column("seen", sa.Float(53), nullable=False),
    )
    op.create_table(
        "one_time_links",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("until", sa.Float(53)),
    )
    op.create_table(
        "failed_sign_ins",
        sa.Column("about", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last", sa.Float(53), nullable=False),
        sa.Column("until", sa.Float(53), nullable=False),
    )


def _tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(100), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("added", sa.Float(53), nullable=False),
        sa.Column("used", sa.Float(53)),
        sa.UniqueConstraint("person", "name", name="tokens_by_name"),
    )


def _shares() -> None:
    op.create_table(
        "shares",
        sa.Column("about", sa.String(64), primary_key=True),
        sa.Column("to", sa.String(16), primary_key=True),
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("since", sa.Float(53), nullable=False),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("who", sa.String(100), nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
    )
    op.create_index("audit_by_about", "audit", ["about", "no"])
