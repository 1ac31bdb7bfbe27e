"""Passes into one target wait for one another, in the order in which they were due."""

import pytest

from importer.jobs.perform_pass import perform_pass
from importer.jobs.turns import whose_turn
from importer.journal import Lease, RunSpec, RunTarget
from importer.journal.job_pass import PassState
from importer.journal.job_passes import add_pass, find_pass, forget_idle, open_passes
from importer.journal.pass_hold import PassHold
from importer.options import Options
from tests.postgresql import PLACES, place

OTHER = '[jobs.other]\nsource = "other/*.xlsx"\ntarget = "sandbox"\nsettle = 0\n'


def turns(store):
    return [one.no for one in whose_turn(open_passes(store))]


@pytest.fixture(params=PLACES)
def any_night(request, nights, tmp_path, monkeypatch):
    """A night whose journal is on SQLite, and one on PostgreSQL."""
    monkeypatch.setenv("IMPORTER_JOURNAL", place(request, tmp_path))
    return nights(others=OTHER)


def test_one_pass_of_a_target_runs_at_a_time_the_oldest_first(any_night):
    store = any_night.store
    first, second = (add_pass(store, job, "sandbox", "") for job in ("glossary", "other"))
    apart = add_pass(store, "other", "atlan", "")
    assert turns(store) == [first, apart]
    assert not PassHold(store, second).take()
    with PassHold(store, first) as hold:
        assert hold.take()
        assert turns(store) == [apart]
        assert not PassHold(store, first).take()
        assert not PassHold(store, second).take()
        with PassHold(store, apart) as beside:
            assert beside.take()
    assert turns(store) == [first, apart]


def test_the_next_has_its_turn_when_the_first_has_ended(any_night):
    store = any_night.store
    first, second = (add_pass(store, job, "sandbox", "") for job in ("glossary", "other"))
    (any_night.home / "other").mkdir()
    assert not perform_pass(any_night.site, second)
    assert perform_pass(any_night.site, first)
    assert turns(store) == [second]
    assert perform_pass(any_night.site, second)
    assert [find_pass(store, no).status for no in (first, second)] == [0, 0]


def test_a_pass_waits_for_a_run_of_somebody_else_and_says_so(night):
    night.drop("terms.xlsx", "Margin")
    identity = f"atlan sandbox {night.site.settings.sandbox_database}"
    to = RunTarget(target="sandbox", identity=identity, system="atlan", template="x")
    theirs = night.site.journal.begin(to, RunSpec("x", [], Options(), {}, {}))
    no = add_pass(night.store, "glossary", "sandbox", "")
    with Lease(night.site.journal) as lease:
        lease.take(theirs)
        assert not perform_pass(night.site, no)
        waiting = find_pass(night.store, no)
        assert waiting.state is PassState.WAITING
        assert "is held by run" in waiting.why
    assert perform_pass(night.site, no)
    assert find_pass(night.store, no).status == 0


def test_a_pass_that_is_broken_off_before_its_turn_is_withdrawn(night):
    other = add_pass(night.store, "other", "sandbox", "")

    def broken_off(_seconds):
        raise KeyboardInterrupt

    from importer.jobs.by_hand import run_now
    from importer.pipeline.progress import NoProgress

    with PassHold(night.store, other) as hold:
        assert hold.take()
        with pytest.raises(KeyboardInterrupt):
            run_now(night.site, "glossary", "ann", NoProgress(), broken_off)
    [ended] = night.passes()
    assert (ended.state, ended.status) == (PassState.ENDED, 130)


def test_of_passes_that_found_nothing_new_only_the_newest_are_kept(night, monkeypatch):
    monkeypatch.setattr("importer.jobs.perform_pass.IDLE_KEPT", 3)
    night.drop("terms.xlsx", "Margin")
    for _ in range(6):
        assert night.run().status == 0
    assert [one.no for one in night.passes()] == [6, 5, 4, 1]


def test_of_passes_that_failed_before_a_file_was_read_only_the_newest_are_kept(any_night):
    no = add_pass(any_night.store, "glossary", "sandbox", "")
    assert perform_pass(any_night.site, no)
    for _ in range(4):
        (any_night.home / "inbox").rename(any_night.home / "away")
        any_night.run()
        (any_night.home / "away").rename(any_night.home / "inbox")
    forget_idle(any_night.store, "glossary", 2, well=False)
    assert [(one.no, one.status) for one in any_night.passes()] == [(5, 3), (4, 3), (1, 0)]
