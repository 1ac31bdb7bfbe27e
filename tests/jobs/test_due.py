"""When a job is due, in its time zone, on the days when clocks change, and after missed times."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from importer.job_settings import JobSettings
from importer.jobs.due import next_due, next_times

BERLIN = ZoneInfo("Europe/Berlin")


def job(schedule, zone="Europe/Berlin"):
    return JobSettings(source="in/*", target="sandbox", schedule=schedule, time_zone=zone)


def at(text):
    """Seconds since 1970 of a time in UTC."""
    return dt.datetime.fromisoformat(f"{text}+00:00").timestamp()


def shown(seconds):
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%d %H:%M")


TIMES = {
    "in its time zone, in winter": (
        job("0 3 * * *"),
        "2026-01-10 12:00",
        ["2026-01-11 02:00", "2026-01-12 02:00"],
    ),
    "in its time zone, in summer": (
        job("0 3 * * *"),
        "2026-07-10 12:00",
        ["2026-07-11 01:00", "2026-07-12 01:00"],
    ),
    "a time that the clocks leave out is the first one after it": (
        job("30 2 * * *"),
        "2026-03-28 12:00",
        ["2026-03-29 01:00", "2026-03-30 00:30"],
    ),
    "a time that comes twice counts once, the first time": (
        job("30 2 * * *"),
        "2026-10-24 12:00",
        ["2026-10-25 00:30", "2026-10-26 01:30"],
    ),
    "every hour goes on through an hour that comes twice": (
        job("0 * * * *"),
        "2026-10-24 23:30",
        ["2026-10-25 00:00", "2026-10-25 01:00", "2026-10-25 02:00"],
    ),
    "every quarter goes on through an hour that is left out": (
        job("*/15 * * * *"),
        "2026-03-29 00:40",
        ["2026-03-29 00:45", "2026-03-29 01:00", "2026-03-29 01:15"],
    ),
    "on weekdays": (
        job("0 6 * * 1-5", "UTC"),
        "2026-11-27 07:00",
        ["2026-11-30 06:00", "2026-12-01 06:00"],
    ),
}


@pytest.mark.parametrize(("job_", "after", "times"), TIMES.values(), ids=TIMES)
def test_a_job_is_due(job_, after, times):
    assert [shown(one) for one in next_times(job_, at(after), len(times))] == times


def test_in_the_second_of_two_equal_hours_it_is_due_the_next_day():
    """Its first time is over: it would else be due in the past, and run twice."""
    second = dt.datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1).timestamp()
    assert shown(next_due(job("30 2 * * *"), second)) == "2026-10-26 01:30"


def test_a_job_without_a_schedule_is_never_due():
    assert next_due(job(""), at("2026-01-01 00:00")) is None
