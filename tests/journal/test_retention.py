"""Old runs lose their rows and before-images; their lines, with their counts, stay."""

import datetime as dt
from contextlib import closing
from random import Random

import pytest
from sqlalchemy import func, select

from importer.errors import UsageError
from importer.journal import Journal, RunTarget
from importer.journal.approvals import approvals
from importer.journal.retention import Keep
from importer.journal.tables import BATCHES, CHUNKS, OF_RUN, RUNS
from importer.options import ReportTo
from importer.pipeline.approve import approve
from importer.pipeline.retention import drop_old
from importer.pipeline.runs import listed_runs, result_of, write_reports
from importer.visitor import By, Role, Visitor
from tests.pipeline.bench import glossary, term

KEPT = (BATCHES, *OF_RUN)
LATER = dt.datetime.now(dt.UTC) + dt.timedelta(days=31)


def left(bench, run):
    """How many rows of the journal's tables are about a run."""
    with bench.journal.store.reading() as connection:
        queries = (select(func.count()).where(table.c.run == run) for table in KEPT)
        return sum(connection.execute(query).scalar() for query in queries)


def runs_of(bench, count):
    """Runs of the glossary template, the oldest first."""
    sheets = [{"Glossaries": [glossary()], "Terms": [term(f"t{n}")]} for n in range(count)]
    return [bench.glossary(one).run for one in sheets]


def test_what_is_older_is_dropped_and_its_counts_stay(bench):
    first, second, last = runs_of(bench, 3)
    before = result_of(bench.journal, second)
    dropped = drop_old(bench.journal, Keep(days=30), LATER)
    assert [line.run for line in dropped] == [first, second]
    assert [left(bench, run) for run in (first, second)] == [0, 0]
    assert left(bench, last)
    after = result_of(bench.journal, second)
    assert (after.counts, after.rows, after.objects) == (before.counts, before.rows, before.objects)
    assert after.exit_status == before.exit_status == 0
    lines = {line.run: line.counts for line in listed_runs(bench.journal).lines}
    assert lines[second] == before.counts == {"created": 1, "unchanged": 1}
    assert drop_old(bench.journal, Keep(days=30), LATER) == []


def test_nothing_is_dropped_that_is_young_or_where_there_is_no_limit(bench):
    runs_of(bench, 2)
    assert drop_old(bench.journal, Keep(days=32), LATER) == []
    assert drop_old(bench.journal, Keep(), LATER) == []


def test_so_many_newest_runs_are_kept(bench):
    names = runs_of(bench, 4)
    assert [line.run for line in drop_old(bench.journal, Keep(runs=3))] == names[:1]
    assert [line.run for line in drop_old(bench.journal, Keep(runs=1))] == names[1:3]


def test_a_run_that_is_open_keeps_what_it_needs(bench):
    run, _ = bench.prepare({"Glossaries": [glossary()]}, "atlan-glossary")
    runs_of(bench, 1)
    assert drop_old(bench.journal, Keep(days=1, runs=1), LATER) == []
    assert bench.resume(run.name).state == "finished"


def test_a_run_whose_undo_is_open_is_kept(bench):
    first, second, _ = runs_of(bench, 3)
    run = bench.journal.run(first)
    run.spec.undoes, run.spec.title = first, "Undo"
    open_undo = bench.journal.begin(target_of(run), run.spec)
    assert [line.run for line in drop_old(bench.journal, Keep(days=1), LATER)] == [second]
    bench.journal.discard(open_undo.name)
    assert [line.run for line in drop_old(bench.journal, Keep(days=1), LATER)] == [first]


def target_of(run):
    return RunTarget(
        target=run.target, identity=run.identity, system=run.system, template=run.template
    )


def test_an_undo_says_that_the_before_images_are_gone(bench):
    first, _ = runs_of(bench, 2)
    result = result_of(bench.journal, first)
    drop_old(bench.journal, Keep(days=30), LATER)
    for act in (lambda: bench.undo(result), lambda: bench.plan_undo(first)):
        with pytest.raises(UsageError, match="its before-images are gone"):
            act()
    assert len(bench.journal.runs()) == 2
    with pytest.raises(UsageError, match="cannot be reported again"):
        write_reports(bench.journal, first, ReportTo())
    with pytest.raises(UsageError, match="cannot be approved: its rows are gone"):
        approve(first, journal=bench.journal, who=Visitor("ada", Role.ADMIN, By.TERMINAL))
    assert approvals(bench.journal.store, first) == []


def test_what_several_runs_share_goes_with_the_last_of_them(bench):
    names = runs_of(bench, 1)
    for _ in range(3):
        names.append(bench.glossary({"Glossaries": [glossary()], "Terms": [term("t0")]}).run)
    names += runs_of(bench, 2)[1:]

    def chunks():
        with bench.journal.store.reading() as connection:
            return connection.execute(select(func.count()).select_from(CHUNKS)).scalar()

    assert chunks() >= 1
    drop_old(bench.journal, Keep(runs=3))
    shared = chunks()
    assert shared >= 1
    assert bench.rows(result_of(bench.journal, names[3]))["Terms", 2].status == "unchanged"


def test_sqlite_gives_the_space_back(bench, tmp_path):
    if "://" in bench.place:  # PostgreSQL does that by itself
        return
    texts = (Random(n).randbytes(700).hex() for n in range(600))
    terms = [term(f"t{n}", Usage=text) for n, text in enumerate(texts)]
    bench.glossary({"Glossaries": [glossary()], "Terms": terms})
    bench.glossary({"Glossaries": [glossary()]})
    bench.journal.close()

    def size():
        return (tmp_path / "journal.db").stat().st_size

    with closing(Journal(bench.place)) as journal:
        before = size()
        assert len(drop_old(journal, Keep(runs=1))) == 1
        assert size() < before / 2
    with bench.journal.store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(RUNS)).scalar() == 2
