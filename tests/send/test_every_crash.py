"""A small import that crashes at any point, with any answer, is completed once by resume.

Two levels, three batches, for each system. A crash falls before or after each write of the journal
(what was being written is lost, or not) and before or after each request. Then another process
resumes, and the journal is compared with live state. After any answer but the plain one, a crash
falls at every other point; with `--every-point` at each.
"""

import shutil
from contextlib import contextmanager
from functools import cache

import pytest
from sqlalchemy import event

from importer.errors import CredentialsRefused, TargetUnreachable
from importer.journal import Journal, Lease, results, store
from importer.journal.tables import HOLDS
from importer.pipeline.resume import resume
from importer.targets.protocol import InDoubt, Refused
from tests.pipeline.bench import NO_REPORT, building, floor, glossary, term
from tests.send.between import Between

PORTFOLIO = {"Buildings": [building()], "Floors": [floor(str(n)) for n in range(3)]}
GLOSSARY = {"Glossaries": [glossary()], "Terms": [term(f"t{n}") for n in range(3)]}
SYSTEMS = {
    "trebellar": (PORTFOLIO, "trebellar-portfolio"),
    "atlan": (GLOSSARY, "atlan-glossary"),
}


class Crash(BaseException):
    """The end of the process, without any clean-up."""


class Points:
    """A counter of the points at which a crash can fall; it falls at number `last`.

    `answered` is the first of them at which the answer in question has been given.
    """

    def __init__(self, last=None):
        self.last = last
        self.passed = 0
        self.answered = 1

    def reach(self):
        self.passed += 1
        if self.passed == self.last:
            raise Crash


class CrashingJournal(Journal):
    """A journal that can end before a write is on the disk, or right after."""

    def __init__(self, place, points):
        super().__init__(place)
        writing = self.store.writing

        @contextmanager
        def watched(*way_out):
            with writing(*way_out) as connection:
                yield connection
                points.reach()
            points.reach()

        self.store.writing = watched


class UnreleasedLease(Lease):
    """A lease that is not released: its process has ended."""

    def close(self):
        self._closed.set()


def taken(inner, changes):
    return inner.submit(changes)


def lost_before(_inner, _changes):
    return InDoubt("the answer was lost")


def lost_after(inner, changes):
    inner.submit(changes)
    return InDoubt("the answer was lost")


def late(inner, changes):
    inner.submit(changes)
    return InDoubt("the answer was lost", late=True)


def refused(_inner, _changes):
    return Refused("No.", 400)


def refused_by_name(_inner, changes):
    return Refused("No.", 400, culprit=changes[0].seq)


def too_large(_inner, _changes):
    return Refused("Too large.", 413, smaller=True)


def unreachable(_inner, _changes):
    raise TargetUnreachable("No connection.")


def forbidden(_inner, _changes):
    raise CredentialsRefused("No.")


ANSWERS = [
    taken, lost_before, lost_after, late, refused, refused_by_name, too_large, unreachable,
    forbidden,
]  # fmt: skip

REFUSALS = (refused, refused_by_name, too_large)
"""The answers that exclude a row: a single row that is too large is refused, too."""


class Answers(Between):
    """A target that gives one answer to request number `at`, and accepts all others."""

    def __init__(self, inner, at, answer, points):
        super().__init__(inner)
        self.at = at
        self.answer = answer
        self.points = points

    def submit(self, changes):
        self.points.reach()
        self.submitted += 1
        answer = self.answer if self.submitted == self.at else taken
        if self.submitted == self.at:
            self.points.answered = self.points.passed + 1
        reply = answer(self.inner, changes)
        self.points.reach()
        return reply


@pytest.fixture
def journal_place(tmp_path):
    return str(tmp_path / "planned.db")


@pytest.fixture(autouse=True)
def quick_journals(monkeypatch):
    """Use one engine for all these journals, which does not wait for the disk."""
    made = store._engine

    @cache
    def engine(where):
        found = made(where)

        @event.listens_for(found, "connect")
        def hasty(connection, _record):
            connection.execute("PRAGMA synchronous=OFF")

        return found

    monkeypatch.setattr(store, "_engine", engine)


