"""The audit log: the database refuses to change or drop a line."""

from alembic import op

revision = "0004"
down_revision = "0003"

SQLITE = (
    """CREATE TRIGGER IF NOT EXISTS audit_not_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'rows are only ever added here'); END""",
    """CREATE TRIGGER IF NOT EXISTS audit_not_dropped BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'rows are only ever added here'); END""",
)
POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION audit_only_added() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'rows are only ever added here'; END $$""",
    "DROP TRIGGER IF EXISTS audit_only_added ON audit",
    """CREATE TRIGGER audit_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_added()""",
)


def upgrade() -> None:
    """Make the triggers."""
    dialect = op.get_context().dialect.name
    for statement in POSTGRESQL if dialect == "postgresql" else SQLITE:
        op.execute(statement)
