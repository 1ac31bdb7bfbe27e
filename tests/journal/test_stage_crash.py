"""What a run reads waits outside the journal until it has its plan: a crash loses nothing."""

from contextlib import closing
from itertools import count

import pytest

from importer.journal import Journal
from importer.options import Options
from importer.pipeline.run import prepare
from tests.pipeline.bench import NO_REPORT, glossary, term
from tests.send.test_every_crash import Crash, CrashingJournal, Points, expire_leases

KNOWN = [term(f"t{number}") for number in range(3)]


@pytest.fixture
def journal_place(tmp_path):
    return str(tmp_path / "journal.db")


def crashed(bench, last):
    """Plan a list of three known terms and a new one; whether it crashed at a write."""
    sheets = {"Glossaries": [glossary()], "Terms": [*KNOWN, term(f"new{last}")]}
    request = bench.request([bench.book(sheets)], Options(template="atlan-glossary", landing=0))
    with closing(CrashingJournal(bench.place, Points(last))) as journal:
        try:
            prepare(request, journal=journal, report=NO_REPORT)
        except Crash:
            return True
    return False


def test_a_crash_at_any_write_before_the_plan_loses_and_doubles_no_row(bench):
    bench.glossary({"Glossaries": [glossary()], "Terms": KNOWN})
    resumed = 0
    for last in count(1):
        going_on = crashed(bench, last)
        with closing(Journal(bench.place)) as journal:
            expire_leases(journal)
            [run, *_] = journal.runs()
        if not run.state.ended:
            result = bench.resume(run.name)
            assert result.counts == {"created": 1, "unchanged": 4}
            assert [row for _, row in bench.rows(result)] == [2, 2, 3, 4, 5]
            resumed += 1
        if not going_on:
            break
    assert resumed > 5
