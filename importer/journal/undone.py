"""Which runs are undone by which, and whether a run has changed anything that could be undone."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from importer.journal.journal import Journal
from importer.journal.serialize import unpack
from importer.journal.tables import OUTCOMES, RUNS, THIS_RUN
from importer.model import CHANGED, RunState, Status

MAY_HAVE_CHANGED = CHANGED | {Status.UNKNOWN}
"""The outcomes of what is in the target now, or may be."""

_COUNTING = (
    select(RUNS.c.run, RUNS.c.facts).where(RUNS.c.state != RunState.ABANDONED).order_by(RUNS.c.no)
)
_CHANGED = (
    select(OUTCOMES.c.no)
    .where(OUTCOMES.c.run == THIS_RUN, OUTCOMES.c.state.in_(bindparam("states", expanding=True)))
    .limit(1)
)


def undone_by(journal: Journal) -> dict[str, str]:
    """Return undone run -> the run that undoes it, begun or finished; one given up is none."""
    with journal.store.reading() as connection:
        rows = [(row.run, unpack(row.facts).get("undoes")) for row in connection.execute(_COUNTING)]
    return {undone: run for run, undone in rows if undone}


def has_changed(journal: Journal, run: str) -> bool:
    """Whether a run has changed something in its target, or may have."""
    which = {"this_run": run, "states": sorted(MAY_HAVE_CHANGED)}
    with journal.store.reading() as connection:
        return connection.execute(_CHANGED, which).first() is not None
