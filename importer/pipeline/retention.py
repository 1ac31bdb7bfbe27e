"""Drop what old runs read and did, as the settings say; the lines of the runs stay."""

from __future__ import annotations

import datetime as dt

from importer.journal import Journal
from importer.journal.retention import Keep, RunSummary, drop, give_back, old_runs
from importer.pipeline.results import RunResult
from importer.pipeline.runs import RunLine, line_of, result_of

__all__ = ["Keep", "drop_old"]


def drop_old(journal: Journal, keep: Keep, now: dt.datetime | None = None) -> list[RunLine]:
    """Drop rows, findings and before-images of the runs that are not kept; returns these runs.

    Where there is nothing to drop it does nothing, so that it may be called at any time.
    """
    found = old_runs(journal.store, keep, now or dt.datetime.now(dt.UTC))
    dropped = [name for name in found if drop(journal, name, _summary(result_of(journal, name)))]
    if dropped:
        give_back(journal.store)
    return [line_of(journal, journal.run(name)) for name in dropped]


def _summary(result: RunResult) -> RunSummary:
    objects = [(kind, did, number) for (kind, did), number in result.objects.items()]
    return RunSummary(result.counts, result.of_files, objects)