@pytest.fixture
def planned(bench, request):
    """A planned run, whose journal is copied for each crash."""
    sheets, template = SYSTEMS[request.param]
    run, _ = bench.prepare(sheets, template, batch_size=2, jobs=1)
    bench.journal.close()
    return run.name


def attempt(bench, place, run, points, at, answer, monkeypatch):
    """Resume the run in one process; return whether it ended without a crash."""
    monkeypatch.setattr("importer.pipeline.resume.Lease", UnreleasedLease)
    journal = CrashingJournal(place, points)
    try:
        resume(
            run,
            connect=lambda system, options: Answers(
                bench.connect(system, options), at, answer, points
            ),
            journal=journal,
            report=NO_REPORT,
        )
    except Crash:
        return False
    finally:
        journal.close()
        monkeypatch.setattr("importer.pipeline.resume.Lease", Lease)
    return True


def expire_leases(journal):
    """Expire every lease: the process that has it is this one, which is alive."""
    with journal.store.writing() as connection:
        connection.execute(HOLDS.update().values(until=0.0))


def resumed(bench, place, run, wrap=lambda target: target):
    """Resume the run in another process; return the result and the rows."""
    journal = Journal(place)
    expire_leases(journal)
    try:
        result = resume(
            run,
            connect=lambda of, options: wrap(bench.connect(of, options)),
            journal=journal,
            report=NO_REPORT,
        )
        return result, list(results(journal, journal.run(run)))
    finally:
        journal.close()


def live_names(bench):
    """Return the names of all live entities, one for each."""
    places = [str(place[-1]) for place in bench.trebellar.places()]
    found = bench.atlan.all("AtlasGlossary") + bench.atlan.all("AtlasGlossaryTerm")
    return sorted(places + [entity["attributes"]["name"] for entity in found])


CASES = [(taken, 1), *((answer, at) for answer in ANSWERS[1:] for at in (1, 2, 3))]
"""Each answer, given to each request; where all are taken it does not matter to which."""


@pytest.fixture
def step(pytestconfig, answer):
    """At every so manyth point a run crashes: at each with --every-point, or if all is taken."""
    return 1 if answer is taken or pytestconfig.getoption("--every-point") else 2


def crashes(bench, run, at, answer, step, monkeypatch):
    """Let the run crash at its points and resume it; yield the results of each.

    A crash before the answer was given is the same whatever it would have been: it is tried once,
    where all requests are taken. Where every other point is tried, those after an answer to the
    second request are those between: an answer that comes so late is followed by few.
    """
    whole = Points()
    yield whole, *crashed(bench, run, at, answer, whole, monkeypatch)
    first = 1 if answer is taken else whole.answered
    for last in range(first + (step > 1 and at == 2), whole.passed + 1, step):
        points = Points(last)
        yield points, *crashed(bench, run, at, answer, points, monkeypatch)
        assert points.passed == last, "the run did not come so far again"


def crashed(bench, run, at, answer, points, monkeypatch):
    bench.empty_the_sandbox()
    place = str(bench.folder / "crashed.db")
    shutil.copyfile(bench.place, place)
    ended = attempt(bench, place, run, points, at, answer, monkeypatch)
    assert ended == (points.last is None)
    return resumed(bench, place, run)


@pytest.mark.parametrize(
    ("answer", "at"), CASES, ids=lambda one: getattr(one, "__name__", str(one))
)
@pytest.mark.parametrize("planned", SYSTEMS, indirect=True)
def test_a_crash_loses_or_duplicates_nothing_and_every_outcome_is_right(
    bench, planned, answer, at, step, monkeypatch
):
    passed = 0
    for points, result, rows in crashes(bench, planned, at, answer, step, monkeypatch):
        passed = max(passed, points.passed)
        names = live_names(bench)
        assert len(names) == len(set(names)), "an entity exists twice"
        assert len(rows) == 4, "a row has no outcome, or two"
        assert result.state == "finished"
        assert sum(row.status.fine for row in rows) == len(names), "an outcome is wrong"
        assert {row.status.value for row in rows} <= {"created", "rejected", "blocked"}
        assert answer in REFUSALS or len(names) == 4, "something was lost"
    assert passed > 10
