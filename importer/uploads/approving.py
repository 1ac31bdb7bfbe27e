"""Held rows of a run that was begun elsewhere: what an admin sees of them, and approves."""

from __future__ import annotations

from importer.pipeline.approve import approve, held_rows
from importer.pipeline.results import PlannedRow
from importer.uploads.errors import NotNow, ReleaseRefused
from importer.uploads.planning import as_text
from importer.uploads.site import Site
from importer.uploads.views import FieldChange, PlanLine, RunView
from importer.visitor import Visitor


def held_of(site: Site, run: RunView) -> list[PlanLine]:
    """Return what can be approved of a run, row by row; an upload's plan shows it of its own."""
    if run.upload or run.undone_by or not run.state.ended:
        return []
    return [_line(row) for row in held_rows(site.session.journal, run.run)]


def _line(row: PlannedRow) -> PlanLine:
    changes = (
        FieldChange(heading, as_text(diff.old), as_text(diff.new))
        for heading, diff in row.fields.items()
    )
    place = row.file, row.sheet, max(row.row, 0)
    return PlanLine(*place, row.action, row.key, tuple(changes), held=True)


def approve_run(site: Site, run: RunView, who: Visitor, typed: int) -> int:
    """Approve the held rows of a run; `typed` says how many there are.

    Raises ReleaseRefused where it is another number, or NotNow.
    """
    held = len(held_of(site, run))
    if not held:
        raise NotNow("Nothing of this run can be approved.")
    if typed != held:
        raise ReleaseRefused(f"The run holds {held:,} rows, not {typed:,}: type that number.")
    return approve(run.run, journal=site.session.journal, who=who)
