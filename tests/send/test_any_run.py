"""Random imports, answers and crashes give every row exactly one outcome, which is true."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from importer.journal import Lease
from importer.pipeline.resume import resume
from tests.pipeline.bench import NO_REPORT, building, desk, floor, glossary, term
from tests.send.between import Between
from tests.send.test_every_crash import (
    ANSWERS,
    Crash,
    CrashingJournal,
    Points,
    UnreleasedLease,
    expire_leases,
    live_names,
    resumed,
    taken,
)

MANY = settings(
    max_examples=40,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
FATES = st.lists(st.one_of(st.just(taken), st.sampled_from(ANSWERS)), max_size=12)
CRASHES = st.lists(st.integers(1, 60), max_size=3)


@pytest.fixture
def journal_place(tmp_path):
    return str(tmp_path / "journal.db")


class ListedAnswers(Between):
    """A target that gives each request the next answer of a list, and then accepts all."""

    def __init__(self, inner, fates, points):
        super().__init__(inner)
        self.fates = fates
        self.points = points

    def submit(self, changes):
        self.points.reach()
        answer = next(self.fates, taken)
        reply = answer(self.inner, changes)
        self.points.reach()
        return reply


def portfolio(floors, desks):
    """Return sheets of a portfolio with desks spread over its floors."""
    return {
        "Buildings": [building()],
        "Floors": [floor(f"f{n}") for n in range(floors)],
        "Desks": [
            desk(f"d{n}", f"f{n % floors}") | ({"External ID": None} if n % 2 else {})
            for n in range(desks)
        ],
    }


def words(terms, related):
    """Return sheets of terms, of which the first `related` are synonyms of the next."""
    rows = [term(f"t{n}", Synonyms=f"t{n + 1}" if n < related else "") for n in range(terms)]
    return {"Glossaries": [glossary()], "Terms": rows}


PLANS = st.one_of(
    st.builds(lambda f, d: ("trebellar-portfolio", portfolio(f, d)), *2 * [st.integers(1, 7)]),
    st.builds(
        lambda n, related: ("atlan-glossary", words(n, min(related, n - 1))),
        *2 * [st.integers(1, 9)],
    ),
)


@pytest.mark.slow(18)
@MANY
@given(plan=PLANS, fates=FATES, crashes=CRASHES, size=st.integers(1, 5), jobs=st.integers(1, 3))
def test_every_row_has_one_outcome_and_it_is_true(
    bench, monkeypatch, plan, fates, crashes, size, jobs
):
    template, sheets = plan
    bench.empty_the_sandbox()
    run, _ = bench.prepare(sheets, template, batch_size=size, jobs=jobs)
    fates = iter(fates)
    for last in crashes:
        _attempt(bench, run.name, fates, Points(last), monkeypatch)
    result, rows = resumed(
        bench, bench.place, run.name, lambda one: ListedAnswers(one, fates, Points())
    )
    while result.state == "interrupted":  # the target was away, or refused the key
        result, rows = resumed(
            bench, bench.place, run.name, lambda one: ListedAnswers(one, fates, Points())
        )
    assert len(rows) == sum(map(len, sheets.values()))
    names = live_names(bench)
    assert len(names) == len(set(names))
    _is_true(rows, sheets, set(names))


def _attempt(bench, run, fates, points, monkeypatch):
    """Resume the run in one process, which may end in a crash."""
    monkeypatch.setattr("importer.pipeline.resume.Lease", UnreleasedLease)
    expire_leases(bench.journal)
    journal = CrashingJournal(bench.place, points)
    try:
        resume(
            run,
            connect=lambda system, options: ListedAnswers(
                bench.connect(system, options), fates, points
            ),
            journal=journal,
            report=NO_REPORT,
        )
    except Crash:
        pass
    finally:
        journal.close()
        monkeypatch.setattr("importer.pipeline.resume.Lease", Lease)


def _is_true(rows, sheets, names):
    """Assert that the outcome of each row agrees with live state."""
    headings = {"Buildings": "Building", "Floors": "Floor", "Desks": "Desk"}
    headings |= {"Glossaries": "Glossary", "Terms": "Term"}
    for row in rows:
        name = sheets[row.sheet][row.row - 2][headings[row.sheet]]
        if row.status.value == "created":
            assert name in names
        elif row.status.value == "rejected" and not _related(sheets, row):
            assert name not in names
        else:
            assert row.status.value in ("rejected", "blocked", "unknown")


def _related(sheets, row):
    """Return whether a row has synonyms: refused ones make it rejected though its term exists."""
    return bool(sheets[row.sheet][row.row - 2].get("Synonyms"))
