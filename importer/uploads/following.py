"""Follows what works on an upload: its stage, the levels that are sent, rate and time left."""

from __future__ import annotations

import time

from importer.journal.run_owners import is_cancelled
from importer.journal.sent_levels import sent_by_level
from importer.journal.upload import Step, Upload
from importer.pipeline.progress import SENDING
from importer.uploads.site import Site
from importer.uploads.views import LevelProgress, ProgressView

SURE_AFTER = 2.0
"""Seconds after which a rate is said."""


def progress(site: Site, upload: Upload) -> ProgressView | None:
    """Return how far the task of an upload is, None where nothing works on it or is to."""
    if not upload.state.busy:
        return None
    step = upload.step or Step("Waiting", 0, None, time.time())
    run = upload.undo or upload.run
    levels = _levels(site, run) if run else ()
    done, total = step.done, step.total
    if step.stage == SENDING and levels:
        done, total = sum(one.done for one in levels), sum(one.total for one in levels)
    seconds = max(0.0, time.time() - step.since)
    rate, left = _rate(step, seconds, (total or 0) - done)
    cancelled = bool(run) and is_cancelled(site.store, run)
    return ProgressView(step.stage, done, total, seconds, levels, rate, left, cancelled)


def _levels(site: Site, run: str) -> tuple[LevelProgress, ...]:
    """Return how far each level is; there are none before the run has its plan."""
    if site.session.journal.run(run).plan is None:
        return ()
    sent = sent_by_level(site.store, run)
    return tuple(LevelProgress(one.level, one.kinds, one.done, one.total) for one in sent)


def _rate(step: Step, seconds: float, left: int) -> tuple[float | None, float | None]:
    """Return objects a minute and seconds left, as far as they can be said of this process."""
    if step.stage != SENDING or not step.done or seconds < SURE_AFTER:
        return None, None
    rate = step.done / seconds
    return rate * 60, left / rate
