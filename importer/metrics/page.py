"""What is told to Prometheus: runs, rows and passes of the journal, and what waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from importer import __version__
from importer.journal.figures import Figures, figures
from importer.journal.store import Store
from importer.metrics.exposition import Family, Sample, exposition

Values = Mapping[tuple[str, ...], float]


def metrics_page(store: Store) -> str:
    """Return the metrics of a journal. Raises JournalLost."""
    return exposition(_families(figures(store)))


def _families(found: Figures) -> Iterator[Family]:
    yield _family("importer_info", "The version that answers.", {(__version__,): 1}, "version")
    yield _family("importer_runs", "Runs in the journal.", found.runs, "target", "state")
    yield _family(
        "importer_rows", "Rows of all runs in the journal.", found.rows, "target", "outcome"
    )
    yield _family(
        "importer_job_passes",
        "Passes of jobs that have ended, by exit status.",
        found.passes,
        "job",
        "status",
    )
    yield _family(
        "importer_job_last_good_age_seconds",
        "Seconds since the last good pass of a job ended.",
        _singly(found.ages),
        "job",
    )
    yield _family("importer_job_alarms", "What is wrong with a job.", _singly(found.alarms), "job")
    waiting: Values = {("job",): found.passes_waiting, ("upload",): found.uploads_waiting}
    yield _family("importer_waiting_tasks", "Tasks that no worker has taken.", waiting, "kind")


def _family(name: str, about: str, values: Mapping[Any, float], *labels: str) -> Family:
    """Return a family; `values` has a tuple of labels for each number."""
    samples = (
        Sample(value, dict(zip(labels, key, strict=True))) for key, value in sorted(values.items())
    )
    return Family(name, about, tuple(samples))


def _singly(values: Mapping[str, float]) -> dict[tuple[str, ...], float]:
    return {(key,): value for key, value in values.items()}
