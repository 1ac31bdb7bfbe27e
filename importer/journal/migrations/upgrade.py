"""Bring the tables of an older journal up to date; loads Alembic, so only where there is need."""

from __future__ import annotations

from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

NONE = "base"
"""What Alembic calls a journal without any revision."""


def revisions() -> ScriptDirectory:
    """Return the revisions of the journal's tables."""
    return ScriptDirectory(Path(__file__).parent)


def known() -> set[str]:
    """Return the names of all revisions."""
    return {one.revision for one in revisions().walk_revisions()}


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the revisions that a journal lacks, within the transaction of the connection."""
    script = revisions()

    def lacking(found: tuple[str, ...], _context: MigrationContext) -> list[RevisionStep]:
        between = script.iterate_revisions(to, found or NONE)
        oldest_first = reversed(list(between))
        return [MigrationStep.upgrade_from_script(script.revision_map, one) for one in oldest_first]

    context = MigrationContext.configure(connection, opts={"fn": lacking})
    with Operations.context(context):
        context.run_migrations()
