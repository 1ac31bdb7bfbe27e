"""A journal that commit 7d3ceb5 wrote is read, finished and undone by today's version.

It has no revision yet, so that its tables are brought up to date first.

`older/journal.sql` holds five runs: one finished, one that changed a term, the undo of that, one
that was planned and not sent, and one interrupted with a batch in doubt. `older/results.json` is
what that version printed of each, newest first.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from importer.journal import Journal
from importer.journal.serialize import pack_change, pack_run, unpack, unpack_change, unpack_run
from importer.pipeline.runs import result_of
from tests.journal.migrations.places import copy, to_revision
from tests.pipeline.bench import Bench
from tests.postgresql import PLACES

OLDER = Path(__file__).parent / "older"
RESULTS = json.loads((OLDER / "results.json").read_text("utf-8"))
IN_DOUBT, PLANNED, UNDO, CHANGED, FIRST = (result["run"] for result in RESULTS)


@pytest.fixture(params=PLACES)
def place(request, older, box):
    """The journal as a database, its target that of the bench."""
    if request.param == "sqlite":
        return str(older)
    url = request.getfixturevalue("database")
    to_revision(url, "0001", stated=False)
    copy(older, url)
    return url


@pytest.fixture
def older(tmp_path, box):
    """The journal on SQLite, as it was written."""
    path = tmp_path / "older.db"
    sql = (OLDER / "journal.sql").read_text("utf-8")
    with closing(sqlite3.connect(path)) as database:
        database.executescript(sql.replace("https://old.example.com", box.url))
    return path


@pytest.fixture
def bench(box, tmp_path, place):
    bench = Bench(box, tmp_path, place)
    bench.empty_the_sandbox()
    yield bench
    bench.close()


def test_every_run_has_the_result_that_it_had(place):
    with closing(Journal(place)) as journal:
        names = [run.name for run in journal.runs()]
        found = [result_of(journal, name).as_json() for name in names]
    for result in found:
        assert result["counts"].pop("merged") + result["counts"].pop("skipped") == 0
        assert all(finding.pop("more_rows") == 0 for finding in result["findings"])
    assert found == RESULTS


def test_what_is_stored_is_stored_in_the_same_form(older):
    """A run has all keys that it had, a change is the same to the byte."""
    with closing(sqlite3.connect(older)) as database:
        runs = [unpack(facts) for (facts,) in database.execute("SELECT facts FROM runs")]
        query = "SELECT change FROM items WHERE change IS NOT NULL"
        changes = [change for (change,) in database.execute(query)]
    for facts in runs:
        again = unpack(pack_run(*unpack_run(json.dumps(facts).encode())))
        assert {name: again[name] for name in facts} == facts
    assert len(changes) > 5
    assert [pack_change(unpack_change(change)) for change in changes] == changes


@pytest.mark.parametrize("run", [PLANNED, IN_DOUBT], ids=["planned", "in doubt"])
def test_a_run_is_finished(bench, run):
    result = bench.resume(run)
    assert (result.state, result.counts) == ("finished", {"created": 2})
    assert len(bench.trebellar.places()) == 2


def test_what_a_run_asked_for_is_known(bench):
    planned = bench.journal.run(PLANNED).spec.options
    assert (planned.batch_size, planned.jobs, planned.strict) == (1, 2, False)
    assert bench.journal.run(IN_DOUBT).spec.options.strict
    assert bench.journal.run(UNDO).spec.undoes == CHANGED


def test_a_run_is_undone(bench):
    """What it created is not in this sandbox, so that nothing is left to do."""
    assert bench.plan_undo(FIRST).counts == {"unchanged": 5}
