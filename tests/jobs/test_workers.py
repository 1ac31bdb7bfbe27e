"""Workers do passes in processes of their own; what one leaves in the middle, another finishes."""

import os
import signal
import time
from collections import Counter
from contextlib import contextmanager

import pytest

from importer import sandbox
from importer.jobs import performer as jobs_performer
from importer.journal.job_pass import PassState
from importer.journal.job_passes import add_pass, find_pass
from importer.journal.job_tables import JOB_PASSES
from importer.journal.tables import BATCHES
from importer.sandbox.faults import Faults, Rule
from importer.settings import SANDBOX
from importer.web.server import open_site
from importer.web.site import Serving
from importer.work import Line, Task
from tests.forked import Forked
from tests.jobs.night import JOB, holder_of

pytestmark = pytest.mark.slow(8)

SECONDS = 90
MANY = 120


def until(true):
    """Ask until something is true."""
    deadline = time.monotonic() + SECONDS
    while not (found := true()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def ended(night, no):
    """Wait until a pass has ended."""

    def over():
        one = find_pass(night.store, no)
        return one if one.state is PassState.ENDED else None

    return until(over)


@pytest.fixture
def slow(home, monkeypatch):
    """A target that takes its time for each batch, so that one can act while it is sent."""
    rule = Rule("delay", method="POST", path="*/entity/bulk*", parameters={"seconds": 0.3})
    with sandbox.start(faults=Faults([rule]), record=True) as box:
        monkeypatch.setenv("ATLAN_BASE_URL", box.url)
        monkeypatch.setenv("ATLAN_API_KEY", "a-key")
        monkeypatch.setenv("IMPORTER_TARGETS", '{"atlan": {"landing": 0}}')
        yield box


@contextmanager
def worker(night):
    """`importer worker` as a process of its own, ended with SIGKILL."""
    with Forked("importer", "worker", "--config", night.file, stdout=None) as process:
        assert "Working for 1 job" in process.stderr.readline()
        try:
            yield process
        finally:
            process.kill()


def sent(box):
    """How often each term was sent in a request that was carried out."""
    found = Counter()
    for request in box.requests:
        if request.method == "POST" and "/entity/bulk" in request.path:
            entities = (request.body or {}).get("entities", [])
            found.update(one["attributes"]["name"] for one in entities if "Term" in one["typeName"])
    return found


def sending(night, no):
    """Wait until a pass has begun to send; return the process that holds it."""
    until(lambda: find_pass(night.store, no).run)
    run = find_pass(night.store, no).run
    until(lambda: any(batch for batch in settled(night, run)))
    return until(lambda: holder_of(night.store, no))


def settled(night, run):
    with night.store.reading() as connection:
        query = BATCHES.select().where(BATCHES.c.run == run, BATCHES.c.settled.is_not(None))
        return connection.execute(query).all()


def test_a_worker_runs_a_job_by_the_clock(nights):
    night = nights('schedule = "* * * * *"')
    night.drop("terms.xlsx", "Margin")
    performer, queue = night.performer(Clock())
    performer.each_minute()
    with queue.embedded(performer):
        until(lambda: night.passes() and night.passes()[0].state is PassState.ENDED)
    assert night.passes()[-1].status == 0
    assert len(night.reports()) == 1


def test_a_worker_says_what_came_of_a_pass(night):
    night.drop("terms.xlsx", "Margin")
    add_pass(night.store, JOB, SANDBOX, "ann")
    with worker(night) as process:
        said = process.stderr.readline()
    assert said.startswith("glossary: imported. Run ")
    assert "2 created" in said
    assert "terms.result.xlsx" in said


class Clock:
    """A clock on which every look is two minutes later."""

    def __init__(self):
        self.minutes = 0

    def __call__(self):
        self.minutes += 2
        return time.time() + 60 * self.minutes


def test_a_killed_worker_is_taken_over_by_another_and_nothing_is_sent_twice(nights, slow):
    night = nights(target="atlan")
    night.drop("terms.xlsx", *[f"T{n}" for n in range(MANY)])
    no = add_pass(night.store, "glossary", "atlan", "")
    with worker(night) as first:
        child = sending(night, no)
        os.kill(child.pid, signal.SIGKILL)
        first.kill()
    assert find_pass(night.store, no).state is PassState.RUNNING
    with worker(night):
        one = ended(night, no)
    assert (one.status, one.facts.counts) == (0, {"created": MANY + 1})
    assert len(night.runs()) == 1
    assert {*sent(slow).values()} == {1}
    assert len(sent(slow)) == MANY
    assert len(night.reports()) == 1
    assert night.run().facts.unchanged == 1


def test_a_worker_that_is_told_to_end_leaves_the_rest_to_another(nights, slow):
    night = nights(target="atlan")
    night.drop("terms.xlsx", *[f"T{n}" for n in range(MANY)])
    no = add_pass(night.store, "glossary", "atlan", "")
    with worker(night) as first:
        sending(night, no)
        first.send_signal(signal.SIGTERM)
        assert first.wait(SECONDS) == 143
    left = find_pass(night.store, no)
    assert (left.state, left.held) == (PassState.WAITING, False)
    one = night.run()
    assert (one.no, one.status, one.facts.counts) == (no, 0, {"created": MANY + 1})
    assert {*sent(slow).values()} == {1}


def test_a_job_that_is_broken_off_at_the_terminal_goes_on_where_it_stopped(nights, slow):
    night = nights(target="atlan")
    night.drop("terms.xlsx", *[f"T{n}" for n in range(MANY)])
    words = ("jobs", "run", "glossary", "--config", night.file)
    with Forked("importer", *words, stdout=None) as process:
        until(lambda: night.passes())
        sending(night, 1)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
        assert process.wait(SECONDS) == 130
    assert "A worker, or `importer jobs run glossary`, goes on with it." in said
    one = night.run()
    assert (one.no, one.status, one.facts.counts) == (1, 0, {"created": MANY + 1})
    assert {*sent(slow).values()} == {1}


def test_what_ends_a_process_each_time_is_given_up(night, monkeypatch):
    monkeypatch.setattr(jobs_performer, "CHILD", "tests.jobs.no_such_module")
    no = add_pass(night.store, "glossary", "sandbox", "")
    performer, _ = night.performer()
    with night.store.writing() as connection:
        connection.execute(JOB_PASSES.update().values(tries=jobs_performer.MOST_TRIES))
    performer.perform(Task("job", str(no), Line.SEND))
    one = find_pass(night.store, no)
    assert (one.status, one.why) == (70, "It was begun 5 times, each time in vain.")


def test_the_page_runs_jobs_too(nights):
    night = nights()
    night.drop("terms.xlsx", "Margin")
    no = add_pass(night.store, "glossary", "sandbox", "")
    with open_site(night.file, Serving()):
        assert ended(night, no).status == 0
