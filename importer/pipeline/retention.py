"""Drop what old runs read and did, as the settings say; the lines of the runs stay."""

from __future__ import annotations

import datetime as dt

from importer.journal import Journal
from importer.journal.retention import Keep, drop, give_back, old_runs
from importer.pipeline.runs import RunLine, line_of, summary

__all__ = ["Keep", "drop_old"]


def drop_old(journal: Journal, keep: Keep, now: dt.datetime | None = None) -> list[RunLine]:
    """Drop rows, findings and before-images of the runs that are not kept; returns these runs.

    Where there is nothing to drop it does nothing, so that it may be called at any time.
    """
    old = old_runs(journal.store, keep, now or dt.datetime.now(dt.UTC))
    if not old:
        return []
    runs = {run.name: run for run in journal.runs()}
    needed = {run.spec.undoes for run in runs.values() if not run.state.ended}
    found = (runs[name] for name in old if name in runs and name not in needed)
    dropped = [run for run in found if drop(journal, run.name, summary(journal, run))]
    if dropped:
        give_back(journal.store)
    return [line_of(journal, run) for run in dropped]
