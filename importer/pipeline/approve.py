"""Approve the rows that the guard held of a run: `resume` then sends exactly those."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from importer.errors import UsageError
from importer.journal import Journal
from importer.journal.approvals import approvals, held_items
from importer.journal.approvals import approve as approve_held
from importer.journal.retention import summary_of
from importer.journal.serialize import pack_apart
from importer.mapping.key_text import show
from importer.model import RunState
from importer.pipeline.results import PlannedRow
from importer.pipeline.runs import undone_by
from importer.visitor import Visitor


def approve(name: str, *, journal: Journal, who: Visitor) -> int:
    """Approve all held rows of a finished run; returns how many there are.

    Raises UsageError where the journal has no such run, or nothing of it can be approved.
    """
    run = journal.run(name)
    if other := undone_by(journal, name):
        raise UsageError(f"Run {name} is undone by run {other}: import the files anew.")
    if run.state is RunState.ABANDONED:
        raise UsageError(f"Run {name} was given up: import the files anew.")
    if not run.state.ended and approvals(journal.store, name):
        raise UsageError(
            f"Run {name} is approved already: `importer resume {name}` sends what is still as it "
            "was planned."
        )
    if run.state is not RunState.FINISHED:
        raise UsageError(
            f"Run {name} is not at its end. First `importer resume {name}`: what it holds then "
            "can be approved."
        )
    rows = approve_held(journal, name, who)
    if not rows:
        _refuse_dropped(journal, name)
        raise UsageError(f"Run {name} holds no rows that can be approved.")
    return rows


def _refuse_dropped(journal: Journal, name: str) -> None:
    """Raise UsageError for a run whose rows are kept no longer."""
    if summary_of(journal.store, name) is not None:
        raise UsageError(
            f"Run {name} cannot be approved: its rows are gone. They are kept as long as "
            "`journal_keep` and `journal_runs` of the settings say; import the files anew."
        )


def held_rows(journal: Journal, name: str) -> Iterator[PlannedRow]:
    """Yield what the guard holds of a run, row by row, with old and new values."""
    run = journal.run(name)
    held = held_items(journal, name) if run.plan else iter(())
    for (number, row), some in groupby(held, attrgetter("row_no")):
        items, sheet = list(some), run.sheets[number]
        action = items[0].action.value if items[0].action else ""
        changes = [pack_apart(one.change) for one in items if one.change]
        yield PlannedRow(sheet.file, sheet.name, row, action, show(items[0].key), changes)
