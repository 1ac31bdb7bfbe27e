"""What a job expects stops it before anything is sent: exit status 1, the reason in one line."""

import os
import time

import pytest

from importer.journal.job_tables import JOB_PASSES
from importer.model import RunState

pytestmark = pytest.mark.slow(1)

STOPPED = {
    "too few rows": (
        "min_rows = 5",
        "3 rows were read; 5 is the least that is expected; nothing was sent.",
    ),
    "a sheet that is missing": (
        'sheets = ["Terms", "Links"]',
        "There is no sheet Links; there are: Glossaries, Terms; nothing was sent.",
    ),
}


@pytest.mark.parametrize(("expect", "why"), STOPPED.values(), ids=STOPPED)
def test_what_is_not_as_expected_is_not_sent(nights, expect, why):
    night = nights(f"expect = {{ {expect} }}")
    night.drop("terms.xlsx", "Margin", "Cost")
    ended = night.run()
    assert (ended.status, ended.why, ended.good) == (1, why, False)
    [run] = night.runs()
    assert (run.state, run.why) == (RunState.ABANDONED, why)
    assert night.run().status == 1


def test_too_many_rows_with_errors_are_not_sent(nights):
    night = nights("expect = { max_invalid = 0.1 }")
    night.drop("terms.xlsx", "Margin", "")
    ended = night.run()
    assert ended.status == 1
    assert ended.why == (
        "1 of 3 rows have errors, and 10% is the most that is expected; nothing was sent."
    )


def test_a_file_with_far_fewer_rows_than_the_last_of_its_name_is_not_sent(nights):
    night = nights("expect = { max_drop = 0.3 }")
    night.drop("terms.xlsx", *[f"T{n}" for n in range(9)])
    assert night.run().status == 0
    night.drop("terms.xlsx", *[f"T{n}" for n in range(5)])
    ended = night.run()
    assert (ended.status, ended.why) == (
        1,
        "6 rows were read, 40% fewer than the 10 of last time; 30% is the most that is "
        "expected; nothing was sent.",
    )
    night.drop("terms.xlsx", *[f"T{n}" for n in range(7)])
    assert night.run().status == 0


def test_a_small_file_that_is_new_beside_a_large_one_is_compared_with_its_own_last(nights):
    night = nights("expect = { max_drop = 0.3 }")
    night.drop("large.xlsx", *[f"T{n}" for n in range(9)])
    night.drop("small.xlsx", "Small", alone=True)
    assert night.run().status == 0
    night.drop("small.xlsx", "Small", note="another", alone=True)
    assert night.run().status == 0


def test_a_file_of_another_name_is_compared_with_the_last_good_run(nights):
    night = nights("expect = { max_drop = 0.3 }")
    night.drop("monday.xlsx", *[f"T{n}" for n in range(9)])
    assert night.run().status == 0
    night.drop("tuesday.xlsx", "T1", note="another")
    assert "80% fewer than the 10 of last time" in night.run().why


def test_a_file_that_is_too_old_is_not_sent_and_not_passed_over_either(nights):
    night = nights('expect = { max_age = "36h" }')
    path = night.drop("terms.xlsx", "Margin")
    assert night.run().status == 0
    old = time.time() - 48 * 3600
    os.utime(path, (old, old))
    ended = night.run()
    assert ended.status == 1
    assert ended.why.startswith("The newest file was changed 48.0 hours ago, and 36h is the most")
    night.drop("other.xlsx", "Cost", alone=True)
    os.utime(night.inbox / "other.xlsx", (old, old))
    ended = night.run()
    assert (ended.status, len(night.runs())) == (1, 1)
    assert ended.why.startswith("other.xlsx was changed 48.0 hours ago")


def test_files_that_come_no_more_are_missed_when_those_before_were_moved_away(nights):
    night = nights('on_success = "move:done/"\nexpect = { max_age = "36h" }')
    assert night.run().status == 0
    night.drop("terms.xlsx", "Margin")
    assert [night.run().status for _ in range(2)] == [0, 0]
    with night.store.writing() as connection:
        connection.execute(JOB_PASSES.update().values(ended=JOB_PASSES.c.ended - 48 * 3600))
    ended = night.run()
    assert (ended.status, ended.facts.code) == (1, "not_expected")
    assert ended.why.startswith("No file has come for 48.0 hours, and 36h is the most")


def test_a_file_without_rows_is_never_a_good_night(night):
    night.drop("terms.xlsx", alone=True)
    ended = night.run()
    assert (ended.status, ended.good) == (1, False)
    assert ended.why == "terms.xlsx has no rows below its headings; nothing was sent."


@pytest.mark.parametrize("content", [b"", b"1,2,3\n4,5,6\n"], ids=["empty", "headless"])
def test_a_file_that_is_empty_or_has_no_headings_is_never_a_good_night(nights, content):
    night = nights(source="inbox/*.csv")
    (night.inbox / "terms.csv").write_bytes(content)
    ended = night.run()
    assert ended.status == 2
    assert "terms.csv" in ended.why or "headings" in ended.why
    assert night.run().status == 2
