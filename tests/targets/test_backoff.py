"""The pause that all requests of a run keep."""

from importer.targets.backoff import Pause


def test_a_pause_ends():
    """By the clock, and the longest that anybody was asked for counts."""
    waits, time_of_day = [], [100.0]
    pause = Pause(waits.append, lambda: time_of_day[0])
    pause.wait()
    pause.extend(30)
    pause.extend(10)
    time_of_day[0] = 120.0
    pause.wait()
    time_of_day[0] = 131.0
    pause.wait()
    assert [10 <= wait <= 12.5 for wait in waits] == [True]
