"""What the journal has: the runs, and the rows that the guard holds of one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from importer.api.words import python_words

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("run", "state", "target", "started", "files", "undoes", "counts")


def runs(
    *,
    most: int | None = 20,
    before: str = "",
    config: str | os.PathLike[str] | None = None,
) -> pd.DataFrame:
    """Return the runs, newest first: at most so many (None: all), and only those before one.

    Columns: run, state, target, started, files (a list), undoes, counts (rows by outcome).
    """
    from importer.api.session import session_of
    from importer.api.tables import frame_of
    from importer.pipeline.runs import listed_runs

    with python_words(), session_of(config) as session:
        found = listed_runs(session.journal, most, before).lines
    return frame_of(
        COLUMNS,
        ((r.run, r.state.value, r.target, r.started, r.named, r.undoes, r.counts) for r in found),
    )


def approve(run: str, *, config: str | os.PathLike[str] | None = None) -> int:
    """Approve what the guard has held of a run: `resume` then sends that. Returns the rows.

    Raises ImporterError where nothing can be approved.
    """
    from importer.api.session import session_of
    from importer.people.releases import approve_as_account

    with python_words(), session_of(config) as session:
        return approve_as_account(session.journal, run)
