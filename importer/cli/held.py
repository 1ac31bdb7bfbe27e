"""What the guard held of a run: shown with old and new values, and approved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from importer.cli.answer import time_of
from importer.cli.console import say, show
from importer.cli.flags import Format

if TYPE_CHECKING:
    from importer.journal import Journal
    from importer.session import Session

MOST = 20
"""How many held rows are shown."""


def held_lines(journal: Journal, run: str) -> Iterator[str]:
    """Yield what can be approved of a run, row by row, and what was approved by whom."""
    from importer.cli.text import row_lines
    from importer.journal.approvals import approvals
    from importer.pipeline.approve import held_rows
    from importer.report.wording import plural

    held = list(held_rows(journal, run))
    if held:
        yield "Held, and not sent until somebody approves it:"
        some = held[:MOST]
        yield from row_lines(some, [row.action for row in some])
        if len(held) > MOST:
            yield f"and {len(held) - MOST:,} more"
        yield ""
    for one in approvals(journal.store, run):
        yield f"{plural(one.rows, 'held row')} approved by {one.who}, {time_of(one.at)}"


def approve_held(session: Session, run: str, format: Format) -> None:  # noqa: A002 - the flag's name
    """Show what the guard held, and approve it in the name of the system's account.

    Raises UsageError.
    """
    from importer.people.releases import approve_as_account

    journal = session.journal
    if format is Format.TEXT:
        show(held_lines(journal, run))
    approve_as_account(journal, run)
    say(
        f"Approved: `importer resume {run}` sends what is still as it was planned."
        f"{_by_job(session, run)}"
    )


def _by_job(session: Session, run: str) -> str:
    """Return what sends a run of a job too, "" for any other."""
    from importer.jobs.approved import job_of
    from importer.jobs.site import JobSite

    job = job_of(JobSite(session), session.journal.run(run))
    return f" So does the next pass of the job {job}." if job in session.settings.jobs else ""
