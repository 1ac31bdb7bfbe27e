"""A full disk stops the run with an error; resumed with room, it sends everything once."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import event

from importer.journal import Journal
from importer.pipeline.resume import resume
from tests.pipeline.bench import NO_REPORT, building, floor


@pytest.fixture
def journal_place(tmp_path):
    return str(tmp_path / "journal.db")


def filled(place, pages):
    """Return a journal on a disk with room for this many more pages."""
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("VACUUM")  # what was deleted makes no room any more
    journal = Journal(place)

    @event.listens_for(journal.store._engine, "connect")
    def limited(connection, _record):
        [(count,)] = connection.execute("PRAGMA page_count").fetchall()
        connection.execute(f"PRAGMA max_page_count = {count + pages}").fetchall()

    journal.store._engine.dispose()
    return journal


@pytest.mark.parametrize("pages", [0, 1, 2])
def test_a_full_disk_stops_the_run_and_loses_nothing(bench, pages):
    """Nothing is sent that the journal cannot record first."""
    sheets = {"Buildings": [building()], "Floors": [floor(f"f{n}") for n in range(150)]}
    run, _ = bench.prepare(sheets, "trebellar-portfolio", batch_size=1, jobs=2)
    with closing(filled(bench.place, pages)) as journal:
        stopped = resume(run.name, connect=bench.connect, journal=journal, report=NO_REPORT)
    assert (stopped.state, stopped.exit_status) == ("interrupted", 3)
    assert "journal.db failed: database or disk is full. When that is fixed" in stopped.why
    assert len(bench.bodies()) < 151
    result = bench.resume(run.name)
    assert (result.state, result.counts) == ("finished", {"created": 151})
    assert len(bench.trebellar.places()) == 151
