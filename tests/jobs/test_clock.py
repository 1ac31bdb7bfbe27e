"""Passes by the clock: entered once when they are due, whatever was missed and whoever looks."""

import datetime as dt

import pytest

from importer.journal.job_pass import PassState
from importer.journal.jobs import job_rows, set_enabled

DAILY = 'schedule = "0 3 * * *"\n'


class Clock:
    """A clock of the test's own."""

    def __init__(self, text):
        self.at = dt.datetime.fromisoformat(f"{text}+00:00")

    def __call__(self):
        return self.at.timestamp()

    def to(self, text):
        self.at = dt.datetime.fromisoformat(f"{text}+00:00")


@pytest.fixture
def clock():
    return Clock("2026-01-10 12:00")


def due_of(night):
    return [dt.datetime.fromtimestamp(one.due, dt.UTC).isoformat() for one in night.passes()]


def test_a_job_does_not_run_before_it_is_due_and_then_once(nights, clock):
    night = nights(DAILY)
    performer, _ = night.performer(clock)
    performer.each_minute()
    assert night.passes() == []
    clock.to("2026-01-11 03:00")
    performer.each_minute()
    performer.each_minute()
    assert due_of(night) == ["2026-01-11T03:00:00+00:00"]


def test_times_that_were_missed_are_made_up_for_once(nights, clock):
    night = nights(DAILY)
    performer, _ = night.performer(clock)
    performer.each_minute()
    clock.to("2026-01-17 14:00")
    performer.each_minute()
    assert due_of(night) == ["2026-01-11T03:00:00+00:00"]
    assert job_rows(night.store)["glossary"].due == Clock("2026-01-18 03:00")()


def test_a_job_whose_pass_still_waits_gets_no_second_one(nights, clock):
    night = nights(DAILY)
    performer, _ = night.performer(clock)
    performer.each_minute()
    for day in ("2026-01-11", "2026-01-12"):
        clock.to(f"{day} 03:00")
        performer.each_minute()
    assert len(night.passes()) == 1


def test_workers_that_share_a_journal_enter_a_pass_once(nights, clock):
    night = nights(DAILY)
    performers = [night.performer(clock)[0] for _ in range(3)]
    for one in performers:
        one.each_minute()
    clock.to("2026-01-11 03:00")
    for one in performers:
        one.each_minute()
    assert len(night.passes()) == 1


def test_another_schedule_counts_from_now_on(nights, clock):
    night = nights(DAILY)
    night.performer(clock)[0].each_minute()
    night.settings('schedule = "0 5 * * *"')
    clock.to("2026-01-11 04:00")
    night.performer(clock)[0].each_minute()
    assert night.passes() == []
    assert job_rows(night.store)["glossary"].due == Clock("2026-01-11 05:00")()


def test_a_job_that_is_disabled_does_not_run_and_makes_up_for_nothing(nights, clock):
    night = nights(DAILY)
    performer, _ = night.performer(clock)
    performer.each_minute()
    set_enabled(night.store, "glossary", enabled=False, by="ann")
    clock.to("2026-01-12 03:00")
    performer.each_minute()
    set_enabled(night.store, "glossary", enabled=True, by="ann")
    performer.each_minute()
    assert night.passes() == []
    clock.to("2026-01-13 03:00")
    performer.each_minute()
    assert len(night.passes()) == 1
    assert night.passes()[0].state is PassState.WAITING


def test_a_job_that_the_settings_disable_does_not_run(nights, clock):
    night = nights(f"{DAILY}enabled = false")
    performer, _ = night.performer(clock)
    performer.each_minute()
    clock.to("2026-01-11 03:00")
    performer.each_minute()
    assert night.passes() == []
