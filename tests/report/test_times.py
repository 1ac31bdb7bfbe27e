"""Times of the Report sheet in the zone of the reader's machine."""

import time

import pytest

from importer.report.times import local_time


@pytest.fixture(params=["Europe/Berlin", "America/St_Johns", "UTC"])
def zone(request, monkeypatch):
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_a_time_is_that_of_the_readers_clock_and_says_its_zone(zone):
    winter, summer = map(local_time, ("2026-11-29T06:20:14Z", "2026-07-01T23:00:00Z"))
    assert (winter, summer) == {
        "Europe/Berlin": ("2026-11-29 07:20:14 (UTC+01:00)", "2026-07-02 01:00:00 (UTC+02:00)"),
        "America/St_Johns": ("2026-11-29 02:50:14 (UTC-03:30)", "2026-07-01 20:30:00 (UTC-02:30)"),
        "UTC": ("2026-11-29 06:20:14 (UTC+00:00)", "2026-07-01 23:00:00 (UTC+00:00)"),
    }[zone]


def test_what_is_no_time_stays():
    assert [local_time(text) for text in ("", "soon")] == ["", "soon"]
